//! What the stories share: a site in a temporary folder, the program run on it, and what it left behind.

pub(crate) mod publishing;

use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// Path below a folder, with `/` → bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

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

/// An article as a person would write it.
pub(crate) fn article(title: &str, more: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nauthors = []\n{more}+++\n\n{body}\n")
}

/// A site in a folder of its own, gone when the test ends.
pub(crate) struct Site {
    home: TempDir,
}

/// What the program said and how it ended.
pub(crate) struct RunResult {
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

    /// Ended with this code, having said each of these.
    #[track_caller]
    pub(crate) fn expect_exit(self, code: i32, said: &[&str]) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        for part in said {
            assert!(
                self.stderr.contains(part) || self.stdout.contains(part),
                "{part:?} is not in:\n{}{}",
                self.stdout,
                self.stderr
            );
        }
        self
    }

    #[track_caller]
    pub(crate) fn expect_without(self, part: &str) -> Self {
        assert!(
            !self.stderr.contains(part) && !self.stdout.contains(part),
            "{part:?} is in:\n{}{}",
            self.stdout,
            self.stderr
        );
        self
    }
}

impl Site {
    /// Folders and settings, and nothing in them.
    pub(crate) fn with_settings() -> Self {
        let site = Self::empty_folder();
        site.write("site.toml", SETTINGS);
        fs::create_dir_all(site.path("content/pages")).unwrap();
        site
    }

    /// With one page of two articles.
    pub(crate) fn with_page() -> Self {
        let site = Self::with_settings();
        site.write("content/pages/a.txt", PAGE);
        site
    }

    /// A folder that is no site.
    pub(crate) fn empty_folder() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// As [`Self::with_page`], on a disk in memory where there is one: for a test that builds hundreds of times.
    pub(crate) fn with_page_in_memory() -> Self {
        let memory = Path::new("/dev/shm");
        let home = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let site = Self { home: home.unwrap() };
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

    pub(crate) fn root(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
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

    /// Replaces a part of a file, which has to be in it.
    #[track_caller]
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{from:?} is not in {name}:\n{text}");
        self.write(name, text.replacen(from, to, 1));
    }

    /// The program, in the site's folder.
    pub(crate) fn command(&self, args: &[&str]) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::cargo_bin("wenzhai").unwrap();
        command.current_dir(self.root()).env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1").args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> RunResult {
        RunResult::from_output(self.command(args).output().unwrap())
    }

    /// Builds; it has to go well.
    #[track_caller]
    pub(crate) fn build(&self) -> RunResult {
        self.run(&["build"]).expect_exit(0, &[])
    }

    /// The generated site, without the program's own notes.
    pub(crate) fn public(&self) -> Files {
        without_hidden(read_files(&self.path("public")))
    }

    /// The article files, below `content/articles`.
    pub(crate) fn articles(&self) -> Files {
        without_hidden(read_files(&self.path("content/articles")))
    }

    /// The one article file whose text holds `part`.
    #[track_caller]
    pub(crate) fn article_with(&self, part: &str) -> String {
        let articles = self.articles();
        let found = articles.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(part));
        let found: Vec<_> = found.map(|(name, _)| format!("content/articles/{name}")).collect();
        assert_eq!(found.len(), 1, "{part} stands in {found:?} of {:?}", articles.keys());
        found[0].clone()
    }
}

/// Two themes, so that what is filed shows.
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

/// All files below a folder.
pub(crate) fn read_files(folder: &Path) -> Files {
    let mut files = Files::new();
    gather(folder, "", &mut files);
    files
}

fn gather(folder: &Path, prefix: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// Without hidden files.
pub(crate) fn without_hidden(mut files: Files) -> Files {
    files.retain(|name, _| !name.split('/').any(|part| part.starts_with('.')));
    files
}

pub(crate) fn write_files(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// So many cases, the same ones each time: a suite that fails on some mornings teaches people to run it again. To look for
/// more, set PROPTEST_CASES and PROPTEST_RNG_SEED.
pub(crate) fn proptest_config(count: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { count };
    let rng_seed = if asked.rng_seed == RngSeed::Random { RngSeed::Fixed(22_076) } else { asked.rng_seed };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..asked }
}

/// A path of the crate.
pub(crate) fn crate_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The fixture pages, `<phenomenon>/page.txt`, in a folder of their own: beside them stand the articles that are expected.
pub(crate) fn fixture_pages() -> Site {
    let site = Site::empty_folder();
    let mut pages = read_files(&crate_path("tests/pages"));
    pages.retain(|name, _| name.ends_with("/page.txt"));
    assert!(pages.len() >= 29);
    write_files(&site.path("pages"), &pages);
    site
}

/// What differs from what is expected, told in words; `UPDATE_GOLDEN=1` makes it expected instead.
pub(crate) fn golden(expected: &Path, made: &Files) -> Vec<String> {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(expected);
        write_files(expected, made);
        return Vec::new();
    }
    let old = read_files(expected);
    if old.is_empty() {
        return vec![format!("{} is not there: run with UPDATE_GOLDEN=1, and read what it writes", expected.display())];
    }
    let names: std::collections::BTreeSet<&String> = old.keys().chain(made.keys()).collect();
    let wrong = |name: &&String| match (old.get(*name), made.get(*name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(format!("{}/{name}: {}", expected.display(), first_difference(old, new))),
        (Some(_), None) => Some(format!("{}/{name} was not made", expected.display())),
        (None, _) => Some(format!("{}/{name} is new", expected.display())),
    };
    names.iter().filter_map(wrong).collect()
}

fn first_difference(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let differs = old.lines().zip(new.lines()).enumerate().find(|(_, (old, new))| old != new);
    match differs {
        Some((at, (old, new))) => format!("line {}\n  expected {old}\n  made     {new}", at + 1),
        None => format!("{} lines expected, {} made", old.lines().count(), new.lines().count()),
    }
}

/// The text of an HTML page: tags away, entities as the characters that they stand for.
pub(crate) fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with('<') { '>' } else { ';' };
        let Some(close) = rest.find(end) else { break };
        if end == ';' {
            text.push_str(&entity(&rest[1..close]));
        }
        rest = &rest[close + 1..];
    }
    text + rest
}

fn entity(name: &str) -> String {
    let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).unwrap(),
        None => digits.parse().unwrap(),
    });
    match (name, number) {
        (_, Some(number)) => char::from_u32(number).unwrap().to_string(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("amp", _) => "&".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        (other, _) => panic!("the entity &{other};"),
    }
}
