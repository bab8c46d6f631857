//! A page as an editor arranges it: the role of each line, the articles, and the order in which their lines are read.
//!
//! Each action gives another arrangement; none loses a line. What an arrangement says is written down as corrections of the page
//! (`desk/corrections.rs`).

use crate::desk::edit::action::FrontChange;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use crate::import::sidecar::apply::belongs_to_no_article;
use crate::import::sidecar::corrections::FrontMatterOverride;
use std::collections::BTreeSet;

/// The arrangement of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arrangement {
    /// by line of the page
    pub(crate) roles: Vec<Role>,
    /// by their first lines; none is empty
    pub(crate) articles: Vec<ArrangedArticle>,
}

/// An article of an arrangement.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct ArrangedArticle {
    /// indexes of lines, in reading order
    pub(crate) lines: Vec<usize>,
    /// what a person set of its front matter
    pub(crate) front: FrontMatterOverride,
}

/// Why an action cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// the page has no such line, or no such article
    Unknown,
    /// a line belongs to no article
    NoArticle,
    /// nothing would change
    Nothing,
}

type Outcome = Result<(), Refused>;

impl Arrangement {
    /// The arrangement that an import found, corrections applied.
    pub(crate) fn of(import: &PageImport) -> Self {
        let roles: Vec<Role> = import.partition.lines.iter().map(|line| line.role).collect();
        let mut articles = vec![ArrangedArticle::default(); import.partition.article_count];
        for &line in import.overrides.reading_order() {
            let assigned = &import.partition.lines[line];
            if let Some(article) = assigned.article.filter(|_| !belongs_to_no_article(assigned.role)) {
                articles[article].lines.push(line);
            }
        }
        for (number, article) in articles.iter_mut().enumerate() {
            article.front = import.overrides.merged_front_matter(number);
        }
        Self { roles, articles }.normalised()
    }

    /// Without empty articles, and the others by their first lines.
    fn normalised(mut self) -> Self {
        self.articles.retain(|article| !article.lines.is_empty());
        self.articles.sort_by_key(|article| article.lines.iter().min().copied());
        self
    }

    /// The article that a line belongs to.
    pub(crate) fn article_of(&self, line: usize) -> Option<usize> {
        self.articles.iter().position(|article| article.lines.contains(&line))
    }

    /// Changes the arrangement by one step.
    ///
    /// # Errors
    /// The step cannot be done; nothing has changed then.
    pub(crate) fn change(&mut self, step: impl FnOnce(&mut Self) -> Outcome) -> Outcome {
        let mut changed = self.clone();
        step(&mut changed)?;
        let changed = changed.normalised();
        if changed == *self {
            return Err(Refused::Nothing);
        }
        *self = changed;
        Ok(())
    }

    /// The lines, ascending and each once.
    fn known(&self, lines: &[usize]) -> Result<BTreeSet<usize>, Refused> {
        let lines: BTreeSet<usize> = lines.iter().copied().collect();
        let is_known = !lines.is_empty() && lines.iter().all(|&line| line < self.roles.len());
        if is_known { Ok(lines) } else { Err(Refused::Unknown) }
    }

    /// Gives lines a role. One that was in no article joins the article next to it.
    pub(crate) fn set_role(&mut self, lines: &[usize], role: Role) -> Outcome {
        for line in self.known(lines)? {
            self.roles[line] = role;
            match self.article_of(line) {
                Some(article) if belongs_to_no_article(role) => {
                    self.articles[article].lines.retain(|&other| other != line);
                }
                None if !belongs_to_no_article(role) => self.join_neighbour(line, role),
                _ => {}
            }
        }
        Ok(())
    }

    /// A headline belongs to the text below it, other text to the text above.
    fn join_neighbour(&mut self, line: usize, role: Role) {
        let of = |line: &usize| self.article_of(*line);
        let above = (0..line).rev().collect::<Vec<_>>().iter().find_map(of);
        let below = (line + 1..self.roles.len()).collect::<Vec<_>>().iter().find_map(of);
        match if role.is_head() { below.or(above) } else { above.or(below) } {
            Some(article) => self.insert(line, article),
            None => self.articles.push(ArrangedArticle { lines: vec![line], ..ArrangedArticle::default() }),
        }
    }

    /// Puts a line into an article: behind the last of its lines that the page prints before it.
    fn insert(&mut self, line: usize, article: usize) {
        let lines = &mut self.articles[article].lines;
        let behind = lines.iter().enumerate().filter(|(_, other)| **other < line).max_by_key(|(_, other)| **other);
        lines.insert(behind.map_or(0, |(at, _)| at + 1), line);
    }

    /// Takes lines out of their articles, and returns them in the order in which they were read. Lines that were no text become text.
    fn take(&mut self, lines: &BTreeSet<usize>) -> Vec<usize> {
        let mut taken = Vec::new();
        for article in &mut self.articles {
            taken.extend(article.lines.iter().filter(|line| lines.contains(line)));
            article.lines.retain(|line| !lines.contains(line));
        }
        let without: Vec<usize> = lines.iter().copied().filter(|line| !taken.contains(line)).collect();
        for &line in &without {
            self.roles[line] = Role::Body;
        }
        taken.extend(without);
        taken
    }

