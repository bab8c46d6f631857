//! The folders of a site, and its settings.

use crate::builtin;
use crate::config::settings::{self, Config};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::io::fs::file;
use crate::io::fs::path;
use crate::message;
use std::path::{Path, PathBuf};

/// The settings of a site, below its root.
pub(crate) const SETTINGS: &str = "site.toml";
pub(crate) const PAGES: &str = "content/pages";
pub(crate) const ARTICLES: &str = "content/articles";
/// The record of the last import, in the folder of articles.
pub(crate) const RECORD: &str = ".imported.toml";
/// The journal of an import under way, in the folder of articles.
pub(crate) const JOURNAL: &str = ".imported.journal";
/// The addresses of people, papers and columns.
pub(crate) const ADDRESSES: &str = "content/addresses.toml";
/// Everything that the site is made from.
pub(crate) const CONTENT: &str = "content";
/// The site's own templates.
pub(crate) const TEMPLATES: &str = "templates";
/// Files that are copied to the output.
pub(crate) const STATICS: &str = "static";
/// The generated site, where `-o` names no other folder.
pub(crate) const PUBLIC: &str = "public";
/// Books, prints and mails, where `-o` names no other file.
pub(crate) const EXPORTS: &str = "exports";

/// The settings of the site at `root`.
///
/// # Errors
/// A configuration error where there is no site.toml, or where it cannot be read.
pub(crate) fn settings(root: &Path) -> Result<Config> {
    if !file::exists(&root.join(SETTINGS)) {
        let diagnostic = Diagnostic::new(
            Code::NoSite,
            message!("there is no {settings} in {root}", settings = SETTINGS, root = shown(root)),
        );
        return Err(Error::configuration(
            diagnostic.hint(message!("go to a site's folder, name it with --root, or begin one: wenzhai init DIR")),
        ));
    }
    let source = file::read_source(root, SETTINGS).map_err(Error::configuration)?;
    settings::parse(&source)
}

/// The settings of the site at `root`, or the built-in ones where there is no site.
///
/// # Errors
/// As [`settings()`], where there is a site.
pub(crate) fn settings_or_builtin(root: &Path) -> Result<Config> {
    if file::exists(&root.join(SETTINGS)) {
        return settings(root);
    }
    settings::parse(&Source::new("the built-in site.toml", builtin::SETTINGS))
}

/// The output folder of a build.
///
/// # Errors
/// A configuration error where writing there would mix the site with what it is made from.
pub(crate) fn output(root: &Path, named: Option<&Path>) -> Result<PathBuf> {
    let out = named.map_or_else(|| root.join(PUBLIC), Path::to_owned);
    let rejected = |why: Message| {
        let diagnostic = Diagnostic::new(Code::BadOutput, why);
        Err(Error::configuration(diagnostic.hint(message!("choose a folder beside the site's own, such as -o public"))))
    };
    for folder in [CONTENT, TEMPLATES, STATICS] {
        let own = root.join(folder);
        if path::contains(&own, &out) {
            return rejected(message!("the output folder {out} lies inside {folder}/", out = shown(&out), folder));
        }
    }
    if path::contains(&out, root) {
        return rejected(message!("the output folder {out} holds the site itself", out = shown(&out)));
    }
    Ok(out)
}

/// A path for messages; the current folder is `.`.
pub(crate) fn shown(path: &Path) -> String {
    if path.as_os_str().is_empty() { ".".to_owned() } else { path.to_string_lossy().into_owned() }
}
