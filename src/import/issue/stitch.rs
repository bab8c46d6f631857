//! Articles that go on on another page of their issue: `（下转第3版）` here, `（上接第1版）` there.
//!
//! 1. the ends are gathered: texts that stop at a jump, texts that begin below one
//! 2. ends are paired for the issue as a whole: by the page numbers that both print, by whether the sentence goes on across
//!    the seam, by words that the two parts share and the rest of the issue does not have, by the headline that is printed
//!    again
//! 3. the parts of a pair are read as one article: its head and its file are the first part's
//!
//! An end without its other end is a finding.

use crate::content::article::{ContinuedLines, FrontMatter};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::{Location, Source};
use crate::import::article::assemble::{Draft, drafts};
use crate::import::issue::assignment::assignment;
use crate::import::label::features::stops_mid_sentence;
use crate::import::lexicon::continuation::{continuation_score, opening_score};
use crate::import::lexicon::jumps::without_jump;
use crate::import::page::jump_notes::{Jump, parse_jumps};
use crate::import::page::lines::Page;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Jumps of one kind that are looked at in an issue; no paper has as many.
const MOST: usize = 200;

/// What speaks for a pair, in the unit of the label weights.
mod weight {
    /// a page number that is printed here and is the other's
    pub(crate) const PAGE: f64 = 2.0;
    /// the words that both parts have, at their best
    pub(crate) const WORDS: f64 = 4.0;
    /// all of the rest's headline is in the first part's
    pub(crate) const HEADLINE: f64 = 3.0;
    /// below this a pair is none
    pub(crate) const ENOUGH: f64 = 0.5;
}

/// An article of an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    /// place among the imports
    pub(crate) page: usize,
    /// place among the import's articles
    pub(crate) article: usize,
}

/// `rest` goes on where `part` stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Continuation {
    pub(crate) from: Part,
    pub(crate) to: Part,
}

/// An end of a text, at a jump.
struct End {
    part: Part,
    /// the jump's line, by its place on the page
    at: usize,
    jump: Jump,
    /// the text at the seam
    text: String,
}

/// Pairs the ends of an issue's imports; findings by import.
pub(crate) fn match_jumps(imports: &[PageImport]) -> (Vec<Continuation>, Vec<(usize, Diagnostic)>) {
    let (onward, incoming): (Vec<End>, Vec<End>) = ends(imports).into_iter().partition(|end| end.jump.onward);
    let mut found = Vec::new();
    let mut pairs: Vec<Option<usize>> = vec![None; onward.len()];
    if !onward.is_empty() && !incoming.is_empty() {
        let words = Words::of(imports);
        let (outs, ins) = (&onward[..onward.len().min(MOST)], &incoming[..incoming.len().min(MOST)]);
        let worth: Vec<Vec<Option<f64>>> =
            outs.iter().map(|out| ins.iter().map(|end| worth(imports, &words, out, end)).collect()).collect();
        for (at, pair) in assignment(&worth).into_iter().enumerate() {
            pairs[at] = pair;
        }
    }
    for (at, pair) in pairs.iter_mut().enumerate() {
        let Some(rest) = pair.map(|rest| incoming[rest].part) else { continue };
        let part = onward[at].part;
        // an article stops once and is taken up once
        if found.iter().any(|continuation: &Continuation| continuation.from == part || continuation.to == rest) {
            *pair = None;
        } else {
            found.push(Continuation { from: part, to: rest });
        }
    }
    let taken: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let alone = onward.iter().enumerate().filter(|(at, _)| pairs[*at].is_none()).map(|(_, end)| end);
    let alone = alone.chain(incoming.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, end)| end));
    let diagnostics = alone.map(|end| (end.part.page, unmatched(imports, end))).collect();
    (found, diagnostics)
}

/// The articles that continuations make, each with its parts in reading order.
pub(crate) fn chains(continuations: &[Continuation]) -> Vec<Vec<Part>> {
    let rests: BTreeMap<Part, Part> =
        continuations.iter().map(|continuation| (continuation.from, continuation.to)).collect();
    let later: BTreeSet<Part> = continuations.iter().map(|continuation| continuation.to).collect();
    // jumps in a circle have no beginning, and are left as they are
    let first = rests.keys().filter(|part| !later.contains(part));
    first.map(|&part| std::iter::successors(Some(part), |part| rests.get(part).copied()).collect()).collect()
}

