//! The desk of `serve`: an editor's actions become corrections, can be undone, and nobody else can do them.

use crate::common::process::{ChildGuard, program, wait_until};
use crate::common::site::{PAGE, Site};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

const NAME: &str = "content/pages/a.txt";
const SIDECAR: &str = "content/pages/a.toml";
/// How long an import may take to follow, on a busy machine.
pub(super) const TIMEOUT: Duration = Duration::from_secs(30);

/// A site whose desk is open.
pub(super) struct OpenDesk {
    pub(super) site: Site,
    _process: ChildGuard,
    /// host and port
    pub(super) address: String,
    pub(super) token: String,
}

/// Status, headers and body of an answer.
pub(super) struct Answer {
    pub(super) status: u16,
    header: String,
    pub(super) body: String,
}

impl Answer {
    #[track_caller]
    pub(super) fn json(&self) -> Value {
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
        let mut command = program();
        command.args(["serve", "-p", "0"]).args(args).current_dir(site.root());
        Self::opened_by(command, site)
    }

    /// What a command opens, as soon as it prints the address.
    pub(super) fn opened_by(mut command: Command, site: Site) -> Self {
        let mut child = command.env("NO_COLOR", "1").stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.contains("?token=")).unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        let url = line.split("http://").nth(1).unwrap().to_owned();
        let (address, token) = (url.split('/').next().unwrap().to_owned(), url.split('=').nth(1).unwrap().to_owned());
        Self { site, _process: ChildGuard(child), address, token }
    }

    pub(super) fn cookie(&self) -> String {
        format!("Cookie: wenzhai_desk_{}={}", self.address.split(':').nth(1).unwrap(), self.token)
    }

    /// A request with exactly these headers and Host.
    pub(super) fn send(&self, method_and_path: &str, headers: &[&str], body: &str) -> Answer {
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

    pub(super) fn host(&self) -> String {
        format!("Host: {}", self.address)
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[&self.host(), &self.cookie()], "")
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Answer {
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

#[test]
fn a_site_is_built_and_published_from_the_desk_once_its_target_is_confirmed() {
    let site = Site::with_page();
    let settings = fs::read_to_string(site.path("site.toml")).unwrap();
    site.write("site.toml", format!("{settings}\n[publish.mirror]\nkind = \"dir\"\nfolder = \"mirror\"\n"));
    let desk = OpenDesk::of(site, &[]);
    assert_eq!(desk.get("api/publish").json()["targets"][0]["failed"]["severity"], "error", "nothing is built yet");

    let built = desk.post("api/build", &json!({})).json();
    assert!(built["pages"].as_u64().unwrap() > 3, "{built}");
    let plan = desk.get("api/publish").json()["targets"][0].clone();
    assert_eq!(
        (&plan["name"], &plan["kind"], &plan["failed"]),
        (&json!("mirror"), &json!("dir"), &Value::Null),
        "{plan}"
    );
    assert!(plan["add"]["files"].as_array().unwrap().contains(&json!("index.html")), "{plan}");
    assert!(!desk.site.path("mirror").exists(), "a dry run changes nothing");

    let publish = |confirm: &Value| desk.post("api/publish", &json!({"target": "mirror", "confirm": confirm}));
    assert_eq!(publish(&json!("another place")).status, 500);
    assert!(!desk.site.path("mirror").exists(), "what was not confirmed is not published");
    let published = publish(&plan["to"]);
    assert_eq!(published.status, 200, "{}", published.body);
    assert_eq!(published.json()["sent"], plan["add"]["count"]);
    assert_eq!(
        fs::read(desk.site.path("mirror/index.html")).unwrap(),
        fs::read(desk.site.path("public/index.html")).unwrap()
    );
    let again = desk.get("api/publish").json()["targets"][0].clone();
    assert_eq!((&again["add"]["count"], &again["update"]["count"]), (&json!(0), &json!(0)));
}

#[test]
fn what_the_guard_refuses_is_published_from_the_desk_only_when_it_is_confirmed_again() {
    let site = Site::with_page();
    let settings = fs::read_to_string(site.path("site.toml")).unwrap();
    site.write("site.toml", format!("{settings}\n[publish.mirror]\nkind = \"dir\"\nfolder = \"mirror\"\n"));
    site.write("mirror/photo.jpg", "somebody's");
    let desk = OpenDesk::of(site, &[]);
    desk.post("api/build", &json!({}));
    let plan = desk.get("api/publish").json()["targets"][0].clone();
    assert_eq!(plan["refused"]["code"], "not-empty", "{plan}");
    let request = json!({"target": "mirror", "confirm": plan["to"]});
    assert_eq!(desk.post("api/publish", &request).status, 500);
    assert!(!desk.site.path("mirror/index.html").exists());
    let mut request = request;
    request["despite"] = json!(true);
    assert_eq!(desk.post("api/publish", &request).status, 200);
    assert!(desk.site.path("mirror/photo.jpg").exists() && desk.site.path("mirror/index.html").exists());
}

/// Changes the file of the page's first article as a person would, with an editor of texts.
fn edit_first_article(desk: &OpenDesk, change: impl Fn(&str) -> String) -> PathBuf {
    let file = desk.page()["articles"][0]["file"].as_str().unwrap().to_owned();
    let path = desk.site.path(&file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(changed, text, "nothing was edited");
    fs::write(&path, changed).unwrap();
    wait_until(TIMEOUT, || desk.page()["articles"][0]["edited"] == true, || format!("{file} is edited"));
    path
}

#[test]
fn what_was_edited_in_a_file_becomes_corrections_and_the_file_import_s_again() {
    let desk = OpenDesk::start();
    let title = desk.page()["articles"][0]["title"].as_str().unwrap().to_owned();
    let word: String =
        desk.page()["lines"].as_array().unwrap().iter().find(|line| line["role"] == "body").unwrap()["text"]
            .as_str()
            .unwrap()
            .chars()
            .take(4)
            .collect();
    let path = edit_first_article(&desk, |text| {
        text.replace(&title, "另一个标题").replacen(&word, "换了的字", 1).replace("+++\n\n", "+++\n\n\n")
    });
    let edited = fs::read_to_string(&path).unwrap();
    let adopted = desk.post("api/adopt", &json!({"page": NAME, "article": 0}));
    assert_eq!(adopted.status, 200, "{}", adopted.body);
    let sidecar = fs::read_to_string(desk.site.path(SIDECAR)).unwrap();
    assert!(sidecar.contains("另一个标题") && sidecar.contains("换了的字"), "{sidecar}");
    let article = desk.page()["articles"][0].clone();
    assert_eq!((&article["title"], &article["edited"]), (&json!("另一个标题"), &json!(false)));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited.replace("+++\n\n\n", "+++\n\n"));

    assert_eq!(desk.post("api/undo", &json!({"page": NAME})).status, 200);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited, "undo brings the editor's file back");
    assert!(!desk.site.path(SIDECAR).exists());
}

#[test]
fn an_edit_that_no_correction_can_say_is_shown_and_kept_until_it_is_given_up() {
    let desk = OpenDesk::start();
    let title = desk.page()["articles"][0]["title"].as_str().unwrap().to_owned();
    let path = edit_first_article(&desk, |text| text.replace(&title, "另一个标题") + "\n编者按：这一段版面上没有。\n");
    let edited = fs::read_to_string(&path).unwrap();
    let refused = desk.post("api/adopt", &json!({"page": NAME, "article": 0}));
    let rest = refused.json();
    assert_eq!((refused.status, &rest["rest"]), (409, &json!(true)), "{rest}");
    assert_eq!(rest["conflict"][0]["difference"], "+编者按：这一段版面上没有。");
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);

    // an action on the same article, with as much of the edit as corrections can say
    let action = json!({"do": "front", "article": 0, "set": {"kicker": "引题"}});
    assert_eq!(desk.try_act(&action, &json!({})).status, 409);
    assert_eq!(desk.try_act(&action, &json!({"edited": "adopt"})).json()["rest"], true);
    let done = desk.try_act(&action, &json!({"edited": "part"}));
    assert_eq!(done.status, 200, "{}", done.body);
    let article = desk.page()["articles"][0].clone();
    assert_eq!((&article["title"], &article["kicker"]), (&json!("另一个标题"), &json!("引题")));
    desk.post("api/undo", &json!({"page": NAME}));
    desk.post("api/undo", &json!({"page": NAME}));
    assert_eq!(fs::read_to_string(&path).unwrap(), edited, "undo brings the rest back");
}

