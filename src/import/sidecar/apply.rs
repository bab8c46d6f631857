//! What a person says of lines and articles, put in the place of what was found.
//!
//! 1. lines get the roles that are said; one that was held for furniture, and is text now, joins the article beside it
//! 2. articles that are named by their lines have these lines and no others; what is left of an article stays together
//! 3. lines that are said to stand with another one join its article
//! 4. articles are counted anew, by their first lines; those that lost every line are none
//! 5. lines are read in the order that is said, and heads say what is said
//!
//! Furniture and jumps belong to no article, whatever range they stand in, so that a range may run over them; a line that was
//! wrongly held for furniture is given another role. No step drops a line.

use crate::content::article::FrontMatter;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::article::assemble::{Draft, drafts};
use crate::import::lexicon::people::parse_byline;
use crate::import::page::lines::Page;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use crate::import::sidecar::parse::{HeadWord, Named, Sidecar, Which};
use std::collections::HashMap;

/// What the ledger says of a line that a person placed.
pub const CORRECTED: &str = "corrected in PAGE.toml";

/// A page's articles as a person wants them.
#[derive(Debug)]
pub struct CorrectedPage {
    pub partition: Partition,
    pub overrides: Overrides,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What is said beyond the articles' lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    /// reading order: places among the page's lines
    order: Vec<usize>,
    /// what heads should say, by article
    heads: Vec<(usize, HeadWord)>,
}

/// Puts corrections in the place of what was found.
pub fn apply_sidecar(page: &Page, partition: Partition, said: &Sidecar) -> CorrectedPage {
    let order = partition.reading_order.clone();
    let mut correcting = Correcting { page, next: partition.article_count, partition, order, diagnostics: Vec::new() };
    correcting.roles(said);
    let heads = correcting.articles(said);
    correcting.companions(said);
    correcting.counted(heads)
}

impl Overrides {
    /// The drafts of a page's articles, with the heads as they are said. `as_printed` keeps half-width punctuation.
    pub fn drafts(&self, page: &Page, partition: &Partition, as_printed: bool) -> Vec<Draft> {
        let (page, partition) = self.in_order(page, partition);
        let mut drafts = drafts(&page, &partition, as_printed);
        for (article, draft) in drafts.iter_mut().enumerate() {
            draft.lines.sort_unstable();
            self.reword(&page, &partition, article, draft);
        }
        drafts
    }

    /// Puts what is said of an article's head in the place of what was printed; lines in reading order.
    pub(crate) fn reword(&self, page: &Page, partition: &Partition, article: usize, draft: &mut Draft) {
        names_as_written(page, partition, article, draft);
        for (_, head) in self.heads.iter().filter(|(of, _)| *of == article) {
            say(&mut draft.front, head);
        }
    }

    /// The themes that are said for an article.
    pub(crate) fn themes(&self, article: usize) -> Option<&[String]> {
        let said = self.heads.iter().rev().filter(|(of, _)| *of == article);
        said.filter_map(|(_, head)| head.themes.as_deref()).next()
    }

    /// The page with its lines as they are to be read.
    pub(crate) fn in_order(&self, page: &Page, partition: &Partition) -> (Page, Partition) {
        let mut place_of = vec![0; self.order.len()];
        self.order.iter().enumerate().for_each(|(place, &at)| place_of[at] = place);
        let in_place = |&at: &usize| {
            let placed = partition.lines[at].clone();
            LineAssignment { duplicate_of: placed.duplicate_of.map(|other| place_of[other]), ..placed }
        };
        let lines = self.order.iter().map(|&at| page.lines[at].clone()).collect();
        let page = Page { lines, marked: page.marked };
        let lines: Vec<LineAssignment> = self.order.iter().map(in_place).collect();
        (page, Partition { reading_order: (0..lines.len()).collect(), lines, article_count: partition.article_count })
    }
}

