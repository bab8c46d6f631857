//! Holds the house to its three laws (the essay in `src/lib.rs`): floors without circles, IO in `edge/` alone, and names
//! imported from the file that defines them.
//!
//! What a file imports is read from its `crate::` paths, comments and its tests left out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The floors: the table of the essay. A room that is not here has no place yet.
const FLOORS: &[(&str, u32)] = &[
    ("main", 12),
    ("cli", 11),
    ("commands", 10),
    ("preview", 9),
    ("pipeline", 8),
    ("render", 7),
    ("search", 6),
    ("check", 6),
    ("site", 5),
    ("publish", 5),
    ("catalog", 4),
    ("import", 4),
    ("project", 3),
    ("theme", 3),
    ("extract", 3),
    ("config", 2),
    ("content", 2),
    ("io", 2),
    ("diagnostics", 1),
    ("text", 1),
    ("util", 1),
    ("builtin", 1),
];

/// What touches the world: files, sockets, processes, the clock, the environment, the terminal.
const IO: &[&str] = &[
    "std::fs",
    "std::process",
    "std::env",
    "std::thread",
    "SystemTime",
    "Instant",
    "TcpListener",
    "TcpStream",
    "UdpSocket",
    "ToSocketAddrs",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    "anstream::",
    "tokio::",
    "axum::",
    "notify::",
    "walkdir::",
    "jiff::Zoned",
    "Timestamp::now",
];

/// The source files, by module path: `render/html`, `cli`, `edge/mod`.
struct House {
    files: BTreeMap<String, String>,
}

impl House {
    fn open() -> Self {
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        collect(&src, "", &mut files);
        Self { files }
    }

    /// The files with code; `mod.rs` and `lib.rs` hold none.
    fn rooms(&self) -> impl Iterator<Item = (&str, String)> {
        let code = |(name, text): (&'_ String, &'_ String)| (name.clone(), code(text));
        let named = self.files.iter().filter(|(name, _)| !is_index(name));
        named.map(move |(name, text)| (name.as_str(), code((name, text)).1))
    }

    /// `crate::io::fs::file::read` → the file `edge/disk` and what is wanted of it; the longest part that is a file counts.
    fn resolve<'a>(&self, path: &'a [String]) -> Option<(String, Option<&'a str>)> {
        (1..=path.len()).rev().find_map(|end| {
            let name = path[..end].join("/");
            let file = [name.clone(), format!("{name}/mod")].into_iter().find(|name| self.files.contains_key(name))?;
            Some((file, path.get(end).map(String::as_str)))
        })
    }

    /// file → the files that it imports from.
    fn imports(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let of = |code: &str| {
            let resolved = crate_paths(code).into_iter().filter_map(|path| Some(self.resolve(&path)?.0));
            resolved.collect::<BTreeSet<_>>()
        };
        self.rooms().map(|(name, code)| (name, of(&code))).collect()
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(format!("{prefix}{name}"), fs::read_to_string(&path).unwrap());
        }
    }
}

fn is_index(name: &str) -> bool {
    name == "lib" || name.ends_with("/mod")
}

/// The text without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

/// All `crate::` paths of a text, groups in braces taken apart.
fn crate_paths(code: &str) -> Vec<Vec<String>> {
    let starts = code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with(is_word)).map(|(at, _)| at);
    let mut paths = Vec::new();
    for at in starts {
        expand(&mut code[at + "crate::".len()..].chars().peekable(), &[], &mut paths);
    }
    paths
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// One use tree: `a::b`, `a::{b, c::d}`, `a::{self, b}`, `a as b`.
fn expand(rest: &mut std::iter::Peekable<std::str::Chars>, above: &[String], paths: &mut Vec<Vec<String>>) {
    let mut path = above.to_vec();
    loop {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        if rest.next_if_eq(&'{').is_some() {
            while rest.peek().is_some_and(|c| *c != '}') {
                expand(rest, &path, paths);
                while rest.next_if(|c| c.is_whitespace() || *c == ',').is_some() {}
            }
            rest.next();
            return;
        }
        let word: String = std::iter::from_fn(|| rest.next_if(|c| is_word(*c))).collect();
        if !word.is_empty() && word != "self" {
            path.push(word);
        }
        let mut ahead = rest.clone();
        if (ahead.next(), ahead.next()) != (Some(':'), Some(':')) {
            // `as other` names the same thing
            while rest.peek().is_some_and(|c| !matches!(c, ',' | '}' | ';' | '{' | '(' | '\n')) {
                rest.next();
            }
            if path.len() > above.len() || !above.is_empty() {
                paths.push(path);
            }
            return;
        }
        rest.nth(1);
    }
}

fn floor(file: &str) -> u32 {
    let room = file.split('/').next().unwrap();
    FLOORS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("the room {room} has no floor")).1
}

