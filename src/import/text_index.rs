//! Finds the files that contain a text, be it with an editor's corrections: an inverted index of four-character shingles.

use std::collections::HashMap;

/// Characters of a shingle: letters and 汉字 that follow each other, white space and punctuation left out.
const SHINGLE: usize = 4;
/// The part of a text's shingles that a file has to contain.
const SIMILARITY: f64 = 0.6;
/// Shingles that more files contain tell nothing about a text, and would make long lists.
const MAX_FILES: usize = 64;

/// Shingles → the files that contain them.
#[derive(Debug, Default)]
pub(crate) struct TextIndex<'f> {
    files: Vec<&'f str>,
    postings: HashMap<[char; SHINGLE], Vec<usize>>,
}

impl<'f> TextIndex<'f> {
    /// Indexes files: names and texts.
    pub(crate) fn of<'t>(files: impl Iterator<Item = (&'f str, &'t str)>) -> Self {
        let mut index = Self::default();
        for (name, text) in files.filter(|(_, text)| !text.is_empty()) {
            let number = index.files.len();
            index.files.push(name);
            for shingle in shingles(text) {
                let files = index.postings.entry(shingle).or_default();
                if files.last() != Some(&number) && files.len() <= MAX_FILES {
                    files.push(number);
                }
            }
        }
        index
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Whether a text is long enough to be found.
    pub(crate) fn can_find(text: &str) -> bool {
        shingles(text).next().is_some()
    }

    /// The files that contain a text, or most of it.
    pub(crate) fn files_containing(&self, text: &str) -> Vec<&'f str> {
        let mut found: HashMap<usize, usize> = HashMap::new();
        let mut total = 0;
        for shingle in shingles(text) {
            let files = self.postings.get(&shingle).map_or(&[][..], Vec::as_slice);
            if files.len() <= MAX_FILES {
                total += 1;
                files.iter().for_each(|file| *found.entry(*file).or_default() += 1);
            }
        }
        let least = SIMILARITY * total as f64;
        let mut files: Vec<usize> =
            found.into_iter().filter(|&(_, count)| count as f64 >= least).map(|(file, _)| file).collect();
        files.sort_unstable();
        files.into_iter().map(|file| self.files[file]).collect()
    }
}

fn shingles(text: &str) -> impl Iterator<Item = [char; SHINGLE]> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    (SHINGLE..=letters.len()).map(move |end| std::array::from_fn(|at| letters[end - SHINGLE + at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_though_an_editor_corrected_it() {
        let files =
            [("a", "技师把三十年的手艺写成了一本口袋书。"), ("b", "货车司机有了歇脚的驿站，冬天有热水。"), ("c", "")];
        let index = TextIndex::of(files.into_iter());
        assert_eq!(index.files_containing("技师把三十年手艺写成了一本\u{3000}口袋书"), ["a"]);
        assert_eq!(index.files_containing("货车司机有了歇脚的地方"), ["b"]);
        assert!(index.files_containing("徒弟们说，师傅的书比说明书好懂。").is_empty());
        assert!(index.files_containing("短").is_empty());
    }
}
