//! Feature extraction: what is observed of a line, its length, its ends, its marks and its neighbours.
//!
//! A feature is present or absent; what it means for a role is in the [weights](crate::import::label::weights). A line has the
//! features of its own text and those of the lines around it, in this order.

use crate::import::lexicon::column_labels::{is_column_name, is_inner_label, parse_box_label};
use crate::import::lexicon::continuation::{continuation_score, opening_score, opens_sentence};
use crate::import::lexicon::credits::{
    describes_picture, is_caption, is_picture_title, is_short_caption, parse_credit,
};
use crate::import::lexicon::jumps::find_jump;
use crate::import::lexicon::people::{Byline, is_signature_line, parse_byline, parse_dateline};
use crate::import::lexicon::sentences::{
    LineEnd, has_comma, has_inner_end, is_unbalanced, line_end, starts_inside_sentence,
};
use crate::import::page::lines::{APART, FAR_APART, Line, Page};
use crate::import::page::masthead::{furniture_reason, is_section};
use crate::text::han::{closes, is_han};
use crate::util::parallel::map_indexes;

/// An observation about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// every line has it: how common a role is at all
    Bias,
    /// up to 4 characters
    Tiny,
    /// 5 to 10
    Short,
    /// 11 to 22
    Middle,
    /// 23 to 34
    Longish,
    /// 35 to 50
    Long,
    /// more than 50
    VeryLong,
    /// 。！？ or …, with the marks that may close behind it
    EndsSentence,
    /// 。
    EndsFullStop,
    /// ，、；：
    EndsClause,
    /// the last character ends nothing
    EndsOpen,
    /// ——
    EndsDash,
    /// ——
    StartsDash,
    /// a sentence ends inside the line
    HasInnerEnd,
    HasComma,
    /// a quotation or bracket stays open, or is closed that was never opened
    Unbalanced,
    /// begins with what only occurs inside a sentence
    StartsInsideSentence,
    /// begins as sentences do: 近日, 作为, 2024年
    OpensSentence,
    /// 2018年以来，
    OpensWithYear,
    Dateline,
    /// a byline with an office: 本报记者 X
    Byline,
    /// a name alone
    BareName,
    /// several names and nothing else
    BareNames,
    /// （林见青）: names in brackets, and nothing else
    Signature,
    /// a credit and nothing else
    Credit,
    /// a text with a credit at its end
    CreditAtEnd,
    /// 图为…, （2月20日摄）
    Caption,
    /// 漫画：加码
    PictureTitle,
    /// reads as a caption, if it stands apart
    CouldBeCaption,
    Jump,
    /// （作者单位：…）, （作者为…）
    Affiliation,
    /// 记者手记, 相关链接: opens a box inside a report
    BoxLabel,
    /// 案情回顾, 法官说法: opens a part of its text
    InnerLabel,
    /// a dash with a space beside it: kicker, headline and subtitle on one line
    DashInside,
    /// 详见6版
    PointsToPage,
    Furniture,
    /// a column's name: 一线调研, 深化“产改”进行时
    ColumnName,
    /// `#`
    Mark1,
    /// `##`
    Mark2,
    /// `###` and more
    Mark3,
    /// no mark on a page that has marks
    Unmarked,
    /// empty lines before it and behind it, more than between paragraphs
    Apart,
    /// far apart from the line before it
    FarFromPrevious,
    /// right under the line before it, no empty line
    CloseToPrevious,
    /// the text line before it stops in mid-sentence
    AfterMidSentence,
    /// the text before it stops in mid-sentence and the text behind it continues that better than this line does
    InsideSentence,
    /// apart from a text right before it that stops in mid-sentence
    ApartInSentence,
    /// describes a picture in one sentence, where another sentence is cut that the text behind may continue
    PictureInSentence,
    /// continues well the line before it
    ContinuesPrevious,
    /// the line behind it continues it well
    ContinuedByNext,
    /// the next line is a byline, or begins with a dateline
    BeforeByline,
    /// the line after the next is one
    NearByline,
    /// a credit follows soon, or a caption follows
    BeforeCredit,
    /// up to four 汉字 between a line of a head and a text
    TinyUnderHead,
    /// the next line is a text of its own: long, or with an end
    BeforeText,
    /// the next line is short and has no end: another line of a head
    BeforeHead,
    First,
    Last,
}

impl Feature {
    /// Number of features.
    pub(crate) const COUNT: usize = Self::Last as usize + 1;
}

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

/// The features of every line of a page.
pub(crate) fn extract_features(page: &Page) -> Vec<Vec<Feature>> {
    let own = map_indexes(page.lines.len(), |at| of_line(page, at, &page.lines[at]));
    let all = |at: usize| [own[at].as_slice(), &Neighbourhood { page, own: &own, at }.features()].concat();
    map_indexes(own.len(), all)
}

/// The features that are present.
fn present<const N: usize>(features: [(bool, Feature); N]) -> impl Iterator<Item = Feature> {
    features.into_iter().filter(|(is_present, _)| *is_present).map(|(_, feature)| feature)
}

fn of_line(page: &Page, at: usize, line: &Line) -> Vec<Feature> {
    let text = line.text.as_str();
    let mut found = vec![Feature::Bias, length(line.len()), ending(text)];
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
        (is_column_name(text), Feature::ColumnName),
        (line.mark == 1, Feature::Mark1),
        (line.mark == 2, Feature::Mark2),
        (line.mark >= 3, Feature::Mark3),
        (line.mark == 0 && page.marked, Feature::Unmarked),
        (at == 0, Feature::First),
        (at + 1 == page.lines.len(), Feature::Last),
    ]));
    found
}

/// Credit, byline, and what depends on there being none.
fn of_people(text: &str) -> impl Iterator<Item = Feature> {
    let credit = parse_credit(text);
    let credit_start = credit.as_ref().map(|credit| credit.start);
    let is_signature = is_signature_line(text);
    let byline = parse_byline(text).filter(|_| credit.is_none() && !is_signature);
    let is_named = |byline: &Byline| byline.names_office || byline.is_marked;
    let bare_names = byline.as_ref().filter(|byline| !is_named(byline) && !is_column_name(text));
    let bare_names = bare_names.map(|byline| byline.people.len());
    present([
        (has_inner_end(text[..credit_start.unwrap_or(text.len())].trim_end()), Feature::HasInnerEnd),
        (credit_start == Some(0), Feature::Credit),
        (credit_start.is_some_and(|start| start > 0), Feature::CreditAtEnd),
        (byline.as_ref().is_some_and(is_named), Feature::Byline),
        (bare_names == Some(1), Feature::BareName),
        (bare_names.is_some_and(|names| names > 1), Feature::BareNames),
        (is_signature && credit.is_none(), Feature::Signature),
        (is_picture_title(text) && credit.is_none(), Feature::PictureTitle),
    ])
}

/// A line among the others, which have the features of their own text.
struct Neighbourhood<'a> {
    page: &'a Page,
    own: &'a [Vec<Feature>],
    at: usize,
}

impl Neighbourhood<'_> {
    fn features(&self) -> Vec<Feature> {
        self.of_layout().chain(self.of_next_lines()).chain(self.of_head()).chain(self.of_sentence()).collect()
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
        describes_picture(text)
            && opening_score(text) > INNER_OPENING
            && opening_score(self.text(behind)) < SURE_OPENING
            && self.continuation(before, self.at) < CONTINUES_BY_ACCIDENT.max(self.continuation(before, behind))
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
        continuation_score(self.text(before), self.text(after))
    }
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
