//! Reasons for the role and the article of a line: for the ledger, and for the editor who looks at it.

use crate::text::lang::Lang;
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
    /// The reason in a language.
    #[allow(clippy::too_many_lines, reason = "a table")]
    pub(crate) fn text(self, lang: Lang) -> &'static str {
        let [simplified, traditional, english] = match self {
            Self::Found => ["程序这样认出", "程式這樣認出", "found"],
            Self::Corrected => ["按更正", "按更正", "corrected in PAGE.toml"],
            Self::FromMarkup => ["网页的标记写明", "網頁的標記寫明", "the page's markup says so"],
            Self::MarkupOnly => [
                "网页的标记，或只是通向别处的链接",
                "網頁的標記，或只是通向別處的連結",
                "markup, or what only leads elsewhere",
            ],
            Self::PrintedTwice => {
                ["印了两遍，文章里只留一遍", "印了兩遍，文章裡只留一遍", "printed twice: the text is kept once"]
            }
            Self::NoArticle => ["不属于任何文章", "不屬於任何文章", "belongs to no article"],
            Self::NotPart => ["不是文章的内容", "不是文章的內容", "not part of any article"],
            Self::Jump => [
                "接转到别版，或从别版接来",
                "接轉到別版，或從別版接來",
                "the text goes on, or comes from, another page",
            ],
            Self::GoesOnHere => {
                ["从全版看，下文在这里", "從全版看，下文在這裡", "goes on here, by all that stands on the page"]
            }
            Self::HalfHeadline => {
                ["题目的一半，与另一半分开", "題目的一半，與另一半分開", "half a headline, apart from the other"]
            }
            Self::HeadlineBehind => ["题目排在正文后面", "題目排在正文後面", "a headline behind its text"],
            Self::HeadAbove => ["正文上方的标题", "正文上方的標題", "the head above the text"],
            Self::GoesOnCut => ["接上断开的句子", "接上斷開的句子", "goes on where the sentence was cut"],
            Self::GoesOn => ["接着这篇文章", "接著這篇文章", "goes on with its article"],
            Self::TakesUp => ["续上前面断开的句子", "續上前面斷開的句子", "takes up a sentence that was cut"],
            Self::ComesBack => {
                ["回到被隔断的文章", "回到被隔斷的文章", "comes back to an article that was interrupted"]
            }
            Self::FirstText => ["标题下的第一段", "標題下的第一段", "the first text below a head"],
            Self::NoHead => ["没有标题的文字", "沒有標題的文字", "a text without a head"],
            Self::Subhead => ["文章中间的小标题", "文章中間的小標題", "a heading inside its article"],
            Self::OpeningSubhead => ["正文开头的小标题", "正文開頭的小標題", "a heading that the text begins with"],
            Self::PictureBetween => ["标题和正文之间的图片", "標題和正文之間的圖片", "a picture between head and text"],
            Self::PictureInText => ["所在文章里的图片", "所在文章裡的圖片", "a picture in the text that it stands in"],
            Self::PictureMaker => ["题目下图片的作者", "題目下圖片的作者", "who made the picture below a headline"],
            Self::Photographer => ["图片的作者", "圖片的作者", "who took the picture"],
            Self::PictureAlone => ["没有文章的图片", "沒有文章的圖片", "a picture without a story"],
            Self::CreditAlone => ["没有图说的图片作者", "沒有圖說的圖片作者", "a credit without a picture's text"],
            Self::BylineApart => ["与题目分开的署名", "與題目分開的署名", "a byline apart from its headline"],
            Self::Head => ["标题的一部分", "標題的一部分", "part of a head"],
            Self::MastheadLine => {
                ["报头：日期、期号、出版者", "報頭：日期、期號、出版者", "masthead: date, number, publisher"]
            }
            Self::PaperName => ["报头：报名", "報頭：報名", "masthead: the paper's name"],
            Self::Contact => {
                ["版面杂项：地址、网址、电话", "版面雜項：地址、網址、電話", "furniture: where to find the paper"]
            }
            Self::BriefsLabel => {
                ["版面杂项：一组简讯的栏题", "版面雜項：一組簡訊的欄題", "furniture: over a column of briefs"]
            }
            Self::PictureFile => ["版面杂项：图片文件", "版面雜項：圖片檔案", "furniture: a picture's file"],
            Self::Weather => ["版面杂项：天气", "版面雜項：天氣", "furniture: the weather"],
            Self::Code => ["版面杂项：二维码", "版面雜項：QR 碼", "furniture: a code to scan"],
            Self::Imprint => ["版面杂项：版面的编辑", "版面雜項：版面的編輯", "furniture: who made the page"],
        };
        match lang {
            Lang::ZhHans => simplified,
            Lang::ZhHant => traditional,
            Lang::En => english,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(Lang::En))
    }
}
