//! Names of source pages: that of the file or, for a page of a file with several, `issue.pdf#3`.
//!
//! The name of a file may hold `#` itself, so a number is one of a page only at the very end, behind the extension of a page's file.

use std::path::Path;

/// File name extensions of source pages.
pub(crate) const PAGE_TYPES: &[&str] =
    &["txt", "md", "html", "htm", "xml", "hocr", "json", "pdf", "png", "jpg", "jpeg", "tif", "tiff", "webp"];

/// Pages of a file, at most: an issue of the largest papers has some hundred.
pub(crate) const MAX_PAGES: usize = 500;
/// Digits of a page's position, at most.
const DIGITS: usize = 6;

/// The file of a page and, where the name says that the file has several, the page's position in it, from 1.
pub(crate) fn file_and_number(name: &str) -> (&str, Option<usize>) {
    let numbered = name.rsplit_once('#').filter(|(file, _)| has_extension(file, PAGE_TYPES));
    match numbered.and_then(|(file, digits)| Some((file, number_of(digits)?))) {
        Some((file, number)) => (file, Some(number)),
        None => (name, None),
    }
}

/// The file of a page.
pub(crate) fn file_of(name: &str) -> &str {
    file_and_number(name).0
}

/// The name of page `number`, from 1, of a file with `count` pages.
pub(crate) fn name_of_page(file: &str, number: usize, count: usize) -> String {
    if count > 1 { format!("{file}#{number}") } else { file.to_owned() }
}

/// The path of a page without its extension, as sidecars have it: `issue` of `issue.pdf`, `issue.3` of `issue.pdf#3`.
pub(crate) fn stem_of(name: &str) -> String {
    let (file, number) = file_and_number(name);
    let slash = file.rfind('/').map_or(0, |slash| slash + 1);
    let stem = file[slash..].rfind('.').map_or(file, |dot| &file[..slash + dot]);
    number.map_or_else(|| stem.to_owned(), |number| format!("{stem}.{number}"))
}

/// A stem that may be one of a page of a file with several: `issue.3` as `issue` and 3.
pub(crate) fn numbered_stem(stem: &str) -> Option<(&str, usize)> {
    let (stem, digits) = stem.rsplit_once('.')?;
    Some((stem, number_of(digits)?))
}

/// Whether a file's name has one of these extensions, in any case.
pub(crate) fn has_extension(file: &str, among: &[&str]) -> bool {
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| among.iter().any(|known| known.eq_ignore_ascii_case(own)))
}

/// A position as it is written, without leading zeros.
fn number_of(digits: &str) -> Option<usize> {
    let is_number = (1..=DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_at_the_end_is_a_page_of_the_file() {
        assert_eq!(file_and_number("a/issue.pdf#3"), ("a/issue.pdf", Some(3)));
        assert_eq!(file_and_number("a/C#1.PDF#12"), ("a/C#1.PDF", Some(12)));
        for name in
            ["a#1.pdf", "a.pdf", "a#3", "a.doc#3", "a.pdf#", "a.pdf#0", "a.pdf#03", "a.pdf#+3", "a.pdf#1234567", "#3"]
        {
            assert_eq!(file_and_number(name), (name, None), "{name}");
        }
        for (number, count) in [(1, 1), (1, 2), (2, 2)] {
            let name = name_of_page("x.xml", number, count);
            assert_eq!(file_and_number(&name), ("x.xml", (count > 1).then_some(number)));
        }
    }

    #[test]
    fn a_stem_has_the_number_behind_a_dot() {
        assert_eq!(stem_of("a.b/issue.pdf#3"), "a.b/issue.3");
        assert_eq!(stem_of("a.b/issue.pdf"), "a.b/issue");
        assert_eq!(stem_of("a.b/issue"), "a.b/issue");
        assert_eq!(numbered_stem("a.b/issue.3"), Some(("a.b/issue", 3)));
        assert_eq!(numbered_stem("a.b/issue"), None);
    }
}
