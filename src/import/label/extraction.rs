//! Feature extraction: which [features](crate::import::label::features) the lines of a page have. A line has those of its own text and
//! those of the lines around it, in this order.

use crate::import::label::features::{Feature, Observation, Place};
use crate::import::label::layout_features::{Places, of_place};
use crate::import::lexicon::column_labels::{is_column_name, is_inner_label, parse_box_label};
use crate::import::lexicon::credits::{
    describes_picture, is_caption, is_picture_title, is_short_caption, parse_credit,
};
use crate::import::lexicon::jumps::{find_jump, is_onward, without_jump};
use crate::import::lexicon::people::{
    Byline, is_signature_line, names_office_alone, parse_byline, parse_dateline, parse_signature,
};
use crate::import::lexicon::sentences::bounds::{
    LineEnd, has_comma, has_inner_end, is_unbalanced, line_end, starts_inside_sentence,
};
use crate::import::lexicon::sentences::continuation::{LineEdges, score};
use crate::import::lexicon::sentences::lists::is_table_row;
use crate::import::lexicon::sentences::openings::{opening_score, opens_sentence};
use crate::import::page::lines::{APART, FAR_APART, Line, Page};
use crate::import::page::masthead::{furniture_reason, is_section};
use crate::text::han::{closes, ends_clause, ends_sentence, is_han};
use crate::util::parallel::map_indexes;
use ahash::AHashMap;

/// Characters of a caption inside a sentence, at most.
const CAPTION_LENGTH: usize = 45;
/// Lines above a line among which the text before it is searched: a picture's caption and credit may lie between.
const TEXT_DISTANCE: usize = 4;
/// Lines below a headline in which the credit of its picture may be.
const CREDIT_DISTANCE: usize = 4;
/// A continuation score above which one line is taken to continue another.
const CONTINUES: f64 = 1.0;
/// A continuation score above which the lines around a line are taken for one sentence, …
const CONTINUES_AROUND: f64 = 0.9;
/// … if it is so much higher than that of the line itself.
const CONTINUES_BETTER: f64 = 0.4;
/// A sentence about a picture may continue the text before it as well as this, by accident.
const CONTINUES_BY_ACCIDENT: f64 = 0.5;
/// An opening score below which a line is the rest of a sentence.
const INNER_OPENING: f64 = -1.0;
/// The opening score of what newspapers open paragraphs with.
const SURE_OPENING: f64 = 1.0;
/// What kickers end with, where the headline says what somebody said.
const SAYING: &[&str] = &[
    "强调", "指出", "表示", "要求", "认为", "宣布", "希望", "重申", "呼吁", "提出", "透露", "时说", "批示", "指示",
    "确认", "意见", "通知",
];
/// Opening scores of what opens paragraphs, and of what hardly does.
const OPENS_WELL: f64 = 0.4;
const OPENS_BADLY: f64 = -0.4;
/// Characters of the short lines of a page that are compared with each other, at most, and those at the beginning that make two alike.
const SHORT_LINE: usize = 22;
const BEGINNING: usize = 2;

/// What is observed of every line of a page: its features, and those that its neighbours have of their own.
pub(crate) fn extract_features(page: &Page) -> Vec<Vec<Observation>> {
    let places = Places::of(page);
    let own = map_indexes(page.lines.len(), |at| {
        let mut found = of_line(page, at, &page.lines[at]);
        found.extend(of_place(page, at, places.as_ref()));
        found
    });
    let short = &ShortLines::of(page);
    let edges = &map_indexes(own.len(), |at| LineEdges::of(&page.lines[at].text));
    map_indexes(own.len(), |at| {
        let around = Neighbourhood { page, own: &own, short, edges, at }.features();
        let here = own[at].iter().chain(&around).map(|feature| Observation::of(*feature, Place::Here));
        let beside = |line: Option<usize>, place: Place| {
            let features = line.and_then(|line| own.get(line)).into_iter().flatten();
            features.filter(|feature| **feature != Feature::Bias).map(move |feature| Observation::of(*feature, place))
        };
        here.chain(beside(at.checked_sub(1), Place::Before)).chain(beside(Some(at + 1), Place::Behind)).collect()
    })
}

/// The features that are present.
fn present<const N: usize>(features: [(bool, Feature); N]) -> impl Iterator<Item = Feature> {
    features.into_iter().filter(|(is_present, _)| *is_present).map(|(_, feature)| feature)
}

