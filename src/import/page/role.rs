//! The roles that a line can have on its page.

use serde::Serialize;

/// What a line is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Role {
    Furniture,
    Jump,
    /// 栏目
    Column,
    /// 引题
    Kicker,
    /// 主题
    Title,
    /// 副题
    Subtitle,
    /// 署名
    Byline,
    Body,
    /// 小标题
    Subhead,
    /// 图片说明
    Caption,
    /// 摄影署名
    Credit,
}

impl Role {
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

    /// The word for it in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Furniture => "furniture",
            Self::Jump => "jump",
            Self::Column => "column",
            Self::Kicker => "kicker",
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Byline => "byline",
            Self::Body => "body",
            Self::Subhead => "subhead",
            Self::Caption => "caption",
            Self::Credit => "credit",
        }
    }

    /// The role, or that of a headline in the place of a byline's.
    pub(crate) fn unless_byline(self) -> Self {
        if self == Self::Byline { Self::Title } else { self }
    }

    /// Stands in the head of an article.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Column | Self::Kicker | Self::Title | Self::Subtitle | Self::Byline)
    }
}
