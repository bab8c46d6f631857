//! What is fuzzed: functions that take any bytes, and fail by a panic alone.
//!
//! `benches/mutations.rs` runs them over mutations of `corpus/`.

use wenzhai::config::content::RawHtml;
use wenzhai::config::settings::{self, Config};
use wenzhai::content::{emit, parse};
use wenzhai::diagnostics::source::Source;
use wenzhai::import::input::decode::decode;
use wenzhai::import::page::lines::parse_page;
use wenzhai::import::page_import::{PageImport, import_decoded, import_page, name_articles};
use wenzhai::import::page_metadata::PageMetadata;
use wenzhai::import::record as import_record;
use wenzhai::import::sidecar::emit::{comments_of, emit_sidecar};
use wenzhai::import::sidecar::parse::parse_sidecar;
use wenzhai::preview::resolve::{PreviewFiles, Resolved, resolve_url};
use wenzhai::publish::record::Record as PublishRecord;
use wenzhai::render::engine::i18n::Messages;
use wenzhai::render::markdown::html::render_markdown;

/// A target: its name, which is that of its folder in `corpus/`, and what it does with an input.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets.
pub(crate) const TARGETS: [Target; 10] = [
    ("decode", decode_page),
    ("page", page),
    ("html", html_page),
    ("printed", printed_page),
    ("sidecar", sidecar),
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("settings", site_settings),
    ("records", records),
    ("request_path", request_path),
];

fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

fn decode_page(input: &[u8]) {
    if let Ok(decoded) = decode("p.txt", input) {
        import(&decoded.source, PageMetadata::default());
    }
}

fn page(input: &[u8]) {
    import(&Source::new("p.txt", text(input)), PageMetadata::default());
}

fn html_page(input: &[u8]) {
    import(&Source::new("p.html", text(input)), PageMetadata::default());
}

/// A file of a format with geometry: PDF, ALTO, hOCR, PAGE-XML, results of OCR engines.
fn printed_page(input: &[u8]) {
    if let Ok(decoded) = decode("p.pdf", input) {
        let source = decoded.source.clone();
        check(&source, &import_decoded(decoded, &PageMetadata::default(), |_| Vec::new()));
    }
}

/// A sidecar, followed on a page of a few lines; written again, it has no mistakes and says the same.
fn sidecar(input: &[u8]) {
    const PAGE: &str =
        "驿站开了灯\n\n本报记者 林屏之\n\n驿站里有热水，司机都说好。\n\n夜校的考卷\n\n考卷贴在食堂门口。（高梅）\n";
    let parse = |text: &str| parse_sidecar(&Source::new("p.toml", text), &["产改".to_owned()]);
    let text = text(input);
    let (sidecar, _) = parse(&text);
    let written = emit_sidecar(&sidecar, &comments_of(&text));
    let (again, mistakes) = parse(&written);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(emit_sidecar(&again, &comments_of(&written)), written);
    import(&Source::new("p.txt", PAGE), PageMetadata { sidecar, ..PageMetadata::default() });
}

/// Imports a page: each line that shows something is in the ledger once, in an article that there is or in none, and articles
/// can be parsed again.
fn import(source: &Source, metadata: PageMetadata) {
    check(source, &import_page(source, &metadata, |_| Vec::new()));
}

fn check(source: &Source, import: &PageImport) {
    let (articles, ledger) = name_articles(import, "p1", str::to_owned);
    assert!(ledger.windows(2).all(|pair| pair[0].line < pair[1].line), "a line is in the ledger twice");
    if source.name.ends_with(".txt") {
        // a paragraph may be printed on several lines, each of which has its entry
        let printed = parse_page(source).lines.into_iter().map(|line| line.number);
        assert!(ledger.iter().map(|entry| entry.line).eq(printed), "a line is not in the ledger");
    }
    for file in ledger.iter().filter_map(|entry| entry.article.as_ref()) {
        assert!(articles.iter().any(|article| article.file == *file), "there is no article {file}");
    }
    for article in &articles {
        let (parsed, _) =
            parse::article(&Source::new(article.file.as_str(), emit::article(article)), &["产改".to_owned()]);
        assert!(parsed.is_some(), "{} cannot be parsed", article.file);
    }
}

fn front_matter(input: &[u8]) {
    let (article, _) = parse::article(&Source::new("a.md", text(input)), &["产改".to_owned()]);
    if let Some(article) = article {
        emit::article(&article);
    }
}

fn markdown(input: &[u8]) {
    let body = text(input);
    let resolve = |target: &str| target.ends_with(".md").then(|| "../p1-02/".to_owned());
    for raw_html in [RawHtml::Safe, RawHtml::Escape, RawHtml::Keep] {
        render_markdown(&body, Messages::of(Config::default().lang), raw_html, &resolve);
    }
}

fn site_settings(input: &[u8]) {
    let _ = settings::parse(&Source::new("site.toml", text(input)));
}

fn records(input: &[u8]) {
    let _ = import_record::parse(&Source::new("content/articles/.imported.toml", text(input)));
    let _ = PublishRecord::parse(&text(input), "target");
}

/// Files of every path that stays inside the site.
struct AnyFile;

impl PreviewFiles for AnyFile {
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let leaves = path.starts_with('/') || path.split('/').any(|part| part == "..");
        assert!(!leaves, "{path:?} is outside the site");
        path.len().is_multiple_of(2).then(Vec::new)
    }
}

fn request_path(input: &[u8]) {
    let resolved = resolve_url(&AnyFile, "digest", &text(input));
    assert!(matches!(resolved, Resolved::File(..) | Resolved::FolderWithoutSlash | Resolved::NotFound));
}
