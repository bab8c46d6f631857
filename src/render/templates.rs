//! The templates: built-in ones, and the site's own.
//!
//! 1. a site's own file takes the place of the built-in one of its name; others can be included or extended
//! 2. what does not parse, or calls what is not there, is a finding at its place; the pages that need that template are not
//!    rendered, all others are
//! 3. rendering a page tells of a missing variable at its place
//!
//! The engine takes all templates or none, so a broken one is replaced by the built-in one of its name (or by nothing) while
//! the others are loaded, and [`Templates::render`] refuses what is built on it.

use crate::base::note::{Note, could_have_meant};
use crate::base::source::Source;
use crate::builtin;
use std::collections::{BTreeMap, BTreeSet};
use tera::{Context, Error, ErrorKind, ReportError, Tera};

/// Templates ready to render.
#[derive(Clone)]
pub struct Templates {
    engine: Tera,
    /// the text of every template that is in use
    texts: BTreeMap<String, String>,
    /// what is wrong with the site's own, by name
    broken: BTreeMap<String, Note>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Templates").field("names", &self.texts.keys()).field("broken", &self.broken).finish()
    }
}

impl Templates {
    /// Loads the built-in templates and the site's `own`: name below `templates/`, text.
    ///
    /// Findings: own templates that do not parse, or that call a template, filter or block that is not there.
    pub fn load(own: &[(String, String)]) -> (Self, Vec<Note>) {
        let mut broken: BTreeMap<String, Note> = BTreeMap::new();
        for (name, text) in own {
            if let Some(note) = syntax_error(name, text) {
                broken.insert(name.clone(), note);
            }
        }
        loop {
            let texts = texts(own, &broken);
            let mut engine = Tera::new();
            let Err(error) = engine.add_raw_templates(texts.iter()) else {
                let notes = broken.values().cloned().collect();
                return (Self { engine, texts, broken }, notes);
            };
            for (name, note) in blamed(own, &broken, &texts, &error) {
                broken.entry(name).or_insert(note);
            }
        }
    }

    /// Renders a template.
    ///
    /// # Errors
    /// A finding: a variable that is not there, or whatever else the engine refuses, at its place; for a template that is
    /// broken, or is built on one that is, the finding of that one.
    pub fn render(&self, name: &str, context: &Context) -> Result<String, Note> {
        if let Some(note) = self.closure(name).iter().find_map(|needed| self.broken.get(*needed)) {
            return Err(note.clone());
        }
        self.engine.render(name, context).map_err(|error| match error.kind() {
            ErrorKind::RenderingError(report) => self.rendering_note(report),
            kind => Note::error("template", format!("the template cannot be rendered: {kind}")).in_file(file(name)),
        })
    }

    fn rendering_note(&self, report: &ReportError) -> Note {
        let text = self.texts.get(report.filename()).map_or("", String::as_str);
        note_at(report.filename(), text, report.message(), report.span().range.clone())
    }

    /// The names of a template and of all that it extends or includes.
    fn closure<'a>(&'a self, name: &'a str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::from([name]);
        let mut open = vec![name];
        while let Some(next) = open.pop() {
            let called = self.texts.get(next).map(|text| called(text)).unwrap_or_default();
            open.extend(called.into_iter().filter(|name| found.insert(name)));
        }
        found
    }
}

/// The site's own templates before the built-in ones, without the broken ones.
fn texts(own: &[(String, String)], broken: &BTreeMap<String, Note>) -> BTreeMap<String, String> {
    let built_in = builtin::TEMPLATES.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
    let own = own.iter().filter(|(name, _)| !broken.contains_key(name)).cloned();
    built_in.chain(own).collect()
}

/// What keeps a text from being a template, whatever stands beside it.
fn syntax_error(name: &str, text: &str) -> Option<Note> {
    match Tera::new().add_raw_template(name, text).err()?.kind() {
        ErrorKind::SyntaxError(report) => Some(note_at(name, text, report.message(), report.span().range.clone())),
        _ => None,
    }
}

