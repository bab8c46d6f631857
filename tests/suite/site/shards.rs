//! Sites in shards: each year is built alone, in any order and on any machine, and joined; what is in one year changes no other.

use crate::common::files::{Files, differing, read_files, without_hidden};
use crate::common::site::{PAGE, Site, article};
use std::collections::BTreeSet;
use std::fs;

const IN_SHARDS: &str = "\n[content]\nshards = \"years\"\n";

/// Articles of three years and one without a date; texts link from year to year, and people and columns are in several years.
fn site() -> Site {
    let site = Site::with_settings();
    site.write("site.toml", site.read("site.toml") + IN_SHARDS);
    for (at, year) in [2023, 2024, 2024, 2025, 2025, 2025].into_iter().enumerate() {
        site.write(&file(year, at), text(year, at));
    }
    site.write(
        "content/articles/loose.md",
        article("没有日期的一篇", "themes = [\"工匠\"]\n", "见[第三篇](2025/a3.md)。\n"),
    );
    site.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n\n见[第一篇](articles/2023/a0.md)。\n");
    site
}

fn file(year: i16, at: usize) -> String {
    format!("content/articles/{year}/a{at}.md")
}

fn text(year: i16, at: usize) -> String {
    let author = ["林见青", "岑望舒"][at % 2];
    let front = format!(
        "date = {year}-03-{:02}\ncolumn = \"车间手记\"\npaper = \"示范工人报\"\npage = 1\nthemes = [\"工匠\"]\n",
        at + 1
    );
    // no reprints of each other
    let own = ["驿站里有热水", "钳工带出徒弟", "车间换上新灯", "食堂添了小菜", "夜校开讲算法", "骑手领到雨衣"][at];
    let own: String = (0..6)
        .map(|by| own.chars().cycle().skip(by).step_by(by + 1).take(40).chain(['。']).collect::<String>())
        .collect();
    let body = format!(
        "第{at}篇说成都市的手艺与传承，成都市有五家工厂。见[上一年的](../2023/a0.md)和[下一年的](../2025/a{}.md)。\n",
        3 + at % 3
    );
    article(&format!("第{at}篇的手艺"), &front, &(body + &own))
        .replace("authors = []", &format!("authors = [\"{author}\"]"))
}

/// Builds shards in an order, and joins them.
fn build_in_parts(site: &Site, shards: &[&str]) {
    for shard in shards {
        site.run(&["build", "--shard", shard]).expect_exit(0, &[]);
    }
    site.run(&["build", "--join"]).expect_exit(0, &[]);
}

/// The names of files that are written anew since `before`: others keep their bytes.
fn changed(site: &Site, before: &Files) -> BTreeSet<String> {
    differing(before, &site.public())
}

#[test]
fn shards_may_be_built_in_any_order_and_on_several_machines() {
    let whole = site();
    whole.build();
    let expected = whole.public();
    assert!(expected.contains_key("2024/03/02/a1/index.html") && expected.contains_key("search/2024/texts/0/0.bin"));
    for order in [["2023", "2024", "2025", "undated"], ["undated", "2025", "2023", "2024"]] {
        let parts = site();
        build_in_parts(&parts, &order);
        assert_eq!(differing(&expected, &parts.public()), BTreeSet::new(), "{order:?}");
        parts.run(&["build"]).expect_exit(0, &["0 files written"]);
    }
    // each on a machine of its own, whose output folders are then copied into one
    let joined = site();
    for shard in ["2025", "undated", "2024", "2023"] {
        let machine = site();
        machine.run(&["build", "--shard", shard]).expect_exit(0, &[]);
        for (name, bytes) in read_files(&machine.path("public")) {
            joined.write(&format!("public/{name}"), bytes);
        }
    }
    fs::remove_dir_all(joined.path("content/articles")).unwrap();
    joined.run(&["build", "--join"]).expect_exit(0, &[]);
    assert_eq!(differing(&expected, &joined.public()), BTreeSet::new(), "the join needs no articles");
}

