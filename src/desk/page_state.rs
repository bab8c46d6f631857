//! A page at the desk: what import found on it, what a person corrected, and what an action makes of that.

use crate::config::settings::Config;
use crate::content::article::Article;
use crate::content::page_name::stem_of;
use crate::desk::edit::action::{Action, MastheadChange};
use crate::desk::edit::arrangement::{Arrangement, Refused};
use crate::desk::edit::corrections::corrections_for;
use crate::desk::edit::file_edit::FileEdit;
use crate::desk::edit::text_correction::text_correction;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::import::article::assemble::Draft;
use crate::import::page::lines::Page;
use crate::import::page_import::{PageImport, UnnamedArticle, import_linked};
use crate::import::page_metadata::PageMetadata;
use crate::import::sidecar::corrections::{Sidecar, TextCorrection};
use crate::import::sidecar::emit::{comments_of, emit_sidecar};
use crate::import::sidecar::parse::parse_sidecar;
use crate::pipeline::import::open::UncorrectedPage;
use crate::theme::classify::{ArticleText, Classifier};
use crate::util::digest::Digest;
use std::sync::Arc;

/// What all pages of a site are imported with.
#[derive(Debug)]
pub(crate) struct DeskSettings {
    pub(crate) config: Config,
    pub(crate) classifier: Classifier,
    /// of site.toml
    pub(crate) digest: Digest,
}

impl DeskSettings {
    /// The ids of the themes that an article is filed under.
    pub(crate) fn themes(&self, draft: &Draft) -> Vec<String> {
        self.classifier.theme_ids_of(&ArticleText::of_draft(&draft.front, &draft.text))
    }
}

/// A page with its corrections.
#[derive(Debug)]
pub(crate) struct PageState {
    pub(crate) settings: Arc<DeskSettings>,
    pub(crate) uncorrected: Arc<UncorrectedPage>,
    /// none where there is no such file
    pub(crate) sidecar_text: Option<String>,
    pub(crate) sidecar: Sidecar,
    pub(crate) sidecar_findings: Vec<Diagnostic>,
    pub(crate) import: PageImport,
}

/// A theme that an article is filed under.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FiledTheme {
    pub(crate) id: String,
    /// by a person
    pub(crate) is_set: bool,
    /// 0.5 where the score just files it, 1 from twice that score
    pub(crate) sure: f64,
    /// the terms that weigh most
    pub(crate) evidence: Vec<String>,
}

/// Terms that are named as evidence.
const TERMS: usize = 6;

/// The sidecar of a page, below the site's root.
pub(crate) fn sidecar_path(page: &str) -> String {
    format!("{}.toml", stem_of(page))
}

impl PageState {
    /// The page with the corrections of a sidecar's text.
    pub(crate) fn new(
        settings: Arc<DeskSettings>,
        uncorrected: Arc<UncorrectedPage>,
        sidecar_text: Option<String>,
    ) -> Self {
        let name = sidecar_path(&uncorrected.source.name);
        let parsed =
            sidecar_text.as_deref().map(|text| parse_sidecar(&Source::new(name, text), &settings.config.theme_ids()));
        let (sidecar, sidecar_findings) = parsed.unwrap_or_default();
        let metadata = PageMetadata { sidecar: sidecar.clone(), ..uncorrected.metadata.clone() };
        let linked = uncorrected.linked.clone();
        let import = import_linked(&uncorrected.source, linked, &metadata, |draft| settings.themes(draft));
        Self { settings, uncorrected, sidecar_text, sidecar, sidecar_findings, import }
    }

    pub(crate) fn name(&self) -> &str {
        &self.uncorrected.source.name
    }

    /// The lines as they are printed.
    pub(crate) fn printed(&self) -> &Page {
        &self.uncorrected.linked.page
    }

    /// Differs where the page, its sidecar or the settings do.
    pub(crate) fn version(&self) -> String {
        let text = Digest::of_bytes(self.uncorrected.source.text.as_bytes());
        Digest::of(&(text, &self.sidecar_text, self.settings.digest)).to_string()
    }

    /// A fingerprint of the page's outcome: the role and the article of each line, and all articles.
    pub(crate) fn outcome(&self) -> String {
        let lines = self.import.partition.lines.iter().map(|line| (line.role, line.article)).collect::<Vec<_>>();
        let articles = &self.import.articles;
        let articles: Vec<_> = articles.iter().map(|it| (format!("{:?}", it.front), &it.byline, &it.body)).collect();
        Digest::of(&(lines, articles)).to_string()
    }

    /// The themes that an article is filed under, with what in its text speaks for them.
    pub(crate) fn filed_themes(&self, article: usize) -> Vec<FiledTheme> {
        let DeskSettings { config, classifier, .. } = &*self.settings;
        let UnnamedArticle { front, body, .. } = &self.import.articles[article];
        let is_set = self.import.overrides.merged_front_matter(article).themes.is_some();
        let found = classifier.classify(&ArticleText::of_draft(front, body));
        let filed = |id: &String| {
            let score = found.assigned.iter().chain(&found.rejected).find(|theme| theme.id == *id);
            let value = score.map_or(0.0, |theme| theme.score.max(0.0));
            let evidence = score.into_iter().flat_map(|theme| &theme.evidence).map(|it| it.term.clone());
            let sure = (value / (2.0 * config.filing.threshold)).min(1.0);
            FiledTheme { id: id.clone(), is_set, sure, evidence: evidence.take(TERMS).collect() }
        };
        front.themes.iter().map(filed).collect()
    }

