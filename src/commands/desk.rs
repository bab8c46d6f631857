//! `wenzhai` without a command: opens the desk of a site in a browser.
//!
//! 1. in a folder without a site, begin one where the user agrees
//! 2. where the desk of this site runs already, open that
//! 3. else serve the site, at any free port where the usual one is taken

use crate::commands::init;
use crate::commands::outcome::Outcome;
use crate::commands::serve::{self, Opened, ServeRequest};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::process;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::pipeline::options::BuildOptions;
use crate::preview::desk::running;
use crate::project::{SETTINGS, shown};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

/// The usual port of the preview.
const PORT: u16 = 4000;

/// Opens the desk of the site at `root`, and serves it until the process is stopped.
pub(crate) fn run(root: &Path) -> Result<Outcome> {
    if !file::exists(&root.join(SETTINGS)) {
        begin_site(root)?;
    }
    if let Some(address) = running::find(root) {
        terminal::print_status(&format!("the desk runs already: {address}"));
        return Ok(Outcome::of(process::open_browser(&address).err().into_iter().collect()));
    }
    let options = BuildOptions { progress: Progress::new(false, false), ..BuildOptions::default() };
    let serve = |port| {
        let address = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port);
        serve::run(root, &ServeRequest { address, open: Some(Opened::Desk), desk_token: None }, &options)
    };
    match serve(PORT) {
        Err(error) if error.diagnostics.iter().any(|found| found.code == Code::Address) => serve(0),
        served => served,
    }
}

/// Begins a site where the user agrees.
fn begin_site(root: &Path) -> Result<()> {
    let folder = shown(root);
    if terminal::confirm(&format!(
        "这里还没有文摘站 (there is no site in {folder})。在这里新建一个？Begin one here? [y/N] "
    )) {
        return init::run(root, false).map(drop);
    }
    let diagnostic = Diagnostic::new(Code::NoSite, format!("there is no {SETTINGS} in {folder}"));
    Err(Error::configuration(diagnostic.hint("go to the folder of a site, or begin one: wenzhai init DIR")))
}
