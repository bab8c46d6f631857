//! Builds the search index of a site, part by part.
//!
//! Volume by volume, in batches of articles: read the texts again, write them, and add their postings to the shards of the
//! volume; write the shards and free their memory.
//!
//! Texts are in memory for one batch only, posting lists, encoded, as long as their part is built: about three bytes for each
//! character, and a volume has a fixed number of articles.

use crate::catalog::entry::EntryId;
use crate::diagnostics::error::Result;
use crate::search::document::{Document, Documents};
use crate::search::names;
use crate::search::ngrams;
use crate::search::packing::pack;
use crate::search::pairs;
use crate::search::places::{self, SLOT};
use crate::search::posting_buffer::{Posting, posting};
use crate::search::shard_builder::{Numbers, Section, ShardBuilder, in_section};
use crate::search::varint;
use crate::site::body::TextSource;
use crate::site::index_files::{self, IndexFiles, IndexPart};
use crate::site::index_set::{IndexSet, PAIRS, TEXTS};
use crate::site::site::Site;
use crate::text::variants;
use rayon::prelude::*;
use std::ops::Range;

/// Receives a file of the index: its path in the output, its bytes.
pub(crate) type Put<'a> = dyn Fn(&str, Vec<u8>) -> Result<()> + Sync + 'a;

/// Files of texts that are processed in parallel.
const BATCH: usize = 32;

/// Writes the index of a site, where it has one. `bodies` returns the Markdown of an article file; `put` receives the files.
///
/// # Errors
/// An error of `put` stops the work. An article whose text cannot be read is left out: its own page reports it.
///
/// # Examples
///
/// ```
/// use std::sync::Mutex;
/// use wenzhai::catalog::catalog::Catalog;
/// use wenzhai::catalog::entry::Entry;
/// use wenzhai::config::settings::Config;
/// use wenzhai::content::address_book::AddressBook;
/// use wenzhai::search::index;
/// use wenzhai::site::plan::plan;
///
/// let entry = Entry { file: "content/articles/p1-01.md".to_owned(), ..Entry::default() };
/// let catalog = Catalog::index(vec![entry], &[]);
/// let (site, _) = plan(Config::default(), catalog, Vec::new(), &[], AddressBook::default(), false);
/// let paths = Mutex::new(Vec::new());
/// let put = |path: &str, _bytes: Vec<u8>| {
///     paths.lock().unwrap().push(path.to_owned());
///     Ok(())
/// };
/// index::write(&site, &|_file| Ok("骑手食堂开进写字楼。".to_owned().into()), &put).unwrap();
/// let mut paths = paths.into_inner().unwrap();
/// paths.sort();
/// let kinds = ["search/0/0/0.bin", "search/names/0/0.bin", "search/places/0/0/0.bin", "search/slots/0/0.bin", "search/texts/0/0.bin", "search/variants.bin"];
/// paths.retain(|path| !path.starts_with("search/pairs/"));
/// assert_eq!(paths, kinds);
/// ```
pub fn write(site: &Site, bodies: &TextSource<'_>, put: &Put<'_>) -> Result<()> {
    let mut parts = site.index_files.iter().flat_map(IndexFiles::parts);
    parts.try_for_each(|part| write_part(site, part, bodies, put))
}

/// Writes one part of it.
///
/// # Errors
/// As [`write()`].
pub(crate) fn write_part(site: &Site, part: IndexPart, bodies: &TextSource<'_>, put: &Put<'_>) -> Result<()> {
    let Some(index) = &site.index_files else { return Ok(()) };
    let writer = IndexWriter { site, documents: Documents::new(site, bodies), put };
    match part {
        IndexPart::Names => writer.names(index.names.unwrap_or_default()),
        IndexPart::Volume(volume) => index.own_set().map_or(Ok(()), |set| writer.volume(set, volume)),
    }
}

