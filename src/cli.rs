//! The command line: commands, options and help texts.

use crate::commands::build;
use crate::commands::check;
use crate::commands::desk;
use crate::commands::export;
use crate::commands::import;
use crate::commands::init;
use crate::commands::outcome::Outcome;
use crate::commands::publish;
use crate::commands::serve;
use crate::commands::split;
use crate::commands::themes;
use crate::config::year_shard::YearShard;
use crate::diagnostics::error::Result;
use crate::io::language;
use crate::io::progress::Progress;
use crate::io::terminal;
use crate::pipeline::builder::builder::BuildScope;
use crate::pipeline::export::names::Choice;
use crate::pipeline::export::run::{ExportJob, ExportKind};
use crate::pipeline::export::tables::TableFormat;
use crate::pipeline::options::BuildOptions;
use crate::project::SETTINGS;
use crate::publish::plan::guard::{DEFAULT_MAX_DELETES, SafetyLimits};
use crate::publish::publication::publication::PublicationOptions;
use crate::usage;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::ffi::OsString;
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
    /// Print the time and count of each stage
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Without a command: open the desk of the site in a browser
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import new pages, then render the site to public/
    Build(BuildArgs),
    /// Split newspaper pages into article files
    Import(ImportArgs),
    /// Split the pages of a stream of JSON lines, without a site
    Split(SplitArgs),
    /// File the texts of a stream of JSON lines under themes, without a site
    Classify(StreamArgs),
    /// Show how articles are filed under themes, and why
    Themes(ThemesArgs),
    /// Serve a live preview, with the desk where pages are corrected
    Serve(ServeArgs),
    /// Publish the built site to a target
    Publish(PublishArgs),
    /// Write an issue, a theme or a month as a book, a print or a mail
    Export(ExportArgs),
    /// Check content and themes for mistakes
    Check {
        /// Print a JSON line on standard output for each finding
        #[arg(long)]
        json: bool,
        /// Ask the addresses of other sites that texts link to as well
        #[arg(long)]
        external: bool,
    },
    /// Create a new site
    Init {
        /// A folder without a site; with --ci also one with a site, by default the current folder
        #[arg(required_unless_present = "ci")]
        dir: Option<PathBuf>,
        /// Write a workflow that builds and publishes on every push and every night
        #[arg(long, value_name = "HOST")]
        ci: Option<Ci>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ci {
    Github,
}

#[derive(Debug, Args)]
struct BuildArgs {
    /// The output folder, instead of public/
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address of the published site, instead of base_url in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Import no source pages
    #[arg(long)]
    no_import: bool,
    /// Import every page again, even unchanged ones
    #[arg(long)]
    full: bool,
    /// Build the articles of this year alone, or `undated`: of a site in shards
    #[arg(long, value_name = "YEAR", value_parser = parse_shard, conflicts_with = "join")]
    shard: Option<YearShard>,
    /// Build what joins the shards that were built
    #[arg(long)]
    join: bool,
    /// Print a JSON line on standard output for each stage and one for the whole build
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A line of the input is a JSON object with `text` or `path`, and with `id`, `name`, `paper`, `date`, `page`, `issue`, `sidecar` where they are known.\n\
                  A line of the output, in the same order, has `articles`, `ledger`, `doubts` and `findings` of a page, or `error`."
)]
struct SplitArgs {
    #[command(flatten)]
    stream: StreamArgs,
    /// A line for each article instead of each page
    #[arg(long)]
    articles: bool,
    /// Join articles that go on on another page: pages of one paper and day that follow each other are an issue
    #[arg(long)]
    issues: bool,
}

#[derive(Debug, Args)]
struct StreamArgs {
    /// The lines, instead of standard input
    file: Option<PathBuf>,
    /// Work on so many lines at a time; by default one for each processor
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// Pages, or folders of pages; by default all of content/pages/
    #[arg(value_name = "PAGE|DIR")]
    pages: Vec<PathBuf>,
    /// The folder for the articles, instead of content/articles/
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// The date of pages that print none: 2025-02-25
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// The paper of pages that print none
    #[arg(long, value_name = "NAME")]
    paper: Option<String>,
    /// The page number of pages that print none
    #[arg(long, value_name = "N")]
    page: Option<u32>,
    /// Print each page with its articles marked, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Draw each page as SVG: where its lines stand, and what became of them; one file a page where there are several
    #[arg(long, value_name = "FILE.svg", requires = "dry_run")]
    picture: Option<PathBuf>,
    /// Write the ledger: a JSON line for each line of each page with what became of it
    #[arg(long, value_name = "FILE.jsonl")]
    report: Option<PathBuf>,
    /// Print a JSON line on standard output for each stage
    #[arg(long, conflicts_with = "dry_run")]
    json: bool,
}

