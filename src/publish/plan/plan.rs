//! The plan of a publish: phases of uploads and removals, in an order that never leaves a broken link.
//!
//! Phases follow each other; within a phase files go in any order, many at once. Why this order leaves no link to a missing
//! page, whenever it is interrupted, is shown in [`upload_order`](crate::publish::plan::upload_order).
//!
//! | phase | what |
//! |---|---|
//! | clear | files of ours whose path has to become a folder, or the reverse |
//! | new files | styles, pictures, search index, feeds: no reader follows links in them yet, since a new feed has no readers |
//! | placeholders | placeholders for new pages that are part of a cycle of links |
//! | new pages | after those that they link to |
//! | changed files | styles, pictures, search index |
//! | changed pages | |
//! | front | the home page and the feeds: new pages are announced when they exist |
//! | farewell | placeholders in place of the pages to remove |
//! | removals | pages, then other files |

use crate::diagnostics::error::Result;
use crate::publish::inventory::Inventory;
use crate::publish::local_site::{LocalFile, LocalSite};
use crate::publish::plan::upload_order::{UploadOrder, order_pages};
use crate::util::parallel;
use std::collections::{BTreeMap, BTreeSet};

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phase {
    /// for people
    pub(crate) name: &'static str,
    pub(crate) action: Action,
}

/// What a phase does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// uploads files, by their indexes in [`LocalSite::files`]
    Upload(Vec<usize>),
    /// uploads this placeholder to these paths
    PutPlaceholders(Vec<String>, &'static str),
    /// removes the files of these paths
    Remove(Vec<String>),
}

/// What a publish is going to do. Empty where the target is up to date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    pub(crate) phases: Vec<Phase>,
    /// files that are not at the target, by their indexes in [`LocalSite::files`]
    pub(crate) added: Vec<usize>,
    /// files that the target has with other bytes
    pub(crate) changed: Vec<usize>,
    /// files of ours at the target that the site no longer has
    pub(crate) removed: Vec<String>,
}

/// The placeholder of a page that is not uploaded yet.
pub(crate) const COMING_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
<meta http-equiv=\"refresh\" content=\"15\"><title>…</title></head><body><p>This page is being published. 页面正在发布，请稍候。</p></body></html>\n";

/// The placeholder of a page that is about to be removed.
pub(crate) const REMOVED_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
<title>…</title></head><body><p>This page has been taken down. 页面已撤下。</p></body></html>\n";

/// The new pages of a site, and which of them link to which: [`new_pages`] says which pages have to be read for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NewPages {
    /// by their indexes in [`LocalSite::files`]
    pub(crate) pages: Vec<usize>,
    /// for each of them, the indexes in `pages` of those that it links to
    pub(crate) links: Vec<Vec<usize>>,
}

/// The pages that the target does not have, by their indexes in [`LocalSite::files`].
pub(crate) fn new_pages(local: &LocalSite, inventory: &Inventory) -> Vec<usize> {
    let is_new = |at: &usize| is_page(&local.files[*at].path) && !inventory.files.contains_key(&local.files[*at].path);
    (0..local.files.len()).filter(is_new).collect()
}

impl Plan {
    /// The plan that updates a target of this inventory to the local site.
    pub(crate) fn new(local: &LocalSite, inventory: &Inventory, new_pages: &NewPages) -> Self {
        let path = |at: &usize| local.files[*at].path.as_str();
        let differing =
            (0..local.files.len()).filter(|at| !inventory.files.get(path(at)).is_some_and(|file| file.is_identical));
        let (changed, added): (Vec<usize>, Vec<usize>) =
            differing.partition(|at| inventory.files.contains_key(path(at)));
        let removed = inventory.files.iter().filter(|(path, file)| file.is_ours && local.get(path).is_none());
        let removed: Vec<String> = removed.map(|(path, _)| path.clone()).collect();
        let mut plan = Self { phases: Vec::new(), added, changed, removed };
        let conflicting = plan.conflicting(local);
        plan.push_removals("clear the way", conflicting.iter().cloned().collect());
        plan.push_additions(local, new_pages);
        plan.push_changes(local);
        let going = plan.removed.iter().filter(|path| !conflicting.contains(*path)).cloned().collect();
        plan.push_removal_phases(going);
        plan
    }

    /// Whether nothing is uploaded and nothing removed.
    pub(crate) fn is_empty(&self) -> bool {
        self.phases.is_empty()
    }

    /// The files that are sent, by their indexes in [`LocalSite::files`].
    pub(crate) fn uploads(&self) -> impl Iterator<Item = usize> {
        self.added.iter().chain(&self.changed).copied()
    }

    /// Bytes that are sent.
    pub(crate) fn bytes(&self, local: &LocalSite) -> u64 {
        self.uploads().map(|at| local.files[at].size).sum()
    }

