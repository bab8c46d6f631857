//! Similarity of lines by the rare words that they share.
//!
//! Words are bigrams of characters, weighted by their inverse document frequency on the page, where a document is a line
//! (Spärck Jones, 1972). An index with a posting list for each bigram keeps the time at what lines have in common.

use crate::import::lexicon::people::parse_byline;
use crate::import::ngram::model::NGRAMS;
use crate::import::page::lines::Page;
use crate::util::parallel::map_indexes;

/// Characters of a line that are compared: its beginning.
const COMPARED: usize = 300;
/// Lines above a line that it is compared with.
const WINDOW: usize = 150;
/// Lines whose overlaps are stored: within an article both lines may be that far back.
const STORED: usize = 2 * WINDOW;
/// The last entries of a posting list that are read: a bigram that more lines have is hardly rare.
const POSTINGS_READ: usize = 24;
/// Inverse document frequency that counts as common: a bigram that a third of the lines have.
const COMMON: f64 = 1.0;
/// Lines that a page counts as having, at least: on a page of few lines nothing would be rare.
const LINES_LEAST: f64 = 40.0;
/// Bigrams added to a line's own: a short line shares more of its few by accident.
const BIGRAMS_ADDED: f64 = 20.0;
/// Weight that two lines share by one long phrase: it is one piece of evidence, however long.
const PHRASE: f32 = 11.0;
/// The share by which weight above it counts.
const BEYOND_PHRASE: f32 = 0.2;
/// Surprise, in natural units, of a bigram that says nothing, and what more of it counts 1.
const RARE_FROM: f64 = 4.0;
const RARE_UNIT: f64 = 8.0;
const RARITY_LEAST: f64 = 0.3;
const RARITY_MOST: f64 = 2.0;
/// Scales similarity to about 1 for lines of one article.
const SCALE: f64 = 25.0;
/// Lines at the end of a text that are compared by themselves.
const RECENT: usize = 4;
/// Similarity from which on two texts speak of one thing.
const SAME_TOPIC: f64 = 0.15;
/// Bigrams of a text that has said what it speaks of.
const TOPIC_SIZE: f64 = 80.0;
/// Similarity counts no more than this.
const SIMILARITY_MOST: f64 = 1.2;

/// The similarity of the lines of a page.
#[derive(Debug)]
pub(crate) struct SharedWords {
    /// by line: the numbers and weights of its bigrams that other lines have too, ascending
    bigrams: Vec<Vec<(u32, f32)>>,
    /// by line: how many bigrams it has in all
    sizes: Vec<f64>,
    /// by bigram: the lines visited so far that have it, ascending
    postings: Vec<Vec<u32>>,
    /// by line visited: the weight that it shares with each line above it, the nearest first
    overlaps: Vec<Vec<f32>>,
}

impl SharedWords {
    pub(crate) fn of(page: &Page) -> Self {
        // the names in a byline say nothing of the subject
        let is_subject = map_indexes(page.lines.len(), |at| parse_byline(&page.lines[at].text).is_none());
        let mut occurrences: Vec<Occurrence> = Vec::new();
        for (at, line) in page.lines.iter().enumerate() {
            if is_subject[at] {
                occurrences.extend(bigrams(&line.text).map(|bigram| Occurrence::of(bigram, at)));
            }
        }
        occurrences.sort_unstable();
        occurrences.dedup();
        let lines = page.lines.len();
        let (mut weighted, mut sizes, mut number) = (vec![Vec::new(); lines], vec![0.0; lines], 0);
        for postings in occurrences.chunk_by(|one, other| one.bigram() == other.bigram()) {
            postings.iter().for_each(|occurrence| sizes[occurrence.line()] += 1.0);
            let weight = ((lines as f64).max(LINES_LEAST) / postings.len() as f64).ln() - COMMON;
            if postings.len() > 1 && weight > 0.0 {
                let weight = weight * rarity(postings[0].bigram());
                let mut add = |line: usize| weighted[line].push((number, weight as f32));
                postings.iter().for_each(|occurrence| add(occurrence.line()));
                number += 1;
            }
        }
        Self { bigrams: weighted, sizes, postings: vec![Vec::new(); number as usize], overlaps: Vec::new() }
    }

    /// Visits a line, which has to be the one below the line visited last.
    pub(crate) fn advance_to(&mut self, at: usize) {
        let from = at.saturating_sub(WINDOW);
        let mut overlap = if at > STORED { std::mem::take(&mut self.overlaps[at - STORED]) } else { Vec::new() };
        overlap.clear();
        overlap.resize(at - from, 0.0);
        for &(bigram, weight) in &self.bigrams[at] {
            let postings = &mut self.postings[bigram as usize];
            let near = postings.iter().rev().take(POSTINGS_READ).take_while(|line| **line as usize >= from);
            for &line in near {
                overlap[at - 1 - line as usize] += weight;
            }
            postings.push(at as u32);
        }
        self.overlaps.push(overlap);
    }

