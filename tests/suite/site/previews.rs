//! Previews: after any sequence of changes, of which only the names are known, the model in memory and the imported articles are those of a build
//! that looks at every file.

use crate::common::files::{differing, read_files, without_hidden};
use crate::common::random::proptest_config;
use crate::common::site::{PAGE, Site};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use wenzhai::pipeline::builder::builder::Builder;
use wenzhai::pipeline::options::BuildOptions;
use wenzhai::preview::model::{PreviewModel, Update};

/// A change of a file; pages and articles are named by their number, which may name none.
#[derive(Debug, Clone)]
enum Edit {
    Page(u8, u8),
    RemovePage(u8),
    Sidecar(u8, u8),
    RemoveSidecar(u8),
    Article(u8, &'static str),
    RemoveArticle(u8),
    Setting(u8),
    Template(u8),
    Static(u8),
    PlainPage(u8),
    /// another process imports meanwhile
    Import,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => (0..6u8, 0..8u8).prop_map(|(at, state)| Edit::Page(at, state)),
        1 => (0..6u8).prop_map(Edit::RemovePage),
        8 => (0..6u8, 0..8u8).prop_map(|(at, state)| Edit::Sidecar(at, state)),
        3 => (0..6u8).prop_map(Edit::RemoveSidecar),
        4 => (0..12u8, prop::sample::select(vec!["又一句。", "\n\n又一段，关于手艺。\n"])).prop_map(|(at, more)| Edit::Article(at, more)),
        1 => (0..12u8).prop_map(Edit::RemoveArticle),
        1 => (0..3u8).prop_map(Edit::Setting),
        1 => (0..3u8).prop_map(Edit::Template),
        1 => (0..3u8).prop_map(Edit::Static),
        1 => (0..3u8).prop_map(Edit::PlainPage),
        1 => Just(Edit::Import),
    ]
}

fn page_name(at: u8) -> String {
    format!("content/pages/p{at}.txt")
}

/// Two pages are of one day; the second of them may print no paper, or continue an article of the first.
fn page_text(at: u8, state: u8) -> String {
    let text = PAGE.replace("3月18日", &format!("3月{}日", 18 + at / 2)).replace("1版", &format!("{}版", 1 + at % 2));
    let text = text.replace("十二个", &format!("{}个", 12 + state));
    match state % 4 {
        1 => text.replace("司机们都说好。", "司机们都说好。（下转第2版）"),
        2 => text.replacen("示范工人报\n", "", 1),
        3 if at % 2 == 1 => text.replacen("货车司机有了歇脚的驿站", "（上接第1版）", 1),
        _ => text,
    }
}

fn sidecar_text(state: u8) -> &'static str {
    match state {
        0 => "page = 4\n",
        1 => "paper = \"沿江晚报\"\n",
        2 => "date = \"2025-03-20\"\n",
        3 => "page = \"none\"\n",
        4 => "[[lines]]\nat = 7\nrole = \"furniture\"\n",
        5 => "[[articles]]\nat = 5\ntitle = \"国道旁的灯\"\n",
        6 => "[[text]]\nat = 9\nprinted = \"凉茶\"\ntext = \"姜茶\"\n",
        _ => "# nothing\n",
    }
}

/// Makes a change, and returns the names of the files that it changed.
fn apply(site: &Site, edit: &Edit) -> Vec<String> {
    let write = |name: String, text: &str| {
        site.write(&name, text);
        vec![name]
    };
    let remove = |name: String| {
        let is_there = site.has(&name);
        if is_there {
            site.remove(&name);
        }
        if is_there { vec![name] } else { Vec::new() }
    };
    let article = |at: u8| site.articles().keys().nth(usize::from(at)).map(|name| format!("content/articles/{name}"));
    match edit {
        Edit::Page(at, state) => write(page_name(*at), &page_text(*at, *state)),
        Edit::RemovePage(at) => remove(page_name(*at)),
        Edit::Sidecar(at, state) => write(page_name(*at).replace(".txt", ".toml"), sidecar_text(*state)),
        Edit::RemoveSidecar(at) => remove(page_name(*at).replace(".txt", ".toml")),
        Edit::Article(at, more) => article(*at).map_or_else(Vec::new, |name| {
            let text = format!("{}{more}", site.read(&name).trim_end());
            write(name, &text)
        }),
        Edit::RemoveArticle(at) => article(*at).map_or_else(Vec::new, remove),
        Edit::Setting(state) => {
            let settings = site.read("site.toml");
            let rest = settings.split_once('\n').unwrap().1;
            write("site.toml".to_owned(), &format!("title = \"试验文摘{state}\"\n{rest}"))
        }
        Edit::Template(state) => write("templates/404.html".to_owned(), &format!("<p>{state}</p>")),
        Edit::Static(state) => write(format!("static/own{}.txt", state % 2), &state.to_string()),
        Edit::PlainPage(state) => {
            write("content/about.md".to_owned(), &format!("+++\ntitle = \"关于\"\n+++\n\n第{state}稿。\n"))
        }
        Edit::Import => {
            let before = site.articles();
            Builder::new(site.root()).plan(&BuildOptions::default()).unwrap();
            differing(&before, &site.articles()).into_iter().map(|name| format!("content/articles/{name}")).collect()
        }
    }
}

