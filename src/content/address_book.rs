//! The address book, `content/addresses.toml`: the part of an address that stands for a person, a paper or a column.
//!
//! A name is written in pinyin, `岑望舒` as `cen-wang-shu`, with a number where another name has the same. Which of the two came first
//! must not change from build to build, so what was assigned is kept in a file beside the articles. It is TOML, and may be
//! corrected by hand:
//!
//! ```toml
//! [people]
//! "岑望舒" = "cen/cen-wang-shu"
//! "章威" = { path = "zhang/zhang-wei-2", former = ["/people/wei-zhang/"] }
//! ```
//!
//! There may be very many people and columns, and folders of many thousands are slow everywhere: they stand below the first
//! syllable of their name, a thousand in a folder.
//!
//! 1. `parse` reads it; what cannot be an address is a diagnostic
//! 2. `add` assigns a path to each name that has none
//! 3. `emit` writes it
//!
//! Names that no article has any more stay: an address is never given to somebody else.

use crate::content::alias;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::Source;
use crate::diagnostics::toml::toml_diagnostic;
use crate::message;
use crate::text::pinyin::{syllables, syllables_of_person};
use crate::text::slug::is_slug;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use toml::Spanned;

/// Names that addresses of lists have already.
const RESERVED: [&str; 2] = ["page", "unnamed"];
/// The longest slug made of a name, in bytes.
const LONGEST: usize = 80;
/// Names in a folder.
const FOLDER: usize = 1000;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    Person,
    Paper,
    Column,
}

impl NameKind {
    const ALL: [Self; 3] = [Self::Person, Self::Paper, Self::Column];

    /// The table of the file, and the folder of its pages.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Paper => "papers",
            Self::Column => "columns",
        }
    }
}

/// How names that an address book does not have get their addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewNames {
    /// with a number where another name has the same
    Numbered,
    /// with a hash, so that an address follows from its name alone
    Hashed,
}

/// The addresses of names, with their former ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AddressBook {
    /// by [`NameKind`]
    names: [BTreeMap<String, NamedAddress>; 3],
}

/// The address of one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NamedAddress {
    /// below the folder of its kind, without slashes at its ends: one or two slugs, which no other name of the kind has
    pub(crate) path: String,
    /// folders below which its pages stood, from the site's root: `/people/e0/412084c0/`
    pub(crate) former: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Tables {
    people: BTreeMap<String, Spanned<Written>>,
    papers: BTreeMap<String, Spanned<Written>>,
    columns: BTreeMap<String, Spanned<Written>>,
}

/// A value of the file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Path(String),
    Moved(Moved),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    path: String,
    #[serde(default)]
    former: Vec<String>,
}

impl AddressBook {
    /// Parses the file. A name whose path cannot be used is left out, with a diagnostic.
    pub(crate) fn parse(source: &Source) -> (Self, Vec<Diagnostic>) {
        let tables: Tables = match toml::from_str(&source.text) {
            Ok(tables) => tables,
            Err(error) => return (Self::default(), vec![toml_diagnostic(source, 0, &error)]),
        };
        let mut diagnostics = Vec::new();
        let names =
            [tables.people, tables.papers, tables.columns].map(|table| checked(source, table, &mut diagnostics));
        (Self { names }, diagnostics)
    }

    /// The text of the file, names sorted.
    pub(crate) fn emit(&self) -> String {
        let mut text = "# The addresses of people, papers and columns, kept so that links to them hold. Written by wenzhai; keep it with the articles.\n".to_owned();
        for kind in NameKind::ALL {
            let names = &self.names[kind as usize];
            if !names.is_empty() {
                let _ = writeln!(text, "\n[{}]", kind.table());
            }
            for (name, NamedAddress { path, former }) in names {
                // JSON escapes what TOML does, but for one character
                let name = serde_json::Value::from(name.as_str()).to_string().replace('\u{7f}', "\\u007F");
                let _ = match former.as_slice() {
                    [] => writeln!(text, "{name} = \"{path}\""),
                    former => {
                        let former: toml::Value = former.iter().map(String::as_str).collect::<Vec<_>>().into();
                        writeln!(text, "{name} = {{ path = \"{path}\", former = {former} }}")
                    }
                };
            }
        }
        text
    }

