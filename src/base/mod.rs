//! The ground: what every other room stands on, and what stands on nothing.
//!
//! 1. [`source`]: a text with a name, whose places can be told as line and column
//! 2. [`note`]: findings about content, with place, underlined text and hint
//! 3. [`error`]: what stops a command, and what to do about it
//! 4. [`han`]: the rules of Chinese text: what is a 汉字, what ends a sentence, how much is it to read; [`odd`]: what is no
//!    text at all
//! 5. [`excerpt`]: the beginning of a text, ending where a sentence ends
//! 6. [`slug`], [`toml`]: what can be part of an address; what is wrong in settings and front matter
//! 7. [`lang`]: the languages of the interface
//! 8. [`digest`]: what stands for a text or a value
//! 9. [`stage`]: work spread over the processors, in an order that does not change; [`held`]: what they share
//! 10. [`paths`]: very many paths, in order
//!
//! No room below this one; nothing here knows of pages, articles or files on a disk.

pub mod digest;
pub mod error;
pub mod excerpt;
pub mod han;
pub mod held;
pub mod lang;
pub mod mask;
pub mod note;
pub mod odd;
pub mod paths;
pub mod slug;
pub mod source;
pub mod stage;
pub mod toml;
