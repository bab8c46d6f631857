//! The report of `import --dry-run`: a page with its articles marked.
//!
//! One row for each non-empty line: number, article (A, B, …, each in a colour), role, text; uncertain ones are underlined.
//! Below, each article's title, authors and themes. `io/terminal` drops the colours where the output is no terminal.

use crate::import::page_import::PageImport;
use crate::import::uncertain_lines::UNCERTAIN;
use anstyle::{AnsiColor, Style};

const COLOURS: [AnsiColor; 6] =
    [AnsiColor::Cyan, AnsiColor::Yellow, AnsiColor::Green, AnsiColor::Magenta, AnsiColor::Blue, AnsiColor::Red];

/// The report of a page, without a line break at the end.
pub(crate) fn render_dry_run(import: &PageImport) -> String {
    let mut rows = vec![import.name.clone()];
    for (line, assigned) in import.page.lines.iter().zip(&import.partition.lines) {
        let style = assigned.article.map_or_else(
            || Style::new().dimmed(),
            |article| Style::new().fg_color(Some(COLOURS[article % COLOURS.len()].into())),
        );
        let style = if assigned.certainty < UNCERTAIN { style.underline() } else { style };
        let article = assigned.article.map_or_else(|| "·".to_owned(), letters);
        let gap = if line.gap > 0 { "\n" } else { "" };
        let role = assigned.role.name();
        rows.push(format!("{gap}{:>5} {article:<2} {role:<9} {style}{}{style:#}", line.number, line.text));
    }
    for (index, article) in import.articles.iter().enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let front = &article.front;
        let authors = front.authors.join("、");
        rows.push(format!("{gap}{} {}  [{authors}]  {}", letters(index), front.title, front.themes.join(" ")));
    }
    rows.join("\n")
}

/// A, B, …, Z, AA, AB, …
fn letters(article: usize) -> String {
    let last = char::from(b'A' + (article % 26) as u8);
    if article < 26 { last.to_string() } else { format!("{}{last}", letters(article / 26 - 1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_lettered() {
        assert_eq!((letters(0), letters(25), letters(26)), ("A".into(), "Z".into(), "AA".into()));
    }
}