    /// The path of a name below the folder of its kind; none of one that was never added.
    pub(crate) fn path(&self, kind: NameKind, name: &str) -> Option<&str> {
        self.names[kind as usize].get(name).map(|address| address.path.as_str())
    }

    /// The former addresses of a name.
    pub(crate) fn former(&self, kind: NameKind, name: &str) -> &[String] {
        self.names[kind as usize].get(name).map_or(&[], |address| &address.former)
    }

    /// Whether any name has a former address.
    pub(crate) fn has_former(&self) -> bool {
        self.names.iter().flat_map(BTreeMap::values).any(|address| !address.former.is_empty())
    }

    /// Assigns paths to those of the names that have none, in alphabetical order, `new` says how. `former` returns the address that a name had
    /// before there was an address book, if any.
    pub(crate) fn add<'n>(
        &mut self,
        kind: NameKind,
        names: impl IntoIterator<Item = &'n str>,
        new: NewNames,
        former: impl Fn(&str) -> Option<String>,
    ) {
        let known = &mut self.names[kind as usize];
        let added: BTreeSet<&str> = names.into_iter().filter(|name| !known.contains_key(*name)).collect();
        if added.is_empty() {
            return;
        }
        let mut used = UsedPaths::of(known.values());
        for name in added {
            let syllables = if kind == NameKind::Person { syllables_of_person(name) } else { syllables(name) };
            let slug = slug_of(&syllables, name);
            let first = syllables.first().filter(|_| kind != NameKind::Paper);
            let first = first.map(|first| &first[..first.len().min(LONGEST)]);
            let path = match new {
                NewNames::Numbered => used.free_path(first, &slug),
                NewNames::Hashed => hashed_path(first, &slug, name),
            };
            known.insert(name.to_owned(), NamedAddress { path, former: former(name).into_iter().collect() });
        }
    }
}

/// The parts of paths that the names of one kind have.
#[derive(Default)]
struct UsedPaths {
    /// the last parts, in small letters
    slugs: BTreeSet<String>,
    /// folders, with the number of names in them
    folders: BTreeMap<String, usize>,
}

impl UsedPaths {
    fn of<'a>(addresses: impl Iterator<Item = &'a NamedAddress>) -> Self {
        let mut used = Self::default();
        for address in addresses {
            let (folder, slug) = address.path.rsplit_once('/').unwrap_or(("", &address.path));
            used.slugs.insert(slug.to_ascii_lowercase());
            *used.folders.entry(folder.to_owned()).or_default() += 1;
        }
        used
    }

    /// A path of this slug below the folder of a syllable, if one is given.
    fn free_path(&mut self, syllable: Option<&str>, slug: &str) -> String {
        let slug = self.free_slug(slug);
        match syllable {
            Some(syllable) => self.folder(syllable) + "/" + &slug,
            None => slug,
        }
    }

    /// The slug, with a number where it is used already.
    fn free_slug(&mut self, slug: &str) -> String {
        let is_free = |slug: &String| !self.slugs.contains(slug) && !RESERVED.contains(&slug.as_str());
        let free = numbered(slug).find(is_free).unwrap_or_default();
        self.slugs.insert(free.clone());
        free
    }

    /// The folder of a syllable, with a number where the ones before it are full.
    fn folder(&mut self, syllable: &str) -> String {
        let is_open = |folder: &String| {
            !RESERVED.contains(&folder.as_str()) && self.folders.get(folder).is_none_or(|names| *names < FOLDER)
        };
        let folder = numbered(syllable).find(is_open).unwrap_or_default();
        *self.folders.entry(folder.clone()).or_default() += 1;
        folder
    }
}

