//! An article as plain data: what its file holds. README.md documents the format for editors.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An article with its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// the file, below the site's root, with `/`: `content/articles/2025/02-25/p1-03.md`
    pub file: String,
    /// the keys between the `+++` lines
    pub front: FrontMatter,
    /// 署名: the key `byline`, with what the page prints beside the names of the authors. No field of the front matter, since
    /// that of every article is in memory
    pub byline: Option<String>,
    /// CommonMark
    pub body: String,
}

/// The part of an article's file that is not in memory: it is read again when a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileText {
    pub(crate) byline: Option<String>,
    /// CommonMark; of a source page, its text
    pub(crate) body: String,
    /// of a source page: where its lines stand, if its file tells
    pub(crate) places: Option<Box<LinePlaces>>,
}

/// The places of a source page's lines, in tenths of a point from the top left corner of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinePlaces {
    /// width and height of the sheet, both above 0
    pub(crate) sheet: [i32; 2],
    /// number of a line, from 1 → its rectangles `[x0, y0, x1, y1]`, in reading order
    pub(crate) rects: BTreeMap<usize, Vec<[i32; 4]>>,
}

impl From<String> for FileText {
    fn from(body: String) -> Self {
        Self { byline: None, body, places: None }
    }
}

/// The front matter of an article. Texts are as printed, without markup.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// 主题
    pub title: String,
    /// the page prints no headline; this one was made from the text
    pub title_inferred: bool,
    /// 引题
    pub kicker: Option<String>,
    /// 副题
    pub subtitle: Option<String>,
    /// 栏目
    pub column: Option<String>,
    /// people only, in the order of the byline; agencies and papers are none
    pub authors: Vec<String>,
    /// absent where it is unknown
    pub date: Option<Date>,
    /// the paper's name
    pub paper: Option<String>,
    /// 第22076期
    pub issue: Option<u32>,
    /// 版
    pub page: Option<u32>,
    /// ids of themes, best first, as import classified the article
    pub themes: Vec<String>,
    /// news where it is absent
    pub kind: ArticleKind,
    /// shown with `--drafts` only
    pub draft: bool,
    /// boxed, since few articles have any and the front matter of all is in memory
    pub rare: Option<Box<RareFields>>,
    /// the lines of the source page that it was made from
    pub source: Option<Box<PageLines>>,
}

/// Parts of an article that the paper printed and no source page has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gaps {
    /// the note that leads to a part before the text, as printed without its brackets: `上接第1版`
    pub(crate) missing_before: Option<String>,
    /// the note that leads to a part behind the text: `下转第3版`
    pub(crate) missing_after: Option<String>,
    /// the text stops inside a sentence, and no note says where it goes on
    pub(crate) breaks_off: bool,
}

/// Keys that few articles have. All but `gaps` only an editor writes; import never does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RareFields {
    /// replaces `themes` where it is present
    pub(crate) themes_override: Option<Vec<String>>,
    /// the last part of the address, where it is not the file's name: ASCII letters, digits, `-` and `_`
    pub(crate) slug: Option<String>,
    /// former addresses, below the site's root: `/2019/03/old/`
    pub(crate) aliases: Vec<String>,
    /// what was corrected of the article since it was published, for its readers
    pub(crate) correction: Option<String>,
    /// the day on which its content last changed, where that is not the day on which it was printed
    pub(crate) updated: Option<Date>,
    /// what the paper printed of the article and the site does not have
    pub(crate) gaps: Gaps,
}

impl RareFields {
    /// None where no key is set.
    pub(crate) fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

impl FrontMatter {
    /// The themes of the article: the editor's where there are any.
    pub(crate) fn filed_under(&self) -> &[String] {
        self.themes_override().unwrap_or(&self.themes)
    }

    /// The editor's themes.
    pub(crate) fn themes_override(&self) -> Option<&[String]> {
        self.rare.as_ref()?.themes_override.as_deref()
    }

    pub(crate) fn slug(&self) -> Option<&str> {
        self.rare.as_ref()?.slug.as_deref()
    }

    pub(crate) fn correction(&self) -> Option<&str> {
        self.rare.as_ref()?.correction.as_deref()
    }

    /// Whether an editor says that its content changed since it was printed.
    pub(crate) fn is_changed(&self) -> bool {
        self.rare.as_ref().is_some_and(|fields| fields.updated.is_some())
    }

    /// The day on which its content last changed, as far as is known.
    pub(crate) fn changed(&self) -> Option<Date> {
        self.rare.as_ref().and_then(|fields| fields.updated).or(self.date)
    }

    /// What is missing of the article; none where nothing is known to be.
    pub(crate) fn gaps(&self) -> Option<&Gaps> {
        self.rare.as_ref().map(|fields| &fields.gaps).filter(|gaps| **gaps != Gaps::default())
    }

    pub(crate) fn set_gaps(&mut self, gaps: Gaps) {
        let fields = self.rare.take().map_or_else(RareFields::default, |fields| *fields);
        self.rare = RareFields { gaps, ..fields }.boxed();
    }

    pub(crate) fn aliases(&self) -> &[String] {
        self.rare.as_ref().map_or(&[], |fields| &fields.aliases)
    }
}

/// The kind of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleKind {
    /// 消息、通讯
    #[default]
    News,
    /// a picture with its text
    Photo,
    /// 评论
    Commentary,
    /// 理论
    Theory,
    /// 简讯
    Brief,
}

/// The lines of a source page that an article was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLines {
    /// the page's file name
    pub page: String,
    /// line numbers from 1, in ranges: `51-73` or `13-35,40`
    pub lines: String,
    /// its continuations on other pages of the issue, in reading order
    #[serde(default)]
    pub more: Vec<ContinuedLines>,
}

/// A continuation of an article on another page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContinuedLines {
    pub(crate) page: String,
    pub(crate) lines: String,
}