#[test]
fn what_is_not_in_shards_is_as_in_a_site_without_them() {
    let (with, without) = (site(), site());
    without.write("site.toml", without.read("site.toml").replace(IN_SHARDS, ""));
    // the addresses of names, which a site in shards makes of these alone
    with.write(
        "content/addresses.toml",
        "[people]\n\"林见青\" = \"lin\"\n\"岑望舒\" = \"cen\"\n[columns]\n\"车间手记\" = \"che-jian\"\n",
    );
    without.write("content/addresses.toml", with.read("content/addresses.toml"));
    with.build();
    without.build();
    let is_of_shard = |name: &String| {
        let is_article = name.ends_with("index.html") && name.contains("/a") && !name.starts_with("archive/");
        is_article || name.starts_with("issues/") || name.starts_with("undated/") || name.starts_with("search/")
    };
    let other: Vec<String> =
        differing(&without.public(), &with.public()).into_iter().filter(|name| !is_of_shard(name)).collect();
    assert_eq!(other, Vec::<String>::new());
}

#[test]
fn texts_link_from_year_to_year() {
    let site = site();
    site.build();
    let page = String::from_utf8(site.public()["2024/03/02/a1/index.html"].clone()).unwrap();
    assert!(
        page.contains("href=\"../../../../2023/03/01/a0/\"") && page.contains("href=\"../../../../2025/03/05/a4/\""),
        "{page}"
    );
    // an address that changes in one year changes the links of another
    site.edit(&file(2025, 4), "date = ", "slug = \"new\"\ndate = ");
    site.build();
    let page = String::from_utf8(site.public()["2024/03/02/a1/index.html"].clone()).unwrap();
    assert!(page.contains("href=\"../../../../2025/03/05/new/\""), "{page}");
}

#[test]
fn an_edit_changes_its_year_and_the_lists_alone() {
    let site = site();
    site.build();
    let (before, summaries) = (site.public(), read_files(&site.path("public")));
    let cache = |site: &Site| {
        let caches = read_files(&site.path(".wenzhai")).into_iter();
        caches.filter(|(name, _)| name.ends_with("-2023.cache") || name.ends_with("-undated.cache")).collect::<Files>()
    };
    let caches = cache(&site);
    assert_eq!(caches.len(), 2);
    site.edit(&file(2025, 5), "第5篇说成都", "第5篇再说成都");
    site.build();
    let changed = changed(&site, &before);
    assert!(changed.contains("2025/03/06/a5/index.html") && changed.contains("index.html"));
    let other_year = |name: &&String| {
        ["2023/", "2024/", "search/2023/", "search/2024/", "undated/"].iter().any(|year| name.starts_with(year))
    };
    assert_eq!(changed.iter().find(other_year), None);
    assert_eq!(cache(&site), caches, "other years were not planned again");
    // nor does a new page of another year
    site.write("content/pages/new.txt", PAGE);
    site.build();
    assert_eq!(cache(&site), caches);
    for name in [".wenzhai-summary-2023", ".wenzhai-manifest-2023"] {
        assert_eq!(read_files(&site.path("public"))[name], summaries[name]);
    }
}

#[test]
fn a_year_whose_last_article_is_gone_leaves_nothing() {
    let site = site();
    site.build();
    site.remove(&file(2023, 0));
    for year in [2024, 2025] {
        for at in 1..6 {
            let name = file(year, at);
            if site.has(&name) {
                site.edit(&name, "见[上一年的](../2023/a0.md)和", "见");
            }
        }
    }
    site.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n\n没有链接。\n");
    site.run(&["build"]).expect_exit(0, &[]);
    let fresh = Site::empty_folder();
    for (name, bytes) in read_files(&site.path("content")) {
        fresh.write(&format!("content/{name}"), bytes);
    }
    fresh.write("site.toml", site.read("site.toml"));
    fresh.build();
    assert_eq!(differing(&fresh.public(), &site.public()), BTreeSet::new());
    let names = |site: &Site| read_files(&site.path("public")).into_keys().collect::<BTreeSet<String>>();
    assert_eq!(names(&fresh), names(&site), "manifests and summaries too");
}

