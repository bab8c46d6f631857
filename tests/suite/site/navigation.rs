//! The ways into a site, as a reader walks them: papers, issues, columns, places, charts, key figures.

use crate::common::{Site, article};
use std::collections::BTreeSet;

/// A page of one article, which tells of a place and has a number that counts something.
fn page(date: &str, place: &str, count: usize) -> String {
    format!(
        "示范工人报\n\n{date} 星期二 第8126期 1版\n\n{place}的驿站连成网\n\n本报{place}3月1日电（记者凌霄）全省已建成工会驿站{count}个，\
         夏天有凉茶，冬天有热水，跑长途的司机们都说好。\n\n驿站里有床、有饭、有淋浴，还有人帮忙看车。从前想都不敢想。\n"
    )
}

/// A site of four months, with an issue in each.
fn site() -> Site {
    let site = Site::with_settings();
    for (at, (date, place)) in [
        ("2025年1月7日", "江苏南通"),
        ("2025年2月4日", "浙江宁波"),
        ("2025年3月4日", "江苏"),
        ("2025年4月1日", "四川成都"),
    ]
    .into_iter()
    .enumerate()
    {
        site.write(&format!("content/pages/p{at}.txt"), page(date, place, 7000 + at));
    }
    site
}

/// What stands between `before` and the next quotation mark.
fn attributes<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_reader_goes_from_a_paper_through_its_calendar_and_from_issue_to_issue() {
    let site = site();
    site.build();
    let papers = site.read("public/issues/index.html");
    let paper = attributes(&papers, "<h2><a href=\"").remove(0).replace("../", "public/") + "index.html";
    let calendar = site.read(&paper);
    let days: Vec<&str> = attributes(&calendar, "<td class=\"full\"><a href=\"");
    assert_eq!(days.len(), 4, "{calendar}");
    let second = site.read(&(days[1].replace("../../", "public/") + "index.html"));
    assert!(attributes(&second, "rel=\"prev\" href=\"").iter().any(|path| path.ends_with("2025/01-07/")));
    assert!(attributes(&second, "rel=\"next\" href=\"").iter().any(|path| path.ends_with("2025/03-04/")));
}

#[test]
fn places_are_found_in_the_text_and_a_provinces_page_lists_its_cities() {
    let site = site();
    site.build();
    let jiangsu = site.read("public/places/3200/index.html");
    assert!(
        jiangsu.contains("<h1>江苏省</h1>") && jiangsu.contains("href=\"../../places/3206/\">南通</a>"),
        "{jiangsu}"
    );
    assert_eq!(jiangsu.matches("<article class=\"story").count(), 2);
    let map = site.read("public/places/index.html");
    assert_eq!(map.matches("<rect ").count(), 34);
    assert!(map.contains("写到的有3个，最多的是江苏，2篇"), "{map}");
}

#[test]
fn every_chart_has_words_and_a_table_and_every_key_figure_leads_to_its_paragraph() {
    let site = site();
    site.build();
    let home = site.read("public/index.html");
    let svg = home.split("<svg role=\"img\" aria-labelledby=\"").nth(1).unwrap();
    for id in svg.split('"').next().unwrap().split(' ') {
        assert!(svg.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(home.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap().matches("<tr>").count(), 4);
    let led: BTreeSet<&str> =
        attributes(&home, "<li><a href=\"").into_iter().filter(|path| path.contains("#p")).collect();
    assert_eq!(led.len(), 4, "{home}");
    for path in led {
        let (page, paragraph) = path.split_once('#').unwrap();
        let article = site.read(&format!("public/{}index.html", page.trim_start_matches("./")));
        let text = article.split(&format!("<p id=\"{paragraph}\">")).nth(1).unwrap().split("</p>").next().unwrap();
        assert!(text.contains("全省已建成工会驿站700"), "{text}");
    }
}

#[test]
fn a_site_can_do_without_charts_figures_and_places() {
    let site = site();
    let settings = site.read("site.toml");
    let off = ["charts", "figures", "places"].map(|name| format!("[{name}]\nenabled = false\n")).concat();
    site.write("site.toml", format!("{settings}\n{off}"));
    site.build();
    let public = site.public();
    assert!(!public.keys().any(|path| path.starts_with("places/")));
    for (path, bytes) in public.iter().filter(|(path, _)| path.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("<svg") && !text.contains("class=\"figures\"") && !text.contains("places/"), "{path}");
    }
}

#[test]
fn what_has_no_address_is_in_no_list_and_its_line_is_shown() {
    let site = Site::with_settings();
    for (file, title) in [("a", "先到的"), ("b", "后到的")] {
        let own = "date = 2025-03-18\nslug = \"same\"\n";
        site.write(&format!("content/articles/{file}.md"), article(title, own, "正文。"));
    }
    site.write("content/themes.md", "+++\ntitle = \"占了主题页\"\n+++\n\n文。\n");
    site.run(&["build"]).expect_exit(1, &["content/articles/b.md:5", "slug = \"same\"", "content/themes.md:2"]);
    let shown = site.public().into_values().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let shown: String = shown.collect();
    assert!(shown.contains("先到的") && !shown.contains("后到的") && !shown.contains("占了主题页"));
}