    /// The text of the sidecar after an action; `None` inside where no correction is left.
    ///
    /// # Errors
    /// The action cannot be done, or cannot be said as corrections.
    pub(crate) fn sidecar_after(&self, action: &Action) -> Result<Option<String>, Rejection> {
        if self.has_unfit_corrections() {
            return Err(Rejection::UnfitCorrections);
        }
        self.emit(&self.corrected_by(action)?)
    }

    /// The text of the sidecar that says what a person changed in the file of an article, as far as corrections can.
    ///
    /// # Errors
    /// The sidecar has mistakes, or corrections can say nothing of it.
    pub(crate) fn sidecar_adopting(&self, article: usize, edited: &Article) -> Result<Option<String>, Rejection> {
        if self.has_unfit_corrections() {
            return Err(Rejection::UnfitCorrections);
        }
        let edit = FileEdit::of(&self.import, article, edited);
        let mut arrangement = Arrangement::of(&self.import);
        let changed = arrangement.change(|arrangement| edit.arrange(article, arrangement));
        let mut sidecar = match changed {
            Ok(()) => corrections_for(&self.uncorrected.linked, &arrangement, &self.sidecar),
            Err(Refused::Nothing) => Some(self.sidecar.clone()),
            Err(refused) => return Err(refused.into()),
        }
        .ok_or(Rejection::CannotBeSaid)?;
        for (line, text) in &edit.texts {
            self.correct_line(&mut sidecar, *line, text)?;
        }
        self.emit(&sidecar)
    }

    /// The text of a sidecar that parses to the same.
    fn emit(&self, sidecar: &Sidecar) -> Result<Option<String>, Rejection> {
        let comments = self.sidecar_text.as_deref().map(comments_of).unwrap_or_default();
        let text = emit_sidecar(sidecar, &comments);
        let (again, findings) = parse_sidecar(&Source::new("", text.as_str()), &self.settings.config.theme_ids());
        if !findings.is_empty() || emit_sidecar(&again, &comments) != text {
            return Err(Rejection::CannotBeSaid);
        }
        Ok((!text.trim().is_empty()).then_some(text))
    }

    /// Whether the sidecar has corrections that cannot be followed: written anew it would lack them.
    fn has_unfit_corrections(&self) -> bool {
        let sidecar = sidecar_path(self.name());
        let is_of_sidecar = |finding: &Diagnostic| finding.location.as_ref().is_some_and(|at| at.file == sidecar);
        !self.sidecar_findings.is_empty() || self.import.diagnostics.iter().any(is_of_sidecar)
    }

    fn corrected_by(&self, action: &Action) -> Result<Sidecar, Rejection> {
        match action {
            Action::Masthead { set } => Ok(with_masthead(self.sidecar.clone(), set)),
            Action::Text { line, text } => self.with_text(*line, text.trim()),
            _ => {
                let mut arrangement = Arrangement::of(&self.import);
                arrangement.change(|arrangement| follow(arrangement, action))?;
                let corrections = corrections_for(&self.uncorrected.linked, &arrangement, &self.sidecar);
                corrections.ok_or(Rejection::CannotBeSaid)
            }
        }
    }

    /// The sidecar with a line that should read as `text`.
    fn with_text(&self, line: usize, text: &str) -> Result<Sidecar, Rejection> {
        let known = self.import.page.lines.get(line).ok_or(Refused::Unknown)?;
        if text.is_empty() || text.chars().any(char::is_control) || text == known.text {
            return Err(Refused::Nothing.into());
        }
        let mut sidecar = self.sidecar.clone();
        self.correct_line(&mut sidecar, line, text)?;
        Ok(sidecar)
    }

    /// Has a sidecar say how a line should read.
    fn correct_line(&self, sidecar: &mut Sidecar, line: usize, text: &str) -> Result<(), Rejection> {
        let is_of_line =
            |correction: &TextCorrection| correction.line.ranges.line_indexes(self.printed()).0.contains(&line);
        sidecar.text.retain(|correction| !is_of_line(correction));
        if text != self.printed().lines[line].text {
            sidecar.text.push(text_correction(self.printed(), line, text).ok_or(Rejection::CannotBeSaid)?);
        }
        Ok(())
    }
}

/// Why an action is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejection {
    Refused(Refused),
    /// line numbers cannot say it
    CannotBeSaid,
    /// the sidecar has mistakes, which have to be mended by hand first
    UnfitCorrections,
    /// the file of an article is none, or is made from several pages
    UnfitFile,
}

impl From<Refused> for Rejection {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

fn follow(arrangement: &mut Arrangement, action: &Action) -> Result<(), Refused> {
    match action {
        Action::Role { lines, role } => arrangement.set_role(lines, *role),
        Action::New { lines } => arrangement.begin_article(lines),
        Action::Split { lines } => arrangement.split_off(lines),
        Action::Merge { article } => arrangement.merge_with_previous(*article),
        Action::Move { lines, to } => arrangement.move_to(lines, *to),
        Action::Order { lines, by } => arrangement.reorder(lines, *by),
        Action::Front { article, set } => arrangement.set_front(*article, set.clone()),
        Action::Masthead { .. } | Action::Text { .. } => Err(Refused::Nothing),
    }
}

fn with_masthead(mut sidecar: Sidecar, set: &MastheadChange) -> Sidecar {
    sidecar.date = set.date.unwrap_or(sidecar.date);
    sidecar.paper = set.paper.clone().unwrap_or(sidecar.paper).filter(|paper| !paper.trim().is_empty());
    sidecar.issue = set.issue.unwrap_or(sidecar.issue);
    sidecar.page = set.page.unwrap_or(sidecar.page);
    sidecar
}
