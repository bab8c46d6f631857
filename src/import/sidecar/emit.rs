//! Emits a sidecar as TOML, as a person would write it: the form of the example at
//! [`parse_sidecar`](crate::import::sidecar::parse::parse_sidecar).
//!
//! 1. comments kept from an older text ([`comments_of`])
//! 2. date, paper, issue and page
//! 3. the tables `[[lines]]`, `[[articles]]` and `[[text]]`, each in its order
//!
//! Parsing the result gives the same sidecar (a property test checks it).

use crate::import::page::role::Role;
use crate::import::sidecar::corrections::{
    ArticleCorrection, ArticleSelector, FrontMatterOverride, LineCorrection, LineSelection, Sidecar, TextCorrection,
};
use serde::Serialize;
use toml::Value;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The text of a sidecar. `comments` are lines that come first, as [`comments_of`] returns them.
pub fn emit_sidecar(sidecar: &Sidecar, comments: &str) -> String {
    let Sidecar { date, paper, issue, page, lines, articles, text } = sidecar;
    let mut metadata = Table::default();
    metadata.0.extend(date.map(|date| format!("date = {date}")));
    metadata.add("paper", paper);
    metadata.add("issue", issue);
    metadata.add("page", page);
    let comments = comments.lines().map(as_comment).collect();
    let tables = lines.iter().map(of_lines).chain(articles.iter().map(of_article)).chain(text.iter().map(of_text));
    let tables = [Table(comments), metadata].into_iter().chain(tables).filter(|table| !table.0.is_empty());
    tables.map(|table| table.0.join("\n") + "\n").collect::<Vec<_>>().join("\n")
}

/// The comments of a TOML text, a line each, those behind a value too; it need not be valid. What looks like one inside a string is none.
pub fn comments_of(text: &str) -> String {
    let source = Source::new(text);
    let comments = source.lex().filter(|token| token.kind() == TokenKind::Comment);
    comments.filter_map(|token| Some(as_comment(source.get(token.span())?.as_str()) + "\n")).collect()
}

/// A line as a comment, without the control characters that TOML does not allow in one.
fn as_comment(line: &str) -> String {
    let line: String = line.chars().filter(|&c| c == '\t' || !c.is_control()).collect();
    let line = line.trim_end();
    if line.trim_start().starts_with('#') {
        line.trim_start().to_owned()
    } else {
        format!("# {line}").trim_end().to_owned()
    }
}

/// Lines of a table: its header, where it has one, and its keys.
#[derive(Default)]
struct Table(Vec<String>);

impl Table {
    fn new(name: &str) -> Self {
        Self(vec![format!("[[{name}]]")])
    }

    /// Adds a key where it has a value.
    fn add(&mut self, key: &str, value: &Option<impl Serialize>) {
        if let Some(value) = value {
            let value = Value::try_from(value).expect("texts, numbers and lists of texts are always TOML");
            self.0.push(format!("{key} = {value}"));
        }
    }

    /// Adds lines, as a number where they are one line.
    fn add_lines(&mut self, key: &str, lines: &LineSelection) {
        let ranges = lines.ranges.to_string();
        // TOML's numbers are smaller than line numbers can be
        let is_number = ranges.parse::<i64>().is_ok();
        self.0.push(if is_number { format!("{key} = {ranges}") } else { format!("{key} = \"{ranges}\"") });
    }
}

fn of_lines(LineCorrection { lines, role, with }: &LineCorrection) -> Table {
    let mut table = Table::new("lines");
    table.add_lines("at", lines);
    table.add("role", &role.map(Role::name));
    if let Some(with) = with {
        table.add_lines("with", with);
    }
    table
}

fn of_article(ArticleCorrection { article, front }: &ArticleCorrection) -> Table {
    let mut table = Table::new("articles");
    match article {
        ArticleSelector::Lines(lines) => table.add_lines("lines", lines),
        ArticleSelector::Containing(line) => table.add_lines("at", line),
    }
    let FrontMatterOverride { title, kicker, subtitle, column, authors, byline, kind, themes, complete } = front;
    table.add("title", title);
    table.add("kicker", kicker);
    table.add("subtitle", subtitle);
    table.add("column", column);
    table.add("authors", authors);
    table.add("byline", byline);
    table.add("kind", kind);
    table.add("themes", themes);
    table.add("complete", complete);
    table
}

