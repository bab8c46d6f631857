//! Scans: pictures of pages, which the OCR command of site.toml reads.
//!
//! A script stands in for the OCR program: it notes that it was called, and writes what Tesseract made of the page in `tests/printed/`.

#![cfg(unix)]

use crate::common::process::wait_until;
use crate::common::site::{RunResult, SETTINGS, Site};
use crate::common::typeset::Text::{Head, Line, Paragraph};
use crate::common::typeset::{Sheet, pdf_of};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

const ALTO: &[u8] = include_bytes!("../../printed/page.alto.xml");

/// Writes the result as a file with an extension of its choice, as Tesseract does.
const WRITES: &str = "cp \"$HERE/alto\" \"$2.xml\"";

/// A PNG of this size as far as its head says; `text` makes it differ from others.
fn scan(width: u32, height: u32, text: &str) -> Vec<u8> {
    let size = [width, height].map(u32::to_be_bytes).concat();
    [b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", &size[..], b"\x08\0\0\0\0CRC.\0\0\0\0IDAT", text.as_bytes()].concat()
}

/// A site whose OCR command is a script with this body: `$1` is the picture, `$2` the result without extension, `$3` the resolution.
fn site_with(body: &str, settings: &str) -> Site {
    let site = Site::with_settings();
    site.write("alto", ALTO);
    site.write(
        "ocr.sh",
        format!("#!/bin/sh\nHERE='{}'\necho called \"$3\" >> \"$HERE/calls\"\n{body}\n", site.root().display()),
    );
    fs::set_permissions(site.path("ocr.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    let command = "command = [\"./ocr.sh\", \"{image}\", \"{output}\", \"{dpi}\"]";
    site.write("site.toml", format!("{SETTINGS}\n[ocr]\n{command}\n{settings}\n"));
    site
}

/// A site with one scan.
fn with_scan(body: &str, settings: &str) -> Site {
    let site = site_with(body, settings);
    site.write("content/pages/p1.png", scan(3071, 4252, "one"));
    site
}

fn calls(site: &Site) -> usize {
    if site.has("calls") { site.read("calls").lines().count() } else { 0 }
}

fn import(site: &Site) -> RunResult {
    site.run(&["import"])
}

/// The names in the folder of results.
fn results(site: &Site) -> Vec<String> {
    let Ok(entries) = fs::read_dir(site.path(".wenzhai/ocr")) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_scan_becomes_articles_and_is_read_once() {
    let site = with_scan(WRITES, "");
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    site.article_with("title = \"江心的灯塔又亮了\"");
    assert_eq!(site.read("calls"), "called 200\n", "as high as a broadsheet");
    import(&site).expect_exit(0, &["none of them new"]);
    // the page is imported anew, by what was read before
    site.write("content/pages/p1.toml", "page = 7\n");
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    assert_eq!((calls(&site), results(&site).len()), (1, 1));
    // another picture is read
    site.write("content/pages/p1.png", scan(3071, 4252, "two"));
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    assert_eq!((calls(&site), results(&site).len()), (2, 1), "the result of the old one is gone");
    // and so it is with another command
    site.edit("site.toml", "\"{dpi}\"", "\"{dpi}\", \"-l\", \"chi_tra\"");
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    assert_eq!((calls(&site), results(&site).len()), (3, 1));
    import(&site).expect_exit(0, &["none of them new"]);
}

#[test]
fn a_site_shows_the_text_of_a_scan_as_long_as_it_is_there() {
    let site = with_scan(WRITES, "");
    site.build();
    let text = |site: &Site| {
        let pages = site.public();
        let with_lines = pages.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("id=\"L1\""));
        with_lines.count()
    };
    assert_eq!(text(&site), 1);
    // a checkout without caches, on a machine that reads no scans
    fs::remove_dir_all(site.path(".wenzhai")).unwrap();
    fs::remove_dir_all(site.path("public")).unwrap();
    site.remove("ocr.sh");
    site.build();
    assert_eq!(text(&site), 0);
}

#[test]
fn what_the_command_prints_is_a_result_too_and_may_be_text() {
    let site = with_scan("cat \"$HERE/alto\"", "");
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    site.article_with("title = \"江心的灯塔又亮了\"");
    let site = with_scan("echo 2025年3月18日 > \"$2.txt\"; cp \"$HERE/alto\" \"$2.xml\"", "");
    import(&site).expect_exit(0, &[]);
    site.article_with("title = \"江心的灯塔又亮了\"");
    let site = with_scan("printf '驿站开了灯\\n\\n本报讯（记者林屏之）驿站里有热水，夜里也开门。\\n' > \"$2.txt\"", "");
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    site.article_with("驿站里有热水");
}

#[test]
fn a_picture_beside_a_page_or_too_small_for_one_is_no_page() {
    let site = site_with(WRITES, "");
    for name in ["a.png", "b.jpg", "c_files/x.png"] {
        site.write(&format!("content/pages/{name}"), scan(3000, 4000, name));
    }
    site.write("content/pages/a.txt", crate::common::site::PAGE);
    site.write("content/pages/b.xml", ALTO);
    site.write("content/pages/c.html", "<p>驿站开了灯</p><p>本报讯（记者林屏之）驿站里有热水，夜里也开门。</p>");
    site.write("content/pages/logo.png", scan(599, 80, "logo"));
    import(&site).expect_exit(0, &["6 articles written", "unused-file", "logo.png", "599 × 80"]);
    assert_eq!(calls(&site), 0);
}

#[test]
fn a_missing_program_is_named_once_and_other_pages_are_imported() {
    let site = Site::with_page();
    for name in ["s1.png", "s2.jpg", "s3.tif"] {
        site.write(&format!("content/pages/{name}"), scan(3000, 4000, name));
    }
    site.write("site.toml", format!("{SETTINGS}\n[ocr]\ncommand = [\"no-such-reader\", \"{{image}}\"]\n"));
    let expected = ["3 scans are not read", "no-such-reader", "content/pages/s1.png", "2 articles written"];
    let result = import(&site).expect_exit(1, &expected);
    assert_eq!(result.stderr.matches("error[no-ocr]").count(), 1, "{}", result.stderr);
    // without settings it is Tesseract, and the hint says how to get it
    site.write("site.toml", SETTINGS);
    let import = site.command(&["import"]).env("PATH", "/nowhere").output().unwrap();
    let hint = "apt install tesseract-ocr tesseract-ocr-chi-sim";
    RunResult::from_output(import).expect_exit(1, &["3 scans are not read", "there is no tesseract", hint]);
}

#[test]
fn a_command_that_fails_says_why_and_is_run_again_by_the_next_import() {
    for (body, settings, message) in [
        ("echo 'cannot open picture' >&2; exit 3", "", "(exit status: 3): cannot open picture"),
        ("sleep 60", "timeout = 1", "took more than 1 s"),
        ("exit 0", "", "wrote no result"),
        ("head -c 3000 /dev/zero > \"$2.xml\"", "", "cannot be read"),
        ("head -c 3000 \"$HERE/alto\" > \"$2.xml\"", "", "cannot be read"),
    ] {
        let site = with_scan(body, settings);
        site.write("content/pages/a.txt", crate::common::site::PAGE);
        let expected = ["error[ocr-failed]", "content/pages/p1.png", message, "help: ", "2 articles written"];
        import(&site).expect_exit(1, &expected);
        assert_eq!((calls(&site), results(&site)), (1, vec![]), "{body}");
        site.write("ocr.sh", format!("#!/bin/sh\nHERE='{}'\n{WRITES}\n", site.root().display()));
        import(&site).expect_exit(0, &["3 articles written"]);
    }
}

#[test]
fn a_scan_without_text_is_named_and_not_read_again() {
    let site = with_scan("echo > \"$2.txt\"", "");
    for _ in 0..2 {
        import(&site).expect_exit(0, &["unused-file", "no text was recognised"]);
    }
    assert_eq!(calls(&site), 1);
}

#[test]
fn a_killed_import_leaves_neither_processes_nor_halves() {
    let site = with_scan("echo $$ > \"$HERE/pid\"; echo half > \"$2.xml\"; sleep 300", "");
    let mut running = site.command(&["import"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let pid = || fs::read_to_string(site.path("pid")).ok().filter(|pid| pid.ends_with('\n'));
    wait_until(Duration::from_secs(60), || pid().is_some(), || "the OCR command to start".to_owned());
    running.kill().unwrap();
    running.wait().unwrap();
    let pid = pid().unwrap();
    let is_running = || {
        let signal = Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status();
        signal.unwrap().success()
    };
    wait_until(Duration::from_secs(20), || !is_running(), || "the OCR command to end".to_owned());
    site.write("ocr.sh", format!("#!/bin/sh\nHERE='{}'\n{WRITES}\n", site.root().display()));
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    assert!(results(&site).iter().all(|name| name.ends_with(".ocr")), "{:?}", results(&site));
}

#[test]
fn scans_of_no_site_are_read_too_and_a_dry_run_writes_nothing() {
    let site = with_scan(WRITES, "");
    fs::rename(site.path("site.toml"), site.path("settings")).unwrap();
    // the built-in settings: a stand-in for Tesseract on the path
    fs::create_dir(site.path("bin")).unwrap();
    site.write("bin/tesseract", site.read("ocr.sh"));
    fs::set_permissions(site.path("bin/tesseract"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", site.path("bin").display(), std::env::var("PATH").unwrap());
    let run = |args: &[&str]| RunResult::from_output(site.command(args).env("PATH", &path).output().unwrap());
    fs::rename(site.path("content/pages"), site.path("scans")).unwrap();
    run(&["import", "scans", "--into", "out", "--dry-run"]).expect_exit(0, &["江心的灯塔又亮了"]);
    assert!(!site.has("out") && !site.has(".wenzhai"));
    run(&["import", "scans", "--into", "out"]).expect_exit(0, &["imported 1 of 1 pages"]);
    run(&["import", "scans/p1.png", "--into", "out"]).expect_exit(0, &[]);
    assert_eq!(calls(&site), 2);
}

#[test]
fn words_of_low_confidence_are_in_the_report_and_in_the_summary() {
    let text = String::from_utf8(ALTO.to_vec()).unwrap();
    let at = text.find("WC=\"0.9").unwrap();
    let doubtful = format!("{}{}", &text[..at], text[at..].replacen("WC=\"0.9", "WC=\"0.1", 3));
    let site = site_with(WRITES, "");
    site.write("content/pages/p1.xml", doubtful);
    site.run(&["import", "--report", "ledger.jsonl"]).expect_exit(0, &["were read with low confidence"]);
    let ledger = site.read("ledger.jsonl");
    let line = ledger.lines().find(|line| line.contains("unsure_words")).unwrap();
    let entry: serde_json::Value = serde_json::from_str(line).unwrap();
    let word = &entry["unsure_words"][0];
    assert!(word["at"].as_u64().unwrap() >= 1 && word["confidence"].as_f64().unwrap() < 0.2, "{line}");
    assert!(!word["text"].as_str().unwrap().is_empty(), "{line}");
}

#[test]
fn settings_that_cannot_work_are_named() {
    for (settings, message) in [
        ("command = []", "names no program"),
        ("command = [\"tesseract\"]", "has no {image}"),
        ("command = \"tesseract {image}\"", "[ocr]"),
        ("timeout = 0", "0 seconds"),
        ("comand = [\"x\"]", "did you mean command?"),
    ] {
        let site = Site::with_page();
        site.write("site.toml", format!("{SETTINGS}\n[ocr]\n{settings}\n"));
        import(&site).expect_exit(2, &[if message == "[ocr]" { "invalid type" } else { message }]);
    }
}

/// A PDF of one page without text.
fn scanned_pdf() -> Vec<u8> {
    let objects = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
                   3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>endobj\n\
                   4 0 obj<</Length 10>>stream\n0 0 1 1 re\nendstream endobj\n";
    format!("%PDF-1.4\n{objects}trailer<</Root 1 0 R>>\n%%EOF\n").into_bytes()
}

#[test]
fn a_pdf_without_text_is_read_as_a_scan() {
    let site = site_with(WRITES, "");
    site.write("content/pages/p1.pdf", scanned_pdf());
    site.write("picture.png", scan(4606, 6378, "of a PDF"));
    let run = |path: &str| RunResult::from_output(site.command(&["import"]).env("PATH", path).output().unwrap());
    run("/nowhere").expect_exit(1, &["error[no-text-layer]", "apt install poppler-utils"]);
    // a stand-in for pdftoppm, whose last argument is the picture without its extension
    site.write(
        "bin/pdftoppm",
        format!("#!/bin/sh\nfor last; do :; done\ncp '{}' \"$last.png\"\n", site.path("picture.png").display()),
    );
    fs::set_permissions(site.path("bin/pdftoppm"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", site.path("bin").display(), std::env::var("PATH").unwrap());
    run(&path).expect_exit(0, &["imported 1 of 1 pages"]);
    site.article_with("title = \"江心的灯塔又亮了\"");
    assert_eq!(site.read("calls"), "called 300\n");
    run("/nowhere").expect_exit(0, &["none of them new"]);
    site.build();
    assert_eq!((calls(&site), results(&site).len()), (1, 1));
}

/// A site with a PDF and a stand-in for `pdftoppm`, whose last argument is the picture without its extension. Runs `wenzhai` with it.
fn with_pdf(pages: &[Sheet<'_>], body: &str) -> (Site, impl Fn(&Site, &[&str]) -> RunResult) {
    let site = site_with(body, "");
    site.write("content/pages/issue.pdf", pdf_of(pages));
    site.write("picture.png", scan(4606, 6378, "of a PDF"));
    let picture = site.path("picture.png").display().to_string();
    site.write("bin/pdftoppm", format!("#!/bin/sh\nfor last; do :; done\ncp '{picture}' \"$last.png\"\n"));
    fs::set_permissions(site.path("bin/pdftoppm"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", site.path("bin").display(), std::env::var("PATH").unwrap());
    let run = move |site: &Site, args: &[&str]| {
        RunResult::from_output(site.command(args).env("PATH", &path).output().unwrap())
    };
    (site, run)
}

const TEXT: Sheet<'_> = Sheet::Text(&[
    Line("示范工人报"),
    Line("2025年3月18日 星期二 第8126期"),
    Head("货车司机有了歇脚的驿站"),
    Line("本报记者 祝小满"),
    Paragraph("三月以来，云泊市总工会在国道沿线建起了十二个货车司机驿站，夏天有凉茶，冬天有热水，司机们都说好。"),
    Paragraph("驿站里有床、有饭、有淋浴，还有人帮忙看车。跑了二十年长途的老司机说，这样的地方从前想都不敢想。"),
]);

/// How many source pages of the site show their text.
fn shown(site: &Site) -> usize {
    site.public().iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("id=\"L1\"")).count()
}

#[test]
fn a_scan_among_the_pages_of_a_pdf_is_read_and_corrected_beside_it() {
    let (site, run) = with_pdf(&[TEXT, Sheet::Scan, Sheet::Empty], WRITES);
    run(&site, &["import"]).expect_exit(0, &["imported 3 of 3 pages", "page-without-text", "issue.pdf#3"]);
    let article = site.article_with("title = \"江心的灯塔又亮了\"");
    assert!(site.read(&article).contains("page = \"issue.pdf#2\""), "{}", site.read(&article));
    site.article_with("货车司机有了歇脚的驿站");
    run(&site, &["import"]).expect_exit(0, &["3 pages, none of them new"]);
    site.write("content/pages/issue.2.toml", "page = 7\n");
    run(&site, &["import"]).expect_exit(0, &["imported 3 of 3 pages"]);
    assert!(site.read(&site.article_with("title = \"江心的灯塔又亮了\"")).contains("page = 7"));
    assert_eq!((calls(&site), results(&site).len()), (1, 1));
    run(&site, &["build"]).expect_exit(0, &[]);
    assert_eq!((calls(&site), shown(&site)), (1, 2));
    // no article is lost where nothing reads the scan
    let (before, program) = (site.articles(), site.read("ocr.sh"));
    fs::remove_dir_all(site.path(".wenzhai")).unwrap();
    site.remove("ocr.sh");
    run(&site, &["import", "content/pages/issue.pdf"]).expect_exit(1, &["error[no-ocr]", "issue.pdf#2"]);
    assert_eq!(site.articles(), before);
    // a checkout without caches
    site.write("ocr.sh", program);
    fs::set_permissions(site.path("ocr.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(site.path(".wenzhai")).unwrap();
    fs::remove_dir_all(site.path("public")).unwrap();
    run(&site, &["build"]).expect_exit(0, &[]);
    assert_eq!((calls(&site), shown(&site)), (1, 1));
    run(&site, &["import"]).expect_exit(0, &["none of them new"]);
    run(&site, &["build"]).expect_exit(0, &[]);
    assert_eq!((calls(&site), shown(&site)), (2, 2));
}

#[test]
fn where_nothing_reads_it_a_scan_among_pages_has_no_text() {
    let (site, run) = with_pdf(&[TEXT, Sheet::Scan], WRITES);
    site.remove("ocr.sh");
    run(&site, &["import"]).expect_exit(0, &["imported 2 of 2 pages", "page-without-text", "issue.pdf#2"]);
    // the command reads nothing on it
    let (site, run) = with_pdf(&[TEXT, Sheet::Scan], "echo > \"$2.txt\"");
    run(&site, &["import"]).expect_exit(0, &["page-without-text"]);
    run(&site, &["import", "content/pages/issue.pdf"]).expect_exit(0, &["page-without-text"]);
    assert_eq!(calls(&site), 1);
    // the command fails
    let (site, run) = with_pdf(&[TEXT, Sheet::Scan], "exit 3");
    run(&site, &["import"]).expect_exit(1, &["error[ocr-failed]", "issue.pdf#2", "exit status: 3"]);
    site.article_with("货车司机有了歇脚的驿站");
    run(&site, &["import"]).expect_exit(1, &["error[ocr-failed]"]);
    assert_eq!(calls(&site), 2);
}

#[test]
fn a_pdf_of_scans_alone_is_read_page_by_page() {
    let (site, run) = with_pdf(&[Sheet::Scan, Sheet::Empty, Sheet::Scan], WRITES);
    run(&site, &["import"]).expect_exit(0, &["imported 3 of 3 pages"]);
    assert_eq!((calls(&site), results(&site).len()), (3, 3), "no page has text, so an empty one may have outlines");
    run(&site, &["build"]).expect_exit(0, &[]);
    assert_eq!(shown(&site), 3);
    site.remove("ocr.sh");
    fs::remove_dir_all(site.path(".wenzhai")).unwrap();
    let named = ["import", "content/pages/issue.pdf"];
    run(&site, &named).expect_exit(1, &["error[no-ocr]", "content/pages/issue.pdf", "no ./ocr.sh"]);
    run(&site, &["import"]).expect_exit(0, &["none of them new"]);
}

/// A TIFF of so many pages as far as its directories say.
fn tiff(pages: u32) -> Vec<u8> {
    let mut bytes = b"II\x2A\0\x08\0\0\0".to_vec();
    for page in 1..=pages {
        bytes.extend(
            [&2_u16.to_le_bytes()[..], b"\0\x01\x03\0\x01\0\0\0\xB8\x0B\0\0\x01\x01\x03\0\x01\0\0\0\xA0\x0F\0\0"]
                .concat(),
        );
        bytes.extend(if page < pages { 8 + 30 * page } else { 0 }.to_le_bytes());
    }
    bytes
}

#[test]
fn the_pages_of_a_tiff_are_source_pages_and_none_is_lost() {
    let site = site_with("cp \"$HERE/pages\" \"$2.xml\"", "");
    let text = String::from_utf8(ALTO.to_vec()).unwrap();
    let (start, end) = (text.find("<Page").unwrap(), text.find("</Layout>").unwrap());
    site.write("pages", [&text[..end], &text[start..end], &text[end..]].concat());
    site.write("content/pages/i.tif", tiff(2));
    import(&site).expect_exit(0, &["imported 2 of 2 pages"]);
    import(&site).expect_exit(0, &["2 pages, none of them new"]);
    site.build();
    assert_eq!((calls(&site), results(&site).len(), shown(&site)), (1, 1, 2));
    site.write("content/pages/i.tif", tiff(3));
    import(&site).expect_exit(1, &["error[ocr-failed]", "the scan has 3 pages", "read 2 of them"]);
}

#[test]
fn a_scan_whose_result_is_gone_is_read_again() {
    let lost = |site: &Site| fs::remove_dir_all(site.path(".wenzhai")).unwrap();
    let site = with_scan(WRITES, "");
    site.build();
    let before = site.articles();
    for (at, args) in
        [&["import"][..], &["import", "content/pages/p1.png"], &["build", "--full"]].into_iter().enumerate()
    {
        lost(&site);
        site.run(args).expect_exit(0, &[]);
        assert_eq!((calls(&site), results(&site).len()), (2 + at, 1), "{args:?}");
        site.build();
        assert_eq!(shown(&site), 1, "{args:?}");
    }
    // a machine that reads no scans is none to report, until one does
    lost(&site);
    let program = site.read("ocr.sh");
    site.remove("ocr.sh");
    import(&site).expect_exit(0, &["none of them new"]);
    import(&site).expect_exit(0, &["none of them new"]);
    site.write("ocr.sh", program);
    fs::set_permissions(site.path("ocr.sh"), fs::Permissions::from_mode(0o755)).unwrap();
    import(&site).expect_exit(0, &["none of them new"]);
    assert_eq!((calls(&site), results(&site).len(), site.articles() == before), (5, 1, true));
}
