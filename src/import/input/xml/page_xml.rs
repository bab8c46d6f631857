//! PAGE-XML: what Transkribus, eScriptorium, OCR-D and research data sets write.
//!
//! A page has regions with a polygon and a type, in pixels; the reading order is a tree of groups; an article is named in a region's
//! or a line's `custom` attribute (`structure {id:a1; type:article;}`). Source: <https://github.com/PRImA-Research-Lab/PAGE-XML>.

use crate::import::input::printed::labels::label_of;
use crate::import::input::printed::pages::Pages;
use crate::import::input::printed::reason::Unreadable;
use crate::import::input::printed::sizes::estimate_sizes;
use crate::import::input::printed::text_line::{line_of_text, line_of_words};
use crate::import::input::printed::units::{UNKNOWN_HEIGHT, scaled};
use crate::import::input::xml::tree::{bounds, children, confidence, named, number, parse, parse_number};
use crate::import::page::printed_page::{BlockLabel, PrintedBlock, PrintedLine, PrintedPage, PrintedWord, Rect};
use roxmltree::Node;
use std::collections::HashMap;

/// The pages of a file.
pub(crate) fn decode_page_xml(text: &str, pages: &mut Pages<'_>) -> Result<(), Unreadable> {
    let document = parse(text)?;
    let found: Vec<Node<'_, '_>> = named(document.root(), "Page").collect();
    pages.read(found.into_iter(), |page| Ok(decode_page(page)))
}

fn decode_page(node: Node<'_, '_>) -> PrintedPage {
    let extent = |name: &str| number(node, name).filter(|value| *value > 0.0);
    let all = || node.descendants().filter_map(points).reduce(|all, rect| all.union(&rect)).unwrap_or_default();
    let width = extent("imageWidth").unwrap_or_else(|| all().x1.max(1.0));
    let height = extent("imageHeight").unwrap_or_else(|| all().y1.max(1.0));
    let scale = UNKNOWN_HEIGHT / height;
    let order = reading_order(node);
    let mut articles = HashMap::new();
    let mut page = PrintedPage { width: width * scale, height: height * scale, ..PrintedPage::default() };
    for region in node.descendants().filter(|node| node.tag_name().name().ends_with("Region")) {
        let rect = coordinates(region).map(|rect| scaled(rect, scale));
        match region.tag_name().name() {
            "SeparatorRegion" => page.rules.extend(rect),
            "TextRegion" => page.blocks.extend(blocks_of(region, rect, scale, &order, &mut articles)),
            "ImageRegion" | "GraphicRegion" | "ChartRegion" | "LineDrawingRegion" => page.pictures.extend(rect),
            // tables and others hold text regions of their own, or lines
            _ => page.blocks.extend(
                blocks_of(region, rect, scale, &order, &mut articles)
                    .into_iter()
                    .filter(|block| !block.lines.is_empty()),
            ),
        }
    }
    estimate_sizes(&mut page);
    page
}

/// The places of regions in the reading order, by their IDs: groups within groups are read where they stand.
fn reading_order<'a>(page: Node<'a, '_>) -> HashMap<&'a str, usize> {
    let Some(order) = children(page, "ReadingOrder").next() else { return HashMap::new() };
    let references = order.descendants().filter_map(|node| {
        // the index counts within a group, so that of each group around it comes first
        let mut indexes: Vec<i64> =
            node.ancestors().filter_map(|node| node.attribute("index")?.parse().ok()).take(64).collect();
        indexes.reverse();
        let name = node.tag_name().name();
        name.starts_with("RegionRef").then_some(())?;
        Some((indexes, node.attribute("regionRef")?))
    });
    let mut sorted: Vec<_> = references.collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    sorted.into_iter().enumerate().map(|(at, (_, id))| (id, at)).collect()
}

/// The blocks of a region: one an article, where its lines name several.
fn blocks_of<'a>(
    region: Node<'a, '_>,
    rect: Option<Rect>,
    scale: f32,
    order: &HashMap<&str, usize>,
    articles: &mut HashMap<&'a str, usize>,
) -> Vec<PrintedBlock> {
    let mut number_of = |node: Node<'a, '_>| {
        let next = articles.len();
        article_of(node).map(|id| *articles.entry(id).or_insert(next))
    };
    let own = number_of(region);
    let label = region.attribute("type").and_then(label_of).or_else(|| label_by_name(region.tag_name().name()));
    let order = region.attribute("id").and_then(|id| order.get(id).copied());
    let block =
        |article| PrintedBlock { rect: rect.unwrap_or_default(), label, order, article, ..PrintedBlock::default() };
    let mut blocks: Vec<PrintedBlock> = Vec::new();
    for node in children(region, "TextLine") {
        let article = number_of(node).or(own);
        let Some(line) = line_of(node, scale) else { continue };
        if blocks.last().is_none_or(|block| block.article != article) {
            blocks.push(block(article));
        }
        blocks.last_mut().expect("one was pushed if there was none").lines.push(line);
    }
    if blocks.is_empty() {
        let mut block = block(own);
        block.lines.extend(text_of(region).and_then(|(text, confidence)| line_of_text(text, block.rect, confidence)));
        blocks.push(block);
    }
    if rect.is_none() || blocks.len() > 1 {
        for block in &mut blocks {
            block.rect =
                block.lines.iter().map(|line| line.rect).reduce(|all, line| all.union(&line)).unwrap_or_default();
        }
    }
    blocks
}

