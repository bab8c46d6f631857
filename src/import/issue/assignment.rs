//! Who goes with whom: the pairs that are worth most together.
//!
//! The Hungarian method with potentials (Kuhn 1955, Munkres 1957; the form in which each row finds a shortest augmenting
//! path), in O(rows² · columns).

/// For each row the column it goes with, so that the sum of what the pairs are worth is greatest. `worth` has a row for each
/// row, all of one length; None: these two cannot be a pair. A pair that is worth nothing, or less, is none.
pub(crate) fn assignment(worth: &[Vec<Option<f64>>]) -> Vec<Option<usize>> {
    let rows = worth.len();
    let real = worth.first().map_or(0, Vec::len);
    // a column for each row beside the real ones: to stay alone, which costs nothing
    let columns = real + rows;
    let cost = |row: usize, column: usize| {
        let worth = worth[row].get(column).copied().flatten();
        if column < real { worth.map_or(f64::from(u32::MAX), |worth| -worth) } else { 0.0 }
    };
    let mut search = Search { rows: vec![0.0; rows], columns: vec![0.0; columns], taken_by: vec![None; columns] };
    for row in 0..rows {
        search.place(row, &cost);
    }
    let mut found = vec![None; rows];
    for (column, row) in search.taken_by.iter().enumerate().take(real) {
        if let Some(row) = *row {
            found[row] = Some(column).filter(|&column| worth[row][column].is_some_and(|worth| worth > 0.0));
        }
    }
    found
}

/// Potentials of rows and columns, and which row has which column.
struct Search {
    rows: Vec<f64>,
    columns: Vec<f64>,
    taken_by: Vec<Option<usize>>,
}

impl Search {
    /// Gives a row a column, and moves others along the cheapest path where that takes one away.
    fn place(&mut self, row: usize, cost: &impl Fn(usize, usize) -> f64) {
        let count = self.columns.len();
        let mut slack = vec![f64::INFINITY; count];
        let mut came_from: Vec<Option<usize>> = vec![None; count];
        let mut seen = vec![false; count];
        let (mut row_here, mut last) = (row, None);
        let free = loop {
            for column in (0..count).filter(|&column| !seen[column]) {
                let reduced = cost(row_here, column) - self.rows[row_here] - self.columns[column];
                if reduced < slack[column] {
                    (slack[column], came_from[column]) = (reduced, last);
                }
            }
            let nearest = (0..count).filter(|&column| !seen[column]).min_by(|&a, &b| slack[a].total_cmp(&slack[b]));
            let Some(nearest) = nearest else { return };
            let step = slack[nearest];
            self.rows[row] += step;
            for column in 0..count {
                if seen[column] {
                    self.columns[column] -= step;
                    if let Some(taken) = self.taken_by[column] {
                        self.rows[taken] += step;
                    }
                } else {
                    slack[column] -= step;
                }
            }
            seen[nearest] = true;
            last = Some(nearest);
            match self.taken_by[nearest] {
                Some(other) => row_here = other,
                None => break nearest,
            }
        };
        let mut column = free;
        while let Some(before) = came_from[column] {
            self.taken_by[column] = self.taken_by[before];
            column = before;
        }
        self.taken_by[column] = Some(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_sum_wins_over_the_best_pair() {
        let worth = [vec![Some(5.0), Some(4.0)], vec![Some(4.5), None]];
        assert_eq!(assignment(&worth), [Some(1), Some(0)]);
        assert_eq!(assignment(&[vec![Some(-1.0)], vec![None]]), [None, None]);
        assert_eq!(assignment(&[]), []);
        assert_eq!(assignment(&[vec![], vec![]]), [None, None]);
    }

    /// Every way to pair rows with columns.
    fn best(worth: &[Vec<Option<f64>>], row: usize, taken: u32) -> f64 {
        if row == worth.len() {
            return 0.0;
        }
        let alone = best(worth, row + 1, taken);
        let pairs = (0..worth[row].len())
            .filter(|column| taken & (1 << column) == 0)
            .filter_map(|column| Some(worth[row][column]? + best(worth, row + 1, taken | (1 << column))));
        pairs.fold(alone, f64::max)
    }

    proptest! {
        #[test]
        fn no_other_pairing_is_worth_more(
            worth in (1usize..5).prop_flat_map(|columns| {
                let cell = proptest::option::of((-9i32..20).prop_map(f64::from));
                proptest::collection::vec(proptest::collection::vec(cell, columns), 1..5)
            }),
        ) {
            let found = assignment(&worth);
            let mut columns: Vec<usize> = found.iter().flatten().copied().collect();
            let sum: f64 = found.iter().zip(&worth).filter_map(|(column, row)| row[(*column)?]).sum();
            prop_assert!((sum - best(&worth, 0, 0)).abs() < 1e-6, "{found:?}");
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(columns.len(), found.iter().flatten().count());
        }
    }
}