    /// The number of placeholders.
    pub(crate) fn placeholders(&self) -> usize {
        let inventory = self
            .phases
            .iter()
            .map(|phase| if let Action::PutPlaceholders(paths, _) = &phase.action { paths.len() } else { 0 });
        inventory.sum()
    }

    /// Removed files whose path conflicts with a new file: `about` with `about/index.html`, and the reverse.
    fn conflicting(&self, local: &LocalSite) -> BTreeSet<String> {
        let removed: BTreeSet<&str> = self.removed.iter().map(String::as_str).collect();
        let mut found = BTreeSet::new();
        for path in self.added.iter().map(|&at| local.files[at].path.as_str()) {
            let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
            found.extend(folders.filter(|folder| removed.contains(folder)).map(str::to_owned));
            let below = format!("{path}/");
            let inside = removed.range(below.as_str()..).take_while(|inside| inside.starts_with(&below));
            found.extend(inside.map(|inside| (*inside).to_owned()));
        }
        found
    }

    fn push_additions(&mut self, local: &LocalSite, new_pages: &NewPages) {
        let files = self.added.iter().copied().filter(|&at| !is_page(&local.files[at].path)).collect();
        self.push_files("new files", files);
        let home = new_pages.pages.iter().position(|&at| is_front(&local.files[at].path));
        let UploadOrder { placeholders, batches } = order_pages(&new_pages.links, home.as_slice());
        let inventory = placeholders.iter().map(|&page| local.files[new_pages.pages[page]].path.clone()).collect();
        self.push_placeholders("placeholders", inventory, COMING_PAGE);
        for batch in batches {
            self.push_files("new pages", batch.into_iter().map(|page| new_pages.pages[page]).collect());
        }
    }

    fn push_changes(&mut self, local: &LocalSite) {
        let (mut files, mut pages, mut front) = (Vec::new(), Vec::new(), Vec::new());
        for &at in &self.changed {
            let path = &local.files[at].path;
            let kind = if is_front(path) {
                &mut front
            } else if is_page(path) {
                &mut pages
            } else {
                &mut files
            };
            kind.push(at);
        }
        front.extend(
            self.added.iter().copied().filter(|&at| is_front(&local.files[at].path) && is_page(&local.files[at].path)),
        );
        self.push_files("changed files", files);
        self.push_files("changed pages", pages);
        self.push_files("home and feeds", front);
    }

    fn push_removal_phases(&mut self, going: Vec<String>) {
        let (pages, others): (Vec<String>, Vec<String>) = going.into_iter().partition(|path| is_page(path));
        // a single page can only link to itself
        if pages.len() > 1 {
            self.push_placeholders("farewell", pages.clone(), REMOVED_PAGE);
        }
        self.push_removals("removals", pages);
        self.push_removals("removals", others);
    }

    fn push_files(&mut self, name: &'static str, files: Vec<usize>) {
        if !files.is_empty() {
            self.phases.push(Phase { name, action: Action::Upload(files) });
        }
    }

    fn push_placeholders(&mut self, name: &'static str, paths: Vec<String>, text: &'static str) {
        if !paths.is_empty() {
            self.phases.push(Phase { name, action: Action::PutPlaceholders(paths, text) });
        }
    }

    fn push_removals(&mut self, name: &'static str, paths: Vec<String>) {
        if !paths.is_empty() {
            self.phases.push(Phase { name, action: Action::Remove(paths) });
        }
    }
}

/// What a reader opens and goes on from.
pub(crate) fn is_page(path: &str) -> bool {
    extension(path).is_some_and(|extension| ["html", "htm"].iter().any(|html| html.eq_ignore_ascii_case(extension)))
}

/// What announces the others: the home page, feeds and sitemap.
fn is_front(path: &str) -> bool {
    path == "index.html" || extension(path).is_some_and(|extension| ["xml", "atom", "rss"].contains(&extension))
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension)
}

/// Finds out which of the new pages link to which; `paths` reads what a page links to. Many pages are read at once, and
/// each is forgotten when its links to other new pages are known.
///
/// # Errors
/// The first one of `paths`.
pub(crate) fn link_new_pages(
    local: &LocalSite,
    pages: Vec<usize>,
    paths: impl Fn(&LocalFile) -> Result<BTreeSet<String>> + Send + Sync,
) -> Result<NewPages> {
    let positions: BTreeMap<usize, usize> =
        pages.iter().enumerate().map(|(position, &file)| (file, position)).collect();
    let to = |path: &String| {
        let found = local.position(path).or_else(|| local.position(&format!("{path}/index.html")));
        found.and_then(|at| positions.get(&at).copied())
    };
    let links = parallel::map(&pages, |&at| {
        let paths = paths(&local.files[at])?;
        Ok(paths.iter().filter_map(to).collect::<BTreeSet<_>>().into_iter().collect())
    });
    Ok(NewPages { links: links.into_iter().collect::<Result<_>>()?, pages })
}
