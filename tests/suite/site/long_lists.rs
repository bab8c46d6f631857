//! Long lists: every article is a few links away, and lists can be narrowed and jumped through.

use crate::common::html::{between, quoted_after};
use crate::common::site::{Site, article};
use std::collections::{BTreeMap, VecDeque};

/// A text that no other number has.
fn text(number: usize) -> String {
    let mixed = |at: usize| ((number * 1000 + at) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let character = |at: usize| char::from_u32(0x4E00 + (mixed(at) % 20_000) as u32).unwrap();
    (0..200).map(character).collect::<String>() + "。"
}

/// A site of articles from three years and two papers; every third one has no theme, every fiftieth no date.
fn site(count: usize) -> Site {
    let site = Site::with_settings();
    site.add_settings("page_size = 10");
    for at in 0..count {
        let date = format!("date = {}-{:02}-{:02}\n", 2023 + at % 3, 1 + at % 12, 1 + at % 28);
        let paper = ["示范工人报", "沿江工人报"][at % 2];
        let themes = if at % 3 == 0 { "[]" } else { "[\"工匠\"]" };
        let author = format!("{}{}", ["岑", "何", "周", "林"][at % 4], char::from_u32(0x6600 + at as u32).unwrap());
        let date = if at % 50 == 49 { "" } else { &date };
        let front = format!("{date}paper = \"{paper}\"\npage = {}\nthemes = {themes}\n", 1 + at % 4);
        let article = article(&format!("第{at}篇"), &front, &text(at))
            .replace("authors = []", &format!("authors = [\"{author}\"]"));
        site.write(&format!("content/articles/own/a{at:04}.md"), article);
    }
    site
}

/// The pages that links lead to from a page, as files.
fn linked(file: &str, html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for link in quoted_after(html, "<a href=\"").into_iter().chain(quoted_after(html, "rel=\"next\" href=\"")) {
        let path = link.split('#').next().unwrap();
        let mut parts: Vec<&str> = file.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let target = parts.join("/");
        found.push(if path.ends_with('/') || target.is_empty() { format!("{target}/index.html") } else { target });
    }
    found.iter().map(|file| file.trim_start_matches('/').to_owned()).collect()
}

#[test]
fn every_article_is_at_most_four_links_away_from_the_front_page() {
    let site = site(300);
    site.build();
    let files = site.public();
    let mut steps: BTreeMap<String, usize> = [("index.html".to_owned(), 0)].into();
    let mut queue: VecDeque<String> = ["index.html".to_owned()].into();
    while let Some(file) = queue.pop_front() {
        let Some(html) = files.get(&file) else { continue };
        let step = steps[&file] + 1;
        for target in linked(&file, &String::from_utf8_lossy(html)) {
            if !steps.contains_key(&target) {
                steps.insert(target.clone(), step);
                queue.push_back(target);
            }
        }
    }
    let articles: Vec<&String> = files.keys().filter(|name| name.contains("/a0")).collect();
    assert_eq!(articles.len(), 300);
    for article in articles {
        assert!(steps.get(article).is_some_and(|&steps| steps <= 4), "{article}: {:?}", steps.get(article));
    }
}

#[test]
fn years_months_and_days_stand_above_their_articles_and_old_addresses_lead_there() {
    let site = site(60);
    site.build();
    let day = site.read("public/2024/02/02/index.html");
    assert!(day.contains("href=\"../../../2024/02/\"") && day.contains("第1篇") && day.contains("沿江工人报"), "{day}");
    assert!(site.read("public/2024/02/index.html").contains("href=\"../../2024/02/02/\""));
    assert!(site.read("public/2024/index.html").contains("href=\"../2024/02/02/\""));
    assert!(site.read("public/archive/2024/02/index.html").contains("url=../../../2024/02/"));
}

#[test]
fn a_theme_is_narrowed_by_year_and_paper_and_a_long_list_has_numbers() {
    let site = site(120);
    site.build();
    let theme = site.read("public/themes/craft/index.html");
    assert!(theme.contains(">2024年</a>") && theme.contains(">沿江工人报</a>"), "{theme}");
    assert!(theme.contains("href=\"../../themes/craft/page/8/\""), "the last part is one link away: {theme}");
    let year = site.read("public/themes/craft/2024/index.html");
    assert_eq!(year.matches("<article class=\"story").count(), 10);
    assert!(
        year.contains("<title>工匠 2024年") && !between(&year, "<main", "</main>").contains("datetime=\"2023"),
        "{year}"
    );
    let paper = site.read("public/themes/craft/papers/yan-jiang-gong-ren-bao/index.html");
    assert!(paper.contains("#y2024\">2024年</a>"), "a list of several years has jumps: {paper}");
    let part = quoted_after(&paper, "<li><a href=\"").into_iter().find(|link| link.ends_with("#y2024")).unwrap();
    let part = part.trim_start_matches("../").split('#').next().unwrap();
    assert!(site.read(&format!("public/{part}index.html")).contains("id=\"y2024\""));
}

#[test]
fn authors_stand_under_their_initials_and_very_many_on_pages_of_their_own() {
    let few = site(40);
    few.build();
    let people = few.read("public/people/index.html");
    let letters: Vec<&str> = quoted_after(&people, "<section class=\"names\" id=\"");
    assert_eq!(letters, ["c", "h", "l", "z"]);
    assert!(people.contains("#c\" title=\"10位\">C</a>"), "{people}");
    let many = site(640);
    many.build();
    assert_eq!(many.read("public/people/index.html").matches("<section class=\"names\"").count(), 1);
    assert!(many.read("public/people/c/index.html").contains("aria-current=\"page\">C</a>"));
}

#[test]
fn a_dispatch_in_three_papers_is_shown_once_in_lists_and_names_the_others() {
    let site = Site::with_settings();
    for (at, paper) in ["甲报", "乙报", "丙报"].into_iter().enumerate() {
        let front = format!("date = 2025-03-{:02}\npaper = \"{paper}\"\nthemes = [\"工匠\"]\n", 10 + at);
        let body = format!("新华社电{at}　{}", text(7));
        site.write(&format!("content/articles/own/d{at}.md"), article(&format!("各报标题{at}"), &front, &body));
    }
    let front = "date = 2025-03-11\npaper = \"甲报\"\nthemes = [\"工匠\"]\n";
    site.write("content/articles/own/other.md", article("另一篇", front, &text(8)));
    site.build();
    let theme = site.read("public/themes/craft/index.html");
    assert_eq!(theme.matches("<article class=\"story").count(), 2, "{theme}");
    assert!(theme.contains("2025/03/10/d0/\"") && theme.contains("另见2报"), "the earliest one is shown: {theme}");
    assert!(site.read("public/2025/03/12/index.html").contains("2025/03/12/d2/\""), "a day shows what was printed");
    let shown = site.read("public/2025/03/10/d0/index.html");
    let others: Vec<&str> = quoted_after(shown.split("id=\"reprints\"").nth(1).unwrap(), "href=\"");
    assert_eq!(others[..2], ["../../../../2025/03/11/d1/", "../../../../2025/03/12/d2/"]);
    assert!(!site.read("public/2025/03/11/other/index.html").contains("id=\"reprints\""));
}
