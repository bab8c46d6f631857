//! The options of a build.

use crate::io::progress::Progress;
use crate::site::part::SitePart;

/// The options of a build.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// replaces the `base_url` of site.toml
    pub base_url: Option<String>,
    /// shows drafts
    pub drafts: bool,
    /// does not import `content/pages/`
    pub no_import: bool,
    /// writes every output file and imports every page, also those that have not changed
    pub full: bool,
    /// what is made of the site
    pub part: SitePart,
    /// reports progress
    pub progress: Progress,
}
