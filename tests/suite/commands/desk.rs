//! The desk of `serve`: an editor's actions become corrections, can be undone, and nobody else can do them.

use crate::common::process::{ChildGuard, program, wait_until};
use crate::common::site::{PAGE, Site};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

const NAME: &str = "content/pages/a.txt";
const SIDECAR: &str = "content/pages/a.toml";
/// How long an import may take to follow, on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A site whose desk is open.
struct OpenDesk {
    site: Site,
    _process: ChildGuard,
    /// host and port
    address: String,
    token: String,
}

/// Status, headers and body of an answer.
struct Answer {
    status: u16,
    header: String,
    body: String,
}

impl Answer {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl OpenDesk {
    fn start() -> Self {
        let site = Site::with_page();
        site.run(&["import"]).expect_exit(0, &[]);
        Self::of(site, &[])
    }

    fn of(site: Site, args: &[&str]) -> Self {
        let mut child = program()
            .args(["serve", "-p", "0"])
            .args(args)
            .current_dir(site.root())
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.contains("the desk: ")).unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let url = line.split("http://").nth(1).unwrap().to_owned();
        let (address, token) = (url.split('/').next().unwrap().to_owned(), url.split('=').nth(1).unwrap().to_owned());
        Self { site, _process: ChildGuard(child), address, token }
    }

    fn cookie(&self) -> String {
        format!("Cookie: wenzhai_desk_{}={}", self.address.split(':').nth(1).unwrap(), self.token)
    }

    /// A request with exactly these headers and Host.
    fn send(&self, method_and_path: &str, headers: &[&str], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (method, path) = method_and_path.split_once(' ').unwrap();
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let head = format!(
            "{method} /__wenzhai/desk/{path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (header, body) = answer.split_once("\r\n\r\n").unwrap();
        Answer {
            status: header.split(' ').nth(1).unwrap().parse().unwrap(),
            header: header.to_lowercase(),
            body: body.to_owned(),
        }
    }

    fn host(&self) -> String {
        format!("Host: {}", self.address)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[&self.host(), &self.cookie()], "")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        let origin = format!("Origin: http://{}", self.address);
        let headers = [&*self.host(), &self.cookie(), &origin, "X-Wenzhai-Desk: 1", "Content-Type: application/json"];
        self.send(&format!("POST {path}"), &headers, &body.to_string())
    }

