//! The articles that have changed since the last build, and whether pages that do not show their texts can have changed too.

use crate::catalog::entry::{Difference, EntryId};
use crate::catalog::reprints::same_pairs;
use crate::pipeline::incremental::article_changes::ArticleChanges;
use crate::render::engine::templates::Templates;
use crate::render::engine::unused_fields::{ARTICLE_TEMPLATE, RELATED_FIELD};
use crate::site::page::Page;
use crate::site::site::Site;
use crate::util::digest::Digest;

/// The articles whose files have changed, as [`PlannedSite::edited`](crate::pipeline::build::plan::PlannedSite); none where there are other articles.
pub(crate) fn edited(site: &Site, changes: &ArticleChanges) -> Vec<(EntryId, Digest)> {
    let ArticleChanges::SameArticles { files, .. } = changes else { return Vec::new() };
    let article = |(file, before): &(String, Digest)| match site.page_of_file(file) {
        Some(Page::Article(id)) => Some((id, *before)),
        _ => None,
    };
    let mut edited: Vec<(EntryId, Digest)> = files.iter().filter_map(article).collect();
    edited.sort_unstable();
    edited
}

/// The articles whose texts have changed, where pages can show no other change.
pub(crate) fn changed_texts(site: &Site, templates: &Templates, changes: &ArticleChanges) -> Option<Vec<EntryId>> {
    let ArticleChanges::SameArticles { files, difference, resampled } = changes else { return None };
    let article = |file: &String| match site.page_of_file(file) {
        Some(Page::Article(id)) => Some(id),
        // a draft, which no page shows
        _ => None,
    };
    let entries = &site.catalog.entries;
    let same_reprints = match resampled.as_slice() {
        [] => true,
        [(file, before)] => article(file).is_none_or(|id| same_pairs(entries, id, before)),
        // each could have become a reprint of another
        _ => false,
    };
    let is_text_alone = same_reprints && is_text_alone(templates, *difference);
    is_text_alone.then(|| files.iter().filter_map(|(file, _)| article(file)).collect())
}

/// Whether entries that differ so far change only those pages that show their texts.
pub(crate) fn is_text_alone(templates: &Templates, difference: Difference) -> bool {
    match difference {
        Difference::None | Difference::Summary => true,
        // related articles are found by words, and any two articles may be related
        Difference::Keywords => !templates.mentions(ARTICLE_TEMPLATE, RELATED_FIELD),
        Difference::Structure => false,
    }
}
