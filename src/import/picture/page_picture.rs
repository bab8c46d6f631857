//! Draws a page: where each line stands, what import took it for, and in which order the lines of each article are read.
//!
//! A line has its rectangles, its text, its number, the letter of its article and its role; more is shown where a pointer rests on
//! it. Colours tell articles apart, and are never the only sign. Letters and numbers are those of `import --dry-run`.

use crate::import::dry_run::letters;
use crate::import::page::line_layout::LineLayout;
use crate::import::page::lines::Line;
use crate::import::page::partition::LineAssignment;
use crate::import::page::role::Role;
use crate::import::page_import::PageImport;
use crate::import::picture::fitted_text::fitted;
use crate::import::picture::legend;
use crate::import::picture::reading_path::reading_path;
use crate::import::picture::svg::{Rect, colour, escaped};
use crate::import::uncertain_lines::UNCERTAIN;
use std::fmt::Write;

/// Blank round the page.
const MARGIN: i32 = 300;
/// Coordinates of lines, at most: twenty times a broadsheet.
const FARTHEST: i32 = 200_000;
/// Size of an article's letter on its larger rectangles.
const BADGE: i32 = 150;

const STYLE: &str = "text{font-family:'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif}\
.t{fill:#333}.l{font-size:36px;text-anchor:end;stroke:#fff;stroke-width:8px;paint-order:stroke}.r{fill-opacity:.09;stroke-width:5}\
.d{stroke-width:9;stroke-dasharray:24 14}.q{font-size:90px;font-weight:bold}.b{font-size:150px;font-weight:bold;stroke-width:24px}path{fill:none;stroke-width:5;opacity:.7}\
.far{stroke-dasharray:14 8;stroke-width:7}.legend{font-size:140px}.name{font-weight:bold}";

/// The picture of an imported page as SVG; none where its format does not say where its lines stand.
pub(crate) fn page_picture(import: &PageImport) -> Option<String> {
    let (page, partition) = import.overrides.in_reading_order(&import.page, &import.partition);
    let lines = page.lines.iter().zip(&partition.lines);
    let placed: Vec<PlacedLine<'_>> = lines.filter_map(|(line, assigned)| PlacedLine::of(line, assigned)).collect();
    let [left, top, right, bottom] = extent(page.sheet, &placed)?;
    let (legend_x, legend_height) = (right + MARGIN, legend::height(import));
    let (width, height) = (right - left + 2 * MARGIN + legend::WIDTH, (bottom - top + 2 * MARGIN).max(legend_height));
    let (x, y) = (left - MARGIN, top - MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{x} {y} {width} {height}\" width=\"{}pt\" height=\"{}pt\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 1L10 5L0 9z\" style=\"fill:context-stroke;stroke:none\"/></marker></defs>\n\
         <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"#eee\"/>\n\
         <rect x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\" fill=\"#fff\"/>\n",
        width / 10,
        height / 10,
        escaped(import.file()),
        right - left,
        bottom - top,
    );
    placed.iter().for_each(|line| out.push_str(&line.drawn()));
    for article in 0..import.articles.len() {
        let own = placed.iter().filter(|line| line.assigned.article == Some(article));
        let places: Vec<(Rect, bool)> =
            own.flat_map(|line| line.rects.iter().map(|&rect| (rect, line.layout.vertical))).collect();
        let _ = writeln!(out, "<g stroke=\"{}\">{}</g>", colour(Some(article)), reading_path(&places));
    }
    out.push_str(&legend::legend(import, [legend_x, y]));
    Some(out + "</svg>\n")
}

/// The sheet, with what stands outside it; none without a line that has a place.
fn extent(sheet: Option<[i32; 2]>, placed: &[PlacedLine<'_>]) -> Option<Rect> {
    let around = |a: Rect, b: Rect| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
    let lines = placed.iter().flat_map(|line| line.rects.iter().copied()).reduce(around)?;
    let sheet = sheet.map(|[width, height]| [0, 0, width.clamp(0, FARTHEST), height.clamp(0, FARTHEST)]);
    Some(sheet.map_or(lines, |sheet| around(sheet, lines)))
}

/// A line of the page that has a place.
struct PlacedLine<'a> {
    line: &'a Line,
    assigned: &'a LineAssignment,
    layout: &'a LineLayout,
    /// its rectangles, none larger than any page
    rects: Vec<Rect>,
}

