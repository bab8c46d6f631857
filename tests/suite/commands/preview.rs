//! `serve`, the preview server: edits are shown at once, errors are reported, and the last valid page is served meanwhile.

use crate::common::process::{ChildGuard, program, wait_until};
use crate::common::site::{PAGE, Site, article};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How long a change may take to be shown, on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(20);

/// `serve` on a site, ended with the test.
struct Preview {
    site: Site,
    _process: ChildGuard,
    /// host and port
    address: String,
    stderr: Arc<Mutex<String>>,
}

impl Preview {
    fn start(site: Site, args: &[&str]) -> Self {
        let mut child = program()
            .args(["serve", "-p", "0"])
            .args(args)
            .current_dir(site.root())
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = collect_lines(child.stderr.take().unwrap());
        let mut preview = Self { site, _process: ChildGuard(child), address: String::new(), stderr };
        preview.expect_stderr("serving http://");
        let stderr = preview.stderr.lock().unwrap().clone();
        let url = stderr.split("serving http://").nth(1).unwrap();
        preview.address = url.split('/').next().unwrap().to_owned();
        // its first report is complete
        preview.expect_stderr(" pages, in ");
        preview
    }

    /// Waits until the program prints this.
    #[track_caller]
    fn expect_stderr(&self, part: &str) {
        let stderr = || self.stderr.lock().unwrap().clone();
        wait_until(TIMEOUT, || stderr().contains(part), || format!("{part:?} in\n{}", stderr()));
    }

    /// Status and body.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = Vec::new();
        stream.read_to_end(&mut response).unwrap();
        let response = String::from_utf8_lossy(&response);
        let (header, body) = response.split_once("\r\n\r\n").unwrap();
        (header.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
    }

    /// Waits until a page contains this.
    #[track_caller]
    fn expect_page(&self, path: &str, part: &str) {
        wait_until(
            TIMEOUT,
            || self.get(path).1.contains(part),
            || format!("{part:?} at {path}:\n{}", self.get(path).1),
        );
    }

    /// The event stream that an open page receives, from now on.
    fn subscribe(&self) -> EventStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET /__wenzhai/live HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        EventStream { received: collect_lines(stream) }
    }
}