fn of_line(page: &Page, at: usize, line: &Line) -> Vec<Feature> {
    let text = line.text.as_str();
    let mut found = vec![Feature::Bias, length(line.len()), ending(text)];
    let opening = opening_score(text);
    found.extend(present([
        (text.starts_with('—'), Feature::StartsDash),
        (text.trim_end_matches(closes).ends_with('。'), Feature::EndsFullStop),
        (text.ends_with('—'), Feature::EndsDash),
        (has_comma(text), Feature::HasComma),
        (is_unbalanced(text), Feature::Unbalanced),
        (starts_inside_sentence(text), Feature::StartsInsideSentence),
        (opens_sentence(text), Feature::OpensSentence),
        (opens_sentence(text) && opens_with_year(text), Feature::OpensWithYear),
        (parse_dateline(text).is_some(), Feature::Dateline),
        (opening > OPENS_WELL, Feature::OpensWell),
        (opening < OPENS_BADLY, Feature::OpensBadly),
    ]));
    found.extend(of_people(text));
    found.extend(present([
        (is_caption(text), Feature::Caption),
        (is_short_caption(text), Feature::CouldBeCaption),
        (find_jump(text) == Some(0), Feature::Jump),
        (is_affiliation(text), Feature::Affiliation),
        (parse_box_label(text).is_some(), Feature::BoxLabel),
        (is_inner_label(text), Feature::InnerLabel),
        (text.contains("—— ") || text.contains(" ——"), Feature::DashInside),
        (text.contains("详见") && text.ends_with('版'), Feature::PointsToPage),
        (furniture_reason(text, at).is_some() || is_section(page, at), Feature::Furniture),
        (is_scrap(text), Feature::Scrap),
        (is_column_name(text), Feature::ColumnName),
        (is_table_row(text), Feature::TableRow),
        (is_bracketed(text, ['（', '('], ['）', ')']), Feature::InBrackets),
        (text.starts_with('【'), Feature::InLenticularBrackets),
        (text.trim_end_matches(closes).ends_with(['？', '?']), Feature::EndsQuestion),
        (starts_with_ordinal(text), Feature::StartsOrdinal),
        (text.starts_with('“'), Feature::StartsQuotation),
        (text.contains([' ', '\u{3000}']), Feature::HasSpace),
        (SAYING.iter().any(|end| text.ends_with(end)), Feature::EndsSaying),
        (line.mark == 1, Feature::Mark1),
        (line.mark == 2, Feature::Mark2),
        (line.mark >= 3, Feature::Mark3),
        (line.mark == 0 && page.marked, Feature::Unmarked),
        (at == 0, Feature::First),
        (at + 1 == page.lines.len(), Feature::Last),
    ]));
    found
}

/// Specks and rules that OCR takes for characters: one 汉字 or up to three other letters and marks, or upright bars. Digits may be a page's
/// number, a full stop may be the end of a paragraph, and `（一）` heads a part of a text.
fn is_scrap(text: &str) -> bool {
    let printed = || text.chars().filter(|c| !c.is_whitespace());
    let han = printed().filter(|&c| is_han(c)).count();
    let is_bars = !text.trim().is_empty() && printed().all(|c| matches!(c, '|' | '｜' | '丨'));
    let has_letter = printed().any(char::is_alphabetic);
    let has_end = printed().any(|c| c.is_numeric() || ends_sentence(c) || ends_clause(c));
    is_bars || han <= 1 && has_letter && !has_end && !starts_with_ordinal(text) && printed().count() <= 3
}

/// Credit, byline, and what depends on there being none.
fn of_people(text: &str) -> impl Iterator<Item = Feature> {
    let credit = parse_credit(text);
    let credit_start = credit.as_ref().map(|credit| credit.start);
    let is_signature = is_signature_line(text);
    let byline = parse_byline(text).filter(|_| credit.is_none() && !is_signature);
    let body = without_jump(text);
    let is_named = |byline: &Byline| byline.names_office || byline.is_marked;
    let bare_names = byline.as_ref().filter(|byline| !is_named(byline) && !is_column_name(text));
    let bare_names = bare_names.map(|byline| byline.people.len());
    present([
        (has_inner_end(text[..credit_start.unwrap_or(text.len())].trim_end()), Feature::HasInnerEnd),
        (credit_start == Some(0), Feature::Credit),
        (credit_start.is_some_and(|start| start > 0), Feature::CreditAtEnd),
        (byline.as_ref().is_some_and(is_named) || names_office_alone(text), Feature::Byline),
        (bare_names == Some(1), Feature::BareName),
        (bare_names.is_some_and(|names| names > 1), Feature::BareNames),
        (is_signature && credit.is_none(), Feature::Signature),
        (!is_signature && credit.is_none() && parse_signature(body).is_some(), Feature::EndsWithName),
        (body.len() < text.len() && is_onward(text), Feature::EndsWithJump),
        (is_picture_title(text) && credit.is_none(), Feature::PictureTitle),
    ])
}

