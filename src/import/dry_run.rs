//! The report of `import --dry-run`: a page with its articles marked.
//!
//! One row for each non-empty line: number, article (A, B, …, each in a colour), role, text; uncertain ones are underlined, and so are
//! words that were read with low confidence.
//! Below, each article's title, authors and themes. `io/terminal` drops the colours where the output is no terminal.

use crate::diagnostics::message::translation;
use crate::import::page::lines::Line;
use crate::import::page_import::PageImport;
use crate::import::uncertain_lines::UNCERTAIN;
use crate::text::columns::left_aligned;
use crate::text::lang::Lang;
use anstyle::{AnsiColor, Style};

const COLOURS: [AnsiColor; 6] =
    [AnsiColor::Cyan, AnsiColor::Yellow, AnsiColor::Green, AnsiColor::Magenta, AnsiColor::Blue, AnsiColor::Red];

/// The report of a page, without a line break at the end.
pub(crate) fn render_dry_run(import: &PageImport, lang: Lang) -> String {
    let mut rows = vec![import.name.clone()];
    for (line, assigned) in import.page.lines.iter().zip(&import.partition.lines) {
        let style = assigned.article.map_or_else(
            || Style::new().dimmed(),
            |article| Style::new().fg_color(Some(COLOURS[article % COLOURS.len()].into())),
        );
        let style = if assigned.certainty < UNCERTAIN { style.underline() } else { style };
        let article = assigned.article.map_or_else(|| "·".to_owned(), letters);
        let gap = if line.gap > 0 { "\n" } else { "" };
        let role = left_aligned(translation(assigned.role.name(), lang), 9);
        rows.push(format!("{gap}{:>5} {article:<2} {role} {}", line.number, styled(line, style)));
    }
    for (index, article) in import.articles.iter().enumerate() {
        let gap = if index == 0 { "\n" } else { "" };
        let front = &article.front;
        let authors = front.authors.join("、");
        rows.push(format!("{gap}{} {}  [{authors}]  {}", letters(index), front.title, front.themes.join(" ")));
    }
    rows.join("\n")
}

/// The text of a line in a style, with the words underlined that were read with low confidence.
fn styled(line: &Line, style: Style) -> String {
    let unsure = style.underline();
    let (mut text, mut end) = (String::new(), 0);
    for place in line.layout.iter().flat_map(|layout| &layout.unsure) {
        if let (Some(sure), Some(words)) = (line.text.get(end..place.span.start), line.text.get(place.span.clone())) {
            text.push_str(&format!("{style}{sure}{style:#}{unsure}{words}{unsure:#}"));
            end = place.span.end;
        }
    }
    format!("{text}{style}{}{style:#}", &line.text[end..])
}

/// A, B, …, Z, AA, AB, …
pub(crate) fn letters(article: usize) -> String {
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
