//! Applies the corrections of a sidecar to the partition that was found.
//!
//! 1. lines get the roles that are set; a line that was furniture and is text now joins the article next to it
//! 2. an article that is named by its lines gets exactly these; what is left of other articles stays together
//! 3. lines with `with` join the article of that line
//! 4. articles are numbered again by their first lines; those that lost every line are dropped
//! 5. the reading order and the front matter of the sidecar are collected ([`Overrides`]); drafts follow them
//!
//! Furniture and jumps belong to no article, even inside a range of lines, so that a range may span them. No step drops a line.

use crate::content::article::Gaps;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::import::article::assemble::{Draft, drafts};
use crate::import::lexicon::reason::Reason;
use crate::import::page::lines::Page;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use crate::import::sidecar::corrections::{ArticleSelector, FrontMatterOverride, LineSelection, Sidecar};
use crate::message;
use std::collections::{BTreeSet, HashMap};

/// The result of applying a sidecar.
#[derive(Debug)]
pub struct CorrectedPage {
    /// the corrected roles and articles
    pub partition: Partition,
    /// the corrections that drafts have to follow
    pub overrides: Overrides,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Corrections that are not part of a partition: reading order and front matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    /// indexes of the page's lines in reading order
    reading_order: Vec<usize>,
    /// ascending by article; a later one takes precedence
    front_matter: Vec<(usize, FrontMatterOverride)>,
}

/// Applies a sidecar to the partition of a page. Corrections that do not fit the page are left out, with a diagnostic.
pub fn apply_sidecar(page: &Page, partition: Partition, sidecar: &Sidecar) -> CorrectedPage {
    let reading_order = partition.reading_order.clone();
    let next_article = partition.article_count;
    let mut ranks = vec![0; reading_order.len()];
    reading_order.iter().enumerate().for_each(|(rank, &line)| ranks[line] = rank);
    let in_article = (0..partition.lines.len()).filter(|&line| partition.lines[line].article.is_some()).collect();
    let diagnostics = Vec::new();
    let mut correction = Correction { page, partition, next_article, reading_order, ranks, in_article, diagnostics };
    correction.set_roles(sidecar);
    let front_matter = correction.set_articles(sidecar);
    correction.join_articles(sidecar);
    correction.finish(front_matter)
}

impl Overrides {
    /// The drafts of a page's articles, corrections applied. `as_printed` keeps half-width punctuation.
    pub fn drafts(&self, page: &Page, partition: &Partition, as_printed: bool) -> Vec<Draft> {
        let (page, partition) = self.in_reading_order(page, partition);
        let mut drafts = drafts(&page, &partition, as_printed);
        for (article, draft) in drafts.iter_mut().enumerate() {
            draft.lines.sort_unstable();
            self.apply_to_draft(article, draft);
        }
        drafts
    }

    /// Replaces the front matter of a draft by that of the sidecar.
    pub(crate) fn apply_to_draft(&self, article: usize, draft: &mut Draft) {
        for (_, front) in self.front_matter_of(article) {
            override_front_matter(draft, front);
        }
    }

    /// Whether a person said that nothing is missing of an article.
    pub(crate) fn is_complete(&self, article: usize) -> bool {
        self.merged_front_matter(article).complete == Some(true)
    }

    pub(crate) fn themes(&self, article: usize) -> Option<&[String]> {
        self.front_matter_of(article).iter().rev().find_map(|(_, front)| front.themes.as_deref())
    }

    /// Indexes of the page's lines in reading order.
    pub(crate) fn reading_order(&self) -> &[usize] {
        &self.reading_order
    }

    /// What a person set of an article's front matter, later corrections over earlier ones.
    pub(crate) fn merged_front_matter(&self, article: usize) -> FrontMatterOverride {
        let mut merged = FrontMatterOverride::default();
        for (_, front) in self.front_matter_of(article) {
            merged = front.clone().or(merged);
        }
        merged
    }

    fn front_matter_of(&self, article: usize) -> &[(usize, FrontMatterOverride)] {
        let from = self.front_matter.partition_point(|(of, _)| *of < article);
        let to = self.front_matter.partition_point(|(of, _)| *of <= article);
        &self.front_matter[from..to]
    }

