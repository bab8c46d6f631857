//! The manifest of an output folder: the list of the files that wenzhai wrote into it.
//!
//! It is a line with the version, then one path a line, sorted. While a build runs, the first line ends with `unfinished` and the
//! list has every file that the build may write, so that a killed build leaves no file that the next one does not know. After a
//! build that found errors the first line ends with `errors` and their number, so that `publish` can refuse its result.

#![allow(clippy::disallowed_methods, reason = "the manifest is a file")]

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::file::{exists, remove, replace_by};
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::io::fs::path::{path_problem, record_path_finding};
use crate::io::output::part::{OutputPart, PART_MANIFEST, UNJOINED, summary_file};
use crate::message;
use crate::util::path_list::PathList;
use std::fs;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::Path;

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
    /// The manifest of a whole folder, all its parts included; an empty one where there is none, error `manifest` where one cannot be parsed.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut whole = Self::read_part(folder, &OutputPart::Main)?;
        for part in parts(folder) {
            let Self { paths, is_unfinished, errors, findings } = Self::read_part(folder, &OutputPart::Named(part))?;
            whole.paths = whole.paths.union(&paths).collect();
            whole.is_unfinished |= is_unfinished;
            whole.errors += errors;
            whole.findings.extend(findings);
        }
        Ok(whole)
    }

    /// The manifest of one part.
    pub(crate) fn read_part(folder: &Path, part: &OutputPart) -> Result<Self> {
        let path = folder.join(part.manifest());
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path.to_string_lossy()).ok_or_else(|| unknown(&path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(unknown(&path)),
            Err(error) => Err(path_error(FileOperation::Read, &path, error)),
        }
    }

    /// The manifest that earlier builds of a part have left.
    pub(crate) fn of_earlier_builds(folder: &Path, part: &OutputPart) -> Result<Self> {
        let mut manifest = match part {
            OutputPart::Whole => Self::read(folder)?,
            OutputPart::Main | OutputPart::Named(_) => Self::read_part(folder, part)?,
        };
        if *part == OutputPart::Main {
            // that of a folder which was built as a whole has the files of all parts
            for other in parts(folder) {
                let other = Self::read_part(folder, &OutputPart::Named(other))?.paths;
                if manifest.paths.iter().any(|path| other.contains(path)) {
                    manifest.paths = manifest.paths.iter().filter(|path| !other.contains(path)).collect();
                }
            }
        }
        Ok(manifest)
    }

    /// The planned files that other parts than this one have written.
    pub(crate) fn written_by_others(folder: &Path, part: &OutputPart, planned: &PathList) -> Result<PathList> {
        let others = match part {
            OutputPart::Whole => Vec::new(),
            OutputPart::Main | OutputPart::Named(_) => parts(folder),
        };
        let mut written = Vec::new();
        for other in others.into_iter().map(OutputPart::Named).chain([OutputPart::Main]).filter(|other| other != part) {
            let files = Self::read_part(folder, &other)?.paths;
            written.extend(files.iter().filter(|path| planned.contains(path)).map(str::to_owned));
        }
        Ok(written.into_iter().collect())
    }

    /// Writes the manifest of a build that starts and may write these files.
    pub(crate) fn begin<'a>(folder: &Path, part: &OutputPart, paths: impl Iterator<Item = &'a str>) -> Result<()> {
        if let OutputPart::Named(_) = part {
            replace_by(&folder.join(UNJOINED), |_| Ok(()))?;
        }
        write(&folder.join(part.manifest()), &format!("{VERSION} {UNFINISHED}"), paths)
    }

    /// Writes the manifest of a finished build that found this many errors. That of the whole folder takes the place of all others, and a
    /// part without files has none.
    pub(crate) fn end<'a>(
        folder: &Path,
        part: &OutputPart,
        paths: impl Iterator<Item = &'a str>,
        errors: usize,
    ) -> Result<()> {
        let first_line = if errors == 0 { VERSION.to_owned() } else { format!("{VERSION} {ERRORS}{errors}") };
        let (file, mut paths) = (folder.join(part.manifest()), paths.peekable());
        if matches!(part, OutputPart::Named(_)) {
            return if paths.peek().is_some() { write(&file, &first_line, paths) } else { remove(&file).map(drop) };
        }
        write(&file, &first_line, paths)?;
        if *part == OutputPart::Whole {
            for other in parts(folder) {
                remove(&folder.join(summary_file(&other)))?;
                remove(&folder.join(OutputPart::Named(other).manifest()))?;
            }
        }
        Self::set_joined(folder)
    }

    /// Notes that the parts of the folder are joined.
    ///
    /// # Errors
    /// The disk refuses to remove the marker.
    pub(crate) fn set_joined(folder: &Path) -> Result<()> {
        remove(&folder.join(UNJOINED)).map(drop)
    }

    /// Whether the last build of a part came to its end. Of the manifest only the first line is read.
    pub(crate) fn is_part_finished(folder: &Path, part: &OutputPart) -> bool {
        let mut first_line = String::new();
        let file = fs::File::open(folder.join(part.manifest()));
        let read = file.and_then(|file| BufReader::new(file).read_line(&mut first_line));
        read.is_ok() && first_line.starts_with(VERSION) && !first_line.trim_end().ends_with(UNFINISHED)
    }

    /// Whether a part of the folder was built after its parts were joined.
    pub(crate) fn is_unjoined(folder: &Path) -> bool {
        exists(&folder.join(UNJOINED))
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

/// The names of the parts of a folder, sorted.
pub(crate) fn parts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let name = |entry: fs::DirEntry| Some(entry.file_name().to_str()?.strip_prefix(PART_MANIFEST)?.to_owned());
    let mut names: Vec<String> = entries.filter_map(name).collect();
    names.sort_unstable();
    names
}

fn write<'a>(file: &Path, first_line: &str, mut paths: impl Iterator<Item = &'a str>) -> Result<()> {
    replace_by(file, |file| {
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
    use crate::io::output::part::MANIFEST;
    use proptest::prelude::*;
    use tempfile::tempdir;

    #[test]
    fn of_a_manifest_with_paths_outside_its_folder_the_rest_is_used() {
        let home = tempdir().unwrap();
        let paths = "../../etc/passwd\n/etc/passwd\na\na/../../b\nc\\..\\d\n\ne/f\n";
        fs::write(home.path().join(MANIFEST), format!("wenzhai manifest 1\n{paths}")).unwrap();
        let manifest = Manifest::read(home.path()).unwrap();
        assert_eq!(manifest.paths.iter().collect::<Vec<_>>(), ["a", "e/f"]);
        assert_eq!(manifest.findings.len(), 5);
        assert!(manifest.findings.iter().all(|finding| finding.code == Code::RecordPath));
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        let home = tempdir().unwrap();
        for text in ["wenzhai manifest 2\na\n", "", "a\n", "wenzhai manifest 1 x\n"] {
            fs::write(home.path().join(MANIFEST), text).unwrap();
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
                true => Manifest::begin(home.path(), &OutputPart::Whole, paths.iter()),
                false => Manifest::end(home.path(), &OutputPart::Whole, paths.iter(), errors),
            };
            written.unwrap();
            prop_assert_eq!(Manifest::read(home.path()).unwrap(), Manifest { paths, is_unfinished, errors, findings: Vec::new() });
        }
    }
}
