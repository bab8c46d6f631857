//! An article in its other forms: for programs, for note-taking, for reference managers.
//!
//! - `index.md`: what is known of it as YAML between `---` lines, then its text in CommonMark
//! - `index.json`: the same as one object, the text under `text`
//! - `cite.bib`, `cite.ris`: the reference
//!
//! A value of the front matter is written as in JSON, which is YAML too. What is not known is left out.

use crate::catalog::entry::EntryId;
use crate::config::republish::Extent;
use crate::content::article::PageLines;
use crate::diagnostics::error::Result;
use crate::render::formats::bibtex::bibtex;
use crate::render::formats::citation::{Reference, citation};
use crate::render::formats::ris::ris;
use crate::render::views::cards::{Cards, kind};
use crate::site::body::TextSource;
use crate::site::page::{AlternateFormat, Page};
use crate::util::digest::Digest;
use serde::Serialize;

/// An article in another form.
///
/// # Errors
/// Where its text cannot be read.
pub(crate) fn alternate(
    cards: Cards<'_>,
    id: EntryId,
    format: AlternateFormat,
    bodies: &TextSource<'_>,
) -> Result<String> {
    let reference = || Reference::of(cards.site, id);
    Ok(match format {
        AlternateFormat::Markdown => {
            let body = cards.body(id, bodies)?;
            format!("---\n{}\n---\n\n{}\n", Facts::yaml().of(cards, id).into_text(), body.trim())
        }
        AlternateFormat::Json => {
            let mut facts = Facts::json().of(cards, id);
            if cards.site.extent(id) == Extent::Full {
                facts.add("text", &cards.body(id, bodies)?.trim());
            }
            format!("{{\n{}\n}}\n", facts.into_text())
        }
        AlternateFormat::BibTeX => bibtex(&reference()),
        AlternateFormat::Ris => ris(&reference(), cards.site.config.text_lang),
    })
}

/// What stands for an article in another form, where `bodies` gives what stands for its text.
///
/// # Errors
/// As [`twin`].
pub(crate) fn fingerprint(
    cards: Cards<'_>,
    id: EntryId,
    format: AlternateFormat,
    bodies: &TextSource<'_>,
) -> Result<Digest> {
    let text = match format {
        AlternateFormat::Markdown | AlternateFormat::Json => bodies(&cards.site.catalog.entries[id].file)?,
        AlternateFormat::BibTeX | AlternateFormat::Ris => String::new(),
    };
    Ok(Digest::of_all([metadata_digest(cards, id), Digest::of(&(format.file(), text))]))
}

/// What stands for all that can be told of an article beside its text, settings aside.
pub(crate) fn metadata_digest(cards: Cards<'_>, id: EntryId) -> Digest {
    let entry = &cards.site.catalog.entries[id];
    Digest::of(&(&entry.front, &entry.figures, cards.summary(id), cards.path(Page::Article(id))))
}

/// What is known of an article, a line each, in the order of its file's front matter; what stands at the end of a line, and
/// around a name, is the form's.
struct Facts {
    lines: Vec<u8>,
    before: &'static str,
    after: &'static str,
    between: &'static str,
}

impl Facts {
    /// `title: "…"`
    fn yaml() -> Self {
        Self { lines: Vec::with_capacity(ROOM), before: "", after: ": ", between: "\n" }
    }

    /// `  "title": "…",`
    fn json() -> Self {
        Self { lines: Vec::with_capacity(ROOM), before: "  \"", after: "\": ", between: ",\n" }
    }

    fn add(&mut self, name: &str, value: &impl Serialize) {
        let between = if self.lines.is_empty() { "" } else { self.between };
        for text in [between, self.before, name, self.after] {
            self.lines.extend_from_slice(text.as_bytes());
        }
        serde_json::to_writer(&mut self.lines, value).expect("plain fields are always JSON");
    }

    /// Where it is known.
    fn add_known(&mut self, name: &str, value: &Option<impl Serialize>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    fn of(mut self, cards: Cards<'_>, id: EntryId) -> Self {
        let front = &cards.site.catalog.entries[id].front;
        let summary = cards.summary(id);
        self.add("title", &front.title);
        self.add_known("title_inferred", &front.title_inferred.then_some(true));
        self.add_known("kicker", &front.kicker);
        self.add_known("subtitle", &front.subtitle);
        self.add_known("column", &front.column);
        self.add("authors", &front.authors);
        self.add_known("date", &front.date);
        self.add_known("paper", &front.paper);
        self.add_known("issue", &front.issue);
        self.add_known("page", &front.page);
        self.add("themes", &front.filed_under());
        self.add("kind", &kind(front.kind));
        self.add("characters", &summary.word_count.count());
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

/// Bytes of most articles' facts.
const ROOM: usize = 2048;

/// The page that an article was read from.
#[derive(Serialize)]
struct Source<'a> {
    lines: &'a str,
    page: &'a str,
}
