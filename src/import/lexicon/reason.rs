//! Reasons for the role and the article of a line: for the ledger, and for the editor who looks at it.

use crate::diagnostics::message::Message;
use crate::template;
use std::fmt;

/// The reason why a line is what it is, and where it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reason {
    #[default]
    /// found
    Found,
    /// corrected in PAGE.toml
    Corrected,
    /// the page's markup says so
    FromMarkup,
    /// markup, or what only leads elsewhere
    MarkupOnly,
    /// printed twice: the text is kept once
    PrintedTwice,
    /// belongs to no article
    NoArticle,
    /// not part of any article
    NotPart,
    /// the text goes on, or comes from, another page
    Jump,
    /// goes on here, by all that stands on the page
    GoesOnHere,
    /// half a headline, apart from the other
    HalfHeadline,
    /// a headline behind its text
    HeadlineBehind,
    /// the head above the text
    HeadAbove,
    /// goes on where the sentence was cut
    GoesOnCut,
    /// goes on with its article
    GoesOn,
    /// takes up a sentence that was cut
    TakesUp,
    /// comes back to an article that was interrupted
    ComesBack,
    /// the first text below a head
    FirstText,
    /// a text without a head
    NoHead,
    /// a heading inside its article
    Subhead,
    /// a heading that the text begins with
    OpeningSubhead,
    /// a picture between head and text
    PictureBetween,
    /// a picture in the text that it stands in
    PictureInText,
    /// who made the picture below a headline
    PictureMaker,
    /// who took the picture
    Photographer,
    /// a picture without a story
    PictureAlone,
    /// a credit without a picture's text
    CreditAlone,
    /// a byline apart from its headline
    BylineApart,
    /// a column label inside the text of its article
    LabelInText,
    /// part of a head
    Head,
    /// masthead: date, number, publisher
    MastheadLine,
    /// masthead: the paper's name
    PaperName,
    /// furniture: where to find the paper
    Contact,
    /// furniture: over a column of briefs
    BriefsLabel,
    /// furniture: a picture's file
    PictureFile,
    /// furniture: the weather
    Weather,
    /// furniture: a code to scan
    Code,
    /// furniture: who made the page
    Imprint,
}

impl Reason {
    /// The reason in every language.
    pub(crate) fn message(self) -> Message {
        Message::of(self.english())
    }

    fn english(self) -> &'static str {
        match self {
            Self::Found => template!("found"),
            Self::Corrected => template!("corrected in PAGE.toml"),
            Self::FromMarkup => template!("the page's markup says so"),
            Self::MarkupOnly => template!("markup, or what only leads elsewhere"),
            Self::PrintedTwice => template!("printed twice: the text is kept once"),
            Self::NoArticle => template!("belongs to no article"),
            Self::NotPart => template!("not part of any article"),
            Self::Jump => template!("the text goes on, or comes from, another page"),
            Self::GoesOnHere => template!("goes on here, by all that stands on the page"),
            Self::HalfHeadline => template!("half a headline, apart from the other"),
            Self::HeadlineBehind => template!("a headline behind its text"),
            Self::HeadAbove => template!("the head above the text"),
            Self::GoesOnCut => template!("goes on where the sentence was cut"),
            Self::GoesOn => template!("goes on with its article"),
            Self::TakesUp => template!("takes up a sentence that was cut"),
            Self::ComesBack => template!("comes back to an article that was interrupted"),
            Self::FirstText => template!("the first text below a head"),
            Self::NoHead => template!("a text without a head"),
            Self::Subhead => template!("a heading inside its article"),
            Self::OpeningSubhead => template!("a heading that the text begins with"),
            Self::PictureBetween => template!("a picture between head and text"),
            Self::PictureInText => template!("a picture in the text that it stands in"),
            Self::PictureMaker => template!("who made the picture below a headline"),
            Self::Photographer => template!("who took the picture"),
            Self::PictureAlone => template!("a picture without a story"),
            Self::CreditAlone => template!("a credit without a picture's text"),
            Self::BylineApart => template!("a byline apart from its headline"),
            Self::LabelInText => template!("a column label inside the text"),
            Self::Head => template!("part of a head"),
            Self::MastheadLine => template!("masthead: date, number, publisher"),
            Self::PaperName => template!("masthead: the paper's name"),
            Self::Contact => template!("furniture: where to find the paper"),
            Self::BriefsLabel => template!("furniture: over a column of briefs"),
            Self::PictureFile => template!("furniture: a picture's file"),
            Self::Weather => template!("furniture: the weather"),
            Self::Code => template!("furniture: a code to scan"),
            Self::Imprint => template!("furniture: who made the page"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.english())
    }
}
