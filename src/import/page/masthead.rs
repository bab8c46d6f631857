//! Parses the masthead: paper, date, issue number and page number; its lines are furniture, which belongs to no article.
//!
//! A masthead comes in pieces: `2025年2月25日 星期二` on one line, `乙巳年正月廿八 第22076期 今日八版` on another; an inner
//! page prints `第6版 理论`. A line is masthead when everything on it is such a piece.

use crate::import::lexicon::furniture::non_masthead_furniture;
use crate::import::lexicon::reason::Reason;
use crate::import::page::lines::{Line, Page};
use crate::text::han::is_han;
use crate::util::parallel::map_indexes;
use jiff::civil::Date;

/// What a masthead prints; None where it prints none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masthead {
    /// the paper's name
    pub paper: Option<String>,
    /// the day of the issue
    pub date: Option<Date>,
    /// the running number of the issue: 第22076期
    pub issue: Option<u32>,
    /// the page's number in the issue: 第6版
    pub page: Option<u32>,
}

/// One piece of a masthead.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Date(Date),
    Issue(u32),
    PageNumber(u32),
    /// the paper's name, from that of its publisher
    Publisher(String),
    /// is masthead, and says nothing that an article needs
    Other,
    /// is masthead only beside another piece: a section's name, a weekday
    Companion,
}

/// Lines from the top in which a paper's name may stand alone.
const TOP: usize = 10;
/// Dates of a line, at most, that are looked at.
const DATES: usize = 8;

/// The reason why a line is furniture, or None where it is not. `at` is its index among the page's lines.
pub(crate) fn furniture_reason(line: &str, at: usize) -> Option<Reason> {
    if !pieces(line).is_empty() {
        return Some(Reason::MastheadLine);
    }
    if at < TOP && (paper_name(line) || latin_name(line)) {
        return Some(Reason::PaperName);
    }
    non_masthead_furniture(line, at)
}

/// A section's name right beside the page's date or number: `基层·服务`, `03 民生·人物`.
pub(crate) fn is_section(page: &Page, at: usize) -> bool {
    let (Some(line), true) = (page.lines.get(at), at < TOP) else { return false };
    let is_masthead = |line: &Line| !pieces(&line.text).is_empty();
    let after = page.lines.get(at + 1).is_some_and(|next| next.gap == 0 && is_masthead(next));
    let before = at > 0 && line.gap == 0 && is_masthead(&page.lines[at - 1]);
    let name = line.text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    (after || before) && name.chars().count() <= 8 && name.chars().all(|c| is_han(c) || c == '·')
}

/// Parses the masthead of a page.
pub(crate) fn parse_masthead(page: &Page) -> Masthead {
    let mut masthead = Masthead::default();
    let pieces = map_indexes(page.lines.len(), |at| pieces(&page.lines[at].text));
    for (at, (line, pieces)) in page.lines.iter().zip(pieces).enumerate() {
        if at < TOP && paper_name(&line.text) {
            // 工 人 报: the spaces are the masthead's
            masthead.paper.get_or_insert_with(|| line.text.split_whitespace().collect());
        }
        for piece in pieces {
            match piece {
                Piece::Date(date) => _ = masthead.date.get_or_insert(date),
                Piece::Issue(number) => _ = masthead.issue.get_or_insert(number),
                Piece::PageNumber(number) => _ = masthead.page.get_or_insert(number),
                Piece::Publisher(name) => _ = masthead.paper.get_or_insert(name),
                Piece::Other | Piece::Companion => {}
            }
        }
    }
    masthead.date = masthead.date.or_else(|| page.lines.iter().find_map(|line| dated_weekday(&line.text)));
    masthead
}

