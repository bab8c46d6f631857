//! A reference in BibTeX.
//!
//! `@article` with `entrysubtype = {newspaper}` is what biblatex knows a newspaper's article by, `mark = {N}` what styles
//! after GB/T 7714 print. BibTeX counts braces wherever they stand, behind a backslash too, so a brace of the text is
//! written by its name.

use crate::render::formats::citation::Reference;
use jiff::civil::Date;

/// Names of months that every style defines.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Bytes of most entries.
const ROOM: usize = 512;

/// An entry, with a line break at its end.
pub(crate) fn bibtex(reference: &Reference<'_>) -> String {
    let front = reference.front;
    let mut out = String::with_capacity(ROOM);
    out.extend(["@article{", &reference.key]);
    let mut field = |name: &str, value: &[&str]| {
        out.extend([",\n  ", name, " = "]);
        out.extend(value.iter().copied());
    };
    if !front.authors.is_empty() {
        let names: Vec<String> = front.authors.iter().map(|name| person(name)).collect();
        field("author", &["{", &names.join(" and "), "}"]);
    }
    // the second braces keep the case of Latin letters
    field("title", &["{{", &text(&front.title), "}}"]);
    if let Some(paper) = &front.paper {
        field("journal", &["{", &text(paper), "}"]);
    }
    if let Some(date) = front.date {
        field("year", &["{", &date.year().to_string(), "}"]);
        field("month", &[MONTHS[month(date)]]);
        field("date", &["{", &date.to_string(), "}"]);
    }
    for (name, number) in [("number", front.issue), ("pages", front.page)] {
        if let Some(number) = number {
            field(name, &["{", &number.to_string(), "}"]);
        }
    }
    if let Some(url) = &reference.url {
        field("url", &["{", &address(url), "}"]);
    }
    field("entrysubtype", &["{newspaper}"]);
    field("mark", &["{N}"]);
    out.push_str("\n}\n");
    out
}

fn month(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

/// A name; one that BibTeX would take apart stands in braces.
fn person(name: &str) -> String {
    let name = text(name);
    let parted = name.contains(',') || name.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
    if parted { format!("{{{name}}}") } else { name }
}

/// Text on one line, without signs that TeX takes as orders.
fn text(printed: &str) -> String {
    let mut out = String::with_capacity(printed.len());
    for word in printed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\\' => out.push_str("\\textbackslash{}"),
                '{' => out.push_str("\\textbraceleft{}"),
                '}' => out.push_str("\\textbraceright{}"),
                '~' => out.push_str("\\textasciitilde{}"),
                '^' => out.push_str("\\textasciicircum{}"),
                '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
    }
    out
}

/// An address is read letter by letter; only braces have to be in pairs.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::FrontMatter;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn entry(front: &FrontMatter) -> String {
        bibtex(&Reference { key: "2025-02-05-p1-01".into(), front, url: Some("https://example.org/a_b/".into()) })
    }

    #[test]
    fn an_entry_holds_what_is_known() {
        let front = FrontMatter {
            title: "让“产改”\n落地：AI & 50%".into(),
            authors: vec!["周晚晴".into(), "北方, 集团 and 部".into()],
            paper: Some("示范工人报".into()),
            date: Some(date(2025, 2, 5)),
            issue: Some(22076),
            page: Some(3),
            ..FrontMatter::default()
        };
        assert_eq!(
            entry(&front),
            "@article{2025-02-05-p1-01,\n  author = {周晚晴 and {北方, 集团 and 部}},\n  \
             title = {{让“产改” 落地：AI \\& 50\\%}},\n  journal = {示范工人报},\n  year = {2025},\n  month = feb,\n  \
             date = {2025-02-05},\n  number = {22076},\n  pages = {3},\n  url = {https://example.org/a_b/},\n  \
             entrysubtype = {newspaper},\n  mark = {N}\n}\n"
        );
    }

    proptest! {
        /// As BibTeX reads it: a brace opens or closes wherever it stands.
        #[test]
        fn whatever_is_printed_the_entry_ends_where_it_ends(title in "([{}\\\\@,\"%\n]|\\PC){0,20}", name in "([{},]|\\PC){1,10}") {
            let front = FrontMatter { title, authors: vec![name], ..FrontMatter::default() };
            let entry = entry(&front);
            let mut depth = 0i32;
            for (at, c) in entry.char_indices() {
                depth += match c { '{' => 1, '}' => -1, _ => 0 };
                prop_assert!(depth > 0 || at < "@article".len() || at >= entry.len() - 2, "{}", entry);
            }
            prop_assert_eq!(depth, 0);
            prop_assert_eq!(entry.lines().count(), 7, "{}", entry);
        }
    }
}
