//! Checks the rules of ARCHITECTURE.md on the syntax trees of `src`: layers, cycles, IO at the edges, and what a module
//! has to look like.
//!
//! 1. Parse every file; collect its imports, its paths (inside macros too), its items and its inherent impls, tests left out.
//! 2. Resolve names through the `use` declarations of the file, so that braces, renames and `use std::fs;` hide nothing.
//! 3. Check each rule; a violation names the file, the line and the other side.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

mod file;
mod messages;

use file::{File, Found};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What touches the world outside the process: files, sockets, processes, threads, environment, clock, terminal.
const IO: &[&str] = &[
    "std::fs",
    "std::net::TcpListener",
    "std::net::TcpStream",
    "std::net::UdpSocket",
    "std::net::ToSocketAddrs",
    "std::process",
    "std::env",
    "std::thread",
    "std::os",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "jiff::Zoned",
    "jiff::Timestamp::now",
    "anstream",
    "axum",
    "indicatif",
    "notify",
    "tempfile",
    "tokio",
    "ureq",
    "walkdir",
];
/// Methods of paths that ask the file system.
const IO_METHODS: &[&str] = &[
    "exists",
    "try_exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "canonicalize",
    "symlink_metadata",
    "read_dir",
    "read_link",
];
const IO_MACROS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];
/// Modules that may use them.
const EDGES: &[&str] = &["io", "preview", "publish/transport"];
/// Files in a folder, at most.
const FOLDER: usize = 14;
/// Words that a module's doc does not begin with: it names what the module does.
const QUESTIONS: &[&str] =
    &["What", "Which", "Who", "Whose", "Whether", "Where", "When", "How", "Why", "Does", "Is", "Can"];

/// Parsed once for all tests.
static CRATE: LazyLock<Crate> = LazyLock::new(Crate::parse);

/// All source files by module path: `render/fingerprint`, `render/mod`, `cli`.
struct Crate {
    files: BTreeMap<String, File>,
}

fn of_crate(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

impl Crate {
    fn parse() -> Self {
        let mut files = BTreeMap::new();
        collect(&of_crate("src"), "", &mut files);
        assert!(files.len() > 100);
        Self { files }
    }

    fn modules(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().filter(|(name, _)| !is_index(name)).map(|(name, file)| (name.as_str(), file))
    }

    /// The file that a path of the crate leads into, and the rest of the path.
    fn resolve<'a>(&self, path: &'a [String]) -> Option<(String, &'a [String])> {
        // an exported macro is a name of the crate
        if let [name] = path
            && let Some((file, _)) = self.files.iter().find(|(_, file)| file.exported.contains(name))
        {
            return Some((file.clone(), &[]));
        }
        (1..=path.len()).rev().find_map(|end| {
            let name = path[..end].join("/");
            let file = [name.clone(), format!("{name}/mod")].into_iter().find(|name| self.files.contains_key(name))?;
            Some((file, &path[end..]))
        })
    }

    /// file → file that it imports → a line where it does. An inherent impl counts as an import by the type's own file.
    fn imports(&self) -> BTreeMap<&str, BTreeMap<String, usize>> {
        let of = |(name, file)| {
            let _: &str = name;
            let file: &File = file;
            let used = file.crate_paths().filter_map(|(path, line)| Some((self.resolve(path)?.0, line)));
            (name, used.filter(|(other, _)| other != name).collect())
        };
        self.modules().map(of).collect()
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_stem().unwrap().to_str().unwrap());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(name, File::parse(fs::read_to_string(&path).unwrap()));
        }
    }
}

fn is_index(name: &str) -> bool {
    name == "lib" || name.ends_with("/mod")
}

/// The module at the top level, or the folder, that a file belongs to.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap()
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or(file, |(folder, _)| folder)
}

/// Module → layer, from the code map of ARCHITECTURE.md: rows of the form "| 3 | `import` | …".
fn layers() -> BTreeMap<String, u32> {
    let map = fs::read_to_string(of_crate("ARCHITECTURE.md")).unwrap();
    let row = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let layer = cells.next()?.parse().ok()?;
        Some((cells.next()?.trim_matches('`').trim_end_matches('/').trim_end_matches(".rs").to_owned(), layer))
    };
    map.lines().filter_map(row).collect()
}

