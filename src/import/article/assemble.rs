//! Assembles the drafts of a page's articles from their lines.
//!
//! 1. parse the headline block; bylines in it give authors and the printed byline instead
//! 2. join the body lines to paragraphs, and set punctuation in full width
//! 3. decide on the kind; briefs take the label of their column
//! 4. write the front matter, with an inferred title where none is printed, and the body as Markdown

use crate::content::article::{ArticleKind, FrontMatter, Gaps};
use crate::import::article::article_line::{ArticleLine, lines_by_article};
use crate::import::article::authors::{find_authors, is_byline};
use crate::import::article::body::{Block, body_blocks, breaks_off, paragraphs, plain_text, to_markdown};
use crate::import::article::byline::{printed_byline, says_more};
use crate::import::article::headline::{Headline, infer_title, parse_headline};
use crate::import::article::kind::classify_kind;
use crate::import::article::punctuation::to_full_width;
use crate::import::lexicon::furniture::is_brief_label;
use crate::import::lexicon::people::parse_dateline;
use crate::import::page::lines::Page;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use crate::text::han::is_han;

/// An article as it was found on a page, without the page's metadata and without themes.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// title, kicker, subtitle, column, authors, kind; the other fields come from the page's masthead
    pub front: FrontMatter,
    /// as printed, where it says more than the names of the authors
    pub byline: Option<String>,
    /// Markdown
    pub body: String,
    /// the text alone, as printed, a line for each paragraph: the input of the theme classifier
    pub text: String,
    /// numbers of the page's lines it was made from, ascending
    pub lines: Vec<usize>,
    /// month and day, where a dateline gives them
    pub day: Option<(i8, i8)>,
}

/// The drafts of a page, in the order of its articles. `as_printed` keeps half-width punctuation.
pub(crate) fn drafts(page: &Page, partition: &Partition, as_printed: bool) -> Vec<Draft> {
    let articles = lines_by_article(page, partition);
    let labels = brief_labels(page, &articles);
    articles.iter().zip(labels).map(|(lines, label)| draft(lines, label, as_printed)).collect()
}

/// The draft of one article of a page, as among those of all.
pub(crate) fn draft_of(page: &Page, partition: &Partition, article: usize, as_printed: bool) -> Option<Draft> {
    let articles = lines_by_article(page, partition);
    let label = brief_labels(page, &articles).get(article).copied()?;
    Some(draft(&articles[article], label, as_printed))
}

/// The blocks of each article's body with their text as it stands in the article's file; `lines` are indexes among the page's.
pub(crate) fn body_blocks_of(page: &Page, partition: &Partition, as_printed: bool) -> Vec<Vec<Block>> {
    lines_by_article(page, partition).iter().map(|lines| blocks_of(lines, as_printed)).collect()
}

fn blocks_of(lines: &[ArticleLine<'_>], as_printed: bool) -> Vec<Block> {
    let mut blocks = body_blocks(lines);
    if !as_printed {
        blocks.iter_mut().for_each(|block| block.text = to_full_width(&block.text).into_owned());
    }
    blocks
}

/// For each article the label of the column of briefs that it belongs to: it has one body line, and between it and the label
/// there are only briefs.
fn brief_labels<'p>(page: &'p Page, articles: &[Vec<ArticleLine<'_>>]) -> Vec<Option<&'p str>> {
    let labels: Vec<usize> = (0..page.lines.len()).filter(|&index| is_brief_label(&page.lines[index].text)).collect();
    // the label whose column an article that is no brief has ended
    let mut ended = None;
    let label_of = |lines: &Vec<ArticleLine<'_>>| {
        let first = lines.first().map_or(0, |line| line.index);
        let label = labels[..labels.partition_point(|&label| label < first)].last();
        let is_short = lines.iter().filter(|line| line.role() == Role::Body).count() == 1;
        if !is_short || label.is_none() || ended == label {
            ended = label;
            return None;
        }
        label.map(|&index| page.lines[index].text.trim_matches(|c: char| !is_han(c)))
    };
    articles.iter().map(label_of).collect()
}

fn draft(lines: &[ArticleLine<'_>], brief_label: Option<&str>, as_printed: bool) -> Draft {
    // a byline that names nobody is something else: a title that is too long is better than a lost line
    let is_headline = |line: &&ArticleLine<'_>| line.role().is_head() && !is_byline(line);
    let mut headline = parse_headline(lines.iter().filter(is_headline).copied());
    let blocks = blocks_of(lines, as_printed);
    let mut byline = printed_byline(lines);
    if !as_printed {
        let Headline { title, kicker, subtitle, column } = &mut headline;
        for text in [title, kicker, subtitle, column, &mut byline].into_iter().flatten() {
            *text = to_full_width(text).into_owned();
        }
    }
    let text = plain_text(&blocks);
    let Headline { title, kicker, subtitle, column } = headline;
    let kind = classify_kind(lines, column.as_deref(), brief_label.is_some(), &text);
    let mut front = FrontMatter {
        title_inferred: title.is_none(),
        title: title.unwrap_or_else(|| infer_title(&text, lines)),
        kicker,
        subtitle,
        column: column.or_else(|| brief_label.filter(|_| kind == ArticleKind::Brief).map(str::to_owned)),
        authors: find_authors(lines, &paragraphs(&blocks), kind),
        kind,
        ..FrontMatter::default()
    };
    front.set_gaps(Gaps { breaks_off: breaks_off(&blocks), ..Gaps::default() });
    Draft {
        byline: byline.filter(|byline| says_more(byline, &front.authors)),
        front,
        body: to_markdown(&blocks),
        text,
        lines: lines.iter().map(|line| line.line.number).collect(),
        day: lines.iter().find_map(|line| parse_dateline(line.text())?.day),
    }
}
