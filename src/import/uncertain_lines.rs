//! The places of an import that a person should look at: five, and not five hundred.

use crate::import::page::role::Role;
use crate::import::page_import::PageImport;

/// Below this a role or a place is doubtful.
pub(crate) const DOUBTFUL: f64 = 0.5;
/// UncertainLines that are told one by one.
const TOLD: usize = 8;
/// Characters of a line that are shown.
const SHOWN: usize = 24;

/// A line that may be something else, or of another article.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UncertainLine {
    /// page and line: `content/pages/a.txt:27`
    pub(crate) place: String,
    pub(crate) role: Role,
    pub(crate) why: &'static str,
    /// 0 to 1
    pub(crate) certainty: f64,
    /// the beginning of the line
    pub(crate) text: String,
}

/// The doubts of an import: all are counted, the gravest are told.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct UncertainLines {
    pub(crate) count: usize,
    /// the least certain first
    pub(crate) gravest: Vec<UncertainLine>,
}

impl UncertainLines {
    /// Looks at a page.
    pub(crate) fn look(&mut self, import: &PageImport) {
        let lines = import.page.lines.iter().zip(&import.partition.lines);
        for (line, placed) in lines.filter(|(_, placed)| placed.role != Role::Furniture && placed.certainty < DOUBTFUL)
        {
            self.count += 1;
            self.gravest.push(UncertainLine {
                place: format!("{}:{}", import.name, line.number),
                role: placed.role,
                why: placed.why,
                certainty: placed.certainty,
                text: line.text.chars().take(SHOWN).collect(),
            });
        }
        self.gravest.sort_by(|a, b| a.certainty.total_cmp(&b.certainty).then_with(|| a.place.cmp(&b.place)));
        self.gravest.truncate(TOLD);
    }

    /// What an import says of them, a line each; nothing where there are none.
    pub(crate) fn told(&self) -> Vec<String> {
        if self.count == 0 {
            return Vec::new();
        }
        let places = if self.count == 1 { "place" } else { "places" };
        let head = match self.count - self.gravest.len() {
            0 => format!("{} doubtful {places}:", self.count),
            _ => format!("{} doubtful {places}, the gravest {}:", self.count, self.gravest.len()),
        };
        let line = |doubt: &UncertainLine| {
            let UncertainLine { place, role, why, certainty, text } = doubt;
            format!("  {place}: {} ({certainty:.2}), {why}: {text}", role.name())
        };
        std::iter::once(head).chain(self.gravest.iter().map(line)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page_import::{PageMetadata, import_page};

    #[test]
    fn the_gravest_doubts_come_first_and_all_are_counted() {
        let text = "驿站开了灯\n\n本报讯（记者林屏之）驿站里有热水。\n\n一碗汤\n\n夜里也开门。\n";
        let mut import = import_page(&Source::new("p.txt", text), &PageMetadata::default(), |_| Vec::new());
        for (at, placed) in import.partition.lines.iter_mut().enumerate() {
            placed.certainty = if at % 2 == 0 { 0.1 + at as f64 / 100.0 } else { 0.9 };
        }
        let mut doubts = UncertainLines::default();
        assert_eq!(doubts.told(), Vec::<String>::new());
        doubts.look(&import);
        assert_eq!((doubts.count, doubts.gravest[0].place.as_str()), (2, "p.txt:1"));
        for _ in 0..9 {
            doubts.look(&import);
        }
        assert_eq!((doubts.count, doubts.told().len()), (20, 1 + TOLD));
        assert!(doubts.told()[0].starts_with("20 doubtful places, the gravest 8"));
    }
}
