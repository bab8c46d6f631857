//! `wenzhai init DIR`: a starter site from what is built into the binary.

use crate::base::error::{Error, Result};
use crate::base::note::Note;
use crate::builder::project::{SETTINGS, shown};
use crate::builtin;
use crate::commands::outcome::Outcome;
use crate::edge::{disk, terminal};
use std::path::Path;

/// Writes a starter site into a folder that holds none.
///
/// # Errors
/// A configuration error where a site, or a file of the starter's name, stands there already; what the disk refuses.
pub fn run(dir: &Path) -> Result<Outcome> {
    let starter = builtin::STARTER;
    if let Some((name, _)) = starter.iter().find(|(name, _)| disk::exists(&dir.join(name))) {
        let what = if *name == SETTINGS { "a site" } else { *name };
        let note = Note::error("not-empty", format!("{} holds {what} already", shown(dir)));
        return Err(Error::configuration(note.hint("choose a new folder: nothing is written over")));
    }
    for (name, text) in starter {
        disk::write_new(&dir.join(name), text.as_bytes())?;
    }
    let dir = shown(dir);
    terminal::tell(&format!("{dir}: a new site. Put pages into {dir}/content/pages/, then:"));
    terminal::tell(&format!("  wenzhai --root {dir} serve     preview it"));
    terminal::tell(&format!("  wenzhai --root {dir} build     make {dir}/public/"));
    Ok(Outcome::default())
}
