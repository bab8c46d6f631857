//! Checks all links out of a site.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::progress::Progress;
use crate::io::web::Web;
use crate::pipeline::links::cache::LinkCache;
use crate::pipeline::links::crawl::crawl;
use crate::pipeline::links::findings::{State, findings, offline};
use crate::pipeline::links::outcome::{Outcome, Visit};
use crate::pipeline::links::places::links_of;
use crate::pipeline::links::target::{Target, target_of};
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::site::site::Site;
use crate::template;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// What checking the links has shown.
#[derive(Debug, Default)]
pub(crate) struct LinkReport {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// addresses that were asked now, and those whose outcome was known
    pub(crate) asked: usize,
    pub(crate) known: usize,
}

/// Asks the addresses that the texts of a site link to, as far as it is not known what they say. Where the cache cannot be written, they
/// are asked again the next time.
///
/// # Errors
/// The operating system gives no threads.
pub(crate) fn check_links(texts: &ArticleFiles, site: &Site, web: &dyn Web, progress: Progress) -> Result<LinkReport> {
    let links = links_of(texts, site);
    let rules = &site.config.check;
    let targets =
        links.places.keys().map(|address| (address.as_str(), target_of(address, &site.config.base_url, rules)));
    let targets: BTreeMap<&str, Target> = targets.collect();
    let cache = LinkCache::of(texts.root());
    let known = cache.read(web.now());
    let urls: BTreeSet<&Url> = targets.values().filter_map(url_of_target).collect();
    let new: Vec<Url> = urls.iter().filter(|url| !known.contains_key(url.as_str())).map(|&url| url.clone()).collect();
    let (total, asked) = (urls.len(), new.len());
    let stage = progress.stage(template!("ask"), template!("addresses"), asked);
    let save = |known: &_| drop(cache.write(known, web.now()));
    let (known, unasked) = match asked {
        0 => (known, 0),
        _ => crawl(web, new, known, rules, &stage, &save)?,
    };
    drop(stage);
    let state = |target: &Target| match target {
        Target::Ask(url) => known.get(url.as_str()).map(|known| State::Visited(known.visit.clone())),
        Target::LeftOut => None,
        Target::Private => Some(State::Visited(Visit { outcome: Outcome::Private, via: None })),
        Target::Invalid => Some(State::Invalid),
    };
    let states = targets.iter().filter_map(|(&address, target)| Some((address, state(target)?))).collect();
    let mut diagnostics = findings(texts, &links, &states);
    diagnostics.extend((unasked > 0).then(|| offline(unasked)));
    Ok(LinkReport { diagnostics, asked: asked - unasked, known: total - asked })
}

fn url_of_target(target: &Target) -> Option<&Url> {
    if let Target::Ask(url) = target { Some(url) } else { None }
}
