//! Where a site stands, and its settings.

use crate::base::error::{Error, Result};
use crate::base::note::Note;
use crate::base::source::Source;
use crate::builtin;
use crate::config::{self, Config};
use crate::edge::{disk, path};
use std::path::{Path, PathBuf};

/// The settings of a site, below its root.
pub const SETTINGS: &str = "site.toml";
/// Source pages.
pub const PAGES: &str = "content/pages";
/// Article files.
pub const ARTICLES: &str = "content/articles";
/// What import made of the pages, in the folder of articles.
pub const RECORD: &str = ".imported.toml";
pub const CONTENT: &str = "content";
pub const TEMPLATES: &str = "templates";
pub const STATICS: &str = "static";
/// The generated site, where `-o` names no other folder.
pub const PUBLIC: &str = "public";

/// The settings of the site at `root`.
///
/// # Errors
/// A configuration error where there is no site.toml, or where it cannot be read.
pub fn settings(root: &Path) -> Result<Config> {
    if !disk::exists(&root.join(SETTINGS)) {
        let note = Note::error("no-site", format!("there is no {SETTINGS} in {}", shown(root)));
        return Err(Error::configuration(
            note.hint("go to a site's folder, name it with --root, or begin one: wenzhai init DIR"),
        ));
    }
    let source = disk::read_source(root, SETTINGS).map_err(Error::configuration)?;
    config::parse(&source)
}

/// The settings of the site at `root`, or the built-in ones where there is no site.
///
/// # Errors
/// As [`settings`], where there is a site.
pub fn settings_or_builtin(root: &Path) -> Result<Config> {
    if disk::exists(&root.join(SETTINGS)) {
        return settings(root);
    }
    config::parse(&Source::new("the built-in site.toml", builtin::SETTINGS))
}

/// The output folder of a build.
///
/// # Errors
/// A configuration error where writing there would mix the site with what it is made from.
pub fn output(root: &Path, named: Option<&Path>) -> Result<PathBuf> {
    let out = named.map_or_else(|| root.join(PUBLIC), Path::to_owned);
    let refused = |why: String| {
        let note = Note::error("bad-output", why);
        Err(Error::configuration(note.hint("choose a folder beside the site's own, such as -o public")))
    };
    for folder in [CONTENT, TEMPLATES, STATICS] {
        let own = root.join(folder);
        if path::contains(&own, &out) {
            return refused(format!("the output folder {} lies inside {folder}/", shown(&out)));
        }
    }
    if path::contains(&out, root) {
        return refused(format!("the output folder {} holds the site itself", shown(&out)));
    }
    Ok(out)
}

/// A path as a person reads it; the folder that one stands in is `.`.
pub fn shown(path: &Path) -> String {
    match path.to_string_lossy().as_ref() {
        "" => ".".to_owned(),
        text => text.to_owned(),
    }
}
