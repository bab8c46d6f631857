//! Pages woven at random from known articles.
//!
//! The articles are those of the sample, as its gold tells them. Set one after the other, with sentences cut at a column's
//! end, each comes out as it went in; woven into one another, what stands together is a matter of degree, but no line is
//! lost and none is doubled.

use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::page_import::{PageImport, PageMetadata, import_page, name_articles};

/// An article whose text is known.
#[derive(Debug, Clone)]
struct Known {
    title: String,
    people: Vec<String>,
    /// subheads are left out: what is tested is which text stands together
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

/// The news of the sample that has a headline, people and more than one paragraph.
fn known() -> Vec<Known> {
    let mut files: Vec<_> =
        fs::read_dir(crate::common::crate_path("tests/gold")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut known = Vec::new();
    for file in files {
        let gold: Gold = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let page = fs::read_to_string(crate::common::crate_path("content/pages").join(&gold.page)).unwrap();
        let lines: Vec<&str> = page.lines().collect();
        known.extend(gold.articles.iter().filter_map(|article| article.known(&lines)));
    }
    known
}

impl GoldArticle {
    fn known(&self, lines: &[&str]) -> Option<Known> {
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
        // what the dateline says, the byline says here; pictures and jumps are not of this story
        let plain = |text: &String| text.ends_with(['。', '”']) && !text.contains(['（', '(', '#', '*', '!', '●', '▲']);
        let usable = self.kind == "news" && self.captions.is_empty() && !self.authors.is_empty();
        let fits =
            usable && paragraphs.len() > 1 && paragraphs.iter().all(|text| plain(text) && text.chars().count() > 40);
        fits.then(|| Known { title, people: self.authors.clone(), paragraphs })
    }
}

/// The letters and digits of a text, in full and half width alike.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn imported(page: &str) -> PageImport {
    import_page(&Source::new("p.txt", page), &PageMetadata::default(), |_| Vec::new())
}

/// Characters on either side of a cut: fewer could as well be a subhead, for all that a page tells.
const BESIDE: usize = 32;

/// A paragraph as a column's end leaves it: cut at `at` (a share of its length), away from marks and from its ends.
fn cut(text: &str, at: f64) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let place = BESIDE + ((chars.len().saturating_sub(2 * BESIDE)) as f64 * at) as usize;
    let is_inside = |at: usize| chars[at - 1].is_alphabetic() && chars[at].is_alphabetic();
    match (place..chars.len().saturating_sub(BESIDE)).find(|&at| is_inside(at)) {
        Some(at) => vec![chars[..at].iter().collect(), chars[at..].iter().collect()],
        None => vec![text.to_owned()],
    }
}

/// A head and the paragraphs, one of them cut.
fn set(article: &Known, paragraph: usize, at: f64) -> Vec<String> {
    let mut lines = vec![article.title.clone(), format!("本报记者 {}", article.people.join(" "))];
    for (number, text) in article.paragraphs.iter().enumerate() {
        lines.extend(if number == paragraph % article.paragraphs.len() { cut(text, at) } else { vec![text.clone()] });
    }
    lines
}

/// Some articles of the sample, each with a place where it is cut and the empty lines before it.
fn some() -> impl Strategy<Value = Vec<(Known, usize, f64, usize)>> {
    let known = known();
    assert!(known.len() > 8, "the sample has {} articles to weave with", known.len());
    let count = known.len();
    let order = Just((0..count).collect::<Vec<_>>()).prop_shuffle();
    let places = prop::collection::vec((0..9usize, 0.0..1.0f64, 1..4usize), 2..6);
    (order, places).prop_map(move |(order, places)| {
        let chosen = order.into_iter().zip(places);
        chosen.map(|(article, (paragraph, at, gap))| (known[article].clone(), paragraph, at, gap)).collect()
    })
}

