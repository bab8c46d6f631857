//! Revises a volume of the index in which a few texts were edited, without reading the others.
//!
//! 1. what an edited article had in the index follows from its document in a file of texts, which a build has written; what it has
//!    now, from its text
//! 2. the difference is applied to the shards that hold its n-grams
//! 3. where lists have changed, the pairs are made again from all of them
//!
//! The files are byte for byte those that a new index would have. Where they cannot be had in this way, the volume is to be written anew: an
//! edited article takes more or fewer slots than before, many articles were edited, or a file is not as it was written.

use crate::catalog::entry::EntryId;
use crate::search::document::{Document, Documents};
use crate::search::index::{Postings, number};
use crate::search::ngrams::{Ngram, shard_of};
use crate::search::packing::{pack, unpack};
use crate::search::pairs;
use crate::search::places::SLOT;
use crate::search::posting_buffer::{Posting, PostingBuffer, ngram};
use crate::search::shard_builder::{Numbers, encode_shard};
use crate::search::shard_reader::{frequencies, postings};
use crate::search::varint;
use crate::site::index_set::{IndexSet, PAIRS, TEXTS};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The most edited articles: their postings are in memory.
const MOST: usize = 64;

/// The bytes of a file of the index as the last build wrote it; none where it is not as it was.
pub(crate) type Earlier<'a> = dyn Fn(&str) -> Option<Vec<u8>> + Sync + 'a;

/// The files of the index that have changed, by their paths.
pub(crate) type ChangedFiles = BTreeMap<String, Vec<u8>>;

/// The files of a volume that change where these articles were edited, which are ascending, and nothing else has changed; none where
/// the volume is to be written anew.
pub(crate) fn revised(
    documents: &Documents<'_>,
    index: &IndexSet,
    volume: usize,
    edited: &[EntryId],
    earlier: &Earlier<'_>,
) -> Option<ChangedFiles> {
    if edited.len() > MOST {
        return None;
    }
    let (mut files, lists, places) = revised_texts(documents, index, volume, edited, earlier)?;
    let have_lists_changed = !lists.is_empty();
    let list_file = |shard| index.list_file(volume, shard);
    files.extend(revised_shards(Numbers::Articles, lists, &list_file, earlier)?);
    files.extend(revised_shards(Numbers::Places, places, &|shard| index.places_file(volume, shard), earlier)?);
    if volume == 0 && have_lists_changed {
        let frequencies = |shard| match files.get(&list_file(shard)) {
            Some(bytes) => frequencies(bytes),
            None => frequencies(&earlier(&list_file(shard))?),
        };
        let shards = (0..index.volumes[volume]).into_par_iter();
        let all: Vec<Vec<(Ngram, u32)>> = shards.map(frequencies).collect::<Option<_>>()?;
        let pairs = pairs::shards(all.into_iter().flatten(), PAIRS).into_iter().enumerate();
        files.extend(pairs.map(|(shard, lines)| (index.pairs_file(shard), pack(lines.as_bytes()))));
    }
    Some(files)
}

/// The files of texts that change, and the differences of lists and of places.
fn revised_texts(
    documents: &Documents<'_>,
    index: &IndexSet,
    volume: usize,
    edited: &[EntryId],
    earlier: &Earlier<'_>,
) -> Option<(ChangedFiles, Differences, Differences)> {
    let first = index.articles_of(volume).start;
    let slots = slots(&unpack(&earlier(&index.slots_file(volume))?)?)?;
    let (mut files, mut before, mut after) = (ChangedFiles::new(), Postings::default(), Postings::default());
    for of_file in edited.chunk_by(|a, b| a / TEXTS == b / TEXTS) {
        let path = index.texts_file(of_file.first()? / TEXTS);
        let text = String::from_utf8(unpack(&earlier(&path)?)?).ok()?;
        let mut texts: Vec<String> = text.split_inclusive('\0').map(str::to_owned).collect();
        for id in of_file {
            let text = texts.get_mut(id % TEXTS)?;
            let (old, new) = (Document::decoded(text.strip_suffix('\0')?)?, documents.get(*id)?);
            let (number, &(first_slot, count)) = (number(id - first), slots.get(id - first)?);
            let counts = [before.add(&old, number, first_slot), after.add(&new, number, first_slot)];
            if counts != [count; 2] {
                return None;
            }
            *text = new.encoded();
        }
        files.insert(path, pack(texts.concat().as_bytes()));
    }
    let count = index.volumes[volume];
    let lists = Difference::by_shard(before.lists, after.lists, count);
    Some((files, lists, Difference::by_shard(before.places, after.places, count)))
}