/// The date on a line of which OCR read other pieces wrong: one beside its own day of the week, `2025年2月25日”星期二`.
fn dated_weekday(line: &str) -> Option<Date> {
    let years = line
        .match_indices('年')
        .take(DATES)
        .map(|(at, _)| line[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len());
    years.into_iter().find_map(|at| {
        let (Piece::Date(found), length) = date(&line[at..])? else { return None };
        let rest = line[at + length..].trim_start_matches(|c: char| !is_han(c));
        let day = rest.strip_prefix("星期").or_else(|| rest.strip_prefix("周"))?.chars().next()?;
        let number =
            if day == '天' { 7 } else { "一二三四五六日".chars().zip(1..).find(|&(own, _)| own == day)?.1 };
        (found.weekday().to_monday_one_offset() == number).then_some(found)
    })
}

/// The pieces of a masthead line; none where anything on it is something else.
fn pieces(line: &str) -> Vec<Piece> {
    if line.chars().filter(|c| !c.is_whitespace()).count() > 70 || line.contains(['。', '“']) {
        return Vec::new();
    }
    // OCR takes a wide space for the mark that most often has one beside it
    let is_dividing = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '/' | '□' | '■' | '●' | '”');
    let tokens = line.split(is_dividing);
    let found = tokens.map(pieces_of).collect::<Option<Vec<_>>>().unwrap_or_default().concat();
    let strong = found.iter().filter(|piece| **piece != Piece::Companion).count();
    if strong == 0 || found.len() > 3 + 3 * strong { Vec::new() } else { found }
}

/// A token as one piece or several written together (`2025年11月8日星期六`).
fn pieces_of(token: &str) -> Option<Vec<Piece>> {
    let mut rest = token.trim_matches(|c: char| matches!(c, '，' | ',' | '：' | ':' | '（' | '）' | '(' | ')' | '·'));
    let mut found = Vec::new();
    while !rest.is_empty() {
        let Some((piece, length)) = first_piece(rest) else {
            // a short rest may be a section's name, or a word that belongs to the date
            let latin = rest.chars().all(|c| c.is_ascii_uppercase());
            let longest = match (latin, found.is_empty()) {
                (true, _) => 12,
                (false, true) => 6,
                (false, false) => 4,
            };
            let mut letters = rest.chars().filter(|c| *c != '·');
            if letters.clone().count() > longest || !letters.all(|c| is_han(c) || c.is_ascii_alphanumeric()) {
                return None;
            }
            found.push(Piece::Companion);
            break;
        };
        found.push(piece);
        rest = &rest[length..];
    }
    Some(found)
}

/// `编辑：子规`: the page's editors, beside its date.
fn editor(text: &str) -> Option<(Piece, usize)> {
    const STARTS: &str = "\
        编辑： 编辑: 责编： 责编: 主编： 主编: 美编： 美编: 校对： 校对: 执行编辑： 责任编辑： 责任编辑:";
    STARTS.split(' ').any(|start| text.starts_with(start)).then_some((Piece::Other, text.len()))
}

fn first_piece(text: &str) -> Option<(Piece, usize)> {
    type Parser = fn(&str) -> Option<(Piece, usize)>;
    let parsers: [Parser; 7] = [date, numbered, publisher, weekday, lunar, editor, constant];
    parsers.into_iter().find_map(|parse| parse(text))
}

/// `2025年2月25日`, `2025-02-25`, `2025.02.25`
fn date(text: &str) -> Option<(Piece, usize)> {
    let (year, rest) = number(text).filter(|(year, _)| (1900..=2200).contains(year))?;
    let rest = rest.strip_prefix(['年', '-', '.', '/'])?;
    let (month, rest) = number(rest)?;
    let rest = rest.strip_prefix(['月', '-', '.', '/'])?;
    let (day, rest) = number(rest)?;
    // 曰 is what OCR reads now and then
    let rest = rest.strip_prefix(['日', '曰']).unwrap_or(rest);
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((Piece::Date(date), text.len() - rest.len()))
}

/// `第22076期`, `总第22076期`, `第3版`, `第03版`, `3版`, `A3版`, `版次：3`
fn numbered(text: &str) -> Option<(Piece, usize)> {
    let rest = text.strip_prefix('总').unwrap_or(text);
    let ordinal = rest.starts_with('第');
    let rest = rest.strip_prefix('第').unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let (count, rest) = number(rest).or_else(|| han_number(rest))?;
    if let Some(rest) = rest.strip_prefix(['期', '号']).filter(|_| ordinal) {
        return Some((Piece::Issue(count), text.len() - rest.len()));
    }
    let rest = rest.strip_prefix('版')?;
    // 三版图纸: in 汉字 and without 第, nothing may follow
    let sure = ordinal || rest.is_empty() || text.starts_with(|c: char| c.is_ascii_alphanumeric());
    (sure && count <= 200).then_some((Piece::PageNumber(count), text.len() - rest.len()))
}