fn room(file: &str) -> &str {
    file.split('/').next().unwrap()
}

#[test]
fn a_room_imports_only_from_lower_floors() {
    let house = House::open();
    for (file, imports) in house.imports() {
        for other in imports.iter().filter(|other| room(other) != room(file)) {
            assert!(floor(other) < floor(file), "{file}.rs (floor {}) imports {other}.rs", floor(file));
        }
    }
}

#[test]
fn the_floors_are_those_of_the_essay() {
    let essay = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for line in essay.lines().filter_map(|line| line.strip_prefix("//! | ")) {
        let mut cells = line.split(" | ");
        let (Some(Ok(told)), Some(room)) = (cells.next().map(str::parse::<u32>), cells.next()) else { continue };
        let room = room.trim_matches(|c| matches!(c, '[' | ']' | '`')).trim_end_matches(".rs");
        assert_eq!(floor(room), told, "{room}");
    }
    for line in essay.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let room = line.trim_end_matches(';');
        assert!(essay.contains(&format!("[`{room}`] |")), "the essay does not tell of {room}");
    }
}

#[test]
fn no_file_imports_itself_in_a_circle() {
    let house = House::open();
    let imports = house.imports();
    fn walk<'a>(
        file: &'a str,
        imports: &'a BTreeMap<&str, BTreeSet<String>>,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) {
        if let Some(at) = way.iter().position(|before| *before == file) {
            panic!("a circle: {} → {file}", way[at..].join(" → "));
        }
        if !done.contains(file) {
            way.push(file);
            for other in imports.get(file).into_iter().flatten() {
                walk(other, imports, way, done);
            }
            way.pop();
            done.insert(file);
        }
    }
    let mut done = BTreeSet::new();
    for file in imports.keys() {
        walk(file, &imports, &mut Vec::new(), &mut done);
    }
}

#[test]
fn a_name_is_imported_from_the_file_that_defines_it() {
    let house = House::open();
    for (file, code) in house.rooms() {
        assert!(!code.contains("pub use "), "{file}.rs hands on what another file defines");
        for path in crate_paths(&code) {
            let (other, name) = house.resolve(&path).unwrap_or_else(|| panic!("{file}.rs: crate::{}", path.join("::")));
            let Some(name) = name else { continue };
            let text = &house.files[&other];
            let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod", "macro_rules!"];
            let defined = kinds.iter().any(|kind| {
                let declared = format!("{kind} {name}");
                text.match_indices(&declared).any(|(at, _)| !text[at + declared.len()..].starts_with(is_word))
            });
            assert!(defined, "{file}.rs imports {name} from {other}.rs, which does not define it");
        }
    }
}

#[test]
fn a_child_never_imports_its_parent() {
    for (file, code) in House::open().rooms() {
        assert!(!code.contains("super::"), "{file}.rs imports from the folder it stands in");
    }
    for (file, imports) in House::open().imports() {
        let parents: Vec<&String> = imports.iter().filter(|other| other.ends_with("/mod")).collect();
        assert!(parents.is_empty(), "{file}.rs imports from {parents:?}: name the file");
    }
}

#[test]
fn an_index_holds_only_words_and_names() {
    for (file, text) in House::open().files.iter().filter(|(name, _)| is_index(name)) {
        for line in code(text).lines().filter(|line| !line.trim().is_empty()) {
            let is_name = line.starts_with("pub mod ") || line.starts_with("mod ");
            // a file that tests alone share
            let is_for_tests = line == "#[cfg(test)]";
            assert!(is_for_tests || is_name && line.ends_with(';'), "{file}.rs holds more than names: {line}");
        }
    }
}

#[test]
fn the_world_is_touched_in_the_edge_alone() {
    for (file, code) in House::open().rooms().filter(|(file, _)| room(file) != "edge") {
        // the one exception: where the process begins
        let allowed: &[&str] = if file == "main" { &["std::process", "std::env"] } else { &[] };
        for io in IO.iter().filter(|io| !allowed.contains(io)) {
            assert!(!code.contains(io), "{file}.rs uses {io}");
        }
    }
}

#[test]
fn every_file_says_why_it_is_there() {
    for (file, text) in &House::open().files {
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
        assert!(head.concat().len() > 20, "{file}.rs has no head");
    }
}

#[test]
fn use_trees_are_read() {
    let read = |text: &str| crate_paths(text).into_iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(
        read("use crate::a::b::{C, d::{E, f}, self};\nuse crate::g;"),
        ["a::b::C", "a::b::d::E", "a::b::d::f", "a::b", "g"]
    );
    assert_eq!(read("let x = crate::a::b(1); // y"), ["a::b"]);
    assert_eq!(read("use crate::a::{\n    b as c,\n    d,\n};"), ["a::b", "a::d"]);
}
