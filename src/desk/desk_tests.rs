//! Properties of the desk as a whole: over random actions, hand edits, imports and undos no line is lost, and all of it can be undone.

#[cfg(test)]
mod tests {
    use crate::content::parse;
    use crate::desk::desk::{ActRequest, AdoptRequest, Desk, EditedFiles, StepRequest};
    use crate::desk::edit::action::Action;
    use crate::desk::error::DeskError;
    use crate::desk::page_state::sidecar_path;
    use crate::desk::page_view::{OtherPart, PageView, PreviewedSite};
    use crate::diagnostics::source::Source;
    use crate::io::fs::file;
    use crate::io::progress::Progress;
    use crate::pipeline::import::job::ImportJob;
    use crate::pipeline::import::run::import;
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::collections::BTreeMap;
    use tempfile::{TempDir, tempdir};

    const NAME: &str = "content/pages/a.txt";
    const TEXT: &str = "示范工人报\n2025年3月18日 星期二\n\n货车司机有了驿站\n\n本报记者 凌霄\n\n市总工会在国道沿线建起了驿站，冬天有热水。\n\n\
    驿站里有床、有饭，还有人帮忙看车。\n\n口袋书里的三十年\n\n本报记者 麦田\n\n邹明月把修泵的窍门写成一本口袋书。\n\n\
    徒弟们说，师傅的书比说明书好懂。\n\n图为邹明月在车间。\n";

    const BY_HAND: &str = "# by hand\npaper = \"y\"\n";

    struct NoPreview;

    impl PreviewedSite for NoPreview {
        fn url_of(&self, _: &str) -> Option<String> {
            None
        }

        fn picture_of(&self, _: &str) -> Option<String> {
            None
        }

        fn other_part(&self, _: &str, _: Option<&str>, _: &str) -> Option<OtherPart> {
            None
        }
    }

    fn desk() -> (TempDir, Desk) {
        let home = tempdir().unwrap();
        file::write(
        &home.path().join("site.toml"),
        b"title = \"x\"\n[[themes]]\nid = \"t\"\nslug = \"t\"\n[themes.terms]\n\"\xE9\xA9\xBF\xE7\xAB\x99\" = 3.0\n",
    )
    .unwrap();
        file::write(&home.path().join(NAME), TEXT.as_bytes()).unwrap();
        let desk = Desk::new(home.path());
        (home, desk)
    }

    fn view(page: &PageView) -> Value {
        serde_json::to_value(page).unwrap()
    }

    /// Actions in the form of a browser's, on lines and articles that may not exist.
    fn action() -> impl Strategy<Value = Value> {
        let lines = || prop::collection::vec(0..11_usize, 1..4);
        let roles = prop::sample::select(vec!["title", "body", "furniture", "caption", "byline", "jump", "kicker"]);
        prop_oneof![
            (lines(), roles).prop_map(|(lines, role)| json!({"do": "role", "lines": lines, "role": role})),
            lines().prop_map(|lines| json!({"do": "new", "lines": lines})),
            lines().prop_map(|lines| json!({"do": "split", "lines": lines})),
            (0..5_usize).prop_map(|article| json!({"do": "merge", "article": article})),
            (lines(), 0..4_usize).prop_map(|(lines, to)| json!({"do": "move", "lines": lines, "to": to})),
            (lines(), prop::bool::ANY)
                .prop_map(|(lines, later)| json!({"do": "order", "lines": lines, "by": if later { 1 } else { -1 }})),
            (0..4_usize, "[\"'#\\\\一二\u{301} ]{0,5}").prop_map(
                |(article, title)| json!({"do": "front", "article": article, "set": {"title": title, "themes": ["t"]}})
            ),
            (0..11_usize, "[一二三。]{1,6}").prop_map(|(line, text)| json!({"do": "text", "line": line, "text": text})),
            (1..9_u32).prop_map(|page| json!({"do": "masthead", "set": {"page": page}})),
        ]
    }

