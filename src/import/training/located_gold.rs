//! Gold that says what a page holds and not on which lines: texts of headlines, paragraphs and captions, as pages typeset for
//! evaluation have. Each line of the page is given to the text that it shares most shingles with.

use crate::import::input::decode::decode;
use crate::import::input::parse::parse_input;
use crate::import::page::lines::Page;
use crate::import::training::gold::{Gold, GoldArticle, GoldPage};
use serde::Deserialize;
use std::collections::HashMap;
use std::error::Error;

/// Characters of a shingle.
const SHINGLE: usize = 4;
/// The share of a line's shingles that a text has to hold.
const HELD: f64 = 0.5;

/// A page of this gold. A paragraph is as it was printed, with its dateline.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LocatedGold {
    furniture: Vec<String>,
    articles: Vec<LocatedArticle>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LocatedArticle {
    title: Vec<String>,
    kicker: Option<String>,
    subtitle: Option<String>,
    column: Option<String>,
    byline: Vec<String>,
    authors: Vec<String>,
    paragraphs: Vec<String>,
    /// indexes of paragraphs
    subheads: Vec<usize>,
    captions: Vec<String>,
    jumps: Vec<String>,
}

/// What a text of the gold is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    Furniture,
    Jump,
    Head,
    Paragraph(usize),
    Subhead(usize),
    Caption,
}

/// A text of the gold: what it is, whose, and its letters.
struct GoldText {
    article: Option<usize>,
    part: Part,
    letters: Vec<char>,
}

/// A line's place in the gold.
#[derive(Debug, Clone, Copy)]
struct Match {
    text: usize,
    /// where in the text it begins
    offset: usize,
}

/// A page of an input format with places, and its gold.
///
/// # Errors
/// The page cannot be decoded, or the gold is no JSON of this form.
pub fn parse_printed(name: &str, bytes: &[u8], gold: &str) -> Result<GoldPage, Box<dyn Error>> {
    let decoded = decode(name, bytes).map_err(|diagnostic| diagnostic.message.english())?;
    let page = parse_input(&decoded.source, decoded.laid_out).page;
    let gold = locate(&page, gold)?;
    Ok(GoldPage { name: name.to_owned(), page, gold })
}

/// The gold of a page by the numbers of its lines.
///
/// # Errors
/// The gold is no JSON of this form.
fn locate(page: &Page, gold: &str) -> Result<Gold, serde_json::Error> {
    let gold: LocatedGold = serde_json::from_str(gold)?;
    let texts = texts_of(&gold);
    let index = index_of(&texts);
    let matches: Vec<Option<Match>> = page.lines.iter().map(|line| best_match(&texts, &index, &line.text)).collect();
    let mut located = Gold { articles: gold.articles.iter().map(frame).collect(), ..Gold::default() };
    let mut texts_by_article: Vec<Vec<(usize, usize, usize)>> = vec![Vec::new(); gold.articles.len()];
    for (line, found) in page.lines.iter().zip(&matches) {
        let Some(Match { text, offset }) = *found else { continue };
        let (owner, number) = (texts[text].article.unwrap_or_default(), line.number);
        match texts[text].part {
            Part::Furniture => located.furniture.push(number),
            Part::Jump => located.jumps.push(number),
            Part::Head => located.articles[owner].heads.push(number),
            Part::Caption => located.articles[owner].captions.push(number),
            Part::Paragraph(paragraph) => texts_by_article[owner].push((paragraph, offset, number)),
            Part::Subhead(paragraph) => {
                texts_by_article[owner].push((paragraph, offset, number));
                located.articles[owner].subheads.push(number);
            }
        }
    }
    for (article, mut texts) in located.articles.iter_mut().zip(texts_by_article) {
        texts.sort_unstable();
        let runs_on = texts.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        article.joins = runs_on.map(|pair| (pair[0].2, pair[1].2)).collect();
        article.body = texts.into_iter().map(|(_, _, number)| number).collect();
    }
    // an article of which the input holds nothing cannot be found
    located.articles.retain(|article| !article.body.is_empty() || !article.captions.is_empty());
    Ok(located)
}

