//! Pages composed at random of known articles, which are those of the sample with gold.
//!
//! One after the other, with sentences cut at a column's end, each article comes out as it went in. Interleaved line by line,
//! separation is a matter of degree, but no line is lost and none is repeated.

use crate::common::files::crate_path;
use crate::common::random::proptest_config;
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::page_import::{PageImport, UnnamedArticle, import_page, name_articles};
use wenzhai::import::page_metadata::PageMetadata;

/// An article whose text is known.
#[derive(Debug, Clone)]
struct KnownArticle {
    title: String,
    authors: Vec<String>,
    /// subheads are left out: what is tested is which text is found together
    paragraphs: Vec<String>,
}

#[derive(Deserialize)]
struct Gold {
    page: String,
    articles: Vec<GoldArticle>,
}

#[derive(Deserialize)]
struct GoldArticle {
    title: Vec<String>,
    authors: Vec<String>,
    kind: String,
    body: Vec<usize>,
    subheads: Vec<usize>,
    captions: Vec<usize>,
    joins: Vec<(usize, usize)>,
}

/// The news of the sample that has a headline, authors and more than one paragraph.
fn known_articles() -> Vec<KnownArticle> {
    let mut files: Vec<_> =
        fs::read_dir(crate_path("tests/gold")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut known = Vec::new();
    for file in files {
        let gold: Gold = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let page = fs::read_to_string(crate_path("content/pages").join(&gold.page)).unwrap();
        let lines: Vec<&str> = page.lines().collect();
        known.extend(gold.articles.iter().filter_map(|article| article.known(&lines)));
    }
    known
}

impl GoldArticle {
    fn known(&self, lines: &[&str]) -> Option<KnownArticle> {
        let title = self.title.first()?.clone();
        let mut paragraphs: Vec<String> = Vec::new();
        let mut last = 0;
        for &at in self.body.iter().filter(|at| !self.subheads.contains(at)) {
            let text = lines[at - 1].trim().trim_start_matches('#').trim();
            match paragraphs.last_mut() {
                Some(before) if self.joins.contains(&(last, at)) => before.push_str(text),
                _ => paragraphs.push(text.to_owned()),
            }
            last = at;
        }
        // the byline names the authors here, so no dateline; no pictures and no jumps
        let plain = |text: &String| text.ends_with(['。', '”']) && !text.contains(['（', '(', '#', '*', '!', '●', '▲']);
        let usable = self.kind == "news" && self.captions.is_empty() && !self.authors.is_empty();
        let fits =
            usable && paragraphs.len() > 1 && paragraphs.iter().all(|text| plain(text) && text.chars().count() > 40);
        fits.then(|| KnownArticle { title, authors: self.authors.clone(), paragraphs })
    }
}

/// The letters and digits of a text, in full and half width alike.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn imported(page: &str) -> PageImport {
    import_page(&Source::new("p.txt", page), &PageMetadata::default(), |_| Vec::new())
}

/// The least number of characters on either side of a cut: fewer could as well be a subhead.
const LEAST_BESIDE_CUT: usize = 32;

/// A paragraph as a column's end cuts it: at `at` (a share of its length), away from punctuation and from its ends.
fn cut_paragraph(text: &str, at: f64) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let earliest = LEAST_BESIDE_CUT + ((chars.len().saturating_sub(2 * LEAST_BESIDE_CUT)) as f64 * at) as usize;
    let is_inside = |at: usize| chars[at - 1].is_alphabetic() && chars[at].is_alphabetic();
    match (earliest..chars.len().saturating_sub(LEAST_BESIDE_CUT)).find(|&at| is_inside(at)) {
        Some(at) => vec![chars[..at].iter().collect(), chars[at..].iter().collect()],
        None => vec![text.to_owned()],
    }
}

/// The printed lines of an article: headline, byline and paragraphs, one of them cut.
fn printed_lines(article: &KnownArticle, paragraph: usize, at: f64) -> Vec<String> {
    let mut lines = vec![article.title.clone(), format!("本报记者 {}", article.authors.join(" "))];
    for (number, text) in article.paragraphs.iter().enumerate() {
        lines.extend(if number == paragraph % article.paragraphs.len() {
            cut_paragraph(text, at)
        } else {
            vec![text.clone()]
        });
    }
    lines
}

/// Some known articles; each with the paragraph that is cut, where, and the number of blank lines before the article.
fn random_articles() -> impl Strategy<Value = Vec<(KnownArticle, usize, f64, usize)>> {
    let known = known_articles();
    assert!(known.len() > 8, "the sample has {} articles to compose pages of", known.len());
    let count = known.len();
    let order = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
    let cuts = prop::collection::vec((0..9usize, 0.0..1.0f64, 1..4usize), 2..6);
    (order, cuts).prop_map(move |(order, cuts)| {
        let chosen = order.into_iter().zip(cuts);
        chosen.map(|(article, (paragraph, at, gap))| (known[article].clone(), paragraph, at, gap)).collect()
    })
}

