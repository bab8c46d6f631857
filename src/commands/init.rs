//! `wenzhai init DIR`: a starter site from what is built into the binary, and a workflow that publishes it.

use crate::base::error::{Error, Result};
use crate::base::note::Note;
use crate::builder::project::{SETTINGS, shown};
use crate::builtin;
use crate::commands::outcome::Outcome;
use crate::edge::{disk, terminal};
use std::path::Path;

/// Writes a starter site into a folder that holds none; and, where `ci` asks for it, a workflow, into a folder that holds a
/// site as well.
///
/// # Errors
/// A configuration error where a site, or a file of the starter's name, stands there already; what the disk refuses.
pub fn run(dir: &Path, ci: bool) -> Result<Outcome> {
    let has_site = disk::exists(&dir.join(SETTINGS));
    if !(ci && has_site) {
        begin(dir)?;
    }
    if ci {
        let (name, text) = builtin::WORKFLOW;
        disk::write_new(&dir.join(name), text.as_bytes())?;
        terminal::tell(&format!("{}: builds and publishes at every push and each night", shown(&dir.join(name))));
        terminal::tell("  site.toml has to name a place to publish to; the file's head says what the repository needs");
    }
    Ok(Outcome::default())
}

fn begin(dir: &Path) -> Result<()> {
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
    Ok(())
}