/// Fails with every violation.
#[track_caller]
fn none(violations: Vec<String>) {
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn a_module_imports_only_from_lower_layers() {
    let (layers, parsed) = (layers(), &*CRATE);
    let layer = |file: &str| *layers.get(module(file)).unwrap_or_else(|| panic!("{file} is not in the code map"));
    let mut wrong = Vec::new();
    for (file, imports) in parsed.imports() {
        for (other, line) in imports.iter().filter(|(other, _)| module(other) != module(file)) {
            if layer(other) >= layer(file) {
                wrong.push(format!(
                    "src/{file}.rs:{line}: layer {} imports {other} of layer {}",
                    layer(file),
                    layer(other)
                ));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_code_map_lists_the_modules_that_exist() {
    let parsed = &*CRATE;
    let there: BTreeSet<&str> = parsed.files.keys().map(|file| module(file)).filter(|name| *name != "lib").collect();
    let layers = layers();
    assert_eq!(layers.keys().map(String::as_str).collect::<BTreeSet<_>>(), there);
}

#[test]
fn the_map_names_files_that_exist() {
    let map = fs::read_to_string(of_crate("ARCHITECTURE.md")).unwrap();
    let named = map.split('`').skip(1).step_by(2).filter(|name| name.contains('/') && name.ends_with(".rs"));
    let is_missing =
        |name: &&str| !name.contains("NAME") && !["", "src"].iter().any(|base| of_crate(base).join(name).exists());
    assert_eq!(named.filter(is_missing).collect::<Vec<_>>(), [""; 0]);
}

/// Walks the graph depth first and returns a cycle, its first node repeated at the end.
fn cycle(graph: &BTreeMap<&str, BTreeSet<String>>) -> Option<Vec<String>> {
    fn walk(
        node: &str,
        graph: &BTreeMap<&str, BTreeSet<String>>,
        path: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(start) = path.iter().position(|before| before == node) {
            return Some(path[start..].iter().cloned().chain([node.to_owned()]).collect());
        }
        if !done.insert(node.to_owned()) {
            return None;
        }
        path.push(node.to_owned());
        let found = graph.get(node).into_iter().flatten().find_map(|next| walk(next, graph, path, done));
        path.pop();
        found
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|node| walk(node, graph, &mut Vec::new(), &mut done))
}

#[test]
fn files_import_each_other_without_cycles() {
    let parsed = &*CRATE;
    let graph = parsed.imports().into_iter().map(|(file, imports)| (file, imports.into_keys().collect())).collect();
    assert_eq!(cycle(&graph), None);
}

#[test]
fn folders_import_each_other_without_cycles() {
    let parsed = &*CRATE;
    let mut graph: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (file, imports) in parsed.imports() {
        let others = imports.into_keys().map(|other| folder(&other).to_owned()).filter(|other| other != folder(file));
        graph.entry(folder(file)).or_default().extend(others);
    }
    assert_eq!(cycle(&graph), None);
}

#[test]
fn an_inherent_impl_stands_beside_its_type() {
    let parsed = &*CRATE;
    let wrong = parsed.modules().flat_map(|(name, file)| {
        let strange = file.impls.iter().filter(|(of, _)| !file.items.contains(of));
        strange.map(move |(of, line)| format!("src/{name}.rs:{line}: `impl {of}` stands apart from its type"))
    });
    none(wrong.collect());
}

#[test]
fn a_name_is_imported_from_the_file_that_defines_it() {
    let parsed = &*CRATE;
    let mut wrong = Vec::new();
    for (name, file) in parsed.modules() {
        wrong.extend(file.reexports.iter().map(|line| format!("src/{name}.rs:{line}: a re-export")));
        for (path, line) in file.imports.iter().filter(|(path, _)| path[0] == "super") {
            wrong.push(format!("src/{name}.rs:{line}: imports {} from its parent", path.join("::")));
        }
        for (path, line) in file.crate_paths() {
            let defined = match parsed.resolve(path) {
                Some((_, [])) => true,
                Some((other, [item, ..])) => parsed.files[&other].items.contains(item),
                None => false,
            };
            if !defined {
                wrong.push(format!("src/{name}.rs:{line}: no file defines crate::{}", path.join("::")));
            }
        }
    }
    none(wrong);
}

#[test]
fn io_stands_at_the_edges() {
    let parsed = &*CRATE;
    let is_edge =
        |file: &str| EDGES.iter().any(|edge| file.strip_prefix(edge).is_some_and(|rest| rest.starts_with('/')));
    let mut wrong = Vec::new();
    for (name, file) in parsed.modules().filter(|(name, _)| !is_edge(name)) {
        // where the process begins
        let allowed: &[&str] = if name == "main" { &["std::process::ExitCode", "std::env::args_os"] } else { &[] };
        for (path, line) in file.imports.iter().chain(&file.paths) {
            let path = path.join("::");
            let is_io =
                IO.iter().any(|io| path.strip_prefix(io).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")));
            if is_io && !allowed.iter().any(|allowed| path.starts_with(allowed)) {
                wrong.push(format!("src/{name}.rs:{line}: {path}"));
            }
        }
        let methods = file.methods.iter().filter(|(method, _)| IO_METHODS.contains(&method.as_str()));
        wrong.extend(methods.map(|(method, line)| format!("src/{name}.rs:{line}: .{method}()")));
        let macros = file.macros.iter().filter(|(called, _)| IO_MACROS.contains(&called.as_str()));
        wrong.extend(macros.map(|(called, line)| format!("src/{name}.rs:{line}: {called}!")));
    }
    none(wrong);
}

#[test]
fn an_index_holds_only_its_doc_and_modules() {
    let parsed = &*CRATE;
    let indexes = parsed.files.iter().filter(|(name, _)| is_index(name));
    none(
        indexes
            .flat_map(|(name, file)| file.not_modules.iter().map(move |line| format!("src/{name}.rs:{line}")))
            .collect(),
    );
}

#[test]
fn a_module_says_what_it_does() {
    let mut wrong = Vec::new();
    for (name, file) in &CRATE.files {
        let doc: Vec<&str> = file.text.lines().map_while(|line| line.strip_prefix("//!")).collect();
        let (first, length) = (doc.first().map_or("", |line| line.trim()), doc.concat().len());
        let word = first.split(|c: char| !c.is_alphabetic()).next().unwrap();
        if length < 20 || first.ends_with('?') || QUESTIONS.contains(&word) {
            wrong.push(format!("src/{name}.rs:1: {first:?}"));
        }
    }
    none(wrong);
}

#[test]
fn no_folder_has_more_files_than_a_reader_takes_in() {
    let parsed = &*CRATE;
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in parsed.modules().filter(|(name, _)| name.contains('/')) {
        *folders.entry(folder(name)).or_default() += 1;
    }
    folders.retain(|_, files| *files > FOLDER);
    assert_eq!(folders, BTreeMap::new());
}

#[test]
fn the_rules_see_through_braces_renames_and_macros() {
    let file = File::parse(
        "use std::{fs::{self as disk, rename}, io};\nuse crate::a::{B, c::{self, D as E}};\n\
         fn f() { disk::read(x); io::stdout(); c::g(); assert!(env::var(1) && vec![crate::h::I] == y); }\n\
         impl B { fn g() {} }\n#[cfg(test)]\nmod tests { use std::net; }\n"
            .to_owned(),
    );
    let all =
        |found: &[Found]| found.iter().map(|(path, line)| format!("{} {line}", path.join("::"))).collect::<Vec<_>>();
    assert_eq!(
        all(&file.imports),
        ["std::fs 1", "std::fs::rename 1", "std::io 1", "crate::a::B 2", "crate::a::c 2", "crate::a::c::D 2"]
    );
    for path in ["std::fs::read 3", "std::io::stdout 3", "crate::a::c::g 3", "env::var 3", "crate::h::I 3"] {
        assert!(all(&file.paths).contains(&path.to_owned()), "{path}: {:?}", all(&file.paths));
    }
    assert_eq!((file.impls, file.items.len()), (vec![("B".to_owned(), 4)], 1));
}

#[test]
fn a_cycle_is_found() {
    let to = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let graph = BTreeMap::from([("a", to(&["b"])), ("b", to(&["c"])), ("c", to(&["d", "b"])), ("d", to(&[]))]);
    assert_eq!(cycle(&graph).unwrap(), ["b", "c", "b"]);
    assert_eq!(cycle(&BTreeMap::from([("a", to(&["b", "c"])), ("b", to(&["c"])), ("c", to(&[]))])), None);
}
