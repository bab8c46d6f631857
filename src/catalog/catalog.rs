//! The catalog: all articles in one order, newest first, and the indexes over them.
//!
//! 1. sort the entries: newest first
//! 2. walk them once for each index: theme, issue, month, person, column, place; find what is printed several times
//!
//! An index lists entries by their positions, ascending, so every list is newest first and allows binary search.

use crate::catalog::access_tracker::AccessTracker;
use crate::catalog::entry::{Entry, EntryId, Summary};
use crate::catalog::groups::{NameIndex, NamedArticles, PlaceArticles, by_name, by_place, grouped};
use crate::catalog::issues::{Issues, PaperIssues, issues, papers, papers_of_issues};
use crate::catalog::months::{Day, Month, articles_of_day, days, months};
use crate::catalog::related::TermIndex;
use crate::catalog::reprints::Reprints;
use crate::config::themes::Theme;
use crate::extract::gazetteer::PlaceId;
use crate::text::word_count::WordCount;
use jiff::civil::Date;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

/// All articles of the site, indexed.
#[derive(Debug)]
pub struct Catalog {
    /// newest first; see [`Entry::order`]
    pub(crate) entries: Vec<Entry>,
    /// the articles of each theme of site.toml, in its order
    pub(crate) themes: Vec<Vec<EntryId>>,
    pub(crate) issues: Issues,
    /// newest first
    pub(crate) months: Vec<Month>,
    pub(crate) undated: Vec<EntryId>,
    pub(crate) papers: Vec<PaperIssues>,
    /// issue → position in `papers`
    paper_of_issue: Vec<u32>,
    /// most articles first, then by name
    pub(crate) people: Vec<NamedArticles>,
    /// 栏目: most articles first, then by name
    pub(crate) columns: Vec<NamedArticles>,
    /// by code
    pub(crate) places: Vec<PlaceArticles>,
    /// built on first use: of all indexes it takes longest
    terms: OnceLock<TermIndex>,
    pub(crate) reprints: Reprints,
    theme_positions: HashMap<String, usize>,
    person_index: NameIndex,
    column_index: NameIndex,
}

/// The list that leads from one article to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sequence {
    /// a theme, newest first
    Theme(usize),
    /// a source page, in the order in which it is read
    SourcePage(usize),
}

/// The previous and the next entry in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Neighbours {
    pub(crate) within: Sequence,
    /// of a theme the older one
    pub(crate) previous: Option<EntryId>,
    /// of a theme the newer one
    pub(crate) next: Option<EntryId>,
}

impl Catalog {
    /// Indexes the entries, whose order does not matter, under the themes of site.toml.
    ///
    /// # Examples
    ///
    /// ```
    /// use wenzhai::catalog::catalog::Catalog;
    /// use wenzhai::catalog::entry::Entry;
    /// use wenzhai::content::article::{Article, FrontMatter};
    /// use wenzhai::extract::extractor::Extractor;
    ///
    /// let entries = ["骑手食堂开进写字楼", "写字楼里的骑手食堂", "老钳工收徒弟"].map(|title| {
    ///     let front = FrontMatter { title: title.to_owned(), ..FrontMatter::default() };
    ///     let article = Article { file: format!("{title}.md"), front, byline: None, body: String::new() };
    ///     Entry::of(&article, &Extractor::default())
    /// });
    /// let catalog = Catalog::index(entries.into(), &[]);
    /// assert_eq!(catalog.related(0, 4), [2], "by their headlines");
    /// ```
    pub fn index(mut entries: Vec<Entry>, themes: &[Theme]) -> Self {
        entries.par_sort_unstable_by(Entry::order);
        let reprints = Reprints::of(&entries);
        Self::of_sorted(entries, reprints, themes)
    }

