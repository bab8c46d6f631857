//! The articles of a theme as a table (CSV) and as references (BibTeX).
//!
//! The table is CSV after RFC 4180, with a byte order mark, without which Excel assumes another encoding than UTF-8. A field that a
//! spreadsheet would read as a formula is prefixed with an apostrophe, as OWASP advises ("CSV Injection"): text that a page
//! printed is never run.

use crate::catalog::entry::EntryId;
use crate::render::formats::bibtex::bibtex;
use crate::render::formats::citation::{Reference, citation};
use crate::render::views::cards::{Cards, kind};
use crate::site::page::ExportFormat;

/// The row of headings, for the fields of [`fields`].
const HEADINGS: &str =
    "title,kicker,subtitle,column,authors,date,paper,issue,page,themes,kind,characters,url,citation\r\n";

/// The articles of a theme, newest first.
pub(crate) fn export(cards: Cards<'_>, theme: usize, export: ExportFormat) -> String {
    let ids = &cards.site.catalog.themes[theme];
    match export {
        ExportFormat::Csv => {
            let rows = ids.iter().map(|&id| row(&fields(cards, id)));
            format!("\u{FEFF}{HEADINGS}{}", rows.collect::<String>())
        }
        ExportFormat::BibTeX => {
            ids.iter().map(|&id| bibtex(&Reference::of(cards.site, id))).collect::<Vec<_>>().join("\n")
        }
    }
}

fn fields(cards: Cards<'_>, id: EntryId) -> [String; 14] {
    let entry = &cards.site.catalog.entries[id];
    let front = &entry.front;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    [
        front.title.clone(),
        text(&front.kicker),
        text(&front.subtitle),
        text(&front.column),
        front.authors.join("; "),
        front.date.map_or_else(String::new, |date| date.to_string()),
        text(&front.paper),
        number(front.issue),
        number(front.page),
        front.filed_under().join("; "),
        kind(front.kind).to_owned(),
        cards.summary(id).word_count.total().to_string(),
        Reference::of(cards.site, id).url.unwrap_or_default(),
        citation(front),
    ]
}

fn row(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\r\n", fields.join(","))
}

/// A field, in quotation marks if necessary.
fn quoted(field: &str) -> String {
    let guard = if is_formula(field) { "'" } else { "" };
    match field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        true => format!("\"{guard}{}\"", field.replace('"', "\"\"")),
        false => format!("{guard}{field}"),
    }
}

/// Spreadsheets accept the chars in half width and in full width.
fn is_formula(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_quoted_if_necessary_and_never_formulas() {
        let cases = [
            ("让“产改”落地", "让“产改”落地"),
            ("一,二", "\"一,二\""),
            ("说\"好\"\n", "\"说\"\"好\"\"\n\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("－1＋2", "'－1＋2"),
            ("——某地探索", "——某地探索"),
        ];
        for (field, written) in cases {
            assert_eq!(quoted(field), written);
        }
    }

    /// The fields of a row, parsed after RFC 4180.
    fn parse(row: &str) -> Vec<String> {
        let (mut fields, mut field, mut inside) = (Vec::new(), String::new(), false);
        let mut chars = row.strip_suffix("\r\n").unwrap().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if inside && chars.next_if_eq(&'"').is_some() => field.push('"'),
                '"' => inside = !inside,
                ',' if !inside => fields.push(std::mem::take(&mut field)),
                c => field.push(c),
            }
        }
        fields.push(field);
        fields
    }

    proptest! {
        #[test]
        fn parsing_a_row_returns_its_fields(fields in proptest::collection::vec("([,\"\r\n=+ ]|\\PC){0,12}", 1..5)) {
            let guarded: Vec<String> = (fields.iter())
                .map(|field| if is_formula(field) { format!("'{field}") } else { field.clone() })
                .collect();
            prop_assert_eq!(parse(&row(&fields)), guarded);
        }
    }
}