    /// A new article from a line to the end of its article, or of exactly these lines where they are several.
    pub(crate) fn begin_article(&mut self, lines: &[usize]) -> Outcome {
        let known = self.known(lines)?;
        let [line] = lines else { return self.split_off(lines) };
        let Some(article) = self.article_of(*line) else { return self.split_off(lines) };
        let old = &self.articles[article].lines;
        let from = old.iter().position(|other| other == line).unwrap_or(0);
        if from == 0 {
            return Err(Refused::Nothing);
        }
        let rest = self.articles[article].lines.split_off(from);
        debug_assert!(known.is_subset(&rest.iter().copied().collect()));
        self.articles.push(ArrangedArticle { lines: rest, ..ArrangedArticle::default() });
        Ok(())
    }

    /// An article of exactly these lines.
    pub(crate) fn split_off(&mut self, lines: &[usize]) -> Outcome {
        let lines = self.known(lines)?;
        if self.articles.iter().any(|article| lines == article.lines.iter().copied().collect()) {
            return Err(Refused::Nothing);
        }
        let taken = self.take(&lines);
        self.articles.push(ArrangedArticle { lines: taken, ..ArrangedArticle::default() });
        Ok(())
    }

    /// Joins an article with the one before it. Where that has text already, a headline of the second becomes a subhead.
    pub(crate) fn merge_with_previous(&mut self, article: usize) -> Outcome {
        if article == 0 || article >= self.articles.len() {
            return Err(Refused::Unknown);
        }
        let second = self.articles.remove(article).lines;
        let roles = &self.roles;
        let has = |role: Role| self.articles[article - 1].lines.iter().any(|&line| roles[line] == role);
        if has(Role::Title) && has(Role::Body) {
            for &line in second.iter().filter(|&&line| self.roles[line] == Role::Title).collect::<Vec<_>>() {
                self.roles[line] = Role::Subhead;
            }
        }
        self.articles[article - 1].lines.extend(second);
        Ok(())
    }

    /// Moves lines to another article.
    pub(crate) fn move_to(&mut self, lines: &[usize], to: usize) -> Outcome {
        let lines = self.known(lines)?;
        if to >= self.articles.len() {
            return Err(Refused::Unknown);
        }
        let lines: BTreeSet<usize> = lines.into_iter().filter(|&line| self.article_of(line) != Some(to)).collect();
        for line in self.take(&lines) {
            self.insert(line, to);
        }
        Ok(())
    }

    /// Moves lines of one article one place earlier or later in its reading order.
    pub(crate) fn reorder(&mut self, lines: &[usize], by: i8) -> Outcome {
        let known = self.known(lines)?;
        let first = known.first().copied().unwrap_or(0);
        let article = self.article_of(first).ok_or(Refused::NoArticle)?;
        let order = &mut self.articles[article].lines;
        if !known.iter().all(|line| order.contains(line)) {
            return Err(Refused::NoArticle);
        }
        let at: Vec<usize> = (0..order.len()).filter(|&at| known.contains(&order[at])).collect();
        let (start, end) = (at[0], at[at.len() - 1]);
        let block: Vec<usize> = order.iter().copied().filter(|line| known.contains(line)).collect();
        let others: Vec<usize> = order.iter().copied().filter(|line| !known.contains(line)).collect();
        let before = if by < 0 { start.checked_sub(1) } else { Some((end + 2).saturating_sub(block.len())) };
        let place = before.filter(|&place| place <= others.len()).ok_or(Refused::Nothing)?;
        *order = [&others[..place], &block, &others[place..]].concat();
        Ok(())
    }

