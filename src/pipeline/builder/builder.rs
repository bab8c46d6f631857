//! The entry point of the pipeline: builds a site into a folder or into memory.

use crate::config::year_shard::YearShard;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file;
use crate::io::output::sink::{MemorySink, Sink};
use crate::message;
use crate::pipeline::build::facsimiles::facsimile_files;
use crate::pipeline::build::folder::{BuildReport, build};
use crate::pipeline::build::plan::{PlannedSite, plan, site_settings};
use crate::pipeline::build::static_files::StaticFile;
use crate::pipeline::incremental::cache::Cache;
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::load::text::read_text;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::shards::join::join;
use crate::pipeline::shards::run::{build_all, build_one};
use crate::project::{SETTINGS, STATICS};
use crate::render::renderer::Renderer;
use crate::search::index;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is built of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildScope {
    /// all of it
    All,
    /// the articles of one shard
    Shard(YearShard),
    /// what joins the shards that were built
    Join,
}

/// Builds the site in a folder.
///
/// ```
/// use wenzhai::pipeline::builder::builder::Builder;
/// use wenzhai::pipeline::options::BuildOptions;
///
/// # let home = tempfile::tempdir().unwrap();
/// # let root = home.path();
/// std::fs::create_dir_all(root.join("content/articles")).unwrap();
/// std::fs::write(root.join("site.toml"), "title = \"文摘\"\n").unwrap();
/// let article = "+++\ntitle = \"驿站\"\ndate = 2025-02-25\n+++\n\n司机有了歇脚的地方。\n";
/// std::fs::write(root.join("content/articles/station.md"), article).unwrap();
///
/// // into memory: path → bytes
/// let builder = Builder::new(root);
/// let mut planned = builder.plan(&BuildOptions::default()).unwrap();
/// let files = builder.render_to_memory(&mut planned).unwrap();
/// assert!(planned.diagnostics.is_empty());
/// assert!(files.contains_key("index.html"));
///
/// // into a folder
/// let report = builder.build(&BuildOptions::default(), &root.join("public")).unwrap();
/// assert!(report.diagnostics.is_empty());
/// assert_eq!(report.written.written, files.len());
/// assert_eq!(std::fs::read(root.join("public/index.html")).unwrap(), files["index.html"]);
/// ```
#[derive(Debug)]
pub struct Builder {
    root: PathBuf,
}

impl Builder {
    /// Builds the site whose `site.toml` is in the folder `root`.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Imports, loads and plans the site: everything but rendering.
    ///
    /// # Errors
    /// A configuration error from site.toml; a failure where the content folder is missing or the disk refuses to write.
    pub fn plan(&self, options: &BuildOptions) -> Result<PlannedSite> {
        let config = site_settings(&self.root, options)?;
        let survey = Survey::of(&self.root, &config.content.tables, StampTrust::Nothing);
        let later = |_| StampTrust::Nothing;
        let (mut planned, _) = plan(&self.root, config, options, survey, &mut Cache::default(), None, later)?;
        planned.diagnostics.append(&mut planned.unused);
        Ok(planned)
    }

    /// Builds the site into the folder `out`. Files that are up to date stay; other files that wenzhai wrote are removed.
    ///
    /// # Errors
    /// As [`Self::plan`].
    pub fn build(&self, options: &BuildOptions, out: &Path) -> Result<BuildReport> {
        self.build_scope(options, out, BuildScope::All)
    }

    /// Builds the site, a shard of it, or what joins its shards into the folder `out`.
    ///
    /// # Errors
    /// As [`Self::plan`]; a configuration error where the site has no shards; `not-joinable` where they cannot be joined.
    pub fn build_scope(&self, options: &BuildOptions, out: &Path, scope: BuildScope) -> Result<BuildReport> {
        let has_shards = site_settings(&self.root, options)?.content.shards.is_some();
        match scope {
            BuildScope::All if has_shards => build_all(&self.root, options, out),
            BuildScope::All => build(&self.root, options, out),
            BuildScope::Shard(_) | BuildScope::Join if !has_shards => Err(no_shards()),
            BuildScope::Shard(shard) => build_one(&self.root, options, out, shard),
            BuildScope::Join => join(&self.root, options, out),
        }
    }

    /// Renders a planned site into memory: path → bytes. Diagnostics are added to those of the site.
    ///
    /// # Errors
    /// A file's path that no output folder can have.
    pub fn render_to_memory(&self, planned: &mut PlannedSite) -> Result<BTreeMap<String, Vec<u8>>> {
        let sink = MemorySink::default();
        for (name, file) in &planned.statics {
            match file {
                StaticFile::Builtin(text) => sink.put(name, text.as_bytes()).map(drop)?,
                StaticFile::Own(_) => match file::read(&self.root.join(STATICS), name) {
                    Ok(bytes) => sink.put(name, &bytes).map(drop)?,
                    Err(diagnostic) => planned.diagnostics.push(diagnostic),
                },
            }
        }
        let texts = |file: &str| read_text(&planned.article_files, &planned.site.config, file).map(|(text, _)| text);
        let put = |path: &str, bytes: Vec<u8>| sink.put(path, &bytes).map(drop);
        let diagnostics = Renderer::new(&planned.site, &planned.templates).all(&texts, &put)?;
        index::write(&planned.site, &texts, &put)?;
        for (path, cached) in facsimile_files(&planned.site) {
            file::read(&self.root, &cached).map_or(Ok(()), |bytes| sink.put(&path, &bytes).map(drop))?;
        }
        planned.diagnostics.extend(diagnostics);
        Ok(sink.into_files())
    }
}

fn no_shards() -> Error {
    let message = message!("this site is not divided into shards");
    let hint = message!("[content] shards = \"years\" in site.toml makes a shard of each year");
    Error::configuration(Diagnostic::new(Code::NoShards, message).in_file(SETTINGS).hint(hint))
}
