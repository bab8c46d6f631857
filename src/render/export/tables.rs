//! Chosen articles as rows of five tables: articles, paragraphs, key figures, places and people. Every row names its article by `file`, which stays
//! the same as long as the article has its file; nulls are left out.
//!
//! The table of articles has all that an article's file has, the whole text included: it is a form of `content/articles/`, from which a site can be made
//! (`pipeline/tables/`), and no part of the site.

use crate::catalog::entry::{Entry, EntryId};
use crate::content::article::Article;
use crate::content::emit::ArticleKeys;
use crate::content::plain_text::{Paragraph, ParagraphRole, paragraphs};
use crate::extract::gazetteer::{PlaceId, place};
use crate::render::views::cards::Cards;
use crate::site::page::Page;
use serde::Serialize;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    Text,
    Texts,
    Number,
    Truth,
    Day,
    /// the key `source` of an article's file
    Source,
}

/// A table: its name, and the names and types of its columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TableSchema {
    pub(crate) name: &'static str,
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "JSON names them itself"))]
    pub(crate) columns: &'static [(&'static str, ColumnType)],
}

use ColumnType::{Day, Number, Source, Text, Texts, Truth};

/// The tables in the order of [`ArticleRows`].
pub(crate) const TABLES: [TableSchema; 5] = [
    TableSchema {
        name: "articles",
        columns: &[
            ("file", Text),
            ("url", Text),
            ("title", Text),
            ("title_inferred", Truth),
            ("kicker", Text),
            ("subtitle", Text),
            ("column", Text),
            ("authors", Texts),
            ("byline", Text),
            ("date", Day),
            ("paper", Text),
            ("issue", Number),
            ("page", Number),
            ("themes", Texts),
            ("themes_override", Texts),
            ("kind", Text),
            ("draft", Truth),
            ("slug", Text),
            ("aliases", Texts),
            ("correction", Text),
            ("updated", Day),
            ("missing_before", Text),
            ("missing_after", Text),
            ("breaks_off", Truth),
            ("source", Source),
            ("characters", Number),
            ("body", Text),
        ],
    },
    TableSchema {
        name: "paragraphs",
        columns: &[("file", Text), ("position", Number), ("number", Number), ("role", Text), ("text", Text)],
    },
    TableSchema {
        name: "figures",
        columns: &[("file", Text), ("position", Number), ("paragraph", Number), ("figure", Text), ("sentence", Text)],
    },
    TableSchema {
        name: "places",
        columns: &[("file", Text), ("position", Number), ("code", Number), ("name", Text), ("province", Text)],
    },
    TableSchema { name: "people", columns: &[("file", Text), ("position", Number), ("name", Text)] },
];

/// A row of the table of articles.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleRow<'a> {
    file: &'a str,
    url: String,
    #[serde(flatten)]
    keys: ArticleKeys<'a>,
    /// 汉字, and words of other scripts
    characters: usize,
    body: &'a str,
}

/// A paragraph, a heading, a caption or a row of a table.
#[derive(Debug, Serialize)]
pub(crate) struct ParagraphRow<'a> {
    file: &'a str,
    position: usize,
    /// that of the paragraph's address on the page; 0 for what is no paragraph
    number: usize,
    role: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct FigureRow<'a> {
    file: &'a str,
    position: usize,
    paragraph: u16,
    figure: &'a str,
    sentence: &'a str,
}

#[derive(Debug, Serialize)]
pub(crate) struct PlaceRow<'a> {
    file: &'a str,
    position: usize,
    /// GB/T 2260, four digits
    code: u16,
    name: String,
    province: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct PersonRow<'a> {
    file: &'a str,
    position: usize,
    name: &'a str,
}

/// The rows of an article.
#[derive(Debug, Serialize)]
pub(crate) struct ArticleRows<'a> {
    pub(crate) article: ArticleRow<'a>,
    pub(crate) paragraphs: Vec<ParagraphRow<'a>>,
    pub(crate) figures: Vec<FigureRow<'a>>,
    pub(crate) places: Vec<PlaceRow<'a>>,
    pub(crate) people: Vec<PersonRow<'a>>,
}

/// The rows of an article that is on the site. `file` is its file below the folder of articles.
pub(crate) fn rows_of<'a>(cards: Cards<'a>, id: EntryId, file: &'a str, article: &'a Article) -> ArticleRows<'a> {
    let entry = &cards.site.catalog.entries[id];
    let count = cards.summary(id).word_count;
    ArticleRows {
        article: ArticleRow {
            file,
            url: cards.site.address(Page::Article(id)).url(&cards.site.config.base_url),
            keys: ArticleKeys(article),
            characters: count.han + count.words,
            body: &article.body,
        },
        paragraphs: paragraph_rows(file, &article.body),
        figures: figure_rows(file, entry),
        places: place_rows(file, entry),
        people: (1..).zip(&article.front.authors).map(|(position, name)| PersonRow { file, position, name }).collect(),
    }
}

fn paragraph_rows<'a>(file: &'a str, body: &str) -> Vec<ParagraphRow<'a>> {
    let row = |(position, paragraph): (usize, Paragraph)| ParagraphRow {
        file,
        position,
        number: paragraph.number,
        role: match paragraph.role {
            ParagraphRole::Heading => "heading",
            ParagraphRole::Text => "text",
            ParagraphRole::Aside => "aside",
        },
        text: paragraph.text,
    };
    (1..).zip(paragraphs(body)).map(row).collect()
}

fn figure_rows<'a>(file: &'a str, entry: &'a Entry) -> Vec<FigureRow<'a>> {
    let rows = (1..).zip(&entry.figures).map(|(position, figure)| {
        let (_, number, _) = figure.parts();
        FigureRow { file, position, paragraph: figure.paragraph, figure: number, sentence: &figure.text }
    });
    rows.collect()
}

fn place_rows<'a>(file: &'a str, entry: &Entry) -> Vec<PlaceRow<'a>> {
    let name = |id| place(id).map(|place| format!("{}{}", place.short, place.rest)).unwrap_or_default();
    let row = |(position, id): (usize, &PlaceId)| PlaceRow {
        file,
        position,
        code: id.0,
        name: name(*id),
        province: name(id.province()),
    };
    (1..).zip(&entry.places).map(row).collect()
}
