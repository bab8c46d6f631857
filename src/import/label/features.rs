//! What can be seen of a line: its length, its ends, its marks, its neighbours.
//!
//! A feature is a yes or a no; what it means for a role is not said here but in [`weights`](crate::import::label::weights).

use crate::import::lexicon::column_labels::{is_column_name, is_inner_label, parse_box_label};
use crate::import::lexicon::continuation::{continuation_score, depth, opening_score, opens_sentence};
use crate::import::lexicon::credits::{is_caption, is_picture_title, is_short_caption, parse_credit, tells_of_picture};
use crate::import::lexicon::jumps::{find_jump, without_jump};
use crate::import::lexicon::people::{parse_byline, parse_dateline};
use crate::import::page::lines::{Line, Page};
use crate::import::page::masthead::{furniture_reason, is_section};
use crate::text::han::{closes, ends_sentence, is_han};

/// A thing that a line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// every line: how common a role is at all
    Any,
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
    /// 。！？ or …, with what may close behind it
    EndsSentence,
    /// 。
    EndsStop,
    /// ，、；：
    EndsComma,
    /// the last character ends nothing
    EndsOpen,
    /// ——
    EndsDash,
    /// ——
    StartsDash,
    /// a sentence ends inside the line
    HasStop,
    HasComma,
    /// a quotation or bracket stays open, or is closed that was never open
    Unbalanced,
    /// begins with what can only go on
    StartsInside,
    /// begins as sentences do: 近日, 作为, 2024年
    OpensSentence,
    /// 2018年以来，
    OpensWithYear,
    Dateline,
    /// a byline with an office: 本报记者 X
    Byline,
    /// names alone
    BareNames,
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
    /// two empty lines or more before it and behind it
    Apart,
    /// three empty lines or more before it
    FarFromBefore,
    /// two empty lines or more behind it
    FarFromAfter,
    /// right under the line before it, no empty line
    CloseToBefore,
    /// the text line before it stops in mid-sentence
    AfterOpen,
    /// the text before it stops in mid-sentence and the text behind it goes on there, better than this line does
    InsideSentence,
    /// far behind a text that stops in mid-sentence
    ApartInSentence,
    /// tells of a picture in one sentence, where another sentence is cut that the text behind may go on
    PictureInSentence,
    /// goes on well where the line before it stops
    GoesOn,
    /// the line behind it goes on well where this one stops
    GoneOn,
    /// the next line is a byline, or begins with a dateline
    BeforeByline,
    /// the line after the next is one
    NearByline,
    /// a credit follows within four lines, or text that tells when its picture was taken
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

/// The features of every line of a page.
pub(crate) fn extract_features(page: &Page) -> Vec<Vec<Feature>> {
    let own: Vec<Vec<Feature>> = page.lines.iter().enumerate().map(|(at, line)| of_line(page, at, line)).collect();
    (0..own.len()).map(|at| [own[at].as_slice(), &of_neighbours(page, &own, at)].concat()).collect()
}

fn of_line(page: &Page, at: usize, line: &Line) -> Vec<Feature> {
    let text = line.text.as_str();
    let mut seen = vec![Feature::Any, length(line.len()), ending(text)];
    let mut add = |is: bool, feature| {
        if is {
            seen.push(feature);
        }
    };
    add(text.starts_with("——") || text.starts_with("—"), Feature::StartsDash);
    add(text.trim_end_matches(closes).ends_with('。'), Feature::EndsStop);
    add(text.ends_with("——") || text.ends_with('—'), Feature::EndsDash);
    add(text.contains(['，', '；']) || text.contains(", ") || has_half_width_comma(text), Feature::HasComma);
    add(is_unbalanced(text), Feature::Unbalanced);
    add(starts_inside(text), Feature::StartsInside);
    add(opens_sentence(text), Feature::OpensSentence);
    add(opens_sentence(text) && opens_with_year(text), Feature::OpensWithYear);
    add(parse_dateline(text).is_some(), Feature::Dateline);
    let credit = parse_credit(text);
    add(has_stop(text[..credit.as_ref().map_or(text.len(), |c| c.start)].trim_end()), Feature::HasStop);
    add(credit.as_ref().is_some_and(|c| c.start == 0), Feature::Credit);
    add(credit.as_ref().is_some_and(|c| c.start > 0), Feature::CreditAtEnd);
    match parse_byline(text) {
        Some(found) if credit.is_none() && (found.office || !is_column_name(text)) => {
            add(true, if found.office { Feature::Byline } else { Feature::BareNames });
        }
        _ => {}
    }
    add(is_picture_title(text) && credit.is_none(), Feature::PictureTitle);
    add(is_caption(text), Feature::Caption);
    add(is_short_caption(text), Feature::CouldBeCaption);
    add(find_jump(text).is_some_and(|at| at == 0), Feature::Jump);
    add(is_affiliation(text), Feature::Affiliation);
    add(parse_box_label(text).is_some(), Feature::BoxLabel);
    add(is_inner_label(text), Feature::InnerLabel);
    add(text.contains("—— ") || text.contains(" ——"), Feature::DashInside);
    add(text.contains("详见") && text.ends_with('版'), Feature::PointsToPage);
    add(furniture_reason(text, at).is_some() || is_section(page, at), Feature::Furniture);
    add(is_column_name(text), Feature::ColumnName);
    add(line.mark == 1, Feature::Mark1);
    add(line.mark == 2, Feature::Mark2);
    add(line.mark >= 3, Feature::Mark3);
    add(line.mark == 0 && page.marked, Feature::Unmarked);
    add(at == 0, Feature::First);
    add(at + 1 == page.lines.len(), Feature::Last);
    seen
}