/// A line that is said to be a byline holds names, also where no rule would see them.
fn names_as_written(page: &Page, partition: &Partition, article: usize, draft: &mut Draft) {
    for (line, placed) in page.lines.iter().zip(&partition.lines) {
        let said = placed.article == Some(article) && placed.role == Role::Byline && placed.why == CORRECTED;
        if said && parse_byline(&line.text).is_none() {
            let names = line.text.split([' ', '　', '、', ',', '，']).filter(|name| !name.is_empty());
            let new: Vec<&str> = names.filter(|name| !draft.front.authors.iter().any(|known| known == name)).collect();
            draft.front.authors.extend(new.into_iter().map(str::to_owned));
        }
    }
}

/// Puts what is said of a head in the place of what was printed.
fn say(front: &mut FrontMatter, head: &HeadWord) {
    let HeadWord { title, kicker, subtitle, column, authors, kind, themes: _ } = head.clone();
    front.title_inferred &= title.is_none();
    front.title = title.unwrap_or_else(|| std::mem::take(&mut front.title));
    for (place, said) in [(&mut front.kicker, kicker), (&mut front.subtitle, subtitle), (&mut front.column, column)] {
        // an empty word says that there is none
        *place = said.or_else(|| place.take()).filter(|text| !text.is_empty());
    }
    front.authors = authors.unwrap_or_else(|| std::mem::take(&mut front.authors));
    front.kind = kind.unwrap_or(front.kind);
}