/// An article without its lines.
fn frame(article: &LocatedArticle) -> GoldArticle {
    let LocatedArticle { title, kicker, subtitle, column, authors, .. } = article;
    GoldArticle {
        title: title.clone(),
        kicker: kicker.clone(),
        subtitle: subtitle.clone(),
        column: column.clone(),
        authors: authors.clone(),
        misread: true,
        ..GoldArticle::default()
    }
}

fn texts_of(gold: &LocatedGold) -> Vec<GoldText> {
    let text = |article: Option<usize>, part: Part, text: &str| GoldText { article, part, letters: letters(text) };
    let mut texts: Vec<GoldText> = gold.furniture.iter().map(|line| text(None, Part::Furniture, line)).collect();
    for (at, article) in gold.articles.iter().enumerate() {
        let heads = article.title.first().into_iter().chain(&article.kicker).chain(&article.subtitle);
        let heads = heads.chain(&article.column).chain(&article.byline);
        texts.extend(heads.map(|head| text(Some(at), Part::Head, head)));
        texts.extend(article.captions.iter().map(|caption| text(Some(at), Part::Caption, caption)));
        texts.extend(article.jumps.iter().map(|jump| text(Some(at), Part::Jump, jump)));
        texts.extend(article.paragraphs.iter().enumerate().map(|(number, paragraph)| {
            let is_subhead = article.subheads.contains(&number);
            text(Some(at), if is_subhead { Part::Subhead(number) } else { Part::Paragraph(number) }, paragraph)
        }));
    }
    texts
}

/// Shingle → the texts that hold it, and where.
fn index_of(texts: &[GoldText]) -> HashMap<&[char], Vec<Match>> {
    let mut index: HashMap<&[char], Vec<Match>> = HashMap::new();
    for (text, gold) in texts.iter().enumerate() {
        for (offset, shingle) in gold.letters.windows(SHINGLE).enumerate() {
            index.entry(shingle).or_default().push(Match { text, offset });
        }
    }
    index
}

/// The text that holds most of a line; of a line that is shorter than a shingle, the one that is the same.
fn best_match(texts: &[GoldText], index: &HashMap<&[char], Vec<Match>>, line: &str) -> Option<Match> {
    let line = letters(line);
    if line.is_empty() {
        return None;
    }
    if line.len() < SHINGLE {
        let same = texts.iter().position(|text| text.letters == line)?;
        return Some(Match { text: same, offset: 0 });
    }
    let mut held: HashMap<usize, (usize, usize)> = HashMap::new();
    for shingle in line.windows(SHINGLE) {
        let mut last = None;
        for found in
            index.get(shingle).into_iter().flatten().filter(|found| last.replace(found.text) != Some(found.text))
        {
            held.entry(found.text).or_insert((0, found.offset)).0 += 1;
        }
    }
    // of two texts that hold a line the one that is no longer than it
    let by_share = |(text, (count, _)): &(usize, (usize, usize))| (*count, usize::MAX - texts[*text].letters.len());
    let (text, (count, offset)) = held.into_iter().max_by_key(by_share)?;
    let least = HELD * (line.len() + 1 - SHINGLE) as f64;
    (count as f64 >= least).then_some(Match { text, offset })
}

/// Letters and digits alone, in half width.
fn letters(text: &str) -> Vec<char> {
    let half_width = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(half_width).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn lines_are_found_in_the_texts_that_hold_them() {
        let text = "新湾日报\n沙燕的骨架\n林屏之\n翅膀薄得透光，要扎三\n竹篾要选三年的毛竹，老匠人说。\n天才能晾干。\n";
        let gold = r#"{"furniture": ["新湾日报"], "articles": [{"title": ["沙燕的骨架"], "byline": ["林屏之"],
            "paragraphs": ["竹篾要选三年的毛竹，老匠人说。", "翅膀薄得透光，要扎三天才能晾干。"]}, {"title": ["不在这页"]}]}"#;
        let page = parse_page(&Source::new("p.txt", text));
        let located = locate(&page, gold).unwrap();
        assert_eq!((located.furniture, located.articles.len()), (vec![1], 1));
        let article = &located.articles[0];
        assert_eq!((&article.heads, &article.body), (&vec![2, 3], &vec![5, 4, 6]));
        assert_eq!(article.joins, [(4, 6)]);
    }
}
