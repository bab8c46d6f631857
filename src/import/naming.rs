//! File names: those of articles, and what the name of a page's file says of the page.
//!
//! `2025/02-25/p1-03.md` is the day, the page and the article's number on the page. The page's part, its *key*, is `p1` where
//! the page number is known, with the slug of the paper in front where site.toml has one, and the name of the page's file
//! otherwise. Names are ASCII, because they become part of the article's address.

use crate::config::settings::Paper;
use crate::content::page_name::file_and_number;
use crate::import::page::masthead::Masthead;
use jiff::civil::Date;

/// The folder of an article: its day, or `undated`.
pub(crate) fn day_folder(date: Option<Date>) -> String {
    date.map_or_else(|| "undated".to_owned(), |date| date.strftime("%Y/%m-%d").to_string())
}

/// The longest key in bytes: the name of a file, at most 255, also takes the number of an article and `.md`.
const MAX_KEY: usize = 230;

/// Digits of a hash in a key: six suffice for most pages; where another page has these, a page takes more.
const DIGITS: [usize; 2] = [6, 32];

/// The keys that a page could have in its articles' names, best first: the first that no other page of that day has is taken.
/// `path` is the page's file. Pages without a date may be very many, so their keys begin with one of 256 folders.
pub fn page_keys(printed: &Masthead, papers: &[Paper], path: &str) -> Vec<String> {
    let slug = papers.iter().find(|paper| Some(&paper.name) == printed.paper.as_ref()).map(|paper| &paper.slug);
    let numbered = printed.page.map(|page| slug.map_or(format!("p{page}"), |slug| format!("{slug}-p{page}")));
    let stem = match file_and_number(path) {
        (file, Some(number)) => format!("{}-{number}", stem(file)),
        (file, None) => stem(file).to_owned(),
    };
    let mut ascii_stem = ascii(&stem);
    ascii_stem.truncate(MAX_KEY - 1 - DIGITS[1]);
    let hash = blake3::hash(path.as_bytes()).to_hex();
    let hashed = DIGITS.map(|digits| format!("{ascii_stem}-{}", &hash[..digits]));
    let numbered = numbered.filter(|key| key.len() <= MAX_KEY);
    let keys = numbered.into_iter().chain((ascii_stem == stem).then(|| ascii_stem.clone())).chain(hashed);
    match printed.date {
        Some(_) => keys.collect(),
        None => keys.map(|key| format!("{}/{key}", &blake3::hash(key.as_bytes()).to_hex()[..2])).collect(),
    }
}

/// The file of an article, below the folder of articles. `number` is that of the article on its page, from 1.
pub fn article_file(date: Option<Date>, page_key: &str, number: usize) -> String {
    format!("{}/{page_key}-{number:02}.md", day_folder(date))
}

/// The name of a file without folder and extension. (Behind the extension may be the number of a page in its file.)
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Letters, digits, `-` and `_`; runs of anything else become one `-`.
fn ascii(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' || c == '-' {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_matches('-');
    if trimmed.is_empty() { "page".to_owned() } else { trimmed.to_owned() }
}

/// The date in a file's name: `gr-2025-02-25-1.txt`, `20250225_03.txt`.
pub(crate) fn date_in_name(path: &str) -> Option<Date> {
    let stem = stem(path);
    let bytes = stem.as_bytes();
    (0..bytes.len()).find_map(|at| {
        let begins_number = bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit());
        let date = || ["-", "_", "", "."].into_iter().find_map(|separator| leading_date(&stem[at..], separator));
        begins_number.then(date)?
    })
}

/// The page number in a file's name: one to three digits after the date, as in `gr-2025-02-25-03.txt`.
pub(crate) fn page_in_name(path: &str) -> Option<u32> {
    let (before, number) = stem(path).rsplit_once(['-', '_'])?;
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    // in 2025-02-25 the last digits are the day, not a page
    date_in_name(before).filter(|_| digits)?;
    number.parse().ok().filter(|&page| page > 0)
}

/// The paper whose settings claim page files of this name.
pub(crate) fn paper_of_name<'a>(path: &str, papers: &'a [Paper]) -> Option<&'a str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let claims = |paper: &&Paper| !paper.files.is_empty() && name.starts_with(&paper.files);
    papers.iter().find(claims).map(|paper| paper.name.as_str())
}

/// A date at the beginning of a text, its parts separated by `separator`.
fn leading_date(text: &str, separator: &str) -> Option<Date> {
    let (year, rest) = leading_digits(text, 4)?;
    let (month, rest) = leading_digits(rest.strip_prefix(separator)?, 2)?;
    let (day, rest) = leading_digits(rest.strip_prefix(separator)?, 2)?;
    let is_end = !rest.starts_with(|c: char| c.is_ascii_digit());
    let year = i16::try_from(year).ok().filter(|year| (1900..=2200).contains(year))?;
    is_end.then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())?
}

/// A number of exactly `count` digits, and the rest of the text.
fn leading_digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let digits = text.get(..count).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    Some((digits.parse().ok()?, &text[count..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_called_by_its_number_or_by_its_file() {
        let date = Some(Date::constant(2025, 2, 25));
        let printed = Masthead { paper: Some("示范工人报".into()), page: Some(3), date, ..Masthead::default() };
        let undated = |path| page_keys(&Masthead::default(), &[], path);
        let papers =
            [Paper {
                name: "示范工人报".into(), slug: "sfgrb".into(), files: "shifan-".into(), ..Paper::default()
            }];
        assert_eq!(page_keys(&printed, &papers, "a/b.txt")[0], "sfgrb-p3");
        assert_eq!(page_keys(&printed, &[], "a/b.txt")[..2], ["p3", "b"]);
        assert_eq!(undated("a/000_d38.txt")[0], "3b/000_d38");
        let hashed = undated("a/三版.txt");
        assert!(hashed[0][2..].starts_with("/page-") && hashed[0].is_ascii(), "{hashed:?}");
        let dated = Masthead { date, ..Masthead::default() };
        assert_eq!(page_keys(&dated, &[], "a/issue.pdf#3")[0], "issue-3");
    }

    #[test]
    fn page_and_paper_are_read_from_a_file_name() {
        assert_eq!(page_in_name("gr-2025-02-25-03.txt"), Some(3));
        assert_eq!(page_in_name("20250225_12.txt"), Some(12));
        for name in ["2025-02-25.txt", "gr-03.txt", "000_d38.txt", "gr-2025-02-25-00.txt"] {
            assert_eq!(page_in_name(name), None, "{name}");
        }
        let papers =
            [Paper {
                name: "示范工人报".into(), slug: "sfgrb".into(), files: "shifan-".into(), ..Paper::default()
            }];
        assert_eq!(paper_of_name("content/pages/shifan-2025-03-18-02.txt", &papers), Some("示范工人报"));
        assert_eq!(paper_of_name("content/pages/other.txt", &papers), None);
    }

    #[test]
    fn a_day_is_read_from_a_file_name() {
        for name in ["gr-2025-02-25-1.txt", "20250225_03.txt", "x/2025_02_25.md", "a2025.02.25.txt"] {
            assert_eq!(date_in_name(name), Some(Date::constant(2025, 2, 25)), "{name}");
        }
        for name in
            ["000_d3866c34b25fe012.txt", "2025-13-01.txt", "120250225.txt", "p3.txt", "2025-02-300.txt", "三版.txt"]
        {
            assert_eq!(date_in_name(name), None, "{name}");
        }
    }
}
