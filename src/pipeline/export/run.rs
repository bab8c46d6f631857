//! Plans the site and writes an export of it.

use crate::builtin::EXAMPLE_BASE_URL;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::staged_file::StagedFile;
use crate::message;
use crate::pipeline::builder::builder::Builder;
use crate::pipeline::export::destination::{check, destination};
use crate::pipeline::export::names::{Choice, selection};
use crate::pipeline::export::tables::{TableFormat, write_tables};
use crate::pipeline::import::job::ImportReport;
use crate::pipeline::load::text::read_text;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::tables::article_files::ArticleFiles;
use crate::render::export::mail::Mail;
use crate::render::export::selection::{Order, Selection};
use crate::render::export::tables::TABLES;
use crate::render::export::volume::Volume;
use crate::render::export::{epub, print};
use crate::render::renderer::Renderer;
use crate::render::views::cards::Cards;
use std::path::{Path, PathBuf};

/// What an export writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExportKind {
    Epub,
    Print,
    /// a draft for mail programs; HTML with the text beside it where `-o` names a file of HTML
    Mail,
    /// a folder of tables
    Tables(TableFormat),
}

/// What to export, and where.
#[derive(Debug, Clone)]
pub(crate) struct ExportJob {
    pub(crate) kind: ExportKind,
    pub(crate) choice: Choice,
    pub(crate) out: Option<PathBuf>,
    /// replaces files
    pub(crate) force: bool,
}

/// What was exported.
#[derive(Debug)]
pub(crate) struct Exported {
    /// 示范工人报 2025年3月18日
    pub(crate) title: String,
    pub(crate) articles: usize,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) imported: ImportReport,
    /// findings about the site
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Imports, loads and plans the site at `root`, and writes what the job names.
///
/// # Errors
/// As a build; a name that the site does not have; no article; a file that may not be replaced.
pub(crate) fn export(root: &Path, job: &ExportJob, options: &BuildOptions) -> Result<Exported> {
    let planned = Builder::new(root).plan(options)?;
    let renderer = Renderer::new(&planned.site, &planned.templates);
    let cards = Cards::of(&planned.site);
    let selection = match job.kind {
        ExportKind::Tables(_) if job.choice.is_empty() => Selection::default(),
        _ => selection(cards, &job.choice)?,
    };
    let files = files(root, job, &selection.file_name(cards));
    files.iter().try_for_each(|file| check(root, file, job.force))?;
    let articles = match job.kind {
        ExportKind::Epub | ExportKind::Print => {
            write_book(&planned.article_files, job, &renderer, &selection, &files[0])?
        }
        ExportKind::Mail => write_mail(Mail::new(&renderer, &selection)?, &files)?,
        ExportKind::Tables(format) => {
            write_tables(&planned, &selection.articles(cards, Order::Reading), format, &files)?
        }
    };
    let title = selection.title(cards).join(" ").trim().to_owned();
    let mut diagnostics = planned.diagnostics;
    diagnostics
        .extend(links_nowhere(&planned.site.config.base_url).filter(|_| !matches!(job.kind, ExportKind::Tables(_))));
    Ok(Exported { title, articles, files, imported: planned.imported, diagnostics })
}

/// A finding where readers of an export cannot follow its links to the site.
fn links_nowhere(base_url: &str) -> Option<Diagnostic> {
    let message = match base_url {
        "" => message!("there are no links to the articles, since the address of the site is not known"),
        EXAMPLE_BASE_URL => message!("links to the articles lead to {base_url}, the address of the example", base_url),
        _ => return None,
    };
    let hint = message!("write the address of your site as base_url in site.toml, or give it with --base-url");
    Some(Diagnostic::new(Code::LinksNowhere, message).hint(hint))
}

/// The files that a job writes: one, or the two parts of a mail.
fn files(root: &Path, job: &ExportJob, name: &str) -> Vec<PathBuf> {
    let file = |ending: &str| destination(root, job.out.as_deref(), &format!("{name}.{ending}"));
    match job.kind {
        ExportKind::Epub => vec![file("epub")],
        ExportKind::Print => vec![file("html")],
        ExportKind::Mail => {
            let file = file("eml");
            let text =
                file.extension().is_some_and(|it| it == "html" || it == "htm").then(|| file.with_extension("txt"));
            [file].into_iter().chain(text).collect()
        }
        ExportKind::Tables(format) => {
            let folder = destination(root, job.out.as_deref(), name);
            TABLES.iter().map(|table| folder.join(format!("{}.{}", table.name, format.extension()))).collect()
        }
    }
}

fn write_book(
    articles: &ArticleFiles,
    job: &ExportJob,
    renderer: &Renderer<'_>,
    selection: &Selection,
    path: &Path,
) -> Result<usize> {
    let volume = Volume::new(Cards::of(renderer.site), selection);
    let texts = |file: &str| read_text(articles, &renderer.site.config, file).map(|(text, _)| text);
    let mut file = StagedFile::create(path)?;
    let mut put = |bytes: &[u8]| file.write(bytes);
    match job.kind {
        ExportKind::Epub => epub::write(renderer, &volume, &texts, &mut put)?,
        _ => print::write(renderer, &volume, &texts, &mut put)?,
    }
    file.persist()?;
    Ok(volume.len())
}

/// Writes a mail as one file, or its HTML and its text.
fn write_mail(mail: Mail, files: &[PathBuf]) -> Result<usize> {
    let articles = mail.articles;
    let parts = match files {
        [_] => vec![mail.into_message()],
        _ => vec![mail.html, mail.text],
    };
    for (path, bytes) in files.iter().zip(parts) {
        let mut file = StagedFile::create(path)?;
        file.write(&bytes)?;
        file.persist()?;
    }
    Ok(articles)
}