/// How often the short lines of a page occur, and what they begin with.
#[derive(Default)]
struct ShortLines<'a> {
    whole: AHashMap<&'a str, u32>,
    beginnings: AHashMap<&'a str, u32>,
}

impl<'a> ShortLines<'a> {
    fn of(page: &'a Page) -> Self {
        let mut short = Self::default();
        for line in page.lines.iter().filter(|line| is_short_line(line)) {
            *short.whole.entry(&line.text).or_default() += 1;
            *short.beginnings.entry(beginning(&line.text)).or_default() += 1;
        }
        short
    }
}

fn is_short_line(line: &Line) -> bool {
    line.len() <= SHORT_LINE
}

/// The characters that short lines are compared by.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(BEGINNING).map_or(text, |(end, _)| &text[..end])
}

/// A line among the others, which have the features of their own text.
struct Neighbourhood<'a> {
    page: &'a Page,
    own: &'a [Vec<Feature>],
    short: &'a ShortLines<'a>,
    edges: &'a [LineEdges<'a>],
    at: usize,
}

impl Neighbourhood<'_> {
    fn features(&self) -> Vec<Feature> {
        let beside = self.of_layout().chain(self.of_next_lines()).chain(self.of_head()).chain(self.of_sentence());
        beside.chain(self.of_page()).collect()
    }

    /// What short lines elsewhere on the page show.
    fn of_page(&self) -> impl Iterator<Item = Feature> {
        let count = |lines: &AHashMap<&str, u32>, key: &str| lines.get(key).copied().unwrap_or(0);
        let is_short = is_short_line(&self.page.lines[self.at]);
        let again = count(&self.short.whole, self.text(self.at));
        let alike = count(&self.short.beginnings, beginning(self.text(self.at)));
        present([(is_short && again > 1, Feature::PrintedAgain), (is_short && alike > again, Feature::SharesBeginning)])
    }

    fn of_layout(&self) -> impl Iterator<Item = Feature> {
        let gap = self.page.lines[self.at].gap;
        // the page's end is far apart
        let gap_after = self.page.lines.get(self.at + 1).map_or(FAR_APART, |next| next.gap);
        present([
            (gap >= APART && gap_after >= APART, Feature::Apart),
            (gap >= FAR_APART, Feature::FarFromPrevious),
            (gap == 0 && self.at > 0, Feature::CloseToPrevious),
        ])
    }

    fn of_next_lines(&self) -> impl Iterator<Item = Feature> {
        let next = self.at + 1;
        let signed = [Feature::Byline, Feature::BareName, Feature::BareNames, Feature::Dateline];
        let credit = [Feature::Credit, Feature::CreditAtEnd];
        let near_credit = (1..=CREDIT_DISTANCE).any(|step| self.has(self.at + step, &credit));
        present([
            (self.has(next, &signed), Feature::BeforeByline),
            (self.has(next + 1, &[Feature::Byline, Feature::Dateline]), Feature::NearByline),
            (near_credit || self.has(next, &[Feature::Caption]), Feature::BeforeCredit),
            (self.has(next, &[Feature::EndsSentence, Feature::Long, Feature::VeryLong]), Feature::BeforeText),
        ])
    }

    fn of_head(&self) -> impl Iterator<Item = Feature> {
        present([
            (self.is_head_shaped(self.at + 1), Feature::BeforeHead),
            (self.is_tiny_under_head(), Feature::TinyUnderHead),
        ])
    }

    /// Up to four 汉字 between a line of a head and a text.
    fn is_tiny_under_head(&self) -> bool {
        let at = self.at;
        let leads_to_headline = [Feature::ColumnName, Feature::EndsDash, Feature::Longish, Feature::Tiny];
        self.has(at, &[Feature::Tiny])
            && self.text(at).chars().all(is_han)
            && !self.has(at, &[Feature::ColumnName])
            && at > 0
            && self.is_head_shaped(at - 1)
            && !self.has(at - 1, &leads_to_headline)
            && self.has(at + 1, &[Feature::VeryLong])
    }

    fn of_sentence(&self) -> impl Iterator<Item = Feature> {
        let at = self.at;
        let cut = [Feature::EndsOpen, Feature::EndsClause];
        let before = self.previous_text().filter(|&before| self.has(before, &cut));
        let behind = self.next_text();
        let follows_cut = before.is_some_and(|before| before + 1 == at);
        let around = before.zip(behind).filter(|_| follows_cut);
        let is_short = self.page.lines[at].len() <= CAPTION_LENGTH;
        let continues = |before: usize, after: usize| self.continuation(before, after) > CONTINUES;
        present([
            (before.is_some(), Feature::AfterMidSentence),
            (before.is_some_and(|before| continues(before, at)), Feature::ContinuesPrevious),
            (around.is_some_and(|(before, behind)| self.is_inside_sentence(before, behind)), Feature::InsideSentence),
            (follows_cut && self.page.lines[at].gap >= APART && is_short, Feature::ApartInSentence),
            (
                around.is_some_and(|(before, behind)| self.is_picture_between(before, behind)),
                Feature::PictureInSentence,
            ),
            (self.has(at, &cut) && behind.is_some_and(|behind| continues(at, behind)), Feature::ContinuedByNext),
        ])
    }

    /// One sentence runs around the line.
    fn is_inside_sentence(&self, before: usize, behind: usize) -> bool {
        let around = self.continuation(before, behind);
        around > CONTINUES_AROUND && around > CONTINUES_BETTER + self.continuation(before, self.at)
    }

    /// The line is a sentence about a picture, between the two parts of another sentence.
    fn is_picture_between(&self, before: usize, behind: usize) -> bool {
        let text = self.text(self.at);
        let is_whole = || {
            opening_score(text) > INNER_OPENING
                && self.continuation(before, self.at) < CONTINUES_BY_ACCIDENT.max(self.continuation(before, behind))
        };
        // a credit of its own says that it is whole
        describes_picture(text)
            && opening_score(self.text(behind)) < SURE_OPENING
            && (self.has(self.at, &[Feature::CreditAtEnd]) || is_whole())
    }

    /// The nearest line above that is clearly text: long, or a sentence.
    fn previous_text(&self) -> Option<usize> {
        let is_text = |line: usize| {
            let text =
                [Feature::Long, Feature::VeryLong, Feature::HasInnerEnd, Feature::EndsSentence, Feature::OpensSentence];
            let other = [Feature::Furniture, Feature::Credit, Feature::Byline, Feature::Jump];
            (self.has(line, &text) || self.has(line, &[Feature::Longish]) && self.has(line, &[Feature::HasComma]))
                && !self.has(line, &other)
        };
        (self.at.saturating_sub(TEXT_DISTANCE)..self.at).rev().find(|&line| is_text(line))
    }

    /// The line behind, or, where that may be a caption, the one behind it.
    fn next_text(&self) -> Option<usize> {
        let next = self.at + 1;
        let may_be_caption = self.has(next, &[Feature::CouldBeCaption]) && self.has(next, &[Feature::EndsOpen]);
        let behind = if may_be_caption && next + 1 < self.own.len() { next + 1 } else { next };
        (behind < self.own.len()).then_some(behind)
    }

    fn is_head_shaped(&self, line: usize) -> bool {
        self.has(line, &[Feature::Tiny, Feature::Short, Feature::Middle, Feature::Longish])
            && self.has(line, &[Feature::EndsOpen, Feature::EndsDash])
            && !self.has(line, &[Feature::Furniture, Feature::Credit, Feature::Jump, Feature::Dateline])
    }

    /// Whether a line exists and has one of these features of its own.
    fn has(&self, line: usize, any_of: &[Feature]) -> bool {
        self.own.get(line).is_some_and(|own| own.iter().any(|feature| any_of.contains(feature)))
    }

    fn text(&self, line: usize) -> &str {
        &self.page.lines[line].text
    }

    fn continuation(&self, before: usize, after: usize) -> f64 {
        score(&self.edges[before], &self.edges[after])
    }
}

