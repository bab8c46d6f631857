//! The options of a build.

use crate::io::progress::Progress;

/// The options of a build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// replaces the `base_url` of site.toml
    pub base_url: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether `content/pages/` is left alone.
    pub no_import: bool,
    /// Whether every output file is made again and every page imported again, also those that have not changed.
    pub full: bool,
    /// Reports how far the work has come.
    pub progress: Progress,
}
