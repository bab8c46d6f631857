//! Which fields of an article's view are worth making: there are as many of these pages as articles, and a site's own template
//! may show little of what is known of one.

use crate::render::engine::templates::Templates;

/// The template of articles.
pub(crate) const ARTICLE: &str = "article.html";

/// The field of an article's view that holds its kin.
pub(crate) const RELATED: &str = "related";

/// Fields that are dear to make, and are made where the template names them.
const DEAR: [&str; 13] = [
    "issue",
    "source_page",
    "sources",
    "filing",
    "citation",
    "quote",
    "twins",
    "json_ld",
    "figures",
    "places",
    "column",
    RELATED,
    "on_page",
];

/// The fields that nobody would see.
pub(crate) fn unwanted(templates: &Templates) -> Vec<&'static str> {
    DEAR.into_iter().filter(|field| !templates.names(ARTICLE, field)).collect()
}
