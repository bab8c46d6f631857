//! ALTO, versions 2 to 4: what libraries' digitisation, ABBYY and Tesseract write.
//!
//! A file has the unit of its coordinates (pixels, tenths of a millimetre or 1200ths of an inch), styles, and pages of blocks,
//! lines and strings. Margins are furniture. Source: <https://www.loc.gov/standards/alto/>.

use crate::import::input::printed::labels::label_of;
use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::text_line::line_of_words;
use crate::import::input::printed::units::{UNKNOWN_HEIGHT, scaled};
use crate::import::input::xml::tree::{children, confidence, is, named, number, parse};
use crate::import::page::printed_page::{BlockLabel, PrintedBlock, PrintedLine, PrintedPage, PrintedWord, Rect};
use roxmltree::{Document, Node};
use std::collections::HashMap;

/// Names of a margin of the page.
const MARGINS: [&str; 4] = ["TopMargin", "BottomMargin", "LeftMargin", "RightMargin"];

/// What the head of a file says of its blocks.
#[derive(Debug, Default)]
struct Context<'a> {
    /// points a unit; None: pixels of an unknown resolution
    unit: Option<f32>,
    /// a style's size in points and whether it is bold, by its ID
    styles: HashMap<&'a str, (Option<f32>, bool)>,
    /// labels of tags by their IDs
    tags: HashMap<&'a str, &'a str>,
    /// a block's or line's place in the reading order, by its ID
    order: HashMap<&'a str, usize>,
}

/// The pages of a file.
pub(crate) fn decode_alto(text: &str, pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let document = parse(text)?;
    let context = Context::of(&document);
    let found: Vec<Node<'_, '_>> = named(document.root(), "Page").collect();
    pages.read(found.into_iter(), |page| Ok(context.page(page)))
}

impl<'a> Context<'a> {
    fn of(document: &'a Document<'a>) -> Self {
        let root = document.root();
        let unit = named(root, "MeasurementUnit").next().and_then(|node| node.text()).map_or("", str::trim);
        let style = |node: Node<'a, 'a>| {
            let is_bold = node.attribute("FONTSTYLE").is_some_and(|style| style.contains("bold"));
            Some((node.attribute("ID")?, (number(node, "FONTSIZE").filter(|size| *size > 0.0), is_bold)))
        };
        let tag =
            |node: Node<'a, 'a>| Some((node.attribute("ID")?, node.attribute("LABEL").or(node.attribute("TYPE"))?));
        let references = named(root, "ReadingOrder").flat_map(|order| named(order, "ElementRef"));
        let order = references.enumerate().filter_map(|(at, node)| Some((node.attribute("REF")?, at)));
        Self {
            unit: match unit {
                "mm10" => Some(72.0 / 254.0),
                "inch1200" => Some(72.0 / 1200.0),
                _ => None,
            },
            styles: named(root, "TextStyle").filter_map(style).collect(),
            tags: root.descendants().filter(|node| node.tag_name().name().ends_with("Tag")).filter_map(tag).collect(),
            order: order.collect(),
        }
    }

    fn page(&self, node: Node<'a, 'a>) -> PrintedPage {
        let extent = |name: &str| number(node, name).filter(|value| *value > 0.0);
        let right_below = |rect: &Rect| (rect.x1, rect.y1);
        let (across, down) = match (extent("WIDTH"), extent("HEIGHT")) {
            (Some(width), Some(height)) => (width, height),
            _ => node
                .descendants()
                .filter_map(rect)
                .map(|r| right_below(&r))
                .fold((1.0, 1.0), |(w, h), (x, y)| (x.max(w), y.max(h))),
        };
        let scale = self.unit.unwrap_or(UNKNOWN_HEIGHT / down);
        let mut page = PrintedPage { width: across * scale, height: down * scale, ..PrintedPage::default() };
        let mut articles = HashMap::new();
        for node in node.descendants() {
            match node.tag_name().name() {
                "TextBlock" => page.blocks.extend(self.block(node, scale, &mut articles)),
                "Illustration" => page.pictures.extend(rect(node).map(|rect| scaled(rect, scale))),
                "GraphicalElement" => page.rules.extend(rect(node).map(|rect| scaled(rect, scale))),
                _ => {}
            }
        }
        estimate_sizes(&mut page);
        page
    }

