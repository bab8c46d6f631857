//! `wenzhai themes`: shows how articles are filed and why; with `--eval`, how well.

use crate::commands::outcome::Outcome;
use crate::config::settings::Config;
use crate::content::page_name::file_of;
use crate::content::parse;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, ErrorKind, Result};
use crate::diagnostics::source::Source;
use crate::import::input::decode::{PageOfFile, decode, decode_pages};
use crate::io::fs::file;
use crate::io::fs::walk;
use crate::io::terminal;
use crate::message;
use crate::project::{ARTICLES, SETTINGS, settings_or_builtin, shown};
use crate::theme::classify::{ArticleText, Classification, Classifier};
use crate::theme::evaluate::{evaluate, parse_labelled_texts};
use crate::theme::report::{classification_lines, evaluation_lines, json_line};
use std::path::{Path, PathBuf};

/// The options of the command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct ThemesRequest {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) json: bool,
    pub(crate) eval: Option<PathBuf>,
}

/// Prints how files are filed: the named ones, or all articles of the site.
pub(crate) fn run(root: &Path, request: &ThemesRequest) -> Result<Outcome> {
    let config = settings_or_builtin(root)?;
    let classifier = Classifier::new(&config.themes, &config.filing);
    if let Some(path) = &request.eval {
        return evaluated(&classifier, &config, path);
    }
    let mut diagnostics = Vec::new();
    let files = if request.files.is_empty() { own_files(root, &mut diagnostics)? } else { request.files.clone() };
    for path in files {
        for (name, source) in read_all(&path) {
            match source.and_then(|source| verdict(&classifier, &config, &source)) {
                Ok(verdict) => print_verdict(&name, &verdict, request.json),
                Err(found) => diagnostics.extend(found),
            }
        }
    }
    Ok(Outcome::of(diagnostics))
}

fn own_files(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<PathBuf>> {
    if !file::exists(&root.join(SETTINGS)) {
        let diagnostic = Diagnostic::new(
            Code::NoSite,
            message!("there is no {settings} in {root}, and no file is named", settings = SETTINGS, root = shown(root)),
        );
        return Err(Error::configuration(diagnostic.hint(message!("name the files: wenzhai themes FILE…"))));
    }
    let (found, findings) = walk::list(root, ARTICLES, &["md"]);
    diagnostics.extend(findings);
    Ok(found.into_iter().map(|file| root.join(file.path)).collect())
}

fn evaluated(classifier: &Classifier, config: &Config, path: &Path) -> Result<Outcome> {
    let source = read(path).map_err(|diagnostics| Error::new(ErrorKind::Configuration, diagnostics))?;
    let (items, diagnostics) = parse_labelled_texts(&source, &config.theme_ids());
    for line in evaluation_lines(&evaluate(classifier, &items), terminal::language()) {
        terminal::print(&line);
    }
    Ok(Outcome::of(diagnostics))
}

/// An article file or any other text, whose first line is taken for the headline.
fn read(path: &Path) -> Result<Source, Vec<Diagnostic>> {
    let decoded = bytes_of(path).and_then(|bytes| decode(&shown(path), &bytes));
    decoded.map(|decoded| decoded.source).map_err(|diagnostic| vec![diagnostic])
}

/// The bytes of a file, or of the file of a page `issue.pdf#3`.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let (folder, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
    file::read(folder, file_of(&name.to_string_lossy()))
}

/// The text that a file holds, or each of its pages, with its name.
fn read_all(path: &Path) -> Vec<(String, Result<Source, Vec<Diagnostic>>)> {
    let name = shown(path);
    if file_of(&name) != name {
        return vec![(name, read(path))];
    }
    let mut pages = Vec::new();
    let put = &mut |page: PageOfFile| {
        let source = page.decoded.map(|decoded| decoded.source);
        // a page of a file with several may be a picture
        if source.as_ref().map_or(true, |source| !source.text.is_empty()) {
            pages.push((page.name, source.map_err(|diagnostic| vec![diagnostic])));
        }
    };
    match bytes_of(path).and_then(|bytes| decode_pages(&name, &bytes, put)) {
        Ok(_) => pages,
        Err(diagnostic) => vec![(name, Err(vec![diagnostic]))],
    }
}

fn verdict(classifier: &Classifier, config: &Config, source: &Source) -> Result<Classification, Vec<Diagnostic>> {
    if source.text.starts_with("+++") {
        let (article, diagnostics) = parse::article(source, &config.theme_ids());
        return article.map(|article| classifier.classify(&ArticleText::of(&article))).ok_or(diagnostics);
    }
    let (title, body) = source.text.trim_start().split_once('\n').unwrap_or(("", source.text.as_str()));
    Ok(classifier.classify(&ArticleText { title, body, ..ArticleText::default() }))
}

fn print_verdict(file: &str, verdict: &Classification, json: bool) {
    if json {
        return terminal::print_data(&json_line(file, verdict));
    }
    classification_lines(file, verdict, terminal::language()).iter().for_each(|line| terminal::print(line));
}