fn label_by_name(name: &str) -> Option<BlockLabel> {
    (name == "TableRegion").then_some(BlockLabel::Table)
}

fn line_of(node: Node<'_, '_>, scale: f32) -> Option<PrintedLine> {
    let word = |node: Node<'_, '_>| {
        let (text, confidence) = text_of(node)?;
        let rect = coordinates(node).map_or_else(Rect::default, |rect| scaled(rect, scale));
        Some(PrintedWord { text: text.to_owned(), rect, confidence })
    };
    let words: Vec<PrintedWord> = children(node, "Word").filter_map(word).collect();
    let rect = coordinates(node).map(|rect| scaled(rect, scale));
    let own = text_of(node).and_then(|(text, confidence)| {
        let around = || words.iter().map(|word| word.rect).reduce(|all, word| all.union(&word));
        line_of_text(text, rect.or_else(around)?, confidence)
    });
    // the text of the line is what was corrected, if anything was
    match own {
        Some(line) => Some(PrintedLine { words, ..line }),
        None => line_of_words(words, rect),
    }
}

/// The text of an element with its confidence: of several readings, that with the least index.
fn text_of<'a>(node: Node<'a, '_>) -> Option<(&'a str, Option<f32>)> {
    let readings = children(node, "TextEquiv");
    let best = readings.min_by_key(|reading| reading.attribute("index").and_then(|index| index.parse::<i64>().ok()))?;
    let text = children(best, "Unicode").next().or_else(|| children(best, "PlainText").next())?.text()?;
    Some((text, confidence(best.attribute("conf"))))
}

/// The article that `custom` names: `readingOrder {index:0;} structure {id:a12; type:article;}`.
fn article_of<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    let custom = node.attribute("custom")?;
    let properties = custom.split_once("structure")?.1.split_once('{')?.1.split_once('}')?.0;
    let value = |name: &str| {
        properties
            .split(';')
            .find_map(|property| property.trim().strip_prefix(name)?.trim().strip_prefix(':'))
            .map(str::trim)
    };
    value("id").filter(|id| value("type").is_none_or(|kind| kind == "article") && !id.is_empty())
}

/// The rectangle of an element's own `Coords`.
fn coordinates(node: Node<'_, '_>) -> Option<Rect> {
    children(node, "Coords").next().and_then(points)
}

/// The rectangle of `points="x,y x,y"`, or of `Point` elements, which the first versions have.
fn points(node: Node<'_, '_>) -> Option<Rect> {
    let Some(list) = node.attribute("points") else {
        return bounds(children(node, "Point").filter_map(|point| Some((number(point, "x")?, number(point, "y")?))));
    };
    bounds(list.split_whitespace().filter_map(|point| {
        let (x, y) = point.split_once(',')?;
        Some((parse_number(x)?, parse_number(y)?))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::input::printed::pages::collect;

    const PAGE: &str = r#"<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"><Page imageWidth="1000" imageHeight="1530">
<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="r1"/><OrderedGroupIndexed index="0"><RegionRefIndexed index="0" regionRef="r2"/></OrderedGroupIndexed></OrderedGroup></ReadingOrder>
<TextRegion id="r1" type="heading"><Coords points="10,10 200,10 200,60 10,60"/><TextLine custom="readingOrder {index:0;} structure {id:a7; type:article;}"><Coords points="10,10 200,60"/><TextEquiv index="1"><Unicode>错</Unicode></TextEquiv><TextEquiv index="0" conf="0.9"><Unicode>家门口的微工厂</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r2" type="paragraph"><Coords points="10,70 200,170"/>
<TextLine custom="structure {id:a7; type:article;}"><Coords points="10,70 200,90"/><Word><Coords points="10,70 40,90"/><TextEquiv><Unicode>订单</Unicode></TextEquiv></Word><Word><Coords points="40,70 60,90"/><TextEquiv><Unicode>来了</Unicode></TextEquiv></Word></TextLine>
<TextLine custom="structure {id:b2; type:article;}"><Coords points="10,100 200,120"/><TextEquiv><Unicode>驿站</Unicode></TextEquiv></TextLine></TextRegion>
<SeparatorRegion><Coords points="0,65 300,66"/></SeparatorRegion></Page></PcGts>"#;

    #[test]
    fn regions_have_their_order_label_and_articles() {
        let page = collect(|pages| decode_page_xml(PAGE, pages)).unwrap().remove(0);
        let seen: Vec<_> =
            page.blocks.iter().map(|b| (b.lines[0].text.as_str(), b.label, b.order, b.article)).collect();
        assert_eq!(
            seen,
            [
                ("家门口的微工厂", Some(BlockLabel::Title), Some(1), Some(0)),
                ("订单来了", Some(BlockLabel::Text), Some(0), Some(0)),
                ("驿站", Some(BlockLabel::Text), Some(0), Some(1))
            ]
        );
        assert_eq!(page.blocks[0].lines[0].confidence, Some(0.9));
        assert_eq!(page.rules.len(), 1);
    }
}
