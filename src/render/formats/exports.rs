//! A theme's articles in other forms: a table, and references.
//!
//! The table is CSV (RFC 4180) that begins with a byte order mark, without which Excel takes UTF-8 for another encoding. A
//! field that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises ("CSV Injection"): what a
//! page printed is never run.

use crate::catalog::entry::EntryId;
use crate::render::formats::bibtex::bibtex;
use crate::render::formats::citation::{Reference, citation};
use crate::render::views::cards::{Cards, kind};
use crate::site::page::ExportFormat;

/// The names of the columns.
const COLUMNS: [&str; 14] = [
    "title",
    "kicker",
    "subtitle",
    "column",
    "authors",
    "date",
    "paper",
    "issue",
    "page",
    "themes",
    "kind",
    "characters",
    "url",
    "citation",
];

/// A theme's articles, newest first.
pub(crate) fn export(cards: Cards<'_>, theme: usize, export: ExportFormat) -> String {
    let shelf = &cards.site.catalog.themes[theme];
    match export {
        ExportFormat::Csv => {
            let rows = shelf.iter().map(|&id| row(&fields(cards, id)));
            format!("\u{FEFF}{}{}", row(&COLUMNS.map(str::to_owned)), rows.collect::<String>())
        }
        ExportFormat::BibTeX => {
            let entries: Vec<String> = shelf.iter().map(|&id| bibtex(&Reference::of(cards.site, id))).collect();
            entries.join("\n")
        }
    }
}

fn fields(cards: Cards<'_>, id: EntryId) -> [String; COLUMNS.len()] {
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
        cards.summary(id).word_count.count().to_string(),
        Reference::of(cards.site, id).url.unwrap_or_default(),
        citation(front),
    ]
}

fn row(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\r\n", fields.join(","))
}

/// A field; in quotation marks where it needs them.
fn quoted(field: &str) -> String {
    let guard = if begins_a_formula(field) { "'" } else { "" };
    if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        return format!("\"{guard}{}\"", field.replace('"', "\"\""));
    }
    format!("{guard}{field}")
}

/// In half width or full width: spreadsheets take both.
fn begins_a_formula(field: &str) -> bool {
    field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_field_is_quoted_where_it_needs_to_be_and_is_no_formula() {
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

    /// The fields of a row, as a reader of RFC 4180 takes them apart.
    fn read(row: &str) -> Vec<String> {
        let (mut fields, mut field, mut inside) = (Vec::new(), String::new(), false);
        let mut signs = row.strip_suffix("\r\n").unwrap().chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '"' if inside && signs.next_if_eq(&'"').is_some() => field.push('"'),
                '"' => inside = !inside,
                ',' if !inside => fields.push(std::mem::take(&mut field)),
                sign => field.push(sign),
            }
        }
        fields.push(field);
        fields
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(fields in proptest::collection::vec("([,\"\r\n=+ ]|\\PC){0,12}", 1..5)) {
            let guarded: Vec<String> = (fields.iter())
                .map(|field| if begins_a_formula(field) { format!("'{field}") } else { field.clone() })
                .collect();
            prop_assert_eq!(read(&row(&fields)), guarded);
        }
    }
}