    /// Sets fields of an article's front matter, or leaves them to what was found.
    pub(crate) fn set_front(&mut self, article: usize, change: FrontChange) -> Outcome {
        let front = &mut self.articles.get_mut(article).ok_or(Refused::Unknown)?.front;
        let FrontChange { title, kicker, subtitle, column, authors, byline, kind, themes, complete } = change;
        let texts = [
            (&mut front.title, title),
            (&mut front.kicker, kicker),
            (&mut front.subtitle, subtitle),
            (&mut front.column, column),
            (&mut front.byline, byline),
        ];
        for (field, change) in texts {
            *field = change.unwrap_or_else(|| field.take());
        }
        // an article without a headline does not exist: an empty one means that of the page
        front.title = front.title.take().filter(|title| !title.trim().is_empty());
        front.authors = authors.unwrap_or_else(|| front.authors.take());
        front.kind = kind.unwrap_or(front.kind);
        front.themes = themes.unwrap_or_else(|| front.themes.take());
        front.complete = complete.unwrap_or(front.complete);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Two articles of a title and two lines of text, and a line of furniture between them.
    fn two() -> Arrangement {
        use Role::{Body, Furniture, Title};
        let article = |lines: &[usize]| ArrangedArticle { lines: lines.to_vec(), ..ArrangedArticle::default() };
        Arrangement {
            roles: vec![Title, Body, Body, Furniture, Title, Body, Body],
            articles: vec![article(&[0, 1, 2]), article(&[4, 5, 6])],
        }
    }

    fn lines(page: &Arrangement) -> Vec<&[usize]> {
        page.articles.iter().map(|article| article.lines.as_slice()).collect()
    }

    #[test]
    fn a_line_that_becomes_text_joins_its_neighbour_and_furniture_leaves_its_article() {
        let mut page = two();
        page.change(|page| page.set_role(&[3], Role::Body)).unwrap();
        assert_eq!(lines(&page), [&[0, 1, 2, 3][..], &[4, 5, 6]]);
        page.change(|page| page.set_role(&[3], Role::Kicker)).unwrap();
        assert_eq!(lines(&page), [&[0, 1, 2, 3][..], &[4, 5, 6]], "a line of an article stays there");
        page.change(|page| page.set_role(&[0, 1, 2, 3], Role::Furniture)).unwrap();
        assert_eq!(lines(&page), [&[4, 5, 6]]);
        page.change(|page| page.set_role(&[3], Role::Kicker)).unwrap();
        assert_eq!(lines(&page), [&[3, 4, 5, 6]], "a headline joins the text below");
        assert_eq!(page.change(|page| page.set_role(&[3], Role::Kicker)), Err(Refused::Nothing));
    }

    #[test]
    fn articles_are_split_and_merged() {
        let mut page = two();
        page.change(|page| page.begin_article(&[5])).unwrap();
        assert_eq!(lines(&page), [&[0, 1, 2][..], &[4], &[5, 6]]);
        page.change(|page| page.merge_with_previous(2)).unwrap();
        assert_eq!(page, two());
        page.change(|page| page.merge_with_previous(1)).unwrap();
        assert_eq!(lines(&page), [&[0, 1, 2, 4, 5, 6]]);
        assert_eq!(page.roles[4], Role::Subhead, "one article has one headline");
        page.change(|page| page.split_off(&[1, 3, 5])).unwrap();
        assert_eq!(lines(&page), [&[0, 2, 4, 6][..], &[1, 5, 3]]);
        assert_eq!(page.roles[3], Role::Body);
        assert_eq!(page.change(|page| page.begin_article(&[0])), Err(Refused::Nothing));
        assert_eq!(page.change(|page| page.merge_with_previous(0)), Err(Refused::Unknown));
    }

    #[test]
    fn lines_are_moved_between_articles_and_within_their_order() {
        let mut page = two();
        page.change(|page| page.move_to(&[2, 3], 1)).unwrap();
        assert_eq!(lines(&page), [&[0, 1][..], &[2, 3, 4, 5, 6]]);
        page.change(|page| page.reorder(&[2, 3], 1)).unwrap();
        assert_eq!(lines(&page)[1], [4, 2, 3, 5, 6]);
        page.change(|page| page.reorder(&[5], -1)).unwrap();
        assert_eq!(lines(&page)[1], [4, 2, 5, 3, 6]);
        page.change(|page| page.reorder(&[2, 3], 1)).unwrap();
        assert_eq!(lines(&page)[1], [4, 5, 6, 2, 3], "lines apart come together");
        assert_eq!(page.change(|page| page.reorder(&[4], -1)), Err(Refused::Nothing));
        assert_eq!(page.change(|page| page.reorder(&[0, 4], 1)), Err(Refused::NoArticle));
    }

    #[test]
    fn a_field_of_the_front_matter_is_set_and_left_to_what_was_found() {
        let mut page = two();
        let change =
            |title: Option<&str>| FrontChange { title: Some(title.map(str::to_owned)), ..FrontChange::default() };
        page.change(|page| page.set_front(1, change(Some("新题")))).unwrap();
        assert_eq!(page.articles[1].front.title.as_deref(), Some("新题"));
        page.change(|page| page.set_front(1, change(None))).unwrap();
        assert_eq!(page, two());
    }

    fn action() -> impl Strategy<Value = (u8, Vec<usize>, usize)> {
        (0..7_u8, prop::collection::vec(0..9_usize, 0..4), 0..4_usize)
    }

    proptest! {
        #[test]
        fn whatever_is_done_each_line_is_in_one_article_or_in_none(actions in prop::collection::vec(action(), 0..30)) {
            let mut page = two();
            for (kind, lines, number) in actions {
                let _ = page.change(|page| match kind {
                    0 => page.set_role(&lines, Role::ALL[number * 2]),
                    1 => page.begin_article(&lines),
                    2 => page.split_off(&lines),
                    3 => page.merge_with_previous(number),
                    4 => page.move_to(&lines, number),
                    5 => page.reorder(&lines, 1),
                    _ => page.reorder(&lines, -1),
                });
                let mut seen: Vec<usize> = page.articles.iter().flat_map(|article| article.lines.clone()).collect();
                seen.sort_unstable();
                let expected: Vec<usize> =
                    (0..page.roles.len()).filter(|&line| !belongs_to_no_article(page.roles[line])).collect();
                prop_assert_eq!(seen, expected);
            }
        }
    }
}