    /// The page and its partition with the lines in reading order.
    pub(crate) fn in_reading_order(&self, page: &Page, partition: &Partition) -> (Page, Partition) {
        let mut new_index = vec![0; self.reading_order.len()];
        self.reading_order.iter().enumerate().for_each(|(new, &old)| new_index[old] = new);
        let assignment = |&old: &usize| {
            let assigned = partition.lines[old].clone();
            LineAssignment { duplicate_of: assigned.duplicate_of.map(|other| new_index[other]), ..assigned }
        };
        let lines = self.reading_order.iter().map(|&old| page.lines[old].clone()).collect();
        let page = Page { lines, marked: page.marked, printed: page.printed, sheet: page.sheet };
        let lines: Vec<LineAssignment> = self.reading_order.iter().map(assignment).collect();
        let reading_order = (0..lines.len()).collect();
        (page, Partition { reading_order, lines, article_count: partition.article_count })
    }
}

/// Replaces the fields that the override has. (Themes are set with the page's metadata: [`Overrides::themes`].)
fn override_front_matter(draft: &mut Draft, replacement: &FrontMatterOverride) {
    let FrontMatterOverride { title, kicker, subtitle, column, authors, byline, kind, themes: _, complete } =
        replacement.clone();
    let front = &mut draft.front;
    front.title_inferred &= title.is_none();
    front.title = title.unwrap_or_else(|| std::mem::take(&mut front.title));
    let kept = [&mut front.kicker, &mut front.subtitle, &mut front.column, &mut draft.byline];
    for (field, new) in kept.into_iter().zip([kicker, subtitle, column, byline]) {
        // an empty text removes the field
        *field = new.or_else(|| field.take()).filter(|text| !text.is_empty());
    }
    front.authors = authors.unwrap_or_else(|| std::mem::take(&mut front.authors));
    front.kind = kind.unwrap_or(front.kind);
    if complete == Some(true) {
        front.set_gaps(Gaps::default());
    }
}

