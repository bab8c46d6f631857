//! The legend beside a page: its articles with their headlines, and what the signs mean.

use crate::import::dry_run::letters;
use crate::import::page_import::PageImport;
use crate::import::picture::svg::{GREY, colour, escaped};
use crate::text::excerpt::prefix;
use std::fmt::Write;

/// How wide the legend is.
pub(super) const WIDTH: i32 = 2800;
/// From one row to the next.
const PITCH: i32 = 210;
/// Characters of a headline that are shown.
const HEADLINE: usize = 18;

/// What the signs mean, below the articles.
const SIGNS: [&str; 4] = [
    "12 A title: line 12, in article A, its role",
    "arrows: the order of reading",
    "dashed, with ?: a doubtful line",
    "grey: in no article",
];

/// The height of the legend.
pub(super) fn height(import: &PageImport) -> i32 {
    PITCH * (import.articles.len() + SIGNS.len() + 4) as i32
}

/// The legend, with its top left corner at a place.
pub(super) fn legend(import: &PageImport, [x, y]: [i32; 2]) -> String {
    let mut out = String::from("<g class=\"legend\">");
    let mut at = y + PITCH;
    let mut row = |text: &str, class: &str, fill: &str| {
        let _ = writeln!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{at}\" fill=\"{fill}\">{}</text>", escaped(text));
        at += PITCH;
    };
    row(import.file(), "name", "#000");
    row(&day_and_page(import), "", "#000");
    for (index, article) in import.articles.iter().enumerate() {
        let title = &article.front.title;
        let shown = prefix(title, HEADLINE);
        let cut = if shown.len() < title.len() { "…" } else { "" };
        row(&format!("{} {shown}{cut}", letters(index)), "", colour(Some(index)));
    }
    row("", "", GREY);
    SIGNS.iter().for_each(|sign| row(sign, "", GREY));
    out + "</g>\n"
}

/// The paper, the day and the number of the page, as far as they are known.
fn day_and_page(import: &PageImport) -> String {
    let masthead = &import.masthead;
    let day = masthead.date.map(|date| date.to_string());
    let page = masthead.page.map(|page| format!("page {page}"));
    [masthead.paper.clone(), day, page].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
