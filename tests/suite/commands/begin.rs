//! `wenzhai` without a command in a folder without a site: one is begun, or another one opened, in the browser.

use crate::commands::desk::{OpenDesk, TIMEOUT};
use crate::common::files::read_files;
use crate::common::process::{program, wait_until};
use crate::common::site::{PAGE, SETTINGS, Site};
use serde_json::{Value, json};
use std::fs;

/// Starts the program in `folder` below the root, where the user's own folder is `home`; it finds no browser.
fn start(site: Site, folder: &str) -> OpenDesk {
    for name in [folder, "home"] {
        fs::create_dir_all(site.path(name)).unwrap();
    }
    let mut command = program();
    command.current_dir(site.path(folder)).env("HOME", site.path("home")).env("USERPROFILE", site.path("home"));
    command.env("PATH", "");
    OpenDesk::opened_by(command, site)
}

fn begin(desk: &OpenDesk, place: usize, name: &str, title: &str) -> (u16, Value) {
    let answer = desk.post("api/begin", &json!({"place": place, "name": name, "title": title, "lang": "zh-Hant"}));
    (answer.status, answer.json())
}

/// Waits until the desk is served where the page was.
#[track_caller]
fn expect_desk(desk: &OpenDesk, title: &str) {
    let facts = || desk.get("api/site");
    wait_until(TIMEOUT, || facts().status == 200, || "the desk".to_owned());
    assert_eq!(facts().json()["title"], title);
}

fn names(desk: &OpenDesk) -> Vec<String> {
    read_files(desk.site.root()).into_keys().collect()
}

#[test]
fn a_site_is_begun_in_a_new_folder_and_its_desk_is_at_the_same_address() {
    let site = Site::empty_folder();
    site.write("work/notes.txt", "mine");
    let desk = start(site, "work");
    let offer = desk.get("api/beginnings").json();
    let folder = offer["places"][0]["folder"].as_str().unwrap();
    assert!(folder.ends_with("work"), "{offer}");
    let kinds = |key: &str| [0, 1].map(|place: usize| offer["places"][place][key].clone());
    assert_eq!((kinds("home"), kinds("empty")), ([json!(false), json!(true)], [json!(false), json!(true)]));
    assert_eq!(offer["title"], "产改文摘");
    assert!(desk.get("").body.contains("begin.js"));
    let title = "江城\"文摘\" # 一";
    assert_eq!(begin(&desk, 0, "文摘", &format!("  {title} ")), (200, json!({"address": null})));
    expect_desk(&desk, title);
    assert_eq!(desk.get("api/site").json()["lang"], "zh-Hant");
    assert_eq!(fs::read_to_string(desk.site.path("work/notes.txt")).unwrap(), "mine");
    let pages = || desk.get("api/pages").json()["pages"].as_array().map_or(0, Vec::len);
    wait_until(TIMEOUT, || pages() == 2, || "the pages of the starter site".to_owned());
    // the page of before, open in another tab, finds the desk
    assert_eq!(desk.post("api/begin", &json!({"place": 0, "name": "二", "title": "二", "lang": "en"})).status, 404);
    assert!(!desk.site.has("work/二"));
    assert_eq!(names(&desk).iter().filter(|name| !name.starts_with("work/")).count(), 0);
}

#[test]
fn an_empty_folder_becomes_the_site_itself() {
    let desk = start(Site::empty_folder(), "new");
    assert_eq!(desk.get("api/beginnings").json()["places"][0]["empty"], true);
    assert_eq!(begin(&desk, 0, "", "一").0, 200);
    expect_desk(&desk, "一");
    assert!(desk.site.has("new/site.toml"));
}

#[test]
fn what_cannot_be_begun_is_said_and_nothing_is_written() {
    let site = Site::empty_folder();
    site.write("work/taken/a.txt", "mine");
    site.write("work/file", "mine");
    site.write("work/content/about.md", "mine");
    let desk = start(site, "work");
    let before = read_files(desk.site.root());
    for (place, name, title, error) in [
        (0, "taken", "一", "taken"),
        (0, "file", "一", "taken"),
        (0, "../out", "一", "bad-name"),
        (0, "/tmp/out", "一", "bad-name"),
        (0, "a/b", "一", "bad-name"),
        (0, ".hidden", "一", "bad-name"),
        (0, "文摘", " \n ", "bad-title"),
        (0, "文摘", "a\u{7}b", "bad-title"),
        (7, "文摘", "一", "gone"),
        (0, "", "一", "failed"),
    ] {
        let (status, answer) = begin(&desk, place, name, title);
        assert_eq!((status, &answer["error"]), (422, &json!(error)), "{name:?} {title:?}: {answer}");
    }
    assert_eq!(desk.post("api/begin", &json!({"place": 0})).status, 400);
    assert_eq!(desk.post("api/open", &json!({"place": 0, "name": "taken"})).json()["error"], "gone");
    assert_eq!(read_files(desk.site.root()), before);
    assert_eq!(begin(&desk, 1, "文摘", "一").0, 200, "it can still be begun elsewhere");
    expect_desk(&desk, "一");
    assert!(desk.site.has("home/文摘/site.toml"));
}