/// The first slot of each article and how many it has, given the latter; none where they are more than there are places for.
fn slots(mut counts: &[u8]) -> Option<Vec<(u32, u32)>> {
    let (mut next, mut slots) = (0_u32, Vec::new());
    while !counts.is_empty() {
        let count = varint::take(&mut counts);
        slots.push((next, count));
        next = next.checked_add(count).filter(|slots| slots.checked_mul(SLOT).is_some())?;
    }
    Some(slots)
}

/// By their shards.
type Differences = BTreeMap<usize, Difference>;

/// The postings that a shard loses and those that it gains, each ascending.
#[derive(Debug, Default)]
struct Difference {
    lost: Vec<Posting>,
    gained: Vec<Posting>,
}

impl Difference {
    /// The difference of each of `count` shards that changes.
    fn by_shard(before: Vec<Posting>, after: Vec<Posting>, count: usize) -> Differences {
        let [before, after] = [before, after].map(|mut postings| {
            postings.sort_unstable();
            postings.dedup();
            postings
        });
        let without = |some: &[Posting], others: &[Posting]| -> Vec<Posting> {
            some.iter().filter(|posting| others.binary_search(posting).is_err()).copied().collect()
        };
        let mut differences = Differences::new();
        let shard = |posting| shard_of(ngram(posting), count);
        for posting in without(&before, &after) {
            differences.entry(shard(posting)).or_default().lost.push(posting);
        }
        for posting in without(&after, &before) {
            differences.entry(shard(posting)).or_default().gained.push(posting);
        }
        differences
    }

    /// The bytes of a shard with this difference.
    fn applied(&self, numbers: Numbers, shard: &[u8]) -> Option<Vec<u8>> {
        let mut buffer = PostingBuffer::default();
        let kept = postings(numbers, shard)?.into_iter().filter(|posting| self.lost.binary_search(posting).is_err());
        kept.chain(self.gained.iter().copied()).for_each(|posting| buffer.push(posting));
        buffer.merge();
        Some(encode_shard(numbers, buffer.lists()))
    }
}

