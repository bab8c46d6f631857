//! Entries in one order, and the shelves.
//!
//! 1. sort the entries: newest first
//! 2. walk them once; each goes by its place on the shelf of every theme, month and person it belongs to
//!
//! A shelf is a list of places in ascending order, so it is newest first itself, and where an entry stands on it is found
//! by bisection.

use crate::catalog::access_tracker::AccessTracker;
use crate::catalog::entry::{Entry, EntryId, Summary};
use crate::catalog::issues::{Issues, issues};
use crate::catalog::months::{Month, months};
use crate::catalog::names::{ByName, Named, by_name};
use crate::catalog::papers::{PaperIssues, papers};
use crate::catalog::places::{PlaceArticles, by_place};
use crate::catalog::related::TermIndex;
use crate::config::themes::Theme;
use crate::extract::gazetteer::PlaceId;
use crate::text::han::WordCount;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// All articles of the site.
#[derive(Debug)]
pub struct Catalog {
    /// newest first; see [`Entry::order`]
    pub(crate) entries: Vec<Entry>,
    /// one shelf for each theme of site.toml, in its order
    pub(crate) themes: Vec<Vec<EntryId>>,
    pub(crate) issues: Issues,
    /// newest first
    pub(crate) months: Vec<Month>,
    pub(crate) undated: Vec<EntryId>,
    pub(crate) papers: Vec<PaperIssues>,
    /// who wrote most comes first, then by name
    pub(crate) people: Vec<Named>,
    /// 栏目: the longest comes first, then by name
    pub(crate) columns: Vec<Named>,
    /// by code
    pub(crate) places: Vec<PlaceArticles>,
    /// found out when somebody asks: of all that is shelved, it is the dearest
    term_index: OnceLock<TermIndex>,
    theme_places: HashMap<String, usize>,
    person_places: ByName,
    column_places: ByName,
}

/// What stands beside an entry on a shelf.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Neighbours {
    pub(crate) newer: Option<EntryId>,
    pub(crate) older: Option<EntryId>,
}

impl Catalog {
    /// Shelves the entries, whose order does not matter, under the themes of site.toml.
    pub fn index(mut entries: Vec<Entry>, themes: &[Theme]) -> Self {
        entries.par_sort_unstable_by(Entry::order);
        let theme_places: HashMap<_, _> = themes.iter().enumerate().map(|(at, theme)| (theme.id.clone(), at)).collect();
        let people = by_name(&entries, |entry| &entry.front.authors);
        let columns = by_name(&entries, |entry| &entry.front.column);
        let issues = issues(&entries);
        Self {
            themes: by_theme(&entries, &theme_places),
            papers: papers(&issues.issues),
            places: by_place(&entries),
            person_places: ByName::of(&people),
            column_places: ByName::of(&columns),
            issues,
            months: months(&entries),
            undated: (0..entries.len()).filter(|&id| entries[id].front.date.is_none()).collect(),
            term_index: OnceLock::new(),
            entries,
            people,
            columns,
            theme_places,
        }
    }

    /// What lists say of an article's text, noted for the page that asks.
    pub(crate) fn summary<'a>(&'a self, id: EntryId, tracker: Option<&AccessTracker<'a>>) -> &'a Summary {
        tracker.and_then(|tracker| tracker.note(id)).unwrap_or(&self.entries[id].summary.0)
    }

