//! The import of one page: runs its text through all steps from parsing to front matter.
//!
//! 1. parse the lines of the input format (`parse_input`)
//! 2. label each line with its role, then link the lines into articles; markup that states the articles spares both
//! 3. correct the text of lines as the page's sidecar says: only now, so that a corrected character does not change what lines are
//!    taken for
//! 4. apply the sidecar's other corrections
//! 5. assemble a draft of each article, and complete its front matter from the masthead
//!
//! File names come later ([`name_articles`]), since they depend on the other pages of the day
//! ([`naming`](crate::import::naming)), and on which articles continue on another page (`stitch`).

use crate::content::article::{Article, FrontMatter, PageLines};
use crate::content::page_name::file_and_number;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::article::assemble::Draft;
use crate::import::input::decode::Decoded;
use crate::import::input::parse::parse_input;
use crate::import::label::extraction::extract_features;
use crate::import::label::learnt::model_for;
use crate::import::label::viterbi::label_lines;
use crate::import::ledger::{LedgerEntry, ledger_by_file_line, ledger_of_page};
use crate::import::link::linker::link_lines;
use crate::import::link::scoring::layout_costs::costs_for;
use crate::import::naming::article_file;
use crate::import::page::continuations::detach_continuations;
use crate::import::page::duplicates::repeated_in_another_article;
use crate::import::page::line_ranges::line_ranges;
use crate::import::page::lines::Page;
use crate::import::page::masthead::Masthead;
use crate::import::page::parsed_page::ParsedPage;
use crate::import::page::partition::Partition;
use crate::import::page_metadata::{PageMetadata, resolve_masthead};
use crate::import::sidecar::apply::{CorrectedPage, Overrides, apply_sidecar};
use crate::import::sidecar::correct_text::correct_text;
use crate::message;
use std::collections::BTreeMap;

/// The result of importing one page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageImport {
    /// the path of the page's file, as it was given
    pub(crate) name: String,
    pub(crate) page: Page,
    /// the role and the article of each line, corrections applied
    pub partition: Partition,
    /// the reading order and the front matter that the sidecar prescribes
    pub(crate) overrides: Overrides,
    /// paper, date, issue and page number, from the sidecar, the page or the metadata
    pub(crate) masthead: Masthead,
    /// in the order of the page
    pub articles: Vec<UnnamedArticle>,
    /// index of an article that continues one on another page → the file of that one
    pub(crate) part_of: BTreeMap<usize, String>,
    /// see [`ParsedPage::texts_of_line`]
    pub(crate) texts_of_line: BTreeMap<usize, Vec<usize>>,
    /// by article: its lines, as `13-35,40`
    pub(crate) line_ranges: Vec<String>,
    pub(crate) punctuation_as_printed: bool,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// An article that has no file name yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnnamedArticle {
    /// complete but for what an editor adds
    pub front: FrontMatter,
    /// as printed, where it says more than the names of the authors
    pub byline: Option<String>,
    /// CommonMark
    pub body: String,
}

