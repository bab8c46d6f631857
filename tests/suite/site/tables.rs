//! Articles in tables: a site of rows is the site of their files, page by page; filters; what an editor's file does to a row.

use crate::common::files::{crate_path, differing, read_files, without_hidden};
use crate::common::site::{Site, article};
use std::collections::BTreeSet;
use std::fs;

/// The sample that the project comes with, before its first build: the articles that a build has made of its pages are left out.
fn sample() -> Site {
    let site = Site::empty_folder();
    for (path, text) in read_files(&crate_path("content")) {
        if !path.starts_with("articles/") {
            site.write(&format!("content/{path}"), text);
        }
    }
    site.write("site.toml", fs::read(crate_path("site.toml")).unwrap());
    site
}

#[test]
fn a_site_of_tables_is_the_site_of_its_files() {
    let files = sample();
    files.build();
    for format in ["jsonl", "parquet"] {
        files.run(&["export", format, "--drafts", "-o", format]).expect_exit(0, &[]);
        let table = fs::read(files.path(&format!("{format}/articles.{format}"))).unwrap();
        let site = sample();
        site.write(&format!("content/tables/all.{format}"), table);
        let tables = format!("[content]\narticles = \"content/tables/*.{format}\"\n");
        site.write("site.toml", format!("{}\n{tables}", site.read("site.toml")));
        site.run(&["build", "--no-import"]).expect_exit(0, &[]);
        assert_eq!(differing(&files.public(), &site.public()), BTreeSet::new(), "{format}");
        site.run(&["build", "--no-import"]).expect_exit(0, &["0 files written"]);
        assert!(!site.has("content/articles"), "{format}: no file is written");
    }
}

/// Articles of two papers and three years, as files and as rows of one table.
fn rows(site: &Site) -> Vec<(String, String)> {
    let mut written = Vec::new();
    for (at, paper) in ["示范工人报", "沿江晚报（示例）"].into_iter().enumerate() {
        for year in [2023, 2024, 2025] {
            let theme = if year == 2024 { "工匠" } else { "工会服务" };
            let front = format!("date = {year}-03-18\npaper = \"{paper}\"\nthemes = [\"{theme}\"]\n");
            let file = format!("{year}/p{at}.md");
            written.push((file, article(&format!("第{at}报{year}年的手艺"), &front, "驿站里有热水。")));
        }
    }
    let row = |(file, text): &(String, String)| {
        let (front, body) = text.strip_prefix("+++\n").unwrap().split_once("+++\n").unwrap();
        let keys: toml::Table = toml::from_str(front).unwrap();
        let text = |key: &str| keys[key].as_str().map_or_else(|| keys[key].to_string(), str::to_owned);
        let themes = keys["themes"].as_array().unwrap().iter().map(|theme| theme.as_str().unwrap()).collect::<Vec<_>>();
        let row = serde_json::json!({
            "file": file, "title": text("title"), "date": text("date"), "paper": text("paper"), "themes": themes, "body": body,
        });
        format!("{row}\n")
    };
    site.write("content/tables/rows.jsonl", written.iter().map(row).collect::<String>());
    written
}

fn site_of_rows(settings: &str) -> (Site, Vec<(String, String)>) {
    let site = Site::with_settings();
    let rows = rows(&site);
    site.write(
        "site.toml",
        format!("{}\n[content]\narticles = 'content/tables/*.jsonl'\n{settings}", site.read("site.toml")),
    );
    (site, rows)
}

#[test]
fn a_filter_chooses_what_the_site_is_made_of() {
    let cases: [(&str, &[&str]); 4] = [
        ("years = '2024-2025'", &["2024/p0.md", "2024/p1.md", "2025/p0.md", "2025/p1.md"]),
        ("paper = '示范工人报'", &["2023/p0.md", "2024/p0.md", "2025/p0.md"]),
        ("themes = ['工匠']", &["2024/p0.md", "2024/p1.md"]),
        ("paper = '示范工人报'\nyears = [2023, 2024]\nthemes = '工匠'", &["2024/p0.md"]),
    ];
    for (filter, chosen) in cases {
        let (site, rows) = site_of_rows(&format!("[content.where]\n{filter}\n"));
        site.build();
        let expected = Site::with_settings();
        for (file, text) in rows.iter().filter(|(file, _)| chosen.contains(&file.as_str())) {
            expected.write(&format!("content/articles/{file}"), text);
        }
        expected.build();
        assert_eq!(differing(&expected.public(), &site.public()), BTreeSet::new(), "{filter}");
        // files are chosen as rows are
        site.remove("content/tables/rows.jsonl");
        for (file, text) in &rows {
            site.write(&format!("content/articles/{file}"), text);
        }
        site.run(&["build"]).expect_exit(0, &["no-table"]);
        assert_eq!(differing(&expected.public(), &site.public()), BTreeSet::new(), "{filter}");
    }
}

