//! What an editor writes beside a page, from the page to the article's file: it holds at every import, is checked, and goes
//! together with edits of the articles themselves.

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::article::assemble::Draft;
use wenzhai::import::page::lines::{Page, parse_page};
use wenzhai::import::page::partition::{LineAssignment, Partition};
use wenzhai::import::page::role::Role;
use wenzhai::import::sidecar::apply::{CORRECTED, apply_sidecar};
use wenzhai::import::sidecar::parse::parse_sidecar;

const PAGE: &str = include_str!("../../corrections/page.txt");
const SIDECAR: &str = include_str!("../../corrections/page.toml");

/// A folder with the page and what is said beside it.
fn folder(sidecar: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.txt"), PAGE).unwrap();
    fs::write(dir.path().join("page.toml"), sidecar).unwrap();
    dir
}

/// Imports the page: exit code, what was told, and the ledger.
fn import(dir: &Path) -> (i32, String, Vec<serde_json::Value>) {
    let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
    let done = command
        .current_dir(dir)
        .args(["import", "page.txt", "--into", "out", "--report", "ledger.jsonl"])
        .output()
        .unwrap();
    let ledger = fs::read_to_string(dir.join("ledger.jsonl")).unwrap_or_default();
    let entries = ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (done.status.code().unwrap(), String::from_utf8(done.stderr).unwrap(), entries)
}

fn article(dir: &Path, file: &str) -> String {
    fs::read_to_string(dir.join("out/2025/04-22").join(file)).unwrap()
}

fn holds_every_line(ledger: &[serde_json::Value]) {
    let lines: Vec<u64> = ledger.iter().map(|entry| entry["line"].as_u64().unwrap()).collect();
    let expected: Vec<u64> =
        PAGE.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).map(|(_, number)| number).collect();
    assert_eq!(lines, expected);
}

#[test]
fn lines_and_heads_are_as_the_editor_says() {
    let dir = folder(SIDECAR);
    let (code, result, ledger) = import(dir.path());
    assert_eq!(code, 0, "{result}");
    holds_every_line(&ledger);
    let corrected: Vec<u64> = ledger
        .iter()
        .filter(|entry| entry["why"].as_str().unwrap().starts_with("corrected in PAGE.toml"))
        .map(|entry| entry["line"].as_u64().unwrap())
        .collect();
    assert_eq!(corrected, [17, 19]);
    assert_eq!(article(dir.path(), "p2-01.md"), include_str!("../../corrections/p2-01.md"));
    assert_eq!(article(dir.path(), "p2-02.md"), include_str!("../../corrections/p2-02.md"));
}

#[test]
fn a_changed_sidecar_imports_the_page_again_and_keeps_what_a_person_wrote() {
    let dir = folder("date = 2025-04-22\npage = 2\n");
    import(dir.path());
    assert!(!article(dir.path(), "p2-01.md").contains("三十一人"));
    let edited = article(dir.path(), "p2-02.md").replace("一顿饭", "一顿热饭");
    fs::write(dir.path().join("out/2025/04-22/p2-02.md"), &edited).unwrap();
    fs::write(dir.path().join("page.toml"), SIDECAR).unwrap();
    let (code, result, ledger) = import(dir.path());
    assert_eq!(code, 0, "{result}");
    holds_every_line(&ledger);
    assert!(article(dir.path(), "p2-01.md").contains("三十一人"));
    assert_eq!(article(dir.path(), "p2-02.md"), edited);
    assert!(result.contains("was edited, and is kept as it is"), "{result}");
}

#[test]
fn mistakes_are_shown_in_the_sidecar_at_every_import_until_they_are_mended() {
    let wrong =
        "date = 2025-04-22\npage = 2\n[[lines]]\nat = \"17-40\"\nwith = 3\n[[lines]]\nat = 11\nrole = \"titel\"\n";
    let dir = folder(wrong);
    for _ in 0..2 {
        let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
        let done = command.current_dir(dir.path()).args(["import", "page.txt", "--into", "out"]).output().unwrap();
        let result = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{result}");
        for part in ["page.toml:4:6", "no line 40", "^^^^^^^", "page.toml:8:8", "did you mean title?"] {
            assert!(result.contains(part), "{part}: {result}");
        }
        assert!(article(dir.path(), "p2-01.md").contains("三十一人"), "the lines that are there are moved");
    }
}

