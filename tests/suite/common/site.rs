//! A site in a temporary folder, and runs of the program on it.

use crate::common::files::{Files, crate_path, read_files, without_hidden, write_files};
use crate::common::ledger::{LedgerLine, parse_ledger};
use crate::common::process::program;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A page of two articles that import reads without doubt.
pub(crate) const PAGE: &str = "\
示范工人报

2025年3月18日 星期二 第8126期 1版

货车司机有了歇脚的驿站

本报记者 凌霄

三月以来，云泊市总工会在国道沿线建起了十二个货车司机驿站，夏天有凉茶，冬天有热水，司机们都说好。

驿站里有床、有饭、有淋浴，还有人帮忙看车。跑了二十年长途的老司机说，这样的地方从前想都不敢想。

技师把三十年手艺写成口袋书

本报记者 麦田

退休前的最后一个月，东湖泵业的高级技师邹明月做了一件事：把三十年修泵的窍门写成一本口袋书，发给每个徒弟。

徒弟们说，师傅的书比说明书好懂。厂里把它当成了培训教材，新来的工人人手一本，考级的时候也用得上。
";

/// Settings with two themes, each of which files one article of [`PAGE`].
pub(crate) const SETTINGS: &str = "\
title = \"试验文摘\"
base_url = \"https://example.org/digest/\"

[[papers]]
name = \"示范工人报\"
slug = \"sfgrb\"

[[themes]]
id = \"工匠\"
slug = \"craft\"
[themes.terms]
\"技师\" = 3.0
\"手艺\" = 3.0

[[themes]]
id = \"工会服务\"
slug = \"union\"
[themes.terms]
\"驿站\" = 3.0
\"总工会\" = 3.0
";

/// The `base_url` of [`SETTINGS`].
pub(crate) const BASE_URL: &str = "https://example.org/digest/";

/// An article as a person would write it; `front` are further lines of front matter.
pub(crate) fn article(title: &str, front: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nauthors = []\n{front}+++\n\n{body}\n")
}

/// A site in a temporary folder, which is removed when the test ends.
#[derive(Debug)]
pub(crate) struct Site {
    dir: TempDir,
}

impl Site {
    /// A folder that is no site yet.
    pub(crate) fn empty_folder() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// Settings and the folder of pages, without content.
    pub(crate) fn with_settings() -> Self {
        let site = Self::empty_folder();
        site.write("site.toml", SETTINGS);
        fs::create_dir_all(site.path("content/pages")).unwrap();
        site
    }

    /// Settings and one page of two articles.
    pub(crate) fn with_page() -> Self {
        let site = Self::with_settings();
        site.write("content/pages/a.txt", PAGE);
        site
    }

    /// As [`Self::with_page`], on a disk in memory where there is one: for a test that builds hundreds of times.
    pub(crate) fn with_page_in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let site = Self { dir: dir.unwrap() };
        site.write("site.toml", SETTINGS);
        site.write("content/pages/a.txt", PAGE);
        site
    }

    /// A copy of a folder.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let site = Self::empty_folder();
        write_files(site.root(), &read_files(folder));
        site
    }

    /// A copy of `tests/site`, the small site whose output is expected byte for byte.
    pub(crate) fn fixture() -> Self {
        let site = Self::copy_of(&crate_path("tests/site"));
        fs::remove_dir_all(site.path("expected")).unwrap();
        site
    }

    /// As [`Self::fixture`], with further settings and built.
    pub(crate) fn built_fixture(settings: &str) -> Self {
        let site = Self::fixture();
        site.add_settings(settings);
        site.build();
        site
    }

    pub(crate) fn root(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Puts settings at the head of `site.toml`, before its first table.
    pub(crate) fn add_settings(&self, settings: &str) {
        self.write("site.toml", format!("{settings}\n{}", self.read("site.toml")));
    }

    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    /// Replaces the first occurrence of a text in a file, which has to contain it.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{from:?} is not in {name}:\n{text}");
        self.write(name, text.replacen(from, to, 1));
    }

    /// The program, to be run in the site's folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program();
        command.current_dir(self.root()).env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1").args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> RunResult {
        RunResult::from_output(self.command(args).output().unwrap())
    }

    /// Builds, which has to succeed.
    #[track_caller]
    pub(crate) fn build(&self) -> RunResult {
        self.run(&["build"]).expect_exit(0, &[])
    }

    /// The generated site, without the program's own hidden files.
    pub(crate) fn public(&self) -> Files {
        without_hidden(read_files(&self.path("public")))
    }

    /// The article files, below `content/articles`.
    pub(crate) fn articles(&self) -> Files {
        without_hidden(read_files(&self.path("content/articles")))
    }

    /// The only article file whose text contains `part`.
    #[track_caller]
    pub(crate) fn article_with(&self, part: &str) -> String {
        let articles = self.articles();
        let found = articles.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(part));
        let found: Vec<_> = found.map(|(name, _)| format!("content/articles/{name}")).collect();
        assert_eq!(found.len(), 1, "{part} is in {found:?} of {:?}", articles.keys());
        found[0].clone()
    }

    /// The ledger that `import --report ledger.jsonl` wrote.
    #[track_caller]
    pub(crate) fn ledger(&self) -> Vec<LedgerLine> {
        parse_ledger(&self.read("ledger.jsonl"))
    }
}

/// How a run of the program ended, and what it printed.
#[derive(Debug)]
pub(crate) struct RunResult {
    /// exit code; -1 where a signal ended the program
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl RunResult {
    pub(crate) fn from_output(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        let result =
            Self { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) };
        assert!(!result.stderr.contains("panicked"), "{}", result.stderr);
        result
    }

    /// Fails unless the program ended with this exit code and printed each of these texts.
    #[track_caller]
    pub(crate) fn expect_exit(self, code: i32, printed: &[&str]) -> Self {
        let Self { stdout, stderr, .. } = &self;
        assert_eq!(self.code, code, "{stdout}{stderr}");
        for part in printed {
            assert!(stderr.contains(part) || stdout.contains(part), "{part:?} is not in:\n{stdout}{stderr}");
        }
        self
    }

    /// Fails where the program printed this text.
    #[track_caller]
    pub(crate) fn expect_without(self, part: &str) -> Self {
        let Self { stdout, stderr, .. } = &self;
        assert!(!stderr.contains(part) && !stdout.contains(part), "{part:?} is in:\n{stdout}{stderr}");
        self
    }
}
