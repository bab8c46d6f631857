//! Names in the search index: people, columns, places, papers and themes, with their articles and their readings.
//!
//! A name is in the shard of its first character, with the numbers of its articles, and in those of the first two letters of its
//! reading and of its initials, without them: what is typed leads to a single shard.

use crate::catalog::entry::EntryId;
use crate::extract::gazetteer::place;
use crate::search::fold::fold;
use crate::search::ngrams::{Ngram, shard_of};
use crate::site::facets::paper_articles;
use crate::site::site::Site;
use crate::text::pinyin::{syllables, syllables_of_person};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A name with its articles.
struct Name<'a> {
    /// `author`, `column`, `place`, `paper` or `theme`
    kind: &'static str,
    name: String,
    syllables: Vec<String>,
    articles: &'a [EntryId],
}

/// The shards of all names, as lines: kind, name, syllables of its reading (separated by spaces), number of articles, and these as
/// differences to the one before in base 36 (likewise); separated by tabs.
pub(crate) fn shards(site: &Site, count: usize, has_page: impl Fn(EntryId) -> bool) -> Vec<String> {
    let mut shards = vec![String::new(); count];
    let papers = paper_articles(site);
    for name in names(site, &papers) {
        let articles: Vec<EntryId> = name.articles.iter().copied().filter(|id| has_page(*id)).collect();
        let line = format!("{}\t{}\t{}\t{}\t", name.kind, name.name, name.syllables.join(" "), articles.len());
        let first = first_character(&name.name);
        for key in first.into_iter().chain(letters(&name.syllables)) {
            let shard = &mut shards[shard_of(key, count)];
            shard.push_str(&line);
            if Some(key) == first {
                push_articles(&articles, shard);
            }
            shard.push('\n');
        }
    }
    shards
}

fn names<'a>(site: &'a Site, papers: &'a [(String, Vec<EntryId>)]) -> Vec<Name<'a>> {
    let catalog = &site.catalog;
    let named = |kind, name: &str, articles: &'a [EntryId]| {
        let syllables = if kind == "author" { syllables_of_person(name) } else { syllables(name) };
        Name { kind, name: name.replace(['\t', '\n', '\r'], " "), syllables, articles }
    };
    let themes = site.config.themes.iter().zip(&catalog.themes).map(|(theme, ids)| named("theme", &theme.name, ids));
    let papers = papers.iter().map(|(paper, ids)| named("paper", paper, ids));
    let columns = catalog.columns.iter().map(|column| named("column", &column.name, &column.articles));
    let people = catalog.people.iter().map(|person| named("author", &person.name, &person.articles));
    let places = catalog.places.iter().filter_map(|listed| Some((place(listed.place)?, &listed.articles)));
    let places = places.flat_map(|(place, ids)| {
        let official = (!place.rest.is_empty()).then(|| format!("{}{}", place.short, place.rest));
        [Some(place.short.to_owned()), official].into_iter().flatten().map(move |name| named("place", &name, ids))
    });
    themes.chain(papers).chain(columns).chain(places).chain(people).collect()
}

/// The key of the first letter, digit or Chinese character.
fn first_character(name: &str) -> Option<Ngram> {
    let first = name.chars().find(|c| c.is_alphanumeric())?;
    fold(first.encode_utf8(&mut [0; 4])).first().map(|unit| u32::from(*unit))
}

/// The keys of the first two letters of a reading, and of its initials.
fn letters(syllables: &[String]) -> BTreeSet<Ngram> {
    let initials: String = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    let key = |letters: String| match letters.as_bytes() {
        [a, b, ..] => Some(u32::from(*a) << 16 | u32::from(*b)),
        _ => None,
    };
    [syllables.concat(), initials].into_iter().filter_map(key).collect()
}

fn push_articles(articles: &[EntryId], out: &mut String) {
    let mut before = 0;
    for &id in articles {
        push_base_36(id - before, out);
        out.push(' ');
        before = id;
    }
    out.truncate(out.trim_end_matches(' ').len());
}

fn push_base_36(mut number: usize, out: &mut String) {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().for_each(|digit| out.write_char(*digit).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::content::address_book::AddressBook;
    use crate::content::article::FrontMatter;
    use crate::site::plan::plan;

    fn site() -> Site {
        let entry = |at: usize| Entry {
            file: format!("content/articles/{at:03}.md"),
            front: FrontMatter {
                authors: vec![if at.is_multiple_of(40) { "单望舒".to_owned() } else { "岑\t远".to_owned() }],
                column: Some("“一线观察”".to_owned()),
                paper: Some("江边晚报".to_owned()),
                ..FrontMatter::default()
            },
            ..Entry::default()
        };
        plan(
            Config { page_size: 20, ..Config::default() },
            Catalog::index((0..90).map(entry).collect(), &[]),
            vec![],
            &[],
            AddressBook::default(),
            false,
        )
        .0
    }

    #[test]
    fn a_name_is_a_line_with_its_reading_and_its_articles() {
        let shards = shards(&site(), 1, |id| id != 80);
        let lines: BTreeSet<&str> = shards[0].lines().collect();
        assert!(lines.contains("author\t单望舒\tshan wang shu\t2\t0 14"), "{lines:?}");
        assert!(lines.contains("author\t单望舒\tshan wang shu\t2\t"), "for its reading");
        assert!(lines.iter().any(|line| line.starts_with("column\t“一线观察”\tyi xian guan cha\t89\t0 1 1")));
        assert!(lines.iter().any(|line| line.starts_with("author\t岑 远\t")));
    }

    #[test]
    fn a_name_is_found_by_its_first_character_and_by_two_letters() {
        let shards = shards(&site(), 500, |_| true);
        let holds = |key, name: &str| shards[shard_of(key, 500)].contains(name);
        assert!(holds(u32::from('江' as u16), "江边晚报") && holds(u32::from('一' as u16), "一线观察"));
        let letters = |a: char, b: char| (a as u32) << 16 | b as u32;
        assert!(holds(letters('j', 'i'), "江边晚报") && holds(letters('j', 'b'), "江边晚报"));
        assert!(holds(letters('s', 'w'), "单望舒") && !holds(letters('d', 'a'), "单望舒"));
    }
}
