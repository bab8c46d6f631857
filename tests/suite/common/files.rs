//! Folders as maps from path to bytes, to be compared and copied.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Path below a folder, with `/` → bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A path of the crate.
pub(crate) fn crate_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All files below a folder; none where there is no folder.
pub(crate) fn read_files(folder: &Path) -> Files {
    let mut files = Files::new();
    collect(folder, "", &mut files);
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

/// The files that neither are hidden nor lie in a hidden folder.
pub(crate) fn without_hidden(mut files: Files) -> Files {
    files.retain(|name, _| !name.split('/').any(|part| part.starts_with('.')));
    files
}

/// Writes files below a folder, and the folders that they need.
pub(crate) fn write_files(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The paths at which two folders differ.
pub(crate) fn differing(old: &Files, new: &Files) -> BTreeSet<String> {
    let names = old.keys().chain(new.keys()).filter(|name| old.get(*name) != new.get(*name));
    names.cloned().collect()
}

/// Whether any file contains a text.
pub(crate) fn any_contains(files: &Files, text: &str) -> bool {
    files.values().any(|bytes| String::from_utf8_lossy(bytes).contains(text))
}
