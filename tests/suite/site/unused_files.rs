//! Files that are used for nothing are named by every command that reads their folder, until they are used or moved away.

use crate::common::site::{PAGE, Site};

#[test]
fn a_file_that_is_no_page_and_a_sidecar_without_a_page_are_named_each_time() {
    let site = Site::with_page();
    site.write("content/pages/scan.pdf", "%PDF");
    site.write("content/pages/p9.toml", "date = 2025-03-18\n");
    let printed = [
        "unused-file",
        "content/pages/scan.pdf",
        "none of the formats",
        "content/pages/p9.toml",
        "a page that is not there",
    ];
    for command in [&["build"][..], &["build"], &["build", "--full"], &["import"], &["check"]] {
        site.run(command).expect_exit(0, &printed);
    }
    site.run(&["build"]).expect_exit(0, &[" 0 files written", "unused-file"]);
    site.write("content/pages/p9.txt", PAGE);
    site.remove("content/pages/scan.pdf");
    site.build().expect_without("unused-file");
    site.run(&["check"]).expect_exit(0, &[]).expect_without("unused-file");
}

#[test]
fn what_belongs_to_a_page_or_to_an_editor_is_not_named() {
    let site = Site::with_page();
    for name in ["a.pdf", "a.toml", ".DS_Store", "a.txt~", ".a.txt.swp", "Thumbs.db", "b.html", "b_files/x.png"] {
        site.write(&format!("content/pages/{name}"), "");
    }
    site.write("content/pages/b.html", "<h1>题目</h1><p>司机有了歇脚的地方，夏天有凉茶。</p>");
    for command in ["build", "import", "check"] {
        site.run(&[command]).expect_without("unused-file");
    }
}

#[test]
fn a_template_that_no_page_uses_is_named_with_what_was_meant() {
    let site = Site::with_page();
    site.write("templates/artikle.html", "<p>文</p>");
    site.write("templates/parts/own.html", "<p>自己的</p>");
    site.write("templates/404.html", "{% include \"parts/own.html\" %}");
    for command in ["build", "build", "check"] {
        let result = site.run(&[command]);
        result
            .expect_exit(0, &["unused-file", "templates/artikle.html", "did you mean templates/article.html?"])
            .expect_without("parts/own.html");
    }
    site.remove("templates/artikle.html");
    site.build().expect_without("unused-file");
}
