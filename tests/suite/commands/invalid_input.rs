//! Invalid input: a diagnostic with file, line, the text underlined and a hint, the right exit code, no partial output, and the
//! rest done.

use crate::common::files::read_files;
use crate::common::process::program;
use crate::common::site::{PAGE, RunResult, SETTINGS, Site, article};
use std::io::Read;
use std::process::Stdio;

/// A site with a valid article and further files, and the result of a build.
fn build_beside_valid(files: &[(&str, &[u8])]) -> (Site, RunResult) {
    let site = Site::with_settings();
    site.write("content/articles/2025/01-01/good.md", article("好文章", "date = 2025-01-01\n", "好的正文。"));
    for (name, bytes) in files {
        site.write(name, bytes);
    }
    let result = site.run(&["build"]);
    (site, result)
}

/// The build names what is wrong, ends with exit code 1, and writes the valid article.
#[track_caller]
fn assert_finding(files: &[(&str, &[u8])], printed: &[&str]) -> Site {
    let (site, result) = build_beside_valid(files);
    result.expect_exit(1, printed);
    assert!(site.read("public/2025/01/01/good/index.html").contains("好的正文。"), "the rest is done");
    site
}

/// The command ends with exit code 2 before anything is written.
#[track_caller]
fn assert_usage_error(site: &Site, args: &[&str], printed: &[&str]) {
    let before = read_files(site.root());
    site.run(args).expect_exit(2, printed);
    assert_eq!(read_files(site.root()), before, "nothing is written");
}

