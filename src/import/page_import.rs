//! One page through all the steps: text → articles, ledger, findings.
//!
//! The articles have no file names yet: those depend on the other pages of the day ([`naming`](crate::import::naming)),
//! and are given by [`named`].

use crate::content::article::{Article, FrontMatter, PageLines};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::article::assemble::Draft;
use crate::import::input::parse::parse_input;
use crate::import::input::parsed_page::ParsedPage;
use crate::import::label::features::extract_features;
use crate::import::label::viterbi::label_lines;
use crate::import::ledger::{LedgerEntry, by_file_line, ledger, ranges};
use crate::import::link::linker::link_lines;
use crate::import::naming::article_file;
use crate::import::page::jump_notes::detach_continuations;
use crate::import::page::lines::Page;
use crate::import::page::masthead::{Masthead, parse_masthead};
use crate::import::page::partition::Partition;
use crate::import::sidecar::apply::{CorrectedPage, Overrides, apply_sidecar};
use crate::import::sidecar::parse::Sidecar;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What is known of a page beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageMetadata {
    /// what a person says is so
    pub sidecar: Sidecar,
    /// where the page prints none: `--date`, or the date in the file's name
    pub date: Option<Date>,
    pub paper: Option<String>,
    pub page: Option<u32>,
    /// keep half-width punctuation between Chinese characters, which is set in full width otherwise
    pub punctuation_as_printed: bool,
}