struct Correction<'p> {
    page: &'p Page,
    partition: Partition,
    /// the number of the next article that is made
    next_article: usize,
    reading_order: Vec<usize>,
    /// by line: its position in the reading order
    ranks: Vec<usize>,
    /// the lines that belong to an article
    in_article: BTreeSet<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Correction<'_> {
    /// The indexes of the lines that are named, with a diagnostic where some do not exist.
    fn line_indexes(&mut self, selection: &LineSelection) -> Vec<usize> {
        let (indexes, diagnostic) = selection.line_indexes(self.page);
        self.diagnostics.extend(diagnostic);
        indexes
    }

    fn set_roles(&mut self, sidecar: &Sidecar) {
        for correction in &sidecar.lines {
            let Some(role) = correction.role else { continue };
            for line in self.line_indexes(&correction.lines) {
                let own = self.partition.lines[line].article;
                let joined = || own.unwrap_or_else(|| self.neighbouring_article(line, role));
                let article = (!belongs_to_no_article(role)).then(joined);
                self.assign(line, article);
                (self.partition.lines[line].role, self.partition.lines[line].duplicate_of) = (role, None);
            }
        }
    }

    /// The article for a line without one: a headline belongs to the text below it, other text to the text above.
    fn neighbouring_article(&mut self, line: usize, role: Role) -> usize {
        let above = self.in_article.range(..line).next_back();
        let below = self.in_article.range(line + 1..).next();
        let neighbour = if role.is_head() { below.or(above) } else { above.or(below) };
        neighbour.and_then(|&line| self.partition.lines[line].article).unwrap_or_else(|| self.new_article())
    }

    /// Gives articles their lines. Returns the front matter that is set, by article.
    fn set_articles(&mut self, sidecar: &Sidecar) -> Vec<(usize, FrontMatterOverride)> {
        let mut front_matter = Vec::new();
        // articles that are named by their lines come first, since a line's article may be one of them
        for by_lines in [true, false] {
            for correction in &sidecar.articles {
                let article = match &correction.article {
                    ArticleSelector::Lines(lines) if by_lines => self.article_of_lines(lines),
                    ArticleSelector::Containing(line) if !by_lines => self.article_containing(line),
                    _ => None,
                };
                front_matter.extend(article.map(|article| (article, correction.front.clone())));
            }
        }
        front_matter
    }

    /// A new article of exactly these lines.
    fn article_of_lines(&mut self, selection: &LineSelection) -> Option<usize> {
        let mut lines = self.line_indexes(selection);
        lines.retain(|&line| !belongs_to_no_article(self.partition.lines[line].role));
        if lines.is_empty() {
            let diagnostic =
                Diagnostic::new(Code::NoTextThere, message!("none of these lines is the text of an article"));
            let hint = message!("a line that was taken for furniture has to be given a role, in [[lines]]");
            self.diagnostics.push(diagnostic.at_location(selection.location.clone()).hint(hint));
            return None;
        }
        let article = self.new_article();
        lines.iter().for_each(|&line| self.assign(line, Some(article)));
        self.reorder(lines);
        Some(article)
    }

    /// Permutes these lines among their positions in the reading order, so that they are read in the order given.
    fn reorder(&mut self, lines: Vec<usize>) {
        let mut positions: Vec<usize> = lines.iter().map(|&line| self.ranks[line]).collect();
        positions.sort_unstable();
        positions.dedup();
        for (position, line) in positions.into_iter().zip(lines) {
            (self.reading_order[position], self.ranks[line]) = (line, position);
        }
    }

    /// The article that a line belongs to, with a diagnostic where it belongs to none.
    fn article_containing(&mut self, selection: &LineSelection) -> Option<usize> {
        let line = *self.line_indexes(selection).first()?;
        let article = self.partition.lines[line].article;
        if article.is_none() {
            let message = message!("line {number} belongs to no article", number = self.page.lines[line].number);
            let diagnostic = Diagnostic::new(Code::NoArticleThere, message).at_location(selection.location.clone());
            self.diagnostics.push(
                diagnostic
                    .hint(message!("name a line of its text; import --dry-run shows which lines are an article's")),
            );
        }
        article
    }

    fn join_articles(&mut self, sidecar: &Sidecar) {
        for correction in &sidecar.lines {
            let Some(with) = &correction.with else { continue };
            let Some(article) = self.article_containing(with) else { continue };
            // a correction that sets a role too has reported missing lines in `set_roles`
            let lines = match correction.role {
                Some(_) => correction.lines.ranges.line_indexes(self.page).0,
                None => self.line_indexes(&correction.lines),
            };
            for line in lines {
                if !belongs_to_no_article(self.partition.lines[line].role) {
                    self.assign(line, Some(article));
                    // a person who gives a repeated text to an article wants it there
                    self.partition.lines[line].duplicate_of = None;
                }
            }
        }
    }

    fn assign(&mut self, line: usize, article: Option<usize>) {
        let assigned = &mut self.partition.lines[line];
        (assigned.article, assigned.why, assigned.certainty) = (article, Reason::Corrected, 1.0);
        if article.is_some() {
            self.in_article.insert(line);
        } else {
            self.in_article.remove(&line);
        }
    }

    fn new_article(&mut self) -> usize {
        self.next_article += 1;
        self.next_article - 1
    }

    /// Numbers the articles by their first lines, and the front matter with them.
    fn finish(self, front_matter: Vec<(usize, FrontMatterOverride)>) -> CorrectedPage {
        let articles = |partition: &Partition| partition.lines.iter().map(|line| line.article).collect::<Vec<_>>();
        let old = articles(&self.partition);
        let mut partition = self.partition.renumbered();
        let new = articles(&partition);
        // a duplicate becomes text again where the line that it duplicates is in no article
        for assigned in &mut partition.lines {
            assigned.duplicate_of = assigned.duplicate_of.filter(|&other| new[other].is_some());
        }
        let numbers: HashMap<usize, usize> = old.into_iter().zip(new).filter_map(|(old, new)| old.zip(new)).collect();
        let renumbered = |(article, front)| Some((*numbers.get(&article)?, front));
        let mut front_matter: Vec<_> = front_matter.into_iter().filter_map(renumbered).collect();
        front_matter.sort_by_key(|(article, _)| *article);
        let overrides = Overrides { reading_order: self.reading_order, front_matter };
        CorrectedPage { partition, overrides, diagnostics: self.diagnostics }
    }
}

