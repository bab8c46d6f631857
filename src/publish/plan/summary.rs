//! Summary of a plan for people: how many files are uploaded and removed, folder by folder.

use crate::diagnostics::message::translation;
use crate::message;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::plan::{Action, Plan};
use crate::text::columns::right_aligned;
use crate::text::lang::Lang;
use std::array::from_fn;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Folders that are shown one by one; the rest are summed up.
const MAX_ROWS: usize = 40;

/// The numbers of files added, changed and removed, and the bytes to send.
type Row = [u64; 4];

fn sum<'a>(rows: impl Iterator<Item = &'a Row>) -> Row {
    rows.fold(Row::default(), |sum, row| from_fn(|column| sum[column] + row[column]))
}

/// The plan as a table of folders, with a line that sums it up; `size` says how a number of bytes is written.
pub(crate) fn summary_table(local: &LocalSite, plan: &Plan, size: impl Fn(u64) -> String, lang: Lang) -> String {
    let rows = rows(local, plan);
    let heading = |word, width| right_aligned(translation(word, lang), width);
    let heads = [heading("new", 8), heading("changed", 8), heading("removed", 8), heading("bytes", 10)].join(" ");
    let mut text = format!("{heads}  {}\n", translation("folder", lang));
    let mut line = |[added, changed, removed, bytes]: Row, folder: &str| {
        // writing into a text cannot fail
        let _ = writeln!(text, "{added:>8} {changed:>8} {removed:>8} {:>10}  {folder}", size(bytes));
    };
    for (folder, row) in rows.iter().take(MAX_ROWS) {
        line(*row, folder);
    }
    if rows.len() > MAX_ROWS {
        line(sum(rows.values().skip(MAX_ROWS)), &message!("… {n} more folders", n = rows.len() - MAX_ROWS).text(lang));
    }
    line(sum(rows.values()), translation("in all", lang));
    text.truncate(text.trim_end().len());
    text
}

/// Every step of the plan, a line a file: `+` new, `~` changed, `-` removed, `.` a placeholder.
pub(crate) fn list_steps(local: &LocalSite, plan: &Plan, lang: Lang) -> String {
    let mut lines = Vec::new();
    for phase in &plan.phases {
        lines.push(format!("{}:", translation(phase.name, lang)));
        match &phase.action {
            Action::Upload(files) => lines.extend(files.iter().map(|at| {
                let sign = if plan.added.binary_search(at).is_ok() { '+' } else { '~' };
                format!("  {sign} {}", local.files[*at].path)
            })),
            Action::PutPlaceholders(paths, _) => lines.extend(paths.iter().map(|path| format!("  . {path}"))),
            Action::Remove(paths) => lines.extend(paths.iter().map(|path| format!("  - {path}"))),
        }
    }
    lines.join("\n")
}

/// By the first two folders of a path: `2025/02/`.
fn rows(local: &LocalSite, plan: &Plan) -> BTreeMap<String, Row> {
    let added = plan.added.iter().map(|&at| (&local.files[at].path, [1, 0, 0, local.files[at].size]));
    let changed = plan.changed.iter().map(|&at| (&local.files[at].path, [0, 1, 0, local.files[at].size]));
    let removed = plan.removed.iter().map(|path| (path, [0, 0, 1, 0]));
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (path, row) in added.chain(changed).chain(removed) {
        let total = rows.entry(folder(path)).or_default();
        *total = sum([*total, row].iter());
    }
    rows
}

fn folder(path: &str) -> String {
    let end = path.match_indices('/').take(2).last();
    end.map_or_else(|| "./".to_owned(), |(slash, _)| path[..=slash].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::local_site::LocalFile;

    #[test]
    fn a_summary_counts_by_folder_and_in_total() {
        let file = |path: &str| LocalFile { path: path.to_owned(), size: 1500, hash: blake3::hash(b"") };
        let files = ["2025/02/a/index.html", "2025/02/b/index.html", "index.html"].map(file).to_vec();
        let local =
            LocalSite { root: "public".into(), files, generated: BTreeMap::new(), build_errors: 0, findings: vec![] };
        let plan =
            Plan { added: vec![0, 1], changed: vec![2], removed: vec!["2024/x.html".to_owned()], ..Plan::default() };
        let table = summary_table(&local, &plan, |bytes| bytes.to_string(), Lang::En);
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(
            lines[1],
            ["1500", "./"].iter().fold(vec!["0", "1", "0"], |mut row, cell| {
                row.push(cell);
                row
            })
        );
        assert!(lines.contains(&vec!["0", "0", "1", "0", "2024/"]));
        assert!(lines.contains(&vec!["2", "0", "0", "3000", "2025/02/"]));
        assert_eq!(lines.last().unwrap(), &["2", "1", "1", "4500", "in", "all"]);
    }
}
