//! `import --dry-run --picture`: the picture of a page shows where each line stands and what became of it.

use crate::common::site::{PAGE, Site};
use roxmltree::Document;

const PDF: &[u8] = include_bytes!("../../printed/page.pdf");
const ALTO: &[u8] = include_bytes!("../../printed/page.alto.xml");

fn site(pages: &[(&str, &[u8])]) -> Site {
    let site = Site::empty_folder();
    pages.iter().for_each(|(name, bytes)| site.write(&format!("pages/{name}"), bytes));
    site
}

const DRAW: [&str; 6] = ["import", "pages", "--dry-run", "--into", "out", "--picture"];

fn draw(site: &Site, file: &str) -> crate::common::site::RunResult {
    site.run(&[&DRAW[..], &[file]].concat())
}

#[test]
fn every_line_is_drawn_with_its_number_its_article_and_its_role() {
    for (name, bytes) in [("page.pdf", PDF), ("page.xml", ALTO)] {
        let site = site(&[(name, bytes)]);
        draw(&site, "page.svg").expect_exit(0, &[&format!("pages/{name} is drawn in")]);
        let svg = site.read("page.svg");
        let document = Document::parse(&svg).expect("well-formed XML");
        assert_eq!(document.root_element().tag_name().name(), "svg");
        assert!(!svg.contains("href") && !svg.contains("<script"), "nothing is loaded and nothing runs");
        let texts: Vec<&str> = document.descendants().filter_map(|node| node.text()).collect();
        // as the same run prints them
        let report = site.run(&["import", "pages", "--dry-run", "--into", "out"]).stdout;
        let rows: Vec<Vec<&str>> = report.lines().map(|row| row.split_whitespace().collect()).collect();
        let is_line = |row: &&Vec<&str>| row.len() > 3 && row[0].parse::<usize>().is_ok();
        let lines: Vec<_> = rows.iter().filter(is_line).collect();
        assert!(lines.len() > 20, "{name}: {report}");
        for row in lines {
            assert!(texts.contains(&format!("{} {}", row[0], row[1]).as_str()), "{name}: {row:?}");
        }
        for headline in ["车间里的二十六张考卷", "江心的灯塔又亮了"] {
            assert!(texts.iter().any(|text| text.contains(headline)), "{name}: {headline}");
        }
        let arrows = document.descendants().filter(|node| node.has_attribute("marker-end")).count();
        assert!(arrows > 10, "{name}: {arrows} steps from line to line");
        // nothing else was written, and the same page gives the same bytes
        assert!(!site.path("out").exists());
        draw(&site, "again.svg");
        assert!(site.read("again.svg") == svg, "{name} is drawn otherwise the second time");
    }
}

#[test]
fn several_pages_have_a_file_each_and_one_without_places_is_named() {
    let site = site(&[("p1.pdf", PDF), ("p2.xml", ALTO), ("p3.txt", PAGE.as_bytes())]);
    draw(&site, "drawn/all.svg").expect_exit(0, &["warning[no-places]", "p3.txt", "help: "]);
    assert!(site.read("drawn/all-p1.svg").contains("<svg") && site.read("drawn/all-p2.svg").contains("<svg"));
    assert!(!site.path("drawn/all-p3.svg").exists() && !site.path("drawn/all.svg").exists());
}

#[test]
fn marks_of_markup_on_a_page_are_text_in_its_picture() {
    let line = |y: usize, text: &str| {
        format!(
            "<TextLine HPOS='50' VPOS='{y}' WIDTH='500' HEIGHT='20'><String CONTENT='{text}' HPOS='50' VPOS='{y}' WIDTH='500' HEIGHT='20'/></TextLine>"
        )
    };
    let lines = line(60, "江边的&lt;script&gt;厂房&amp;仓库&lt;/text&gt;")
        + &line(85, "都&quot;修好&quot;了，工人们搬了进去。");
    let alto = format!(
        "<alto><Layout><Page WIDTH='900' HEIGHT='1300'><TextBlock HPOS='50' VPOS='60' WIDTH='500' HEIGHT='45'>{lines}</TextBlock></Page></Layout></alto>"
    );
    let site = site(&[("p.xml", alto.as_bytes())]);
    draw(&site, "p.svg");
    let svg = site.read("p.svg");
    let document = Document::parse(&svg).expect("well-formed XML");
    let text: String = document.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    assert!(text.contains("<script>"), "{svg}");
}

#[test]
fn a_picture_is_drawn_by_a_dry_run_alone() {
    let site = site(&[("page.pdf", PDF)]);
    let result = site.run(&["import", "pages", "--into", "out", "--picture", "page.svg"]);
    result.expect_exit(2, &["--dry-run"]);
}