#[test]
fn a_file_of_an_editor_takes_the_place_of_its_row() {
    let (site, rows) = site_of_rows("");
    site.build();
    let before = site.public();
    let (file, text) = &rows[1];
    site.write(&format!("content/articles/{file}"), text.replace("热水", "凉茶"));
    site.build();
    let changed = differing(&before, &site.public());
    assert!(
        changed.contains("2024/03/18/p0/index.html") && !changed.contains("2024/03/18/p1/index.html"),
        "{changed:?}"
    );
    assert!(site.read("public/2024/03/18/p0/index.html").contains("凉茶"));
    site.remove(&format!("content/articles/{file}"));
    site.build();
    assert_eq!(differing(&before, &site.public()), BTreeSet::new());
}

#[test]
fn after_a_change_of_a_table_the_site_is_that_of_a_full_build() {
    let (site, _) = site_of_rows("");
    site.build();
    site.edit("content/tables/rows.jsonl", "驿站里有热水", "驿站里有凉茶");
    site.build();
    site.run(&["build", "--full", "-o", "other"]).expect_exit(0, &[]);
    let (made, full) = (site.public(), without_hidden(read_files(&site.path("other"))));
    assert_eq!(differing(&full, &made), BTreeSet::new());
    assert!(site.read("public/2023/03/18/p0/index.html").contains("凉茶"));
    // a row is gone
    let table = site.read("content/tables/rows.jsonl");
    site.write("content/tables/rows.jsonl", table.split_once('\n').unwrap().1);
    site.build();
    assert!(!site.has("public/2023/03/18/p0/index.html") && site.has("public/2023/03/18/p1/index.html"));
}

#[test]
fn rows_that_cannot_be_articles_are_named_with_their_lines_and_the_rest_is_built() {
    let (site, _) = site_of_rows("");
    let table = site.read("content/tables/rows.jsonl");
    let bad = [
        "{",
        "{\"title\": \"无名\"}",
        "{\"file\": \"../../x.md\", \"title\": \"外面\"}",
        "{\"id\": 7, \"title\": 3}",
        "{\"id\": 8, \"title\": \"主题\", \"themes\": [\"工将\"]}",
        "{\"id\": 9, \"title\": \"日子\", \"date\": \"昨天\"}",
        "{\"file\": \"2023/p0.md\", \"title\": \"又一行\"}",
    ];
    site.write("content/tables/rows.jsonl", format!("{table}{}\n", bad.join("\n")));
    let places: Vec<String> = (7..14).map(|line| format!("content/tables/rows.jsonl:{line}")).collect();
    let printed: Vec<&str> =
        places.iter().map(String::as_str).chain(["neither file nor id", "unknown-theme"]).collect();
    site.run(&["build"]).expect_exit(1, &printed);
    assert!(site.has("public/2023/03/18/p0/index.html") && !site.has("x.md"));
    let found = site.run(&["check"]).expect_exit(1, &printed);
    assert!(!found.stderr.contains("content/articles/8.md"));
}

#[test]
fn a_page_that_could_not_be_split_is_named_and_is_no_article() {
    let (site, _) = site_of_rows("");
    let table = site.read("content/tables/rows.jsonl");
    let unread = r#"{"id": "p9", "error": {"code": "empty-page", "severity": "error", "message": "这一版没有文字"}}"#;
    site.write("content/tables/rows.jsonl", format!("{table}{unread}\n"));
    let places = ["content/tables/rows.jsonl:7", "unread-page", "这一版没有文字"];
    site.run(&["build"]).expect_exit(0, &places);
    site.run(&["check"]).expect_exit(0, &places);
    assert!(!site.has("public/undated/p9/index.html"));
}

#[test]
fn a_damaged_table_is_named_and_the_rest_is_built() {
    let (site, _) = site_of_rows("");
    site.edit("site.toml", "'content/tables/*.jsonl'", "['content/tables/*.jsonl', 'content/tables/*.parquet']");
    site.write("content/tables/broken.parquet", "PAR1 and nothing else PAR1");
    site.run(&["build"]).expect_exit(1, &["broken-input", "content/tables/broken.parquet"]);
    assert!(site.has("public/2023/03/18/p0/index.html"));
}

#[test]
fn settings_that_name_no_table_are_refused() {
    for (settings, code) in [
        ("[content]\narticles = 'content/tables'", "bad-pattern"),
        ("[content]\narticles = ['a/***.jsonl']", "bad-pattern"),
        ("[content.where]\nyears = '2025-2024'", "bad-filter"),
        ("[content.where]\nthemes = ['工将']", "unknown-theme"),
        ("[content.where]\nyear_span = 3", "unknown-key"),
    ] {
        let site = Site::with_settings();
        site.write("site.toml", format!("{}\n{settings}\n", site.read("site.toml")));
        site.run(&["build"]).expect_exit(2, &[code, "site.toml"]);
    }
}