#[derive(Debug, Args)]
struct ThemesArgs {
    /// Article files, or any text; by default all articles of the site
    files: Vec<PathBuf>,
    /// Print a JSON line for each file
    #[arg(long)]
    json: bool,
    /// Print precision, recall and every miss against labelled articles
    #[arg(long, value_name = "FILE.jsonl", conflicts_with_all = ["files", "json"])]
    eval: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// The port to listen on; 0 for any free one
    #[arg(short, long, default_value_t = 4000)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Open a browser
    #[arg(long)]
    open: bool,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Open the desk to those who have this token, where --bind lets other machines in
    #[arg(long, value_name = "TOKEN")]
    desk_token: Option<String>,
}

#[derive(Debug, Args)]
struct PublishArgs {
    /// A [publish.NAME] of site.toml; if none is named, the one marked as default, or the only one
    #[arg(value_name = "TARGET")]
    target: Option<String>,
    /// Print what would be sent and removed, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Compare every file at the target by its bytes, also those that look as they should
    #[arg(long)]
    verify: bool,
    /// Proceed in spite of many removals, unknown files at the target or errors of the last build
    #[arg(long)]
    yes: bool,
    /// Stop if more files than this would be removed
    #[arg(long, value_name = "N", default_value_t = DEFAULT_MAX_DELETES)]
    max_deletes: usize,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ExportForm {
    /// A book for reading programs: EPUB 3
    Epub,
    /// One HTML file to be printed: cover, contents, articles, sources
    Print,
    /// A mail with headlines, links and excerpts, as HTML and plain text
    Mail,
    /// A folder of tables, all articles unless some are chosen: JSON lines
    Jsonl,
    /// The same tables in Parquet
    #[cfg(feature = "parquet")]
    Parquet,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Without a choice, the newest issue is written. Conditions combine: --theme 工匠 --month 2025-03.\n\
                  Files go to exports/ unless -o names another; an existing file is replaced with --force only."
)]
struct ExportArgs {
    /// What to write
    form: ExportForm,
    /// An issue: 示范工人报/2025-03-18; only a paper: its newest issue; only a day: the issue of that day
    #[arg(long, value_name = "PAPER/DATE", conflicts_with_all = ["paper", "month", "from", "to", "days", "newest"])]
    issue: Option<String>,
    /// The articles of a theme, by its name or slug
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// The articles of a paper, by its name or slug
    #[arg(long, value_name = "NAME")]
    paper: Option<String>,
    /// The articles of a month: 2025-03
    #[arg(long, value_name = "MONTH", value_parser = parse_month, conflicts_with_all = ["from", "to", "days"])]
    month: Option<(i16, i8)>,
    /// The articles from this day on: 2025-03-18
    #[arg(long, value_name = "DATE", conflicts_with = "days")]
    from: Option<Date>,
    /// The articles up to this day
    #[arg(long, value_name = "DATE", conflicts_with = "days")]
    to: Option<Date>,
    /// The articles of so many days, up to the day of the newest article
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    days: Option<u16>,
    /// No more than so many of the newest articles
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    newest: Option<u32>,
    /// The file to write, instead of one in exports/; a mail as FILE.html is two files, with its text in FILE.txt
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long)]
    force: bool,
    /// The address of the published site, instead of base_url in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
    /// Import no source pages
    #[arg(long)]
    no_import: bool,
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// The reason why the command stopped.
    pub fn run(self) -> Result<Outcome> {
        let (root, verbose) = (self.root.as_path(), self.verbose);
        let Some(command) = self.command else { return desk::run(root) };
        match command {
            Command::Build(args) => build::run(root, args.out.as_deref(), &args.options(verbose), args.scope()),
            Command::Import(args) => import::run(root, &args.request(verbose)),
            Command::Split(args) => split::split(root, &args.request()),
            Command::Classify(args) => split::classify(root, &args.request()),
            Command::Themes(args) => {
                themes::run(root, &themes::ThemesRequest { files: args.files, json: args.json, eval: args.eval })
            }
            Command::Serve(args) => {
                let progress = Progress::new(verbose, false);
                let options = BuildOptions { drafts: args.drafts, progress, ..Default::default() };
                serve::run(root, &args.request(), &options)
            }
            Command::Publish(args) => publish::run(root, &args.request(verbose)),
            Command::Export(args) => {
                let options = args.options(verbose);
                export::run(root, &args.job(), &options)
            }
            Command::Check { json, external } => {
                let progress = Progress::new(verbose, false);
                check::run(root, check::CheckRequest { json, external, progress })
            }
            Command::Init { dir, ci } => init::run(dir.as_deref().unwrap_or(root), ci.is_some()),
        }
    }

    /// Parses the arguments; from here on the program speaks the language of the site that they name, or of the terminal.
    ///
    /// # Errors
    /// The text to print, and the exit code: 0 for `--help` and `--version`, 2 for a wrong call.
    pub fn parse_from_args(args: &[OsString]) -> Result<Self, UsageText> {
        let lang = language::preferred(&root_in(args).join(SETTINGS));
        terminal::set_language(lang);
        let mut command = usage::localized(Self::command(), lang);
        let matches = command.try_get_matches_from_mut(args);
        matches.and_then(|matches| Self::from_arg_matches(&matches)).map_err(|error| UsageText {
            text: usage::explanation(&error, lang).unwrap_or_else(|| error.render().ansi().to_string()),
            is_error: error.use_stderr(),
        })
    }
}

