//! A site → the files of its index.
//!
//! 1. volume by volume, a few hundred articles at a time: read the texts again, write them, and add their grams to the lists
//!    of the volume; write its shards, and forget its lists
//! 2. the same of the heads of all articles, for which no text is read
//!
//! Texts are in memory for a moment only. Lists stay as long as their part is built, packed ([`crate::search::packed_lists`]):
//! about a byte for each different gram of an article, and the size of a volume is fixed. What an edit leaves of the index
//! as it was is told by parts.

use crate::catalog::entry::EntryId;
use crate::diagnostics::error::Result;
use crate::search::document::{Head, NONE, Place, Record, utf16};
use crate::search::fold::Fold;
use crate::search::grams;
use crate::search::packed_lists::{Pair, pair};
use crate::search::postings::Postings;
use crate::site::body::TextSource;
use crate::site::facets::papers;
use crate::site::page::Page;
use crate::site::shards::{self, Part, Shards, TEXTS};
use crate::site::site::Site;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// Takes a file of the index: its path in the output, its bytes.
pub(crate) type Put<'a> = dyn Fn(&str, Vec<u8>) -> Result<()> + Sync + 'a;

/// Files of texts that are worked on at once.
const BATCH: usize = 32;

/// Writes the index of a site, where it has one.
///
/// # Errors
/// What `put` refuses stops the work. An article whose text cannot be read is left out: its own page tells of it.
pub fn write(site: &Site, bodies: &TextSource<'_>, put: &Put<'_>) -> Result<()> {
    let mut parts = site.shards.iter().flat_map(Shards::parts);
    parts.try_for_each(|part| write_part(site, part, bodies, put))
}

/// Writes a part of it.
///
/// # Errors
/// As [`write`].
pub(crate) fn write_part(site: &Site, part: Part, bodies: &TextSource<'_>, put: &Put<'_>) -> Result<()> {
    let Some(shards) = &site.shards else { return Ok(()) };
    let papers = papers(site).into_iter().enumerate().map(|(place, paper)| (paper.name, place)).collect();
    let indexing = Indexing { site, bodies, put, fold: Fold::default(), papers };
    let articles = shards.articles_of(part);
    match part {
        Part::Heads => indexing.heads(articles, shards.heads),
        Part::Volume(volume) => indexing.volume(volume, articles, shards.volumes[volume]),
    }
}

struct Indexing<'a> {
    site: &'a Site,
    bodies: &'a TextSource<'a>,
    put: &'a Put<'a>,
    fold: Fold,
    papers: HashMap<Option<String>, usize>,
}