    /// As [`Self::index`], where only articles of one year are reprints of each other.
    pub(crate) fn index_by_year(mut entries: Vec<Entry>, themes: &[Theme]) -> Self {
        entries.par_sort_unstable_by(Entry::order);
        let reprints = Reprints::by_year(&entries);
        Self::of_sorted(entries, reprints, themes)
    }

    fn of_sorted(entries: Vec<Entry>, reprints: Reprints, themes: &[Theme]) -> Self {
        let theme_positions: HashMap<_, _> =
            themes.iter().enumerate().map(|(at, theme)| (theme.id.clone(), at)).collect();
        let people = by_name(&entries, |entry| &entry.front.authors);
        let columns = by_name(&entries, |entry| entry.front.column.as_slice());
        let issues = issues(&entries);
        let papers = papers(&issues.issues);
        Self {
            themes: by_theme(&entries, &theme_positions),
            paper_of_issue: papers_of_issues(&papers, issues.issues.len()),
            papers,
            places: by_place(&entries),
            person_index: NameIndex::of(&people),
            column_index: NameIndex::of(&columns),
            issues,
            months: months(&entries),
            undated: (0..entries.len()).filter(|&id| entries[id].front.date.is_none()).collect(),
            terms: OnceLock::new(),
            reprints,
            entries,
            people,
            columns,
            theme_positions,
        }
    }

    /// The summary of an article; the access is recorded.
    pub(crate) fn summary<'a>(&'a self, id: EntryId, tracker: Option<&AccessTracker<'a>>) -> &'a Summary {
        tracker.and_then(|tracker| tracker.record(id)).unwrap_or(&self.entries[id].summary.0)
    }

    /// The word count of each article, newest first. Not recorded: it serves the plan of the site, and no page shows it.
    pub(crate) fn word_counts(&self) -> impl Iterator<Item = WordCount> + '_ {
        self.entries.iter().map(|entry| entry.summary.0.word_count)
    }

    /// The themes of an entry as positions in site.toml, most fitting first.
    pub(crate) fn themes_of(&self, id: EntryId) -> Vec<usize> {
        let ids = self.entries[id].front.filed_under().iter();
        let mut themes = Vec::new();
        for theme in ids.filter_map(|theme| self.theme_positions.get(theme).copied()) {
            if !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        themes
    }

    /// The position of a person in [`Self::people`].
    pub(crate) fn person(&self, name: &str) -> Option<usize> {
        self.person_index.find(&self.people, name.trim())
    }

    /// The position of a column in [`Self::columns`].
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.column_index.find(&self.columns, name.trim())
    }

    /// The position of a place in [`Self::places`].
    pub(crate) fn place_position(&self, place: PlaceId) -> Option<usize> {
        self.places.binary_search_by_key(&place, |listed| listed.place).ok()
    }

    /// The years that have articles, newest first.
    pub(crate) fn years(&self) -> Vec<i16> {
        self.months.chunk_by(|a, b| a.year == b.year).map(|months| months[0].year).collect()
    }

    /// The position of an article's paper in [`Self::papers`]; none without a date, since it is in no issue.
    pub(crate) fn paper_of(&self, id: EntryId) -> Option<usize> {
        self.issues.issue_of(id).map(|issue| self.paper_of_issue[issue] as usize)
    }

    /// The position of a month in [`Self::months`].
    pub(crate) fn month(&self, year: i16, month: i8) -> Option<usize> {
        self.months.binary_search_by_key(&Reverse((year, month)), |other| Reverse((other.year, other.month))).ok()
    }

    /// The days that have articles among a range of entries, newest first.
    pub(crate) fn days(&self, range: Range<EntryId>) -> impl Iterator<Item = Day> + '_ {
        days(&self.entries, range)
    }

    /// The articles of a day.
    pub(crate) fn day(&self, date: Date) -> Range<EntryId> {
        articles_of_day(&self.entries, date)
    }

    /// The entries next to one in its first theme; of one without a theme, on its source page.
    pub(crate) fn neighbours(&self, id: EntryId) -> Option<Neighbours> {
        let beside = |list: &[EntryId]| {
            let at = list.binary_search(&id).ok()?;
            Some((at.checked_sub(1).map(|at| list[at]), list.get(at + 1).copied()))
        };
        if let Some(&theme) = self.themes_of(id).first() {
            let (next, previous) = beside(&self.themes[theme])?;
            return Some(Neighbours { within: Sequence::Theme(theme), previous, next });
        }
        let page = self.issues.page_of(id)?;
        let (previous, next) = beside(&self.issues.pages[page].articles)?;
        Some(Neighbours { within: Sequence::SourcePage(page), previous, next })
    }

    /// The number of articles filed under both themes of each pair: two positions in site.toml, the smaller first.
    pub(crate) fn theme_pairs(&self) -> BTreeMap<(usize, usize), usize> {
        let mut counts = BTreeMap::new();
        for id in 0..self.entries.len() {
            let mut themes = self.themes_of(id);
            themes.sort_unstable();
            for (at, &one) in themes.iter().enumerate() {
                themes[at + 1..].iter().for_each(|&other| *counts.entry((one, other)).or_default() += 1);
            }
        }
        counts
    }

    /// The most similar articles, at most `limit`, without other printings of it.
    pub fn related(&self, id: EntryId, limit: usize) -> Vec<EntryId> {
        let themes = self.themes_of(id);
        let same_theme = themes.iter().flat_map(|&theme| window(&self.themes[theme], id));
        let authors = self.entries[id].front.authors.iter().filter_map(|name| self.person(name));
        let same_person = authors.flat_map(|person| window(&self.people[person].articles, id));
        let terms = self.terms.get_or_init(|| TermIndex::of(&self.entries));
        let reprints = self.reprints.group(id);
        let found = terms.related(&self.entries, id, same_theme, same_person, limit + reprints.len());
        let other = found.into_iter().filter(|found| !reprints.contains(found)).collect::<Vec<_>>();
        self.reprints.once(&other).iter().copied().take(limit).collect()
    }
}

