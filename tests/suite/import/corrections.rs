//! Corrections: what an editor writes in a sidecar beside a page holds at every import, is checked, and goes together with edits
//! of the articles themselves.

use crate::common::ledger::assert_covers;
use crate::common::random::proptest_config;
use crate::common::site::{RunResult, Site};
use proptest::prelude::*;
use wenzhai::diagnostics::source::Source;
use wenzhai::import::article::assemble::Draft;
use wenzhai::import::lexicon::reason::Reason;
use wenzhai::import::page::lines::{Page, parse_page};
use wenzhai::import::page::partition::{LineAssignment, Partition};
use wenzhai::import::page::role::Role;
use wenzhai::import::sidecar::apply::apply_sidecar;
use wenzhai::import::sidecar::parse::parse_sidecar;

const PAGE: &str = include_str!("../../corrections/page.txt");
const SIDECAR: &str = include_str!("../../corrections/page.toml");

/// A folder with the page and a sidecar beside it.
fn folder_with(sidecar: &str) -> Site {
    let site = Site::empty_folder();
    site.write("page.txt", PAGE);
    site.write("page.toml", sidecar);
    site
}

fn import(site: &Site) -> RunResult {
    site.run(&["import", "page.txt", "--into", "out", "--report", "ledger.jsonl"])
}

fn article(site: &Site, file: &str) -> String {
    site.read(&format!("out/2025/04-22/{file}"))
}

#[test]
fn a_text_that_seems_to_break_off_is_complete_where_the_sidecar_says_so() {
    let site = Site::empty_folder();
    site.write("page.txt", include_str!("../../pages/text-that-breaks-off/page.txt"));
    let first = || site.read("out/2025/05-12/p2-01.md");
    import(&site).expect_exit(0, &[]);
    assert!(first().contains("\nbreaks_off = true\n"), "{}", first());
    site.write("page.toml", "[[articles]]\nat = 8\ncomplete = true\n");
    import(&site).expect_exit(0, &["1 articles written, 2 unchanged"]);
    assert!(!first().contains("breaks_off"), "{}", first());
}

#[test]
fn lines_and_front_matter_are_as_the_sidecar_says() {
    let site = folder_with(SIDECAR);
    import(&site).expect_exit(0, &[]);
    let ledger = site.ledger();
    assert_covers(&ledger, PAGE);
    let corrected = ledger.iter().filter(|entry| entry.why.starts_with("corrected in PAGE.toml"));
    assert_eq!(corrected.map(|entry| entry.line).collect::<Vec<_>>(), [17, 19]);
    assert_eq!(article(&site, "p2-01.md"), include_str!("../../corrections/p2-01.md"));
    assert_eq!(article(&site, "p2-02.md"), include_str!("../../corrections/p2-02.md"));
}

/// Each was once passed over in silence where the page had been imported before the sidecar was written.
#[test]
fn a_mistake_in_a_new_sidecar_is_an_error_of_every_command_until_it_is_corrected() {
    for (sidecar, code) in [
        ("[[line]]\nat = 5\nrole = \"title\"\n", "unknown-key"),
        ("[[lines]]\nat = 5\nrole = \"headline\"\n", "unknown-role"),
        ("[[lines]]\nat = 5\nrole = title\n", "broken-toml"),
        ("[[lines]]\nat = 500\nrole = \"title\"\n", "no-such-line"),
    ] {
        let site = Site::with_page();
        site.build();
        site.write("content/pages/a.toml", sidecar);
        for command in ["build", "import", "check", "build", "check"] {
            site.run(&[command]).expect_exit(1, &[code, "content/pages/a.toml:"]);
        }
        site.write("content/pages/a.toml", "[[lines]]\nat = 5\nrole = \"title\"\n");
        for command in ["build", "import", "check"] {
            site.run(&[command]).expect_exit(0, &[]);
        }
    }
}