/// Whether lines of a role are in no article.
pub(crate) fn belongs_to_no_article(role: Role) -> bool {
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
        let assigned = |&(role, article): &(Role, Option<usize>)| LineAssignment {
            role,
            article,
            why: Reason::Found,
            certainty: 0.5,
            duplicate_of: None,
        };
        (parse_page(&Source::new("p.txt", text)), Partition::from_lines(lines.iter().map(assigned).collect()))
    }

    fn sidecar(text: &str) -> Sidecar {
        let (sidecar, diagnostics) = parse_sidecar(&Source::new("p.toml", text), &["产改".to_owned()]);
        assert_eq!(diagnostics, [], "{text}");
        sidecar
    }

    fn articles(partition: &Partition) -> Vec<Option<usize>> {
        partition.lines.iter().map(|assigned| assigned.article).collect()
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
    fn an_article_is_the_lines_that_are_named_in_their_order() {
        let (page, partition) = page_of(&TWO);
        let sidecar = sidecar("[[articles]]\nlines = \"1,6,3-4\"\ntitle = \"新题\"\nthemes = [\"产改\"]");
        let corrected = apply_sidecar(&page, partition, &sidecar);
        assert_eq!(articles(&corrected.partition), [Some(0), Some(1), Some(0), None, Some(2), Some(0)]);
        assert_eq!(corrected.partition.lines[5].why, Reason::Corrected);
        let drafts = corrected.overrides.drafts(&page, &corrected.partition, false);
        assert_eq!((drafts[0].front.title.as_str(), &drafts[0].lines[..]), ("新题", &[1, 3, 6][..]));
        assert_eq!(drafts[0].text, "第5行的文字。\n第2行的文字。");
        assert_eq!(corrected.overrides.themes(0), Some(&["产改".to_owned()][..]));
    }

    #[test]
    fn a_line_joins_the_article_of_another_and_furniture_becomes_text() {
        let (page, partition) = page_of(&TWO);
        let sidecar = sidecar(
            "[[lines]]\nat = 3\nwith = 5\n[[lines]]\nat = 4\nrole = \"body\"\n[[articles]]\nat = 5\nkicker = \"引\"",
        );
        let corrected = apply_sidecar(&page, partition, &sidecar);
        assert_eq!(articles(&corrected.partition), [Some(0), Some(0), Some(1), Some(0), Some(1), Some(1)]);
        assert_eq!(
            corrected.overrides.drafts(&page, &corrected.partition, false)[1].front.kicker.as_deref(),
            Some("引")
        );
    }

    #[test]
    fn an_article_without_lines_is_dropped_and_a_corrected_byline_gives_its_names() {
        let (page, partition) = page_of(&TWO);
        let sidecar = sidecar(
            "[[lines]]\nat = \"5-6\"\nwith = 1\n[[articles]]\nlines = \"2\"\n[[lines]]\nat = 2\nrole = \"byline\"",
        );
        let corrected = apply_sidecar(&page, partition, &sidecar);
        assert_eq!(articles(&corrected.partition), [Some(0), Some(1), Some(0), None, Some(0), Some(0)]);
        let front = &corrected.overrides.drafts(&page, &corrected.partition, false)[1].front;
        assert_eq!(front.authors, ["第1行的文字。"]);
    }

    #[test]
    fn lines_that_do_not_exist_are_diagnostics_in_the_sidecar() {
        let codes = |text: &str| {
            let (page, partition) = page_of(&TWO);
            let sidecar = sidecar(text);
            let diagnostics = apply_sidecar(&page, partition, &sidecar).diagnostics;
            assert!(
                diagnostics
                    .iter()
                    .all(|diagnostic| diagnostic.location.as_ref().is_some_and(|location| location.file == "p.toml"))
            );
            diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("[[lines]]\nat = \"6-9\"\nrole = \"body\""), [Code::NoSuchLine]);
        assert_eq!(codes("[[lines]]\nat = \"6-9\"\nwith = 1"), [Code::NoSuchLine]);
        assert_eq!(codes("[[lines]]\nat = \"6-9\"\nwith = 1\nrole = \"body\""), [Code::NoSuchLine]);
        assert_eq!(codes("[[lines]]\nat = 1\nwith = 4"), [Code::NoArticleThere]);
        assert_eq!(codes("[[articles]]\nlines = \"4\""), [Code::NoTextThere]);
        assert_eq!(codes("[[articles]]\nat = 70"), [Code::NoSuchLine]);
    }

    #[test]
    fn a_sidecar_of_thousands_of_blocks_is_followed_in_one_pass() {
        let count = 8_000;
        let (page, partition) = page_of(&vec![(Role::Furniture, None); count]);
        let block = |line: usize| {
            format!("[[lines]]\nat = {line}\nrole = \"body\"\n[[articles]]\nlines = {line}\ntitle = \"题{line}\"\n")
        };
        let blocks: String = (1..=count).step_by(2).map(block).collect();
        let sidecar = sidecar(&blocks);
        let start = std::time::Instant::now();
        let corrected = apply_sidecar(&page, partition, &sidecar);
        let drafts = corrected.overrides.drafts(&page, &corrected.partition, false);
        assert_eq!((drafts.len(), drafts[3_999].front.title.as_str()), (count / 2, "题7999"));
        assert!(start.elapsed().as_secs_f64() < 30.0, "{:?}", start.elapsed());
    }
}