/// Reads lines in a thread of its own.
fn collect_lines(reader: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let lines = Arc::new(Mutex::new(String::new()));
    let writer = lines.clone();
    thread::spawn(move || {
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            writer.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
    lines
}

/// The server-sent events of the preview.
struct EventStream {
    received: Arc<Mutex<String>>,
}

impl EventStream {
    /// The data of the last event.
    fn last(&self) -> String {
        self.received.lock().unwrap().lines().rfind(|line| line.starts_with("data:")).unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn expect(&self, part: &str) {
        wait_until(TIMEOUT, || self.last().contains(part), || format!("{part:?} in {}", self.last()));
    }

    #[track_caller]
    fn expect_no_error(&self) {
        self.expect("\"error\":null");
    }
}

const OWN: &str = "content/articles/own/a.md";
const OWN_PAGE: &str = "/2025/01/02/a/";

fn preview() -> Preview {
    let site = Site::with_page();
    site.write(OWN, article("题目", "date = 2025-01-02\n", "正文一。"));
    Preview::start(site, &[])
}

#[test]
fn edits_are_shown() {
    let preview = preview();
    let (status, front) = preview.get("/");
    assert_eq!(status, "200");
    assert!(front.contains("货车司机有了<wbr>歇脚的<wbr>驿站") && front.contains("/__wenzhai/live.js"));
    preview.expect_stderr("imported 1 of 1 pages: 2 articles written");
    assert!(!preview.site.has("public"), "nothing but what import makes is written");

    let events = preview.subscribe();
    preview.site.edit(OWN, "正文一。", "正文二。");
    preview.expect_page(OWN_PAGE, "正文二。");
    events.expect("\"version\"");
    preview.site.write("content/pages/a.txt", PAGE.replace("十二个货车", "十三个货车"));
    preview.expect_page("/2025/03/18/sfgrb-p1-01/", "十三个货车");
    preview.site.write("static/own.css", "body {}");
    preview.expect_page("/own.css", "body {}");
    preview.site.write("templates/404.html", "找不到了");
    preview.expect_page("/nowhere/", "找不到了");
    preview.site.edit("site.toml", "试验文摘", "新的文摘");
    preview.expect_page("/", "新的文摘");
}

/// What stands behind a link is watched as the link itself is: written anew, replaced, and led to another file.
#[cfg(unix)]
#[test]
fn edits_of_files_behind_links_are_shown() {
    let site = Site::with_page();
    let link = |target: &str, name: &str| {
        let _ = std::fs::remove_file(site.path(name));
        std::os::unix::fs::symlink(site.path(target), site.path(name)).unwrap();
    };
    site.write("elsewhere/site.toml", site.read("site.toml"));
    site.write("elsewhere/about.md", "+++\ntitle = \"关于\"\n+++\n\n说明一。\n");
    site.write("elsewhere/own/a.md", article("题目", "date = 2025-01-02\n", "正文一。"));
    site.write("elsewhere/b.md", article("另题", "date = 2025-01-02\n", "另文一。"));
    site.write("elsewhere/c.md", article("另题", "date = 2025-01-02\n", "另文三。"));
    std::fs::create_dir_all(site.path("content/articles")).unwrap();
    link("elsewhere/site.toml", "site.toml");
    link("elsewhere/about.md", "content/about.md");
    link("elsewhere/own", "content/articles/own");
    link("elsewhere/b.md", "content/articles/b.md");
    let preview = Preview::start(site, &[]);
    let site = &preview.site;
    preview.expect_page(OWN_PAGE, "正文一。");
    site.edit("elsewhere/own/a.md", "正文一。", "正文二。");
    preview.expect_page(OWN_PAGE, "正文二。");
    site.edit("elsewhere/b.md", "另文一。", "另文二。");
    preview.expect_page("/2025/01/02/b/", "另文二。");
    site.edit("elsewhere/about.md", "说明一。", "说明二。");
    preview.expect_page("/about/", "说明二。");
    site.write("elsewhere/new.toml", site.read("site.toml").replace("试验文摘", "新的文摘"));
    std::fs::rename(site.path("elsewhere/new.toml"), site.path("elsewhere/site.toml")).unwrap();
    preview.expect_page("/", "新的文摘");
    std::fs::remove_file(site.path("content/articles/b.md")).unwrap();
    std::os::unix::fs::symlink(site.path("elsewhere/c.md"), site.path("content/articles/b.md")).unwrap();
    preview.expect_page("/2025/01/02/b/", "另文三。");
    site.edit("elsewhere/c.md", "另文三。", "另文四。");
    preview.expect_page("/2025/01/02/b/", "另文四。");
}

#[test]
fn a_missing_page_is_404_and_a_folder_gets_its_slash() {
    let preview = preview();
    let (status, page) = preview.get("/nowhere/");
    assert_eq!(status, "404");
    assert!(page.contains("试验文摘"), "the site's own page: {page}");
    assert_eq!(preview.get("/themes").0, "301");
    assert_eq!(preview.get("/digest/themes/").0, "200", "below the path of base_url as well");
    for path in ["/../site.toml", "/%2e%2e/site.toml", "/..%2fsite.toml", "/.wenzhai-manifest"] {
        assert_eq!(preview.get(path).0, "404", "{path}");
    }
}

#[test]
fn an_invalid_article_is_reported_and_its_last_valid_page_is_served() {
    let preview = preview();
    let events = preview.subscribe();
    events.expect_no_error();
    preview.site.edit(OWN, "title = \"题目\"", "titel = \"题目\"");
    events.expect("did you mean title?");
    assert!(events.last().contains("content/articles/own/a.md:2:1"), "{}", events.last());
    preview.expect_stderr("did you mean title?");
    let (status, page) = preview.get(OWN_PAGE);
    assert_eq!(status, "200");
    assert!(page.contains("正文一。"));
    preview.site.write(OWN, article("题目", "date = 2025-01-02\n", "改好了。"));
    events.expect_no_error();
    preview.expect_page(OWN_PAGE, "改好了。");
}

#[test]
fn a_broken_template_is_reported_and_the_last_valid_pages_are_served() {
    let preview = preview();
    let events = preview.subscribe();
    events.expect_no_error();
    preview.site.write("templates/article.html", "<h1>{{ article.titel }}</h1>");
    events.expect("did you mean title?");
    assert!(preview.get(OWN_PAGE).1.contains("正文一。"));
    preview.site.write("templates/article.html", "<h1>{{ article.title }}</h1> 新样子");
    events.expect_no_error();
    preview.expect_page(OWN_PAGE, "新样子");
    preview.site.remove("templates/article.html");
    preview.expect_page(OWN_PAGE, "正文一。");
}

#[test]
fn invalid_settings_are_reported_and_the_site_is_served() {
    let preview = preview();
    let events = preview.subscribe();
    preview.site.edit("site.toml", "title =", "tilte =");
    events.expect("did you mean title?");
    assert!(preview.get("/").1.contains("货车司机有了<wbr>歇脚的<wbr>驿站"));
    preview.site.edit("site.toml", "tilte =", "title =");
    events.expect_no_error();
}

#[test]
fn an_earlier_error_is_sent_to_a_page_that_is_opened_later() {
    let site = Site::with_page();
    site.write(OWN, "没有头。");
    let preview = Preview::start(site, &[]);
    preview.subscribe().expect("own/a.md:1:1");
    assert_eq!(preview.get("/").0, "200", "the rest is shown");
}

#[test]
fn the_page_of_a_removed_article_is_removed() {
    let preview = preview();
    preview.site.remove(OWN);
    wait_until(TIMEOUT, || preview.get(OWN_PAGE).0 == "404", || "404".to_owned());
}

#[test]
fn drafts_are_shown_on_request() {
    let draft = article("草稿", "date = 2025-01-02\ndraft = true\n", "还没写完。");
    for (args, status) in [(&["--drafts"][..], "200"), (&[], "404")] {
        let site = Site::with_settings();
        site.write(OWN, &draft);
        assert_eq!(Preview::start(site, args).get(OWN_PAGE).0, status);
    }
}

#[test]
fn a_port_in_use_is_an_error() {
    let preview = preview();
    let port = preview.address.rsplit(':').next().unwrap();
    preview.site.run(&["serve", "-p", port]).expect_exit(1, &["another program has this port", "-p"]);
}

/// However often and whenever a file is saved, each response is a complete page, and the last one has the last text.
#[test]
fn a_thousand_saves_end_with_the_last_text_and_never_show_a_truncated_page() {
    let preview = preview();
    let path = preview.site.path(OWN);
    let text = |round: usize| {
        article("题目", "date = 2025-01-02\n", &format!("第{round}稿。{}完。", "长".repeat(round * 7 % 900)))
    };
    // a page that was shown once can be shown while its file is truncated
    preview.expect_page(OWN_PAGE, "正文一。");
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..=1000usize {
                match round % 3 {
                    // while it is written, a truncated file can be read
                    0 => std::fs::write(&path, text(round)).unwrap(),
                    _ => {
                        let beside = path.with_extension("md.tmp");
                        std::fs::write(&beside, text(round)).unwrap();
                        std::fs::rename(&beside, &path).unwrap();
                    }
                }
                thread::sleep(Duration::from_micros((round as u64 * 7919) % 3000));
            }
        });
        while !writer.is_finished() {
            let (status, page) = preview.get(OWN_PAGE);
            assert!(status == "200" && page.contains("<h1") && page.trim_end().ends_with("</html>"), "{status} {page}");
        }
        writer.join().unwrap();
    });
    preview.expect_page(OWN_PAGE, "第1000稿。");
    preview.subscribe().expect_no_error();
}

