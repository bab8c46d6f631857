//! The lines of an article → front matter and Markdown.
//!
//! 1. the head is read ([`heads`](crate::import::heads)), people are gathered from byline, dateline, end and credit
//! 2. sentences that a column's end cut are joined; captions wait until the sentence is whole
//! 3. text becomes Markdown that reads as printed; subheads are `##`, pictures are figures without a file yet
//! 4. an article without a headline gets one from its first sentence, marked as inferred

use crate::base::excerpt::excerpt;
use crate::content::article::{Front, Kind};
use crate::content::escape;
use crate::import::credits::credit;
use crate::import::features::{is_open, without_jump};
use crate::import::heads::{Head, HeadLine, head};
use crate::import::link::search::{Linked, Placed};
use crate::import::names::{byline, dateline, signed_at_end};
use crate::import::page::{Line, Page};
use crate::import::weights::Role;

/// An article as it was found on a page, before it is filed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// title, kicker, subtitle, column, authors, kind; the rest is the page's to tell
    pub front: Front,
    /// Markdown
    pub body: String,
    /// the text alone, as printed, a line for each paragraph: what themes are told from
    pub text: String,
    /// numbers of the page's lines it was made from, ascending
    pub lines: Vec<usize>,
    /// month and day, where a dateline tells them
    pub day: Option<(i8, i8)>,
}

/// A piece of an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Paragraph(String),
    Subhead(String),
    Caption(String),
}

/// Makes the drafts of a page, in the order of its articles.
pub fn drafts(page: &Page, linked: &Linked) -> Vec<Draft> {
    (0..linked.articles).map(|article| draft(page, linked, article)).collect()
}

fn draft(page: &Page, linked: &Linked, article: usize) -> Draft {
    let own: Vec<(usize, &Line, &Placed)> = page
        .lines
        .iter()
        .zip(&linked.lines)
        .enumerate()
        .filter(|(_, (_, placed))| placed.article == Some(article))
        .map(|(at, (line, placed))| (at, line, placed))
        .collect();
    let head_lines: Vec<HeadLine<'_>> = own
        .iter()
        .filter(|(_, _, placed)| placed.role.is_head() && placed.role != Role::Byline)
        .map(|&(at, line, placed)| HeadLine { at, role: placed.role, line })
        .collect();
    let pieces = pieces(&own);
    let kind = kind(&own);
    let text = plain(&pieces);
    Draft {
        front: front(head(&head_lines), &own, kind, &text),
        body: markdown(&pieces),
        text,
        lines: own.iter().map(|(_, line, _)| line.number).collect(),
        day: own.iter().find_map(|(_, line, _)| dateline(&line.text)?.day),
    }
}

fn front(head: Head, own: &[(usize, &Line, &Placed)], kind: Kind, text: &str) -> Front {
    let printed = head.title;
    Front {
        title_inferred: printed.is_none(),
        title: printed.unwrap_or_else(|| inferred_title(text)),
        kicker: head.kicker,
        subtitle: head.subtitle,
        column: head.column,
        authors: people(own, kind),
        kind,
        ..Front::default()
    }
}

