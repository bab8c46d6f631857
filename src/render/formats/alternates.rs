//! The files beside an article's page: the article in other formats, for programs and reference managers.
//!
//! - `index.md`: its metadata as YAML front matter, then its text in CommonMark
//! - `index.json`: the same as one object, with the text under `text`
//! - `cite.bib`, `cite.ris`: the reference
//!
//! Values of the front matter are written as JSON, which is valid YAML. Unknown metadata is omitted.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::config::republish::TwinFormat;
use crate::content::article::{Gaps, PageLines};
use crate::diagnostics::error::Result;
use crate::render::formats::bibtex::bibtex;
use crate::render::formats::citation::{Reference, citation};
use crate::render::formats::ris::ris;
use crate::render::views::cards::{Cards, kind};
use crate::site::body::{TextSource, extent};
use serde::Serialize;

/// The content of an article's file in another format.
///
/// # Errors
/// Those of `texts`, if the text of the article cannot be read.
pub(crate) fn alternate(cards: Cards<'_>, id: EntryId, format: TwinFormat, texts: &TextSource<'_>) -> Result<String> {
    let reference = || Reference::of(cards.site, id);
    let byline = || Ok(texts(cards.text_file(id))?.byline);
    Ok(match format {
        TwinFormat::Markdown => {
            let metadata = Metadata::yaml().with_article(cards, id, byline()?.as_deref());
            format!("---\n{}\n---\n\n{}\n", metadata.into_text(), cards.body(id, texts)?.trim())
        }
        TwinFormat::Json => {
            let mut metadata = Metadata::json().with_article(cards, id, byline()?.as_deref());
            if extent(cards.site, id) == Extent::Full {
                metadata.add("text", &cards.body(id, texts)?.trim());
            }
            format!("{{\n{}\n}}\n", metadata.into_text())
        }
        TwinFormat::BibTeX => bibtex(&reference()),
        TwinFormat::Ris => ris(&reference(), cards.site.config.text_lang),
    })
}

/// Whether this format contains the article's text.
pub(crate) fn contains_text(format: TwinFormat) -> bool {
    matches!(format, TwinFormat::Markdown | TwinFormat::Json)
}

/// The metadata of an article as lines of YAML or JSON, in the order of its file's front matter.
struct Metadata {
    lines: Vec<u8>,
    before_name: &'static str,
    after_name: &'static str,
    separator: &'static str,
}

impl Metadata {
    /// `title: "…"`
    fn yaml() -> Self {
        Self { lines: Vec::with_capacity(CAPACITY), before_name: "", after_name: ": ", separator: "\n" }
    }

    /// `  "title": "…",`
    fn json() -> Self {
        Self { lines: Vec::with_capacity(CAPACITY), before_name: "  \"", after_name: "\": ", separator: ",\n" }
    }

    fn add(&mut self, name: &str, value: &impl Serialize) {
        let separator = if self.lines.is_empty() { "" } else { self.separator };
        for text in [separator, self.before_name, name, self.after_name] {
            self.lines.extend_from_slice(text.as_bytes());
        }
        serde_json::to_writer(&mut self.lines, value).expect("plain fields are always JSON");
    }

    /// Adds a value that may be unknown.
    fn add_known(&mut self, name: &str, value: &Option<impl Serialize>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    /// Adds all metadata of an article.
    fn with_article(mut self, cards: Cards<'_>, id: EntryId, byline: Option<&str>) -> Self {
        let front = &cards.site.catalog.entries[id].front;
        let summary = cards.summary(id);
        self.add("title", &front.title);
        self.add_known("title_inferred", &front.title_inferred.then_some(true));
        self.add_known("kicker", &front.kicker);
        self.add_known("subtitle", &front.subtitle);
        self.add_known("column", &front.column);
        self.add("authors", &front.authors);
        self.add_known("byline", &byline);
        self.add_known("date", &front.date);
        self.add_known("paper", &front.paper);
        self.add_known("issue", &front.issue);
        self.add_known("page", &front.page);
        self.add("themes", &front.filed_under());
        self.add_known("correction", &front.correction());
        self.add_known("updated", &front.changed().filter(|_| front.is_changed()));
        if let Some(Gaps { missing_before, missing_after, breaks_off }) = front.gaps() {
            self.add_known("missing_before", missing_before);
            self.add_known("missing_after", missing_after);
            self.add_known("breaks_off", &breaks_off.then_some(true));
        }
        self.add("kind", &kind(front.kind));
        self.add("characters", &summary.word_count.total());
        self.add("language", &cards.site.config.text_lang.tag());
        self.add_known("url", &Reference::of(cards.site, id).url);
        self.add_known("source", &front.source.as_deref().map(|PageLines { page, lines, .. }| Source { lines, page }));
        self.add("citation", &citation(front));
        self.add("excerpt", &summary.excerpt);
        self
    }

    fn into_text(self) -> String {
        String::from_utf8(self.lines).expect("JSON is UTF-8")
    }
}

/// The length of the metadata of most articles in bytes.
const CAPACITY: usize = 2048;

#[derive(Serialize)]
struct Source<'a> {
    lines: &'a str,
    page: &'a str,
}
