//! Line numbers as ranges, as front matter names the lines of an article: `13-35,40`. (The ranges that a person writes in a
//! sidecar are parsed by [`sidecar::ranges`](crate::import::sidecar::ranges).)

/// Formats `lines` (ascending) as ranges. `all` are the numbers of the page's non-empty lines: numbers that follow each other
/// there are one range, so that an empty line does not divide it.
pub(crate) fn format_line_ranges(lines: &[usize], all: &[usize]) -> String {
    let index = |line: &usize| all.binary_search(line).unwrap_or(usize::MAX);
    let spans: Vec<String> = lines
        .chunk_by(|a, b| index(a).checked_add(1) == Some(index(b)))
        .map(|run| match run {
            [one] => one.to_string(),
            [first, .., last] => format!("{first}-{last}"),
            [] => String::new(),
        })
        .collect();
    spans.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_span_empty_lines() {
        let all = [1, 3, 5, 7, 9, 11];
        assert_eq!(format_line_ranges(&[1, 3, 7, 11], &all), "1-3,7,11");
        assert_eq!(format_line_ranges(&[5], &all), "5");
    }
}
