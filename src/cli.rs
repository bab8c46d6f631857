//! The command line: one table.
//!
//! Arguments as they are typed are turned into what the commands ask for, and nothing more is decided here.

use crate::commands::build;
use crate::commands::check;
use crate::commands::import;
use crate::commands::init;
use crate::commands::outcome::Outcome;
use crate::commands::publish;
use crate::commands::serve;
use crate::commands::themes;
use crate::diagnostics::error::Result;
use crate::io::progress::Progress;
use crate::pipeline::options::BuildOptions;
use crate::publish::plan::guard::{DEFAULT_MAX_DELETES, SafetyLimits};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// wenzhai 文摘: newspaper pages in, a themed digest site out.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done; 1 findings or failure, all named; 2 usage or configuration."
)]
pub struct Cli {
    /// The site's folder: the one that holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    root: PathBuf,
    /// Tell the time and count of each stage
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import what is new, then render the site to public/
    Build(BuildArgs),
    /// Take newspaper pages apart into article files
    Import(ImportArgs),
    /// Say how articles are filed under themes, and why
    Themes(ThemesArgs),
    /// Serve a live preview
    Serve(ServeArgs),
    /// Send what was built to where its readers are
    Publish(PublishArgs),
    /// Look for what is wrong with content and themes
    Check,
    /// Begin a new site
    Init {
        /// A folder that holds no site yet; with --ci also one that does, such as the current one, which is meant where
        /// none is named
        #[arg(required_unless_present = "ci")]
        dir: Option<PathBuf>,
        /// Write a workflow that builds and publishes at every push and each night
        #[arg(long, value_name = "HOST")]
        ci: Option<Ci>,
    },
}

/// Whose workflows are known.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ci {
    Github,
}

#[derive(Debug, Args)]
struct BuildArgs {
    /// Where the site goes, instead of public/
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where the site will stand, instead of site.toml's base_url
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Leave the source pages alone
    #[arg(long)]
    no_import: bool,
    /// Import every page again, also those that have not changed
    #[arg(long)]
    full: bool,
    /// A JSON line on standard output for each stage, and one for the whole
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// Pages, or folders of pages; all of content/pages/ where none is named
    #[arg(value_name = "PAGE|DIR")]
    pages: Vec<PathBuf>,
    /// Where the articles go, instead of content/articles/
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The day of pages that print none: 2025-02-25
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// The paper of pages that name none
    #[arg(long, value_name = "NAME")]
    paper: Option<String>,
    /// The page number of pages that print none
    #[arg(long, value_name = "N")]
    page: Option<u32>,
    /// Show each page with its articles marked, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the ledger: what became of every line, a JSON line each
    #[arg(long, value_name = "RECORD_FILE.jsonl")]
    report: Option<PathBuf>,
    /// A JSON line on standard output for each stage
    #[arg(long, conflicts_with = "dry_run")]
    json: bool,
}

#[derive(Debug, Args)]
struct ThemesArgs {
    /// Article files, or any text; all articles of the site where none is named
    files: Vec<PathBuf>,
    /// One JSON line a file
    #[arg(long)]
    json: bool,
    /// Precision, recall and every miss, against labelled articles
    #[arg(long, value_name = "RECORD_FILE.jsonl", conflicts_with_all = ["files", "json"])]
    eval: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ServeArgs {
    #[arg(short, long, default_value_t = 4000)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Open a browser
    #[arg(long)]
    open: bool,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
}

#[derive(Debug, Args)]
struct PublishArgs {
    /// A [publish.NAME] of site.toml; the default or only one where none is named
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// Say what would be sent and removed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Go on where it would stop and ask: many removals, a place of unknown files
    #[arg(long)]
    yes: bool,
    /// Stop where more files than this would be removed
    #[arg(long, value_name = "N", default_value_t = DEFAULT_MAX_DELETES)]
    max_deletes: usize,
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// What stops it.
    pub fn run(self) -> Result<Outcome> {
        let (root, verbose) = (self.root.as_path(), self.verbose);
        match self.command {
            Command::Build(args) => build::run(root, args.out.as_deref(), &args.options(verbose)),
            Command::Import(args) => import::run(root, &args.ask(verbose)),
            Command::Themes(args) => {
                themes::run(root, &themes::Ask { files: args.files, json: args.json, eval: args.eval })
            }
            Command::Serve(args) => {
                let progress = Progress::new(verbose, false);
                let options = BuildOptions { drafts: args.drafts, progress, ..BuildOptions::default() };
                serve::run(root, SocketAddr::new(args.bind, args.port), args.open, &options)
            }
            Command::Publish(args) => publish::run(root, &args.ask(verbose)),
            Command::Check => check::run(root),
            Command::Init { dir, ci } => init::run(dir.as_deref().unwrap_or(root), ci.is_some()),
        }
    }

    /// Reads the arguments.
    ///
    /// # Errors
    /// The text to print, and the exit code: 0 for `--help` and `--version`, 2 for a wrong call.
    pub fn read(args: impl IntoIterator<Item = std::ffi::OsString>) -> std::result::Result<Self, clap::Error> {
        Self::try_parse_from(args)
    }
}

impl BuildArgs {
    fn options(&self, verbose: bool) -> BuildOptions {
        BuildOptions {
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            no_import: self.no_import,
            full: self.full,
            progress: Progress::new(verbose, self.json),
        }
    }
}

impl PublishArgs {
    fn ask(self, verbose: bool) -> publish::Ask {
        let Self { target, dry_run, yes, max_deletes } = self;
        let progress = Progress::new(verbose, false);
        publish::Ask { target, dry_run, allowed: SafetyLimits { yes, max_deletes }, verbose, progress }
    }
}

impl ImportArgs {
    fn ask(self, verbose: bool) -> import::Ask {
        let Self { pages, into, date, paper, page, dry_run, report, json } = self;
        let progress = Progress::new(verbose, json);
        import::Ask { pages, into, date, paper, page, dry_run, report, progress }
    }
}