    /// Each line that is text is in one article, and in the place that this article says.
    fn each_line_has_one_place(page: &Value) {
        let mut seen: Vec<u64> = Vec::new();
        for article in page["articles"].as_array().unwrap() {
            for line in article["lines"].as_array().unwrap() {
                let line = line.as_u64().unwrap();
                assert_eq!(page["lines"][line as usize]["article"], article["k"]);
                seen.push(line);
            }
        }
        seen.sort_unstable();
        let lines = page["lines"].as_array().unwrap();
        let expected: Vec<u64> =
            lines.iter().filter(|it| !it["article"].is_null()).map(|it| it["i"].as_u64().unwrap()).collect();
        assert_eq!(seen, expected);
        for line in lines.iter().filter(|it| it["article"].is_null()) {
            assert!(["furniture", "jump"].contains(&line["role"].as_str().unwrap()), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

        #[test]
        fn whatever_an_editor_does_no_line_is_lost_and_all_of_it_can_be_undone(
            actions in prop::collection::vec((action(), 0..6_u8), 1..12),
            by_hand in prop::option::of(0..12_usize),
        ) {
            let (_home, desk) = desk();
            let sidecar = desk.pages.root.join(sidecar_path(NAME));
            let mut beginning = None;
            for (at, (action, kind)) in actions.into_iter().enumerate() {
                if by_hand == Some(at) {
                    // before the first step it is what the steps began at
                    beginning = desk.log(NAME).unwrap().is_empty().then(|| BY_HAND.to_owned());
                    file::write(&sidecar, BY_HAND.as_bytes()).unwrap();
                }
                let before = view(&desk.page(NAME, &NoPreview).unwrap());
                let done = match kind {
                    0 => desk.undo(&step_of(None), &NoPreview),
                    1 => desk.redo(&step_of(None), &NoPreview),
                    _ => {
                        let version = before["version"].as_str().unwrap().to_owned();
                        let action = serde_json::from_value(action.clone()).unwrap();
                        desk.act(&ActRequest { page: NAME.to_owned(), version, action, edited: None }, &NoPreview)
                    }
                };
                let now = view(&desk.page(NAME, &NoPreview).unwrap());
                each_line_has_one_place(&now);
                match done {
                    Ok(page) => prop_assert_eq!(&view(&page)["lines"], &now["lines"]),
                    Err(DeskError::Rejected(_) | DeskError::NothingToUndo) => prop_assert_eq!(&before["version"], &now["version"]),
                    Err(error) => prop_assert!(false, "{:?} {:?}", action, error),
                }
                prop_assert!(now["findings"].as_array().unwrap().iter().all(|it| it["severity"] != "error"), "{}", now["findings"]);
            }
            while desk.undo(&step_of(None), &NoPreview).is_ok() {}
            prop_assert_eq!(desk.pages.sidecar_text(NAME).unwrap(), beginning);
        }
    }

    #[test]
    fn what_a_killed_desk_left_is_removed_by_the_next_one_that_is_alone() {
        let (home, desk) = desk();
        let left = home.path().join("content/pages/.wenzhai-tmp-x");
        file::write(&left, b"half").unwrap();
        drop(Desk::new(home.path()));
        assert!(file::exists(&left), "it may be of the desk that runs");
        drop(desk);
        drop(Desk::new(home.path()));
        assert!(!file::exists(&left));
    }

    #[test]
    fn what_was_done_survives_a_restart() {
        let (home, desk) = desk();
        let version = desk.pages.load(NAME).unwrap().version();
        let action = Action::Merge { article: 1 };
        desk.act(&ActRequest { page: NAME.to_owned(), version, action, edited: None }, &NoPreview).unwrap();
        let again = Desk::new(home.path());
        assert_eq!(view(&again.page(NAME, &NoPreview).unwrap())["undo"], "merge");
        assert_eq!(view(&again.undo(&step_of(None), &NoPreview).unwrap())["articles"].as_array().unwrap().len(), 2);
    }

    /// What happens at a site besides the actions of the desk's page.
    #[derive(Debug, Clone)]
    enum Step {
        Act(Value, Option<&'static str>),
        Undo(Option<EditedFiles>),
        Redo(Option<EditedFiles>),
        /// the n-th article file is edited by hand
        Edit(usize),
        /// what was edited in an article's file becomes corrections
        Adopt(usize, bool),
        Import,
    }

    fn step_of(edited: Option<EditedFiles>) -> StepRequest {
        StepRequest { page: NAME.to_owned(), edited }
    }

    fn files() -> impl Strategy<Value = Option<EditedFiles>> {
        prop::sample::select(vec![None, Some(EditedFiles::Keep), Some(EditedFiles::Discard)])
    }

    fn step() -> impl Strategy<Value = Step> {
        let choices =
            prop::sample::select(vec![None, None, Some("keep"), Some("discard"), Some("adopt"), Some("part")]);
        prop_oneof![
            5 => (action(), choices).prop_map(|(action, edited)| Step::Act(action, edited)),
            1 => files().prop_map(Step::Undo),
            1 => files().prop_map(Step::Redo),
            1 => (0..4_usize).prop_map(Step::Edit),
            1 => (0..3_usize, prop::bool::ANY).prop_map(|(article, part)| Step::Adopt(article, part)),
            2 => Just(Step::Import),
        ]
    }

    /// Path → text of the article files.
    fn article_texts(desk: &Desk) -> BTreeMap<String, String> {
        let record = desk.pages.record();
        let files = record.pages.get(NAME).into_iter().flat_map(|page| page.articles.keys());
        let text = |file: &String| file::read_if_present(&desk.pages.articles(), file).unwrap();
        files.filter_map(|file| Some((file.clone(), String::from_utf8(text(file)?).unwrap()))).collect()
    }

    fn import_pages(desk: &Desk) {
        let (job, _) = ImportJob::of_site(&desk.pages.root, Progress::default());
        import(&job, &desk.pages.settings().unwrap().config, &mut |_| Ok(())).unwrap();
    }

    /// Each line of an article is named by exactly one article file.
    fn each_line_has_one_file(desk: &Desk, page: &Value) {
        let mut numbers: Vec<usize> = Vec::new();
        for (file, text) in article_texts(desk) {
            let article = parse::article(&Source::new(file, text), &["t".to_owned()]).0.unwrap();
            for range in article.front.source.unwrap().lines.split(',') {
                let (first, last) = range.split_once('-').unwrap_or((range, range));
                numbers.extend(first.parse::<usize>().unwrap()..=last.parse().unwrap());
            }
        }
        for line in page["lines"].as_array().unwrap() {
            let found = numbers.iter().filter(|number| line["n"] == **number).count();
            assert_eq!(found, usize::from(!line["article"].is_null()), "{line} in {:?}", article_texts(desk));
        }
    }

    fn follow(desk: &Desk, step: &Step) -> Result<(), DeskError> {
        let page = NAME.to_owned();
        match step {
            Step::Act(action, edited) => {
                let version = view(&desk.page(NAME, &NoPreview)?)["version"].as_str().unwrap().to_owned();
                let request = json!({"page": page, "version": version, "action": action, "edited": edited});
                desk.act(&serde_json::from_value(request).unwrap(), &NoPreview).map(drop)
            }
            Step::Undo(edited) => desk.undo(&step_of(*edited), &NoPreview).map(drop),
            Step::Redo(edited) => desk.redo(&step_of(*edited), &NoPreview).map(drop),
            Step::Edit(at) => {
                let texts = article_texts(desk);
                if let Some((file, text)) = texts.iter().nth(at % texts.len().max(1)) {
                    file::write(&desk.pages.articles().join(file), text.replace("。", "！").as_bytes())?;
                }
                Ok(())
            }
            &Step::Adopt(article, part) => desk.adopt(&AdoptRequest { page, article, part }, &NoPreview).map(drop),
            Step::Import => {
                import_pages(desk);
                Ok(())
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

        #[test]
        fn over_imports_and_hand_edits_each_line_has_one_file(steps in prop::collection::vec(step(), 1..12)) {
            let (_home, desk) = desk();
            import_pages(&desk);
            let beginning = article_texts(&desk);
            for step in &steps {
                match follow(&desk, step) {
                    Ok(()) | Err(DeskError::Rejected(_) | DeskError::NothingToUndo | DeskError::Conflict { .. }) => {}
                    Err(error) => prop_assert!(false, "{:?} {:?}", step, error),
                }
                import_pages(&desk);
                let now = view(&desk.page(NAME, &NoPreview).unwrap());
                each_line_has_one_place(&now);
                each_line_has_one_file(&desk, &now);
            }
            while desk.undo(&step_of(Some(EditedFiles::Discard)), &NoPreview).is_ok() {}
            import_pages(&desk);
            each_line_has_one_file(&desk, &view(&desk.page(NAME, &NoPreview).unwrap()));
            prop_assert_eq!(desk.pages.sidecar_text(NAME).unwrap(), None);
            if !steps.iter().any(|step| matches!(step, Step::Edit(_))) {
                prop_assert_eq!(article_texts(&desk), beginning);
            }
        }
    }
}