/// `中华全国总工会主管主办`, `工人日报社出版`
fn publisher(text: &str) -> Option<(Piece, usize)> {
    // nearly every line of a page has none of these; what is in 《》 is a book of which the page reports
    if !text.contains(['版', '主']) || text.contains(['《', '》']) {
        return None;
    }
    if let Some((at, end)) = ["社出版", "社编辑出版", "社主办"].iter().find_map(|end| Some((text.find(end)?, end)))
    {
        let name = &text[..at];
        let is_paper = name.ends_with('报') && name.chars().count() <= 12;
        return Some((if is_paper { Piece::Publisher(name.to_owned()) } else { Piece::Other }, at + end.len()));
    }
    ["主管主办", "主管", "主办", "出版"]
        .iter()
        .find_map(|end| text.find(end).filter(|&at| at > 0 && at < 60).map(|at| (Piece::Other, at + end.len())))
}

fn weekday(text: &str) -> Option<(Piece, usize)> {
    let rest = text.strip_prefix("星期").or_else(|| text.strip_prefix("周"))?;
    let day = rest.chars().next().filter(|c| "一二三四五六日天".contains(*c))?;
    Some((Piece::Companion, text.len() - rest.len() + day.len_utf8()))
}

/// `乙巳年正月廿八`, `农历甲辰年三月十三`; of 己, 已 and 巳, which OCR confuses, any
fn lunar(text: &str) -> Option<(Piece, usize)> {
    let rest = text.strip_prefix("农历").unwrap_or(text);
    let mut chars = rest.chars();
    let stem = chars.next().filter(|c| "甲乙丙丁戊己已巳庚辛壬癸".contains(*c))?;
    let branch = chars.next().filter(|c| "子丑寅卯辰巳已己午未申酉戌亥".contains(*c))?;
    let rest = rest[stem.len_utf8() + branch.len_utf8()..].strip_prefix('年')?;
    let end = rest.find(|c: char| !"闰正一二三四五六七八九十冬腊月初廿卅".contains(c)).unwrap_or(rest.len());
    Some((Piece::Other, text.len() - rest.len() + end))
}

/// Pieces that say nothing an article needs; each takes the rest of its token.
fn constant(text: &str) -> Option<(Piece, usize)> {
    const STARTS: &str = "\
        今日 国内统一 国内统一连续出版物号 邮发代号 代号 CN ISSN http www. 中工网 网址 电子版 星期 \
        统一刊号 国内刊号 国际刊号 刊号 零售 定价 每份 本报网址 创刊";
    if let Some(start) = STARTS.split(' ').find(|start| text.starts_with(start)) {
        let alone = matches!(start, "今日" | "创刊");
        return (!alone || text.contains('版') || text.contains('刊') && text.chars().count() <= 12)
            .then_some((Piece::Other, text.len()));
    }
    // CN 11-0002, 代号 1-5: the number is a token of its own
    let is_code = text.contains('-') && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    (is_code && text.len() <= 12).then_some((Piece::Other, text.len()))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=6).contains(&digits).then(|| text[..digits].parse().ok().map(|n| (n, &text[digits..])))?
}

/// 一 to 九十九, as page numbers are written.
fn han_number(text: &str) -> Option<(u32, &str)> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u32);
    let (mut total, mut last, mut length) = (0, None, 0);
    for c in text.chars() {
        match (c, digit(c)) {
            ('十', _) => total += last.take().unwrap_or(1) * 10,
            (_, Some(n)) => last = Some(n),
            _ => break,
        }
        length += c.len_utf8();
    }
    (length > 0).then(|| (total + last.unwrap_or(0), &text[length..]))
}

/// `工人日报`, `浙江工人日报`, `某某劳动报`: a name of 汉字 alone that ends as papers' names do.
fn paper_name(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let length = compact.chars().count();
    (3..=10).contains(&length) && compact.ends_with('报') && compact.chars().all(is_han) && !compact.contains("本报")
}

