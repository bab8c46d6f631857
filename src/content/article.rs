//! One article, as plain data: the contract of DESIGN.md, section 2.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An article file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// the file, below the site's root, with `/`: `content/articles/2025/02-25/p1-03.md`
    pub file: String,
    pub front: FrontMatter,
    /// CommonMark
    pub body: String,
}

/// What the front matter says. Text is as printed, without marks of any markup.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FrontMatter {
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
    /// absent where nothing tells it
    pub date: Option<Date>,
    pub paper: Option<String>,
    /// 第22076期
    pub issue: Option<u32>,
    /// 版
    pub page: Option<u32>,
    /// ids of themes, most fitting first, as import filed the article
    pub themes: Vec<String>,
    pub kind: ArticleKind,
    /// shown with `--drafts` only
    pub draft: bool,
    /// boxed, since few articles have it and all are held in memory
    pub by_editor: Option<Box<EditorFields>>,
    pub source: Option<Box<PageLines>>,
}

/// What an editor alone writes; import never does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EditorFields {
    /// a word on the themes: where present, it wins
    pub(crate) themes_override: Option<Vec<String>>,
    /// the last part of the address, where the file's name is not to be it: ASCII letters, digits, `-` and `_`
    pub(crate) slug: Option<String>,
    /// addresses where it once stood, below the site's root: `/2019/03/old/`
    pub(crate) aliases: Vec<String>,
}

impl EditorFields {
    /// Nothing where there is nothing in it.
    pub(crate) fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

impl FrontMatter {
    /// The themes that the article stands under: the editor's where there are any.
    pub(crate) fn filed_under(&self) -> &[String] {
        self.themes_override().unwrap_or(&self.themes)
    }

    /// The editor's themes.
    pub(crate) fn themes_override(&self) -> Option<&[String]> {
        self.by_editor.as_ref()?.themes_override.as_deref()
    }

    pub(crate) fn slug(&self) -> Option<&str> {
        self.by_editor.as_ref()?.slug.as_deref()
    }

    pub(crate) fn aliases(&self) -> &[String] {
        self.by_editor.as_ref().map_or(&[], |own| &own.aliases)
    }
}

/// What sort of piece it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ArticleKind {
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

/// Where on a source page an article stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLines {
    /// the page's file name
    pub page: String,
    /// line numbers from 1, in ranges: `51-73` or `13-35,40`
    pub lines: String,
    /// where it goes on, for an article that jumps to other pages of its issue, in reading order
    #[serde(default)]
    pub more: Vec<ContinuedLines>,
}

/// The rest of an article, on another page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContinuedLines {
    pub(crate) page: String,
    pub(crate) lines: String,
}
