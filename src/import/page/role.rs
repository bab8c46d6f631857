//! The roles of a newspaper page's lines.

use crate::template;
use serde::{Deserialize, Serialize};

/// The role of a line on its page. The order is that of the labelling model and of ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 版面杂项: masthead, editors, QR codes; belongs to no article
    Furniture,
    /// 转版: a note that the text continues on, or from, another page
    Jump,
    /// 栏目: the label of a column or of a box
    Column,
    /// 引题: the line above the headline
    Kicker,
    /// 主题: the headline
    Title,
    /// 副题: the line below the headline
    Subtitle,
    /// 署名: the people who wrote the article
    Byline,
    /// 正文: a line of the article's text
    Body,
    /// 小标题: a heading inside an article
    Subhead,
    /// 图片说明: the text of a picture
    Caption,
    /// 摄影署名: the people who took or drew a picture
    Credit,
}

impl Role {
    /// Every role, in order.
    pub const ALL: [Self; 11] = [
        Self::Furniture,
        Self::Jump,
        Self::Column,
        Self::Kicker,
        Self::Title,
        Self::Subtitle,
        Self::Byline,
        Self::Body,
        Self::Subhead,
        Self::Caption,
        Self::Credit,
    ];

    /// Its name in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Furniture => template!("furniture"),
            Self::Jump => template!("jump"),
            Self::Column => template!("column"),
            Self::Kicker => template!("kicker"),
            Self::Title => template!("title"),
            Self::Subtitle => template!("subtitle"),
            Self::Byline => template!("byline"),
            Self::Body => template!("body"),
            Self::Subhead => template!("subhead"),
            Self::Caption => template!("caption"),
            Self::Credit => template!("credit"),
        }
    }

    /// Whether such a line is part of an article's head: of the lines above its text.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Column | Self::Kicker | Self::Title | Self::Subtitle | Self::Byline)
    }
}