/// `WORKERS' DAILY`
fn latin_name(line: &str) -> bool {
    line.chars().any(|c| c.is_ascii_alphabetic())
        && line.chars().all(|c| c.is_ascii_uppercase() || c == ' ' || c == '\'' || c == '’')
        && line.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::page::lines::parse_page;

    #[test]
    fn mastheads_print_paper_date_and_numbers() {
        let text = "工人报\nWORKERS' DAILY\n2025年2月25日 星期二\n乙巳年正月廿八 第22076期 今日八版\n某某总工会主管主办 工人报社出版\n\
                    国内统一连续出版物号 CN 11-0002 代号 1-5\n中工网 http://www.example.cn\n第6版 理论\n";
        let page = parse_page(&Source::new("p.txt", text));
        for (at, line) in page.lines.iter().enumerate() {
            assert!(furniture_reason(&line.text, at).is_some(), "{}", line.text);
        }
        let masthead = parse_masthead(&page);
        assert_eq!(masthead.paper.as_deref(), Some("工人报"));
        assert_eq!(masthead.date, Some(Date::constant(2025, 2, 25)));
        assert_eq!((masthead.issue, masthead.page), (Some(22076), Some(6)));
    }

    #[test]
    fn the_spaces_of_a_wide_name_are_dropped() {
        for wide in ["沿 江 劳 动 报\n正文\n", "沿　江　劳动报\n正文\n"] {
            assert_eq!(parse_masthead(&parse_page(&Source::new("p.txt", wide))).paper.as_deref(), Some("沿江劳动报"));
        }
    }

    #[test]
    fn a_date_is_read_through_what_ocr_makes_of_its_surroundings() {
        for line in [
            "2025年2月25日”星期二",
            "2025年2月25曰 ”星期二",
            "2025年2月25日 星期二                                                                     沿江劳动报社出版",
            "= 、“ 2025年2月25日”星期二，三 ey",
        ] {
            let page = parse_page(&Source::new("p.txt", format!("正文一行\n{line}\n")));
            assert_eq!(parse_masthead(&page).date, Some(Date::constant(2025, 2, 25)), "{line}");
        }
        // not the day of the week of that date
        assert_eq!(dated_weekday("他记得，2025年2月25日星期五"), None);
        assert!(furniture_reason("农历乙已年正月廿八", 30).is_some());
    }

    #[test]
    fn page_numbers_are_read_in_digits_and_in_chinese() {
        let forms =
            [("第八版", 8), ("第十版", 10), ("第十二版", 12), ("第二十版", 20), ("第二十四版", 24), ("第24版", 24)];
        for (form, number) in forms {
            let page = parse_page(&Source::new("p.txt", format!("沿江劳动报\n2025年2月25日 星期二\n{form} 综合\n")));
            assert_eq!(parse_masthead(&page).page, Some(number), "{form}");
        }
    }

    #[test]
    fn more_forms_of_masthead_lines_are_furniture() {
        for line in [
            "2025年11月8日星期六",
            "2025年3月18日 星期二  第2版 要闻",
            "3版 综合 2025年3月18日",
            "甲辰年三月十三",
            "第21777期",
            "责任编辑：王水燕 版式设计：戴丽小",
            "更多精彩内容",
            "请扫描二维码",
            "本版责编：李一",
        ] {
            assert!(furniture_reason(line, 3).is_some(), "{line}");
        }
    }

    #[test]
    fn headlines_and_sentences_are_no_furniture() {
        for line in [
            "2025年产业工人队伍建设改革综述",
            "2024年，全国新增就业1200万人。",
            "编辑部的故事",
            "出版物里的工人形象",
            "《江边的船工》出版",
            "《江边的船工》告诉我们什么叫出版策划",
            "地址变了，服务不变",
            "22.6万人次参加技能培训之后",
            "5部门联合印发行动计划",
            "一线调研",
            "聚焦",
            "三版图纸见证成长",
            "主办方介绍，活动持续三天",
        ] {
            assert_eq!(furniture_reason(line, 30), None, "{line}");
        }
    }

    #[test]
    fn a_day_of_the_week_stands_beside_a_date_and_is_no_name() {
        for text in ["星期三", "周日", "星期天"] {
            assert!(matches!(weekday(text), Some((Piece::Companion, length)) if length == text.len()), "{text}");
        }
        for text in ["星期九", "周刊", "三"] {
            assert!(weekday(text).is_none(), "{text}");
        }
    }
}