/// Characters of a caption, at most.
const CAPTION: usize = 45;

fn of_neighbours(page: &Page, own: &[Vec<Feature>], at: usize) -> Vec<Feature> {
    let mut seen = Vec::new();
    let mut add = |is: bool, feature| {
        if is {
            seen.push(feature);
        }
    };
    let gap = page.lines[at].gap;
    let gap_after = page.lines.get(at + 1).map_or(3, |next| next.gap);
    let has =
        |index: usize, wanted: &[Feature]| own.get(index).is_some_and(|own| own.iter().any(|f| wanted.contains(f)));
    add(gap >= 2 && gap_after >= 2, Feature::Apart);
    add(gap >= 3, Feature::FarFromBefore);
    add(gap_after >= 2, Feature::FarFromAfter);
    add(gap == 0 && at > 0, Feature::CloseToBefore);
    let (head, byline) =
        (&[Feature::Byline, Feature::BareNames, Feature::Dateline], &[Feature::Byline, Feature::Dateline]);
    add(has(at + 1, head), Feature::BeforeByline);
    add(has(at + 2, byline), Feature::NearByline);
    let near_credit = (1..=4).any(|step| has(at + step, &[Feature::Credit, Feature::CreditAtEnd]));
    add(near_credit || has(at + 1, &[Feature::Caption]), Feature::BeforeCredit);
    add(has(at + 1, &[Feature::EndsSentence, Feature::Long, Feature::VeryLong]), Feature::BeforeText);
    add(is_head_shaped(own.get(at + 1)), Feature::BeforeHead);
    let tiny = has(at, &[Feature::Tiny]) && page.lines[at].text.chars().all(is_han) && !has(at, &[Feature::ColumnName]);
    let leads = [Feature::ColumnName, Feature::EndsDash, Feature::Longish, Feature::Tiny];
    let under_head = at > 0 && is_head_shaped(own.get(at - 1)) && !has(at - 1, &leads);
    add(tiny && under_head && has(at + 1, &[Feature::VeryLong]), Feature::TinyUnderHead);
    let before = text_before(own, at).filter(|&before| has(before, &[Feature::EndsOpen, Feature::EndsComma]));
    add(before.is_some(), Feature::AfterOpen);
    let joins = |left: usize, right: usize| continuation_score(&page.lines[left].text, &page.lines[right].text) > 1.0;
    add(before.is_some_and(|before| joins(before, at)), Feature::GoesOn);
    let behind = text_behind(own, at);
    let around = before.zip(behind).filter(|&(before, _)| before + 1 == at);
    let better = |before: usize, behind: usize| {
        let around = continuation_score(&page.lines[before].text, &page.lines[behind].text);
        around > 0.9 && around > 0.4 + continuation_score(&page.lines[before].text, &page.lines[at].text)
    };
    add(around.is_some_and(|(before, behind)| better(before, behind)), Feature::InsideSentence);
    let follows_open = before.is_some_and(|before| before + 1 == at);
    add(follows_open && gap >= 2 && page.lines[at].len() <= CAPTION, Feature::ApartInSentence);
    let picture = |(before, behind): (usize, usize)| is_picture_between(page, before, at, behind);
    add(around.is_some_and(picture), Feature::PictureInSentence);
    let open = has(at, &[Feature::EndsOpen, Feature::EndsComma]);
    add(open && behind.is_some_and(|behind| joins(at, behind)), Feature::GoneOn);
    seen
}

/// A sentence of its own about a picture, between the two parts of another sentence.
fn is_picture_between(page: &Page, before: usize, at: usize, behind: usize) -> bool {
    let text = |at: usize| page.lines[at].text.as_str();
    tells_of_picture(text(at))
        && opening_score(text(at)) > -1.0
        && opening_score(text(behind)) < 1.0
        && continuation_score(text(before), text(at)) < 0.5_f64.max(continuation_score(text(before), text(behind)))
}

