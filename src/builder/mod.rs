//! The whole chain: pages and content → site.
//!
//! 1. [`project`]: where a site stands, and its settings
//! 2. [`importing`]: source pages → article files, what a person changed being kept ([`job`]: what is asked, [`reading`]:
//!    a page, [`grouping`]: the pages of an issue)
//! 3. [`survey`]: what there is, with stamps; [`kept`]: what the last build left for this one; [`look`]: whether anything has
//!    changed since
//! 4. [`shelving`]: article files → library; what has not changed is not read
//! 5. [`building`]: library → site, ready to be rendered ([`locating`]: the line of a finding that was made without the text)
//! 6. [`writing`]: a site → its output folder; what would come out the same is not rendered ([`outputs`]: what is known of
//!    each file)
//! 7. [`model`]: the site in memory, for a preview: a page is rendered when it is asked for
//!
//! The one place that knows all stages and the disk. Stages do the work; this room carries things between them.

pub mod building;
pub mod grouping;
pub mod importing;
pub mod job;
pub mod kept;
pub mod locating;
pub mod look;
pub mod model;
pub mod origins;
pub mod outputs;
pub mod project;
pub mod reading;
pub mod shelving;
pub mod survey;
pub mod writing;
