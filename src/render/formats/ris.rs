//! References in RIS, the format of EndNote, NoteExpress, Zotero and others.
//!
//! Tags and their order are those of the type NEWS: T2 is the newspaper, SP the page. A line is a tag, two spaces, a hyphen, a
//! space and a value, and ends with CR LF.

use crate::render::formats::citation::Reference;
use crate::text::lang::Lang;

/// The length of most records in bytes.
const CAPACITY: usize = 512;

/// The RIS record of an article.
pub(crate) fn ris(reference: &Reference<'_>, lang: Lang) -> String {
    let front = reference.front;
    let mut out = String::with_capacity(CAPACITY);
    let mut line = |tag: &str, value: &str| {
        // a value cannot contain a line break
        let words = value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        out.extend([tag, "  - ", &words.collect::<Vec<_>>().join(" "), "\r\n"]);
    };
    line("TY", "NEWS");
    front.authors.iter().for_each(|name| line("AU", name));
    line("TI", &front.title);
    front.paper.iter().for_each(|paper| line("T2", paper));
    if let Some(date) = front.date {
        line("PY", &date.year().to_string());
        line("DA", &date.to_string().replace('-', "/"));
    }
    for (tag, number) in [("IS", front.issue), ("SP", front.page)] {
        number.iter().for_each(|number| line(tag, &number.to_string()));
    }
    line("LA", lang.tag());
    reference.url.iter().for_each(|url| line("UR", url));
    line("ID", &reference.key);
    line("ER", "");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;

    #[test]
    fn a_record_has_a_line_for_everything_known() {
        let front = FrontMatter {
            title: "让“产改”\r\nER  - 落地".into(),
            authors: vec!["周晚晴".into(), "何牧".into()],
            paper: Some("示范工人报".into()),
            date: Some(date(2025, 2, 5)),
            page: Some(3),
            ..FrontMatter::default()
        };
        let reference = Reference { key: "k".into(), front: &front, url: None };
        assert_eq!(
            ris(&reference, Lang::ZhHans),
            "TY  - NEWS\r\nAU  - 周晚晴\r\nAU  - 何牧\r\nTI  - 让“产改” ER - 落地\r\nT2  - 示范工人报\r\nPY  - 2025\r\n\
             DA  - 2025/02/05\r\nSP  - 3\r\nLA  - zh-Hans\r\nID  - k\r\nER  - \r\n"
        );
    }
}