/// `zhang-3/zhang-wei-3f2a90c1`: with a hash of the name, whose first digit spreads those of one syllable over sixteen folders.
fn hashed_path(syllable: Option<&str>, slug: &str, name: &str) -> String {
    let hash = &blake3::hash(name.as_bytes()).to_hex()[..8];
    match syllable {
        Some(syllable) => format!("{syllable}-{}/{slug}-{hash}", &hash[..1]),
        None => format!("{slug}-{hash}"),
    }
}

/// `a`, `a-2`, `a-3`, …
fn numbered(text: &str) -> impl Iterator<Item = String> + '_ {
    std::iter::once(text.to_owned()).chain((2..).map(move |number: usize| format!("{text}-{number}")))
}

/// A name in pinyin; one without any letter has eight digits of a hash.
fn slug_of(syllables: &[String], name: &str) -> String {
    let mut slug = syllables.join("-");
    if slug.len() > LONGEST {
        let end = slug[..LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(end);
    }
    if slug.is_empty() { format!("x-{}", &blake3::hash(name.as_bytes()).to_hex()[..8]) } else { slug }
}

/// The names of a table whose addresses can be used.
fn checked(
    source: &Source,
    table: BTreeMap<String, Spanned<Written>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, NamedAddress> {
    let mut used = BTreeSet::new();
    let mut names = BTreeMap::new();
    for (name, written) in table {
        let span = written.span();
        let address = match written.into_inner() {
            Written::Path(path) => NamedAddress { path, former: Vec::new() },
            Written::Moved(Moved { path, former }) => NamedAddress { path, former },
        };
        match error_in(&name, &address, &mut used) {
            Some(diagnostic) => diagnostics.push(diagnostic.at(source, span)),
            None => drop(names.insert(name, address)),
        }
    }
    names
}

/// Why an address cannot be used; `used` are the paths of other names.
fn error_in(
    name: &str,
    NamedAddress { path, former }: &NamedAddress,
    used: &mut BTreeSet<String>,
) -> Option<Diagnostic> {
    let parts: Vec<&str> = path.split('/').collect();
    if parts.len() > 2 || !parts.iter().all(|part| is_slug(part) && !RESERVED.contains(part)) {
        let diagnostic = Diagnostic::new(
            Code::BadSlug,
            message!("{path} cannot be the address of {name}", path = format!("{path:?}"), name),
        );
        return Some(
            diagnostic.hint(message!("use ASCII letters, digits, - and _, with one / at most; not page or unnamed")),
        );
    }
    if !used.insert(path.to_ascii_lowercase()) {
        let diagnostic =
            Diagnostic::new(Code::AddressTaken, message!("another name has the address {path} already", path));
        return Some(diagnostic.hint(message!("give each name an address of its own")));
    }
    let (alias, (why, hint)) = former.iter().find_map(|alias| Some((alias, alias::alias_error(alias)?)))?;
    Some(
        Diagnostic::new(Code::BadAlias, message!("the address {alias} {why}", alias = format!("{alias:?}"), why))
            .hint(hint),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    fn paths(book: &AddressBook, kind: NameKind) -> Vec<(&str, &str)> {
        book.names[kind as usize].iter().map(|(name, address)| (name.as_str(), address.path.as_str())).collect()
    }

    #[test]
    fn names_are_written_in_pinyin_and_the_first_keeps_its_address() {
        let mut book = AddressBook::default();
        book.add(NameKind::Person, ["张伟", "单望舒", "…", "Page"], NewNames::Numbered, none);
        book.add(NameKind::Person, ["章威", "张伟", "丈苇"], NewNames::Numbered, none);
        book.add(NameKind::Paper, ["江边晚报"], NewNames::Numbered, none);
        assert_eq!(
            paths(&book, NameKind::Person),
            [
                ("Page", "page-2/page-2"),
                ("…", &*format!("x-{}", &blake3::hash("…".as_bytes()).to_hex()[..8])),
                ("丈苇", "zhang/zhang-wei-2"),
                ("单望舒", "shan/shan-wang-shu"),
                ("张伟", "zhang/zhang-wei"),
                ("章威", "zhang/zhang-wei-3"),
            ]
        );
        assert_eq!(book.path(NameKind::Paper, "江边晚报"), Some("jiang-bian-wan-bao"));
        assert_eq!(book.path(NameKind::Column, "江边晚报"), None);
    }

    #[test]
    fn the_address_of_a_hashed_name_does_not_depend_on_others() {
        let added = |names: &[&str]| {
            let mut book = AddressBook::default();
            book.add(NameKind::Person, names.iter().copied(), NewNames::Hashed, none);
            book
        };
        let path = |book: &AddressBook| book.path(NameKind::Person, "张伟").unwrap().to_owned();
        let both = added(&["章威", "张伟"]);
        assert_eq!(path(&both), path(&added(&["张伟"])));
        assert_ne!(Some(&*path(&both)), both.path(NameKind::Person, "章威"));
        let (read, diagnostics) = AddressBook::parse(&Source::new("a.toml", both.emit()));
        assert_eq!((read, diagnostics), (both, vec![]));
    }

    #[test]
    fn an_address_that_cannot_be_used_is_a_diagnostic_at_its_line() {
        for (line, code) in [
            ("'甲' = \"甲\"", "bad-slug"),
            ("'甲' = \"page\"", "bad-slug"),
            ("'乙' = \"jia\"\n'甲' = \"Jia\"", "address-taken"),
            ("'甲' = { path = \"jia\", former = [\"people/x\"] }", "bad-alias"),
            ("'甲' = { path = \"jia\", formre = [] }", "broken-toml"),
            ("'甲' = 3", "broken-toml"),
            ("甲", "broken-toml"),
        ] {
            let source = Source::new("content/addresses.toml", format!("[people]\n\"丙\" = \"bing\"\n{line}\n"));
            let (_, diagnostics) = AddressBook::parse(&source);
            assert_eq!(diagnostics.len(), 1, "{line}");
            let location = diagnostics[0].location.as_ref().unwrap();
            assert_eq!((diagnostics[0].code.name(), location.line >= 3), (code, true), "{line}");
        }
        let (book, diagnostics) = AddressBook::parse(&Source::new("a.toml", "[poeple]\n'甲' = \"jia\"\n"));
        assert_eq!((book, diagnostics.len()), (AddressBook::default(), 1));
    }

    #[test]
    fn a_folder_has_a_thousand_names() {
        let names: Vec<String> = (0..2 * FOLDER + 1).map(|at| format!("王{at}")).collect();
        let mut book = AddressBook::default();
        book.add(NameKind::Person, names.iter().map(String::as_str), NewNames::Numbered, none);
        let of =
            |folder: &str| paths(&book, NameKind::Person).iter().filter(|(_, path)| path.starts_with(folder)).count();
        assert_eq!((of("wang/"), of("wang-2/"), of("wang-3/")), (FOLDER, FOLDER, 1));
    }

    proptest! {
        #[test]
        fn parse_reads_what_emit_wrote(
            people in proptest::collection::vec("\\PC{1,12}|[一-龥]{1,4}", 0..12),
            papers in proptest::collection::vec("[一-龥 ]{1,6}", 0..3),
            moved in any::<bool>(),
        ) {
            let mut book = AddressBook::default();
            let former = |_: &str| moved.then(|| "/people/e0/旧/".to_owned());
            book.add(NameKind::Person, people.iter().map(String::as_str), NewNames::Numbered, former);
            book.add(NameKind::Paper, papers.iter().map(String::as_str), NewNames::Numbered, none);
            let (read, diagnostics) = AddressBook::parse(&Source::new("a.toml", book.emit()));
            prop_assert_eq!(diagnostics, vec![]);
            prop_assert_eq!(&read, &book);
            let all = paths(&book, NameKind::Person);
            let distinct: BTreeSet<&str> = all.iter().map(|(_, path)| *path).collect();
            prop_assert_eq!(distinct.len(), all.len());
        }
    }
}
