//! Helpers that the tests share.
//!
//! 1. [`site`]: a site in a temporary folder, and runs of the program on it
//! 2. [`files`]: folders as maps from path to bytes
//! 3. [`ledger`]: the ledger that an import reports
//! 4. [`golden`]: comparison with expected files
//! 5. [`html`]: text, attributes and links of pages
//! 6. [`publishing`]: sites to publish, and interrupted publishes
//! 7. [`process`]: child processes, ports and waiting
//! 8. [`random`]: settings of property tests
//! 9. [`zip`]: the files of an archive

pub(crate) mod files;
pub(crate) mod golden;
pub(crate) mod html;
pub(crate) mod ledger;
pub(crate) mod process;
pub(crate) mod publishing;
pub(crate) mod random;
pub(crate) mod site;
pub(crate) mod typeset;
pub(crate) mod zip;
