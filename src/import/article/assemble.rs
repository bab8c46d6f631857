//! The lines of an article → front matter and Markdown.
//!
//! 1. the head is read ([`heads`](crate::import::article::head)), people are gathered from byline, dateline, end and credit
//! 2. sentences that a column's end cut are joined; captions wait until the sentence is whole
//! 3. text becomes Markdown that reads as printed; subheads are `##`, pictures are figures without a file yet
//! 4. an article without a headline gets one from its first sentence, marked as inferred

use crate::content::article::{ArticleKind, FrontMatter};
use crate::content::escape;
use crate::import::article::headline::{Head, HeadLine, head};
use crate::import::article::punctuation::full_width;
use crate::import::label::features::stops_mid_sentence;
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::furniture::is_brief_label;
use crate::import::lexicon::jumps::without_jump;
use crate::import::lexicon::people::{parse_byline, parse_dateline, parse_signature};
use crate::import::page::lines::{Line, Page};
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use crate::text::excerpt::excerpt;
use crate::text::han::is_han;

/// An article as it was found on a page, before it is filed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// title, kicker, subtitle, column, authors, kind; the rest is the page's to tell
    pub front: FrontMatter,
    /// Markdown
    pub body: String,
    /// the text alone, as printed, a line for each paragraph: what themes are told from
    pub text: String,
    /// numbers of the page's lines it was made from, ascending
    pub lines: Vec<usize>,
    /// month and day, where a dateline tells them
    pub day: Option<(i8, i8)>,
}

/// A piece of an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Paragraph(String),
    Subhead(String),
    Caption(String),
}

/// Makes the drafts of a page, in the order of its articles. `as_printed` keeps half-width punctuation.
pub(crate) fn drafts(page: &Page, partition: &Partition, as_printed: bool) -> Vec<Draft> {
    let mut own: Vec<Vec<OwnLine<'_>>> = vec![Vec::new(); partition.article_count];
    for (at, (line, placed)) in page.lines.iter().zip(&partition.lines).enumerate() {
        if let Some(article) = placed.article {
            own[article].push((at, line, placed));
        }
    }
    let briefs = brief_labels(page, &own);
    own.iter().zip(briefs).map(|(own, brief)| draft(own, brief, as_printed)).collect()
}

/// A line of an article: its place among the page's lines, the line, and what was found of it.
type OwnLine<'a> = (usize, &'a Line, &'a LineAssignment);

