//! Imported text is data: whatever marks of Markdown, HTML, TOML or templates a page prints, it reads on the site as printed.

use crate::common::html::visible_text;
use crate::common::site::{SETTINGS, Site};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;
use wenzhai::diagnostics::source::Source;
use wenzhai::pipeline::builder::builder::Builder;
use wenzhai::pipeline::options::BuildOptions;

/// The pages of a built site, and the ledger of its import.
struct BuildReport {
    /// by file
    html: BTreeMap<String, String>,
    /// page, line, role, article
    ledger: Vec<(usize, String, Option<String>)>,
}

/// Imports a page, reads the ledger, and renders into memory.
fn built(root: &Path, page: &str) -> BuildReport {
    let _ = std::fs::remove_dir_all(root.join("content"));
    std::fs::create_dir_all(root.join("content/pages")).unwrap();
    std::fs::write(root.join("content/pages/p-2025-02-03-01.txt"), page).unwrap();
    let builder = Builder::new(root);
    let mut planned = builder.plan(&BuildOptions::default()).unwrap();
    let files = builder.render_to_memory(&mut planned).unwrap();
    assert!(
        planned.diagnostics.iter().all(|note| note.severity() != wenzhai::diagnostics::code::Severity::Error),
        "{:?}",
        planned.diagnostics
    );
    let html = files.into_iter().filter(|(name, _)| name.ends_with(".html"));
    BuildReport {
        html: html.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect(),
        ledger: ledger(page),
    }
}

fn ledger(page: &str) -> Vec<(usize, String, Option<String>)> {
    use wenzhai::import::page_import::{import_page, name_articles};
    use wenzhai::import::page_metadata::PageMetadata;
    let date = Some(jiff::civil::Date::constant(2025, 2, 3));
    let metadata = PageMetadata { date, page: Some(1), ..PageMetadata::default() };
    let import = import_page(&Source::new("content/pages/p-2025-02-03-01.txt", page), &metadata, |_| vec![]);
    let (_, entries) = name_articles(&import, "p1", str::to_owned);
    entries.into_iter().map(|entry| (entry.line, entry.role.to_owned(), entry.article)).collect()
}

/// Without white space, which a browser may lay out as it likes.
fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{C}')).collect()
}

/// What means something to Markdown, HTML, TOML or templates.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "*", "**", "_", "`", "```", "~~", "#", "##", ">", "-", "+", "1.", "1)", "+++",
    "---", "===", "<script>", "</p>", "<!--", "&amp;", "&", "&#x41;", "{{ x }}", "{% x %}", "{# x #}", "[甲](乙)", "![丙](丁)", "[^1]",
    "[^1]: 注", "|", "|--|", "\\", "$", "\"\"\"", "'''", "https://e.org/a_b", "a@b.cn", "    ", ":", "!", "<https://e.org>", "\t",
];

/// Lines as pages print them, with marks that mean something to Markdown, HTML, TOML or templates.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let marks = prop::sample::select(MARKS);
    let words = "[一-龥，。“”（）、：]{1,24}";
    let part = prop_oneof![3 => marks.prop_map(ToOwned::to_owned), 4 => words.prop_map(|text| text), 1 => "[ -~]{0,12}", 1 => "\\PC{0,6}"];
    let line = prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat());
    prop::collection::vec(line, 1..14)
}

#[test]
fn imported_text_reads_on_the_site_as_it_was_printed() {
    let checked = Cell::new(0);
    let mut runner = TestRunner::new(crate::common::random::proptest_config(48));
    let outcome = runner.run(&lines(), |lines| {
        let page = lines.join("\n\n");
        prop_assume!(!page.trim().is_empty());
        let site = Site::empty_folder();
        // exactly as printed, half-width punctuation too
        site.write("site.toml", format!("{SETTINGS}\n[import]\nfull_width = false\n"));
        let built = built(site.root(), &page);
        for (number, role, article) in &built.ledger {
            // headlines go into front matter; jumps and repeated lines may be left out
            let (Some(article), "body" | "subhead") = (article, role.as_str()) else { continue };
            let stem = article.rsplit('/').next().unwrap().trim_end_matches(".md");
            let html = &built.html[&format!("2025/02/03/{stem}/index.html")];
            let shown = without_spaces(&visible_text(html.split_once("<article").unwrap().1));
            let printed = without_spaces(page.split('\n').nth(number - 1).unwrap());
            let printed = printed.trim_start_matches('#');
            prop_assert!(shown.contains(printed), "line {number} {printed:?} ({role}) is not in {shown:?}");
            checked.set(checked.get() + 1);
        }
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
    assert!(checked.get() > 60, "only {} lines were checked", checked.get());
}