/// A page is rendered from one state of the site, and the next response is of the following state.
#[test]
fn a_save_during_rendering_is_shown_in_the_next_response() {
    let preview = preview();
    for round in 0..20 {
        let (old, new) = (round, round + 1);
        preview.site.write(OWN, article(&format!("题目{new}"), "date = 2025-01-02\n", &format!("正文{new}。")));
        let page = preview.get(OWN_PAGE).1;
        let shown = |at: i32| page.contains(&format!("题目{at}<")) || page.contains("题目<");
        assert!(shown(old) || shown(new), "{page}");
        preview.expect_page(OWN_PAGE, &format!("题目{new}"));
        preview.expect_page(OWN_PAGE, &format!("正文{new}。"));
    }
}

#[test]
fn a_style_sheet_is_replaced_without_reloading_the_page() {
    let preview = preview();
    preview.site.write("static/style.css", "body { color: red }");
    preview.expect_stderr("changed: ");
    preview.expect_page("/style.css", "red");
    let events = preview.subscribe();
    events.expect("\"styles\"");
    let before = events.last();
    preview.site.write("static/style.css", "body { color: blue }");
    wait_until(TIMEOUT, || events.last() != before, || "another version of styles".to_owned());
    let version = |event: &str| event.split("\"version\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert_eq!(version(&events.last()), version(&before), "the page stays");
    preview.expect_page("/style.css", "blue");
}