struct IndexWriter<'a> {
    site: &'a Site,
    documents: Documents<'a>,
    put: &'a Put<'a>,
}

/// What a file of texts adds to the shards of its volume.
#[derive(Default)]
struct Added {
    /// with places from the file's first slot on
    postings: Postings,
    /// the number of slots of each article
    slots: Vec<u32>,
}

/// What articles add to the shards of their volume.
#[derive(Debug, Default)]
pub(crate) struct Postings {
    pub(crate) lists: Vec<Posting>,
    pub(crate) places: Vec<Posting>,
}

impl IndexWriter<'_> {
    /// Writes the `count` shards of names.
    fn names(&self, count: usize) -> Result<()> {
        let written = names::shards(self.site, count, |id| self.documents.has_page(id)).into_par_iter().enumerate();
        (self.put)(index_files::VARIANTS, pack(variants::pairs().as_bytes()))?;
        written.map(|(shard, lines)| (self.put)(&index_files::names_file(shard), pack(lines.as_bytes()))).collect()
    }

    /// Writes the texts of a volume, its shards of lists and of places, and its slots.
    fn volume(&self, set: &IndexSet, volume: usize) -> Result<()> {
        let (articles, count) = (set.articles_of(volume), set.volumes[volume]);
        let (mut lists, mut places) =
            (ShardBuilder::new(Numbers::Articles, count), ShardBuilder::new(Numbers::Places, count));
        let (mut slots, mut first_slot) = (Vec::new(), 0);
        let Range { start, end } = articles;
        let files: Vec<Range<EntryId>> = articles.step_by(TEXTS).map(|from| from..(from + TEXTS).min(end)).collect();
        for batch in files.chunks(BATCH) {
            let added: Result<Vec<Added>> = batch.par_iter().map(|ids| self.texts(set, ids.clone(), start)).collect();
            for file in added? {
                lists.extend(file.postings.lists);
                let from = first_slot * SLOT;
                places.extend(file.postings.places.into_iter().map(|place| place + u64::from(from)));
                for count in file.slots {
                    varint::push(&mut slots, count);
                    first_slot += count;
                }
            }
            lists.merge_due();
            places.merge_due();
        }
        (self.put)(&set.slots_file(volume), pack(&slots))?;
        if volume == 0 {
            let pairs = pairs::shards(lists.frequencies(), PAIRS).into_par_iter().enumerate();
            let put = |(shard, lines): (usize, String)| (self.put)(&set.pairs_file(shard), pack(lines.as_bytes()));
            pairs.map(put).collect::<Result<()>>()?;
        }
        lists.each_shard(|shard, bytes| (self.put)(&set.list_file(volume, shard), bytes))?;
        places.each_shard(|shard, bytes| (self.put)(&set.places_file(volume, shard), bytes))
    }

    /// Writes one file of texts and returns what its articles, which are numbered from `first` on, add to the shards.
    fn texts(&self, set: &IndexSet, ids: Range<EntryId>, first: EntryId) -> Result<Added> {
        let (mut added, mut encoded, mut first_slot) = (Added::default(), String::new(), 0);
        for id in ids.clone() {
            let document = self.documents.get(id);
            let slots = document.iter().map(|it| added.postings.add(it, number(id - first), first_slot)).sum();
            added.slots.push(slots);
            first_slot += slots;
            encoded.push_str(&document.map_or_else(|| "\0".to_owned(), |document| document.encoded()));
        }
        (self.put)(&set.texts_file(ids.start / TEXTS), pack(encoded.as_bytes()))?;
        Ok(added)
    }
}