#[cfg(unix)]
#[test]
fn no_site_is_begun_behind_a_link_or_where_nothing_can_be_written() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let site = Site::empty_folder();
    fs::create_dir_all(site.path("work/closed")).unwrap();
    fs::create_dir_all(site.path("elsewhere")).unwrap();
    symlink(site.path("elsewhere"), site.path("work/link")).unwrap();
    site.write("elsewhere/site.toml", SETTINGS);
    let desk = start(site, "work");
    assert_eq!(
        desk.get("api/beginnings").json()["places"][0]["sites"],
        json!([]),
        "what is behind a link is not offered"
    );
    assert_eq!(begin(&desk, 0, "link", "一").1["error"], "taken");
    assert_eq!(desk.post("api/open", &json!({"place": 0, "name": "link"})).json()["error"], "gone");
    fs::set_permissions(desk.site.path("work"), fs::Permissions::from_mode(0o555)).unwrap();
    let is_closed = fs::write(desk.site.path("work/probe"), "").is_err();
    let (status, answer) = begin(&desk, 0, "文摘", "一");
    fs::set_permissions(desk.site.path("work"), fs::Permissions::from_mode(0o755)).unwrap();
    // root writes anywhere
    if is_closed {
        assert_eq!((status, &answer["error"]), (422, &json!("failed")));
        assert!(answer["detail"].as_str().unwrap().contains("cannot"), "{answer}");
        assert!(!desk.site.has("work/文摘"));
    }
}

#[test]
fn a_site_in_a_folder_below_is_opened() {
    let site = Site::empty_folder();
    site.write("work/older/site.toml", SETTINGS);
    site.write("work/broken/site.toml", "title = ");
    site.write("home/mine/site.toml", SETTINGS.replace("试验文摘", "我的文摘"));
    site.write("home/mine/content/pages/a.txt", PAGE);
    let desk = start(site, "work");
    let offer = desk.get("api/beginnings").json();
    assert_eq!(
        offer["places"][0]["sites"],
        json!([{"name": "broken", "title": "broken"}, {"name": "older", "title": "试验文摘"}])
    );
    assert_eq!(offer["places"][1]["sites"], json!([{"name": "mine", "title": "我的文摘"}]));
    let open = |place: usize, name: &str| desk.post("api/open", &json!({"place": place, "name": name}));
    assert_eq!(open(0, "broken").json()["error"], "failed");
    assert_eq!(open(1, "mine").json(), json!({"address": null}));
    expect_desk(&desk, "我的文摘");
}

#[test]
fn a_desk_that_runs_already_is_where_the_page_leads() {
    let site = Site::empty_folder();
    site.write("work/older/site.toml", SETTINGS);
    site.write("work/older/content/pages/a.txt", PAGE);
    let path = site.path("work/older");
    let desk = start(site, "work");
    let mut command = program();
    command.args(["serve", "-p", "0"]).current_dir(path);
    let running = OpenDesk::opened_by(command, Site::empty_folder());
    let address = desk.post("api/open", &json!({"place": 0, "name": "older"})).json()["address"].take();
    assert_eq!(address, format!("http://{}/__wenzhai/desk/?token={}", running.address, running.token));
}

#[cfg(unix)]
#[test]
fn in_the_root_of_the_disk_the_users_own_folder_is_offered() {
    let site = Site::empty_folder();
    fs::create_dir_all(site.path("home")).unwrap();
    let mut command = program();
    command.current_dir("/").env("HOME", site.path("home")).env("PATH", "");
    let desk = OpenDesk::opened_by(command, site);
    let places = desk.get("api/beginnings").json()["places"].take();
    assert_eq!((places.as_array().unwrap().len(), &places[0]["home"]), (1, &json!(true)), "{places}");
    assert_eq!(begin(&desk, 0, "文摘", "一").0, 200);
    expect_desk(&desk, "一");
    assert!(desk.site.has("home/文摘/site.toml"));
}

#[test]
fn nobody_else_begins_a_site_or_sees_what_is_offered() {
    let desk = start(Site::empty_folder(), "work");
    let (host, cookie) = (desk.host(), desk.cookie());
    let origin = format!("Origin: http://{}", desk.address);
    let body = json!({"place": 0, "name": "文摘", "title": "一", "lang": "en"}).to_string();
    let change = "X-Wenzhai-Desk: 1";
    let attempts: &[(&str, &[&str])] = &[
        ("GET api/beginnings", &[&host]),
        ("GET ", &[&host]),
        ("GET ?token=0123456789abcdef", &[&host]),
        ("GET api/beginnings", &["Host: evil.example", &cookie]),
        ("GET api/beginnings", &[&host, &cookie, "Sec-Fetch-Site: cross-site"]),
        ("POST api/begin", &[&host, &cookie, &origin]),
        ("POST api/begin", &[&host, &cookie, change]),
        ("POST api/begin", &[&host, &cookie, "Origin: http://evil.example", change]),
        ("POST api/begin", &[&host, &origin, change]),
    ];
    for (request, headers) in attempts {
        let answer = desk.send(request, headers, &body);
        assert_eq!(answer.status, 403, "{request} {headers:?}");
        assert!(!answer.body.contains("work"), "{}", answer.body);
    }
    assert_eq!(desk.get("api/begin").status, 404, "nothing is begun by GET");
    assert_eq!(names(&desk), Vec::<String>::new());
}
