//! The lines of an import whose role or article is uncertain: all are counted, the least certain are listed.

use crate::diagnostics::message::Message;
use crate::import::lexicon::reason::Reason;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use crate::message;

/// A line whose probability of being right is below this is uncertain.
pub(crate) const UNCERTAIN: f64 = 0.6;
/// Lines that are listed one by one.
const LISTED: usize = 8;
/// Characters of a line's text that are shown.
const EXCERPT: usize = 24;

/// A line that may have another role, or belong to another article.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UncertainLine {
    /// page and line number: `content/pages/a.txt:27`
    pub(crate) location: String,
    pub(crate) role: Role,
    pub(crate) why: Reason,
    /// probability that role and article are right, 0 to 1
    pub(crate) certainty: f64,
    /// the beginning of the line
    pub(crate) excerpt: String,
}

/// The uncertain lines of all pages of an import.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct UncertainLines {
    /// of all, listed or not
    pub(crate) count: usize,
    /// at most [`LISTED`], the least certain first
    pub(crate) listed: Vec<UncertainLine>,
    /// places in articles that were read with low confidence, and the lines that they are in
    pub(crate) unsure: (usize, usize),
}

impl UncertainLines {
    /// Adds the uncertain lines of a page.
    pub(crate) fn add_page(&mut self, import: &PageImport) {
        let lines = import.page.lines.iter().zip(&import.partition.lines);
        for (line, assigned) in lines.filter(|(_, it)| it.role != Role::Furniture && it.certainty < UNCERTAIN) {
            self.count += 1;
            self.listed.push(UncertainLine {
                location: format!("{}:{}", import.name, line.number),
                role: assigned.role,
                why: assigned.why,
                certainty: assigned.certainty,
                excerpt: line.text.chars().take(EXCERPT).collect(),
            });
        }
        let assigned = import.page.lines.iter().zip(&import.partition.lines);
        let of_articles =
            assigned.filter(|(_, it)| it.role != Role::Furniture).filter_map(|(line, _)| line.layout.as_deref());
        for layout in of_articles.filter(|layout| !layout.unsure.is_empty()) {
            self.unsure = (self.unsure.0 + layout.unsure.len(), self.unsure.1 + 1);
        }
        self.listed.sort_by(|a, b| a.certainty.total_cmp(&b.certainty).then_with(|| a.location.cmp(&b.location)));
        self.listed.truncate(LISTED);
    }

    /// The list for the terminal, under a line with the count, and the number of words that were read with low confidence; empty where
    /// nothing is uncertain.
    pub(crate) fn report(&self) -> Vec<Message> {
        let (places, of_lines) = self.unsure;
        let unsure = (places > 0).then(|| {
            message!(
                "{places} places in {of_lines} lines were read with low confidence: --dry-run underlines them, --report lists them",
                places,
                of_lines
            )
        });
        if self.count == 0 {
            return unsure.into_iter().collect();
        }
        let heading = match self.count - self.listed.len() {
            0 => message!("{n} uncertain {line|lines}:", n = self.count),
            _ => message!(
                "{n} uncertain {line|lines}, the {listed} least certain:",
                n = self.count,
                listed = self.listed.len()
            ),
        };
        let entry = |line: &UncertainLine| {
            let UncertainLine { location, role, why, certainty, excerpt } = line;
            let (role, certainty, why) = (Message::of(role.name()), format!("{certainty:.2}"), why.message());
            message!("  {location}: {role} ({certainty}), {why}: {excerpt}", location, role, certainty, why, excerpt)
        };
        std::iter::once(heading).chain(self.listed.iter().map(entry)).chain(unsure).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page_import::import_page;
    use crate::import::page_metadata::PageMetadata;

    #[test]
    fn the_least_certain_lines_come_first_and_all_are_counted() {
        let text = "驿站开了灯\n\n本报讯（记者林屏之）驿站里有热水。\n\n一碗汤\n\n夜里也开门。\n";
        let mut import = import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| Vec::new());
        for (index, assigned) in import.partition.lines.iter_mut().enumerate() {
            assigned.certainty = if index % 2 == 0 { 0.1 + index as f64 / 100.0 } else { 0.9 };
        }
        let mut lines = UncertainLines::default();
        assert_eq!(lines.report(), []);
        lines.add_page(&import);
        assert_eq!((lines.count, lines.listed[0].location.as_str()), (2, "p.txt:1"));
        for _ in 0..9 {
            lines.add_page(&import);
        }
        assert_eq!((lines.count, lines.report().len()), (20, 1 + LISTED));
        assert!(lines.report()[0].english().starts_with("20 uncertain lines, the 8 least certain"));
    }
}