struct Correcting<'p> {
    page: &'p Page,
    partition: Partition,
    /// the number of the next article that is made
    next: usize,
    order: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Correcting<'_> {
    /// The lines that are named; a finding where some are not there.
    fn places(&mut self, named: &Named) -> Vec<usize> {
        let (places, wrong) = named.ranges.places(self.page);
        if let Some(wrong) = wrong {
            let diagnostic = Diagnostic::new(Code::NoSuchLine, wrong).at_location(named.place.clone());
            self.diagnostics.push(diagnostic.hint("lines count from 1, empty ones too, as in an editor's margin"));
        }
        places
    }

    fn roles(&mut self, said: &Sidecar) {
        for word in &said.lines {
            let Some(role) = word.role else { continue };
            for at in self.places(&word.at) {
                self.mark(at);
                (self.partition.lines[at].role, self.partition.lines[at].duplicate_of) = (role, None);
                match (stays_out(role), self.partition.lines[at].article) {
                    (true, _) => self.partition.lines[at].article = None,
                    (false, None) => self.partition.lines[at].article = Some(self.beside(at, role)),
                    (false, Some(_)) => {}
                }
            }
        }
    }

    /// The article that a line without one stands beside: a head's is below it, a text's above.
    fn beside(&mut self, at: usize, role: Role) -> usize {
        let lines = &self.partition.lines;
        let above = lines[..at].iter().rev().find_map(|placed| placed.article);
        let below = lines[at + 1..].iter().find_map(|placed| placed.article);
        let found = if role.is_head() { below.or(above) } else { above.or(below) };
        found.unwrap_or_else(|| self.new_article())
    }

    /// Gives articles their lines; tells whose heads are to say what.
    fn articles(&mut self, said: &Sidecar) -> Vec<(usize, HeadWord)> {
        let mut heads = Vec::new();
        // first the articles that are made anew, since a line's article may be one of them
        for word in &said.articles {
            if let Which::Lines(named) = &word.which
                && let Some(article) = self.exactly(named)
            {
                heads.push((article, word.head.clone()));
            }
        }
        for word in &said.articles {
            if let Which::At(named) = &word.which
                && let Some(article) = self.article_at(named)
            {
                heads.push((article, word.head.clone()));
            }
        }
        heads
    }

    fn exactly(&mut self, named: &Named) -> Option<usize> {
        let mut places = self.places(named);
        places.retain(|&at| !stays_out(self.partition.lines[at].role));
        if places.is_empty() {
            let diagnostic = Diagnostic::new(Code::NoTextThere, "none of these lines is the text of an article");
            let diagnostic = diagnostic.at_location(named.place.clone());
            self.diagnostics
                .push(diagnostic.hint("a line that was held for furniture has to be given a role, in [[lines]]"));
            return None;
        }
        let article = self.new_article();
        for &at in &places {
            self.mark(at);
            self.partition.lines[at].article = Some(article);
        }
        self.read_in_order(places);
        Some(article)
    }

    /// The lines take each other's places, so that they are read in the order in which they are named.
    fn read_in_order(&mut self, named: Vec<usize>) {
        let is_named = |place: &usize| named.contains(&self.order[*place]);
        let places: Vec<usize> = (0..self.order.len()).filter(is_named).collect();
        for (place, at) in places.into_iter().zip(named) {
            self.order[place] = at;
        }
    }

    fn article_at(&mut self, named: &Named) -> Option<usize> {
        let at = *self.places(named).first()?;
        let found = self.partition.lines[at].article;
        if found.is_none() {
            let message = format!("line {} belongs to no article", self.page.lines[at].number);
            let diagnostic = Diagnostic::new(Code::NoArticleThere, message).at_location(named.place.clone());
            self.diagnostics
                .push(diagnostic.hint("name a line of its text; import --dry-run shows which lines are an article's"));
        }
        found
    }

    fn companions(&mut self, said: &Sidecar) {
        for word in &said.lines {
            let Some(with) = &word.with else { continue };
            let Some(article) = self.article_at(with) else { continue };
            // where a role is said too, lines that are not there have been told of
            let places = if word.role.is_some() { word.at.ranges.places(self.page).0 } else { self.places(&word.at) };
            for at in places {
                if !stays_out(self.partition.lines[at].role) {
                    self.mark(at);
                    self.partition.lines[at].article = Some(article);
                }
            }
        }
    }

    fn mark(&mut self, at: usize) {
        let placed = &mut self.partition.lines[at];
        (placed.why, placed.certainty) = (CORRECTED, 1.0);
    }

    fn new_article(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn counted(mut self, heads: Vec<(usize, HeadWord)>) -> CorrectedPage {
        let mut counted: HashMap<usize, usize> = HashMap::new();
        for placed in &mut self.partition.lines {
            let Some(article) = &mut placed.article else { continue };
            let next = counted.len();
            *article = *counted.entry(*article).or_insert(next);
        }
        self.partition.article_count = counted.len();
        self.keep_what_no_other_line_says();
        let heads = heads.into_iter().filter_map(|(article, head)| Some((*counted.get(&article)?, head))).collect();
        CorrectedPage {
            partition: self.partition,
            overrides: Overrides { order: self.order, heads },
            diagnostics: self.diagnostics,
        }
    }

    /// A line that was set aside for another one is text again where that one is in no article.
    fn keep_what_no_other_line_says(&mut self) {
        let stays: Vec<bool> = self.partition.lines.iter().map(|placed| placed.article.is_some()).collect();
        for placed in &mut self.partition.lines {
            placed.duplicate_of = placed.duplicate_of.filter(|&other| stays[other]);
        }
    }
}

