//! The file that an export writes: the one that `-o` names, or one of a speaking name in `exports/`.

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::fs::path;
use crate::message;
use crate::project::{CONTENT, EXPORTS, PUBLIC, STATICS, TEMPLATES, shown};
use std::path::{Path, PathBuf};

/// The file for an export called `name`.
pub(crate) fn destination(root: &Path, named: Option<&Path>, name: &str) -> PathBuf {
    named.map_or_else(|| root.join(EXPORTS).join(name), Path::to_owned)
}

/// Whether a file may be written.
///
/// # Errors
/// It would stand among the site's own files, or replaces a file without `force`.
pub(crate) fn check(root: &Path, out: &Path, force: bool) -> Result<()> {
    for folder in [CONTENT, TEMPLATES, STATICS, PUBLIC] {
        if path::contains(&root.join(folder), out) {
            let message =
                message!("{out} lies in {folder}/, which holds nothing but the site", out = shown(out), folder);
            let diagnostic = Diagnostic::new(Code::BadOutput, message);
            return Err(Error::configuration(
                diagnostic.hint(message!("choose another place, such as -o exports/digest.epub")),
            ));
        }
    }
    if !force && file::exists(out) {
        let diagnostic = Diagnostic::new(Code::Exists, message!("{out} is there already", out = shown(out)));
        return Err(Error::failure(diagnostic.hint(message!("--force replaces it; -o FILE names another"))));
    }
    Ok(())
}