/// Byline first, then the dateline's people; where there are none, who signed at the end, and who took the picture.
fn people(own: &[(usize, &Line, &Placed)], kind: Kind) -> Vec<String> {
    let texts = || own.iter().filter(|(_, _, placed)| placed.role == Role::Body).map(|(_, line, _)| line.text.as_str());
    let bylines = own.iter().filter(|(_, _, placed)| placed.role == Role::Byline);
    let mut found: Vec<String> =
        bylines.filter_map(|(_, line, _)| byline(&line.text)).flat_map(|found| found.people).collect();
    found.extend(texts().filter_map(dateline).flat_map(|found| found.people));
    if found.is_empty() {
        found.extend(texts().filter_map(|text| signed_at_end(without_jump(text))).flatten());
    }
    if found.is_empty() && kind == Kind::Photo {
        found.extend(own.iter().filter_map(|(_, line, _)| credit(&line.text)).flat_map(|found| found.people));
    }
    let mut once = Vec::new();
    for name in found {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// A picture with its text, or news.
fn kind(own: &[(usize, &Line, &Placed)]) -> Kind {
    let of = |role: Role| own.iter().filter(move |(_, _, placed)| placed.role == role);
    let credited = own.iter().any(|(_, line, placed)| placed.role != Role::Caption && credit(&line.text).is_some());
    let signed = of(Role::Byline).count() > 0 || of(Role::Body).any(|(_, line, _)| dateline(&line.text).is_some());
    if credited && !signed && of(Role::Body).count() <= 4 && of(Role::Subhead).count() == 0 {
        Kind::Photo
    } else {
        Kind::News
    }
}

/// The pieces of the text in reading order; what was cut is joined.
fn pieces(own: &[(usize, &Line, &Placed)]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<usize> = None; // the paragraph whose sentence is not over
    let mut last_head = None;
    for &(at, line, placed) in own {
        let text = without_jump(&line.text);
        match placed.role {
            Role::Body => {
                match open {
                    Some(index) => join(&mut pieces[index], text),
                    None => {
                        pieces.push(Piece::Paragraph(text.to_owned()));
                        open = Some(pieces.len() - 1);
                    }
                }
                if !is_open(text) {
                    open = None;
                }
            }
            Role::Subhead => match (pieces.last_mut(), last_head) {
                (Some(Piece::Subhead(before)), Some(last)) if last + 1 == at => {
                    before.push(' ');
                    before.push_str(text);
                    last_head = Some(at);
                }
                _ => {
                    pieces.push(Piece::Subhead(text.to_owned()));
                    (open, last_head) = (None, Some(at));
                }
            },
            Role::Caption => pieces.push(Piece::Caption(text.to_owned())),
            Role::Credit => match pieces.last_mut() {
                Some(Piece::Caption(caption)) => {
                    caption.push(' ');
                    caption.push_str(text);
                }
                _ => {
                    pieces.push(Piece::Paragraph(text.to_owned()));
                    open = None;
                }
            },
            _ => {}
        }
    }
    pieces
}

/// Sentences go on without a space, but for words of Latin letters.
fn join(piece: &mut Piece, text: &str) {
    let (Piece::Paragraph(before) | Piece::Subhead(before) | Piece::Caption(before)) = piece;
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(before.chars().next_back()) && letter(text.chars().next()) {
        before.push(' ');
    }
    before.push_str(text);
}

fn markdown(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        out.push('\n');
        match piece {
            Piece::Paragraph(text) => out.push_str(&escape::inline(text)),
            Piece::Subhead(text) => {
                out.push_str("## ");
                out.push_str(&escape::inline(text));
            }
            // a figure whose picture the page's text cannot hold: an editor may put the file's name between the brackets
            Piece::Caption(text) => {
                out.push_str("![");
                out.push_str(&escape::inline(text));
                out.push_str("]()");
            }
        }
        out.push('\n');
    }
    out
}

fn plain(pieces: &[Piece]) -> String {
    let texts: Vec<&str> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Paragraph(text) | Piece::Subhead(text) | Piece::Caption(text) => text.as_str(),
        })
        .collect();
    texts.join("\n")
}

/// Characters of a headline made from the text, at most.
const INFERRED: usize = 24;

/// The first clause of the text, without its dateline.
fn inferred_title(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let start = dateline(first).map_or(0, |found| found.length);
    let told = first[start..].trim();
    let sentence = told.find(['。', '！', '？', '；']).map_or(told, |at| &told[..at]);
    if sentence.chars().count() <= INFERRED {
        return sentence.to_owned();
    }
    let cut = sentence.char_indices().nth(INFERRED).map_or(sentence.len(), |(at, _)| at);
    let clause = sentence[..cut].rfind(['，', ',', '：']).filter(|&at| sentence[..at].chars().count() >= 6);
    match clause {
        Some(at) => format!("{}……", &sentence[..at]),
        None => excerpt(sentence, INFERRED),
    }
}
