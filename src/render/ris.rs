//! A reference in RIS, the form that EndNote, NoteExpress, Zotero and others read.
//!
//! Tags and order are those of the type NEWS: T2 is the newspaper, SP the page. A line is a tag, two spaces, a hyphen, a
//! space and a value, and ends as on Windows.

use crate::base::lang::Lang;
use crate::render::cite::Reference;

/// A record.
pub fn ris(reference: &Reference<'_>, lang: Lang) -> String {
    let front = reference.front;
    let mut lines = vec![("TY", "NEWS".to_owned())];
    lines.extend(front.authors.iter().map(|name| ("AU", name.clone())));
    lines.push(("TI", front.title.clone()));
    lines.extend(front.paper.iter().map(|paper| ("T2", paper.clone())));
    lines.extend(front.date.map(|date| ("PY", date.year().to_string())));
    lines.extend(front.date.map(|date| ("DA", date.to_string().replace('-', "/"))));
    lines.extend(front.issue.map(|issue| ("IS", issue.to_string())));
    lines.extend(front.page.map(|page| ("SP", page.to_string())));
    lines.push(("LA", lang.tag().to_owned()));
    lines.extend(reference.url.iter().map(|url| ("UR", url.clone())));
    lines.push(("ID", reference.key.clone()));
    lines.push(("ER", String::new()));
    lines.into_iter().map(|(tag, value)| format!("{tag}  - {}\r\n", line(&value))).collect()
}

/// A value has one line.
fn line(value: &str) -> String {
    let words = value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::Front;
    use jiff::civil::date;

    #[test]
    fn a_record_has_a_line_for_each_thing_known() {
        let front = Front {
            title: "让“产改”\r\nER  - 落地".into(),
            authors: vec!["周晚晴".into(), "何牧".into()],
            paper: Some("示范工人报".into()),
            date: Some(date(2025, 2, 5)),
            page: Some(3),
            ..Front::default()
        };
        let reference = Reference { key: "k".into(), front: &front, url: None };
        assert_eq!(
            ris(&reference, Lang::ZhHans),
            "TY  - NEWS\r\nAU  - 周晚晴\r\nAU  - 何牧\r\nTI  - 让“产改” ER - 落地\r\nT2  - 示范工人报\r\nPY  - 2025\r\n\
             DA  - 2025/02/05\r\nSP  - 3\r\nLA  - zh-Hans\r\nID  - k\r\nER  - \r\n"
        );
    }
}