#[test]
fn a_mistake_in_one_correction_leaves_the_others_in_force() {
    for broken in
        ["[[lines]]\nat = \"9\nrole = \"body\"\n", "[[line]]\nat = 9\n", "[[lines]]\nat = 9\nrol = 1\n", "isue = 3\n"]
    {
        let site = Site::with_page();
        let good = "[[articles]]\nat = 13\ntitle = \"口袋里的手艺\"\n\n[[articles]]\nat = 5\nkind = \"theory\"\n";
        let (before, after) = good.split_once("\n\n").unwrap();
        let sidecar =
            if broken.starts_with('[') { format!("{before}\n{broken}{after}") } else { format!("{broken}{good}") };
        site.write("content/pages/a.toml", sidecar);
        site.run(&["build"]).expect_exit(1, &["content/pages/a.toml:"]);
        assert!(site.read(&site.article_with("徒弟们说")).contains("口袋里的手艺"), "{broken}");
        assert!(site.read(&site.article_with("货车司机驿站")).contains("kind = \"theory\""), "{broken}");
    }
}

#[test]
fn a_sidecar_of_nothing_but_mistakes_comes_to_an_end() {
    let site = folder_with(&"[[lines]]\nat = \"9\n".repeat(5_000));
    import(&site).expect_exit(1, &["broken-toml"]);
}

#[test]
fn a_headline_of_several_lines_in_a_sidecar_becomes_one_line() {
    let site = Site::with_page();
    site.write("content/pages/a.toml", "[[articles]]\nat = 5\ntitle = \"\"\"\n司机\n+++\n驿站\"\"\"\n");
    site.build();
    site.run(&["check"]).expect_exit(0, &[]);
    assert!(site.read(&site.article_with("货车司机驿站")).contains("title = \"司机 +++ 驿站\""));
}

#[test]
fn a_changed_sidecar_imports_the_page_again_and_preserves_edits() {
    let site = folder_with("date = 2025-04-22\npage = 2\n");
    import(&site).expect_exit(0, &[]);
    assert!(!article(&site, "p2-01.md").contains("三十一人"));
    site.edit("out/2025/04-22/p2-02.md", "一顿饭", "一顿热饭");
    let edited = article(&site, "p2-02.md");
    site.write("page.toml", SIDECAR);
    import(&site).expect_exit(0, &["was edited, and is kept as it is"]);
    assert_covers(&site.ledger(), PAGE);
    assert!(article(&site, "p2-01.md").contains("三十一人"));
    assert_eq!(article(&site, "p2-02.md"), edited);
}

#[test]
fn any_change_of_a_sidecar_makes_its_page_due_again() {
    let site = Site::with_page();
    site.run(&["import"]).expect_exit(0, &["2 articles written"]);
    site.write("content/pages/a.toml", "# nothing yet\n");
    site.run(&["import"]).expect_exit(0, &["imported 1 of 1 pages: 0 articles written, 2 unchanged"]);
    site.run(&["import"]).expect_exit(0, &["1 pages, none of them new"]);
    site.remove("content/pages/a.toml");
    site.run(&["import"]).expect_exit(0, &["imported 1 of 1 pages: 0 articles written, 2 unchanged"]);
}

#[test]
fn mistakes_in_a_sidecar_are_reported_at_every_import_until_they_are_corrected() {
    let wrong =
        "date = 2025-04-22\npage = 2\n[[lines]]\nat = \"17-40\"\nwith = 3\n[[lines]]\nat = 11\nrole = \"titel\"\n";
    let site = folder_with(wrong);
    for _ in 0..2 {
        let mistakes = ["page.toml:4:6", "no line 40", "^^^^^^^", "page.toml:8:8", "did you mean title?"];
        import(&site).expect_exit(1, &mistakes);
        assert!(article(&site, "p2-01.md").contains("三十一人"), "the lines that exist are moved");
    }
}

const ROLES: [Role; 7] =
    [Role::Furniture, Role::Jump, Role::Title, Role::Byline, Role::Body, Role::Caption, Role::Column];