#[test]
fn without_settings_every_command_has_a_hint() {
    let folder = Site::empty_folder();
    for command in ["build", "import", "themes", "check", "serve"] {
        assert_usage_error(&folder, &[command], &["there is no site.toml", "help: "]);
    }
    assert_usage_error(&folder, &["--root", "nowhere", "build"], &["nowhere", "wenzhai init"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_written_is_a_failure() {
    let site = Site::with_page();
    site.build();
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    for args in [&["build", "--json"][..], &["themes"], &["import", "--dry-run", "content/pages/a.txt"], &["--help"]] {
        let output = site.command(args).stdout(full()).output().unwrap();
        let result = RunResult::from_output(output);
        result.expect_exit(1, &["cannot write to standard output", "free some space"]);
    }
}

#[test]
#[cfg(unix)]
fn data_that_nobody_reads_to_its_end_is_no_success_and_no_message() {
    let site = Site::with_page();
    for args in [&["build", "--json"][..], &["themes", "--json"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let result = RunResult::from_output(site.command(args).stdout(Stdio::from(writer)).output().unwrap());
        result.expect_exit(1, &[]).expect_without("error").expect_without("standard output");
    }
    assert!(site.read("public/index.html").contains("驿站"), "the work itself is done");
}

#[test]
fn wrong_arguments_are_usage_errors() {
    let site = Site::with_page();
    assert_usage_error(&site, &["bild"], &["build"]);
    assert_usage_error(&site, &["build", "extra"], &["Usage"]);
    assert_usage_error(&site, &["import", "nowhere.txt"], &["no page or folder nowhere.txt"]);
    assert_usage_error(&site, &["import", "--date", "2025-13-01"], &["2025-13-01"]);
    assert_usage_error(&site, &["build", "--base-url", "example.org"], &["--base-url https://"]);
    assert_usage_error(&site, &["themes", "--eval", "nowhere.jsonl"], &["nowhere.jsonl"]);
}

#[test]
fn invalid_settings_stop_the_command() {
    let cases: &[(&str, &[&str])] = &[
        ("tilte = \"x\"\n", &["site.toml:1:1", "^^^^^", "did you mean title?"]),
        ("title = \"x\n", &["site.toml:1:", "^", "help: "]),
        ("[themes.terms]\n产改 = 3.0\n", &["site.toml:2:1", "^^^^", "quotation marks"]),
        ("page_size = 0\n", &["site.toml:1:13", "^", "use 1 or more"]),
        ("page_size = 99999999999999999999\n", &["site.toml:1:13", "whole number"]),
        ("page_size = \"x\"\n", &["site.toml:1:13", "whole number"]),
        ("base_url = \"example.org\"\n", &["site.toml:1:12", "^^^", "https://"]),
        ("[[themes]]\nid = \"a\"\nslgu = \"a\"\n", &["site.toml:3:1", "did you mean slug?"]),
        ("[[themes]]\nid = \"a\"\nslug = \"产改\"\n", &["site.toml:1:", "ASCII"]),
    ];
    for (text, printed) in cases {
        let site = Site::with_page();
        site.write("site.toml", text);
        assert_usage_error(&site, &["build"], printed);
    }
}

#[test]
fn settings_that_are_binary_or_a_folder_stop_the_command() {
    let site = Site::with_page();
    site.write("site.toml", b"title = \"\xB2\xFA\"\n");
    assert_usage_error(&site, &["build"], &["site.toml:1:10", "UTF-8"]);
    site.remove("site.toml");
    site.write("site.toml/x", "");
    assert_usage_error(&site, &["build"], &["site.toml", "help: "]);
}

#[test]
fn settings_may_have_a_byte_order_mark_or_be_empty() {
    for text in [format!("\u{FEFF}{SETTINGS}"), String::new(), "\u{FEFF}\r\ntitle = \"x\"\r\n".to_owned()] {
        let site = Site::with_page();
        site.write("site.toml", text);
        site.build();
    }
}

#[test]
fn each_mistake_in_an_article_is_reported_with_its_span() {
    let cases: &[(&str, &[&str])] = &[
        ("+++\ntitle = \"x\"\ntitel = \"y\"\n+++\n\nx\n", &["bad.md:3:1", "^^^^^", "did you mean title?"]),
        ("+++\ntitle = \"x\"\nthemes = [\"工将\"]\n+++\n\nx\n", &["bad.md:3:11", "^^^^^^", "did you mean 工匠?"]),
        ("+++\ntitle = \"x\"\ndate = 2025-02-30\n+++\n\nx\n", &["bad.md:3:8", "^^^^^^^^^^", "2025-02-25"]),
        ("+++\ntitle = \"x\"\ndate = \"二月\"\n+++\n\nx\n", &["bad.md:3:8", "this is not a date", "2025-02-25"]),
        ("+++\ntitle = \"x\n+++\n\nx\n", &["bad.md:2:", "^", "help: "]),
        ("+++\ntitle = \"x\"\n", &["bad.md:1:1", "^^^", "never closed"]),
        ("+++\ntitle = \"x\"\nissue = 99999999999\n+++\n", &["bad.md:3:9", "^^^^^^^^^^^", "whole number"]),
        ("+++\ntitle = \"x\"\npage = -1\n+++\n", &["bad.md:3:8", "^^", "whole number"]),
        ("+++\ntitle = \"x\"\nslug = \"../../etc\"\n+++\n", &["bad.md:3:8", "ASCII"]),
        ("+++\n+++\n", &["bad.md:", "title", "help: "]),
        ("", &["bad.md:1:1", "+++"]),
        ("正文，没有头。\n", &["bad.md:1:1", "+++"]),
        ("+++\r\ntitle = \"x\"\r\nthemes = [\"工将\"]\r\n+++\r\n\r\nx\r\n", &["bad.md:3:11", "^^^^^^"]),
    ];
    for (text, printed) in cases {
        let printed = [&["content/articles/"], *printed].concat();
        let site = assert_finding(&[("content/articles/2025/02-03/bad.md", text.as_bytes())], &printed);
        assert!(!site.has("public/2025/02/03/bad"), "{text}");
    }
}

#[test]
fn an_article_or_plain_page_that_is_no_text_is_reported() {
    assert_finding(
        &[("content/articles/bad.md", b"+++\ntitle = \"\xB2\xFA\xB8\xC4\"\n+++\n")],
        &["bad.md:2:10", "UTF-8"],
    );
    assert_finding(
        &[("content/about.md", b"+++\ntitle = \"\xB2\xFA\xB8\xC4\"\n+++\n")],
        &["content/about.md:2:10", "UTF-8"],
    );
    assert_finding(
        &[("content/about.md", b"+++\ntitle = \"x\"\noder = 1\n+++\n")],
        &["about.md:3:1", "did you mean order?"],
    );
}

#[test]
fn front_matter_as_other_editors_write_it_is_read() {
    let texts = [
        "\u{FEFF}+++\ntitle = \"题\"\n+++\n\n正文一段。\n",
        "+++\r\ntitle = \"题\"\r\n+++\r\n\r\n正文一段。\r\n",
        "\u{FEFF}+++\r\ntitle = \"题\"\r\n+++ \r\n正文一段。",
    ];
    for text in texts {
        let (site, result) = build_beside_valid(&[("content/articles/x.md", text.as_bytes())]);
        result.expect_exit(0, &[]);
        assert!(site.read("public/undated/3a/x/index.html").contains(">正文一段。</p>"), "{text:?}");
    }
}

#[test]
fn front_matter_alone_is_an_article() {
    let (site, result) = build_beside_valid(&[("content/articles/x.md", "+++\ntitle = \"只有头\"\n+++".as_bytes())]);
    result.expect_exit(0, &[]);
    assert!(site.read("public/undated/3a/x/index.html").contains("只有头"));
}

#[test]
fn pages_without_text_are_reported_by_every_build() {
    for (bytes, printed) in
        [(&b""[..], "holds no text"), (b" \r\n\n\t ", "holds no text"), (b"\xEF\xBB\xBF", "no text")]
    {
        let site = assert_finding(&[("content/pages/bad.txt", bytes)], &["content/pages/bad.txt", printed, "help: "]);
        site.run(&["build"]).expect_exit(1, &[printed]);
        assert_eq!(site.articles().len(), 1);
    }
}

#[test]
fn a_binary_page_is_reported() {
    let noise = || (0..3000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes());
    for (start, message) in
        [(&b"GIF89a\x80\x02\xE0\x01\xF7\0\0"[..], "no text"), (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "no PDF")]
    {
        let scan: Vec<u8> = start.iter().copied().chain(noise()).collect();
        let site = assert_finding(&[("content/pages/scan.txt", &scan)], &["content/pages/scan.txt", message, "help: "]);
        assert_eq!(site.articles().len(), 1);
    }
}

#[test]
fn a_page_of_one_line_of_two_megabytes_is_reported_briefly() {
    let page = "产业工人，".repeat(140_000);
    let (site, result) = build_beside_valid(&[("content/pages/long.txt", page.as_bytes())]);
    let result = result.expect_exit(1, &["content/pages/long.txt:1:1", "^^^", "line breaks"]);
    assert!(result.stderr.len() < 3_000, "the message is as long as the page");
    assert!(site.has("public/2025/01/01/good/index.html"));
}

#[test]
fn long_pages_and_long_bodies_are_built() {
    let page = "产业工人说，这样的日子越过越好，\n\n".repeat(3_000);
    let body = "产业工人说，这样的日子越过越好。".repeat(60_000);
    let long = article("长文", "", &body);
    let (site, result) = build_beside_valid(&[
        ("content/pages/many.txt", page.as_bytes()),
        ("content/articles/long.md", long.as_bytes()),
    ]);
    result.expect_exit(0, &[]);
    assert!(site.read("public/undated/e5/long/index.html").len() > body.len());
}

#[test]
fn two_articles_cannot_have_one_address() {
    let one = article("甲", "date = 2025-02-03\nslug = \"same\"\n", "甲文。");
    let two = article("乙", "date = 2025-02-03\nslug = \"same\"\n", "乙文。");
    let bad = [("content/articles/a.md", one.as_bytes()), ("content/articles/b.md", two.as_bytes())];
    let site = assert_finding(&bad, &["/2025/02/03/same/", "content/articles/a.md", "content/articles/b.md", "slug"]);
    assert!(site.read("public/2025/02/03/same/index.html").contains("甲文。"), "the first one has the address");
}

#[test]
fn an_article_cannot_have_the_address_of_a_list() {
    let plain = "+++\ntitle = \"假的主题页\"\n+++\n\nx\n";
    let site = assert_finding(&[("content/themes.md", plain.as_bytes())], &["content/themes.md", "help: "]);
    assert!(!site.read("public/themes/index.html").contains("<h1>假的主题页</h1>"));
}

#[test]
fn a_template_that_does_not_parse_is_reported_and_other_pages_are_built() {
    let (site, result) = build_beside_valid(&[("templates/article.html", b"<p>\n{% if x %\n")]);
    result.expect_exit(1, &["templates/article.html:2:", "^", "help: "]);
    assert!(site.read("public/index.html").contains("好文章"));
}

#[test]
fn an_unknown_variable_in_a_template_is_reported_once() {
    let site = Site::with_page();
    site.write("templates/article.html", "<h1>{{ article.titel }}</h1>\n");
    let result = site.run(&["build"]).expect_exit(1, &["templates/article.html:1:16", "^^^^^", "did you mean title?"]);
    assert_eq!(result.stderr.matches("`titel`").count(), 1, "once, not for each article:\n{}", result.stderr);
    assert!(site.has("public/index.html"));
}

#[test]
fn a_broken_template_leaves_the_pages_of_the_last_build() {
    let site = Site::with_page();
    site.build();
    let before = site.public();
    site.write("templates/article.html", "{{ nothing }}");
    site.run(&["build"]).expect_exit(1, &[]);
    assert_eq!(site.public(), before);
    site.remove("templates/article.html");
    site.build();
    assert_eq!(site.public(), before);
}

#[test]
fn without_content_nothing_is_built() {
    let site = Site::empty_folder();
    site.write("site.toml", SETTINGS);
    site.run(&["build"]).expect_exit(1, &["there is no folder content/", "help: "]);
    assert!(!site.has("public"));
    site.run(&["import"]).expect_exit(1, &["content/pages/", "help: "]);
}

#[test]
fn content_that_is_a_file_is_reported() {
    let site = Site::empty_folder();
    site.write("site.toml", SETTINGS);
    site.write("content", "a file");
    site.run(&["build"]).expect_exit(1, &["content", "help: "]);
    assert!(!site.has("public"));
}

#[test]
fn an_output_folder_inside_what_the_site_is_made_from_is_refused() {
    let site = Site::with_page();
    for out in ["content", "content/public", "./content/../content/x", "templates", "static/x", ".", ".."] {
        assert_usage_error(&site, &["build", "-o", out], &["output folder", "help: "]);
    }
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_links_into_content_is_refused() {
    let site = Site::with_page();
    std::os::unix::fs::symlink("content/pages", site.path("public")).unwrap();
    site.run(&["build"]).expect_exit(2, &["lies inside content/"]);
    assert_eq!(site.read("content/pages/a.txt"), PAGE);
}

#[cfg(unix)]
#[test]
fn symlink_loops_are_reported_and_the_rest_is_built() {
    use std::os::unix::fs::symlink;
    for folder in ["content/pages", "content/articles/2025-01-01", "content", "static", "templates"] {
        let site = Site::with_page();
        for needed in ["content/articles/2025-01-01", "static", "templates"] {
            std::fs::create_dir_all(site.path(needed)).unwrap();
        }
        symlink("..", site.path(folder).join("up")).unwrap();
        symlink("self.md", site.path(folder).join("self.md")).unwrap();
        let result =
            site.run(&["build"]).expect_exit(1, &[&format!("{folder}/up"), &format!("{folder}/self.md"), "help: "]);
        assert_eq!(result.stderr.matches("error[symlink-loop]").count(), 2, "each once:\n{}", result.stderr);
        assert!(site.read("public/index.html").contains("货车司机有了<wbr>歇脚的<wbr>驿站"), "{folder}");
    }
}

/// A user who may read everything, as root may, gets no finding.
#[cfg(unix)]
#[test]
fn an_unreadable_folder_is_reported_and_the_rest_is_built() {
    use std::fs::{Permissions, read_dir, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let site = Site::with_page();
    site.write("content/pages/closed/b.txt", PAGE);
    let closed = site.path("content/pages/closed");
    set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    let reads_anyway = read_dir(&closed).is_ok();
    let result = site.run(&["build"]);
    set_permissions(&closed, Permissions::from_mode(0o755)).unwrap();
    if !reads_anyway {
        result.expect_exit(1, &["content/pages/closed", "help: "]);
    }
    assert!(site.read("public/index.html").contains("货车司机有了<wbr>歇脚的<wbr>驿站"));
}

#[test]
fn pages_may_have_any_name_and_lie_at_any_depth() {
    let site = Site::with_settings();
    let deep = (0..20).map(|n| format!("层{n}/")).collect::<String>();
    let names = ["三 版.txt", "🗞️.txt", "a'b\"c&d.TXT", &format!("{deep}深.md"), "-dash.txt", "x.txt/inside.txt"];
    for (at, name) in names.iter().enumerate() {
        site.write(&format!("content/pages/{name}"), PAGE.replace("货车司机", &format!("第{at}路司机")));
    }
    let result = site.build();
    result.expect_exit(0, &["imported 6 of 6 pages"]);
    assert_eq!(site.articles().len(), 12);
    assert!(site.public().keys().all(|name| name.is_ascii()), "addresses are ASCII");
    site.build().expect_exit(0, &["0 files written"]);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let site = Site::with_page();
    site.build();
    for args in [&["import", "content/pages/a.txt", "--dry-run"][..], &["themes"], &["--help"]] {
        let mut child = program()
            .args(args)
            .current_dir(site.root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = child.wait().unwrap().code();
        assert!(code == Some(0) && !err.contains("error") && !err.contains("panicked"), "{args:?}: {code:?} {err}");
    }
}

#[test]
fn an_invalid_sidecar_is_reported_and_the_page_is_imported() {
    let site = Site::with_page();
    site.write("content/pages/a.toml", "dat = 2025-01-01\n");
    site.run(&["build"]).expect_exit(1, &["content/pages/a.toml:1:1", "did you mean date?"]);
    assert_eq!(site.articles().len(), 2);
    site.run(&["build"]).expect_exit(1, &["a.toml:1:1"]);
}

#[test]
fn a_file_of_others_in_the_output_is_never_overwritten() {
    let site = Site::with_page();
    site.write("public/index.html", "mine");
    site.run(&["build"]).expect_exit(1, &["public/index.html", "did not write it", "help: "]);
    assert_eq!(site.read("public/index.html"), "mine");
    assert_eq!(read_files(&site.path("public")).len(), 1, "nothing else is written");
}

#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let site = Site::with_page();
    site.write("report/x", "");
    site.run(&["import", "--report", "report"]).expect_exit(1, &["report", "help: "]);
}