#[test]
fn a_site_may_be_put_into_shards_and_back() {
    let site = site();
    let in_shards = site.read("site.toml");
    let whole = in_shards.replace(IN_SHARDS, "");
    site.write(
        "content/addresses.toml",
        "[people]\n\"林见青\" = \"lin\"\n\"岑望舒\" = \"cen\"\n[columns]\n\"车间手记\" = \"che-jian\"\n",
    );
    let mut built: Vec<Files> = Vec::new();
    for settings in [&whole, &in_shards, &whole, &in_shards] {
        site.write("site.toml", settings);
        site.run(&["build"]).expect_exit(0, &[]);
        built.push(without_hidden(read_files(&site.path("public"))));
    }
    assert!(built[0] == built[2] && built[1] == built[3] && built[0] != built[1]);
}

#[test]
fn what_cannot_be_joined_is_refused_with_what_to_do() {
    let site = site();
    site.run(&["build", "--join"]).expect_exit(1, &["not-joinable", "wenzhai build --shard 2024"]);
    site.run(&["build", "--shard", "2024"]).expect_exit(0, &[]);
    let target = tempfile::tempdir().unwrap();
    let publish = format!("\n[publish.copy]\nkind = \"dir\"\nfolder = {:?}\n", target.path().to_str().unwrap());
    site.write("site.toml", site.read("site.toml") + &publish);
    site.run(&["publish", "copy"]).expect_exit(1, &["not-built", "wenzhai build --join"]);
    site.run(&["build", "--join"])
        .expect_exit(1, &["not-joinable", "2024", "other settings, templates or static files"]);
    site.run(&["build"]).expect_exit(0, &[]);
    site.run(&["publish", "copy"]).expect_exit(0, &[]);
    site.write("public/.wenzhai-summary-2024", "damaged");
    site.run(&["build", "--join"]).expect_exit(1, &["not-joinable", "wenzhai build --shard 2024"]);
    site.run(&["build"]).expect_exit(0, &[]);
    site.run(&["build", "--shard", "1999"]).expect_exit(0, &["empty-shard", "0 articles"]);
    site.run(&["build", "--shard", "24x"]).expect_exit(2, &["a shard is a year, or undated"]);
    site.write("site.toml", site.read("site.toml").replace(IN_SHARDS, ""));
    site.run(&["build", "--shard", "2024"]).expect_exit(2, &["no-shards", "shards = \"years\""]);
}

#[test]
fn an_invalid_file_is_named_once_and_the_rest_is_built() {
    let site = site();
    site.write("content/articles/broken.md", "+++\ntitle = \n+++\n\n正文。\n");
    let printed = site.run(&["build"]).expect_exit(1, &["content/articles/broken.md:2"]);
    assert_eq!(printed.stderr.matches("content/articles/broken.md:2").count(), 1);
    assert!(site.public().contains_key("2024/03/02/a1/index.html"));
    site.run(&["build", "--shard", "2024"]).expect_exit(0, &[]);
}

#[test]
fn rows_are_in_the_shard_of_their_year() {
    let row = |year: i16, at: usize| {
        format!(
            "{{\"file\": \"{year}/r{at}.md\", \"title\": \"第{at}行\", \"date\": \"{year}-05-01\", \"body\": \"正文。\"}}\n"
        )
    };
    let settings = "\n[content]\nshards = \"years\"\narticles = \"content/tables/**/*.jsonl\"\n";
    let of_tables = |tables: &[(&str, String)]| {
        let site = Site::with_settings();
        site.write("site.toml", site.read("site.toml") + settings);
        tables.iter().for_each(|(name, rows)| site.write(&format!("content/tables/{name}.jsonl"), rows));
        site
    };
    let one = of_tables(&[("all", row(2024, 1) + &row(2025, 2))]);
    one.run(&["build"]).expect_exit(0, &["2 articles"]);
    let by_year = of_tables(&[("year=2024/a", row(2024, 1)), ("year=2025/a", row(2025, 2))]);
    build_in_parts(&by_year, &["2025", "2024"]);
    assert_eq!(differing(&one.public(), &by_year.public()), BTreeSet::new());
    by_year.write("content/tables/year=2025/a.jsonl", row(2025, 2) + &row(2024, 3));
    by_year.run(&["build"]).expect_exit(1, &["content/tables/year=2025/a.jsonl:2", "not of the year"]);
}