/// The parts of an article read as one: front matter and Markdown. `themes` files it.
pub(crate) fn stitch(
    imports: &[PageImport],
    chain: &[Part],
    themes: impl Fn(&Draft) -> Vec<String>,
) -> Option<(FrontMatter, String)> {
    let (first, rest) = chain.split_first()?;
    let import = &imports[first.page];
    let (mut page, mut partition) = import.overrides.in_order(&import.page, &import.partition);
    let head = head_of(import, first.article);
    for part in rest {
        append(&mut page, &mut partition, first.article, &head, (&imports[part.page], part.article));
    }
    let mut draft = drafts(&page, &partition, import.punctuation_as_printed).into_iter().nth(first.article)?;
    import.overrides.reword(&page, &partition, first.article, &mut draft);
    let mut front = import.front(first.article, &draft, themes);
    if let Some(source) = &mut front.source {
        let lines = |part: &Part| ContinuedLines {
            page: imports[part.page].file().to_owned(),
            lines: imports[part.page].lines_of(part.article),
        };
        source.more = rest.iter().map(lines).collect();
    }
    Some((front, draft.body))
}

/// Puts the lines of a rest behind those of a page, as lines of `article`. A headline that is printed again is left out; one
/// that is new is a subhead.
fn append(page: &mut Page, partition: &mut Partition, article: usize, head: &str, (import, own): (&PageImport, usize)) {
    let (lines, placed) = import.overrides.in_order(&import.page, &import.partition);
    for (line, placed) in lines.lines.into_iter().zip(placed.lines) {
        let again = placed.role == Role::Column || placed.role.is_head() && overlap(&line.text, head) >= 0.5;
        if placed.article != Some(own) || placed.duplicate_of.is_some() || again && placed.role != Role::Byline {
            continue;
        }
        let role = if placed.role.is_head() && placed.role != Role::Byline { Role::Subhead } else { placed.role };
        partition.lines.push(LineAssignment { role, article: Some(article), ..placed });
        page.lines.push(line);
    }
}

fn ends(imports: &[PageImport]) -> Vec<End> {
    let mut ends = Vec::new();
    for (number, import) in imports.iter().enumerate() {
        for at in 0..import.page.lines.len() {
            for jump in parse_jumps(&import.page.lines[at].text) {
                if let Some((article, text)) = end_of(import, at, jump.onward) {
                    ends.push(End { part: Part { page: number, article }, at, jump, text });
                }
            }
        }
    }
    ends
}

/// The article that a jump belongs to, and its text at the seam: what stands before a jump onward, behind one that comes.
fn end_of(import: &PageImport, at: usize, onward: bool) -> Option<(usize, String)> {
    let lines = &import.partition.lines;
    let nearest: Vec<usize> = if onward { (0..=at).rev().collect() } else { (at..lines.len()).collect() };
    let article = nearest.iter().find_map(|&near| lines[near].article)?;
    let is_text = |near: &&usize| lines[**near].article == Some(article) && lines[**near].role == Role::Body;
    let text = nearest.iter().find(is_text).map_or("", |&near| without_jump(&import.page.lines[near].text));
    Some((article, text.to_owned()))
}

/// What speaks for a pair; None where it cannot be one.
fn worth(imports: &[PageImport], words: &Words, out: &End, end: &End) -> Option<f64> {
    let (from, to) = (imports[out.part.page].masthead.page, imports[end.part.page].masthead.page);
    let pages = page_fits(out.jump.page, to)? + page_fits(end.jump.page, from)?;
    if out.part.page == end.part.page {
        return None;
    }
    let across = if stops_mid_sentence(&out.text) {
        continuation_score(&out.text, &end.text).clamp(-2.0, 3.0)
    } else {
        opening_score(&end.text).clamp(-1.5, 1.0) * 0.5
    };
    let headline = overlap(
        &head_of(&imports[end.part.page], end.part.article),
        &head_of(&imports[out.part.page], out.part.article),
    );
    let total = pages + across + headline * weight::HEADLINE + words.likeness(out.part, end.part) * weight::WORDS;
    Some(total - weight::ENOUGH)
}