impl Indexing<'_> {
    fn volume(&self, volume: usize, articles: Range<EntryId>, count: usize) -> Result<()> {
        let mut lists = Postings::new(count);
        let first = articles.start;
        for batch in files(articles).chunks(BATCH) {
            let taken: Vec<Vec<Pair>> =
                batch.par_iter().map(|ids| self.texts(ids.clone(), first)).collect::<Result<_>>()?;
            lists.add(taken.into_iter().flatten());
        }
        lists.each_shard(|shard, bytes| (self.put)(&shards::grams(volume, shard), bytes))
    }

    /// Writes one file of texts and takes the grams of its articles; the volume's numbers count from `first` on.
    fn texts(&self, ids: Range<EntryId>, first: EntryId) -> Result<Vec<Pair>> {
        let mut taken = Vec::new();
        let mut written = String::new();
        for id in ids.clone() {
            match self.record(id) {
                Some((place, record)) => {
                    self.take(&record, &place, number(id - first), &mut taken);
                    written.push_str(&record.written());
                }
                None => written.push_str(NONE),
            }
        }
        (self.put)(&shards::texts(ids.start / TEXTS), utf16(&written))?;
        Ok(taken)
    }

    fn heads(&self, articles: Range<EntryId>, count: usize) -> Result<()> {
        let mut lists = Postings::new(count);
        let ids: Vec<EntryId> = articles.collect();
        for batch in ids.chunks(BATCH * TEXTS) {
            let taken: Vec<Vec<Pair>> = batch.par_iter().map(|&id| self.head(id)).collect();
            lists.add(taken.into_iter().flatten());
        }
        lists.each_shard(|shard, bytes| (self.put)(&shards::heads(shard), bytes))
    }

    /// The grams of an article's head.
    fn head(&self, id: EntryId) -> Vec<Pair> {
        let mut taken = Vec::new();
        if self.has_page(id) {
            let head = Head::of(&self.site.catalog.entries[id].front);
            for (text, mark) in [(&head.title, 0), (&head.beside, 1)] {
                grams::each(&self.fold.text(text), |gram| taken.push(pair(gram, 2 * number(id) + mark)));
            }
        }
        taken
    }

    fn has_page(&self, id: EntryId) -> bool {
        self.site.page_at(&self.site.address(Page::Article(id)).file()) == Some(Page::Article(id))
    }

    /// Nothing where an article has no page, or no text that can be read.
    fn record(&self, id: EntryId) -> Option<(Place, Record)> {
        if !self.has_page(id) {
            return None;
        }
        let entry = &self.site.catalog.entries[id];
        let body = self.site.body(id, None, self.bodies).ok()?;
        let place = Place {
            path: self.site.address(Page::Article(id)).to_string(),
            paper: self.papers.get(&entry.front.paper).copied().unwrap_or_default(),
            themes: self.site.catalog.themes_of(id),
        };
        let record = Record::of(&place, &entry.front, &body);
        Some((place, record))
    }

    fn take(&self, record: &Record, place: &Place, id: u32, taken: &mut Vec<Pair>) {
        for text in [&record.head.title, &record.head.beside, &record.body] {
            grams::each(&self.fold.text(text), |gram| taken.push(pair(gram, id)));
        }
        let themes = place.themes.iter().map(|&theme| grams::theme(theme));
        taken.extend(themes.chain([grams::paper(place.paper)]).map(|gram| pair(gram, id)));
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).expect("a site of four thousand million articles does not fit into any memory")
}