impl PageImport {
    /// The page's file name, without its folder.
    pub(crate) fn file(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// The front matter of a draft, completed from the masthead; `classify` returns its themes where the sidecar has none.
    pub(crate) fn front_matter(
        &self,
        article: usize,
        draft: &Draft,
        classify: impl Fn(&Draft) -> Vec<String>,
    ) -> FrontMatter {
        let lines = self.line_ranges[article].clone();
        FrontMatter {
            date: self.masthead.date,
            paper: self.masthead.paper.clone(),
            issue: self.masthead.issue,
            page: self.masthead.page,
            themes: self.overrides.themes(article).map_or_else(|| classify(draft), <[String]>::to_vec),
            source: Some(Box::new(PageLines { page: self.file().to_owned(), lines, more: Vec::new() })),
            ..draft.front.clone()
        }
    }
}

/// Splits a page into its articles. `classify` returns the ids of the themes of a draft.
///
/// ```
/// use wenzhai::diagnostics::source::Source;
/// use wenzhai::import::page_import::{import_page, name_articles};
/// use wenzhai::import::page_metadata::PageMetadata;
///
/// let text = "2025年3月18日 星期二\n\n家门口的微工厂\n\n本报记者 林屏之\n\n镇里把闲置的教室改成车间，三家企业把订单送上门。\n";
/// let page = import_page(&Source::new("page.txt", text), &PageMetadata::default(), |_| Vec::new());
/// assert_eq!(page.articles[0].front.title, "家门口的微工厂");
/// assert_eq!(page.articles[0].front.authors, ["林屏之"]);
///
/// let (articles, ledger) = name_articles(&page, "p1", str::to_owned);
/// assert_eq!(articles[0].file, "2025/03-18/p1-01.md");
/// assert_eq!((ledger[0].line, ledger[0].role), (1, "furniture"));
/// ```
pub fn import_page(source: &Source, metadata: &PageMetadata, classify: impl Fn(&Draft) -> Vec<String>) -> PageImport {
    import_parsed(source, parse_input(source, None), metadata, classify)
}

/// Splits a decoded page into its articles, by its layout too where the format says where its lines stand.
pub fn import_decoded(
    decoded: Decoded,
    metadata: &PageMetadata,
    classify: impl Fn(&Draft) -> Vec<String>,
) -> PageImport {
    let Decoded { source, laid_out, .. } = decoded;
    import_parsed(&source, parse_input(&source, laid_out), metadata, classify)
}

/// Splits a page whose lines are parsed into its articles.
pub(crate) fn import_parsed(
    source: &Source,
    parsed: ParsedPage,
    metadata: &PageMetadata,
    classify: impl Fn(&Draft) -> Vec<String>,
) -> PageImport {
    let ParsedPage { page, partition, texts_of_line } = parsed;
    let partition = partition.unwrap_or_else(|| find_articles(&page));
    import_linked(source, LinkedPage { page, partition, texts_of_line }, metadata, classify)
}

/// A page whose lines have their roles and articles, as no person has corrected them.
#[derive(Debug, Clone)]
pub(crate) struct LinkedPage {
    pub(crate) page: Page,
    pub(crate) partition: Partition,
    /// see [`ParsedPage::texts_of_line`]
    pub(crate) texts_of_line: BTreeMap<usize, Vec<usize>>,
}

/// Finds the role and the article of each line.
pub(crate) fn find_articles(page: &Page) -> Partition {
    let roles = label_lines(&extract_features(page), model_for(page));
    detach_continuations(page, link_lines(page, &roles, costs_for(page)))
}

/// Corrects a linked page by its sidecar, and drafts its articles.
pub(crate) fn import_linked(
    source: &Source,
    linked: LinkedPage,
    metadata: &PageMetadata,
    classify: impl Fn(&Draft) -> Vec<String>,
) -> PageImport {
    let LinkedPage { mut page, partition, texts_of_line } = linked;
    // after lines were labelled and linked: a corrected character must not rearrange the page
    let mut diagnostics = correct_text(&mut page, &metadata.sidecar.text);
    let corrected = apply_sidecar(&page, partition, &metadata.sidecar);
    let CorrectedPage { partition, overrides, diagnostics: of_sidecar } = corrected;
    diagnostics.extend(of_sidecar);
    diagnostics.extend(check_articles_found(source, &page, &partition));
    diagnostics.extend(repeated_texts(source, &page, &partition));
    let drafts = overrides.drafts(&page, &partition, metadata.punctuation_as_printed);
    let mut import = PageImport {
        name: source.name.clone(),
        masthead: resolve_masthead(&page, metadata),
        line_ranges: line_ranges(&page, &partition),
        page,
        partition,
        overrides,
        articles: Vec::new(),
        part_of: BTreeMap::new(),
        texts_of_line,
        punctuation_as_printed: metadata.punctuation_as_printed,
        diagnostics,
    };
    let complete = |(article, draft): (usize, Draft)| UnnamedArticle {
        front: import.front_matter(article, &draft, &classify),
        byline: draft.byline,
        body: draft.body,
    };
    import.articles = drafts.into_iter().enumerate().map(complete).collect();
    import
}

/// The articles of a page with their files (below the folder of articles; `page_key` is the page's part of their names), and
/// its ledger, which has the files' names as `shown` returns them. An article that continues one on another page has no file
/// of its own; the others are numbered as if it had.
pub fn name_articles(
    import: &PageImport,
    page_key: &str,
    shown: impl Fn(&str) -> String,
) -> (Vec<Article>, Vec<LedgerEntry>) {
    let (mut articles, mut files) = (Vec::new(), Vec::new());
    for (index, UnnamedArticle { front, byline, body }) in import.articles.iter().enumerate() {
        let part_of = import.part_of.get(&index);
        let file = part_of.cloned().unwrap_or_else(|| article_file(front.date, page_key, index + 1));
        files.push(shown(&file));
        if part_of.is_none() {
            articles.push(Article { file, front: front.clone(), byline: byline.clone(), body: body.clone() });
        }
    }
    let entries = ledger_of_page(&import.name, &import.page, &import.partition, &files);
    let is_plain = import.texts_of_line.is_empty();
    let entries = if is_plain { entries } else { ledger_by_file_line(&import.name, &import.texts_of_line, &entries) };
    (articles, entries)
}

/// Diagnostics for texts that two articles may print, of which the second one is left out.
fn repeated_texts(source: &Source, page: &Page, partition: &Partition) -> Vec<Diagnostic> {
    let repeated = repeated_in_another_article(page, partition).into_iter();
    let diagnostic = |(line, of): (usize, usize)| {
        let (line, of) = (&page.lines[line], page.lines[of].number);
        let message = message!(
            "line {number} repeats line {of} of another article, and is taken for printed twice",
            number = line.number,
            of
        );
        let hint = message!(
            "if both articles print it, say so beside the page: [[lines]] at = {number}, with = a line of its article",
            number = line.number
        );
        Diagnostic::new(Code::PrintedTwice, message).at(source, line.span.clone()).hint(hint)
    };
    repeated.map(diagnostic).collect()
}

/// Diagnostics for a page without text, and for one without an article.
fn check_articles_found(source: &Source, page: &Page, partition: &Partition) -> Option<Diagnostic> {
    let Some(first) = page.lines.first() else {
        if file_and_number(&source.name).1.is_some() {
            let hint = message!(
                "where it is no picture or advertisement, install an OCR program, and name this page to import it again"
            );
            let message = message!("this page of the file holds no text");
            return Some(Diagnostic::new(Code::PageWithoutText, message).in_file(&source.name).hint(hint));
        }
        let hint = message!("remove the file, or save the page of the digital edition again, with its articles");
        return Some(
            Diagnostic::new(Code::EmptyPage, message!("the page holds no text")).in_file(&source.name).hint(hint),
        );
    };
    (partition.article_count == 0).then(|| {
        Diagnostic::new(Code::NoArticle, message!("no article was found on this page"))
            .at(source, first.span.clone())
            .hint(message!("if it holds one, import with --report to see what each line was taken for"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::article::assemble::drafts;
    use crate::import::article::punctuation::to_full_width;
    use crate::import::lexicon::jumps::{find_jump, without_jump};
    use crate::import::page::lines::Line;
    use crate::import::page::role::Role;
    use proptest::prelude::*;

    fn imported(text: &str) -> PageImport {
        import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| Vec::new())
    }

    fn letters(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// Lines as newspapers print them, and lines that break the rules.
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
            "某市人民广播电台 林见青 何晚舟",
            "□ 中共某市委书记 林见青 （下转第3版）",
            "文/图 祝小满",
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
        fn whatever_a_page_holds_every_line_is_in_the_ledger_once(lines in prop::collection::vec(line(), 0..40)) {
            let text = lines.join("\n");
            let import = imported(&text);
            let (articles, entries) = name_articles(&import, "p", str::to_owned);
            let numbers: Vec<usize> = entries.iter().map(|entry| entry.line).collect();
            let mut expected: Vec<usize> = import.page.lines.iter().flat_map(Line::numbers).collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(numbers, expected);
            for entry in entries.iter().filter_map(|entry| entry.article.as_ref()) {
                prop_assert!(articles.iter().any(|article| article.file == *entry));
            }
        }

        #[test]
        fn no_text_is_lost(lines in prop::collection::vec(line(), 0..40)) {
            let import = imported(&lines.join("\n"));
            let drafts = drafts(&import.page, &import.partition, false);
            for (line, assigned) in import.page.lines.iter().zip(&import.partition.lines) {
                prop_assert!(assigned.role != Role::Jump || find_jump(&line.text) == Some(0), "{}", line.text);
                let is_text = matches!(assigned.role, Role::Body | Role::Subhead | Role::Caption | Role::Credit);
                if let (true, Some(article), None) = (is_text, assigned.article, assigned.duplicate_of) {
                    let text = letters(&to_full_width(without_jump(&line.text)));
                    prop_assert!(letters(&drafts[article].text).contains(&text), "{} {:?}", line.text, assigned);
                }
            }
        }

        #[test]
        fn every_character_of_a_byline_stands_in_its_article(lines in prop::collection::vec(line(), 0..40)) {
            let metadata = PageMetadata { punctuation_as_printed: true, ..PageMetadata::default() };
            let import = import_page(&Source::new("p.txt", lines.join("\n")), &metadata, |_| Vec::new());
            for (line, assigned) in import.page.lines.iter().zip(&import.partition.lines) {
                let (Role::Byline, Some(article), None) = (assigned.role, assigned.article, assigned.duplicate_of) else {
                    continue;
                };
                let own = |text: &str| text.chars().filter(|&c| !c.is_whitespace() && c != '、').collect::<String>();
                let UnnamedArticle { front, byline, .. } = &import.articles[article];
                let headline = [Some(&front.title), front.kicker.as_ref(), front.subtitle.as_ref(), front.column.as_ref()];
                let authors = front.authors.concat();
                let mut fields = headline.into_iter().chain([byline.as_ref(), Some(&authors)]).flatten();
                let printed = own(without_jump(&line.text));
                prop_assert!(fields.any(|field| own(field).contains(&printed)), "{} {:?}", line.text, import.articles[article]);
            }
        }

        #[test]
        fn any_text_can_be_imported(text in "\\PC{0,400}") {
            imported(&text);
        }
    }

    #[test]
    fn a_duplicated_paragraph_is_in_the_article_once() {
        let twice = "镇里把闲置的小学教室改成车间，三家企业把订单送上门，质检员每天来一次。";
        let import = imported(&format!(
            "家门口的微工厂\n\n本报记者 林屏之\n\n{twice}\n\n{twice}\n\n干满半年，企业就要给她们缴工伤保险。\n"
        ));
        assert_eq!(import.articles.len(), 1);
        assert_eq!(import.articles[0].body.matches("质检员").count(), 1);
        assert_eq!(import.articles[0].front.source.as_ref().unwrap().lines, "1-9");
    }

    #[test]
    fn punctuation_is_set_in_full_width_unless_the_option_is_off() {
        let text = "向“新”前行\n\n本报讯(记者万双)改革,需要凝聚智慧。\n";
        assert!(imported(text).articles[0].body.contains("（记者万双）改革，需要"));
        let metadata = PageMetadata { punctuation_as_printed: true, ..PageMetadata::default() };
        let printed = import_page(&Source::new("p.txt", text), &metadata, |_| Vec::new());
        assert!(printed.articles[0].body.contains("改革,需要"), "{}", printed.articles[0].body);
    }
}
