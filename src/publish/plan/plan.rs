//! What is sent, in which order, and what is removed.
//!
//! Phases follow each other; within a phase files go in any order, many at once. Why this order leaves no page that links to
//! a missing one, whenever it breaks off, stands in [`order`](crate::publish::plan::upload_order).
//!
//! | phase | what |
//! |---|---|
//! | clear | files of ours that stand where a folder has to be, or folders where a file has to be |
//! | new files | styles, pictures, search index, feeds: nothing in them leads a reader on to a page that is not there, since a new feed has no readers yet |
//! | placeholders | new pages that others link to in a circle |
//! | new pages | after those that they link to |
//! | changed files | styles, pictures, search index |
//! | changed pages | |
//! | front | the home page and the feeds: what is new is announced when it is there |
//! | farewell | placeholders over the pages that go |
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
    /// as a person is told of it
    pub(crate) name: &'static str,
    pub(crate) action: Action,
}

/// What a phase does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// puts files, by their places among the local ones
    Upload(Vec<usize>),
    /// puts placeholders at these paths
    PutPlaceholders(Vec<String>, &'static str),
    /// removes what stands at these paths
    Remove(Vec<String>),
}

/// What a publish is going to do. Empty where the target holds the site already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Plan {
    pub(crate) phases: Vec<Phase>,
    /// files that are not at the target, by their places among the local ones
    pub(crate) added: Vec<usize>,
    /// files that stand at the target with other bytes
    pub(crate) changed: Vec<usize>,
    /// files of ours at the target that the site no longer has
    pub(crate) removed: Vec<String>,
}

/// A page that stands where another one is to come.
pub(crate) const COMING: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
<meta http-equiv=\"refresh\" content=\"15\"><title>…</title></head><body><p>This page is being published. 页面正在发布，请稍候。</p></body></html>\n";

/// A page that stands where another one was.
pub(crate) const GOING: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"robots\" content=\"noindex\">\
<title>…</title></head><body><p>This page has been taken down. 页面已撤下。</p></body></html>\n";

/// The new pages of a site, and which of them link to which: [`new_pages`] says which pages have to be read for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NewPages {
    /// by their places among the local files
    pub(crate) pages: Vec<usize>,
    /// for each of them, the places in `pages` that it links to
    pub(crate) links: Vec<Vec<usize>>,
}

/// The pages that the target does not hold, by their places among the local files.
pub(crate) fn new_pages(local: &LocalSite, held: &Inventory) -> Vec<usize> {
    let is_new = |at: &usize| is_page(&local.files[*at].path) && !held.files.contains_key(&local.files[*at].path);
    (0..local.files.len()).filter(is_new).collect()
}

impl Plan {
    /// Plans what makes a target that holds `held` hold `local`.
    pub(crate) fn make(local: &LocalSite, held: &Inventory, new_pages: &NewPages) -> Self {
        let path = |at: &usize| local.files[*at].path.as_str();
        let differing = (0..local.files.len()).filter(|at| !held.files.get(path(at)).is_some_and(|there| there.same));
        let (changed, added): (Vec<usize>, Vec<usize>) = differing.partition(|at| held.files.contains_key(path(at)));
        let removed = held.files.iter().filter(|(path, there)| there.ours && local.get(path).is_none());
        let removed: Vec<String> = removed.map(|(path, _)| path.clone()).collect();
        let mut plan = Self { phases: Vec::new(), added, changed, removed };
        let in_the_way = plan.in_the_way(local);
        plan.push_removals("clear the way", in_the_way.iter().cloned().collect());
        plan.push_additions(local, new_pages);
        plan.push_changes(local);
        let going = plan.removed.iter().filter(|path| !in_the_way.contains(*path)).cloned().collect();
        plan.push_farewell(going);
        plan
    }

    /// Nothing is sent and nothing removed.
    pub(crate) fn is_empty(&self) -> bool {
        self.phases.is_empty()
    }

    /// The files that are sent, by their places among the local ones.
    pub(crate) fn sent(&self) -> impl Iterator<Item = usize> {
        self.added.iter().chain(&self.changed).copied()
    }

    /// Bytes that are sent.
    pub(crate) fn bytes(&self, local: &LocalSite) -> u64 {
        self.sent().map(|at| local.files[at].size).sum()
    }

    /// How many placeholders are put.
    pub(crate) fn placeholders(&self) -> usize {
        let held = self
            .phases
            .iter()
            .map(|phase| if let Action::PutPlaceholders(paths, _) = &phase.action { paths.len() } else { 0 });
        held.sum()
    }

    /// Removed files that a new one needs the place of: `about` for `about/index.html`, and the reverse.
    fn in_the_way(&self, local: &LocalSite) -> BTreeSet<String> {
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
        let held = placeholders.iter().map(|&page| local.files[new_pages.pages[page]].path.clone()).collect();
        self.push_placeholders("placeholders", held, COMING);
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

    fn push_farewell(&mut self, going: Vec<String>) {
        let (pages, others): (Vec<String>, Vec<String>) = going.into_iter().partition(|path| is_page(path));
        // a single page can only link to itself
        if pages.len() > 1 {
            self.push_placeholders("farewell", pages.clone(), GOING);
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
pub(crate) fn linked(
    local: &LocalSite,
    pages: Vec<usize>,
    paths: impl Fn(&LocalFile) -> Result<BTreeSet<String>> + Send + Sync,
) -> Result<NewPages> {
    let places: BTreeMap<usize, usize> = pages.iter().enumerate().map(|(place, &at)| (at, place)).collect();
    let to = |path: &String| {
        let found = local.find(path).or_else(|| local.find(&format!("{path}/index.html")));
        found.and_then(|at| places.get(&at).copied())
    };
    let links = parallel::map(&pages, |&at| {
        let paths = paths(&local.files[at])?;
        Ok(paths.iter().filter_map(to).collect::<BTreeSet<_>>().into_iter().collect())
    });
    Ok(NewPages { links: links.into_iter().collect::<Result<_>>()?, pages })
}
