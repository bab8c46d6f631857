//! The parts of an output folder: a site may be built in parts, by one process after another.
//!
//! Each part has a manifest of its own, `.wenzhai-manifest-2024`; what joins the parts has the one of a folder that is built as a whole.
//! A part may leave a summary of itself for what joins the parts. While they are not joined, there is a marker.

/// The manifest of a whole folder, or of what joins its parts.
pub(crate) const MANIFEST: &str = ".wenzhai-manifest";
/// There is a part that was built after the parts were joined.
pub(crate) const UNJOINED: &str = ".wenzhai-unjoined";
/// What the manifest and the summary of a part are called, before the name of the part.
pub(crate) const PART_MANIFEST: &str = ".wenzhai-manifest-";
const SUMMARY: &str = ".wenzhai-summary-";

/// What a build makes of an output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OutputPart {
    /// everything: parts that were built before are taken over
    Whole,
    /// what no other part has
    Main,
    /// a part of this name
    Named(String),
}

impl OutputPart {
    /// The name of its manifest.
    pub(crate) fn manifest(&self) -> String {
        match self {
            Self::Whole | Self::Main => MANIFEST.to_owned(),
            Self::Named(part) => format!("{PART_MANIFEST}{part}"),
        }
    }
}

/// The file that a part leaves for what joins the parts.
pub(crate) fn summary_file(part: &str) -> String {
    format!("{SUMMARY}{part}")
}

/// Whether wenzhai uses a name in an output folder for its own files.
pub(crate) fn is_own_name(name: &str) -> bool {
    [MANIFEST, UNJOINED].contains(&name) || [PART_MANIFEST, SUMMARY].iter().any(|own| name.starts_with(own))
}
