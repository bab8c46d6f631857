//! Which lines share words that the rest of the page does not have.
//!
//! Words are pairs of neighbouring characters, the rare ones counting more; a line is compared with the lines before it
//! through an index of pairs, so that a page of any length costs what its lines have in common.

use crate::import::names::byline;
use crate::import::page::Page;
use std::collections::HashMap;

/// Characters of a line that are compared: its beginning.
const COMPARED: usize = 300;
/// Lines back to which a line is compared.
const WINDOW: usize = 150;
/// Lines that one pair is followed back to, at most.
const FOLLOWED: usize = 24;
/// How much of a pair's rarity (the logarithm of lines by lines that have it) counts as common.
const COMMON: f64 = 1.0;
/// Lines of one article have a cosine of about a tenth: this makes it about 1.
const CLOSE: f64 = 7.0;

/// A pair of characters, by its number on this page, and its weight in a line.
type Pair = (u32, f32);

/// What the lines of a page share.
#[derive(Debug)]
pub struct Kinship {
    /// for each line its pairs, ascending
    pairs: Vec<Vec<Pair>>,
    /// for each pair the lines read so far that have it, ascending
    holders: Vec<Vec<(u32, f32)>>,
    /// for the line turned to: kinship with the lines before it, from `from` on
    near: Vec<f64>,
    from: usize,
}

impl Kinship {
    pub fn of(page: &Page) -> Self {
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut seen: Vec<u32> = Vec::new();
        let mut pairs: Vec<Vec<Pair>> = Vec::with_capacity(page.lines.len());
        for line in &page.lines {
            let text = if byline(&line.text).is_some() { "" } else { line.text.as_str() };
            let mut own: Vec<u32> = neighbours(text)
                .map(|pair| {
                    let next = numbers.len() as u32;
                    *numbers.entry(pair).or_insert(next)
                })
                .collect();
            own.sort_unstable();
            own.dedup();
            seen.resize(numbers.len(), 0);
            for &pair in &own {
                seen[pair as usize] += 1;
            }
            pairs.push(own.into_iter().map(|pair| (pair, 0.0)).collect());
        }
        let lines = pairs.len() as f64;
        for own in &mut pairs {
            weigh(own, &seen, lines);
        }
        Self { pairs, holders: vec![Vec::new(); seen.len()], near: Vec::new(), from: 0 }
    }

    /// Turns to a line, which has to be the one behind the line turned to last.
    pub fn turn_to(&mut self, at: usize) {
        self.from = at.saturating_sub(WINDOW);
        self.near.clear();
        self.near.resize(at - self.from, 0.0);
        for &(pair, weight) in &self.pairs[at] {
            let holders = &mut self.holders[pair as usize];
            let back = holders.iter().rev().take(FOLLOWED).take_while(|(line, _)| *line as usize >= self.from);
            for &(line, other) in back {
                self.near[line as usize - self.from] += f64::from(weight * other) * CLOSE;
            }
            holders.push((at as u32, weight));
        }
    }

    /// How much the line turned to shares with these lines before it: 0 nothing, 1 much.
    pub fn shared(&self, lines: &[u32]) -> f64 {
        let near = |line: &u32| (*line as usize).checked_sub(self.from).and_then(|index| self.near.get(index));
        (lines.iter().filter_map(near).sum::<f64>() * 0.7).min(1.0)
    }

    /// How much any line shares with others: 0 nothing, 1 much.
    pub fn between(&self, line: u32, lines: &[u32]) -> f64 {
        let own = &self.pairs[line as usize];
        let sum: f64 = lines.iter().map(|&other| product(own, &self.pairs[other as usize])).sum();
        (sum * 0.7).min(1.0)
    }
}

/// Weighs a line's pairs by their rarity, and keeps those that other lines have too.
fn weigh(own: &mut Vec<Pair>, seen: &[u32], lines: f64) {
    for (pair, weight) in own.iter_mut() {
        *weight = ((lines / f64::from(seen[*pair as usize])).ln() - COMMON).max(0.0) as f32;
    }
    let length = own.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(1.0);
    own.retain(|(pair, weight)| *weight > 0.0 && seen[*pair as usize] > 1);
    own.iter_mut().for_each(|(_, weight)| *weight /= length);
}

fn product(left: &[Pair], right: &[Pair]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some((x, weight)), Some((y, other))) = (left.get(i), right.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(weight * other);
                i += 1;
                j += 1;
            }
        }
    }
    sum * CLOSE
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
    use crate::base::source::Source;
    use crate::import::page::page;

    #[test]
    fn lines_of_one_story_share_what_the_page_does_not() {
        let text = "骑手在站点休息，驿站里有热水\n锂电池车间改造了产线\n网约车司机考证\n驿站给骑手准备了充电柜\n合唱节落幕\n图书馆开放\n";
        let page = page(&Source::new("p.txt", text));
        let mut kinship = Kinship::of(&page);
        for at in 0..=3 {
            kinship.turn_to(at);
        }
        assert!(kinship.shared(&[0]) > 0.01);
        assert!(kinship.shared(&[1]).abs() < 1e-9);
        assert!((kinship.between(3, &[0]) - kinship.shared(&[0])).abs() < 1e-3);
    }
}
