//! Adoption of a file that a person edited by hand: what was changed in it becomes corrections of the page.
//!
//! 1. the file is parsed, and compared with the article that import makes (`edit/file_edit.rs`)
//! 2. the sidecar gets the corrections that say the differences
//! 3. the article that then results is compared with the file: what still differs cannot be said by corrections

use crate::content::article::{Article, RareFields};
use crate::content::{emit, parse};
use crate::desk::article_files::{Conflict, key_of_file};
use crate::desk::page_state::{PageState, Rejection};
use crate::diagnostics::source::Source;
use crate::import::page_import::name_articles;

/// An adopted file.
#[derive(Debug)]
pub(crate) struct Adoption {
    /// the page with the corrections
    pub(crate) state: PageState,
    /// what they do not say
    pub(crate) rest: Option<Conflict>,
}

/// Adopts the file of an article. `file` is its path below the folder of articles, `text` what it holds.
///
/// # Errors
/// The file cannot be parsed, or corrections can say nothing of it.
pub(crate) fn adopt(state: &PageState, article: usize, file: &str, text: &str) -> Result<Adoption, Rejection> {
    let themes = state.settings.config.theme_ids();
    let edited = parse::article(&Source::new(file, text), &themes).0.ok_or(Rejection::UnfitFile)?;
    if edited.front.source.as_ref().is_some_and(|source| !source.more.is_empty()) {
        return Err(Rejection::UnfitFile);
    }
    let sidecar = state.sidecar_adopting(article, &edited)?;
    let next = PageState::new(state.settings.clone(), state.uncorrected.clone(), sidecar);
    let rest = rest(&next, file, text, edited);
    Ok(Adoption { state: next, rest })
}

/// What differs between the article as it results and as it was edited.
fn rest(state: &PageState, file: &str, text: &str, edited: Article) -> Option<Conflict> {
    let key = key_of_file(file).unwrap_or_default();
    let made = name_articles(&state.import, key, str::to_owned).0.into_iter().find(|article| article.file == file);
    let Some(made) = made else { return Some(Conflict::new(file, edited.front.title, text, "")) };
    let wanted = as_import_writes(edited, &made);
    let (wanted, result) = (emit::article(&wanted), emit::article(&made));
    (wanted != result).then(|| Conflict::new(file, made.front.title, &wanted, &result))
}

