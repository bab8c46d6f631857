//! Gold: what a person reads on a page (`gold.json`, made by hand), and how an import differs from it.

use crate::common::ledger::LedgerLine;
use crate::common::site::Site;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use wenzhai::builtin;
use wenzhai::config::settings;
use wenzhai::content::article::{Article, FrontMatter};
use wenzhai::content::parse;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::input::decode::decode;

/// What a person reads on a page. Lines count from 1.
#[derive(Debug, Deserialize)]
struct Gold {
    meta: Masthead,
    /// lines that belong to no article
    furniture: Vec<usize>,
    articles: Vec<GoldArticle>,
}

#[derive(Debug, Deserialize)]
struct Masthead {
    date: Option<String>,
    paper: Option<String>,
    issue: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct GoldArticle {
    /// accepted forms, best first; none where the page prints no headline
    title: Vec<String>,
    kicker: Option<String>,
    subtitle: Option<String>,
    column: Option<String>,
    authors: Vec<String>,
    body: Vec<usize>,
    /// pairs of lines that print the same paragraph; the second may stand anywhere, or nowhere
    #[serde(default)]
    duplicates: Vec<(usize, usize)>,
    /// pairs of lines that are one sentence, cut at a column's end
    joins: Vec<(usize, usize)>,
}

impl GoldArticle {
    fn accepts(&self, front: &FrontMatter) -> bool {
        match self.title.as_slice() {
            [] => front.title_inferred && !front.title.is_empty(),
            forms => forms.iter().any(|form| letters_and_digits(form) == letters_and_digits(&front.title)),
        }
    }
}

/// What printed forms of one text have in common.
fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Sums over the characters of body text, to be divided by `characters`.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct BCubed {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) characters: f64,
}

/// A page, its gold, and what import made of it.
#[derive(Debug)]
pub(crate) struct ImportedPage {
    lines: Vec<String>,
    gold: Gold,
    /// by file
    articles: BTreeMap<String, Article>,
    ledger: Vec<LedgerLine>,
    /// line → the article that it belongs to
    assigned: BTreeMap<usize, Option<String>>,
}

impl ImportedPage {
    /// A page of an import into `out`: its file, its gold's file, and its lines of the ledger.
    pub(crate) fn new(site: &Site, page: &Path, gold: &Path, ledger: Vec<LedgerLine>) -> Self {
        let text = decode("page.txt", &fs::read(page).unwrap()).map_or(String::new(), |decoded| decoded.source.text);
        let gold = fs::read_to_string(gold).unwrap_or_else(|error| panic!("{}: {error}", gold.display()));
        let themes = settings::parse(&Source::new("site.toml", builtin::SETTINGS)).unwrap().theme_ids();
        let files: BTreeSet<&String> = ledger.iter().filter_map(|entry| entry.article.as_ref()).collect();
        let read = |file: &String| {
            let source = Source::new(file, site.read(&format!("out/{file}")));
            let (article, diagnostics) = parse::article(&source, &themes);
            assert_eq!(diagnostics, [], "{file}");
            (file.clone(), article.unwrap())
        };
        Self {
            lines: text.lines().map(str::to_owned).collect(),
            gold: serde_json::from_str(&gold).unwrap(),
            articles: files.into_iter().map(read).collect(),
            assigned: ledger.iter().map(|entry| (entry.line, entry.article.clone())).collect(),
            ledger,
        }
    }

