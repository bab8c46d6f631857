//! Parsing of the long listings (`ls -l`) that rsync and sftp print: columns between blanks, then the name.

/// Splits the first `N` columns off a line; the rest is the name, which may hold blanks. `None` where there are fewer.
pub(crate) fn split_columns<const N: usize>(line: &str) -> Option<([&str; N], &str)> {
    let (mut columns, mut rest) = ([""; N], line);
    for column in &mut columns {
        (*column, rest) = rest.trim_start().split_once(' ')?;
    }
    Some((columns, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_in_a_name_are_kept() {
        assert_eq!(split_columns("-rw-r--r--   12 a  b "), Some((["-rw-r--r--", "12"], "a  b ")));
        assert_eq!(split_columns::<3>("one two"), None);
    }
}