/// An edited article in the form of one that import made: themes as import files them, empty lines and blanks at the ends of lines,
/// the lines of the page that it is made from, what is missing of it on other pages, and whether its headline is inferred.
fn as_import_writes(mut edited: Article, made: &Article) -> Article {
    edited.front.themes = edited.front.filed_under().to_vec();
    if let Some(fields) = edited.front.rare.take() {
        edited.front.rare = RareFields { themes_override: None, ..*fields }.boxed();
    }
    edited.front.set_gaps(made.front.gaps().cloned().unwrap_or_default());
    edited.front.title_inferred = made.front.title_inferred;
    edited.front.source.clone_from(&made.front.source);
    edited.file.clone_from(&made.file);
    let paragraphs = edited.body.lines().map(str::trim_end).collect::<Vec<_>>();
    let paragraphs = paragraphs.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    edited.body = paragraphs.map(|lines| format!("\n{}\n", lines.join("\n"))).collect();
    edited
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::edit::arrangement::Arrangement;
    use crate::desk::pages::SitePages;
    use crate::import::sidecar::apply::belongs_to_no_article;
    use crate::io::fs::file;
    use proptest::prelude::*;
    use tempfile::{TempDir, tempdir};

    const NAME: &str = "content/pages/a.txt";
    const FILE: &str = "2025/03-18/p1-01.md";
    const TEXT: &str = "示范工人报\n2025年3月18日 星期二\n\n货车司机有了驿站\n\n本报记者 凌霄\n\n市总工会在国道沿线建起了驿站,冬天有热水。\n\n\
        驿站里有床、有饭，还有人帮忙看\n\n车，司机说，这一觉睡得踏实。\n\n一张床的账\n\n每张床一年要花三百元，钱从会费里出。\n\n\
        图为司机在驿站歇脚。\n\n口袋书里的三十年\n\n本报记者 麦田\n\n邹明月把修泵的窍门写成一本口袋书。\n";

    fn page() -> (TempDir, PageState) {
        let home = tempdir().unwrap();
        file::write(&home.path().join("site.toml"), b"title = \"x\"\n").unwrap();
        file::write(&home.path().join(NAME), TEXT.as_bytes()).unwrap();
        let state = SitePages::new(home.path()).load(NAME).unwrap();
        (home, state)
    }

    fn first(state: &PageState) -> Article {
        name_articles(&state.import, "p1", str::to_owned).0.remove(0)
    }

    /// Adopts the first article's file with another body, and returns the article as it is then.
    #[track_caller]
    fn adopted(state: &PageState, change: impl FnOnce(&mut Article)) -> (PageState, Article) {
        let mut edited = first(state);
        change(&mut edited);
        let Adoption { state, rest } = adopt(state, 0, FILE, &emit::article(&edited)).unwrap();
        assert!(rest.is_none(), "{rest:?}");
        let article = first(&state);
        (state, article)
    }

    #[test]
    fn a_misread_character_is_corrected_on_the_line_that_prints_it() {
        let (_home, state) = page();
        let (next, article) = adopted(&state, |edited| edited.body = edited.body.replace("踏实", "真踏实"));
        assert!(article.body.contains("还有人帮忙看车，司机说，这一觉睡得真踏实。"), "{}", article.body);
        let [correction] = next.sidecar.text.as_slice() else { panic!("{:?}", next.sidecar) };
        assert!(correction.printed.contains("踏实") && !correction.printed.contains("帮忙"), "{correction:?}");
        assert!(next.sidecar.articles.is_empty() && next.sidecar.lines.is_empty());
    }

    #[test]
    fn punctuation_that_import_sets_in_full_width_is_no_edit() {
        let (_home, state) = page();
        let (next, _) = adopted(&state, |edited| edited.body = edited.body.replace("热水", "开水"));
        let [correction] = next.sidecar.text.as_slice() else { panic!("{:?}", next.sidecar) };
        assert!(!correction.text.contains('，'), "{correction:?}");
    }

    #[test]
    fn a_paragraph_that_is_gone_is_furniture_and_one_of_another_kind_has_its_role() {
        let (_home, state) = page();
        let change = |edited: &mut Article| {
            edited.body = edited.body.replace("\n每张床一年要花三百元，钱从会费里出。\n", "").replace("## ", "");
        };
        let (next, article) = adopted(&state, change);
        assert!(article.body.contains("\n一张床的账\n"), "{}", article.body);
        let lines = |state: &PageState| state.import.partition.lines.len();
        assert_eq!(lines(&next), lines(&state));
        assert_eq!(Arrangement::of(&next.import).articles.len(), 2);
    }

    #[test]
    fn what_no_page_prints_is_left_over() {
        let (_home, state) = page();
        let mut edited = first(&state);
        edited.body += "\n另见[司机的家](/x/)。\n";
        edited.front.draft = true;
        let Adoption { rest, .. } = adopt(&state, 0, FILE, &emit::article(&edited)).unwrap();
        assert_eq!(rest.unwrap().difference(), "+draft = true\n+另见[司机的家](/x/)。");
        assert_eq!(adopt(&state, 0, FILE, "+++\nno toml").unwrap_err(), Rejection::UnfitFile);
    }

    /// An edit that corrections can say.
    #[derive(Debug, Clone)]
    enum Edit {
        Title(String),
        Kicker(String),
        Authors(Vec<String>),
        /// in a paragraph, from a character on, this many characters become a text
        Characters(usize, usize, usize, String),
        Remove(usize),
        Swap(usize, usize),
    }

    fn edit() -> impl Strategy<Value = Edit> {
        let word = || "[一二三四五六]{1,4}";
        prop_oneof![
            word().prop_map(Edit::Title),
            word().prop_map(Edit::Kicker),
            prop::collection::vec("[林石][一二三四]", 0..3).prop_map(Edit::Authors),
            (0..9_usize, 1..12_usize, 0..3_usize, word())
                .prop_map(|(paragraph, at, gone, text)| Edit::Characters(paragraph, at, gone, text)),
            (0..9_usize).prop_map(Edit::Remove),
            (0..9_usize, 0..9_usize).prop_map(|(a, b)| Edit::Swap(a, b)),
        ]
    }

    fn follow(article: &mut Article, edit: Edit) {
        let mut paragraphs: Vec<String> =
            article.body.split("\n\n").map(|it| it.trim_matches('\n').to_owned()).collect();
        let count = paragraphs.len();
        match edit {
            Edit::Title(title) => article.front.title = title,
            Edit::Kicker(kicker) => article.front.kicker = Some(kicker),
            Edit::Authors(authors) => article.front.authors = authors,
            Edit::Characters(paragraph, at, gone, text) => {
                let paragraph = &mut paragraphs[paragraph % count];
                let chars: Vec<char> = paragraph.chars().collect();
                // neither the marks of a subhead or a caption, nor the end of a sentence
                if !paragraph.starts_with(['#', '!']) && at + gone + 1 < chars.len() {
                    *paragraph = chars[..at]
                        .iter()
                        .chain(&text.chars().collect::<Vec<_>>())
                        .chain(&chars[at + gone..])
                        .collect();
                }
            }
            Edit::Remove(at) if count > 2 => drop(paragraphs.remove(at % count)),
            Edit::Remove(_) => {}
            Edit::Swap(a, b) => paragraphs.swap(a % count, b % count),
        }
        article.body = paragraphs.iter().map(|paragraph| format!("\n{paragraph}\n")).collect();
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

        #[test]
        fn edits_of_characters_paragraphs_and_fields_become_corrections(edits in prop::collection::vec(edit(), 1..5)) {
            let (_home, state) = page();
            let mut edited = first(&state);
            edits.into_iter().for_each(|edit| follow(&mut edited, edit));
            let Adoption { state: next, rest } = adopt(&state, 0, FILE, &emit::article(&edited)).unwrap();
            prop_assert!(rest.is_none(), "{}", rest.unwrap().difference());
            let arranged: usize = Arrangement::of(&next.import).articles.iter().map(|it| it.lines.len()).sum();
            let others = next.import.partition.lines.iter().filter(|line| belongs_to_no_article(line.role)).count();
            prop_assert_eq!(arranged + others, next.import.partition.lines.len());
        }
    }
}
