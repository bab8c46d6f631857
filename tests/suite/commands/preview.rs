//! The preview: what is edited shows at once, what is wrong is told, and the last good page stays.

use crate::common::{Site, article};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long a change may take to show, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// `serve` on a site, ended with the test.
struct Preview {
    site: Site,
    child: Child,
    address: String,
    said: Arc<Mutex<String>>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn of(site: Site, args: &[&str]) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("wenzhai"))
            .args(["serve", "-p", "0"])
            .args(args)
            .current_dir(site.root())
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (heard, stderr) = (said.clone(), child.stderr.take().unwrap());
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                heard.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        let mut preview = Self { site, child, address: String::new(), said };
        preview.hears("serving http://");
        let said = preview.said.lock().unwrap().clone();
        let url = said.split("serving http://").nth(1).unwrap();
        preview.address = url.split('/').next().unwrap().to_owned();
        preview
    }

    /// Waits until the terminal says this.
    #[track_caller]
    fn hears(&self, part: &str) {
        waits(|| self.said.lock().unwrap().contains(part), || format!("{part:?} in\n{}", self.said.lock().unwrap()));
    }

    /// Status line and body.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
    }

    /// Waits until a page shows this.
    #[track_caller]
    fn shows(&self, path: &str, part: &str) {
        waits(|| self.get(path).1.contains(part), || format!("{part:?} at {path}:\n{}", self.get(path).1));
    }

    /// What an open page hears, from now on.
    fn listens(&self) -> Ear {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET /__wenzhai/live HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let heard = Arc::new(Mutex::new(String::new()));
        let writer = heard.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                writer.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        Ear { heard }
    }
}

/// The live event stream.
struct Ear {
    heard: Arc<Mutex<String>>,
}

impl Ear {
    /// The last event that was heard.
    fn last(&self) -> String {
        self.heard.lock().unwrap().lines().rfind(|line| line.starts_with("data:")).unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn hears(&self, part: &str) {
        waits(|| self.last().contains(part), || format!("{part:?} in {}", self.last()));
    }

    #[track_caller]
    fn hears_no_error(&self) {
        self.hears("\"error\":null");
    }
}

#[track_caller]
fn waits(is_so: impl Fn() -> bool, told: impl Fn() -> String) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited in vain for {}", told());
        thread::sleep(Duration::from_millis(30));
    }
}

const OWN: &str = "content/articles/own/a.md";
const AT: &str = "/2025/01/02/a/";

fn preview() -> Preview {
    let site = Site::with_page();
    site.write(OWN, article("题目", "date = 2025-01-02\n", "正文一。"));
    Preview::of(site, &[])
}