    fn block(&self, node: Node<'a, 'a>, scale: f32, articles: &mut HashMap<usize, usize>) -> Option<PrintedBlock> {
        let lines: Vec<PrintedLine> = children(node, "TextLine").filter_map(|line| self.line(line, scale)).collect();
        let rect = rect(node)
            .map(|rect| scaled(rect, scale))
            .or_else(|| lines.iter().map(|line| line.rect).reduce(|all, line| all.union(&line)))?;
        let is_article =
            |node: &Node<'_, '_>| node.attribute("TYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
        let article = node.ancestors().find(is_article).map(|article| {
            let next = articles.len();
            *articles.entry(article.id().get_usize()).or_insert(next)
        });
        let order = |node: Node<'a, 'a>| self.order.get(node.attribute("ID")?).copied();
        let order = order(node).or_else(|| children(node, "TextLine").find_map(order));
        Some(PrintedBlock { rect, lines, label: self.label(node), order, article })
    }

    fn label(&self, node: Node<'_, '_>) -> Option<BlockLabel> {
        if node.ancestors().any(|above| MARGINS.contains(&above.tag_name().name())) {
            return Some(BlockLabel::Furniture);
        }
        let tags = node.attribute("TAGREFS").unwrap_or_default().split_whitespace();
        let names = tags.filter_map(|id| self.tags.get(id).copied()).chain(node.attribute("TYPE"));
        names.filter_map(label_of).next()
    }

    fn line(&self, node: Node<'_, '_>, scale: f32) -> Option<PrintedLine> {
        let strings = node.children().filter(|node| is(*node, "String") || is(*node, "HYP"));
        let word = |node: Node<'_, '_>| {
            let rect = rect(node).map_or_else(Rect::default, |rect| scaled(rect, scale));
            let confidence = confidence(node.attribute("WC"));
            Some(PrintedWord { text: node.attribute("CONTENT")?.to_owned(), rect, confidence })
        };
        // a hyphen is part of the word before it
        let mut words: Vec<PrintedWord> = Vec::new();
        for string in strings {
            match (words.last_mut(), word(string)) {
                (Some(before), Some(hyphen)) if is(string, "HYP") => before.text.push_str(&hyphen.text),
                (_, word) => words.extend(word),
            }
        }
        let line = line_of_words(words, rect(node).map(|rect| scaled(rect, scale)))?;
        let (size, bold) = self.style(node);
        Some(PrintedLine { size: size.unwrap_or(0.0), bold, ..line })
    }

    /// Size and weight of a line: by the style of its first string, of itself, or of what holds it.
    fn style(&self, line: Node<'_, '_>) -> (Option<f32>, bool) {
        let first = children(line, "String").next();
        let nodes = first.into_iter().chain(line.ancestors());
        let ids = nodes.filter_map(|node| node.attribute("STYLEREFS")).flat_map(str::split_whitespace);
        ids.filter_map(|id| self.styles.get(id)).next().copied().unwrap_or((None, false))
    }
}

/// The rectangle of an element, in the file's unit.
fn rect(node: Node<'_, '_>) -> Option<Rect> {
    let (x, y) = (number(node, "HPOS")?, number(node, "VPOS")?);
    let (width, height) = (number(node, "WIDTH")?, number(node, "HEIGHT")?);
    Some(Rect::between(x, y, x + width, y + height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;

    fn page(unit: &str) -> String {
        format!(
            r##"<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>{unit}</MeasurementUnit></Description>
<Styles><TextStyle ID="big" FONTSIZE="24" FONTSTYLE="bold"/><TextStyle ID="text" FONTSIZE="9.5"/></Styles>
<Tags><LayoutTag ID="t1" LABEL="headline"/></Tags>
<ReadingOrder><OrderedGroup><ElementRef REF="b2"/><ElementRef REF="b1"/></OrderedGroup></ReadingOrder>
<Layout><Page WIDTH="1000" HEIGHT="2000"><TopMargin><TextBlock ID="m" HPOS="0" VPOS="0" WIDTH="10" HEIGHT="10"><TextLine><String CONTENT="第4版" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/></TextLine></TextBlock></TopMargin>
<PrintSpace><ComposedBlock TYPE="article"><TextBlock ID="b1" TAGREFS="t1" HPOS="100" VPOS="200" WIDTH="300" HEIGHT="40" STYLEREFS="text"><TextLine HPOS="100" VPOS="200" WIDTH="300" HEIGHT="40" STYLEREFS="big">
<String CONTENT="微" WC="0.5" HPOS="100" VPOS="200" WIDTH="40" HEIGHT="40"/><SP/><String CONTENT="工厂" WC="0.8" HPOS="140" VPOS="200" WIDTH="80" HEIGHT="40"/></TextLine></TextBlock></ComposedBlock>
<TextBlock ID="b2" HPOS="100" VPOS="300" WIDTH="300" HEIGHT="20" STYLEREFS="text"><TextLine><String CONTENT="inter" HPOS="100" VPOS="300" WIDTH="40" HEIGHT="20"/><HYP CONTENT="-"/></TextLine></TextBlock>
<Illustration HPOS="500" VPOS="500" WIDTH="100" HEIGHT="100"/></PrintSpace></Page></Layout></alto>"##
        )
    }

    #[test]
    fn blocks_have_their_lines_sizes_labels_and_order() {
        let pages = collect(|pages| decode_alto(&page("mm10"), pages)).unwrap();
        let [PrintedPage { blocks, pictures, .. }] = &pages[..] else { panic!("one page: {pages:?}") };
        let seen: Vec<_> = blocks.iter().map(|b| (b.lines[0].text.as_str(), b.label, b.order, b.article)).collect();
        assert_eq!(
            seen,
            [
                ("第4版", Some(BlockLabel::Furniture), None, None),
                ("微工厂", Some(BlockLabel::Title), Some(1), Some(0)),
                ("inter-", None, Some(0), None)
            ]
        );
        let [title, text] = [&blocks[1].lines[0], &blocks[2].lines[0]];
        assert_eq!((title.size, title.bold, text.size, text.bold), (24.0, true, 9.5, false));
        assert!((title.confidence.unwrap() - 0.7).abs() < 1e-6);
        assert_eq!((title.words.len(), pictures.len()), (2, 1));
    }

    #[test]
    fn units_become_points() {
        for (unit, width) in [("mm10", 85.04), ("inch1200", 18.0), ("pixel", 229.6)] {
            let pages = collect(|pages| decode_alto(&page(unit), pages)).unwrap();
            let line = pages[0].blocks[1].lines[0].rect;
            assert!((line.width() - width).abs() < 0.1, "{unit}: {}", line.width());
        }
    }
}
