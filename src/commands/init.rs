//! `wenzhai init DIR`: writes a starter site and a workflow that publishes it, both built into the binary.

use crate::builtin;
use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::terminal;
use crate::project::{SETTINGS, shown};
use std::path::Path;

/// Writes a starter site into a folder without one and, with `ci`, a workflow, for which the folder may have a site already.
pub(crate) fn run(dir: &Path, ci: bool) -> Result<Outcome> {
    let has_site = file::exists(&dir.join(SETTINGS));
    if !(ci && has_site) {
        write_starter(dir)?;
    }
    if ci {
        let (name, text) = builtin::WORKFLOW;
        file::write_new(&dir.join(name), text.as_bytes())?;
        terminal::print_status(&format!(
            "{}: builds and publishes at every push and each night",
            shown(&dir.join(name))
        ));
        terminal::print_status(
            "  site.toml has to name a target to publish to; the comments in the file say what the repository needs",
        );
    }
    Ok(Outcome::default())
}

fn write_starter(dir: &Path) -> Result<()> {
    let starter = builtin::STARTER;
    if let Some((name, _)) = starter.iter().find(|(name, _)| file::exists(&dir.join(name))) {
        let what = if *name == SETTINGS { "a site" } else { *name };
        let diagnostic = Diagnostic::new(Code::NotEmpty, format!("{} holds {what} already", shown(dir)));
        return Err(Error::configuration(diagnostic.hint("choose a new folder: nothing is written over")));
    }
    for (name, text) in starter {
        file::write_new(&dir.join(name), text.as_bytes())?;
    }
    let dir = shown(dir);
    terminal::print_status(&format!("{dir}: a new site. Put pages into {dir}/content/pages/, then:"));
    terminal::print_status(&format!("  wenzhai --root {dir} serve     preview it"));
    terminal::print_status(&format!("  wenzhai --root {dir} build     make {dir}/public/"));
    Ok(())
}