/// The nearest line before `at` that is clearly text: long, or a sentence.
fn text_before(own: &[Vec<Feature>], at: usize) -> Option<usize> {
    let is_text = |own: &Vec<Feature>| {
        let any = |wanted: &[Feature]| own.iter().any(|f| wanted.contains(f));
        (any(&[Feature::Long, Feature::VeryLong, Feature::HasStop, Feature::EndsSentence, Feature::OpensSentence])
            || any(&[Feature::Longish]) && any(&[Feature::HasComma, Feature::GoesOn]))
            && !any(&[Feature::Furniture, Feature::Credit, Feature::Byline, Feature::Jump])
    };
    (at.saturating_sub(4)..at).rev().find(|&before| is_text(&own[before]))
}

/// The line behind `at`, or, where that is short and stands apart, the one behind it.
fn text_behind(own: &[Vec<Feature>], at: usize) -> Option<usize> {
    let apart = |at: usize| {
        let own = own.get(at)?;
        (own.contains(&Feature::CouldBeCaption) && own.contains(&Feature::EndsOpen)).then_some(())
    };
    let next = at + 1;
    let last = own.len();
    let behind = if apart(next).is_some() && next + 1 < last { next + 1 } else { next };
    (behind < last).then_some(behind)
}

fn is_head_shaped(own: Option<&Vec<Feature>>) -> bool {
    own.is_some_and(|own| {
        let any = |wanted: &[Feature]| own.iter().any(|f| wanted.contains(f));
        any(&[Feature::Tiny, Feature::Short, Feature::Middle, Feature::Longish])
            && any(&[Feature::EndsOpen, Feature::EndsDash])
            && !any(&[Feature::Furniture, Feature::Credit, Feature::Jump, Feature::Dateline])
    })
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
    let text = without_jump(text);
    let mut end = text.trim_end_matches(closes).chars().rev();
    match end.next() {
        Some(last) if ends_sentence(last) || last == '.' && text.is_ascii() => Feature::EndsSentence,
        // a bracket may close a sentence of its own, behind the end of the last: …。（高梅）
        _ if ends_with_note(text) => Feature::EndsSentence,
        Some('，' | '、' | '；' | '：' | ',' | ';' | ':') => Feature::EndsComma,
        _ => Feature::EndsOpen,
    }
}

/// `…。（高梅）`, `…。 本报记者 X 摄`
fn ends_with_note(text: &str) -> bool {
    if let Some(credit) = parse_credit(text) {
        return credit.start > 0;
    }
    let Some(open) = text.rfind(['（', '(']) else { return false };
    text.ends_with(['）', ')']) && text[..open].trim_end().ends_with(|c| ends_sentence(c) || c == '”')
}

/// Does the line stop in mid-sentence? (A line of text; a headline always seems to.)
pub(crate) fn stops_mid_sentence(text: &str) -> bool {
    ending(text) != Feature::EndsSentence
}

/// A sentence ends before the last characters.
fn has_stop(text: &str) -> bool {
    let mut marks = text.char_indices().filter(|(_, c)| matches!(c, '。' | '；' | '！' | '？'));
    let last = text.trim_end_matches(|c| closes(c) || ends_sentence(c)).len();
    marks.any(|(at, _)| at < last)
}

/// `产品,运往`: a comma of the half width between 汉字.
fn has_half_width_comma(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|w| w[1] == ',' && is_han(w[0]) && is_han(w[2]))
}

fn is_unbalanced(text: &str) -> bool {
    let mut open = 0;
    for c in text.chars() {
        match c {
            '“' | '《' | '（' | '(' => open += 1,
            '”' | '》' | '）' | ')' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return true;
        }
    }
    depth(text) > 0 || open > 0
}

fn starts_inside(text: &str) -> bool {
    text.starts_with(|c| {
        matches!(
            c,
            '，' | '、'
                | '。'
                | '；'
                | '：'
                | '）'
                | '》'
                | '”'
                | '’'
                | ','
                | ';'
                | ')'
                | '%'
                | '的'
                | '了'
                | '们'
                | '着'
        )
    }) && !text.starts_with("了解")
        && !text.starts_with("的确")
        && !text.starts_with("着力")
        && !text.starts_with("着眼")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_closed_and_cuts_are_open() {
        for closed in [
            "工作走深走实。",
            "他说：“好！”",
            "看得懂数据。（高梅）",
            "全线贯通。 本报记者 孙璐 摄",
            "做好服务。（下转第3版）",
        ] {
            assert!(!stops_mid_sentence(closed), "{closed}");
        }
        for open in ["来自各地的山歌爱", "接着，", "百日千", "新增企业30家（含外资）"] {
            assert!(stops_mid_sentence(open), "{open}");
        }
    }
}