#[test]
fn what_is_edited_shows() {
    let preview = preview();
    let (status, front) = preview.get("/");
    assert_eq!(status, "200");
    assert!(front.contains("货车司机有了歇脚的驿站") && front.contains("/__wenzhai/live.js"));
    preview.hears("imported 1 of 1 pages: 2 articles written");
    assert!(!preview.site.has("public"), "nothing but what import makes is written");

    let ear = preview.listens();
    preview.site.edit(OWN, "正文一。", "正文二。");
    preview.shows(AT, "正文二。");
    ear.hears("\"version\"");
    preview.site.write("content/pages/a.txt", crate::common::PAGE.replace("十二个货车", "十三个货车"));
    preview.shows("/2025/03/18/sfgrb-p1-01/", "十三个货车");
    preview.site.write("static/own.css", "body {}");
    preview.shows("/own.css", "body {}");
    preview.site.write("templates/404.html", "找不到了");
    preview.shows("/nowhere/", "找不到了");
    preview.site.edit("site.toml", "试验文摘", "新的文摘");
    preview.shows("/", "新的文摘");
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
fn a_broken_article_is_told_and_its_last_good_page_stays() {
    let preview = preview();
    let ear = preview.listens();
    ear.hears_no_error();
    preview.site.edit(OWN, "title = \"题目\"", "titel = \"题目\"");
    ear.hears("did you mean title?");
    assert!(ear.last().contains("content/articles/own/a.md:2:1"), "{}", ear.last());
    preview.hears("did you mean title?");
    let (status, page) = preview.get(AT);
    assert_eq!(status, "200");
    assert!(page.contains("正文一。"));
    preview.site.write(OWN, article("题目", "date = 2025-01-02\n", "改好了。"));
    ear.hears_no_error();
    preview.shows(AT, "改好了。");
}

#[test]
fn a_broken_template_is_told_and_the_last_good_pages_stay() {
    let preview = preview();
    let ear = preview.listens();
    ear.hears_no_error();
    preview.site.write("templates/article.html", "<h1>{{ article.titel }}</h1>");
    ear.hears("did you mean title?");
    assert!(preview.get(AT).1.contains("正文一。"));
    preview.site.write("templates/article.html", "<h1>{{ article.title }}</h1> 新样子");
    ear.hears_no_error();
    preview.shows(AT, "新样子");
    preview.site.remove("templates/article.html");
    preview.shows(AT, "正文一。");
}

#[test]
fn broken_settings_are_told_and_the_site_stays() {
    let preview = preview();
    let ear = preview.listens();
    preview.site.edit("site.toml", "title =", "tilte =");
    ear.hears("did you mean title?");
    assert!(preview.get("/").1.contains("货车司机有了歇脚的驿站"));
    preview.site.edit("site.toml", "tilte =", "title =");
    ear.hears_no_error();
}

#[test]
fn an_error_from_before_is_told_to_a_page_that_opens_later() {
    let site = Site::with_page();
    site.write(OWN, "没有头。");
    let preview = Preview::of(site, &[]);
    preview.listens().hears("own/a.md:1:1");
    assert_eq!(preview.get("/").0, "200", "the rest is shown");
}

#[test]
fn an_article_that_is_taken_out_goes() {
    let preview = preview();
    preview.site.remove(OWN);
    waits(|| preview.get(AT).0 == "404", || "404".to_owned());
}

#[test]
fn drafts_show_where_they_are_asked_for() {
    let draft = article("草稿", "date = 2025-01-02\ndraft = true\n", "还没写完。");
    for (args, status) in [(&["--drafts"][..], "200"), (&[], "404")] {
        let site = Site::with_settings();
        site.write(OWN, &draft);
        assert_eq!(Preview::of(site, args).get(AT).0, status);
    }
}

#[test]
fn a_port_that_is_taken_says_so() {
    let preview = preview();
    let port = preview.address.rsplit(':').next().unwrap();
    preview.site.run(&["serve", "-p", port]).expect_exit(1, &["another program has this port", "-p"]);
}

/// However often and whenever a file is saved, every page that is shown is a whole one, and the last text stays.
#[test]
fn a_thousand_saves_end_with_the_last_text_and_never_show_a_torn_page() {
    let preview = preview();
    let path = preview.site.path(OWN);
    let text = |round: usize| {
        article("题目", "date = 2025-01-02\n", &format!("第{round}稿。{}完。", "长".repeat(round * 7 % 900)))
    };
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..=1000usize {
                match round % 3 {
                    // as it is written, half a file can be read
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
            let (status, page) = preview.get(AT);
            assert!(status == "200" && page.contains("<h1") && page.trim_end().ends_with("</html>"), "{status} {page}");
        }
        writer.join().unwrap();
    });
    preview.shows(AT, "第1000稿。");
    preview.listens().hears_no_error();
}

/// A page that is being rendered is rendered from one state of the site, and the next answer shows the other.
#[test]
fn a_save_in_the_middle_of_a_rendering_shows_in_the_next_answer() {
    let preview = preview();
    for round in 0..20 {
        let (old, new) = (round, round + 1);
        preview.site.write(OWN, article(&format!("题目{new}"), "date = 2025-01-02\n", &format!("正文{new}。")));
        let page = preview.get(AT).1;
        let shown = |at: i32| page.contains(&format!("题目{at}<")) || page.contains("题目<");
        assert!(shown(old) || shown(new), "{page}");
        preview.shows(AT, &format!("题目{new}"));
        preview.shows(AT, &format!("正文{new}。"));
    }
}

#[test]
fn a_style_sheet_is_taken_without_loading_the_page_anew() {
    let preview = preview();
    preview.site.write("static/style.css", "body { color: red }");
    preview.hears("changed: ");
    preview.shows("/style.css", "red");
    let ear = preview.listens();
    ear.hears("\"styles\"");
    let before = ear.last();
    preview.site.write("static/style.css", "body { color: blue }");
    waits(|| ear.last() != before, || "another count of styles".to_owned());
    let version = |event: &str| event.split("\"version\":").nth(1).unwrap().split(',').next().unwrap().to_owned();
    assert_eq!(version(&ear.last()), version(&before), "the page stays");
    preview.shows("/style.css", "blue");
}