/// The folder that `--root` names, before the arguments are known to be right.
fn root_in(args: &[OsString]) -> PathBuf {
    let mut args = args.iter().map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        let named =
            if arg == "--root" { args.next() } else { arg.strip_prefix("--root=").map(|root| root.to_owned().into()) };
        if let Some(root) = named {
            return PathBuf::from(root.into_owned());
        }
    }
    PathBuf::from(".")
}

/// What is printed in place of a command: help, the version, or what is wrong with the call.
#[derive(Debug)]
pub struct UsageText {
    /// with colours
    pub text: String,
    /// the call was wrong
    pub is_error: bool,
}

impl BuildArgs {
    fn scope(&self) -> BuildScope {
        match self.shard {
            Some(shard) => BuildScope::Shard(shard),
            None if self.join => BuildScope::Join,
            None => BuildScope::All,
        }
    }

    fn options(&self, verbose: bool) -> BuildOptions {
        BuildOptions {
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            no_import: self.no_import,
            full: self.full,
            progress: Progress::new(verbose, self.json),
            ..BuildOptions::default()
        }
    }
}

impl ExportArgs {
    fn options(&self, verbose: bool) -> BuildOptions {
        BuildOptions {
            base_url: self.base_url.clone(),
            drafts: self.drafts,
            no_import: self.no_import,
            progress: Progress::new(verbose, false),
            ..BuildOptions::default()
        }
    }

    fn job(self) -> ExportJob {
        let Self { form, issue, theme, paper, month, from, to, days, newest, out, force, .. } = self;
        let kind = match form {
            ExportForm::Epub => ExportKind::Epub,
            ExportForm::Print => ExportKind::Print,
            ExportForm::Mail => ExportKind::Mail,
            ExportForm::Jsonl => ExportKind::Tables(TableFormat::JsonLines),
            #[cfg(feature = "parquet")]
            ExportForm::Parquet => ExportKind::Tables(TableFormat::Parquet),
        };
        let newest = newest.map(|newest| newest as usize);
        ExportJob { kind, choice: Choice { issue, theme, paper, month, from, to, days, newest }, out, force }
    }
}

/// A month such as `2025-03`.
fn parse_month(text: &str) -> Result<(i16, i8), String> {
    let first: Date = format!("{text}-01").parse().map_err(|_| "a month is written as 2025-03".to_owned())?;
    Ok((first.year(), first.month()))
}

/// A shard, such as `2024`.
fn parse_shard(text: &str) -> Result<YearShard, String> {
    text.parse().map_err(|()| "a shard is a year, or undated".to_owned())
}

impl ServeArgs {
    fn request(self) -> serve::ServeRequest {
        let Self { port, bind, open, drafts: _, desk_token } = self;
        let open = open.then_some(serve::Opened::Site);
        serve::ServeRequest { address: SocketAddr::new(bind, port), open, desk_token }
    }
}

impl PublishArgs {
    fn request(self, verbose: bool) -> publish::PublishRequest {
        let Self { target, dry_run, verify, yes, max_deletes } = self;
        let progress = Progress::new(verbose, false);
        let allowed = SafetyLimits { yes, max_deletes };
        publish::PublishRequest { target, verbose, options: PublicationOptions { dry_run, verify, allowed, progress } }
    }
}

impl SplitArgs {
    fn request(self) -> split::StreamRequest {
        let Self { stream, articles, issues } = self;
        split::StreamRequest { articles, issues, ..stream.request() }
    }
}

impl StreamArgs {
    fn request(self) -> split::StreamRequest {
        split::StreamRequest { file: self.file, jobs: self.jobs.unwrap_or(0).into(), ..Default::default() }
    }
}

impl ImportArgs {
    fn request(self, verbose: bool) -> import::ImportRequest {
        let Self { pages, into, date, paper, page, dry_run, picture, report, json } = self;
        let progress = Progress::new(verbose, json);
        import::ImportRequest { pages, into, date, paper, page, dry_run, picture, report, progress }
    }
}
