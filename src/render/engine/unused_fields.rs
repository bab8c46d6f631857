//! Which fields of an article's view are worth making: there are as many of these pages as articles, and a site's own template
//! may show little of what is known of one.

use crate::render::engine::templates::Templates;

/// The template of articles.
pub(crate) const ARTICLE_TEMPLATE: &str = "article.html";

/// The field of an article's view that holds its kin.
pub(crate) const RELATED_FIELD: &str = "related";

/// Fields that are dear to make, and are made where the template names them.
const EXPENSIVE: [&str; 13] = [
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
    RELATED_FIELD,
    "on_page",
];

/// The fields that nobody would see.
pub(crate) fn unused_article_fields(templates: &Templates) -> Vec<&'static str> {
    EXPENSIVE.into_iter().filter(|field| !templates.mentions(ARTICLE_TEMPLATE, field)).collect()
}
