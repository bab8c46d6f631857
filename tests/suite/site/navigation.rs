//! Navigation, as a reader uses it: papers, issues, columns, places, charts, key figures.

use crate::common::files::any_contains;
use crate::common::html::{between, quoted_after};
use crate::common::site::{Site, article};

/// What each place says of its own, so that no article is a reprint of another.
const STORIES: [&str; 4] = [
    "跑长途的老唐把车停在江边，先去淋浴，再去打一壶热水，回来时饭已经热好。他说十年前只能在驾驶室里啃干粮，如今一个月要来七八回。",
    "女工宿舍楼下新添了缝纫间和图书角，夜班的姐妹下了班坐一坐，聊聊孩子的功课。管钥匙的阿婆退休前是挡车工，谁的袖口开了线她都顺手缝上。",
    "站里最忙的是台风天，外卖员把电动车推进棚下，雨衣挂成一排。值班员煮了姜汤，一碗一碗端过去，手机充电的插座不够用，又从家里拿来两个。",
    "山路上的养护班离城四十公里，驿站送来的是流动车，带着理发推子、血压计和一箱书。班长把借书登记本翻给记者看，借得最多的是菜谱和字帖。",
];

/// A page of one article with a place and a key figure.
fn page(at: usize, date: &str, place: &str) -> String {
    format!(
        "示范工人报\n\n{date} 星期二 第8126期 1版\n\n{place}的驿站连成网\n\n本报{place}3月1日电（记者凌霄）全省已建成工会驿站{}个，\
         夏天有凉茶，冬天有热水。\n\n{}\n",
        7000 + at,
        STORIES[at]
    )
}

/// A site with one issue in each of four months.
fn site_of_four_months() -> Site {
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
        site.write(&format!("content/pages/p{at}.txt"), page(at, date, place));
    }
    site
}

#[test]
fn a_papers_calendar_links_to_its_issues_and_each_issue_to_its_neighbours() {
    let site = site_of_four_months();
    site.build();
    let papers = site.read("public/issues/index.html");
    let paper = quoted_after(&papers, "<h2><a href=\"").remove(0).replace("../", "public/") + "index.html";
    let calendar = site.read(&paper);
    let days: Vec<&str> = quoted_after(&calendar, "<td class=\"full\"><a href=\"");
    assert_eq!(days.len(), 4, "{calendar}");
    let second = site.read(&(days[1].replace("../../", "public/") + "index.html"));
    assert!(quoted_after(&second, "rel=\"prev\" href=\"").iter().any(|path| path.ends_with("2025/01-07/")));
    assert!(quoted_after(&second, "rel=\"next\" href=\"").iter().any(|path| path.ends_with("2025/03-04/")));
}

#[test]
fn places_are_found_in_the_text_and_a_provinces_page_lists_its_cities() {
    let site = site_of_four_months();
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
fn every_chart_has_labels_and_a_table_and_every_key_figure_links_to_its_paragraph() {
    let site = site_of_four_months();
    site.build();
    let home = site.read("public/index.html");
    let svg = home.split("<svg role=\"img\" aria-labelledby=\"").nth(1).unwrap();
    for id in svg.split('"').next().unwrap().split(' ') {
        assert!(svg.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert_eq!(between(&home, "<tbody>", "</tbody>").matches("<tr>").count(), 4);
    // each article lists its figures; on the home page an excerpt has the lead's already
    let mut figures = 0;
    for (name, bytes) in site.public() {
        let article = String::from_utf8_lossy(&bytes);
        let paragraphs = if name.ends_with(".html") { quoted_after(&article, "<li><a href=\"#p") } else { Vec::new() };
        for paragraph in paragraphs {
            let text = between(&article, &format!("<p id=\"p{paragraph}\">"), "</p>");
            assert!(text.contains("全省已建成工会驿站700"), "{text}");
            figures += 1;
        }
    }
    assert_eq!(figures, 4);
}

#[test]
fn charts_figures_and_places_can_be_switched_off() {
    let site = site_of_four_months();
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
fn an_article_without_an_address_is_in_no_list_and_its_line_is_shown() {
    let site = Site::with_settings();
    for (file, title) in [("a", "先到的"), ("b", "后到的")] {
        let own = "date = 2025-03-18\nslug = \"same\"\n";
        site.write(&format!("content/articles/{file}.md"), article(title, own, "正文。"));
    }
    site.write("content/themes.md", "+++\ntitle = \"占了主题页\"\n+++\n\n文。\n");
    site.run(&["build"]).expect_exit(1, &["content/articles/b.md:5", "slug = \"same\"", "content/themes.md:2"]);
    let public = site.public();
    assert_eq!(["先到的", "后到的", "占了主题页"].map(|title| any_contains(&public, title)), [true, false, false]);
}
