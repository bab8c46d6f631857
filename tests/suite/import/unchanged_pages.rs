//! An import that has nothing to do looks at the names and stamps of pages alone; and whatever may change, it notices.

use crate::common::site::{RunResult, SETTINGS, Site};
use std::fs::{self, File};

const PAGE: &str = "content/pages/a.txt";
/// What `-v` prints of pages that are read and compared with the record.
const READ: &str = "  look ";

/// A site whose import has nothing left to do.
fn imported() -> Site {
    let site = Site::with_page();
    site.run(&["import"]).expect_exit(0, &["2 articles written"]);
    import(&site).expect_exit(0, &["1 pages, none of them new"]);
    site
}

fn import(site: &Site) -> RunResult {
    site.run(&["-v", "import"])
}

#[test]
fn pages_are_not_read_again_while_nothing_has_changed() {
    let site = imported();
    import(&site).expect_exit(0, &["1 pages, none of them new"]).expect_without(READ);
    site.run(&["-v", "build"]).expect_exit(0, &["2 articles"]).expect_without(READ);
    site.write("content/pages/scan.pdf", "x");
    for _ in 0..2 {
        import(&site).expect_exit(0, &["unused-file", "scan.pdf"]);
    }
}

#[test]
fn a_page_that_changes_with_its_size_and_time_as_before_is_imported() {
    let site = imported();
    let time = fs::metadata(site.path(PAGE)).unwrap().modified().unwrap();
    for number in 10..30 {
        let text = site.read(PAGE);
        let now = format!("说了{number}遍好。");
        let old =
            if number == 10 { "司机们都说好。".to_owned() } else { format!("说了{}遍好。", number - 1) };
        site.write(PAGE, text.replace(&old, &now));
        File::options().write(true).open(site.path(PAGE)).unwrap().set_modified(time).unwrap();
        site.run(&["import"]).expect_exit(0, &["1 articles written"]);
        site.article_with(&now);
    }
}

#[test]
fn whatever_an_import_reads_is_looked_at_when_it_changes() {
    let site = imported();
    site.write("content/pages/a.toml", "page = 7\n");
    import(&site).expect_exit(0, &["2 articles written"]);
    import(&site).expect_exit(0, &[]);
    site.write("site.toml", format!("{SETTINGS}\n[import]\nfull_width = false\n"));
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    import(&site).expect_exit(0, &[]);
    site.remove("content/articles/.imported.toml");
    import(&site).expect_exit(0, &["imported 1 of 1 pages"]);
    import(&site).expect_exit(0, &[]);
    site.write("content/articles/.imported.journal", "");
    import(&site).expect_exit(0, &[READ]);
    site.remove(PAGE);
    site.write("content/pages/b.txt", "驿站开进了车间\n\n下班的工人有了一个可以歇脚的地方。\n");
    import(&site).expect_exit(0, &["page-gone", "imported 1 of 1 pages"]);
}

#[test]
fn a_mistake_that_stays_is_reported_by_each_import() {
    let site = imported();
    site.write("content/pages/a.toml", "[[lines]]\nat = 5000\nwith = 1\n");
    for _ in 0..3 {
        import(&site).expect_exit(1, &["content/pages/a.toml"]);
    }
}

#[test]
fn a_page_of_another_folder_that_is_gone_is_named() {
    let site = imported();
    site.write("aside/b.txt", "驿站开进了车间\n\n下班的工人有了一个可以歇脚的地方。\n");
    site.run(&["import", "aside/b.txt"]).expect_exit(0, &["1 articles written"]);
    for _ in 0..2 {
        import(&site).expect_exit(0, &["none of them new"]);
    }
    site.remove("aside/b.txt");
    import(&site).expect_exit(0, &["page-gone", "aside/b.txt"]);
}