proptest! {
    // a page takes a while in a debug build: few cases, and little shrinking
    #![proptest_config(ProptestConfig { max_shrink_iters: 12, ..crate::common::proptest_config(12) })]

    #[test]
    fn articles_one_after_the_other_come_out_as_they_went_in(articles in some()) {
        let page: String = articles
            .iter()
            .map(|(article, paragraph, at, gap)| format!("{}{}\n", "\n".repeat(*gap), set(article, *paragraph, *at).join("\n\n")))
            .collect();
        let found = imported(&page).articles;
        prop_assert_eq!(found.len(), articles.len(), "{}", page);
        for ((front, body), (article, ..)) in found.iter().zip(&articles) {
            prop_assert_eq!(&front.title, &article.title);
            prop_assert_eq!(&front.authors, &article.people);
            prop_assert_eq!(letters(body), letters(&article.paragraphs.concat()), "{}", page);
            prop_assert_eq!(body.trim().split("\n\n").count(), article.paragraphs.len(), "a sentence stayed cut: {}", body);
        }
    }

    #[test]
    fn woven_into_one_another_no_line_is_lost_or_doubled(articles in some(), order in prop::collection::vec(0..5usize, 40)) {
        let mut waiting: Vec<Vec<String>> = articles.iter().map(|(article, paragraph, at, _)| set(article, *paragraph, *at)).collect();
        waiting.iter_mut().for_each(|lines| lines.reverse());
        let mut woven = Vec::new();
        for turn in order.iter().cycle() {
            let place = turn % waiting.len();
            woven.extend(waiting[place].pop());
            if waiting.iter().all(Vec::is_empty) {
                break;
            }
        }
        kept(&woven)?;
    }

    #[test]
    fn halves_of_a_page_imported_alone_lose_nothing(articles in some(), at in 0.0..1.0f64) {
        let lines: Vec<String> =
            articles.iter().flat_map(|(article, paragraph, at, _)| set(article, *paragraph, *at)).collect();
        let middle = (lines.len() as f64 * at) as usize;
        kept(&lines[..middle])?;
        kept(&lines[middle..])?;
    }

    #[test]
    fn what_blank_lines_hold_and_in_which_order_does_not_matter(
        articles in some(),
        blanks in prop::collection::vec(prop::sample::select(vec!["", " ", "\t", "\u{3000}\u{3000}", "\r"]), 200),
    ) {
        let lines: Vec<String> =
            articles.iter().flat_map(|(article, paragraph, at, _)| set(article, *paragraph, *at)).collect();
        let page = |blank: &dyn Fn(usize) -> &'static str| -> String {
            lines.iter().enumerate().map(|(at, line)| format!("{line}\n{}\n{}\n", blank(2 * at), blank(2 * at + 1))).collect()
        };
        let (plain, mixed) = (imported(&page(&|_| "")), imported(&page(&|at| blanks[at % blanks.len()])));
        prop_assert_eq!(plain.partition, mixed.partition);
        prop_assert_eq!(plain.articles, mixed.articles);
    }
}

/// Imports lines as a page: every one stands in the ledger once, and what it says in an article.
fn kept(woven: &[String]) -> Result<(), TestCaseError> {
    let import = imported(&woven.join("\n\n"));
    let (made, entries) = name_articles(&import, "p", str::to_owned);
    let mut told: BTreeMap<usize, usize> = BTreeMap::new();
    entries.iter().for_each(|entry| *told.entry(entry.line).or_default() += 1);
    prop_assert_eq!(told.len(), woven.len());
    prop_assert!(told.values().all(|&times| times == 1));
    let text: String = made.iter().map(|article| letters(&format!("{:?}{}", article.front, article.body))).collect();
    // of a byline, the people are kept
    let printed = woven.iter().flat_map(|line| match line.strip_prefix("本报记者 ") {
        Some(people) => people.split(' ').map(letters).collect(),
        None => vec![letters(line)],
    });
    for line in printed {
        prop_assert!(text.contains(&line), "lost: {}\n{:#?}", line, entries);
    }
    let size = |text: &str| text.chars().count();
    let bodies: usize = made.iter().map(|article| size(&letters(&article.body))).sum();
    prop_assert!(bodies <= woven.iter().map(|line| size(&letters(line))).sum::<usize>(), "text was doubled");
    Ok(())
}
