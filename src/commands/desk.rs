//! `wenzhai` without a command: opens the desk of a site in a browser.
//!
//! 1. in a folder without a site, let the user begin one or open another, on a page in the browser
//! 2. where the desk of this site runs already, open that
//! 3. else serve the site, at any free port where the usual one is taken

use crate::commands::init::{self, Naming};
use crate::commands::outcome::Outcome;
use crate::commands::serve::{self, Opened, ServeRequest};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::fs::path::{self, is_ignored_name, path_problem};
use crate::io::fs::walk;
use crate::io::process;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::message;
use crate::pipeline::options::BuildOptions;
use crate::preview::desk::access::Token;
use crate::preview::desk::begin::{
    Beginnings, ChosenSite, ExistingSite, FoundSite, NewSite, NotBegun, Offer, Place, choose_site,
};
use crate::preview::desk::running;
use crate::preview::listener::Listener;
use crate::project::{self, SETTINGS, shown};
use crate::text::lang::Lang;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The usual port of the preview.
const PORT: u16 = 4000;
/// Names of a folder that are looked at for sites, and sites that are offered.
const MOST_NAMES: usize = 5_000;
const MOST_SITES: usize = 50;
/// Characters of a title, and bytes of a folder's name, which systems limit to 255.
const LONGEST_TITLE: usize = 100;
const LONGEST_NAME: usize = 200;

/// Opens the desk of the site at `root`, and serves it until the process is stopped.
pub(crate) fn run(root: &Path) -> Result<Outcome> {
    if !file::exists(&root.join(SETTINGS)) {
        return run_without_site(root);
    }
    if let Some(address) = running::find(root) {
        terminal::print_status(&message!("the desk runs already: {address}", address));
        return Ok(Outcome::of(process::open_browser(&address).err().into_iter().collect()));
    }
    let request = ServeRequest { address: address(PORT), open: Some(Opened::Desk), desk_token: None };
    serve::run_at(root, &request, &options(), bind)
}

/// Opens the desk of a site that the user begins or chooses in the browser, at the address of the page where that is done. Where
/// it cannot be served, the page says why and asks again.
fn run_without_site(root: &Path) -> Result<Outcome> {
    let folders = Folders::around(root);
    let Some(token) = Token::random().filter(|_| !folders.is_empty()) else {
        let diagnostic = Diagnostic::new(
            Code::NoSite,
            message!("there is no {settings} in {root}", settings = SETTINGS, root = shown(root)),
        );
        return Err(Error::configuration(
            diagnostic.hint(message!("go to the folder of a site, or begin one: wenzhai init DIR")),
        ));
    };
    let listener = bind()?;
    let mut failed = Vec::new();
    loop {
        let is_first = failed.is_empty();
        let choice = Folders { folders: folders.clone(), failed: failed.clone() };
        let chosen = choose_site(listener.again()?, token.clone(), Arc::new(choice), |page| {
            if is_first {
                open_page(page);
            }
        })?;
        terminal::print_status(&message!("the site: {root}", root = shown(&chosen.root)));
        if chosen.running.is_some() {
            return Ok(Outcome::default());
        }
        let desk_token = Some(token.as_str().to_owned());
        let request = ServeRequest { address: listener.address(), open: None, desk_token };
        match serve::run_at(&chosen.root, &request, &options(), || listener.again()) {
            Err(error) => {
                terminal::print_error(&error);
                failed.push(error.reason().text(terminal::language()));
            }
            served => return served,
        }
    }
}

fn open_page(address: &str) {
    terminal::print_status(&message!("there is no site here yet: begin one in the browser: {address}", address));
    terminal::print_diagnostics(process::open_browser(address).err().as_slice());
}

fn options() -> BuildOptions {
    BuildOptions { progress: Progress::new(false, false), ..BuildOptions::default() }
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port)
}

/// Listens at the usual port, or at any free one where that is taken.
fn bind() -> Result<Listener> {
    Listener::bind(address(PORT)).or_else(|_| Listener::bind(address(0)))
}

/// The folders where a site can be begun: the current one and the user's own. A program that is started by a double click
/// runs where the system sees fit, such as in the root of the disk.
struct Folders {
    folders: Vec<PathBuf>,
    /// why the desks of the sites chosen before could not be served
    failed: Vec<String>,
}

