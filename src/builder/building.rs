//! Library → site → files.
//!
//! 1. settings; 2. import what is new; 3. read the content; 4. shelve and plan; 5. load templates and static files;
//! 6. render every page into a sink
//!
//! What is wrong with content is a finding and the rest is built; the command then ends with 1.

use crate::base::error::{Error, Result};
use crate::base::note::Note;
use crate::builder::importing::import;
use crate::builder::job::{Imported, Job, pages_in};
use crate::builder::locating::located;
use crate::builder::origins::origins;
use crate::builder::project::{ARTICLES, CONTENT, PAGES, STATICS, TEMPLATES, settings, shown};
use crate::builder::shelving::{Shelving, body};
use crate::builtin;
use crate::config::Config;
use crate::edge::folder::{FolderSink, Written};
use crate::edge::progress::{Progress, Stage};
use crate::edge::sink::{MemorySink, Sink};
use crate::edge::{disk, walk};
use crate::library::shelves::Library;
use crate::render::press::Press;
use crate::render::templates::Templates;
use crate::search::index;
use crate::site::plan::Site;
use crate::site::shards::Shards;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is asked of a build.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// in the place of site.toml's
    pub base_url: Option<String>,
    pub drafts: bool,
    /// leave `content/pages/` alone
    pub no_import: bool,
    /// import every page again, also those that have not changed
    pub full: bool,
    /// who is told how far the work has come
    pub progress: Progress,
}

/// A site, ready to be rendered.
#[derive(Debug)]
pub struct Ready {
    pub site: Site,
    pub templates: Templates,
    /// path below `static/` → where its bytes are
    pub statics: BTreeMap<String, Static>,
    pub imported: Imported,
    pub notes: Vec<Note>,
    progress: Progress,
}

/// A static file: the site's own, or one that is built in.
#[derive(Debug, Clone)]
pub enum Static {
    Own(PathBuf),
    Builtin(&'static str),
}

/// Builds a site, again and again: what has not changed is not read anew.
#[derive(Debug)]
pub struct Builder {
    root: PathBuf,
    shelving: Shelving,
}

impl Builder {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), shelving: Shelving::default() }
    }

    /// Does everything but render.
    ///
    /// # Errors
    /// A configuration error from site.toml; a failure where the content folder is missing or the disk refuses.
    pub fn prepare(&mut self, options: &Options) -> Result<Ready> {
        let mut config = settings(&self.root)?;
        if let Some(url) = &options.base_url {
            config = config.at_base_url(url)?;
        }
        self.demand_content()?;
        let imported = if options.no_import { Imported::default() } else { self.import(&config, options)? };
        let content = self.shelving.read(&self.root, &config, options.drafts, options.progress);
        let stage = options.progress.stage("plan", "articles", content.entries.len());
        stage.more(content.entries.len());
        let library = Library::shelve(content.entries, &config.themes);
        let (statics, mut notes) = self.statics();
        let names: Vec<String> = statics.keys().cloned().collect();
        let (mut site, findings) = Site::plan(config, library, content.plains, &names);
        site.origins = origins(&self.root);
        notes.extend(content.notes);
        notes.extend(findings.into_iter().map(|note| located(&self.root, note)));
        drop(stage);
        let (templates, findings) = self.templates();
        notes.extend(findings);
        Ok(Ready { site, templates, statics, imported, notes, progress: options.progress })
    }

    /// Without its content, a site would come out empty: better to stop.
    fn demand_content(&self) -> Result<()> {
        if disk::exists(&self.root.join(CONTENT)) {
            return Ok(());
        }
        let note = Note::error("no-content", format!("there is no folder {CONTENT}/ in {}", shown(&self.root)));
        Err(Error::failure(note.hint("source pages belong into content/pages/, plain pages into content/")))
    }

    fn import(&self, config: &Config, options: &Options) -> Result<Imported> {
        let (pages, notes) = pages_in(&self.root, PAGES);
        let job = Job {
            root: self.root.clone(),
            pages,
            into: self.root.join(ARTICLES),
            into_shown: format!("{ARTICLES}/"),
            date: None,
            paper: None,
            page: None,
            // an article that a person took out stays out, however often the site is built
            again: false,
            unchanged_too: options.full,
            dry_run: false,
            ledger: false,
            progress: options.progress,
        };
        let mut imported = import(&job, config, &mut |_| Ok(()))?;
        imported.notes.extend(notes);
        Ok(imported)
    }

    fn statics(&self) -> (BTreeMap<String, Static>, Vec<Note>) {
        let (own, notes) = walk::list(&self.root, STATICS, &[]);
        let mut statics: BTreeMap<String, Static> =
            builtin::STATICS.iter().map(|&(name, text)| (name.to_owned(), Static::Builtin(text))).collect();
        for file in own {
            let name = file.path.strip_prefix(&format!("{STATICS}/")).unwrap_or(&file.path).to_owned();
            statics.insert(name, Static::Own(self.root.join(&file.path)));
        }
        (statics, notes)
    }

    fn templates(&self) -> (Templates, Vec<Note>) {
        let (files, mut notes) = walk::list(&self.root, TEMPLATES, &[]);
        let mut own = Vec::new();
        for file in files {
            match disk::read_source(&self.root, &file.path) {
                Ok(source) => {
                    let name = file.path.strip_prefix(&format!("{TEMPLATES}/")).unwrap_or(&file.path);
                    own.push((name.to_owned(), source.text));
                }
                Err(note) => notes.push(note),
            }
        }
        let (templates, findings) = Templates::load(&own);
        notes.extend(findings);
        (templates, notes)
    }

    /// Renders everything into a folder, which then holds the site and nothing else of ours.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn render_to_folder(&self, ready: &mut Ready, out: &Path) -> Result<Written> {
        let sink = FolderSink::open(out, ready.site.planned())?;
        self.render(ready, &sink)?;
        sink.finish()
    }

    /// Renders everything into memory: path → bytes.
    ///
    /// # Errors
    /// As [`Builder::render_to_folder`].
    pub fn render_to_memory(&self, ready: &mut Ready) -> Result<BTreeMap<String, Vec<u8>>> {
        let sink = MemorySink::default();
        self.render(ready, &sink)?;
        Ok(sink.into_files())
    }

    fn render(&self, ready: &mut Ready, sink: &dyn Sink) -> Result<()> {
        for (name, file) in &ready.statics {
            match file {
                Static::Builtin(text) => drop(sink.put(name, text.as_bytes())?),
                Static::Own(_) => match disk::read(&self.root.join(STATICS), name) {
                    Ok(bytes) => drop(sink.put(name, &bytes)?),
                    Err(note) => ready.notes.push(note),
                },
            }
        }
        let press = Press::new(&ready.site, &ready.templates);
        let bodies = |file: &str| body(&self.root, file);
        let put = |stage: &Stage, path: &str, bytes: &[u8]| {
            stage.one();
            stage.bytes(bytes.len());
            sink.put(path, bytes).map(drop)
        };
        let stage = ready.progress.stage("render", "pages", ready.site.pages.len());
        let findings = press.all(&bodies, &|path, bytes| put(&stage, path, &bytes))?;
        drop(stage);
        let files = ready.site.shards.iter().flat_map(Shards::files).count();
        let stage = ready.progress.stage("index", "files", files);
        index::write(&ready.site, &bodies, &|path, bytes| put(&stage, path, &bytes))?;
        drop(stage);
        ready.notes.extend(findings);
        Ok(())
    }
}
