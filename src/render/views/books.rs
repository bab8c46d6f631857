//! The views of what `wenzhai export` writes: books, prints and mails.

use crate::render::views::common::Day;
use crate::render::views::pages::{Correction, MissingParts};
use serde::Serialize;

/// `export/package.xml`, `export/nav.html`, `export/title.html`, `export/cover.xml`, `export/sources.html`, `export/book.css`, `export/print-begin.html`, `export/print-end.html`:
/// the parts of an EPUB besides its articles, and a print before and behind its articles
#[derive(Debug, Serialize)]
pub(crate) struct BookView {
    /// what was chosen: 示范工人报 2025年3月18日, 工匠 2025年3月
    pub(crate) title: String,
    /// the title in lines for a cover: what was chosen, and its time
    pub(crate) title_lines: Vec<String>,
    /// the title as a string of CSS, in quotation marks
    pub(crate) running_head: String,
    /// `urn:uuid:…`, made of the site and of what was chosen
    pub(crate) identifier: String,
    /// time of the last change of an article, in the form of EPUB
    pub(crate) modified: String,
    /// day of the oldest article
    pub(crate) since: Option<Day>,
    /// day of the newest article
    pub(crate) until: Option<Day>,
    /// names of the newspapers
    pub(crate) papers: Vec<String>,
    /// number of articles
    pub(crate) articles: usize,
    /// the articles in their order, by page, day or month
    pub(crate) sections: Vec<BookSection>,
    /// the pages of the newspaper, if the book is one issue
    pub(crate) pages: Vec<BookPage>,
}

/// Articles of a book that stand together.
#[derive(Debug, Serialize)]
pub(crate) struct BookSection {
    /// a page, a day or a month
    pub(crate) name: String,
    /// the articles
    pub(crate) articles: Vec<BookEntry>,
}

/// An article in the lists of a book.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BookEntry {
    /// its number in the book, from 1
    pub(crate) number: usize,
    /// its name in the book: `a1`
    pub(crate) id: String,
    /// headline
    pub(crate) title: String,
    /// the newspaper, day and page as they are cited: 示范工人报 2025年3月18日 第1版
    pub(crate) source: String,
    /// citation according to GB/T 7714
    pub(crate) citation: String,
    /// address of the article; none if the address of the site is not known
    pub(crate) url: Option<String>,
}

/// A page of a newspaper, and the first article of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BookPage {
    /// 第1版
    pub(crate) name: String,
    /// page number
    pub(crate) number: u32,
    /// name of the article in the book: `a1`
    pub(crate) article: String,
}

/// `export/chapter.html`, `export/print-article.html`: an article in an EPUB and in a print
#[derive(Debug, Serialize)]
pub(crate) struct BookArticleView {
    /// the article in the lists of the book
    pub(crate) entry: BookEntry,
    /// name of the section that begins with it, if the book has several
    pub(crate) section: Option<String>,
    /// the page of the newspaper that begins with it, if the book is one issue
    pub(crate) page: Option<BookPage>,
    /// column label
    pub(crate) column: Option<String>,
    /// the line above the headline
    pub(crate) kicker: Option<String>,
    /// the line below the headline
    pub(crate) subtitle: Option<String>,
    /// the headline is not printed but made from the text
    pub(crate) title_inferred: bool,
    /// its byline as printed, or the names of its authors
    pub(crate) byline: String,
    /// its text: XHTML in an EPUB, HTML in a print
    pub(crate) body: String,
    /// the body is only the excerpt, because the text may not be republished
    pub(crate) excerpt_only: bool,
    /// what is missing of it; none if nothing is known to be
    pub(crate) missing: Option<MissingParts>,
    /// what was corrected since it was published; none if nothing was
    pub(crate) correction: Option<Correction>,
}

/// `export/mail.html`, `export/mail.txt`: a mail that lists articles
#[derive(Debug, Serialize)]
pub(crate) struct MailView {
    /// subject of the mail
    pub(crate) subject: String,
    /// what was chosen: 示范工人报 2025年3月18日, 工匠 2025年3月
    pub(crate) title: String,
    /// number of articles
    pub(crate) articles: usize,
    /// the articles in their order, by page, day or month
    pub(crate) sections: Vec<MailSection>,
    /// the address of the site; none if it is not known
    pub(crate) site_url: Option<String>,
}

/// Articles of a mail that stand together.
#[derive(Debug, Serialize)]
pub(crate) struct MailSection {
    /// a page, a day or a month
    pub(crate) name: String,
    /// the articles
    pub(crate) articles: Vec<MailEntry>,
}

/// An article in a mail.
#[derive(Debug, Serialize)]
pub(crate) struct MailEntry {
    /// its number in the mail, from 1
    pub(crate) number: usize,
    /// the line above the headline
    pub(crate) kicker: Option<String>,
    /// headline
    pub(crate) title: String,
    /// the newspaper, day and page as they are cited: 示范工人报 2025年3月18日 第1版
    pub(crate) source: String,
    /// names of the authors
    pub(crate) authors: String,
    /// beginning of the text
    pub(crate) excerpt: String,
    /// what was corrected; none if nothing was
    pub(crate) correction: Option<String>,
    /// address of the article; none if the address of the site is not known
    pub(crate) url: Option<String>,
}
