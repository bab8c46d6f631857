//! References in BibTeX.
//!
//! biblatex knows a newspaper article as `@article` with `entrysubtype = {newspaper}`; styles after GB/T 7714 print
//! `mark = {N}`. BibTeX counts braces wherever they are, escaped ones included, so a brace of the text is written as a command.

use crate::render::formats::citation::Reference;

/// The abbreviations of months that every style defines.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The length of most entries in bytes.
const CAPACITY: usize = 512;

/// The BibTeX entry of an article, with a line break at its end.
pub(crate) fn bibtex(reference: &Reference<'_>) -> String {
    let front = reference.front;
    let mut out = String::with_capacity(CAPACITY);
    out.extend(["@article{", &reference.key]);
    let mut field = |name: &str, value: &[&str]| {
        out.extend([",\n  ", name, " = "]);
        out.extend(value.iter().copied());
    };
    if !front.authors.is_empty() {
        let names: Vec<String> = front.authors.iter().map(|name| person(name)).collect();
        field("author", &["{", &names.join(" and "), "}"]);
    }
    // the inner braces protect the case of Latin letters
    field("title", &["{{", &text(&front.title), "}}"]);
    if let Some(paper) = &front.paper {
        field("journal", &["{", &text(paper), "}"]);
    }
    if let Some(date) = front.date {
        field("year", &["{", &date.year().to_string(), "}"]);
        field("month", &[MONTHS[usize::from(date.month().unsigned_abs()) - 1]]);
        field("date", &["{", &date.to_string(), "}"]);
    }
    for (name, number) in [("number", front.issue), ("pages", front.page)] {
        if let Some(number) = number {
            field(name, &["{", &number.to_string(), "}"]);
        }
    }
    if let Some(url) = &reference.url {
        field("url", &["{", &verbatim_url(url), "}"]);
    }
    field("entrysubtype", &["{newspaper}"]);
    field("mark", &["{N}"]);
    out.push_str("\n}\n");
    out
}

/// The name of a person, in braces if BibTeX would split it.
fn person(name: &str) -> String {
    let name = text(name);
    let would_split = name.contains(',') || name.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
    if would_split { format!("{{{name}}}") } else { name }
}

/// Text on one line, with the special characters of TeX escaped.
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

/// A URL is read verbatim; only braces and backslashes are percent-encoded.
fn verbatim_url(url: &str) -> String {
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
    fn an_entry_has_a_field_for_everything_known() {
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
        /// BibTeX counts a brace wherever it is.
        #[test]
        fn braces_of_any_text_are_balanced(title in "([{}\\\\@,\"%\n]|\\PC){0,20}", name in "([{},]|\\PC){1,10}") {
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
