//! `wenzhai split` and `wenzhai classify`: pages and texts as a stream of JSON lines.

use crate::common::files::crate_path;
use crate::common::process::ChildGuard;
use crate::common::site::{PAGE, RunResult, Site};
use crate::common::typeset::Text::{Head, Line, Paragraph};
use crate::common::typeset::pdf;
use serde_json::{Map, Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;
use std::thread;

/// Runs a command on lines.
fn stream(site: &Site, args: &[&str], lines: &[u8]) -> RunResult {
    let mut command = site.command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines = lines.to_vec();
    // the output is read meanwhile: neither waits for the other
    let writer = thread::spawn(move || drop(input.write_all(&lines)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    RunResult::from_output(output)
}

fn lines_of(requests: &[Value]) -> Vec<u8> {
    requests.iter().map(|request| format!("{request}\n")).collect::<String>().into_bytes()
}

fn objects(result: &RunResult) -> Vec<Value> {
    result.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The files of the sample's pages whose names begin so, in their order.
fn sample_pages(start: &str) -> Vec<String> {
    let pages = fs::read_dir(crate_path("content/pages")).unwrap().map(|entry| entry.unwrap().path());
    let is_page = |path: &&str| {
        !path.ends_with(".toml") && Path::new(path).file_name().unwrap().to_str().unwrap().starts_with(start)
    };
    let pages: Vec<String> = pages.map(|path| path.to_str().unwrap().to_owned()).collect();
    let mut pages: Vec<String> = pages.iter().map(String::as_str).filter(is_page).map(str::to_owned).collect();
    pages.sort();
    assert!(!pages.is_empty());
    pages
}

/// The keys of an article's file as JSON, and its text.
fn keys_and_body(file: &str) -> (Map<String, Value>, String) {
    let (keys, body) = file.strip_prefix("+++\n").unwrap().split_once("\n+++\n").unwrap();
    let table: toml::Table = toml::from_str(keys).unwrap();
    let json = |value: toml::Value| match value {
        toml::Value::Datetime(day) => json!(day.to_string()),
        other => serde_json::to_value(other).unwrap(),
    };
    (table.into_iter().map(|(key, value)| (key, json(value))).collect(), body.to_owned())
}

/// Fails unless `split` gives these pages the articles and the ledger that `import` gives them.
fn assert_as_imported(pages: &[String], options: &[&str]) {
    let site = Site::empty_folder();
    let root = crate_path(".");
    let named: Vec<&str> = pages.iter().map(String::as_str).collect();
    let into = ["--root", root.to_str().unwrap(), "import", "--into", "articles", "--report", "ledger.jsonl"];
    site.run(&[&into[..], &named].concat()).expect_exit(0, &[]);
    let requests: Vec<Value> = pages.iter().map(|page| json!({"path": page})).collect();
    let split = [&["--root", root.to_str().unwrap(), "split"], options].concat();
    let split = stream(&site, &split, &lines_of(&requests)).expect_exit(0, &[]);

    let mut ledger = Vec::new();
    for mut page in objects(&split) {
        for article in page["articles"].as_array_mut().unwrap() {
            let mut article = article.as_object().unwrap().clone();
            article.retain(|_, value| !value.is_null());
            let (file, body) = (article.remove("file").unwrap(), article.remove("body").unwrap());
            assert!(!article.remove("paragraphs").unwrap().as_array().unwrap().is_empty());
            let path = format!("articles/{}", file.as_str().unwrap());
            assert_eq!((article, body.as_str().unwrap().to_owned()), keys_and_body(&site.read(&path)), "{path}");
            site.remove(&path);
        }
        ledger.append(page["ledger"].as_array_mut().unwrap());
    }
    let left: Vec<_> = crate::common::files::read_files(&site.path("articles")).into_keys().collect();
    assert!(left.iter().all(|name| !name.ends_with(".md")), "{left:?}");
    ledger.iter_mut().for_each(|entry| entry["page"] = entry["page"].as_str().unwrap().rsplit('/').next().into());
    let imported: Vec<Value> = site.read("ledger.jsonl").lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(ledger, imported);
}

#[test]
fn a_page_becomes_what_an_import_of_it_writes() {
    for page in sample_pages("") {
        assert_as_imported(&[page], &[]);
    }
}

#[test]
fn the_pages_of_an_issue_are_stitched_as_an_import_stitches_them() {
    for issue in ["shifan-2025-03-18", "yanjiang-2025-04-30"] {
        assert_as_imported(&sample_pages(issue), &["--issues"]);
    }
}

#[test]
fn a_page_of_a_file_with_several_is_named_by_its_number_and_corrected_beside_the_file() {
    let site = Site::with_settings();
    let story = |title, text| [Head(title), Line("本报记者 凌霄"), Paragraph(text), Paragraph(text)];
    let masthead = [Line("示范工人报"), Line("2025年3月18日 星期二 第8126期 1版")];
    let first = [&masthead[..], &story("驿站的灯", "驿站里有床有饭有淋浴，还有人帮忙看车，司机们都说好。")].concat();
    let second = story("技师的书", "技师把三十年修泵的窍门写成一本书，发给每个徒弟，人手一本。");
    site.write("pages/issue.pdf", pdf(&[&first, &second]));
    site.write("pages/issue.2.toml", "paper = \"沿江劳动报\"\n");
    site.run(&["import", "pages", "--into", "articles"]).expect_exit(0, &["imported 2 of 2 pages"]);
    let of_import = |page: &Value| site.read(&format!("articles/{}", page["articles"][0]["file"].as_str().unwrap()));

    let requests = ["pages/issue.pdf", "pages/issue.pdf#2", "pages/issue.pdf#3"].map(|path| json!({"path": path}));
    let found = objects(&stream(&site, &["split"], &lines_of(&requests)).expect_exit(1, &["3 pages split"]));
    let names: Vec<&Value> = found.iter().map(|page| &page["name"]).collect();
    assert_eq!(names, ["pages/issue.pdf#1", "pages/issue.pdf#2", "pages/issue.pdf#2", "pages/issue.pdf#3"]);
    // the day is that of the file's first page, whether it is asked for or not
    for page in &found[1..3] {
        assert_eq!((&page["paper"], &page["date"]), (&json!("沿江劳动报"), &json!("2025-03-18")));
        assert!(of_import(page).ends_with(page["articles"][0]["body"].as_str().unwrap()));
    }
    assert_eq!(found[3]["error"]["code"], "no-page");

    let named = json!({"path": "pages/issue.pdf#2", "name": "x/2024-01-02-7.pdf"});
    let page = &objects(&stream(&site, &["split"], &lines_of(&[named])).expect_exit(0, &[]))[0];
    assert_eq!((&page["name"], &page["paper"]), (&json!("x/2024-01-02-7.pdf#2"), &json!("沿江劳动报")));
}

#[test]
fn paragraphs_name_the_lines_that_they_are_made_from_on_other_pages_too() {
    let site = Site::with_settings();
    let first = PAGE.replace("考级的时候也用得上。", "考级的（下转第2版）");
    let second = "示范工人报\n\n2025年3月18日 星期二 第8126期 2版\n\n（上接第1版）时候也用得上。\n";
    let requests =
        [json!({"id": 1, "text": first, "name": "p1.txt"}), json!({"id": 2, "text": second, "name": "p2.txt"})];
    let pages =
        objects(&stream(&site, &["split", "--issues"], &lines_of(&requests)).expect_exit(0, &["2 pages split"]));
    let joined = &pages[0]["articles"][1];
    let last = joined["paragraphs"].as_array().unwrap().last().unwrap();
    assert!(last["text"].as_str().unwrap().ends_with("考级的时候也用得上。"), "{joined}");
    assert_eq!(
        (&last["role"], &last["lines"], &last["more"]),
        (&json!("body"), &json!([19]), &json!([{"page": "p2.txt", "lines": [5]}]))
    );
    assert_eq!(pages[1]["articles"], json!([]));
    // each page by itself: the jump leads nowhere
    let alone = objects(&stream(&site, &["split"], &lines_of(&requests)));
    assert_eq!(alone[0]["articles"][1]["missing_after"], json!("下转第2版"));
}

#[test]
fn what_is_known_beside_the_text_is_used() {
    let site = Site::with_settings();
    let text = PAGE.split_once("1版\n").unwrap().1;
    let sidecar = "[[articles]]\nat = 2\ntitle = \"驿站\"\n";
    let request = json!({"id": {"any": [1]}, "text": text, "paper": "示范工人报", "date": "2025-03-19", "page": 4, "issue": 77, "sidecar": sidecar});
    let page = &objects(&stream(&site, &["split"], &lines_of(&[request])).expect_exit(0, &[]))[0];
    assert_eq!(page["id"], json!({"any": [1]}));
    assert_eq!(
        (&page["paper"], &page["date"], &page["page"], &page["issue"]),
        (&json!("示范工人报"), &json!("2025-03-19"), &json!(4), &json!(77))
    );
    let first = &page["articles"][0];
    assert_eq!(
        (&first["title"], &first["file"], &first["themes"]),
        (&json!("驿站"), &json!("2025/03-19/sfgrb-p4-01.md"), &json!(["工会服务"]))
    );
}

#[test]
fn articles_are_lines_of_their_own_on_request() {
    let site = Site::with_settings();
    let lines = lines_of(&[json!({"id": "a.txt", "text": PAGE}), json!({"id": 2})]);
    let found = objects(&stream(&site, &["split", "--articles"], &lines).expect_exit(1, &["1 page split"]));
    let titles: Vec<(&Value, &Value)> = found[..2].iter().map(|article| (&article["id"], &article["title"])).collect();
    let id = json!("a.txt");
    assert_eq!(titles, [(&id, &json!("货车司机有了歇脚的驿站")), (&id, &json!("技师把三十年手艺写成口袋书"))]);
    assert_eq!((&found[2]["id"], &found[2]["error"]["code"]), (&json!(2), &json!("bad-request")));
}

#[test]
fn a_bad_line_is_an_object_with_its_error_and_the_order_is_kept() {
    let site = Site::with_settings();
    let mut lines = Vec::new();
    for number in 0..300 {
        match number % 5 {
            0 => lines.extend(format!("{{\"id\": {number}, \"txet\": \"…\"}}\n").bytes()),
            1 => lines.extend(b"\n{\"id\": 1, \"text\": \"\xff\"}\n"),
            2 => lines.extend(lines_of(&[json!({"id": number, "path": "nowhere.txt"})])),
            3 => lines.extend(lines_of(&[json!({"id": number, "text": ""})])),
            _ => lines.extend(lines_of(&[json!({"id": number, "text": PAGE})])),
        }
    }
    let split = stream(&site, &["split", "-j", "3"], &lines)
        .expect_exit(1, &["60 pages split", "240 pages or texts could not be read"]);
    let found = objects(&split);
    assert_eq!(found.len(), 300);
    for (number, object) in found.iter().enumerate() {
        let code = object["error"]["code"].as_str().unwrap_or("page");
        assert_eq!(code, ["bad-request", "bad-request", "unreadable", "empty-page", "page"][number % 5], "{object}");
        let id = if number % 5 == 1 { Value::Null } else { json!(number) };
        assert_eq!(object["id"], id);
    }
    assert!(found[0]["error"]["message"].as_str().unwrap().starts_with("the line is no request: unknown field `txet`"));
    // blank lines count, and have no object
    assert_eq!((&found[1]["line"], &found[2]["line"]), (&json!(3), &json!(4)));
}

#[test]
fn a_line_beyond_the_bound_is_passed_over() {
    let site = Site::with_settings();
    let long = json!({"id": 1, "text": "工".repeat(6 << 20)});
    let lines = lines_of(&[long, json!({"id": 2, "text": PAGE})]);
    let found = objects(&stream(&site, &["split"], &lines).expect_exit(1, &[]));
    assert_eq!(found[0]["error"]["message"], "the line is longer than 16 MiB");
    assert_eq!((found.len(), &found[1]["id"]), (2, &json!(2)));
}

#[test]
fn a_process_that_waits_for_its_answer_gets_it_and_one_that_leaves_ends_the_stream() {
    let site = Site::with_settings();
    let mut command = site.command(&["split"]);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut child = ChildGuard(child);
    let mut input = child.0.stdin.take().unwrap();
    let mut answers = BufReader::new(child.0.stdout.take().unwrap());
    for id in 0..3 {
        input.write_all(&lines_of(&[json!({"id": id, "text": PAGE})])).unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["id"], json!(id));
    }
    drop(answers);
    // the input stays open: the program ends because nobody reads
    input.write_all(&lines_of(&vec![json!({"text": PAGE}); 8])).unwrap();
    assert_eq!(child.0.wait().unwrap().code(), Some(1));
}

#[test]
fn texts_are_filed_as_the_themes_command_files_them() {
    let site = Site::with_settings();
    site.write("a.txt", "技师的手艺\n\n驿站里的技师说手艺。\n");
    let known: Value = serde_json::from_str(&site.run(&["themes", "--json", "a.txt"]).stdout).unwrap();
    let lines = lines_of(&[
        json!({"id": 7, "title": "技师的手艺", "text": "\n驿站里的技师说手艺。\n"}),
        json!({"id": 8, "text": "无关。"}),
        json!([]),
    ]);
    let found = objects(&stream(&site, &["classify"], &lines).expect_exit(1, &["2 texts classified"]));
    assert_eq!((&found[0]["id"], &found[0]["themes"]), (&json!(7), &known["themes"]));
    assert_eq!(found[1], json!({"id": 8, "themes": []}));
    assert_eq!(found[2]["error"]["code"], "bad-request");
}
