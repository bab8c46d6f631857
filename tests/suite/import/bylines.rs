//! Bylines: what stands beside the names, offices, papers, places and roles, is in the article file and on its page.

use crate::common::site::{PAGE, Site, article};

const TEXTS: [(&str, &str); 4] = [
    (
        "家门口的微工厂",
        "镇里把闲置的教室改成车间，三家企业把订单送上门。质检员每天来一次，干满半年，企业就要给她们缴工伤保险。",
    ),
    (
        "焊枪下的毕业典礼",
        "没有礼服，没有鲜花，临水技师学院焊接班的毕业典礼在实训车间举行。四十二名学生每人焊一个字，挂在车间门口。",
    ),
    (
        "乒乓桌搬进码头",
        "码头工人歇班的时候，最爱去的地方是新开的职工文体中心。港口工会今年添了六张乒乓桌、两间书屋，谁都可以来。",
    ),
    (
        "绣娘有了云上订单",
        "村里的刺绣合作社接上了电商平台，六十名绣娘在家门口就了业。去年最大的一单来自一家酒店，绣了整整一个冬天。",
    ),
];

/// A site with a page for each byline, imported; each page has one article, with its headline in line 5 and its byline in line 7.
fn imported(bylines: &[&str]) -> (Site, Vec<String>) {
    let site = Site::with_settings();
    for (at, (byline, (title, text))) in bylines.iter().zip(TEXTS).enumerate() {
        let page = format!("示范工人报\n\n2025年3月18日 星期二 第{}版\n\n{title}\n\n{byline}\n\n{text}\n", at + 1);
        site.write(&format!("content/pages/p{}.txt", at + 1), page);
    }
    site.run(&["import"]).expect_exit(0, &[]);
    let fronts = fronts(&site);
    assert_eq!(fronts.len(), bylines.len(), "{fronts:#?}");
    (site, fronts)
}

/// The front matter of the article files, in the order of their pages.
fn fronts(site: &Site) -> Vec<String> {
    let files = site.articles().into_values().map(|bytes| String::from_utf8(bytes).unwrap());
    files.map(|text| text.split("+++\n").nth(1).unwrap().to_owned()).collect()
}