/// Candidates for related articles on either side of one: bounded, so that the work is linear in the number of entries.
const WINDOW: usize = 12;

/// The entries around one in a list, without itself.
fn window(articles: &[EntryId], id: EntryId) -> impl Iterator<Item = EntryId> + '_ {
    let at = articles.partition_point(|&other| other < id);
    let from = at.saturating_sub(WINDOW);
    let to = (at + WINDOW + 1).min(articles.len());
    articles[from..to].iter().copied().filter(move |&other| other != id)
}

fn by_theme(entries: &[Entry], positions: &HashMap<String, usize>) -> Vec<Vec<EntryId>> {
    let mut groups =
        grouped(entries, |entry| entry.front.filed_under().iter().filter_map(|theme| positions.get(theme)));
    (0..positions.len()).map(|theme| groups.remove(&theme).unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::stem;
    use crate::content::article::{FrontMatter, RareFields};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn themes() -> Vec<Theme> {
        ["产改", "工匠"].iter().map(|id| Theme { id: (*id).to_owned(), ..Theme::default() }).collect()
    }

    fn entry(file: &str, day: i8, themes: &[&str], authors: &[&str]) -> Entry {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let front = FrontMatter {
            title: file.to_owned(),
            date: (day > 0).then(|| date(2025, 2, day)),
            themes: own(themes),
            authors: own(authors),
            ..FrontMatter::default()
        };
        Entry { file: format!("content/articles/{file}.md"), front, ..Entry::default() }
    }

    fn files(catalog: &Catalog, ids: &[EntryId]) -> Vec<String> {
        ids.iter().map(|&id| stem(&catalog.entries[id].file).to_owned()).collect()
    }

    #[test]
    fn newest_first_and_undated_last() {
        let catalog = Catalog::index(
            vec![entry("u", 0, &[], &[]), entry("b", 3, &[], &[]), entry("c", 9, &[], &[]), entry("a", 3, &[], &[])],
            &themes(),
        );
        assert_eq!(files(&catalog, &[0, 1, 2, 3]), ["c", "a", "b", "u"]);
        assert_eq!(files(&catalog, &catalog.undated), ["u"]);
        assert_eq!(catalog.months.len(), 1);
    }

    #[test]
    fn an_editors_themes_take_precedence() {
        let mut moved = entry("a", 3, &["产改"], &[]);
        let themes_override = Some(vec!["工匠".to_owned(), "工匠".to_owned()]);
        moved.front.rare = RareFields { themes_override, ..RareFields::default() }.boxed();
        let catalog = Catalog::index(vec![moved, entry("b", 4, &["产改"], &[])], &themes());
        assert_eq!(files(&catalog, &catalog.themes[0]), ["b"]);
        assert_eq!(files(&catalog, &catalog.themes[1]), ["a"]);
        assert_eq!(catalog.themes_of(1), [1]);
    }

    #[test]
    fn neighbours_are_those_of_the_first_theme_or_on_the_page() {
        let printed = |file: &str| {
            let mut entry = entry(file, 5, &[], &[]);
            entry.front.page = Some(3);
            entry
        };
        let catalog = Catalog::index(
            vec![
                entry("a", 1, &["产改"], &[]),
                entry("b", 2, &["工匠"], &[]),
                entry("c", 3, &["产改", "工匠"], &[]),
                entry("d", 4, &["产改"], &[]),
                printed("e-1"),
                printed("e-2"),
            ],
            &themes(),
        );
        let id = |name: &str| catalog.entries.iter().position(|entry| stem(&entry.file) == name);
        let beside = |stem: &str| catalog.neighbours(id(stem).unwrap()).unwrap();
        let theme = Sequence::Theme(0);
        assert_eq!(beside("c"), Neighbours { within: theme, previous: id("a"), next: id("d") });
        assert_eq!(beside("d"), Neighbours { within: theme, previous: id("c"), next: None });
        let page = Sequence::SourcePage(0);
        assert_eq!(beside("e-1"), Neighbours { within: page, previous: None, next: id("e-2") });
    }

    #[test]
    fn articles_filed_under_two_themes_are_counted() {
        let both = |file| entry(file, 1, &["工匠", "产改"], &[]);
        let catalog = Catalog::index(vec![both("a"), both("b"), entry("c", 1, &["产改"], &[])], &themes());
        assert_eq!(catalog.theme_pairs(), [((0, 1), 2)].into());
    }

    #[test]
    fn articles_are_indexed_by_person() {
        let catalog = Catalog::index(
            vec![entry("a", 1, &[], &["周晚晴", "何牧"]), entry("b", 2, &[], &[" 何牧", "何牧"])],
            &themes(),
        );
        let names: Vec<&str> = catalog.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["何牧", "周晚晴"]);
        assert_eq!(files(&catalog, &catalog.people[0].articles), ["b", "a"]);
    }

    proptest! {
        #[test]
        fn every_index_is_newest_first_and_the_order_of_input_does_not_matter(
            days in proptest::collection::vec(0i8..5, 1..30), turn in 0usize..30,
        ) {
            let entries: Vec<Entry> =
                days.iter().enumerate().map(|(at, &day)| entry(&format!("{at}"), day, &["产改"], &["何牧"])).collect();
            let mut turned = entries.clone();
            turned.rotate_left(turn % days.len());
            let (one, other) = (Catalog::index(entries, &themes()), Catalog::index(turned, &themes()));
            prop_assert_eq!(&one.entries, &other.entries);
            prop_assert!(one.themes[0].is_sorted() && one.people[0].articles.is_sorted());
            prop_assert_eq!(one.themes[0].len(), days.len());
            for id in 0..one.entries.len() {
                prop_assert_eq!(one.related(id, 4), other.related(id, 4));
            }
        }
    }
}
