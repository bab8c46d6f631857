//! The manifest of an output folder: the list of the files that wenzhai wrote into it.
//!
//! It is a line with the version, then one path a line, sorted. While a build runs, the first line ends with `unfinished` and the
//! list has every file that the build may write, so that a killed build leaves no file that the next one does not know. After a
//! build that found errors the first line ends with `errors` and their number, so that `publish` can refuse its result.

#![allow(clippy::disallowed_methods, reason = "the manifest is a file")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file::replace_by;
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::io::fs::path::{path_problem, record_path_finding};
use crate::message;
use crate::util::path_list::PathList;
use std::fs;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;

pub(crate) const FILE: &str = ".wenzhai-manifest";

const VERSION: &str = "wenzhai manifest 1";
const UNFINISHED: &str = "unfinished";
const ERRORS: &str = "errors ";

/// The files that wenzhai wrote or was about to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// the paths below the output folder, with `/`
    pub(crate) paths: PathList,
    /// whether the last build was killed
    pub(crate) is_unfinished: bool,
    /// how many errors the last build found
    pub(crate) errors: usize,
    /// paths that are no files below the folder; they are not in `paths`
    pub(crate) findings: Vec<Diagnostic>,
}

impl Manifest {
    /// The manifest of a folder; an empty one where there is none, error `manifest` where it cannot be parsed.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path.to_string_lossy()).ok_or_else(|| unknown(&path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(unknown(&path)),
            Err(error) => Err(path_error(FileOperation::Read, &path, error)),
        }
    }

    /// Writes the manifest of a build that starts and may write these files.
    pub(crate) fn begin<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>) -> Result<()> {
        write(folder, &format!("{VERSION} {UNFINISHED}"), paths)
    }

    /// Writes the manifest of a finished build that found this many errors.
    pub(crate) fn end<'a>(folder: &Path, paths: impl Iterator<Item = &'a str>, errors: usize) -> Result<()> {
        let first_line = if errors == 0 { VERSION.to_owned() } else { format!("{VERSION} {ERRORS}{errors}") };
        write(folder, &first_line, paths)
    }

    /// `None` where the text is no manifest. Files of the manifest get removed: a path that leaves the folder is a finding.
    fn parse(text: &str, name: &str) -> Option<Self> {
        let (first_line, paths) = text.split_once('\n')?;
        let (is_unfinished, errors) = match first_line.strip_prefix(VERSION)?.trim() {
            "" => (false, 0),
            UNFINISHED => (true, 0),
            state => (false, state.strip_prefix(ERRORS)?.parse().ok()?),
        };
        let findings = paths.lines().filter_map(|path| record_path_finding(name, path)).collect();
        let paths = paths.lines().filter(|path| path_problem(path).is_none()).collect();
        Some(Self { paths, is_unfinished, errors, findings })
    }
}

fn write<'a>(folder: &Path, first_line: &str, mut paths: impl Iterator<Item = &'a str>) -> Result<()> {
    replace_by(&folder.join(FILE), |file| {
        let mut file = BufWriter::new(file);
        writeln!(file, "{first_line}")?;
        paths.try_for_each(|path| writeln!(file, "{path}"))?;
        file.flush()
    })
}

fn unknown(path: &Path) -> Error {
    let message = message!("{path} is not a manifest that this wenzhai can read", path = path.display());
    Error::failure(
        Diagnostic::new(Code::Manifest, message)
            .hint(message!("remove the output folder, or choose another one with -o")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tempfile::tempdir;

    #[test]
    fn of_a_manifest_with_paths_outside_its_folder_the_rest_is_used() {
        let home = tempdir().unwrap();
        let paths = "../../etc/passwd\n/etc/passwd\na\na/../../b\nc\\..\\d\n\ne/f\n";
        fs::write(home.path().join(FILE), format!("wenzhai manifest 1\n{paths}")).unwrap();
        let manifest = Manifest::read(home.path()).unwrap();
        assert_eq!(manifest.paths.iter().collect::<Vec<_>>(), ["a", "e/f"]);
        assert_eq!(manifest.findings.len(), 5);
        assert!(manifest.findings.iter().all(|finding| finding.code == Code::RecordPath));
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        let home = tempdir().unwrap();
        for text in ["wenzhai manifest 2\na\n", "", "a\n", "wenzhai manifest 1 x\n"] {
            fs::write(home.path().join(FILE), text).unwrap();
            assert_eq!(Manifest::read(home.path()).unwrap_err().diagnostics[0].code, Code::Manifest, "{text:?}");
        }
    }

    #[test]
    fn a_missing_manifest_is_empty() {
        assert_eq!(Manifest::read(tempdir().unwrap().path()).unwrap(), Manifest::default());
    }

    proptest! {
        #[test]
        fn a_written_manifest_is_read_again(paths in prop::collection::btree_set("[a-z产./ #]{1,9}", 0..9), is_unfinished: bool, errors in 0..3usize) {
            let home = tempdir().unwrap();
            let paths: PathList = paths.into_iter().filter(|path| path_problem(path).is_none()).collect();
            let errors = if is_unfinished { 0 } else { errors };
            let written = match is_unfinished {
                true => Manifest::begin(home.path(), paths.iter()),
                false => Manifest::end(home.path(), paths.iter(), errors),
            };
            written.unwrap();
            prop_assert_eq!(Manifest::read(home.path()).unwrap(), Manifest { paths, is_unfinished, errors, findings: Vec::new() });
        }
    }
}