/// Belongs to no article, whatever range it stands in.
fn stays_out(role: Role) -> bool {
    matches!(role, Role::Furniture | Role::Jump)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;
    use crate::import::sidecar::parse::parse_sidecar;

    /// A page of lines `第n行…`, each with a role and an article.
    fn page_of(lines: &[(Role, Option<usize>)]) -> (Page, Partition) {
        let text: String = (0..lines.len()).map(|at| format!("第{at}行的文字。\n")).collect();
        let placed = |&(role, article): &(Role, Option<usize>)| LineAssignment {
            role,
            article,
            why: "found",
            certainty: 0.5,
            duplicate_of: None,
        };
        (parse_page(&Source::new("p.txt", text)), Partition::from_lines(lines.iter().map(placed).collect()))
    }

    fn said(text: &str) -> Sidecar {
        let (said, diagnostics) = parse_sidecar(&Source::new("p.toml", text), &["产改".to_owned()]);
        assert_eq!(diagnostics, [], "{text}");
        said
    }

    fn articles(partition: &Partition) -> Vec<Option<usize>> {
        partition.lines.iter().map(|placed| placed.article).collect()
    }

    const TWO: [(Role, Option<usize>); 6] = [
        (Role::Title, Some(0)),
        (Role::Body, Some(0)),
        (Role::Body, Some(0)),
        (Role::Furniture, None),
        (Role::Title, Some(1)),
        (Role::Body, Some(1)),
    ];

    #[test]
    fn an_article_is_the_lines_that_are_named_in_the_order_in_which_they_are_named() {
        let (page, partition) = page_of(&TWO);
        let said = said("[[articles]]\nlines = \"1,6,3-4\"\ntitle = \"新题\"\nthemes = [\"产改\"]");
        let corrected = apply_sidecar(&page, partition, &said);
        assert_eq!(articles(&corrected.partition), [Some(0), Some(1), Some(0), None, Some(2), Some(0)]);
        assert_eq!(corrected.partition.lines[5].why, CORRECTED);
        let drafts = corrected.overrides.drafts(&page, &corrected.partition, false);
        assert_eq!((drafts[0].front.title.as_str(), &drafts[0].lines[..]), ("新题", &[1, 3, 6][..]));
        assert_eq!(drafts[0].text, "第5行的文字。\n第2行的文字。");
        assert_eq!(corrected.overrides.themes(0), Some(&["产改".to_owned()][..]));
    }

    #[test]
    fn a_line_goes_with_another_and_furniture_becomes_text() {
        let (page, partition) = page_of(&TWO);
        let said = said(
            "[[lines]]\nat = 3\nwith = 5\n[[lines]]\nat = 4\nrole = \"body\"\n[[articles]]\nat = 5\nkicker = \"引\"",
        );
        let corrected = apply_sidecar(&page, partition, &said);
        assert_eq!(articles(&corrected.partition), [Some(0), Some(0), Some(1), Some(0), Some(1), Some(1)]);
        assert_eq!(
            corrected.overrides.drafts(&page, &corrected.partition, false)[1].front.kicker.as_deref(),
            Some("引")
        );
    }

    #[test]
    fn an_article_that_loses_every_line_is_none_and_a_byline_that_no_rule_sees_is_one() {
        let (page, partition) = page_of(&TWO);
        let said = said(
            "[[lines]]\nat = \"5-6\"\nwith = 1\n[[articles]]\nlines = \"2\"\n[[lines]]\nat = 2\nrole = \"byline\"",
        );
        let corrected = apply_sidecar(&page, partition, &said);
        assert_eq!(articles(&corrected.partition), [Some(0), Some(1), Some(0), None, Some(0), Some(0)]);
        let front = &corrected.overrides.drafts(&page, &corrected.partition, false)[1].front;
        assert_eq!(front.authors, ["第1行的文字。"]);
    }

    #[test]
    fn lines_that_are_not_there_are_findings_in_the_sidecar() {
        let codes = |text: &str| {
            let (page, partition) = page_of(&TWO);
            let said = said(text);
            let diagnostics = apply_sidecar(&page, partition, &said).diagnostics;
            assert!(
                diagnostics
                    .iter()
                    .all(|diagnostic| diagnostic.location.as_ref().is_some_and(|place| place.file == "p.toml"))
            );
            diagnostics.into_iter().map(|diagnostic| diagnostic.code.name()).collect::<Vec<_>>()
        };
        assert_eq!(codes("[[lines]]\nat = \"6-9\"\nrole = \"body\""), ["no-such-line"]);
        assert_eq!(codes("[[lines]]\nat = \"6-9\"\nwith = 1"), ["no-such-line"]);
        assert_eq!(codes("[[lines]]\nat = \"6-9\"\nwith = 1\nrole = \"body\""), ["no-such-line"]);
        assert_eq!(codes("[[lines]]\nat = 1\nwith = 4"), ["no-article-there"]);
        assert_eq!(codes("[[articles]]\nlines = \"4\""), ["no-text-there"]);
        assert_eq!(codes("[[articles]]\nat = 70"), ["no-such-line"]);
    }
}
