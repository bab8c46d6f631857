//! What the program says is in the language of the site: no English sentence in a Chinese one, and all of it English where that is asked for.

use crate::common::site::{PAGE, RunResult, Site};
use std::process::Command;

/// A run of the program whose language is the site's.
fn run(site: &Site, args: &[&str]) -> RunResult {
    run_with(site, args, &[])
}

fn run_with(site: &Site, args: &[&str], environment: &[(&str, &str)]) -> RunResult {
    let mut command: Command = site.command(args);
    for name in ["WENZHAI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    RunResult::from_output(command.envs(environment.iter().copied()).output().unwrap())
}

/// Three English words in a row, which a Chinese message has in no place but code, options and paths.
fn english_sentence(text: &str) -> Option<String> {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == ',' || c == ':');
    let mut words: Vec<&str> = Vec::new();
    // what stands between backquotes, and the site's own text behind | in the margin, is shown as it is
    for line in text.lines().filter(|line| !line.contains(" | ")) {
        words.clear();
        for word in line.split_whitespace() {
            if !is_word(&word) {
                words.clear();
                continue;
            }
            words.push(word);
            if words.len() == 3 {
                return Some(line.to_owned());
            }
        }
    }
    None
}

#[track_caller]
fn assert_chinese(result: &RunResult) {
    let all = format!("{}{}", result.stdout, result.stderr);
    assert_eq!(english_sentence(&all), None, "{all}");
}

#[test]
fn a_chinese_site_is_imported_built_and_checked_in_chinese() {
    let site = Site::with_page();
    site.write("content/pages/p2.txt", PAGE.replace("1版", "2版"));
    site.write("content/pages/p3.toml", "date = 2025-03-18\n");
    site.write("content/pages/p2.toml", "pge = 3\n[[lines]]\nat = 99\nrole = \"body\"\n");
    site.write(
        "content/articles/own/a.md",
        "+++\ntitle = \"\"\nauthors = []\nthemes = [\"工将\"]\n+++\n\n<script>x</script>\n",
    );
    site.write("templates/article.html", "{{ titel }}");
    for args in [
        &["import", "--dry-run"][..],
        &["import", "-v"],
        &["check"],
        &["build", "-v"],
        &["themes", "content/articles/own/a.md"],
        &["export", "epub", "--theme", "没有"],
        &["publish"],
        &["init", "."],
        &["import", "nowhere.txt"],
    ] {
        let result = run(&site, args);
        assert_chinese(&result);
        assert!(!result.stderr.is_empty() || !result.stdout.is_empty());
    }
    let checked = run(&site, &["check"]).expect_exit(1, &["错误[empty-title]: 标题是空的", "建议: 给文章写个标题"]);
    assert!(checked.stderr.contains("查了"), "{}", checked.stderr);
    run(&site, &["import", "--dry-run"]).expect_exit(1, &["标题", "正文", "什么也没有写"]);
}

#[test]
fn settings_with_mistakes_are_reported_in_their_language() {
    let site = Site::empty_folder();
    site.write("site.toml", "title = \"文摘\"\nlang = \"zh-Hant\"\nbase_ulr = \"x\"\n");
    let result = run(&site, &["build"]).expect_exit(2, &["錯誤[unknown-key]: 沒有base_ulr這一項", "是不是base_url？"]);
    assert_chinese(&result);
    site.write("site.toml", "title = \"文摘\"\npage_size = 0\ntext_lang = \"fr\"\n");
    assert_chinese(&run(&site, &["build"]).expect_exit(2, &["列表每页至少1条", "没有语言\"fr\""]));
    site.write("site.toml", "title = \"文摘\n");
    assert_chinese(&run(&site, &["build"]).expect_exit(2, &["这不合 TOML 的写法"]));
}

#[test]
fn help_and_errors_of_usage_are_in_the_language_too() {
    let site = Site::with_settings();
    for args in
        [&["--help"][..], &["-h"], &["import", "--help"], &["export", "--help"], &["help"], &["help", "publish"]]
    {
        assert_chinese(&run(&site, args).expect_exit(0, &["用法：", "选项"]));
    }
    let unknown =
        run(&site, &["build", "--drafst"]).expect_exit(2, &["这里没有--drafst这个参数", "是不是--drafts？", "用法："]);
    assert_chinese(&unknown);
    for args in [
        &["bild"][..],
        &["import", "--date", "gestern"],
        &["export"],
        &["export", "pdf"],
        &["export", "mail", "--issue", "a", "--month", "2025-01"],
        &["serve", "-p"],
        &["serve", "-p", "70000"],
    ] {
        assert_chinese(&run(&site, args).expect_exit(2, &["错误: "]));
    }
    let away = Site::empty_folder();
    let root = site.root().to_str().unwrap();
    run(&away, &["--root", root, "--nothing"]).expect_exit(2, &["这里没有--nothing这个参数"]);
    run(&away, &[&format!("--root={root}"), "--nothing"]).expect_exit(2, &["这里没有--nothing这个参数"]);
}

#[test]
fn another_language_can_be_asked_for_and_without_a_site_the_locale_decides() {
    let site = Site::with_settings();
    run_with(&site, &["check"], &[("WENZHAI_LANG", "en")]).expect_exit(0, &["0 articles checked: nothing found"]);
    run_with(&site, &["check"], &[("WENZHAI_LANG", "zh-Hant")]).expect_exit(0, &["查了0篇文章：沒有發現問題"]);
    let away = Site::empty_folder();
    run_with(&away, &["build"], &[("LANG", "zh_CN.UTF-8")]).expect_exit(2, &["错误[no-site]"]);
    run_with(&away, &["build"], &[("LC_ALL", "zh_TW.UTF-8"), ("LANG", "en_US.UTF-8")])
        .expect_exit(2, &["錯誤[no-site]"]);
    run(&away, &["build"]).expect_exit(2, &["error[no-site]: there is no site.toml"]);
}