    #[track_caller]
    fn page(&self) -> Value {
        let answer = self.get(&format!("api/page?name={NAME}"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// Does an action on the page as it is.
    fn try_act(&self, action: &Value, more: &Value) -> Answer {
        let mut request = json!({"page": NAME, "version": self.page()["version"], "action": action});
        for (key, value) in more.as_object().into_iter().flatten() {
            request[key] = value.clone();
        }
        self.post("api/act", &request)
    }

    #[track_caller]
    fn act(&self, action: &Value) -> Value {
        let answer = self.try_act(action, &json!({}));
        assert_eq!(answer.status, 200, "{action}: {}", answer.body);
        answer.json()["page"].take()
    }

    #[track_caller]
    fn step(&self, what: &str) -> Value {
        let answer = self.post(what, &json!({"page": NAME}));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["page"].take()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.site.root().join(name)
    }

    fn sidecar(&self) -> Option<String> {
        fs::read_to_string(self.path(SIDECAR)).ok()
    }

    /// The text of an article of the page, as the last import wrote it.
    fn article(&self, number: usize) -> String {
        fs::read_to_string(self.path(&format!("content/articles/2025/03-18/sfgrb-p1-0{number}.md"))).unwrap_or_default()
    }

    #[track_caller]
    fn expect_article(&self, number: usize, part: &str) {
        wait_until(
            TIMEOUT,
            || self.article(number).contains(part),
            || format!("{part:?} in\n{}", self.article(number)),
        );
    }
}

#[test]
fn an_action_becomes_the_sidecar_and_the_article_and_is_undone_without_a_trace() {
    let desk = OpenDesk::start();
    let page = desk.page();
    assert_eq!(page["articles"].as_array().unwrap().len(), 2);
    assert_eq!(page["articles"][0]["file"], "content/articles/2025/03-18/sfgrb-p1-01.md");
    let page = desk.act(&json!({"do": "front", "article": 0, "set": {"title": "国道旁的灯", "themes": ["工匠"]}}));
    assert_eq!((&page["articles"][0]["title"], &page["undo"]), (&json!("国道旁的灯"), &json!("title")));
    desk.expect_article(1, "title = \"国道旁的灯\"");
    let line = &page["lines"][page["articles"][0]["lines"][2].as_u64().unwrap() as usize];
    let text = line["text"].as_str().unwrap().replace("凉茶", "绿豆汤");
    let page = desk.act(&json!({"do": "text", "line": line["i"], "text": text}));
    assert_eq!(page["lines"][line["i"].as_u64().unwrap() as usize]["printed"], line["text"]);
    desk.expect_article(1, "夏天有绿豆汤");
    desk.step("api/undo");
    let page = desk.step("api/undo");
    assert_eq!(page["articles"][0]["title"], "货车司机有了歇脚的驿站");
    assert_eq!(desk.sidecar(), None, "nothing is left of what was undone");
    desk.expect_article(1, "夏天有凉茶");
    desk.step("api/redo");
    desk.expect_article(1, "title = \"国道旁的灯\"");
}

#[test]
fn articles_are_merged_split_and_moved_and_no_line_is_lost() {
    let desk = OpenDesk::start();
    let page = desk.act(&json!({"do": "merge", "article": 1}));
    assert_eq!(page["articles"].as_array().unwrap().len(), 1);
    desk.expect_article(1, "手艺");
    wait_until(TIMEOUT, || desk.article(2).is_empty(), || "the second file to go".to_owned());
    let lines = page["articles"][0]["lines"].as_array().unwrap().clone();
    desk.act(&json!({"do": "new", "lines": [lines[4]]}));
    let page = desk.act(&json!({"do": "role", "lines": [lines[4]], "role": "title"}));
    assert_eq!(page["articles"][1]["title"], "技师把三十年手艺写成口袋书");
    desk.act(&json!({"do": "move", "lines": [lines[3]], "to": 1}));
    let page = desk.act(&json!({"do": "order", "lines": [lines[3]], "by": 1}));
    assert_eq!(page["articles"][1]["lines"].as_array().unwrap()[1], lines[3]);
    desk.site.run(&["check"]).expect_exit(0, &[]);
}

#[test]
fn a_page_that_changed_meanwhile_is_not_acted_on() {
    let desk = OpenDesk::start();
    let old = desk.page()["version"].clone();
    desk.act(&json!({"do": "front", "article": 0, "set": {"title": "一"}}));
    let action = json!({"do": "front", "article": 1, "set": {"title": "二"}});
    let answer = desk.post("api/act", &json!({"page": NAME, "version": old, "action": action}));
    assert_eq!((answer.status, &answer.json()["stale"]), (409, &json!(true)));
    // a sidecar that is changed by hand shows, and can be undone as a step of its own
    fs::write(desk.path(SIDECAR), "[[articles]]\nat = 5\ntitle = \"三\"\n").unwrap();
    assert_eq!(desk.page()["articles"][0]["title"], "三");
    assert_eq!(desk.step("api/undo")["articles"][0]["title"], "一");
}

#[test]
fn comments_of_a_sidecar_stay_and_mistakes_in_it_are_for_a_person_to_mend() {
    let desk = OpenDesk::start();
    fs::write(desk.path(SIDECAR), "# asked the paper\ndate = 2025-03-19\n").unwrap();
    desk.act(&json!({"do": "masthead", "set": {"page": 2}}));
    assert_eq!(desk.sidecar().unwrap(), "# asked the paper\n\ndate = 2025-03-19\npage = 2\n");
    let broken = "[[lines]]\nat = 999\nrole = \"title\"\n";
    fs::write(desk.path(SIDECAR), broken).unwrap();
    let answer = desk.try_act(&json!({"do": "merge", "article": 1}), &json!({}));
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert_eq!(desk.sidecar().unwrap(), broken, "what it says is not dropped");
}

#[test]
fn an_edited_file_is_changed_only_where_the_editor_says_so() {
    let desk = OpenDesk::start();
    let file = desk.path("content/articles/2025/03-18/sfgrb-p1-01.md");
    let edited = fs::read_to_string(&file).unwrap().replace("凉茶", "酸梅汤");
    fs::write(&file, &edited).unwrap();
    assert_eq!(desk.page()["articles"][0]["edited"], true);
    let action = json!({"do": "front", "article": 0, "set": {"title": "国道旁的灯"}});
    let answer = desk.try_act(&action, &json!({}));
    let conflict = answer.json()["conflict"][0].clone();
    assert_eq!((answer.status, &conflict["file"]), (409, &json!("2025/03-18/sfgrb-p1-01.md")));
    assert!(conflict["difference"].as_str().unwrap().contains("酸梅汤"), "{conflict}");
    assert_eq!((desk.sidecar(), fs::read_to_string(&file).unwrap()), (None, edited.clone()));
    let kept = desk.try_act(&action, &json!({"edited": "keep"}));
    assert_eq!((kept.status, &kept.json()["page"]["articles"][0]["title"]), (200, &json!("货车司机有了歇脚的驿站")));
    assert_eq!((desk.sidecar(), fs::read_to_string(&file).unwrap()), (None, edited.clone()));
    // another article's change is no conflict
    desk.act(&json!({"do": "front", "article": 1, "set": {"title": "口袋书"}}));
    let answer = desk.try_act(&action, &json!({"edited": "discard"}));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(desk.article(1).contains("国道旁的灯") && desk.article(1).contains("凉茶"), "{}", desk.article(1));
    desk.step("api/undo");
    assert_eq!(fs::read_to_string(&file).unwrap(), edited, "undoing brings the edit back");
}

#[test]
fn looking_at_a_page_holds_until_it_becomes_something_else() {
    let desk = OpenDesk::start();
    let answer = desk.post("api/looked", &json!({"page": NAME, "looked": true}));
    assert_eq!(answer.json()["page"]["looked"], true);
    let row = || desk.get("api/pages").json()["pages"][0].clone();
    wait_until(TIMEOUT, || row()["looked"] == true, || row().to_string());
    assert_eq!(desk.act(&json!({"do": "merge", "article": 1}))["looked"], false);
    assert_eq!(desk.step("api/undo")["looked"], true);
}

#[test]
fn new_pages_are_taken_in_once_and_only_into_the_folder_of_pages() {
    let desk = OpenDesk::start();
    let text = PAGE.replace("2025年3月18日", "2025年3月20日");
    let answer = desk.post("api/paste", &json!({"name": "../../new page.txt", "text": text}));
    assert_eq!(answer.json()["pages"], json!(["content/pages/new-page.txt"]), "{}", answer.body);
    assert_eq!(answer.json()["needs"], json!([]));
    let again = desk.post("api/paste", &json!({"name": null, "text": text})).json();
    assert_eq!(again["same_as"], "content/pages/new-page.txt");
    let names = || desk.get("api/pages").json()["pages"].as_array().unwrap().len();
    wait_until(TIMEOUT, || names() == 2, || names().to_string());
    let refused = desk.post("api/upload?name=site.toml", &json!({}));
    assert_eq!(refused.status, 422, "{}", refused.body);
}

#[test]
fn nobody_else_reads_or_changes_anything() {
    let desk = OpenDesk::start();
    let (host, cookie) = (desk.host(), desk.cookie());
    let origin = format!("Origin: http://{}", desk.address);
    let body = json!({"page": NAME, "looked": true}).to_string();
    let change = "X-Wenzhai-Desk: 1";
    let attempts: &[(&str, &[&str])] = &[
        ("GET api/pages", &[&host]),
        ("GET ?token=0123456789abcdef", &[&host]),
        ("GET api/pages", &["Host: evil.example", &cookie]),
        ("GET api/pages", &[&host, &cookie, "Origin: http://evil.example"]),
        ("GET api/pages", &[&host, &cookie, "Sec-Fetch-Site: cross-site"]),
        ("POST api/looked", &[&host, &cookie, &origin]),
        ("POST api/looked", &[&host, &cookie, change]),
        ("POST api/looked", &[&host, &cookie, "Origin: null", change]),
        ("POST api/looked", &[&host, &origin, change]),
        ("POST api/looked", &["Host: evil.example", &cookie, "Origin: http://evil.example", change]),
    ];
    for (request, headers) in attempts {
        let answer = desk.send(request, headers, &body);
        assert_eq!(answer.status, 403, "{request} {headers:?}");
        assert!(!answer.body.contains("a.txt"), "{}", answer.body);
    }
    for call in ["act", "undo", "looked", "paste", "upload?name=x.txt"] {
        assert_eq!(desk.get(&format!("api/{call}")).status, 404, "nothing changes by GET: {call}");
    }
    for name in [
        "../secret.txt",
        "site.toml",
        "content/pages/../../site.toml",
        "/etc/passwd",
        "content/articles/.imported.toml",
        "",
    ] {
        assert_eq!(desk.get(&format!("api/page?name={name}")).status, 404, "{name}");
    }
    assert_eq!(desk.page()["looked"], false);
}

#[test]
fn the_start_address_gives_the_cookie_and_leaves_no_token_behind() {
    let desk = OpenDesk::start();
    let answer = desk.send(&format!("GET ?token={}&page={NAME}", desk.token), &[&desk.host()], "");
    assert_eq!(answer.status, 303);
    assert!(answer.header.contains("httponly; samesite=strict"), "{}", answer.header);
    let location = answer.header.lines().find(|line| line.starts_with("location:")).unwrap();
    assert!(!location.contains("token") && location.contains("page="), "{location}");
    let app = desk.get("");
    assert!(app.header.contains("frame-ancestors 'none'") && app.body.contains("<script"), "{}", app.header);
    let place = desk.get("where?path=/2025/03/18/sfgrb-p1-02/");
    assert!(place.status == 303 && place.header.contains("line=13&page=content%2fpages%2fa%2etxt"), "{}", place.header);
}

#[test]
fn on_an_address_that_others_reach_the_desk_needs_a_token_of_its_own() {
    let desk = OpenDesk::of(Site::with_page(), &["--bind", "0.0.0.0", "--desk-token", "correct-horse"]);
    assert_eq!(desk.token, "correct-horse");
    assert_eq!(desk.get("api/pages").status, 200);
    desk.site.run(&["serve", "-p", "0", "--desk-token", "short"]).expect_exit(2, &["bad-token"]);
}

#[cfg(unix)]
#[test]
fn a_page_behind_a_link_is_not_opened() {
    let desk = OpenDesk::start();
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), PAGE).unwrap();
    std::os::unix::fs::symlink(secret.path(), desk.path("content/pages/link.txt")).unwrap();
    assert_eq!(desk.get("api/page?name=content/pages/link.txt").status, 404);
}