/// The articles of each file of texts in a run that begins with one.
fn files(run: Range<EntryId>) -> Vec<Range<EntryId>> {
    let end = run.end;
    run.step_by(TEXTS).map(|from| from..(from + TEXTS).min(end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog::Catalog;
    use crate::catalog::entry::Entry;
    use crate::config::settings::Config;
    use crate::config::themes::Theme;
    use crate::content::article::{Article, FrontMatter};
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::Diagnostic;
    use crate::diagnostics::error::Error;
    use crate::extract::extractor::Extractor;
    use crate::search::test_reader::Reader;
    use crate::site::plan::plan;
    use crate::site::shards::VOLUME;
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
            Entry::of(&Article { file: file(at), front, body: body.clone() }, &Extractor::default())
        };
        let theme = Theme { id: "产改".into(), slug: "changai".into(), ..Theme::default() };
        let config = Config { page_size: 20, themes: vec![theme], ..Config::default() };
        let entries = texts.iter().enumerate().map(entry).collect();
        let catalog = Catalog::index(entries, &config.themes);
        plan(config, catalog, vec![], &[]).0
    }

    fn file(at: usize) -> String {
        format!("content/articles/a{at:06}.md")
    }

    fn index(site: &Site, texts: &Texts) -> BTreeMap<String, Vec<u8>> {
        let files = Mutex::new(BTreeMap::new());
        let bodies = |file: &str| {
            let at = file.trim_start_matches("content/articles/a").trim_end_matches(".md").parse::<usize>().unwrap();
            Ok(texts[at].1.clone())
        };
        let put = |path: &str, bytes: Vec<u8>| {
            assert!(files.lock().unwrap().insert(path.to_owned(), bytes).is_none(), "{path} a second time");
            Ok(())
        };
        write(site, &bodies, &put).unwrap();
        files.into_inner().unwrap()
    }

    /// The articles whose headline, kicker or text holds `typed`.
    fn scan(site: &Site, texts: &Texts, typed: &str) -> Vec<usize> {
        let settled = |text: &str| text.to_lowercase();
        let holds = |entry: &Entry| {
            let (title, body) = &texts[(0..texts.len()).find(|&at| file(at) == entry.file).unwrap()];
            let kicker = entry.front.kicker.as_deref().unwrap_or_default();
            [title.as_str(), kicker, body].iter().any(|text| settled(text).contains(&settled(typed)))
        };
        (0..texts.len()).filter(|&id| holds(&site.catalog.entries[id])).collect()
    }

    #[test]
    fn every_planned_file_is_written_once_and_the_same_each_time() {
        let texts: Texts = (0..40).map(|at| (format!("标题{at}"), "技能工人建设。".repeat(at * 30 + 1))).collect();
        let site = site(&texts);
        let files = index(&site, &texts);
        let planned = site.planned();
        assert!(planned.iter().filter(|path| path.ends_with(".bin")).eq(files.keys()));
        assert!(site.shards.as_ref().unwrap().volumes[0] > 5);
        assert_eq!(files, index(&site, &texts));
    }

    /// Whoever changes these bytes changes what `static/search-index.js` reads.
    #[test]
    fn a_browser_finds_the_bytes_that_it_knows() {
        let texts: Texts =
            (0..700).map(|at| (format!("标题{at}"), format!("第{at}名工人。Ａ{at}bc").repeat(9))).collect();
        let mut hasher = blake3::Hasher::new();
        for (path, bytes) in index(&site(&texts), &texts) {
            hasher.update(path.as_bytes()).update(&bytes);
        }
        assert_eq!(hasher.finalize().to_hex()[..16], *"7257e99637ff36ba");
    }

    #[test]
    fn heads_and_what_narrows_a_search_are_lists_of_their_own() {
        let texts: Texts =
            vec![("产改十年".into(), "无".into()), ("无".into(), "产改".into()), ("无".into(), "甲".into())];
        let site = site(&texts);
        let files = index(&site, &texts);
        let reader = Reader { files: &files, shards: site.shards.as_ref().unwrap() };
        let gram = 0x4EA7 << 16 | 0x6539;
        let named =
            |ids: Vec<usize>| ids.into_iter().map(|id| site.catalog.entries[id].stem().to_owned()).collect::<Vec<_>>();
        assert_eq!(named(reader.heads(&[gram], false)), ["a000000"]);
        assert_eq!(named(reader.heads(&[gram], true)), ["a000000"], "its kicker is 引题产改");
        assert_eq!(reader.suggested(&[grams::theme(0)]).len(), 3);
        // papers stand by name: 乙报 before 甲报
        assert_eq!(named(reader.suggested(&[grams::paper(0)])), ["a000001"]);
    }

    #[test]
    fn a_second_volume_counts_from_its_own_beginning() {
        let last = VOLUME + 6;
        let texts: Texts = (0..=last).map(|at| (format!("第{at}号"), String::new())).collect();
        let site = site(&texts);
        let files = index(&site, &texts);
        let shards = site.shards.as_ref().unwrap();
        assert_eq!(shards.volumes.len(), 2);
        let found = Reader { files: &files, shards }.find(&format!("第{last}号"));
        assert_eq!(found.len(), 1);
        assert!(found[0] >= VOLUME, "乙报 comes before 甲报, and within it the last file last");
    }

    #[test]
    fn a_text_that_cannot_be_read_is_left_out_and_a_sink_that_refuses_stops_the_work() {
        let texts: Texts = vec![("产改".into(), "甲乙".into())];
        let site = site(&texts);
        let gone = |_: &str| Err(Error::failure(Diagnostic::new(Code::Unreadable, "the file has gone")));
        assert!(write(&site, &gone, &|_, _| Ok(())).is_ok());
        let full = |_: &str, _: Vec<u8>| Err(Error::failure(Diagnostic::new(Code::Disk, "the disk is full")));
        assert!(write(&site, &|_| Ok(String::new()), &full).is_err());
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
            let reader = Reader { files: &files, shards: site.shards.as_ref().unwrap() };
            let held: String = texts[at.index(texts.len())].1.chars().skip(from).take(length).collect();
            for typed in [typed, held].iter().filter(|typed| typed.chars().count() > 1) {
                prop_assert_eq!(reader.find(typed), scan(&site, &texts, typed), "{}", typed);
            }
        }
    }
}