#[test]
fn findings_stand_with_their_page_and_edited_files_are_counted() {
    let site = Site::with_page();
    site.write("content/pages/b.txt", "没有日期的一版\n\n本报讯（记者林屏之）驿站里有热水，司机可以歇脚。\n");
    site.write("content/pages/a.toml", "[[text]]\nline = 3\nprinted = \"没有印的字\"\ntext = \"字\"\n");
    site.run(&["import"]);
    let desk = OpenDesk::of(site, &[]);
    let groups = || desk.get("api/findings").json()["groups"].as_array().unwrap().clone();
    let codes = |page: &str| -> Vec<String> {
        let of = groups().into_iter().find(|group| group["page"] == page);
        let findings = of.map(|group| group["findings"].as_array().unwrap().clone()).unwrap_or_default();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    let undated = "undated".to_owned();
    wait_until(
        TIMEOUT,
        || codes("content/pages/b.txt").contains(&undated) && !codes(NAME).is_empty(),
        || format!("findings with their pages: {:?}", groups()),
    );
    let of_sidecar = groups().into_iter().find(|group| group["page"] == NAME).unwrap()["findings"][0].clone();
    assert_eq!(of_sidecar["file"], SIDECAR, "{of_sidecar}");
    let of_article = groups().into_iter().find(|group| group["page"] == "content/pages/b.txt").unwrap();
    let of_article = of_article["findings"].as_array().unwrap().iter().find(|it| it["code"] == "undated").cloned();
    assert_eq!(of_article.unwrap()["at"], 1, "a finding about an article leads to its first line");

    let edited = |count: u64| {
        let row = |row: &Value| row["name"] == NAME && row["edited"] == count;
        desk.get("api/pages").json()["pages"].as_array().unwrap().iter().any(row)
    };
    wait_until(TIMEOUT, || edited(0), || "a row of the page".to_owned());
    let file = desk.page()["articles"][0]["file"].as_str().unwrap().to_owned();
    desk.site.write(&file, fs::read_to_string(desk.site.path(&file)).unwrap() + "\n补记。\n");
    wait_until(TIMEOUT, || edited(1), || "one edited file".to_owned());
}

#[test]
fn undoing_what_would_change_a_file_that_was_edited_since_asks_first() {
    let desk = OpenDesk::start();
    let title = desk.page()["articles"][0]["title"].clone();
    desk.act(&json!({"do": "front", "article": 0, "set": {"title": "新题"}}));
    let file = desk.site.path(desk.page()["articles"][0]["file"].as_str().unwrap());
    wait_until(TIMEOUT, || fs::read_to_string(&file).unwrap().contains("新题"), || "the new headline".to_owned());
    let path = edit_first_article(&desk, |text| text.replace('。', "！"));
    let edited = fs::read_to_string(&path).unwrap();

    let step = |call: &str, edited: Value| desk.post(call, &json!({"page": NAME, "edited": edited}));
    let asked = step("api/undo", Value::Null);
    assert_eq!((asked.status, asked.json()["conflict"].as_array().unwrap().len()), (409, 1), "{}", asked.body);
    assert_eq!(step("api/undo", json!("keep")).json()["page"]["articles"][0]["title"], "新题");
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(step("api/undo", json!("discard")).json()["page"]["articles"][0]["title"], title);
    assert!(!fs::read_to_string(&path).unwrap().contains('！'));
    assert_eq!(step("api/redo", Value::Null).status, 200);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited, "doing it again brings the edited file back");
}