const ROLES: [Role; 7] =
    [Role::Furniture, Role::Jump, Role::Title, Role::Byline, Role::Body, Role::Caption, Role::Column];

/// A page of lines `第n行…`, each with a role and an article.
fn page_of(lines: &[(Role, Option<usize>)]) -> (Page, Partition) {
    let text: String = (0..lines.len()).map(|at| format!("第{at}行的文字。\n")).collect();
    let placed = |&(role, article): &(Role, Option<usize>)| LineAssignment {
        role,
        article,
        why: "found",
        certainty: 0.5,
        duplicate_of: None,
    };
    (parse_page(&Source::new("p.txt", text)), Partition::from_lines(lines.iter().map(placed).collect()))
}

/// Belongs to no article.
fn stays_out(role: Role) -> bool {
    matches!(role, Role::Furniture | Role::Jump)
}

fn corrections() -> impl Strategy<Value = String> {
    let range = (1usize..14, 0usize..4).prop_map(|(from, more)| format!("\"{from}-{}\"", from + more));
    let role = proptest::sample::select(Role::ALL.map(Role::name).to_vec());
    let word = prop_oneof![
        (range.clone(), role).prop_map(|(at, role)| format!("[[lines]]\nat = {at}\nrole = \"{role}\"\n")),
        (range.clone(), 1usize..14).prop_map(|(at, with)| format!("[[lines]]\nat = {at}\nwith = {with}\n")),
        (range.clone(), range).prop_map(|(lines, more)| {
            format!("[[articles]]\nlines = \"{},{}\"\n", more.trim_matches('"'), lines.trim_matches('"'))
        }),
        (1usize..14).prop_map(|at| format!("[[articles]]\nat = {at}\nkicker = \"引\"\n")),
    ];
    proptest::collection::vec(word, 0..8).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn whatever_is_said_no_line_and_no_text_is_lost(
        lines in proptest::collection::vec((proptest::sample::select(ROLES.to_vec()), 0usize..4), 1..14),
        text in corrections(),
    ) {
        let mut lines: Vec<_> =
            lines.into_iter().map(|(role, article)| (role, (!stays_out(role)).then_some(article))).collect();
        // articles are numbered without gaps
        let mut used: Vec<usize> = lines.iter().filter_map(|(_, article)| *article).collect();
        used.sort_unstable();
        used.dedup();
        for (_, article) in &mut lines {
            *article = article.and_then(|article| used.binary_search(&article).ok());
        }
        let (page, linked) = page_of(&lines);
        let (said, _) = parse_sidecar(&Source::new("p.toml", text), &[]);
        let corrected = apply_sidecar(&page, linked, &said);
        let drafts = corrected.overrides.drafts(&page, &corrected.partition, true);
        prop_assert_eq!(drafts.len(), corrected.partition.article_count);
        prop_assert_eq!(corrected.partition.lines.len(), page.lines.len());
        for (line, placed) in page.lines.iter().zip(&corrected.partition.lines) {
            prop_assert_eq!(placed.article.is_none(), stays_out(placed.role), "{}", line.text);
            let Some(article) = placed.article else { continue };
            let Draft { front, text, lines, .. } = &drafts[article];
            prop_assert!(!front.title.is_empty());
            prop_assert_eq!(lines.iter().filter(|&&number| number == line.number).count(), 1);
            // an extractor's line that is taken for a byline without names is the same without corrections
            if placed.role != Role::Byline || placed.why == CORRECTED {
                let said = [Some(&front.title), front.kicker.as_ref(), front.subtitle.as_ref(), front.column.as_ref()];
                let head = said.into_iter().flatten().chain(&front.authors).any(|part| part.contains(&line.text));
                // a kicker that is said stands for the printed one
                let said = front.kicker.as_deref() == Some("引") && placed.role.is_head();
                prop_assert!(head || said || text.contains(&line.text), "{} {front:?}", line.text);
            }
        }
    }
}
