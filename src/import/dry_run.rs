//! A page with its articles marked, for a person to read: what `import --dry-run` prints.
//!
//! Each line that is not empty, with its number, its article (A, B, …, each in a colour), its role and its text; text whose
//! role is doubtful is underlined. Colour is plain escape codes, which the terminal room drops where nobody sees them.

use crate::import::page_import::PageImport;
use crate::import::uncertain_lines::DOUBTFUL;
use anstyle::{AnsiColor, Style};

const COLOURS: [AnsiColor; 6] =
    [AnsiColor::Cyan, AnsiColor::Yellow, AnsiColor::Green, AnsiColor::Magenta, AnsiColor::Blue, AnsiColor::Red];

/// The page as text for a terminal, without a line break at the end.
pub(crate) fn render_dry_run(import: &PageImport) -> String {
    let mut out = vec![import.name.clone()];
    for (line, placed) in import.page.lines.iter().zip(&import.partition.lines) {
        let style = placed.article.map_or_else(
            || Style::new().dimmed(),
            |article| Style::new().fg_color(Some(COLOURS[article % COLOURS.len()].into())),
        );
        let style = if placed.certainty < DOUBTFUL { style.underline() } else { style };
        let article = placed.article.map_or_else(|| "·".to_owned(), letters);
        let gap = if line.gap > 0 { "\n" } else { "" };
        let role = placed.role.name();
        out.push(format!("{gap}{:>5} {article:<2} {role:<9} {style}{}{style:#}", line.number, line.text));
    }
    for (at, (front, _)) in import.articles.iter().enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let people = front.authors.join("、");
        out.push(format!("{gap}{} {}  [{people}]  {}", letters(at), front.title, front.themes.join(" ")));
    }
    out.join("\n")
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
