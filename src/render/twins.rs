//! An article in its other forms: for programs, for note-taking, for reference managers.
//!
//! - `index.md`: what is known of it as YAML between `---` lines, then its text in CommonMark
//! - `index.json`: the same as one object, the text under `text`
//! - `cite.bib`, `cite.ris`: the reference
//!
//! A value of the front matter is written as in JSON, which is YAML too. What is not known is left out.

use crate::base::digest::Digest;
use crate::base::error::Result;
use crate::config::shown::Extent;
use crate::library::entry::EntryId;
use crate::render::bibtex::bibtex;
use crate::render::cards::{Cards, kind};
use crate::render::cite::{Reference, citation};
use crate::render::ris::ris;
use crate::site::body::Bodies;
use crate::site::page::{Page, Twin};
use serde_json::{Value, json};

/// A name and its value.
type Fact = (&'static str, Value);

/// An article in another form.
///
/// # Errors
/// Where its text cannot be read.
pub fn twin(cards: Cards<'_>, id: EntryId, twin: Twin, bodies: &Bodies<'_>) -> Result<String> {
    let reference = || Reference::of(cards.site, id);
    Ok(match twin {
        Twin::Markdown => markdown(&facts(cards, id), &cards.body(id, bodies)?),
        Twin::Json => {
            let mut facts = facts(cards, id);
            if cards.site.extent(id) == Extent::Full {
                facts.push(("text", json!(cards.body(id, bodies)?.trim())));
            }
            object(&facts)
        }
        Twin::BibTeX => bibtex(&reference()),
        Twin::Ris => ris(&reference(), cards.site.config.text_lang),
    })
}

/// What stands for an article in another form, where `bodies` gives what stands for its text.
///
/// # Errors
/// As [`twin`].
pub fn key(cards: Cards<'_>, id: EntryId, twin: Twin, bodies: &Bodies<'_>) -> Result<Digest> {
    let text = match twin {
        Twin::Markdown | Twin::Json => bodies(&cards.site.library.entries[id].file)?,
        Twin::BibTeX | Twin::Ris => String::new(),
    };
    Ok(Digest::of_all([told(cards, id), Digest::of(&(twin.file(), text))]))
}

/// What stands for all that can be told of an article beside its text, settings aside.
pub fn told(cards: Cards<'_>, id: EntryId) -> Digest {
    let entry = &cards.site.library.entries[id];
    Digest::of(&(&entry.front, &entry.figures, cards.gist(id), cards.path(Page::Article(id))))
}

/// What is known of an article, in the order of its file's front matter.
fn facts(cards: Cards<'_>, id: EntryId) -> Vec<Fact> {
    let entry = &cards.site.library.entries[id];
    let front = &entry.front;
    let source = front.source.as_ref().map(|source| json!({ "page": source.page, "lines": source.lines }));
    let known = [
        ("title", Some(json!(front.title))),
        ("title_inferred", front.title_inferred.then_some(json!(true))),
        ("kicker", front.kicker.as_ref().map(|text| json!(text))),
        ("subtitle", front.subtitle.as_ref().map(|text| json!(text))),
        ("column", front.column.as_ref().map(|text| json!(text))),
        ("authors", Some(json!(front.authors))),
        ("date", front.date.map(|date| json!(date.to_string()))),
        ("paper", front.paper.as_ref().map(|text| json!(text))),
        ("issue", front.issue.map(|number| json!(number))),
        ("page", front.page.map(|number| json!(number))),
        ("themes", Some(json!(front.filed_under()))),
        ("kind", Some(json!(kind(front.kind)))),
        ("characters", Some(json!(cards.gist(id).amount.count()))),
        ("language", Some(json!(cards.site.config.text_lang.tag()))),
        ("url", Reference::of(cards.site, id).url.map(|url| json!(url))),
        ("source", source),
        ("citation", Some(json!(citation(front)))),
        ("excerpt", Some(json!(cards.gist(id).excerpt))),
    ];
    known.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn markdown(facts: &[Fact], body: &str) -> String {
    let lines: String = facts.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("---\n{lines}---\n\n{}\n", body.trim())
}

fn object(facts: &[Fact]) -> String {
    let lines: Vec<String> = facts.iter().map(|(name, value)| format!("  \"{name}\": {value}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}
