//! Which lines share words that the rest of the page does not have.
//!
//! Words are pairs of neighbouring characters, the rare ones counting more; a line is compared with the lines before it
//! through an index of pairs, so that a page of any length costs what its lines have in common.

use crate::import::lexicon::people::parse_byline;
use crate::import::page::lines::Page;

/// Characters of a line that are compared: its beginning.
const COMPARED: usize = 300;
/// Lines back to which a line is compared.
const WINDOW: usize = 150;
/// Lines of which is kept what they have in common with the lines before them.
const KEPT: usize = 2 * WINDOW;
/// Lines that one pair is followed back to, at most.
const FOLLOWED: usize = 24;
/// How much of a pair's rarity (the logarithm of lines by lines that have it) counts as common.
const COMMON: f64 = 1.0;
/// Lines that a page has, at least, where rarity is told: on a page of few lines nothing would be rare.
const MANY: f64 = 40.0;
/// Pairs that a text has beside its own: what a short text shares by accident counts no more for that.
const FEW: f64 = 20.0;
/// Weight that two lines have in common by one long phrase; a phrase that stands in both is one thing, however long …
const PHRASE: f32 = 11.0;
/// … and what is above it counts so much.
const BEYOND: f32 = 0.2;
/// Makes of what is shared a number that is about 1 for lines of one article.
const CLOSE: f64 = 25.0;
/// What is shared counts no more than this.
const MOST: f64 = 1.2;

/// A pair of characters, by its number on this page, and its weight in a line.
type Pair = (u32, f32);

/// What the lines of a page share.
#[derive(Debug)]
pub(crate) struct Kinship {
    /// for each line its pairs that other lines have too, ascending
    pairs: Vec<Vec<Pair>>,
    /// for each line how many pairs it has in all
    sizes: Vec<f64>,
    /// for each pair the lines read so far that have it, ascending
    holders: Vec<Vec<u32>>,
    /// for each line turned to: the weight that it has in common with the lines before it, the nearest first
    near: Vec<Vec<f32>>,
}

impl Kinship {
    pub(crate) fn of(page: &Page) -> Self {
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (at, line) in page.lines.iter().enumerate() {
            // who wrote tells nothing of what is told
            if parse_byline(&line.text).is_none() {
                all.extend(neighbours(&line.text).map(|pair| (pair, at as u32)));
            }
        }
        all.sort_unstable();
        all.dedup();
        let lines = page.lines.len();
        let (mut pairs, mut sizes, mut number) = (vec![Vec::new(); lines], vec![0.0; lines], 0);
        for held in all.chunk_by(|one, other| one.0 == other.0) {
            held.iter().for_each(|&(_, at)| sizes[at as usize] += 1.0);
            let weight = ((lines as f64).max(MANY) / held.len() as f64).ln() - COMMON;
            if held.len() > 1 && weight > 0.0 {
                held.iter().for_each(|&(_, at)| pairs[at as usize].push((number, weight as f32)));
                number += 1;
            }
        }
        Self { pairs, sizes, holders: vec![Vec::new(); number as usize], near: Vec::new() }
    }

    /// Turns to a line, which has to be the one behind the line turned to last.
    pub(crate) fn turn_to(&mut self, at: usize) {
        let from = at.saturating_sub(WINDOW);
        let mut near = if at > KEPT { std::mem::take(&mut self.near[at - KEPT]) } else { Vec::new() };
        near.clear();
        near.resize(at - from, 0.0);
        for &(pair, weight) in &self.pairs[at] {
            let holders = &mut self.holders[pair as usize];
            let back = holders.iter().rev().take(FOLLOWED).take_while(|line| **line as usize >= from);
            for &line in back {
                near[at - 1 - line as usize] += weight;
            }
            holders.push(at as u32);
        }
        self.near.push(near);
    }

    /// How much the line turned to shares with these lines before it: 0 nothing, 1 much.
    pub(crate) fn shared(&self, lines: &[u32]) -> f64 {
        self.between(self.near.len() as u32 - 1, lines)
    }

    /// How much a line shares with others, all of them turned to before: 0 nothing, 1 much.
    pub(crate) fn between(&self, line: u32, lines: &[u32]) -> f64 {
        let shared: f32 = lines.iter().map(|&other| self.common(line, other)).sum();
        self.by_size(f64::from(shared) / self.sizes[line as usize].max(FEW).sqrt(), lines)
    }

    /// The weight that two lines have in common.
    fn common(&self, one: u32, other: u32) -> f32 {
        let (early, late) = (one.min(other), one.max(other));
        let near = self.near.get(late as usize).and_then(|near| near.get((late - early).checked_sub(1)? as usize));
        let weight = near.copied().unwrap_or(0.0);
        weight.min(PHRASE) + (weight - PHRASE).max(0.0) * BEYOND
    }

    /// A long text shares more by accident: what is shared counts by the size to the power of ¾.
    fn by_size(&self, shared: f64, lines: &[u32]) -> f64 {
        if shared <= 0.0 {
            return 0.0;
        }
        let size = lines.iter().map(|&line| self.sizes[line as usize]).sum::<f64>() + FEW;
        (shared * CLOSE / (size.sqrt() * size.sqrt().sqrt())).min(MOST)
    }
}

fn neighbours(text: &str) -> impl Iterator<Item = u64> + '_ {
    let pairs = text.chars().zip(text.chars().skip(1)).take(COMPARED);
    let is_letter = |c: char| c.is_alphanumeric() && !c.is_ascii_digit();
    pairs
        .filter(move |&(a, b)| is_letter(a) && is_letter(b))
        .map(|(a, b)| (u64::from(u32::from(a)) << 32) | u64::from(u32::from(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn lines_of_one_story_share_what_the_page_does_not() {
        let text = "骑手在站点休息，驿站里有热水\n锂电池车间改造了产线\n网约车司机考证\n驿站给骑手准备了充电柜\n合唱节落幕\n图书馆开放\n";
        let page = parse_page(&Source::new("p.txt", text));
        let mut kinship = Kinship::of(&page);
        for at in 0..=3 {
            kinship.turn_to(at);
        }
        assert!(kinship.shared(&[0]) > 0.01);
        assert!(kinship.shared(&[1]).abs() < 1e-9);
        assert!((kinship.between(3, &[0]) - kinship.shared(&[0])).abs() < 1e-3);
    }
}
