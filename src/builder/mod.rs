//! The whole chain: pages and content → site.
//!
//! 1. [`project`]: where a site stands, and its settings
//! 2. [`importing`]: source pages → article files, what a person changed being kept ([`job`]: what is asked, [`reading`]:
//!    a page, [`grouping`]: the pages of an issue)
//! 3. [`shelving`]: article files → library, keeping what an earlier build read
//! 4. [`building`]: library → site → files in a sink ([`locating`]: the line of a finding that was made without the text)
//!
//! The one place that knows all stages and the disk. Stages do the work; this room carries things between them.

pub mod building;
pub mod grouping;
pub mod importing;
pub mod job;
pub mod locating;
pub mod origins;
pub mod project;
pub mod reading;
pub mod shelving;
