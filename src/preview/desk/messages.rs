//! Messages of the desk where it does nothing, in the languages of the interface.

use crate::desk::edit::arrangement::Refused;
use crate::desk::page_state::Rejection;
use crate::text::lang::Lang;

/// Why nothing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    NoPage,
    NothingToUndo,
    UnknownLine,
    NoArticle,
    NothingToDo,
    CannotBeSaid,
    UnfitCorrections,
    UnfitFile,
}

impl Key {
    pub(crate) fn of(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Refused(Refused::Unknown) => Self::UnknownLine,
            Rejection::Refused(Refused::NoArticle) => Self::NoArticle,
            Rejection::Refused(Refused::Nothing) => Self::NothingToDo,
            Rejection::CannotBeSaid => Self::CannotBeSaid,
            Rejection::UnfitCorrections => Self::UnfitCorrections,
            Rejection::UnfitFile => Self::UnfitFile,
        }
    }
}

/// The message in a language.
pub(crate) fn message(lang: Lang, key: Key) -> &'static str {
    let [simplified, traditional, english] = match key {
        Key::NoPage => ["没有这个版面", "沒有這個版面", "there is no such page"],
        Key::NothingToUndo => {
            ["没有可撤销或重做的操作", "沒有可撤銷或重做的操作", "there is nothing to undo or to do again"]
        }
        Key::UnknownLine => {
            ["版面上没有这一行或这篇文章", "版面上沒有這一行或這篇文章", "the page has no such line or article"]
        }
        Key::NoArticle => ["这一行不属于任何文章", "這一行不屬於任何文章", "the line belongs to no article"],
        Key::NothingToDo => ["没有变化", "沒有變化", "nothing would change"],
        Key::CannotBeSaid => [
            "这一改动无法用行号表达：文件里同一行有好几段文字",
            "這一改動無法用行號表達：檔案裡同一行有好幾段文字",
            "line numbers cannot say this change: several texts stand on one line of the file",
        ],
        Key::UnfitFile => [
            "这篇文章的文件读不懂，或者接自好几个版面：手改的内容不能变成更正",
            "這篇文章的檔案讀不懂，或者接自好幾個版面：手改的內容不能變成更正",
            "the article's file cannot be read, or is made from several pages: its edits cannot become corrections",
        ],
        Key::UnfitCorrections => [
            "更正文件里有不成立的更正，请先在文件里改好，再在这里继续",
            "更正檔案裡有不成立的更正，請先在檔案裡改好，再在這裡繼續",
            "the sidecar has corrections that do not hold: mend them in the file first",
        ],
    };
    match lang {
        Lang::ZhHans => simplified,
        Lang::ZhHant => traditional,
        Lang::En => english,
    }
}
