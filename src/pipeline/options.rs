//! The options of a build.

use crate::io::progress::Progress;

/// What is asked of a build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// in the place of site.toml's
    pub base_url: Option<String>,
    pub drafts: bool,
    /// leave `content/pages/` alone
    pub no_import: bool,
    /// make everything anew, and import every page again, also those that have not changed
    pub full: bool,
    /// who is told how far the work has come
    pub progress: Progress,
}