    /// Fails unless each line that shows something is in the ledger exactly once, and each article says the lines that the
    /// ledger says of it.
    #[track_caller]
    pub(crate) fn assert_ledger_is_complete(&self) {
        let is_printed = |line: &str| !line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty();
        let printed = self.lines.iter().zip(1..).filter(|(line, _)| is_printed(line)).map(|(_, number)| number);
        let listed: Vec<usize> = self.ledger.iter().map(|entry| entry.line).collect();
        assert_eq!(listed, printed.collect::<Vec<usize>>());
        for (file, article) in &self.articles {
            let lines = self.ledger.iter().filter(|entry| entry.article.as_ref() == Some(file));
            let lines: Vec<usize> = lines.map(|entry| entry.line).collect();
            let source = article.front.source.as_ref().unwrap();
            // an article that continues on another page has lines of both
            if !source.more.is_empty() {
                continue;
            }
            let ranges: Vec<_> = source.lines.split(',').map(line_range).collect();
            assert!(lines.iter().all(|line| ranges.iter().any(|range| range.contains(line))), "{file}: {lines:?}");
            assert!(ranges.iter().all(|range| lines.iter().any(|line| range.contains(line))), "{file}: {ranges:?}");
        }
    }

    /// Whether the page prints its paper on a line of its own: a person knows the paper of other pages too.
    fn prints(&self, paper: &str) -> bool {
        self.lines.iter().any(|line| line.split_whitespace().collect::<String>() == paper)
    }

    fn file_of(&self, line: usize) -> Option<&str> {
        self.assigned.get(&line)?.as_deref()
    }

    /// The article that has most of a gold article's lines, by their characters.
    fn article_of(&self, gold: &GoldArticle) -> Option<(&str, &Article)> {
        let mut characters: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &gold.body {
            if let Some(file) = self.file_of(*line) {
                *characters.entry(file).or_default() += self.lines[line - 1].chars().count();
            }
        }
        let (file, _) = characters.into_iter().max_by_key(|(_, count)| *count)?;
        Some((file, &self.articles[file]))
    }

    /// How the import separates articles otherwise than a person: their number, lines, headlines, authors, dates, and sentences
    /// that stayed cut.
    pub(crate) fn separation_misses(&self) -> Vec<String> {
        let mut misses = Vec::new();
        if self.articles.len() != self.gold.articles.len() {
            misses.push(format!("{} articles were found of {}", self.articles.len(), self.gold.articles.len()));
        }
        for line in &self.gold.furniture {
            if let Some(file) = self.file_of(*line) {
                misses.push(format!("line {line} is in {file}, and belongs to no article"));
            }
        }
        for gold in &self.gold.articles {
            match self.article_of(gold) {
                Some((file, article)) => {
                    misses.extend(self.misses_of_fields(gold, file, &article.front));
                    misses.extend(self.misses_of_lines(gold, file));
                    misses.extend(self.misses_of_joins(gold, file, article));
                }
                None => misses.push(format!("{:?} was not found", gold.title)),
            }
        }
        misses
    }

    fn misses_of_fields(&self, gold: &GoldArticle, file: &str, front: &FrontMatter) -> Vec<String> {
        let people = |authors: &[String]| authors.iter().cloned().collect::<BTreeSet<_>>();
        let date = front.date.map(|date| date.to_string());
        let mut misses = Vec::new();
        if !gold.accepts(front) {
            misses.push(difference(file, "the title", &front.title, &gold.title));
        }
        if people(&front.authors) != people(&gold.authors) {
            misses.push(difference(file, "authors", &front.authors, &gold.authors));
        }
        if date != self.gold.meta.date {
            misses.push(difference(file, "the date", &date, &self.gold.meta.date));
        }
        misses
    }

    fn misses_of_lines(&self, gold: &GoldArticle, file: &str) -> Vec<String> {
        let is_repetition = |line: &usize| gold.duplicates.iter().any(|(_, second)| second == line);
        let missing = gold.body.iter().filter(|line| !is_repetition(line) && self.file_of(**line) != Some(file));
        let missing: Vec<&usize> = missing.collect();
        let others = self.gold.articles.iter().filter(|other| !std::ptr::eq(*other, gold));
        let foreign: Vec<&usize> = others
            .flat_map(|other| &other.body)
            .filter(|line| !gold.body.contains(line) && self.file_of(**line) == Some(file))
            .collect();
        let mut misses = Vec::new();
        if !missing.is_empty() {
            misses.push(format!("{file}: lines {missing:?} of {:?} are elsewhere", gold.title));
        }
        if !foreign.is_empty() {
            misses.push(format!("{file}: lines {foreign:?} are not of {:?}", gold.title));
        }
        misses
    }