    /// Similarity of the line visited last and these lines above it: see [`similarity`](Self::similarity).
    pub(crate) fn similarity_of_current(&self, lines: &[u32]) -> f64 {
        self.similarity(self.overlaps.len() as u32 - 1, lines)
    }

    /// Similarity of the line visited last and the text that it would go on with. A long text is about several things one after the other: what
    /// the line has in common with the end of it counts where that is more.
    pub(crate) fn similarity_going_on(&self, lines: &[u32]) -> f64 {
        let recent = &lines[lines.len().saturating_sub(RECENT)..];
        self.similarity_of_current(lines).max(self.similarity_of_current(recent))
    }

    /// Similarity of a line and others, all of them visited: 0 none, about 1 for lines of one article.
    pub(crate) fn similarity(&self, line: u32, lines: &[u32]) -> f64 {
        let shared: f32 = lines.iter().map(|&other| self.shared_weight(line, other)).sum();
        if shared <= 0.0 {
            return 0.0;
        }
        let shared = f64::from(shared) / self.sizes[line as usize].max(BIGRAMS_ADDED).sqrt();
        // a long text shares more by accident, but not in proportion: its size counts to the power of ¾
        let size = lines.iter().map(|&line| self.sizes[line as usize]).sum::<f64>() + BIGRAMS_ADDED;
        (shared * SCALE / (size.sqrt() * size.sqrt().sqrt())).min(SIMILARITY_MOST)
    }

    /// How much the words of the line visited last, which is so similar to these lines, say that it speaks of something else: 0 where they share
    /// words or are short, 1 at most.
    pub(crate) fn topic_change_of_current(&self, similarity: f64, lines: &[u32]) -> f64 {
        let size = self.sizes[self.overlaps.len() - 1].min(lines.iter().map(|&line| self.sizes[line as usize]).sum());
        (1.0 - similarity / SAME_TOPIC).max(0.0) * (size / TOPIC_SIZE).min(1.0)
    }

    /// The weight of the bigrams that two lines share.
    fn shared_weight(&self, one: u32, other: u32) -> f32 {
        let (upper, lower) = (one.min(other), one.max(other));
        let overlap = self.overlaps.get(lower as usize);
        let weight = overlap.and_then(|overlap| overlap.get((lower - upper).checked_sub(1)? as usize));
        let weight = weight.copied().unwrap_or(0.0);
        weight.min(PHRASE) + (weight - PHRASE).max(0.0) * BEYOND_PHRASE
    }
}

/// A bigram and a line that has it, in one number, which sorts fast: 21 bits a character, the rest for the line. Lines further
/// down a page than there are numbers share the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence(u64);

const LINE_BITS: u32 = 22;
const CHARACTER_BITS: u32 = 21;

impl Occurrence {
    fn of([first, second]: [char; 2], line: usize) -> Self {
        let bigram = u64::from(u32::from(first)) << CHARACTER_BITS | u64::from(u32::from(second));
        Self(bigram << LINE_BITS | (line as u64).min((1 << LINE_BITS) - 1))
    }

    fn bigram(self) -> u64 {
        self.0 >> LINE_BITS
    }

    fn line(self) -> usize {
        (self.0 & ((1 << LINE_BITS) - 1)) as usize
    }
}

/// How rare a bigram is in newspapers: about 1 on average.
fn rarity(bigram: u64) -> f64 {
    let character = |number: u64| char::from_u32(number as u32).unwrap_or_default();
    let pair = [character(bigram >> CHARACTER_BITS), character(bigram & ((1 << CHARACTER_BITS) - 1))];
    ((-NGRAMS.log_of_pair(pair) - RARE_FROM) / RARE_UNIT).clamp(RARITY_LEAST, RARITY_MOST)
}

/// The bigrams of a text.
fn bigrams(text: &str) -> impl Iterator<Item = [char; 2]> + '_ {
    let pairs = text.chars().zip(text.chars().skip(1)).take(COMPARED);
    let is_letter = |c: char| c.is_alphanumeric() && !c.is_ascii_digit();
    pairs.filter(move |&(first, second)| is_letter(first) && is_letter(second)).map(|(first, second)| [first, second])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn lines_of_one_story_share_words_that_the_page_does_not() {
        let text = "骑手在站点休息，驿站里有热水\n锂电池车间改造了产线\n网约车司机考证\n驿站给骑手准备了充电柜\n合唱节落幕\n图书馆开放\n";
        let page = parse_page(&Source::new("p.txt", text));
        let mut words = SharedWords::of(&page);
        for at in 0..=3 {
            words.advance_to(at);
        }
        assert!(words.similarity_of_current(&[0]) > 0.01);
        assert!(words.similarity_of_current(&[1]).abs() < 1e-9);
        assert!((words.similarity(3, &[0]) - words.similarity_of_current(&[0])).abs() < 1e-3);
    }
}