impl Postings {
    /// Adds those of a document, given the number of its article and its first slot in the volume. Returns the number of its slots.
    pub(crate) fn add(&mut self, document: &Document, number: u32, first_slot: u32) -> u32 {
        let from = first_slot * SLOT;
        let slots = places::for_each(document, |section, ngram, place| {
            self.places.extend(place.map(|place| posting(ngram, from + place)));
            self.lists.push(posting(ngram, in_section(number, section)));
            if matches!(section, Section::Title | Section::Subtitles) {
                self.lists.push(posting(ngram, in_section(number, Section::Article)));
            }
        });
        ngrams::for_each_in_reading(&document.reading, |ngram| {
            self.lists.push(posting(ngram, in_section(number, Section::Article)));
        });
        let themes = document.filed.themes.iter().map(|&theme| ngrams::theme(theme));
        let dates = document.day.into_iter().flat_map(ngrams::date);
        let page = document.page.map(ngrams::page);
        let facets = themes.chain([ngrams::paper(document.filed.paper)]).chain(dates).chain(page);
        self.lists.extend(facets.map(|ngram| posting(ngram, in_section(number, Section::Article))));
        slots
    }
}

/// The number of an article in its volume, or of a slot.
pub(crate) fn number(position: usize) -> u32 {
    u32::try_from(position).expect("a site of four thousand million articles does not fit into any memory")
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
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::Diagnostic;
    use crate::diagnostics::error::Error;
    use crate::diagnostics::message::Message;
    use crate::extract::extractor::Extractor;
    use crate::search::fold::fold;
    use crate::search::ngrams::shard_of;
    use crate::search::test_reader::{IndexReader, lists_in};
    use crate::site::index_set::VOLUME;
    use crate::site::plan::plan;
    use crate::text::pinyin::syllables;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    /// Titles and bodies.
    type Texts = Vec<(String, String)>;

    fn site(texts: &Texts) -> Site {
        let entry = |(at, (title, body)): (usize, &(String, String))| {
            let front = FrontMatter {
                title: title.clone(),
                kicker: (at % 3 == 0).then(|| "引题产改".to_owned()),
                date: Some(date(2025, 2, 5)),
                paper: Some(["甲报", "乙报"][at % 2].to_owned()),
                themes: vec!["产改".to_owned()],
                ..FrontMatter::default()
            };
            Entry::of(&Article { file: file(at), front, byline: None, body: body.clone() }, &Extractor::default())
        };
        let theme = Theme { id: "产改".into(), slug: "changai".into(), ..Theme::default() };
        let config = Config { page_size: 20, themes: vec![theme], ..Config::default() };
        let entries = texts.iter().enumerate().map(entry).collect();
        let catalog = Catalog::index(entries, &config.themes);
        plan(config, catalog, vec![], &[], AddressBook::default(), false).0
    }

    fn file(at: usize) -> String {
        format!("content/articles/a{at:06}.md")
    }

    fn index(site: &Site, texts: &Texts) -> BTreeMap<String, Vec<u8>> {
        let files = Mutex::new(BTreeMap::new());
        let bodies = |file: &str| {
            let at = file.trim_start_matches("content/articles/a").trim_end_matches(".md").parse::<usize>().unwrap();
            Ok(texts[at].1.clone().into())
        };
        let put = |path: &str, bytes: Vec<u8>| {
            assert!(files.lock().unwrap().insert(path.to_owned(), bytes).is_none(), "{path} a second time");
            Ok(())
        };
        write(site, &bodies, &put).unwrap();
        files.into_inner().unwrap()
    }

    /// The articles whose headline, kicker or text contains `typed`, found without the index.
    fn scan(site: &Site, texts: &Texts, typed: &str) -> Vec<usize> {
        let lower = |text: &str| text.to_lowercase();
        let matches = |entry: &Entry| {
            let (title, body) = &texts[(0..texts.len()).find(|&at| file(at) == entry.file).unwrap()];
            let kicker = entry.front.kicker.as_deref().unwrap_or_default();
            [title.as_str(), kicker, body].iter().any(|text| lower(text).contains(&lower(typed)))
        };
        (0..texts.len()).filter(|&id| matches(&site.catalog.entries[id])).collect()
    }

    #[test]
    fn every_planned_file_is_written_once_and_the_same_each_time() {
        let texts: Texts = (0..40).map(|at| (format!("标题{at}"), "技能工人建设。".repeat(at * 30 + 1))).collect();
        let site = site(&texts);
        let files = index(&site, &texts);
        let planned = site.planned();
        assert!(planned.iter().filter(|path| path.ends_with(".bin")).eq(files.keys()));
        assert!(site.index_files.as_ref().unwrap().sets[0].volumes[0] > 5);
        assert_eq!(files, index(&site, &texts));
    }

    fn each(text: &str, mut emit: impl FnMut(u32)) {
        ngrams::for_each(&fold(text), |ngram, _| emit(ngram));
        ngrams::for_each_character(&fold(text), emit);
    }

    /// The posting lists that `search/mod.rs` specifies, by file: what `static/search-index.js` expects.
    fn expected(site: &Site) -> BTreeMap<String, BTreeMap<u32, Vec<Vec<u32>>>> {
        let shards = &site.index_files.as_ref().unwrap().sets[0];
        let mut files: BTreeMap<String, BTreeMap<u32, Vec<Vec<u32>>>> = BTreeMap::new();
        files.extend((0..shards.volumes[0]).map(|shard| (shards.list_file(0, shard), BTreeMap::new())));
        for (id, entry) in site.catalog.entries.iter().enumerate() {
            let front = &entry.front;
            let at: usize = front.title.trim_start_matches("标题").parse().unwrap();
            let kicker = front.kicker.clone().unwrap_or_default();
            let mut ngrams: Vec<(u32, Section)> = Vec::new();
            for (text, section) in [(&front.title, Section::Title), (&kicker, Section::Subtitles)] {
                each(text, |ngram| ngrams.extend([(ngram, section), (ngram, Section::Article)]));
            }
            each(&body_of(at), |ngram| ngrams.push((ngram, Section::Article)));
            ngrams::for_each_parted(&fold(&body_of(at)), |ngram| ngrams.push((ngram, Section::Parted)));
            // the facets are in the order of their names: 乙报 before 甲报
            let paper = usize::from(front.paper.as_deref() == Some("甲报"));
            ngrams::for_each_in_reading(&syllables(&front.title), |ngram| ngrams.push((ngram, Section::Article)));
            let facets = [ngrams::theme(0), ngrams::paper(paper)].into_iter().chain(ngrams::date(date(2025, 2, 5)));
            ngrams.extend(facets.map(|ngram| (ngram, Section::Article)));
            for (ngram, section) in ngrams {
                let file = files.get_mut(&shards.list_file(0, shard_of(ngram, shards.volumes[0]))).unwrap();
                let list = &mut file.entry(ngram).or_insert(vec![Vec::new(); 4])[section as usize];
                if list.last() != Some(&number(id)) {
                    list.push(number(id));
                }
            }
        }
        files
    }

    fn body_of(at: usize) -> String {
        format!("第{at}名工人。Ａ{at}bc").repeat(9)
    }

    #[test]
    fn every_shard_decodes_to_the_expected_posting_lists() {
        let texts: Texts = (0..700).map(|at| (format!("标题{at}"), body_of(at))).collect();
        let site = site(&texts);
        let files = index(&site, &texts);
        for (file, expected) in expected(&site) {
            assert_eq!(lists_in(&files[&file]), expected, "{file}");
        }
        let reader = IndexReader { files: &files, set: &site.index_files.as_ref().unwrap().sets[0] };
        let at: usize = site.catalog.entries[0].front.title.trim_start_matches("标题").parse().unwrap();
        let lines = reader.document(0);
        assert_eq!(lines[..2], [format!("2025/02/05/a{at:06}/"), "2025-02-05".to_owned()]);
        assert_eq!(lines[4..7], ["", "", &format!("biao ti {at}")]);
        assert_eq!(
            [&lines[2], &lines[3], &lines[7], &lines[8]],
            ["0", "0", &format!("标题{at}"), site.catalog.entries[0].front.kicker.as_deref().unwrap_or_default()]
        );
        assert_eq!(lines[9..], ["", &body_of(at), ""]);
    }

    #[test]
    fn headings_and_facets_have_posting_lists_of_their_own() {
        let texts: Texts =
            vec![("产改十年".into(), "无".into()), ("无".into(), "产改".into()), ("无".into(), "甲".into())];
        let site = site(&texts);
        let files = index(&site, &texts);
        let reader = IndexReader { files: &files, set: &site.index_files.as_ref().unwrap().sets[0] };
        let ngram = 0x4EA7 << 16 | 0x6539;
        let named = |ids: Vec<usize>| {
            ids.into_iter().map(|id| stem(&site.catalog.entries[id].file).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(named(reader.candidates(&[ngram], Section::Title)), ["a000000"]);
        assert_eq!(named(reader.candidates(&[ngram], Section::Subtitles)), ["a000000"], "its kicker is 引题产改");
        assert_eq!(reader.candidates(&[ngrams::theme(0)], Section::Article).len(), 3);
        // papers are sorted by name: 乙报 before 甲报
        assert_eq!(named(reader.candidates(&[ngrams::paper(0)], Section::Article)), ["a000001"]);
    }

    #[test]
    fn a_second_volume_numbers_its_articles_from_its_own_beginning() {
        let last = VOLUME + 6;
        let texts: Texts = (0..=last).map(|at| (format!("第{at}号"), String::new())).collect();
        let site = site(&texts);
        let files = index(&site, &texts);
        let shards = &site.index_files.as_ref().unwrap().sets[0];
        assert_eq!(shards.volumes.len(), 2);
        let found = IndexReader { files: &files, set: shards }.find(&format!("第{last}号"));
        assert_eq!(found.len(), 1);
        assert!(found[0] >= VOLUME, "乙报 comes before 甲报, and within it the last file last");
    }

    #[test]
    fn a_text_that_cannot_be_read_is_left_out_and_an_error_of_the_sink_stops_the_work() {
        let texts: Texts = vec![("产改".into(), "甲乙".into())];
        let site = site(&texts);
        let gone =
            |_: &str| Err(Error::failure(Diagnostic::new(Code::Unreadable, Message::verbatim("the file has gone"))));
        assert!(write(&site, &gone, &|_, _| Ok(())).is_ok());
        let full = |_: &str, _: Vec<u8>| {
            Err(Error::failure(Diagnostic::new(Code::Disk, Message::verbatim("the disk is full"))))
        };
        assert!(write(&site, &|_| Ok(FileText::default()), &full).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_search_finds_what_a_scan_of_all_texts_finds(
            texts in prop::collection::vec(("[产业工人改A1]{1,6}", "[产业工人改革AaIi2025，。𠮷]{0,40}"), 1..30),
            typed in "[产业工人改革AaIi2025，𠮷]{2,6}",
            at in any::<prop::sample::Index>(), from in 0usize..20, length in 2usize..10,
        ) {
            let site = site(&texts);
            let files = index(&site, &texts);
            let reader = IndexReader { files: &files, set: &site.index_files.as_ref().unwrap().sets[0] };
            let contained: String = texts[at.index(texts.len())].1.chars().skip(from).take(length).collect();
            for typed in [typed, contained].iter().filter(|typed| typed.chars().count() > 1) {
                prop_assert_eq!(reader.find(typed), scan(&site, &texts, typed), "{}", typed);
                let title = |id: usize| site.catalog.entries[id].front.title.to_lowercase();
                let expected = scan(&site, &texts, typed).into_iter().map(|id| (id, title(id).contains(&typed.to_lowercase())));
                prop_assert_eq!(reader.find_by_places(typed), expected.collect::<Vec<_>>(), "{}", typed);
            }
        }
    }
}