fn of_text(TextCorrection { line, printed, text }: &TextCorrection) -> Table {
    let mut table = Table::new("text");
    table.add_lines("at", line);
    table.add("printed", &Some(printed));
    table.add("text", &Some(text));
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::ArticleKind;
    use crate::diagnostics;
    use crate::diagnostics::source::Location;
    use crate::import::sidecar::parse::parse_sidecar;
    use crate::import::sidecar::ranges::Ranges;
    use jiff::civil::Date;
    use proptest::prelude::*;

    /// The sidecar of a text without mistakes, its locations taken off.
    fn parsed(text: &str) -> Sidecar {
        let (sidecar, diagnostics) =
            parse_sidecar(&diagnostics::source::Source::new("", text), &["产改".to_owned(), "工匠\"'".to_owned()]);
        assert_eq!(diagnostics, [], "{text}");
        without_locations(sidecar)
    }

    fn without_locations(mut sidecar: Sidecar) -> Sidecar {
        let of_lines = sidecar.lines.iter_mut().flat_map(|it| [Some(&mut it.lines), it.with.as_mut()]).flatten();
        let of_articles = sidecar.articles.iter_mut().map(|it| match &mut it.article {
            ArticleSelector::Lines(lines) | ArticleSelector::Containing(lines) => lines,
        });
        let all = of_lines.chain(of_articles).chain(sidecar.text.iter_mut().map(|it| &mut it.line));
        all.for_each(|selection| selection.location = Location::file(""));
        sidecar
    }

    #[test]
    fn a_sidecar_is_written_as_a_person_writes_it() {
        let text = "\
# 3月18日见报
# 校对：一遍

date = 2025-02-25
paper = \"示范工人报\"
issue = 8126
page = 3

[[lines]]
at = 27
role = \"title\"

[[lines]]
at = \"50-54\"
with = 13

[[articles]]
lines = \"13-25,36-41,26-30\"
title = \"家门口的微工厂\"
authors = [\"林屏之\", \"岑望舒\"]
themes = [\"产改\"]

[[articles]]
at = 60
kind = \"commentary\"

[[text]]
at = 27
printed = \"津帖\"
text = \"津贴\"
";
        assert_eq!(emit_sidecar(&parsed(text), &comments_of(text)), text);
        assert_eq!(emit_sidecar(&Sidecar::default(), ""), "");
        assert_eq!(emit_sidecar(&Sidecar::default(), "一句话\n\n#\u{7}再一句\r\n"), "# 一句话\n#\n#再一句\n");
    }

    #[test]
    fn comments_are_what_stands_outside_strings() {
        let text = "# 一\npaper = \"#二\" # 三\n[[text]]\nat = 1\nprinted = '#四'\ntext = \"\"\"\n# 五\n\\\"\"\" # 六\"\"\"#七\r\n\t# 八 ";
        assert_eq!(comments_of(text), "# 一\n# 三\n#七\n# 八\n");
        assert_eq!(comments_of("at = \"没有完 # 一\n# 二"), "# 二\n");
    }

    fn lines() -> impl Strategy<Value = LineSelection> {
        let ranges = prop::collection::vec((1usize..60, 0usize..4).prop_map(|(from, more)| from..=from + more), 1..4);
        let large = Just(vec![usize::MAX..=usize::MAX]);
        prop_oneof![9 => ranges, 1 => large].prop_map(selection)
    }

    fn one_line() -> impl Strategy<Value = LineSelection> {
        (1usize..60).prop_map(|line| selection(vec![line..=line]))
    }

    fn selection(ranges: Vec<std::ops::RangeInclusive<usize>>) -> LineSelection {
        LineSelection { ranges: Ranges(ranges), location: Location::file("") }
    }

    /// Any text, more often one that TOML has to escape.
    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            "\\PC{0,12}",
            "(?s).{0,12}",
            "[\"'\\\\#\n\r\t =\\[\\]\u{0}\u{7F}\u{85}\u{2028}\u{FEFF}津]{0,8}",
            "[\"]{0,7}",
            "[']{0,7}"
        ]
    }

    fn fronts() -> impl Strategy<Value = FrontMatterOverride> {
        let optional = || prop::option::of(text());
        let kinds =
            [ArticleKind::News, ArticleKind::Photo, ArticleKind::Commentary, ArticleKind::Theory, ArticleKind::Brief];
        let texts = (optional(), optional(), optional(), optional(), optional());
        let lists = (
            prop::option::of(prop::collection::vec(text(), 0..3)),
            prop::option::of(prop::collection::vec(prop::sample::select(vec!["产改", "工匠\"'"]), 0..3)),
        );
        (texts, lists, prop::option::of(prop::sample::select(kinds.to_vec())), prop::option::of(any::<bool>()))
            .prop_map(|((title, kicker, subtitle, column, byline), (authors, themes), kind, complete)| {
                FrontMatterOverride {
                    title: title.filter(|title| !title.trim().is_empty()),
                    kicker,
                    subtitle,
                    column,
                    authors,
                    byline,
                    kind,
                    themes: themes.map(|ids| ids.into_iter().map(str::to_owned).collect()),
                    complete,
                }
            })
    }

    prop_compose! {
        /// Sidecars of which some have corrections that contradict one another.
        fn sidecars()(
            date in prop::option::of((0i16..=9999, 1i8..=12, 1i8..=28)),
            paper in prop::option::of(text()),
            issue in prop::option::of(any::<u32>()),
            page in prop::option::of(any::<u32>()),
            lines in prop::collection::vec(
                (lines(), prop::option::of(prop::sample::select(Role::ALL.to_vec())), prop::option::of(one_line())),
                0..4,
            ),
            articles in prop::collection::vec(
                (prop_oneof![lines().prop_map(ArticleSelector::Lines), one_line().prop_map(ArticleSelector::Containing)], fronts()),
                0..4,
            ),
            text in prop::collection::vec((one_line(), text(), text()), 0..4),
        ) -> Sidecar {
            Sidecar {
                date: date.map(|(year, month, day)| Date::new(year, month, day).unwrap()),
                paper,
                issue,
                page,
                lines: lines.into_iter().map(|(lines, role, with)| LineCorrection { lines, role, with }).collect(),
                articles: articles.into_iter().map(|(article, front)| ArticleCorrection { article, front }).collect(),
                text: text.into_iter().map(|(line, printed, text)| TextCorrection { line, printed, text }).collect(),
            }
        }
    }

    proptest! {
        #[test]
        fn parse_reads_what_emit_wrote(sidecar in sidecars(), comments in "(?s).{0,60}") {
            let comments = comments_of(&comments);
            let themes = ["产改".to_owned(), "工匠\"'".to_owned()];
            let source = diagnostics::source::Source::new("", emit_sidecar(&sidecar, &comments));
            // contradictions are left out: what is read is a sidecar that can be
            let (possible, _) = parse_sidecar(&source, &themes);
            let possible = without_locations(possible);
            prop_assert_eq!((&possible.date, &possible.paper), (&sidecar.date, &sidecar.paper));
            let written = emit_sidecar(&possible, &comments);
            let read = parsed(&written);
            prop_assert_eq!(&read, &possible, "{}", written);
            prop_assert_eq!(emit_sidecar(&read, &comments_of(&written)), written);
        }

        #[test]
        fn any_text_survives(paper in text(), front in fronts(), printed in "[^\\p{C}\\p{Zl}\\p{Zp}]{1,9}", comments in "(#[^\\p{C}]{0,9}\n){0,3}") {
            let line = || selection(vec![3..=3]);
            let articles = vec![ArticleCorrection { article: ArticleSelector::Containing(line()), front }];
            let text = vec![TextCorrection { line: line(), text: format!("{printed}\t改"), printed }];
            let sidecar = Sidecar { paper: Some(paper), articles, text, ..Sidecar::default() };
            let written = emit_sidecar(&sidecar, &comments);
            prop_assert_eq!(&parsed(&written), &sidecar, "{}", written);
            let kept: String = comments.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
            prop_assert_eq!(comments_of(&written), kept);
        }

        #[test]
        fn comments_of_any_text_are_comments(text in "(?s).{0,80}") {
            let comments = comments_of(&text);
            prop_assert_eq!(comments_of(&comments), comments.as_str());
            prop_assert_eq!(parsed(&comments), Sidecar::default());
        }
    }
}