impl<'a> PlacedLine<'a> {
    fn of(line: &'a Line, assigned: &'a LineAssignment) -> Option<Self> {
        let layout = line.layout.as_deref()?;
        let bounded = |rect: &Rect| rect.map(|edge| edge.clamp(-FARTHEST, FARTHEST));
        Some(Self { line, assigned, layout, rects: layout.rects.iter().map(bounded).collect() })
    }

    fn is_doubtful(&self) -> bool {
        self.assigned.certainty < UNCERTAIN
    }

    /// The line's rectangles with its text in them, and its label beside the first.
    fn drawn(&self) -> String {
        let Self { line, assigned, layout, rects } = self;
        let class = if self.is_doubtful() { "r d" } else { "r" };
        let colour = colour(assigned.article);
        let mut out = format!("<g fill=\"{colour}\" stroke=\"{colour}\"><title>{}</title>", escaped(&self.details()));
        for [x0, y0, x1, y1] in rects {
            let (width, height) = ((x1 - x0).max(1), (y1 - y0).max(1));
            let _ =
                write!(out, "<rect class=\"{class}\" x=\"{x0}\" y=\"{y0}\" width=\"{width}\" height=\"{height}\"/>");
        }
        out.push_str("</g>\n");
        for row in fitted(&line.text, rects, layout.vertical) {
            let mode = if layout.vertical { " writing-mode=\"vertical-rl\"" } else { "" };
            let [x, y] = row.at;
            let _ = writeln!(
                out,
                "<text class=\"t\" x=\"{x}\" y=\"{y}\" font-size=\"{}\"{mode}>{}</text>",
                row.size,
                escaped(&row.text)
            );
        }
        out + &self.badges() + &self.label()
    }

    /// The letter of its article in each of its larger rectangles, to be seen where the whole page is.
    fn badges(&self) -> String {
        let Some(article) = self.assigned.article else { return String::new() };
        let (letter, colour) = (letters(article), colour(Some(article)));
        let badge = |[x0, y0, x1, y1]: &Rect| {
            let y = y0 + BADGE;
            (y1 - y0 > 2 * BADGE && x1 - x0 > 2 * BADGE)
                .then(|| format!("<text class=\"l b\" x=\"{}\" y=\"{y}\" fill=\"{colour}\">{letter}</text>\n", x1 - 12))
        };
        self.rects.iter().filter_map(badge).collect()
    }

    /// The line's number, its article and its role, left of its first rectangle.
    fn label(&self) -> String {
        let Some([x0, y0, ..]) = self.rects.first() else { return String::new() };
        let (x, number, colour) = (x0 - 16, self.line.number, colour(self.assigned.article));
        let article = self.assigned.article.map_or_else(|| "·".to_owned(), letters);
        let role = short_name(self.assigned.role);
        let (first, second) = (y0 + 34, y0 + 70);
        let doubt = if self.is_doubtful() {
            format!("<text class=\"l q\" x=\"{x}\" y=\"{}\" fill=\"#b01030\">?</text>", y0 + 150)
        } else {
            String::new()
        };
        format!(
            "<text class=\"l\" x=\"{x}\" y=\"{first}\" fill=\"{colour}\">{number} {article}</text>\
             <text class=\"l\" x=\"{x}\" y=\"{second}\" fill=\"{colour}\">{role}</text>{doubt}\n"
        )
    }

    fn details(&self) -> String {
        let LineAssignment { role, article, why, certainty, .. } = self.assigned;
        let article =
            article.map_or_else(|| "no article".to_owned(), |article| format!("article {}", letters(article)));
        let percent = (certainty * 100.0).round();
        format!("line {}: {}, {article}, {percent} % certain; {why}", self.line.number, role.name())
    }
}

/// A role's name, short enough for the gutter between two columns.
fn short_name(role: Role) -> &'static str {
    match role {
        Role::Furniture => "furn.",
        Role::Column => "label",
        Role::Subtitle => "subt.",
        Role::Subhead => "subh.",
        Role::Caption => "capt.",
        other => other.name(),
    }
}
