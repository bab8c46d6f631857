//! Finds the fields of an article's view that its template does not use, so that they need not be computed.
//!
//! A site has as many article pages as articles, and a template of its own may use few fields of the view.

use crate::render::engine::templates::Templates;

/// The template of articles.
pub(crate) const ARTICLE_TEMPLATE: &str = "article.html";

/// The field of an article's view that lists related articles.
pub(crate) const RELATED_FIELD: &str = "related";

/// Fields that are expensive to compute, by their names in templates.
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

/// The expensive fields that the template of articles does not use.
pub(crate) fn unused_article_fields(templates: &Templates) -> Vec<&'static str> {
    EXPENSIVE.into_iter().filter(|field| !templates.mentions(ARTICLE_TEMPLATE, field)).collect()
}