/// For each article, the label of the column of briefs that it stands below: behind it, and only briefs between.
fn brief_labels<'p>(page: &'p Page, own: &[Vec<OwnLine<'_>>]) -> Vec<Option<&'p str>> {
    let labels: Vec<usize> = (0..page.lines.len()).filter(|&at| is_brief_label(&page.lines[at].text)).collect();
    let mut over = None;
    let mut found = Vec::new();
    for lines in own {
        let first = lines.first().map_or(0, |line| line.0);
        let label = labels.iter().rev().find(|&&label| label < first);
        let short = lines.iter().filter(|(_, _, placed)| placed.role == Role::Body).count() == 1;
        if !short || label.is_none() || over == label {
            over = label;
            found.push(None);
        } else {
            found.push(label.map(|&at| page.lines[at].text.trim_matches(|c: char| !is_han(c))));
        }
    }
    found
}

fn draft(own: &[OwnLine<'_>], brief: Option<&str>, as_printed: bool) -> Draft {
    let head_lines: Vec<HeadLine<'_>> = own
        .iter()
        .filter(|(_, line, placed)| placed.role.is_head() && !names_people(line, placed))
        // a line that was held for a byline and names nobody says something else: better a long headline than a lost line
        .map(|&(at, line, placed)| HeadLine { at, role: placed.role.unless_byline(), line })
        .collect();
    let mut head = head(&head_lines);
    let mut pieces = pieces(own);
    if !as_printed {
        set_wide(&mut head, &mut pieces);
    }
    let text = plain(&pieces);
    let kind = kind(own, &head, brief.is_some(), &text);
    head.column = head.column.or_else(|| brief.filter(|_| kind == ArticleKind::Brief).map(str::to_owned));
    Draft {
        front: front(head, own, kind, &text),
        body: markdown(&pieces),
        text,
        lines: own.iter().map(|(_, line, _)| line.number).collect(),
        day: own.iter().find_map(|(_, line, _)| parse_dateline(&line.text)?.day),
    }
}

fn names_people(line: &Line, placed: &LineAssignment) -> bool {
    placed.role == Role::Byline && (parse_byline(&line.text).is_some() || is_pen_name(&line.text))
}

/// Characters of a pen name.
const PEN_NAME: std::ops::RangeInclusive<usize> = 2..=5;

/// What stands in a byline's place and holds neither office nor surname: 半亩方塘.
fn is_pen_name(text: &str) -> bool {
    PEN_NAME.contains(&text.chars().count()) && text.chars().all(is_han)
}

fn front(head: Head, own: &[OwnLine<'_>], kind: ArticleKind, text: &str) -> FrontMatter {
    let printed = head.title;
    FrontMatter {
        title_inferred: printed.is_none(),
        title: printed.unwrap_or_else(|| inferred_title(text, own)),
        kicker: head.kicker,
        subtitle: head.subtitle,
        column: head.column,
        authors: people(own, kind),
        kind,
        ..FrontMatter::default()
    }
}

/// Byline first, then the dateline's people; where there are none, who signed at the end, and who took the picture.
fn people(own: &[OwnLine<'_>], kind: ArticleKind) -> Vec<String> {
    let texts = || own.iter().filter(|(_, _, placed)| placed.role == Role::Body).map(|(_, line, _)| line.text.as_str());
    let bylines = own.iter().filter(|(_, _, placed)| placed.role == Role::Byline);
    let named = |text: &str| match parse_byline(text) {
        Some(found) => found.people,
        None if is_pen_name(text) => vec![text.to_owned()],
        None => Vec::new(),
    };
    let mut found: Vec<String> = bylines.flat_map(|(_, line, _)| named(&line.text)).collect();
    found.extend(texts().filter_map(parse_dateline).flat_map(|found| found.people));
    if found.is_empty() {
        found.extend(texts().filter_map(|text| parse_signature(without_jump(text))).flatten());
    }
    if found.is_empty() && kind == ArticleKind::Photo {
        found.extend(own.iter().filter_map(|(_, line, _)| parse_credit(&line.text)).flat_map(|found| found.people));
    }
    let mut once = Vec::new();
    for name in found {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

/// Sets half-width punctuation in full width, in the head and the text.
fn set_wide(head: &mut Head, pieces: &mut [Piece]) {
    for text in [&mut head.title, &mut head.kicker, &mut head.subtitle, &mut head.column].into_iter().flatten() {
        *text = full_width(text).into_owned();
    }
    for piece in pieces {
        let (Piece::Paragraph(text) | Piece::Subhead(text) | Piece::Caption(text)) = piece;
        *text = full_width(text).into_owned();
    }
}

/// Characters of a text with a dateline that make it a brief, at most.
const BRIEF: usize = 80;
/// What columns of commentary are called.
const COMMENTARY: &[&str] = &[
    "评论",
    "时评",
    "短评",
    "快评",
    "锐评",
    "社论",
    "漫谈",
    "杂谈",
    "话题",
    "有话说",
    "观察家",
    "微评",
    "点评",
    "论语",
];
/// What columns of theory are called.
const THEORY: &[&str] = &["观点", "理论", "工作研究", "前沿观察", "研究", "论坛", "思考", "探讨", "学术"];

/// What sort of piece an article is: by its picture, its column, who wrote it, its length.
fn kind(own: &[OwnLine<'_>], head: &Head, brief: bool, text: &str) -> ArticleKind {
    let of = |role: Role| own.iter().filter(move |(_, _, placed)| placed.role == role);
    let credited =
        own.iter().any(|(_, line, placed)| placed.role != Role::Caption && parse_credit(&line.text).is_some());
    let reported = of(Role::Body).any(|(_, line, _)| parse_dateline(&line.text).is_some());
    let signed = of(Role::Byline).count() > 0 || reported;
    let column = |names: &[&str]| head.column.as_ref().is_some_and(|c| names.iter().any(|name| c.contains(name)));
    let by_reporter = of(Role::Byline).any(|(_, line, _)| line.text.contains("记者"));
    let by_scholar = text.contains("（作者单位：") || text.contains("（作者为") || text.contains("（作者系");
    if credited && !signed && of(Role::Body).count() <= 4 && of(Role::Subhead).count() == 0 {
        ArticleKind::Photo
    } else if !reported && (by_scholar || column(THEORY) && !by_reporter) {
        ArticleKind::Theory
    } else if !reported && column(COMMENTARY) {
        ArticleKind::Commentary
    } else if brief || reported && of(Role::Body).count() == 1 && text.chars().count() <= BRIEF {
        ArticleKind::Brief
    } else {
        ArticleKind::News
    }
}

/// The pieces of the text in reading order; what was cut is joined.
fn pieces(own: &[OwnLine<'_>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open: Option<usize> = None; // the paragraph whose sentence is not over
    let mut last_head = None;
    for &(at, line, placed) in own.iter().filter(|(_, _, placed)| placed.duplicate_of.is_none()) {
        let text = without_jump(&line.text);
        match placed.role {
            Role::Body => {
                match open.filter(|_| !begins_item(text)) {
                    Some(index) => join(&mut pieces[index], text),
                    None => {
                        pieces.push(Piece::Paragraph(text.to_owned()));
                        open = Some(pieces.len() - 1);
                    }
                }
                if !stops_mid_sentence(text) {
                    open = None;
                }
            }
            Role::Subhead => match (pieces.last_mut(), last_head) {
                (Some(Piece::Subhead(before)), Some(last)) if last + 1 == at => {
                    before.push(' ');
                    before.push_str(text);
                    last_head = Some(at);
                }
                _ => {
                    pieces.push(Piece::Subhead(text.to_owned()));
                    (open, last_head) = (None, Some(at));
                }
            },
            Role::Caption => pieces.push(Piece::Caption(text.to_owned())),
            Role::Credit => match pieces.last_mut() {
                Some(Piece::Caption(caption)) => {
                    caption.push(' ');
                    caption.push_str(text);
                }
                _ => {
                    pieces.push(Piece::Paragraph(text.to_owned()));
                    open = None;
                }
            },
            _ => {}
        }
    }
    pieces
}

/// `1.发给谁：…`, `（二）…`, `③…`: an item of a list is a paragraph of its own, whatever the one before it ends with.
fn begins_item(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    let number = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let (numbered, bracketed) = (number.len() < inner.len(), inner.len() < text.len());
    let divided = if bracketed { number.starts_with(['）', ')']) } else { number.starts_with(['.', '．', '、']) };
    let behind = number.chars().nth(1);
    numbered && divided && behind.is_some_and(|c| !c.is_ascii_digit()) || text.starts_with(ITEM_MARKS)
}

/// Marks that items begin with.
const ITEM_MARKS: &[char] = &['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '●', '◆', '■', '▲', '★'];

/// Sentences go on without a space, but for words of Latin letters.
fn join(piece: &mut Piece, text: &str) {
    let (Piece::Paragraph(before) | Piece::Subhead(before) | Piece::Caption(before)) = piece;
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if letter(before.chars().next_back()) && letter(text.chars().next()) {
        before.push(' ');
    }
    before.push_str(text);
}

fn markdown(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        out.push('\n');
        match piece {
            Piece::Paragraph(text) => out.push_str(&escape::inline(text)),
            Piece::Subhead(text) => {
                out.push_str("## ");
                out.push_str(&escape::inline(text));
            }
            // a figure whose picture the page's text cannot hold: an editor may put the file's name between the brackets
            Piece::Caption(text) => {
                out.push_str("![");
                out.push_str(&escape::inline(text));
                out.push_str("]()");
            }
        }
        out.push('\n');
    }
    out
}

fn plain(pieces: &[Piece]) -> String {
    let texts: Vec<&str> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Paragraph(text) | Piece::Subhead(text) | Piece::Caption(text) => text.as_str(),
        })
        .collect();
    texts.join("\n")
}

/// Characters of a headline made from the text, at most.
const INFERRED: usize = 24;

/// What an article is called that holds nothing to call it by.
const NAMELESS: &str = "（无题）";

/// The first clause of the text, without its dateline and mark; of an article that has none, the first line that says anything.
fn inferred_title(text: &str, own: &[OwnLine<'_>]) -> String {
    let told = |line: &str| clause(unmarked(&line[parse_dateline(line).map_or(0, |found| found.length)..]));
    let title = text.lines().map(told).find(|title| !title.trim().is_empty());
    let line = || own.iter().map(|(_, line, _)| excerpt(&line.text, INFERRED)).find(|line| !line.trim().is_empty());
    title.or_else(line).unwrap_or_else(|| NAMELESS.to_owned())
}

/// Without the mark of a list, or that of a caption, which shows where its picture stands.
fn unmarked(line: &str) -> &str {
    line.trim_start_matches(|c: char| ITEM_MARKS.contains(&c) || c.is_whitespace()).trim_end()
}

fn clause(told: &str) -> String {
    let sentence = told.find(['。', '！', '？', '；']).map_or(told, |at| &told[..at]);
    if sentence.chars().count() <= INFERRED {
        return sentence.to_owned();
    }
    let cut = sentence.char_indices().nth(INFERRED).map_or(sentence.len(), |(at, _)| at);
    let clause = sentence[..cut].rfind(['，', ',', '：']).filter(|&at| sentence[..at].chars().count() >= 6);
    match clause {
        Some(at) => format!("{}……", &sentence[..at]),
        None => excerpt(sentence, INFERRED),
    }
}