/// The shards that change, by their paths.
fn revised_shards(
    numbers: Numbers,
    differences: Differences,
    path: &(impl Fn(usize) -> String + Sync),
    earlier: &Earlier<'_>,
) -> Option<ChangedFiles> {
    let revised = |(shard, difference): (usize, Difference)| {
        let path = path(shard);
        let bytes = difference.applied(numbers, &earlier(&path)?)?;
        Some((path, bytes))
    };
    differences.into_par_iter().map(revised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::{Entry, stem};
    use crate::config::settings::Config;
    use crate::config::themes::Theme;
    use crate::content::address_book::AddressBook;
    use crate::content::article::{Article, FileText, FrontMatter};
    use crate::diagnostics::error;
    use crate::extract::extractor::Extractor;
    use crate::search::index;
    use crate::site::plan::plan;
    use crate::site::site::Site;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::sync::Mutex;

    /// An article in few words: headline, text, and whether it is under the theme.
    type Story = (String, String, bool);

    fn site(stories: &[Story]) -> Site {
        let entry = |(at, (title, body, is_filed)): (usize, &Story)| {
            let front = FrontMatter {
                title: title.clone(),
                subtitle: (at % 3 == 0).then(|| title.clone()),
                date: Some(date(2025, 2, 5)),
                page: Some(1),
                themes: is_filed.then(|| "产改".to_owned()).into_iter().collect(),
                ..FrontMatter::default()
            };
            let article = Article { file: format!("{at:06}.md"), front, byline: None, body: body.clone() };
            Entry::of(&article, &Extractor::default())
        };
        let theme = Theme { id: "产改".into(), slug: "changai".into(), ..Theme::default() };
        let config = Config { themes: vec![theme], ..Config::default() };
        let catalog = Catalog::index(stories.iter().enumerate().map(entry).collect(), &config.themes);
        plan(config, catalog, Vec::new(), &[], AddressBook::default(), false).0
    }

    fn body(stories: &[Story], file: &str) -> error::Result<FileText> {
        Ok(stories[file.trim_end_matches(".md").parse::<usize>().unwrap()].1.clone().into())
    }

    fn index_of(stories: &[Story]) -> ChangedFiles {
        let files = Mutex::new(ChangedFiles::new());
        let put = |path: &str, bytes: Vec<u8>| {
            files.lock().unwrap().insert(path.to_owned(), bytes);
            Ok(())
        };
        index::write(&site(stories), &|file| body(stories, file), &put).unwrap();
        files.into_inner().unwrap()
    }

    /// What is revised of the index of `before`, given its files, so that it is that of `after`.
    fn revised_for(before: &[Story], after: &[Story], earlier: &Earlier<'_>) -> Option<ChangedFiles> {
        let (site, bodies) = (site(after), |file: &str| body(after, file));
        let story = |id: EntryId| stem(&site.catalog.entries[id].file).parse::<usize>().unwrap();
        let edited: Vec<EntryId> = (0..after.len()).filter(|&id| before[story(id)] != after[story(id)]).collect();
        revised(
            &Documents::new(&site, &bodies),
            site.index_files.as_ref().unwrap().own_set().unwrap(),
            0,
            &edited,
            earlier,
        )
    }

    fn stories() -> impl Strategy<Value = Vec<Story>> {
        prop::collection::vec(story(), 1..30)
    }

    fn story() -> impl Strategy<Value = Story> {
        ("[产业工人改A1]{1,6}", "[产业工人改革AaIi2025，。𠮷\n]{0,300}", any::<bool>())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn a_revised_index_is_that_of_the_new_texts(before in stories(), edits in prop::collection::vec((any::<prop::sample::Index>(), story()), 0..4)) {
            let mut after = before.clone();
            edits.iter().for_each(|(at, story)| *at.get_mut(&mut after) = story.clone());
            // a volume of more or fewer shards is another one
            prop_assume!(site(&before).index_files == site(&after).index_files);
            let mut files = index_of(&before);
            files.extend(revised_for(&before, &after, &|path| files.get(path).cloned()).unwrap());
            let pages = |files: ChangedFiles| files.into_iter().filter(|(path, _)| !path.starts_with("search/names/"));
            prop_assert!(pages(files).eq(pages(index_of(&after))));
        }

        #[test]
        fn damaged_files_make_no_panic(before in stories(), after in story(), kept in any::<prop::sample::Index>(), flipped: u8) {
            let files = index_of(&before);
            let edited = [&[after], &before[1..]].concat();
            revised_for(&before, &edited, &|path| {
                let mut bytes = files.get(path)?.clone();
                bytes.truncate(kept.index(bytes.len() + 1));
                bytes.iter_mut().rev().take(1).for_each(|byte| *byte ^= flipped);
                Some(bytes)
            });
        }
    }

    #[test]
    fn a_volume_is_written_anew_where_slots_move_a_file_is_missing_or_many_were_edited() {
        let before: Vec<Story> = (0..100).map(|at| (format!("第{at}篇"), "工人。".to_owned(), false)).collect();
        let files = index_of(&before);
        let revise = |edit: &dyn Fn(&mut Vec<Story>), missing: &str| {
            let mut after = before.clone();
            edit(&mut after);
            revised_for(&before, &after, &|path| files.get(path).filter(|_| !path.starts_with(missing)).cloned())
        };
        let one = |text: String| move |stories: &mut Vec<Story>| stories[7].1.clone_from(&text);
        let few = one("工人会。".to_owned());
        let changed = revise(&few, "none").unwrap();
        assert!(changed.len() < files.len() && !changed.contains_key("search/slots/0/0.bin"));
        for missing in ["search/texts/", "search/0/", "search/places/", "search/slots/"] {
            assert_eq!(revise(&few, missing), None, "{missing}");
        }
        assert_eq!(revise(&one("工".repeat(2000)), "none"), None);
        assert_eq!(revise(&|stories| stories.iter_mut().for_each(|story| story.1.push('改')), "none"), None);
    }
}