/// A page of lines `第n行…`, each with a role and an article.
fn page_of(lines: &[(Role, Option<usize>)]) -> (Page, Partition) {
    let text: String = (0..lines.len()).map(|at| format!("第{at}行的文字。\n")).collect();
    let placed = |&(role, article): &(Role, Option<usize>)| LineAssignment {
        role,
        article,
        why: Reason::Found,
        certainty: 0.5,
        duplicate_of: None,
    };
    (parse_page(&Source::new("p.txt", text)), Partition::from_lines(lines.iter().map(placed).collect()))
}

/// Whether lines of this role belong to no article.
fn is_outside_articles(role: Role) -> bool {
    matches!(role, Role::Furniture | Role::Jump)
}

fn corrections() -> impl Strategy<Value = String> {
    let range = (1usize..14, 0usize..4).prop_map(|(from, more)| format!("\"{from}-{}\"", from + more));
    let role = proptest::sample::select(Role::ALL.map(Role::name).to_vec());
    let word = prop_oneof![
        (range.clone(), role).prop_map(|(at, role)| format!("[[lines]]\nat = {at}\nrole = \"{role}\"\n")),
        (range.clone(), 1usize..14).prop_map(|(at, with)| format!("[[lines]]\nat = {at}\nwith = {with}\n")),
        (range.clone(), range).prop_map(|(lines, more)| {
            format!("[[articles]]\nlines = \"{},{}\"\n", more.trim_matches('"'), lines.trim_matches('"'))
        }),
        (1usize..14).prop_map(|at| format!("[[articles]]\nat = {at}\nkicker = \"引\"\n")),
    ];
    proptest::collection::vec(word, 0..8).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(proptest_config(256))]
    #[test]
    fn no_correction_loses_a_line_or_text(
        lines in proptest::collection::vec((proptest::sample::select(ROLES.to_vec()), 0usize..4), 1..14),
        text in corrections(),
    ) {
        let mut lines: Vec<_> =
            lines.into_iter().map(|(role, article)| (role, (!is_outside_articles(role)).then_some(article))).collect();
        // articles are numbered without gaps
        let mut used: Vec<usize> = lines.iter().filter_map(|(_, article)| *article).collect();
        used.sort_unstable();
        used.dedup();
        for (_, article) in &mut lines {
            *article = article.and_then(|article| used.binary_search(&article).ok());
        }
        let (page, partition) = page_of(&lines);
        let (sidecar, _) = parse_sidecar(&Source::new("p.toml", text), &[]);
        let corrected = apply_sidecar(&page, partition, &sidecar);
        let drafts = corrected.overrides.drafts(&page, &corrected.partition, true);
        prop_assert_eq!(drafts.len(), corrected.partition.article_count);
        prop_assert_eq!(corrected.partition.lines.len(), page.lines.len());
        for (line, placed) in page.lines.iter().zip(&corrected.partition.lines) {
            prop_assert_eq!(placed.article.is_none(), is_outside_articles(placed.role), "{}", line.text);
            let Some(article) = placed.article else { continue };
            let Draft { front, byline, text, lines, .. } = &drafts[article];
            prop_assert!(!front.title.is_empty());
            prop_assert_eq!(lines.iter().filter(|&&number| number == line.number).count(), 1);
            // a byline without names is the same without corrections
            if placed.role != Role::Byline || placed.why == Reason::Corrected {
                let head = [Some(&front.title), front.kicker.as_ref(), front.subtitle.as_ref(), front.column.as_ref()];
                let fields = head.into_iter().chain([byline.as_ref()]);
                let in_fields = fields.flatten().chain(&front.authors).any(|part| part.contains(&line.text));
                // a kicker from the sidecar replaces the printed one
                let is_replaced = front.kicker.as_deref() == Some("引") && placed.role.is_head();
                prop_assert!(in_fields || is_replaced || text.contains(&line.text), "{} {front:?}", line.text);
            }
        }
    }
}
