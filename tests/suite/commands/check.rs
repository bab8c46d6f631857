//! `wenzhai check`: findings page by page, as lines for scripts, and what is switched off.

use crate::common::site::{PAGE, Site};
use serde_json::Value;

/// A site of two pages: one without findings, one with a sidecar that corrects nothing and an article with leftovers of a PDF.
fn site() -> Site {
    let site = Site::with_page();
    site.write("content/pages/p2.txt", PAGE.replace("18日 星期二", "19日 星期三"));
    site.write("content/pages/p2.toml", "[[lines]]\nat = 99\nrole = \"body\"\n");
    site.run(&["import"]);
    site.edit("content/articles/2025/03-18/sfgrb-p1-02.md", "退休前的最后一个月", "退休前的(cid:1234)最后一个月");
    site
}

#[test]
fn findings_stand_under_the_page_that_they_concern() {
    let site = site();
    let checked =
        site.run(&["check"]).expect_exit(1, &["content/pages/p2.txt: 1 error", "no-such-line", "extraction-leftover"]);
    let text = checked.stderr;
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is not in\n{text}"));
    assert!(place("content/pages/p2.txt: 1 error") < place("no-such-line"));
    // the article with leftovers is under the heading of its page
    let leftover = place("extraction-leftover");
    let heading = text[..leftover].rfind("content/pages/").unwrap();
    assert!(text[heading..].starts_with("content/pages/a.txt: 1 warning"), "{text}");
    assert!(text.ends_with("4 articles checked: 1 error, 1 warning\n"), "{text}");
}

#[test]
fn scripts_get_a_line_of_json_for_each_finding() {
    let site = site();
    let checked = site.run(&["check", "--json"]).expect_exit(1, &[]);
    let lines: Vec<Value> = checked.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |code: &str| lines.iter().find(|line| line["code"] == code).unwrap_or_else(|| panic!("{code}: {lines:?}"));
    let unfit = of("no-such-line");
    assert_eq!(
        (&unfit["severity"], &unfit["page"], &unfit["file"]),
        (&"error".into(), &"content/pages/p2.txt".into(), &"content/pages/p2.toml".into())
    );
    assert_eq!((&unfit["line"], &unfit["column"]), (&2.into(), &6.into()));
    assert!(unfit["message"].as_str().unwrap().starts_with("the page has no line 99"));
    let leftover = of("extraction-leftover");
    assert!(leftover["page"] == "content/pages/a.txt" && leftover["hint"].is_string());
    assert!(checked.stderr.is_empty(), "{}", checked.stderr);
}

#[test]
fn a_rule_is_switched_off_in_the_settings_but_no_error_is() {
    let site = site();
    site.write("site.toml", site.read("site.toml") + "\n[check]\noff = [\"extraction-leftover\"]\n");
    site.run(&["check"]).expect_exit(1, &["no-such-line"]).expect_without("extraction-leftover");
    site.edit("site.toml", "extraction-leftover", "no-such-line");
    site.run(&["check"]).expect_exit(2, &["bad-rule", "no-such-line is an error"]);
    site.edit("site.toml", "no-such-line", "extraction-leftovers");
    site.run(&["check"]).expect_exit(2, &["bad-rule", "did you mean extraction-leftover?"]);
}