/// Does the page that is printed in a jump agree with the number of the other page? None: it does not.
fn page_fits(printed: Option<u32>, page: Option<u32>) -> Option<f64> {
    match (printed, page) {
        (Some(printed), Some(page)) => (printed == page).then_some(weight::PAGE),
        _ => Some(0.0),
    }
}

/// Headline, kicker and subtitle as printed.
fn head_of(import: &PageImport, article: usize) -> String {
    let lines = import.page.lines.iter().zip(&import.partition.lines);
    let is_head = |placed: &LineAssignment| {
        placed.article == Some(article) && placed.role.is_head() && placed.role != Role::Byline
    };
    lines.filter(|(_, placed)| is_head(placed)).map(|(line, _)| line.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// How much of a text's pairs of neighbouring characters another one has, 0 to 1.
fn overlap(text: &str, whole: &str) -> f64 {
    let (own, whole) = (pairs(text), pairs(whole));
    if own.is_empty() { 0.0 } else { own.intersection(&whole).count() as f64 / own.len() as f64 }
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs.filter(|(a, b)| a.is_alphabetic() && b.is_alphabetic()).collect()
}

/// What the articles of an issue say, and how rare that is.
struct Words {
    articles: BTreeMap<Part, BTreeSet<(char, char)>>,
    /// articles that have a pair
    counts: HashMap<(char, char), f64>,
}

impl Words {
    fn of(imports: &[PageImport]) -> Self {
        let mut articles: BTreeMap<Part, BTreeSet<(char, char)>> = BTreeMap::new();
        for (number, import) in imports.iter().enumerate() {
            for (line, placed) in import.page.lines.iter().zip(&import.partition.lines) {
                let Some(article) = placed.article else { continue };
                articles.entry(Part { page: number, article }).or_default().extend(pairs(&line.text));
            }
        }
        let mut counts: HashMap<(char, char), f64> = HashMap::new();
        for pair in articles.values().flatten() {
            *counts.entry(*pair).or_default() += 1.0;
        }
        Self { articles, counts }
    }

    /// The cosine of two articles' pairs, each weighed by its rarity.
    fn likeness(&self, one: Part, other: Part) -> f64 {
        let (Some(one), Some(other)) = (self.articles.get(&one), self.articles.get(&other)) else { return 0.0 };
        let all = self.articles.len() as f64;
        let weight = |pair: &(char, char)| (all / self.counts.get(pair).copied().unwrap_or(1.0)).ln().powi(2);
        let length = |pairs: &BTreeSet<(char, char)>| pairs.iter().map(weight).sum::<f64>().sqrt();
        let shared: f64 = one.intersection(other).map(weight).sum();
        // two parts of one article have a cosine of about a fifth
        (5.0 * shared / (length(one) * length(other)).max(1.0)).min(1.0)
    }
}

/// An end whose other end was not found.
fn unmatched(imports: &[PageImport], end: &End) -> Diagnostic {
    let import = &imports[end.part.page];
    let line = &import.page.lines[end.at];
    let source = Source::new(&import.name, &line.text);
    let place = Location { line: line.number, ..source.location(end.jump.span.clone()) };
    let there = end.jump.page.is_some_and(|page| imports.iter().any(|import| import.masthead.page == Some(page)));
    let page = end.jump.page.map_or_else(|| "another page".to_owned(), |page| format!("page {page}"));
    if there {
        let message = if end.jump.onward {
            format!("nothing on {page} takes up the article that jumps there")
        } else {
            format!("nothing on {page} jumps to this text")
        };
        let hint = "the two parts stand as articles of their own; where the jump on the other page was not read, write it there";
        return Diagnostic::new(Code::UnmatchedJump, message).at_location(place).hint(hint);
    }
    let way = if end.jump.onward { "goes on on" } else { "comes from" };
    Diagnostic::new(
        Code::PageNotImported,
        format!("the article {way} {page}, which is not among the imported pages of its issue"),
    )
    .at_location(place)
    .hint("add that page, with its paper, date and number: the parts then become one article")
}