    /// How much there is to read in each article, newest first: for the plan, which pages do not show.
    pub(crate) fn word_counts(&self) -> impl Iterator<Item = WordCount> + '_ {
        self.entries.iter().map(|entry| entry.summary.0.word_count)
    }

    /// The themes an entry stands under, as places in site.toml, most fitting first.
    pub(crate) fn themes_of(&self, id: EntryId) -> Vec<usize> {
        let filed = self.entries[id].front.filed_under().iter();
        let mut places: Vec<usize> = Vec::new();
        for place in filed.filter_map(|theme| self.theme_places.get(theme).copied()) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// The place of a person on [`Self::people`].
    pub(crate) fn person(&self, name: &str) -> Option<usize> {
        self.person_places.find(&self.people, name.trim())
    }

    /// The place of a column on [`Self::columns`].
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.column_places.find(&self.columns, name.trim())
    }

    /// The place of a region on [`Self::places`].
    pub(crate) fn place_position(&self, place: PlaceId) -> Option<usize> {
        self.places.binary_search_by_key(&place, |listed| listed.place).ok()
    }

    /// What stands beside an entry in its first theme; nothing where it has none.
    pub(crate) fn neighbours(&self, id: EntryId) -> Neighbours {
        let Some(&theme) = self.themes_of(id).first() else { return Neighbours::default() };
        let shelf = &self.themes[theme];
        match shelf.binary_search(&id) {
            Ok(at) => Neighbours { newer: at.checked_sub(1).map(|at| shelf[at]), older: shelf.get(at + 1).copied() },
            Err(_) => Neighbours::default(),
        }
    }

    /// How many articles stand under two themes at once: pairs of places in site.toml, the smaller first.
    pub(crate) fn together(&self) -> BTreeMap<(usize, usize), usize> {
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

    /// Articles that tell of the same thing, most akin first, at most `limit`.
    pub fn related(&self, id: EntryId, limit: usize) -> Vec<EntryId> {
        let themes = self.themes_of(id);
        let near = themes.iter().flat_map(|&theme| around(&self.themes[theme], id));
        let by_hand = self.entries[id].front.authors.iter().filter_map(|name| self.person(name));
        let people = by_hand.flat_map(|person| around(&self.people[person].articles, id));
        let term_index = self.term_index.get_or_init(|| TermIndex::of(&self.entries));
        term_index.related(&self.entries, id, near, people, limit)
    }
}

/// How far to either side of an entry its shelf is looked through for relatives: bounded, so that the work for all entries
/// grows with their number.
const NEAR: usize = 12;

/// The entries that stand near one on a shelf, without itself.
fn around(shelf: &[EntryId], id: EntryId) -> impl Iterator<Item = EntryId> + '_ {
    let at = shelf.partition_point(|&other| other < id);
    let from = at.saturating_sub(NEAR);
    let to = (at + NEAR + 1).min(shelf.len());
    shelf[from..to].iter().copied().filter(move |&other| other != id)
}

fn by_theme(entries: &[Entry], places: &HashMap<String, usize>) -> Vec<Vec<EntryId>> {
    let mut shelves: Vec<Vec<EntryId>> = vec![Vec::new(); places.len()];
    for (id, entry) in entries.iter().enumerate() {
        for theme in entry.front.filed_under() {
            if let Some(&place) = places.get(theme)
                && shelves[place].last() != Some(&id)
            {
                shelves[place].push(id);
            }
        }
    }
    shelves
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::{EditorFields, FrontMatter};
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
        ids.iter().map(|&id| catalog.entries[id].stem().to_owned()).collect()
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
    fn an_editors_word_on_themes_wins() {
        let mut moved = entry("a", 3, &["产改"], &[]);
        let themes_override = Some(vec!["工匠".to_owned(), "工匠".to_owned()]);
        moved.front.by_editor = EditorFields { themes_override, ..EditorFields::default() }.boxed();
        let catalog = Catalog::index(vec![moved, entry("b", 4, &["产改"], &[])], &themes());
        assert_eq!(files(&catalog, &catalog.themes[0]), ["b"]);
        assert_eq!(files(&catalog, &catalog.themes[1]), ["a"]);
        assert_eq!(catalog.themes_of(1), [1]);
    }

    #[test]
    fn neighbours_stand_in_the_first_theme() {
        let catalog = Catalog::index(
            vec![
                entry("a", 1, &["产改"], &[]),
                entry("b", 2, &["工匠"], &[]),
                entry("c", 3, &["产改", "工匠"], &[]),
                entry("d", 4, &["产改"], &[]),
                entry("e", 5, &[], &[]),
            ],
            &themes(),
        );
        let id = |stem: &str| catalog.entries.iter().position(|entry| entry.stem() == stem);
        let beside = |stem: &str| catalog.neighbours(id(stem).unwrap());
        assert_eq!(beside("c"), Neighbours { newer: id("d"), older: id("a") });
        assert_eq!(beside("d"), Neighbours { newer: None, older: id("c") });
        assert_eq!(beside("e"), Neighbours::default());
    }

    #[test]
    fn themes_that_stand_together_are_counted() {
        let both = |file| entry(file, 1, &["工匠", "产改"], &[]);
        let catalog = Catalog::index(vec![both("a"), both("b"), entry("c", 1, &["产改"], &[])], &themes());
        assert_eq!(catalog.together(), [((0, 1), 2)].into());
    }

    #[test]
    fn a_person_has_a_shelf_of_their_own() {
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
        fn every_shelf_is_newest_first_and_the_order_of_input_does_not_matter(
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