impl Folders {
    fn around(root: &Path) -> Vec<PathBuf> {
        let here = Some(path::resolve(root)).filter(|here| here.parent().is_some());
        let home = path::home().filter(|home| here.as_ref() != Some(home));
        here.into_iter().chain(home).collect()
    }

    fn at(&self, place: usize) -> Result<&Path, NotBegun> {
        self.folders.get(place).map(PathBuf::as_path).ok_or(NotBegun::Gone)
    }
}

impl Beginnings for Folders {
    fn offer(&self) -> Offer {
        let home = path::home();
        let place = |folder: &PathBuf| Place {
            folder: shown(folder),
            home: home.as_ref() == Some(folder),
            empty: walk::names(folder, MOST_NAMES).is_empty(),
            sites: sites(folder).into_iter().map(|name| found_site(folder, name)).collect(),
        };
        let places = self.folders.iter().map(place).collect();
        Offer { places, title: init::starter_title(), failed: self.failed.clone() }
    }

    fn begin(&self, wanted: &NewSite) -> Result<ChosenSite, NotBegun> {
        let folder = self.at(wanted.place)?;
        let root = match wanted.name.trim() {
            "" => folder.to_owned(),
            name if is_folder_name(name) => folder.join(name),
            _ => return Err(NotBegun::BadName),
        };
        // what lies in a folder of this name is somebody's, and a link may lead anywhere
        let is_new = !file::exists(&root) || (file::is_own_folder(&root) && walk::names(&root, MOST_NAMES).is_empty());
        if file::exists(&root.join(SETTINGS)) || !(is_new || root == folder) {
            return Err(NotBegun::Taken);
        }
        let title = wanted.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || title.chars().count() > LONGEST_TITLE || title.chars().any(char::is_control) {
            return Err(NotBegun::BadTitle);
        }
        let naming = Naming { title, lang: Lang::of_tag(&wanted.lang).unwrap_or_default() };
        init::write_starter(&root, Some(&naming))
            .map_err(|error| NotBegun::Failed(error.reason().text(terminal::language())))?;
        Ok(ChosenSite { root, running: None })
    }

    fn open(&self, wanted: &ExistingSite) -> Result<ChosenSite, NotBegun> {
        let folder = self.at(wanted.place)?;
        let root = folder.join(sites(folder).into_iter().find(|name| *name == wanted.name).ok_or(NotBegun::Gone)?);
        // a desk that cannot be served is better refused here than in a terminal that nobody looks at
        project::settings(&root).map_err(|error| NotBegun::Failed(error.reason().text(terminal::language())))?;
        let running = running::find(&root);
        Ok(ChosenSite { root, running })
    }
}

/// The names of the folders below a folder that hold a site.
fn sites(folder: &Path) -> Vec<String> {
    let names = walk::names(folder, MOST_NAMES).into_iter().filter(|(_, is_folder)| *is_folder);
    let sites = names.map(|(name, _)| name).filter(|name| file::is_file(&folder.join(name).join(SETTINGS)));
    sites.take(MOST_SITES).collect()
}

fn found_site(folder: &Path, name: String) -> FoundSite {
    let title = project::settings(&folder.join(&name)).map_or_else(|_| name.clone(), |config| config.title);
    FoundSite { name, title }
}

/// Whether a new folder can have this name on every system, so that a site can be copied to another one.
fn is_folder_name(name: &str) -> bool {
    let is_plain = !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']) && !name.ends_with('.');
    is_plain && path_problem(name).is_none() && !is_ignored_name(name) && name.len() <= LONGEST_NAME
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_folder_has_a_plain_name() {
        for name in ["文摘", "my digest", "a.b", "工人报 2026"] {
            assert!(is_folder_name(name), "{name}");
        }
        let long = "文".repeat(80);
        for name in ["", ".", "..", "a/b", "../a", "/etc", "a\\b", "C:", "a\0", "a\nb", ".hidden", "a.", "a~", &long] {
            assert!(!is_folder_name(name), "{name}");
        }
    }
}