/// Which of the site's own templates to leave out after the engine refused them all, and why: at least one.
fn blamed(
    own: &[(String, String)],
    broken: &BTreeMap<String, Note>,
    texts: &BTreeMap<String, String>,
    error: &Error,
) -> Vec<(String, Note)> {
    let suspects: Vec<&str> =
        own.iter().map(|(name, _)| name.as_str()).filter(|name| !broken.contains_key(*name)).collect();
    let said = match error.kind() {
        ErrorKind::MissingParent { current, parent } => vec![call_note(texts, current, parent)],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let note = Note::error("template", "this template extends or includes itself").in_file(file(tpl));
            vec![(tpl.clone(), note)]
        }
        kind => reports(&kind.to_string(), texts),
    };
    let found: Vec<(String, Note)> =
        said.iter().filter(|(name, _)| suspects.contains(&name.as_str())).cloned().collect();
    if !found.is_empty() {
        return found;
    }
    // a built-in template misses a block or a part: one of the site's own took its place
    let note = said.into_iter().next().map_or_else(
        || Note::error("template", format!("the templates do not fit together: {error}")),
        |(_, note)| note.hint("one of this site's own templates lacks what this built-in template builds on"),
    );
    suspects.into_iter().map(|name| (name.to_owned(), note.clone())).collect()
}

fn call_note(texts: &BTreeMap<String, String>, current: &str, called: &str) -> (String, Note) {
    let text = texts.get(current).map_or("", String::as_str);
    let at = text.find(called).unwrap_or(0);
    let mut note = Note::error("template", format!("there is no template {called}"))
        .at(&Source::new(file(current), text), at..at + called.len());
    if let Some(meant) = could_have_meant(called, texts.keys().map(String::as_str)) {
        note = note.hint(format!("did you mean {meant}?"));
    }
    (current.to_owned(), note)
}

/// The engine's reports on calls that lead nowhere: `error: what` and, on the next line, `--> name:line:column`.
fn reports(said: &str, texts: &BTreeMap<String, String>) -> Vec<(String, Note)> {
    let mut found = Vec::new();
    let mut what = "";
    for line in said.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            what = message;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let (column, row, name) = (parts.next(), parts.next(), parts.next());
            let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok()).unwrap_or(1);
            if let Some((name, text)) = name.and_then(|name| texts.get_key_value(name)) {
                let at = offset(text, number(row), number(column));
                let word = quoted(what).filter(|word| text[at..].contains(word)).unwrap_or_default();
                let at = at + text[at..].find(word).unwrap_or(0);
                found.push((name.clone(), note_at(name, text, what, at..at + word.len())));
            }
        }
    }
    found
}

/// The byte at which a line and a column, counting from 1, stand.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    text[start..].char_indices().nth(column.saturating_sub(1)).map_or(text.len(), |(at, _)| start + at)
}

/// The word between the first two backquotes.
fn quoted(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

fn note_at(name: &str, text: &str, message: &str, span: std::ops::Range<usize>) -> Note {
    let mut lines = message.lines();
    let said = lines.next().unwrap_or(message);
    let note = Note::error("template", said.to_owned()).at(&Source::new(file(name), text), span);
    let rest = lines.collect::<Vec<_>>().join(" ");
    match rest.trim() {
        "" => note.hint("what each template is given stands in README.md, under “Templates”"),
        rest => note.hint(rest),
    }
}

/// Where a person finds a template.
fn file(name: &str) -> String {
    format!("templates/{name}")
}

/// The templates that a text names after `extends` or `include`.
fn called(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).filter_map(|tag| tag.split("%}").next());
    tags.filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        let rest = tag.strip_prefix("extends").or_else(|| tag.strip_prefix("include"))?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        rest[1..].split(quote).next()
    })
    .collect()
}
