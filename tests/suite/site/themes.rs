//! Themes of articles with their evidence and evaluation, and the checks of `check`.

use crate::common::files::{crate_path, read_files};
use crate::common::site::{Site, article};

fn site() -> Site {
    let site = Site::with_settings();
    site.write("content/articles/a.md", article("技师的手艺", "", "三十年的手艺，写成一本书。"));
    site.write("content/articles/b.md", article("大桥通车", "", "今天上午，大桥通车。"));
    site
}

#[test]
fn each_article_is_listed_with_the_words_that_filed_it() {
    let result =
        site().run(&["themes"]).expect_exit(0, &["content/articles/a.md", "content/articles/b.md", "工匠", "手艺"]);
    assert_eq!(result.stderr, "");
}

#[test]
fn json_is_one_line_a_file_most_fitting_theme_first() {
    let site = site();
    site.write("note.txt", "总工会的驿站\n驿站里有手艺，也有技师，总工会常来。");
    let result = site
        .run(&["themes", "--json", "content/articles/a.md", "content/articles/b.md", "note.txt"])
        .expect_exit(0, &[]);
    let lines: Vec<serde_json::Value> = result.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids = |at: usize| -> Vec<&str> {
        lines[at]["themes"].as_array().unwrap().iter().map(|theme| theme["id"].as_str().unwrap()).collect()
    };
    assert_eq!(lines.len(), 3);
    assert_eq!((lines[0]["file"].as_str(), ids(0)), (Some("content/articles/a.md"), vec!["工匠"]));
    assert_eq!(ids(1), Vec::<&str>::new());
    assert_eq!(ids(2)[0], "工会服务");
    assert!(lines[0]["themes"][0]["score"].as_f64().unwrap() > 0.0);
    assert!(
        lines[0]["themes"][0]["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .any(|word| word.as_str().unwrap().contains("手艺"))
    );
}

#[test]
fn an_invalid_file_does_not_stop_the_others() {
    let site = site();
    site.write("content/articles/0.md", "+++\ntitel = \"x\"\n+++\n");
    let result = site.run(&["themes", "--json"]).expect_exit(1, &["content/articles/0.md:2:1", "did you mean title?"]);
    assert_eq!(result.stdout.lines().count(), 2);
    site.run(&["themes", "nowhere.md"]).expect_exit(1, &["nowhere.md"]);
}

#[test]
fn an_evaluation_names_every_miss() {
    let site = site();
    site.write(
        "eval.jsonl",
        "{\"id\":\"x1\",\"title\":\"技师的手艺\",\"text\":\"手艺。\",\"must\":[\"工匠\"],\"may\":[]}\n\
         {\"id\":\"x2\",\"title\":\"大桥通车\",\"text\":\"今天。\",\"must\":[\"工匠\"],\"may\":[]}\n\
         {\"id\":\"x3\",\"title\":\"驿站\",\"text\":\"总工会。\",\"must\":[],\"may\":[\"工会服务\"]}\n",
    );
    let result = site.run(&["themes", "--eval", "eval.jsonl"]).expect_exit(0, &["x2 大桥通车", "missed"]);
    assert!(
        !result.stdout.contains("x1 ") && !result.stdout.contains("x3 "),
        "what is right, or may be, is no miss:\n{}",
        result.stdout
    );
    site.write("eval.jsonl", "{\"id\":\"x1\",\"title\":\"\",\"text\":\"\",\"must\":[\"工将\"],\"may\":[]}\nno json\n");
    site.run(&["themes", "--eval", "eval.jsonl"]).expect_exit(1, &["eval.jsonl:1", "eval.jsonl:2", "工将"]);
}

#[test]
fn a_check_reports_what_an_editor_should_review_and_writes_nothing() {
    let site = site();
    let front = "date = 2025-01-02\npaper = \"示范工人报\"\n";
    site.write("content/articles/c.md", article("同题", front, "甲。"));
    site.write("content/articles/d.md", article("同题", front, "乙。"));
    let before = read_files(site.root());
    let result =
        site.run(&["check"]).expect_exit(0, &["has no date", "names no paper", "同题", "help: ", "4 articles checked"]);
    assert_eq!(result.stderr.matches("warning[undated]").count(), 2);
    assert_eq!(read_files(site.root()), before);
    site.write("content/articles/e.md", article("错", "date = \"二月\"\n", "x"));
    site.write("templates/article.html", "{{ nothing_here }}");
    site.run(&["check"]).expect_exit(1, &["e.md:4:8", "templates/article.html:1:4"]);
}

/// Precision and recall over all themes together, from what `themes --eval` prints.
#[test]
fn articles_are_filed_as_an_editor_would_file_them() {
    let folder = Site::empty_folder();
    let labelled = crate_path("tests/themes.jsonl");
    let result = folder.run(&["themes", "--eval", labelled.to_str().unwrap()]).expect_exit(0, &[]);
    let all =
        result.stdout.lines().find(|line| line.starts_with("all ")).unwrap_or_else(|| panic!("{}", result.stdout));
    let f1: f64 = all.split_whitespace().nth(3).unwrap().parse().unwrap();
    assert!(f1 >= 0.9, "{}", result.stdout);
}
