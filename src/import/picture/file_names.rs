//! The files of pictures: the one that was named, or one a page beside it, named after the pages.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The file of each page's picture. Of one page it is `file`; of several, `out.svg` stands for `out-PAGE.svg`, with a number at
/// the end where pages of different folders have one name.
pub(crate) fn picture_files(file: &Path, pages: &[&str]) -> Vec<PathBuf> {
    if pages.len() < 2 {
        return vec![file.to_owned(); pages.len()];
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = file.extension().map_or_else(|| "svg".to_owned(), |it| it.to_string_lossy().into_owned());
    let mut taken = HashSet::new();
    let of_page = |page: &&str| {
        let own = format!("{stem}-{}", page_name(page));
        let numbered = (2..).map(|number| format!("{own}-{number}"));
        let mut names = std::iter::once(own.clone()).chain(numbered);
        let name = names.find(|name| taken.insert(name.to_lowercase())).unwrap_or(own);
        file.with_file_name(format!("{name}.{extension}"))
    };
    pages.iter().map(of_page).collect()
}

/// The name of a page's file without its extension; with the page's number where the file holds several: `issue.pdf#3` → `issue-3`.
fn page_name(page: &str) -> String {
    let (file, number) = page.rsplit_once('#').map_or((page, None), |(file, number)| (file, Some(number)));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    number.map_or_else(|| stem.to_owned(), |number| format!("{stem}-{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_the_file_that_was_named_and_several_have_their_names() {
        let files = |pages: &[&str]| {
            let files = picture_files(Path::new("d/out.svg"), pages);
            files.into_iter().map(|file| file.to_string_lossy().replace('\\', "/")).collect::<Vec<_>>()
        };
        assert_eq!(files(&["p1.pdf"]), ["d/out.svg"]);
        assert_eq!(files(&[]), [""; 0]);
        let several = files(&["p1.pdf", "p1.xml", "P1.pdf", "issue.pdf#3"]);
        assert_eq!(several, ["d/out-p1.svg", "d/out-p1-2.svg", "d/out-P1-3.svg", "d/out-issue-3.svg"]);
    }
}
