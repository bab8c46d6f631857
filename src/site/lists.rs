//! Divides long lists: the articles of a theme by year and paper, people by the first letters of their names in pinyin.

use crate::catalog::catalog::Catalog;
use crate::catalog::entry::EntryId;
use crate::config::settings::Config;
use crate::content::address_book::{AddressBook, NameKind};
use crate::site::page::Scope;
use crate::text::pinyin::syllables_of_person;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// The years of a list of articles that are sorted, newest first: each with the range of its positions in the list. Articles without
/// a date are in none.
pub(crate) fn years(catalog: &Catalog, list: &[EntryId]) -> Vec<(i16, Range<usize>)> {
    let year = |id: EntryId| catalog.entries[id].front.date.map(Date::year);
    let mut years = Vec::new();
    let mut from = 0;
    while let Some(own) = list.get(from).and_then(|&id| year(id)) {
        let to = from + list[from..].partition_point(|&id| year(id) == Some(own));
        years.push((own, from..to));
        from = to;
    }
    years
}

/// How the long lists of a site are divided.
#[derive(Debug, Clone)]
pub(crate) struct Divisions {
    /// what the list of each theme can be narrowed to, with the number of articles
    pub(crate) scopes: Vec<Vec<(Scope, usize)>>,
    pub(crate) initials: Vec<Initial>,
}

impl Divisions {
    pub(crate) fn of(config: &Config, catalog: &Catalog, book: &AddressBook) -> Self {
        let scopes = (0..catalog.themes.len()).map(|theme| scopes(catalog, theme, config.page_size)).collect();
        Self { scopes, initials: initials(catalog, book) }
    }
}

/// What the list of a theme can be narrowed to, each with the number of its articles: its years, newest first, and its papers, most articles
/// first. A list that fits on one page of `size` articles needs neither, nor does one of a single year or paper.
fn scopes(catalog: &Catalog, theme: usize, size: usize) -> Vec<(Scope, usize)> {
    let list = &catalog.themes[theme];
    if list.len() <= size.max(1) {
        return Vec::new();
    }
    let years = years(catalog, list).into_iter().map(|(year, range)| (Scope::Year(year), range.len()));
    let mut papers: BTreeMap<usize, usize> = BTreeMap::new();
    list.iter().filter_map(|&id| catalog.paper_of(id)).for_each(|paper| *papers.entry(paper).or_default() += 1);
    let mut papers: Vec<(Scope, usize)> =
        papers.into_iter().map(|(paper, count)| (Scope::Paper(paper), count)).collect();
    papers.sort_by_key(|&(_, count)| Reverse(count));
    let several = |scopes: Vec<(Scope, usize)>| if scopes.len() > 1 { scopes } else { Vec::new() };
    several(years.collect()).into_iter().chain(several(papers)).collect()
}

/// The articles of a theme in a scope, newest first.
pub(crate) fn of_theme(catalog: &Catalog, theme: usize, scope: Scope) -> Vec<EntryId> {
    let list = &catalog.themes[theme];
    match scope {
        Scope::Year(year) => {
            let range = years(catalog, list).into_iter().find(|(own, _)| *own == year).map(|(_, range)| range);
            range.map_or_else(Vec::new, |range| list[range].to_vec())
        }
        Scope::Paper(paper) => list.iter().copied().filter(|&id| catalog.paper_of(id) == Some(paper)).collect(),
    }
}

/// The letter of names that have none.
pub(crate) const NO_LETTER: char = '#';

/// The people whose names begin with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Initial {
    /// `A` to `Z`, or [`NO_LETTER`]
    pub(crate) letter: char,
    /// positions in the catalog's list, in the order of their names in pinyin
    pub(crate) people: Vec<usize>,
}

/// All people by the first letter of their names in pinyin, A first, without letters that no name begins with.
fn initials(catalog: &Catalog, book: &AddressBook) -> Vec<Initial> {
    let slug = |person: &usize| {
        let path = book.path(NameKind::Person, &catalog.people[*person].name).unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default()
    };
    // not the address, which of a name without pinyin is a hash
    let letter = |person: &usize| {
        let syllables = syllables_of_person(&catalog.people[*person].name);
        let first = syllables.first().and_then(|syllable| syllable.chars().next());
        first.filter(char::is_ascii_alphabetic).map_or(NO_LETTER, |c| c.to_ascii_uppercase())
    };
    let mut people: Vec<usize> = (0..catalog.people.len()).collect();
    people.sort_by_cached_key(|person| (letter(person) == NO_LETTER, letter(person), slug(person)));
    let runs = people.chunk_by(|a, b| letter(a) == letter(b));
    runs.map(|run| Initial { letter: letter(&run[0]), people: run.to_vec() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::entry::Entry;
    use crate::config::themes::Theme;
    use crate::content::address_book::NewNames;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;

    fn catalog() -> Catalog {
        let entry = |(at, (paper, year)): (usize, (&str, i16))| Entry {
            file: format!("content/articles/{at}.md"),
            front: FrontMatter {
                paper: Some(paper.to_owned()),
                date: (year > 0).then(|| date(year, 3, 1)),
                themes: vec!["产改".into()],
                ..FrontMatter::default()
            },
            ..Entry::default()
        };
        let entries = [("乙报", 2025), ("甲报", 2025), ("乙报", 2024), ("乙报", 0)];
        let theme = Theme { id: "产改".into(), ..Theme::default() };
        Catalog::index(entries.into_iter().enumerate().map(entry).collect(), &[theme])
    }

    #[test]
    fn a_long_theme_is_narrowed_by_year_and_paper() {
        let catalog = catalog();
        let (yi, jia) = (0, 1);
        let scopes = scopes(&catalog, 0, 3);
        let expected = [(Scope::Year(2025), 2), (Scope::Year(2024), 1), (Scope::Paper(yi), 2), (Scope::Paper(jia), 1)];
        assert_eq!(scopes, expected);
        for (scope, count) in scopes {
            assert_eq!(of_theme(&catalog, 0, scope).len(), count, "{scope:?}");
        }
        assert_eq!(super::scopes(&catalog, 0, 4), [], "a list of one page");
    }

    #[test]
    fn people_are_in_the_order_of_their_names_in_pinyin() {
        let names = ["周晚晴", "岑望舒", "章威", "한글", "Anna Lee"];
        let entry = |(at, name): (usize, &str)| Entry {
            file: format!("content/articles/{at}.md"),
            front: FrontMatter { authors: vec![name.to_owned()], ..FrontMatter::default() },
            ..Entry::default()
        };
        let catalog = Catalog::index(names.into_iter().enumerate().map(entry).collect(), &[]);
        let mut book = AddressBook::default();
        book.add(NameKind::Person, names, NewNames::Numbered, |_| None);
        let name = |&at: &usize| catalog.people[at].name.as_str();
        let listed = initials(&catalog, &book);
        let listed: Vec<(char, Vec<&str>)> =
            listed.iter().map(|initial| (initial.letter, initial.people.iter().map(name).collect())).collect();
        let expected: [(char, &[&str]); 4] =
            [('A', &["Anna Lee"]), ('C', &["岑望舒"]), ('Z', &["章威", "周晚晴"]), (NO_LETTER, &["한글"])];
        assert_eq!(listed, expected.map(|(letter, names)| (letter, names.to_vec())));
    }
}
