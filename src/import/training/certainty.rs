//! Calibrates how certain the import is of a line, so that of what it is sure of at 0.8 eight in ten hold: Platt scaling on the lines of
//! pages with gold.
//!
//! Source: Platt, "Probabilistic outputs for support vector machines", 1999.

use crate::import::label::extraction::extract_features;
use crate::import::label::learnt::model_for;
use crate::import::label::viterbi::label_lines;
use crate::import::link::backtrace::CALIBRATION;
use crate::import::link::linker::link_lines;
use crate::import::link::scoring::layout_costs::costs_for;
use crate::import::training::gold::GoldPage;
use crate::import::training::objective::right_lines;
use crate::util::parallel;

/// How certain lines were and how many of them were right.
#[derive(Debug, Clone, PartialEq)]
pub struct Certainties {
    /// of tenths of certainty: number of lines, their mean certainty, and the share that is right
    pub bins: Vec<(usize, f64, f64)>,
    /// slope and offset that would make the two alike, for `CALIBRATION` of `link/backtrace.rs`
    pub calibration: [f64; 2],
}

/// Rounds of gradient descent, and its step.
const ROUNDS: usize = 2_000;
const STEP: f64 = 0.5;
/// Certainties nearer to 0 or 1 than this are taken for this near.
const NEAREST: f64 = 1e-4;
const BINS: usize = 10;

/// Compares the certainties of the lines of pages with their gold.
pub fn certainties(pages: &[GoldPage]) -> Certainties {
    let of_page = |page: &GoldPage| -> Vec<(f64, bool)> {
        let partition = link_lines(
            &page.page,
            &label_lines(&extract_features(&page.page), model_for(&page.page)),
            costs_for(&page.page),
        );
        let right = right_lines(page, &partition);
        let lines = partition.lines.iter().zip(right).filter(|(line, _)| line.duplicate_of.is_none());
        lines.filter_map(|(line, right)| Some((line.certainty, right?))).collect()
    };
    let lines: Vec<(f64, bool)> = parallel::map(pages, of_page).concat();
    Certainties { bins: bins(&lines), calibration: calibration(&lines) }
}

fn bins(lines: &[(f64, bool)]) -> Vec<(usize, f64, f64)> {
    let bin = |number: usize| {
        let of_bin = |certainty: f64| ((certainty * BINS as f64) as usize).min(BINS - 1) == number;
        let inside: Vec<_> = lines.iter().filter(|(certainty, _)| of_bin(*certainty)).collect();
        let size = inside.len().max(1) as f64;
        let right = inside.iter().filter(|(_, right)| *right).count() as f64;
        (inside.len(), inside.iter().map(|(certainty, _)| certainty).sum::<f64>() / size, right / size)
    };
    (0..BINS).map(bin).collect()
}

/// The calibration in the program, changed by what a logistic regression finds on these lines.
fn calibration(lines: &[(f64, bool)]) -> [f64; 2] {
    let (mut slope, mut offset) = (1.0, 0.0);
    for _ in 0..ROUNDS {
        let (mut of_slope, mut of_offset) = (0.0, 0.0);
        for &(certainty, right) in lines {
            let odds = log_odds(certainty);
            let missing = f64::from(u8::from(right)) - probability(slope * odds + offset);
            of_slope += missing * odds;
            of_offset += missing;
        }
        let size = lines.len().max(1) as f64;
        slope += STEP * of_slope / size / 10.0;
        offset += STEP * of_offset / size;
    }
    [slope * CALIBRATION[0], slope * CALIBRATION[1] + offset]
}

fn log_odds(certainty: f64) -> f64 {
    let certainty = certainty.clamp(NEAREST, 1.0 - NEAREST);
    (certainty / (1.0 - certainty)).ln()
}

fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_less_often_than_it_is_sure_is_corrected() {
        // sure at 0.9, right seven times in ten; sure at 0.5, right three times in ten
        let lines: Vec<(f64, bool)> =
            (0..100).map(|at| if at % 2 == 0 { (0.9, at % 20 < 14) } else { (0.5, at % 20 < 6) }).collect();
        let [slope, offset] = calibration(&lines).map(|it| it);
        let corrected = |certainty: f64| {
            let raw = (log_odds(certainty) - CALIBRATION[1]) / CALIBRATION[0];
            probability(slope * raw + offset)
        };
        assert!((corrected(0.9) - 0.7).abs() < 0.05, "{}", corrected(0.9));
        assert!((corrected(0.5) - 0.3).abs() < 0.05, "{}", corrected(0.5));
        assert_eq!(bins(&lines).iter().map(|(lines, _, _)| lines).sum::<usize>(), 100);
    }
}