    fn misses_of_joins(&self, gold: &GoldArticle, file: &str, article: &Article) -> Vec<String> {
        let body = letters_and_digits(&article.body);
        let seam = |(first, second): &(usize, usize)| {
            let [first, second] = [first, second].map(|line| letters_and_digits(&self.lines[line - 1]));
            let end: String = first.chars().skip(first.chars().count().saturating_sub(6)).collect();
            end + &second.chars().take(6).collect::<String>()
        };
        let broken = gold.joins.iter().map(seam).filter(|seam| !body.contains(seam.as_str()));
        broken.map(|seam| format!("{file}: {seam} of {:?} stayed cut", gold.title)).collect()
    }

    /// Differences in kickers, subtitles and column labels, and in what the masthead says.
    pub(crate) fn front_matter_misses(&self) -> Vec<String> {
        let mut misses = Vec::new();
        for gold in &self.gold.articles {
            let Some((file, Article { front, .. })) = self.article_of(gold) else { continue };
            let fields = [
                ("the kicker", &front.kicker, &gold.kicker),
                ("the subtitle", &front.subtitle, &gold.subtitle),
                ("the column", &front.column, &gold.column),
            ];
            for (name, made, printed) in fields {
                if made.as_deref().map(letters_and_digits) != printed.as_deref().map(letters_and_digits) {
                    misses.push(difference(file, name, made, printed));
                }
            }
            let Masthead { paper, issue, .. } = &self.gold.meta;
            if paper.as_ref().is_some_and(|paper| self.prints(paper)) && front.paper != *paper {
                misses.push(difference(file, "the paper", &front.paper, paper));
            }
            if front.issue != *issue {
                misses.push(difference(file, "the issue", &front.issue, issue));
            }
        }
        misses
    }

    /// How well lines of one article are found together: B-cubed precision and recall (Bagga and Baldwin 1998) over the
    /// characters of body text. A line that no article has counts as missed, and misleads nobody.
    pub(crate) fn b_cubed(&self) -> BCubed {
        let length = |line: &usize| self.lines[line - 1].chars().count() as f64;
        let bodies = self.gold.articles.iter().map(|gold| &gold.body);
        let assigned: Vec<(usize, &str, usize)> = (bodies.clone().enumerate())
            .flat_map(|(article, body)| body.iter().map(move |line| (article, line)))
            .filter_map(|(article, line)| Some((article, self.file_of(*line)?, *line)))
            .collect();
        let characters: f64 = bodies.flatten().map(length).sum();
        let mut sums = BCubed { characters, ..BCubed::default() };
        for (article, file, line) in &assigned {
            let same_file = || assigned.iter().filter(|other| other.1 == *file);
            let in_file: f64 = same_file().map(|other| length(&other.2)).sum();
            let right: f64 = same_file().filter(|other| other.0 == *article).map(|other| length(&other.2)).sum();
            let in_gold: f64 = self.gold.articles[*article].body.iter().map(length).sum();
            sums.precision += length(line) * right / in_file;
            sums.recall += length(line) * right / in_gold;
        }
        sums.precision += characters - assigned.iter().map(|(_, _, line)| length(line)).sum::<f64>();
        sums
    }

    /// How many headlines are as printed, and how many articles the page has.
    pub(crate) fn titles_found(&self) -> (usize, usize) {
        let fits = |gold: &&GoldArticle| self.article_of(gold).is_some_and(|(_, article)| gold.accepts(&article.front));
        (self.gold.articles.iter().filter(fits).count(), self.gold.articles.len())
    }
}

fn difference(file: &str, field: &str, made: &dyn Debug, printed: &dyn Debug) -> String {
    format!("{file}: {field} is {made:?}, and {printed:?} on the page")
}

/// `3-5` or `3`.
fn line_range(text: &str) -> std::ops::RangeInclusive<usize> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    first.parse().unwrap()..=last.parse().unwrap()
}