/// The brackets that a text opens with close at its end, and not before.
fn is_bracketed(text: &str, open: [char; 2], close: [char; 2]) -> bool {
    let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.is_some_and(|inner| !inner.contains(open) && !inner.contains(close))
}

/// `一、`, `（二）`, `第三，`, `4.`
fn starts_with_ordinal(text: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(['（', '(', '第']);
    let behind = rest.trim_start_matches(is_numeral);
    behind.len() < rest.len() && behind.starts_with(['、', '）', ')', '.', '．', '，', '：'])
}

fn length(characters: usize) -> Feature {
    match characters {
        0..=4 => Feature::Tiny,
        5..=10 => Feature::Short,
        11..=22 => Feature::Middle,
        23..=34 => Feature::Longish,
        35..=50 => Feature::Long,
        _ => Feature::VeryLong,
    }
}

fn ending(text: &str) -> Feature {
    match line_end(text) {
        LineEnd::Sentence => Feature::EndsSentence,
        LineEnd::Clause => Feature::EndsClause,
        LineEnd::Open => Feature::EndsOpen,
    }
}

/// `2018年…，`
fn opens_with_year(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.len() - rest.len() == 4 && rest.starts_with('年') && rest.contains(['，', ','])
}

/// `（作者单位：某大学）`, `（作者为某校教师）`: behind a text, and no name.
fn is_affiliation(text: &str) -> bool {
    let inner = text.trim_start_matches(['（', '(']);
    inner.len() < text.len() && inner.starts_with("作者") && text.ends_with(['）', ')'])
}