#[test]
fn offices_places_and_roles_of_a_byline_stand_in_the_article_file() {
    for (bylines, authors) in [
        (
            ["某市人民广播电台 林见青 何晚舟", "中共某市委书记 林见青", "本报驻某省记者 林见青", "见习记者 何晚舟"],
            [r#"["林见青", "何晚舟"]"#, r#"["林见青"]"#, r#"["林见青"]"#, r#"["何晚舟"]"#],
        ),
        (
            ["□本报通讯员 林见青", "林见青 文/图", "本报记者 林　青 通讯员 何晚舟", "（记者 何晚舟）"],
            [r#"["林见青"]"#, r#"["林见青"]"#, r#"["林青", "何晚舟"]"#, r#"["何晚舟"]"#],
        ),
    ] {
        let (_, fronts) = imported(&bylines);
        for ((front, byline), authors) in fronts.iter().zip(bylines).zip(authors) {
            let keys = format!("authors = {authors}\nbyline = \"{byline}\"\n");
            assert!(front.contains(&keys), "{keys}{front}");
        }
    }
}

#[test]
fn a_byline_of_names_alone_and_a_dateline_in_the_text_are_not_repeated() {
    let (site, fronts_before) = imported(&["林见青 何晚舟", "林见青、何晚舟", "本报驻某省记者 林见青", "麦田"]);
    let bylines: Vec<bool> = fronts_before.iter().map(|front| front.contains("byline")).collect();
    assert_eq!(bylines, [false, false, true, false], "{fronts_before:#?}");
    assert!(fronts_before[1].contains(r#"authors = ["林见青", "何晚舟"]"#), "{}", fronts_before[1]);
    site.edit("content/pages/p3.txt", "本报驻某省记者 林见青\n\n", "");
    site.edit("content/pages/p3.txt", "码头工人歇班", "本报北京3月1日电 （记者 何晚舟）码头工人歇班");
    site.run(&["import"]).expect_exit(0, &["1 articles written"]);
    assert!(fronts(&site)[2].contains(r#"authors = ["何晚舟"]"#), "{:#?}", fronts(&site));
    assert!(!fronts(&site)[2].contains("byline"), "the text itself says so");
}

#[test]
fn a_sidecar_corrects_a_byline() {
    let (site, _) = imported(&["本报驻某省记者 林见青", "某社供稿部 何晚舟 说文", "林见青 何晚舟"]);
    site.write("content/pages/p1.toml", "[[articles]]\nat = 5\nbyline = \"本报驻他省记者 林见青\"\n");
    site.write("content/pages/p2.toml", "[[lines]]\nat = 7\nrole = \"byline\"\n");
    site.write("content/pages/p3.toml", "[[articles]]\nat = 5\nauthors = [\"林见清\"]\n");
    site.run(&["import"]).expect_exit(0, &[]);
    let fronts_after = fronts(&site);
    assert!(
        fronts_after[0].contains("authors = [\"林见青\"]\nbyline = \"本报驻他省记者 林见青\"\n"),
        "{fronts_after:#?}"
    );
    assert!(
        fronts_after[1].starts_with("title = \"焊枪下的毕业典礼\"\nauthors = [\"何晚舟\"]\n"),
        "{}",
        fronts_after[1]
    );
    assert!(fronts_after[1].contains("byline = \"某社供稿部 何晚舟 说文\"\n"), "{}", fronts_after[1]);
    assert!(!fronts_after[2].contains("byline"), "a person replaced names that were nothing but names");
    site.write("content/pages/p1.toml", "[[articles]]\nat = 5\nbyline = \"\"\n");
    site.run(&["import"]).expect_exit(0, &[]);
    assert!(!fronts(&site)[0].contains("byline"), "an empty text removes the key");
}

#[test]
fn the_page_of_an_article_shows_the_byline_as_printed_with_links_to_its_authors() {
    let (site, _) = imported(&["某市人民广播电台 林见青 何晚舟", "林见青 何晚舟"]);
    site.build();
    let html = |page: u8| site.read(&format!("public/2025/03/18/sfgrb-p{page}-01/index.html"));
    let byline = |html: &str| {
        let found = html.split("<p class=\"byline\">").nth(1).unwrap();
        found.split("</p>").next().unwrap().to_owned()
    };
    let printed = byline(&html(1));
    assert!(printed.starts_with("<span>某市人民广播电台 <a rel=\"author\" href="), "{printed}");
    assert_eq!(printed.matches("<a rel=\"author\"").count(), 2);
    assert!(printed.ends_with("何晚舟</a></span>"), "{printed}");
    assert!(byline(&html(2)).starts_with("<a rel=\"author\""));
    site.add_settings("twins = { formats = [\"markdown\", \"json\"] }");
    site.build();
    let other = |form: &str| site.read(&format!("public/2025/03/18/sfgrb-p1-01/{form}"));
    assert!(other("index.md").contains("\nbyline: \"某市人民广播电台 林见青 何晚舟\"\n"));
    assert!(other("index.json").contains("\n  \"byline\": \"某市人民广播电台 林见青 何晚舟\",\n"));
}

#[test]
fn a_mistyped_byline_key_is_a_finding() {
    let site = Site::with_settings();
    let front = "date = 2025-03-18\nbyeline = \"本报记者 林见青\"\n";
    site.write("content/articles/a.md", article("题目", front, "正文。"));
    site.run(&["check"]).expect_exit(1, &["unknown-key", "did you mean byline?"]);
}

#[test]
fn a_byline_that_a_person_took_out_holds_back_no_other_article_of_the_reporter() {
    let site = Site::with_settings();
    site.write("content/pages/a.txt", PAGE.replace("本报记者 麦田", "本报记者 凌霄"));
    site.run(&["import"]).expect_exit(0, &["2 articles written"]);
    let drivers = site.article_with("驿站里有床");
    site.edit(&drivers, "byline = \"本报记者 凌霄\"\n", "");
    site.edit("content/pages/a.txt", "三十年修泵的窍门", "四十年修泵的窍门");
    site.run(&["import"]).expect_exit(0, &["1 articles written"]).expect_without("line-");
    site.article_with("四十年修泵的窍门");
}

#[test]
fn what_the_markup_of_a_page_calls_a_byline_is_one_though_it_names_nobody() {
    let site = Site::with_settings();
    let body = "<div id=ozoom><p>样本工会办起夜校，工友们都说好，一学就是三个月。</p></div>";
    let page = format!("<h1>把夜校办到工地上</h1><p class=author>本报特约评论员</p>{body}");
    site.write("content/pages/p-2025-03-18-01.html", page);
    site.run(&["import"]).expect_exit(0, &[]);
    let front = fronts(&site).concat();
    assert!(front.contains("title = \"把夜校办到工地上\"\nauthors = []\nbyline = \"本报特约评论员\"\n"), "{front}");
}
