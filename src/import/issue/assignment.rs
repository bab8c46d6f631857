//! The assignment problem: matches rows with columns so that the total score is greatest.
//!
//! The Hungarian method with potentials (Kuhn 1955, Munkres 1957), in the form in which each row is added by a shortest
//! augmenting path: O(rows² · columns).

/// For each row the index of its column, so that the total score is greatest. `scores` has one entry for each column in each
/// row; None: the two cannot be matched. A pair that scores 0 or less is not matched either.
pub(crate) fn best_assignment(scores: &[Vec<Option<f64>>]) -> Vec<Option<usize>> {
    let rows = scores.len();
    let real_columns = scores.first().map_or(0, Vec::len);
    // beside the real columns one for each row, at no cost: the row stays unmatched
    let columns = real_columns + rows;
    let cost = |row: usize, column: usize| {
        let score = scores[row].get(column).copied().flatten();
        if column < real_columns { score.map_or(f64::from(u32::MAX), |score| -score) } else { 0.0 }
    };
    let (row_potentials, column_potentials) = (vec![0.0; rows], vec![0.0; columns]);
    let mut matching = Matching { row_potentials, column_potentials, row_of_column: vec![None; columns] };
    (0..rows).for_each(|row| matching.add_row(row, &cost));
    let mut column_of_row = vec![None; rows];
    for (column, row) in matching.row_of_column.iter().enumerate().take(real_columns) {
        if let Some(row) = row.filter(|&row| scores[row][column].is_some_and(|score| score > 0.0)) {
            column_of_row[row] = Some(column);
        }
    }
    column_of_row
}

/// The matching of the rows added so far, of least cost, with the potentials that prove it.
struct Matching {
    row_potentials: Vec<f64>,
    column_potentials: Vec<f64>,
    row_of_column: Vec<Option<usize>>,
}

impl Matching {
    /// Matches one more row: Dijkstra's search over reduced costs for the cheapest path to a free column, along which the rows
    /// before it change their columns.
    fn add_row(&mut self, row: usize, cost: &impl Fn(usize, usize) -> f64) {
        let count = self.column_potentials.len();
        let mut slack = vec![f64::INFINITY; count];
        let mut previous: Vec<Option<usize>> = vec![None; count];
        let mut visited = vec![false; count];
        let (mut current_row, mut last_column) = (row, None);
        let free_column = loop {
            for column in (0..count).filter(|&column| !visited[column]) {
                let reduced =
                    cost(current_row, column) - self.row_potentials[current_row] - self.column_potentials[column];
                if reduced < slack[column] {
                    (slack[column], previous[column]) = (reduced, last_column);
                }
            }
            let unvisited = (0..count).filter(|&column| !visited[column]);
            let Some(nearest) = unvisited.min_by(|&a, &b| slack[a].total_cmp(&slack[b])) else { return };
            let step = slack[nearest];
            self.row_potentials[row] += step;
            for column in 0..count {
                if visited[column] {
                    self.column_potentials[column] -= step;
                    if let Some(matched) = self.row_of_column[column] {
                        self.row_potentials[matched] += step;
                    }
                } else {
                    slack[column] -= step;
                }
            }
            visited[nearest] = true;
            last_column = Some(nearest);
            match self.row_of_column[nearest] {
                Some(matched) => current_row = matched,
                None => break nearest,
            }
        };
        let mut column = free_column;
        while let Some(before) = previous[column] {
            self.row_of_column[column] = self.row_of_column[before];
            column = before;
        }
        self.row_of_column[column] = Some(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_total_wins_over_the_best_pair() {
        let scores = [vec![Some(5.0), Some(4.0)], vec![Some(4.5), None]];
        assert_eq!(best_assignment(&scores), [Some(1), Some(0)]);
        assert_eq!(best_assignment(&[vec![Some(-1.0)], vec![None]]), [None, None]);
        assert_eq!(best_assignment(&[]), []);
        assert_eq!(best_assignment(&[vec![], vec![]]), [None, None]);
    }

    /// The greatest total, by trying every assignment.
    fn best(scores: &[Vec<Option<f64>>], row: usize, used: u32) -> f64 {
        if row == scores.len() {
            return 0.0;
        }
        let alone = best(scores, row + 1, used);
        let pairs = (0..scores[row].len())
            .filter(|column| used & (1 << column) == 0)
            .filter_map(|column| Some(scores[row][column]? + best(scores, row + 1, used | (1 << column))));
        pairs.fold(alone, f64::max)
    }

    proptest! {
        #[test]
        fn no_other_assignment_scores_higher(
            scores in (1usize..5).prop_flat_map(|columns| {
                let cell = proptest::option::of((-9i32..20).prop_map(f64::from));
                proptest::collection::vec(proptest::collection::vec(cell, columns), 1..5)
            }),
        ) {
            let found = best_assignment(&scores);
            let mut columns: Vec<usize> = found.iter().flatten().copied().collect();
            let sum: f64 = found.iter().zip(&scores).filter_map(|(column, row)| row[(*column)?]).sum();
            prop_assert!((sum - best(&scores, 0, 0)).abs() < 1e-6, "{found:?}");
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(columns.len(), found.iter().flatten().count());
        }
    }
}
