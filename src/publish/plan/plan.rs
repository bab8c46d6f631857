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
use crate::publish::plan::links::links_of_page;
use crate::publish::plan::upload_order::{UploadOrder, order_pages};
use crate::publish::target::parent_folders;
use crate::template;
use crate::util::parallel;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phase {
    pub(crate) name: &'static str,
    pub(crate) action: Action,
}

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

const HOME: &str = "index.html";

/// The placeholder of a page that is not uploaded yet.
const COMING_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
<meta http-equiv=\"refresh\" content=\"15\"><title>…</title></head><body><p>This page is being published. 页面正在发布，请稍候。</p></body></html>\n";

/// The placeholder of a page that is about to be removed.
const REMOVED_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
<title>…</title></head><body><p>This page has been taken down. 页面已撤下。</p></body></html>\n";

impl Plan {
    /// The plan that updates a target of this inventory to the local site. `base_url` is the start of absolute links within
    /// the site; it may be empty.
    pub(crate) fn new(local: &LocalSite, inventory: &Inventory, base_url: &str) -> Result<Self> {
        let path = |at: &usize| local.files[*at].path.as_str();
        let differing =
            (0..local.files.len()).filter(|at| !inventory.files.get(path(at)).is_some_and(|file| file.is_identical));
        let (changed, added) = differing.partition(|at| inventory.files.contains_key(path(at)));
        let removed = inventory.files.iter().filter(|(path, file)| file.is_ours && local.get(path).is_none());
        let removed = removed.map(|(path, _)| path.clone()).collect();
        let mut plan = Self { phases: Vec::new(), added, changed, removed };
        let conflicting = plan.conflicting(local);
        plan.push(template!("clear the way"), Action::Remove(conflicting.iter().cloned().collect()));
        plan.push_additions(local, base_url)?;
        plan.push_changes(local);
        plan.push_removals(plan.removed.iter().filter(|path| !conflicting.contains(*path)).cloned().collect());
        Ok(plan)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.phases.is_empty()
    }

    /// The files that are sent.
    pub(crate) fn uploads<'a>(&self, local: &'a LocalSite) -> impl Iterator<Item = &'a LocalFile> {
        self.added.iter().chain(&self.changed).map(|&at| &local.files[at])
    }

    pub(crate) fn bytes(&self, local: &LocalSite) -> u64 {
        self.uploads(local).map(|file| file.size).sum()
    }

    pub(crate) fn placeholders(&self) -> usize {
        let count = |phase: &Phase| match &phase.action {
            Action::PutPlaceholders(paths, _) => paths.len(),
            Action::Upload(_) | Action::Remove(_) => 0,
        };
        self.phases.iter().map(count).sum()
    }

    /// Removed files whose path conflicts with a new file: `about` with `about/index.html`, and the reverse.
    fn conflicting(&self, local: &LocalSite) -> BTreeSet<String> {
        let removed: BTreeSet<&str> = self.removed.iter().map(String::as_str).collect();
        let mut found = BTreeSet::new();
        for path in self.added.iter().map(|&at| local.files[at].path.as_str()) {
            found.extend(parent_folders(path).filter(|folder| removed.contains(folder)).map(str::to_owned));
            let below = format!("{path}/");
            let inside = removed.range(below.as_str()..).take_while(|inside| inside.starts_with(&below));
            found.extend(inside.map(|inside| (*inside).to_owned()));
        }
        found
    }

    fn push_additions(&mut self, local: &LocalSite, base_url: &str) -> Result<()> {
        let (pages, files): (Vec<usize>, _) = self.added.iter().partition(|at| is_page(&local.files[**at].path));
        self.push(template!("new files"), Action::Upload(files));
        let home = pages.iter().position(|&at| local.files[at].path == HOME);
        let UploadOrder { placeholders, batches } =
            order_pages(&links_between(local, &pages, base_url)?, home.as_slice());
        let waiting = placeholders.iter().map(|&page| local.files[pages[page]].path.clone()).collect();
        self.push(template!("placeholders"), Action::PutPlaceholders(waiting, COMING_PAGE));
        for batch in batches {
            self.push(template!("new pages"), Action::Upload(batch.into_iter().map(|page| pages[page]).collect()));
        }
        Ok(())
    }

    fn push_changes(&mut self, local: &LocalSite) {
        let path = |at: &usize| local.files[*at].path.as_str();
        let (mut front, others): (Vec<usize>, Vec<usize>) = self.changed.iter().partition(|at| is_front(path(at)));
        let (pages, files) = others.iter().partition(|at| is_page(path(at)));
        front.extend(self.added.iter().filter(|at| path(at) == HOME));
        self.push(template!("changed files"), Action::Upload(files));
        self.push(template!("changed pages"), Action::Upload(pages));
        self.push(template!("home and feeds"), Action::Upload(front));
    }

    fn push_removals(&mut self, going: Vec<String>) {
        let (pages, others): (Vec<String>, Vec<String>) = going.into_iter().partition(|path| is_page(path));
        // a single page can only link to itself
        if pages.len() > 1 {
            self.push(template!("farewell"), Action::PutPlaceholders(pages.clone(), REMOVED_PAGE));
        }
        self.push(template!("removals"), Action::Remove(pages));
        self.push(template!("removals"), Action::Remove(others));
    }

    /// Adds a phase, unless it has nothing to do.
    fn push(&mut self, name: &'static str, action: Action) {
        let is_empty = match &action {
            Action::Upload(files) => files.is_empty(),
            Action::PutPlaceholders(paths, _) | Action::Remove(paths) => paths.is_empty(),
        };
        if !is_empty {
            self.phases.push(Phase { name, action });
        }
    }
}

/// What a reader opens and goes on from.
pub(crate) fn is_page(path: &str) -> bool {
    extension(path).is_some_and(|extension| ["html", "htm"].iter().any(|html| html.eq_ignore_ascii_case(extension)))
}

/// What announces the others: the home page, feeds and sitemap.
fn is_front(path: &str) -> bool {
    path == HOME || extension(path).is_some_and(|extension| ["xml", "atom", "rss"].contains(&extension))
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension)
}

/// The links between some pages of the site: for each of `pages`, the positions in `pages` of those that it links to.
fn links_between(local: &LocalSite, pages: &[usize], base_url: &str) -> Result<Vec<Vec<usize>>> {
    let positions: BTreeMap<usize, usize> = pages.iter().enumerate().map(|(position, &at)| (at, position)).collect();
    let position = |path: &String| {
        let found = local.position(path).or_else(|| local.position(&format!("{path}/index.html")));
        found.and_then(|at| positions.get(&at).copied())
    };
    let links = parallel::map(pages, |&at| {
        let file = &local.files[at];
        let html = local.bytes(file)?;
        let paths = links_of_page(&String::from_utf8_lossy(&html), &file.path, base_url);
        Ok(paths.iter().filter_map(position).collect::<BTreeSet<_>>().into_iter().collect())
    });
    links.into_iter().collect()
}