/// A page, imported.
#[derive(Debug, Clone, PartialEq)]
pub struct PageImport {
    pub(crate) name: String,
    pub(crate) page: Page,
    pub partition: Partition,
    /// what a person says beyond that
    pub(crate) overrides: Overrides,
    pub(crate) masthead: Masthead,
    /// in the order of the page, without file names
    pub articles: Vec<(FrontMatter, String)>,
    /// articles that are the rest of one on another page: its file
    pub(crate) part_of: BTreeMap<usize, String>,
    /// of a page in HTML: what texts_of_line on the lines of its file
    pub(crate) texts_of_line: BTreeMap<usize, Vec<usize>>,
    pub(crate) punctuation_as_printed: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl PageImport {
    /// The page's file, without its folder.
    pub(crate) fn file(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// Where an article texts_of_line, as ranges of lines.
    pub(crate) fn lines_of(&self, article: usize) -> String {
        let numbers: Vec<usize> = self.page.lines.iter().map(|line| line.number).collect();
        let own =
            self.page.lines.iter().zip(&self.partition.lines).filter(|(_, placed)| placed.article == Some(article));
        let mut own: Vec<usize> = own.map(|(line, _)| line.number).collect();
        // paragraphs of HTML may stand on one line of the file
        own.dedup();
        let mut numbers = numbers;
        numbers.dedup();
        ranges(&own, &numbers)
    }

    /// The front matter of a draft, with what the page tells; themes where none are said.
    pub(crate) fn front(&self, article: usize, draft: &Draft, themes: impl Fn(&Draft) -> Vec<String>) -> FrontMatter {
        FrontMatter {
            date: self.masthead.date,
            paper: self.masthead.paper.clone(),
            issue: self.masthead.issue,
            page: self.masthead.page,
            themes: self.overrides.themes(article).map_or_else(|| themes(draft), <[String]>::to_vec),
            source: Some(Box::new(PageLines {
                page: self.file().to_owned(),
                lines: self.lines_of(article),
                more: Vec::new(),
            })),
            ..draft.front.clone()
        }
    }
}

/// Imports a page; `themes` files its articles.
pub fn import_page(source: &Source, told: &PageMetadata, themes: impl Fn(&Draft) -> Vec<String>) -> PageImport {
    let ParsedPage { page, partition, texts_of_line } = parse_input(source);
    let partition = partition
        .unwrap_or_else(|| detach_continuations(&page, link_lines(&page, &label_lines(&extract_features(&page)))));
    let CorrectedPage { partition, overrides, diagnostics } = apply_sidecar(&page, partition, &told.sidecar);
    let drafts = overrides.drafts(&page, &partition, told.punctuation_as_printed);
    let mut import = PageImport {
        name: source.name.clone(),
        masthead: resolve_masthead(&page, told),
        page,
        partition,
        overrides,
        articles: Vec::new(),
        part_of: BTreeMap::new(),
        texts_of_line,
        punctuation_as_printed: told.punctuation_as_printed,
        diagnostics,
    };
    import.diagnostics.extend(findings(source, &import.page, &import.partition));
    import.articles = drafts
        .into_iter()
        .enumerate()
        .map(|(article, draft)| (import.front(article, &draft, &themes), draft.body))
        .collect();
    import
}

/// The articles of a page with their files (below the folder of articles), and its ledger, which names files as `shown` does.
/// `key` texts_of_line for the page in the names. What is part of an article on another page has no file of its own, and leaves the
/// names of the others as they are.
pub fn name_articles(
    import: &PageImport,
    key: &str,
    shown: impl Fn(&str) -> String,
) -> (Vec<Article>, Vec<LedgerEntry>) {
    let (mut articles, mut files) = (Vec::new(), Vec::new());
    for (at, (front, body)) in import.articles.iter().enumerate() {
        if let Some(file) = import.part_of.get(&at) {
            files.push(shown(file));
            continue;
        }
        let file = article_file(front.date, key, at + 1);
        files.push(shown(&file));
        articles.push(Article { file, front: front.clone(), body: body.clone() });
    }
    let mut entries = ledger(&import.name, &import.page, &import.partition, &files);
    if !import.texts_of_line.is_empty() {
        entries = by_file_line(&import.name, &import.texts_of_line, &entries);
    }
    (articles, entries)
}

/// What is known of the paper and the day of a page: the sidecar's word wins, then what the page prints, then what the
/// command line or the file's name says.
pub(crate) fn resolve_masthead(page: &Page, told: &PageMetadata) -> Masthead {
    settled(parse_masthead(page), told)
}

fn settled(printed: Masthead, told: &PageMetadata) -> Masthead {
    let Sidecar { date, paper, issue, page, .. } = told.sidecar.clone();
    Masthead {
        date: date.or(printed.date).or(told.date),
        paper: paper.or(printed.paper.map(closed_up)).or_else(|| told.paper.clone()),
        page: page.or(printed.page).or(told.page),
        issue: issue.or(printed.issue),
    }
}

/// `沿 江 劳 动 报`: a name set wide is the same name.
fn closed_up(name: String) -> String {
    if name.contains(|c: char| c.is_ascii_alphanumeric()) { name } else { name.split_whitespace().collect() }
}

fn findings(source: &Source, page: &Page, partition: &Partition) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if page.lines.is_empty() {
        let diagnostic = Diagnostic::new(Code::EmptyPage, "the page holds no text").in_file(&source.name);
        diagnostics
            .push(diagnostic.hint("remove the file, or save the page of the digital edition again, with its articles"));
    }
    if partition.article_count == 0
        && let Some(first) = page.lines.first()
    {
        let diagnostic =
            Diagnostic::new(Code::NoArticle, "no article was found on this page").at(source, first.span.clone());
        diagnostics.push(diagnostic.hint("if it holds one, import with --report to see what each line was taken for"));
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::article::assemble::drafts;
    use crate::import::article::punctuation::full_width;
    use crate::import::lexicon::jumps::without_jump;
    use crate::import::page::role::Role;
    use proptest::prelude::*;

    fn imported(text: &str) -> PageImport {
        import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| Vec::new())
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// Lines as newspapers have them, and what breaks rules.
    fn line() -> impl Strategy<Value = String> {
        let printed = prop::sample::select(vec![
            "",
            "",
            "# 主题",
            "## 引题",
            "一线调研",
            "车间里的二十六张考卷",
            "——来自站点的观察",
            "本报记者 岑望舒",
            "祝小满",
            "本报讯（记者白露）近日，市总工会印发通知。",
            "考卷是市总工会出的，贴在试点企业的食堂门口。",
            "会议从下午两点开到六点，中间只",
            "休息了一刻钟。",
            "把堵点画成一张图",
            "图为职工在练习编程。",
            "本报记者 沙沐阳 摄",
            "（下转第3版）",
            "（上接第1版）做好服务。",
            "**加粗的一行**",
            "*号、#号和\\号",
            "+++",
            "<script>",
            "2025年3月18日 星期二",
            "责任编辑：简宁",
            "好。（高梅）",
            "▲青槐区举行竞赛。",
            "1.第一项",
            "（作者单位：示范大学）",
            "简讯",
        ]);
        prop_oneof![4 => printed.prop_map(str::to_owned), 1 => "\\PC{0,40}", 1 => "[一-鿿，。“”（）()]{0,60}"]
    }

    proptest! {
        // a page of forty lines takes long without optimisation
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn whatever_a_page_holds_every_line_texts_of_line_in_the_ledger_once(lines in prop::collection::vec(line(), 0..40)) {
            let text = lines.join("\n");
            let import = imported(&text);
            let (articles, entries) = name_articles(&import, "p", str::to_owned);
            let numbers: Vec<usize> = entries.iter().map(|entry| entry.line).collect();
            let expected: Vec<usize> = import.page.lines.iter().map(|line| line.number).collect();
            prop_assert_eq!(numbers, expected);
            for entry in entries.iter().filter_map(|entry| entry.article.as_ref()) {
                prop_assert!(articles.iter().any(|article| article.file == *entry));
            }
        }

        #[test]
        fn no_text_is_lost(lines in prop::collection::vec(line(), 0..40)) {
            let import = imported(&lines.join("\n"));
            let drafts = drafts(&import.page, &import.partition, false);
            for (line, placed) in import.page.lines.iter().zip(&import.partition.lines) {
                let is_text = matches!(placed.role, Role::Body | Role::Subhead | Role::Caption | Role::Credit);
                if let (true, Some(article), None) = (is_text, placed.article, placed.duplicate_of) {
                    let text = letters(&full_width(without_jump(&line.text)));
                    prop_assert!(letters(&drafts[article].text).contains(&text), "{} {:?}", line.text, placed);
                }
            }
        }

        #[test]
        fn any_text_at_all_is_a_page(text in "\\PC{0,400}") {
            imported(&text);
        }
    }

    #[test]
    fn a_paragraph_that_was_returned_twice_is_kept_once() {
        let twice = "镇里把闲置的小学教室改成车间，三家企业把订单送上门，质检员每天来一次。";
        let import = imported(&format!(
            "家门口的微工厂\n\n本报记者 林屏之\n\n{twice}\n\n{twice}\n\n干满半年，企业就要给她们缴工伤保险。\n"
        ));
        assert_eq!(import.articles.len(), 1);
        assert_eq!(import.articles[0].1.matches("质检员").count(), 1);
        assert_eq!(import.articles[0].0.source.as_ref().unwrap().lines, "1-9");
    }

    #[test]
    fn punctuation_is_set_wide_unless_told_otherwise() {
        let text = "向“新”前行\n\n本报讯(记者万双)改革,需要凝聚智慧。\n";
        assert!(imported(text).articles[0].1.contains("（记者万双）改革，需要"));
        let told = PageMetadata { punctuation_as_printed: true, ..PageMetadata::default() };
        let printed = import_page(&Source::new("p.txt", text), &told, |_| Vec::new());
        assert!(printed.articles[0].1.contains("改革,需要"), "{}", printed.articles[0].1);
    }
}