fn site() -> Site {
    let site = Site::with_page_in_memory();
    site.remove("content/pages/a.txt");
    (0..4).for_each(|at| site.write(&page_name(at), page_text(at, 0)));
    site
}

/// The model after changes of files.
fn after(model: PreviewModel, changed: Vec<String>) -> PreviewModel {
    match model.after(&changed.into_iter().collect::<BTreeSet<_>>(), &BuildOptions::default()).unwrap() {
        Update::Unchanged => model,
        Update::Texts(model) | Update::Rebuilt(model) => *model,
    }
}

proptest! {
    #![proptest_config(proptest_config(24))]

    #[test]
    fn after_any_sequence_of_changes_a_preview_is_as_a_full_build(edits in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..6)) {
        let (site, other) = (site(), site());
        let mut model = PreviewModel::first(site.root(), &BuildOptions::default()).unwrap();
        Builder::new(other.root()).plan(&BuildOptions::default()).unwrap();
        for some in edits {
            let mut changed: Vec<String> = Vec::new();
            for edit in &some {
                changed.extend(apply(&site, edit));
                apply(&other, edit);
            }
            let before = site.articles();
            model = after(model, changed);
            // what an import wrote is seen as well
            let own = differing(&before, &site.articles()).into_iter().map(|name| format!("content/articles/{name}"));
            model = after(model, own.collect());
            let _ = fs::remove_dir_all(other.path("public"));
            let _ = fs::remove_dir_all(other.path(".wenzhai"));
            Builder::new(other.root()).build(&BuildOptions::default(), &other.path("public")).unwrap();
            let (imported, expected) = [&site, &other].map(|it| read_files(&it.path("content/articles"))).into();
            prop_assert_eq!(differing(&imported, &expected), BTreeSet::new(), "articles after {:?}", some);
            for (name, expected) in without_hidden(read_files(&other.path("public"))) {
                let shown = model.file(&name).and_then(Result::ok);
                prop_assert_eq!(shown.map(|it| String::from_utf8_lossy(&it).into_owned()), Some(String::from_utf8_lossy(&expected).into_owned()), "{} after {:?}", name, some);
            }
        }
    }
}

#[test]
fn what_an_import_wrote_is_not_shown_again() {
    let site = site();
    let options = BuildOptions::default();
    let model = PreviewModel::first(site.root(), &options).unwrap();
    let before = site.articles();
    site.write("content/pages/p0.toml", sidecar_text(5));
    let sidecar = BTreeSet::from(["content/pages/p0.toml".to_owned()]);
    let Update::Rebuilt(model) = model.after(&sidecar, &options).unwrap() else { panic!("the sidecar has changed") };
    let written = differing(&before, &site.articles());
    assert_eq!(written, BTreeSet::from(["2025/03-18/sfgrb-p1-01.md".to_owned()]));
    let written: BTreeSet<String> = written.into_iter().map(|name| format!("content/articles/{name}")).collect();
    assert!(matches!(model.after(&written, &options).unwrap(), Update::Unchanged));
    assert!(matches!(model.after(&sidecar, &options).unwrap(), Update::Unchanged));
    let both = written.iter().chain(&sidecar).cloned().collect();
    assert!(matches!(model.after(&both, &options).unwrap(), Update::Unchanged));
    // an edit that is taken back is two changes
    let name = written.first().unwrap();
    let text = site.read(name);
    site.write(name, format!("{text}又一句。\n"));
    let Update::Texts(edited) = model.after(&written, &options).unwrap() else { panic!("the text has changed") };
    assert!(matches!(edited.after(&written, &options).unwrap(), Update::Unchanged));
    site.write(name, text);
    assert!(matches!(edited.after(&written, &options).unwrap(), Update::Texts(_)));
}
