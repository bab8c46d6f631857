//! What an editor writes beside a page, from the page to the article's file: it holds at every import, is checked, and goes
//! together with edits of the articles themselves.

use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PAGE: &str = include_str!("corrections/page.txt");
const SIDECAR: &str = include_str!("corrections/page.toml");

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
    fs::read_to_string(dir.join("out/2025-04-22").join(file)).unwrap()
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
    let (code, told, ledger) = import(dir.path());
    assert_eq!(code, 0, "{told}");
    holds_every_line(&ledger);
    let corrected: Vec<u64> = ledger
        .iter()
        .filter(|entry| entry["why"].as_str().unwrap().starts_with("corrected in PAGE.toml"))
        .map(|entry| entry["line"].as_u64().unwrap())
        .collect();
    assert_eq!(corrected, [17, 19]);
    assert_eq!(article(dir.path(), "p2-01.md"), include_str!("corrections/p2-01.md"));
    assert_eq!(article(dir.path(), "p2-02.md"), include_str!("corrections/p2-02.md"));
}

#[test]
fn a_changed_sidecar_imports_the_page_again_and_keeps_what_a_person_wrote() {
    let dir = folder("date = 2025-04-22\npage = 2\n");
    import(dir.path());
    assert!(!article(dir.path(), "p2-01.md").contains("三十一人"));
    let edited = article(dir.path(), "p2-02.md").replace("一顿饭", "一顿热饭");
    fs::write(dir.path().join("out/2025-04-22/p2-02.md"), &edited).unwrap();
    fs::write(dir.path().join("page.toml"), SIDECAR).unwrap();
    let (code, told, ledger) = import(dir.path());
    assert_eq!(code, 0, "{told}");
    holds_every_line(&ledger);
    assert!(article(dir.path(), "p2-01.md").contains("三十一人"));
    assert_eq!(article(dir.path(), "p2-02.md"), edited);
    assert!(told.contains("was edited, and is kept as it is"), "{told}");
}

#[test]
fn mistakes_are_shown_in_the_sidecar_at_every_import_until_they_are_mended() {
    let wrong =
        "date = 2025-04-22\npage = 2\n[[lines]]\nat = \"17-40\"\nwith = 3\n[[lines]]\nat = 11\nrole = \"titel\"\n";
    let dir = folder(wrong);
    for _ in 0..2 {
        let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
        let done = command.current_dir(dir.path()).args(["import", "page.txt", "--into", "out"]).output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(1), "{told}");
        for part in ["page.toml:4:6", "no line 40", "^^^^^^^", "page.toml:8:8", "did you mean title?"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(article(dir.path(), "p2-01.md").contains("三十一人"), "the lines that are there are moved");
    }
}
