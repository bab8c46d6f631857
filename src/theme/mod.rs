//! What files an article under a theme, and why.
//!
//! 1. [`lexicon`]: the terms of site.toml, all found in one pass over a text
//! 2. [`classify`]: mentions → a score for each theme → the themes that fit, with the words that filed the article
//! 3. [`tell`]: a verdict as `wenzhai themes` prints it, for a person and as JSON
//! 4. [`evaluate`]: verdicts against what an editor said: precision, recall and every miss
//!
//! There is no training and no hidden model: an editor who disagrees changes a term or its weight in site.toml. Nothing
//! here reads a file or knows what a page of the site looks like.

pub mod classify;
pub mod evaluate;
pub mod lexicon;
pub mod tell;