proptest! {
    // a page takes a while in a debug build: few cases, and little shrinking
    #![proptest_config(ProptestConfig { max_shrink_iters: 12, ..proptest_config(12) })]

    #[test]
    fn articles_one_after_the_other_come_out_as_they_went_in(articles in random_articles()) {
        let page: String = articles
            .iter()
            .map(|(article, paragraph, at, gap)| format!("{}{}\n", "\n".repeat(*gap), printed_lines(article, *paragraph, *at).join("\n\n")))
            .collect();
        let found = imported(&page).articles;
        prop_assert_eq!(found.len(), articles.len(), "{}", page);
        for (UnnamedArticle { front, body, .. }, (article, ..)) in found.iter().zip(&articles) {
            prop_assert_eq!(&front.title, &article.title);
            prop_assert_eq!(&front.authors, &article.authors);
            prop_assert_eq!(letters(body), letters(&article.paragraphs.concat()), "{}", page);
            prop_assert_eq!(body.trim().split("\n\n").count(), article.paragraphs.len(), "a sentence stayed cut: {}", body);
        }
    }

    #[test]
    fn of_interleaved_articles_no_line_is_lost_or_repeated(articles in random_articles(), order in prop::collection::vec(0..5usize, 40)) {
        let mut remaining: Vec<Vec<String>> = articles.iter().map(|(article, paragraph, at, _)| printed_lines(article, *paragraph, *at)).collect();
        remaining.iter_mut().for_each(|lines| lines.reverse());
        let mut interleaved = Vec::new();
        for turn in order.iter().cycle() {
            let article = turn % remaining.len();
            interleaved.extend(remaining[article].pop());
            if remaining.iter().all(Vec::is_empty) {
                break;
            }
        }
        assert_complete(&interleaved)?;
    }

    #[test]
    fn halves_of_a_page_lose_no_line(articles in random_articles(), at in 0.0..1.0f64) {
        let lines: Vec<String> =
            articles.iter().flat_map(|(article, paragraph, at, _)| printed_lines(article, *paragraph, *at)).collect();
        let middle = (lines.len() as f64 * at) as usize;
        assert_complete(&lines[..middle])?;
        assert_complete(&lines[middle..])?;
    }

    #[test]
    fn white_space_in_blank_lines_does_not_matter(
        articles in random_articles(),
        blanks in prop::collection::vec(prop::sample::select(vec!["", " ", "\t", "\u{3000}\u{3000}", "\r"]), 200),
    ) {
        let lines: Vec<String> =
            articles.iter().flat_map(|(article, paragraph, at, _)| printed_lines(article, *paragraph, *at)).collect();
        let page = |blank: &dyn Fn(usize) -> &'static str| -> String {
            lines.iter().enumerate().map(|(at, line)| format!("{line}\n{}\n{}\n", blank(2 * at), blank(2 * at + 1))).collect()
        };
        let (plain, mixed) = (imported(&page(&|_| "")), imported(&page(&|at| blanks[at % blanks.len()])));
        prop_assert_eq!(plain.partition, mixed.partition);
        prop_assert_eq!(plain.articles, mixed.articles);
    }
}

/// Imports lines as a page; each has to be in the ledger once, and its text in an article.
fn assert_complete(lines: &[String]) -> Result<(), TestCaseError> {
    let import = imported(&lines.join("\n\n"));
    let (made, entries) = name_articles(&import, "p", str::to_owned);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    entries.iter().for_each(|entry| *counts.entry(entry.line).or_default() += 1);
    prop_assert_eq!(counts.len(), lines.len());
    prop_assert!(counts.values().all(|&times| times == 1));
    let text: String = made.iter().map(|article| letters(&format!("{:?}{}", article.front, article.body))).collect();
    // of a byline, only the names have to be in an article
    let printed = lines.iter().flat_map(|line| match line.strip_prefix("本报记者 ") {
        Some(authors) => authors.split(' ').map(letters).collect(),
        None => vec![letters(line)],
    });
    for line in printed {
        prop_assert!(text.contains(&line), "lost: {}\n{:#?}", line, entries);
    }
    let size = |text: &str| text.chars().count();
    let bodies: usize = made.iter().map(|article| size(&letters(&article.body))).sum();
    prop_assert!(bodies <= lines.iter().map(|line| size(&letters(line))).sum::<usize>(), "text was repeated");
    Ok(())
}
