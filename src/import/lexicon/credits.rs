//! Parses picture credits, and recognises captions.
//!
//! `新华社记者 孙凡越 摄`, `新华社发（罗国扬 摄）`, `新华社发 徐骏作`, `策划/制图：X`; a credit stands on a line of its own
//! or at the end of the caption.

use crate::import::lexicon::people::parse_byline;
use crate::import::lexicon::words::is_word;
use crate::text::han::is_han;

/// A credit at the end of a line: the people who took or drew a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credit {
    /// the byte at which it begins; 0: the line is nothing else
    pub(crate) start: usize,
    /// in the order in which they are printed
    pub(crate) people: Vec<String>,
}

/// What the people of a credit did: verbs behind their names.
const VERBS: &[&str] =
    &["摄影报道", "摄影", "摄制", "供图", "提供", "制图", "绘图", "配图", "漫画", "插图", "摄", "绘", "作", "图"];
/// Labels that a credit on a line of its own begins with.
const LABELS: &[&str] =
    &["策划/制图", "策划", "制图", "绘图", "漫画", "插图", "图片", "摄影", "供图", "图/", "图：", "图:"];
/// Agencies that distribute pictures.
const AGENCIES: &[&str] =
    &["新华社发", "本报发", "中新社发", "视觉中国", "影像中国", "人民视觉", "资料图片", "资料图", "资料照片"];

/// Parses the credit that a line ends with.
pub(crate) fn parse_credit(line: &str) -> Option<Credit> {
    let start = tail_start(line);
    // layout-aware OCR sets credits in italics: *顾大海 摄*
    let tail = line[start..].trim_start();
    let start = line.len() - tail.len();
    let tail = tail.trim_matches('*');
    if tail.chars().count() > 40 {
        return None;
    }
    let tail = without_distributor(tail);
    labelled(tail).or_else(|| signed(tail)).map(|people| Credit { start, people })
}

/// The byte behind the line's last complete sentence, where a credit would begin.
fn tail_start(line: &str) -> usize {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '”' | '；' | '!' | '?');
    line.char_indices().rev().find(|&(_, c)| ends(c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// `林见青摄（某某图片社）`, `（林见青摄）（新华社稿）`: the brackets say who distributes the picture.
fn without_distributor(tail: &str) -> &str {
    let inner = tail.strip_suffix(['）', ')']).and_then(|open| open.rsplit_once(['（', '(']));
    let is_name = |name: &str| (2..=8).contains(&name.chars().count()) && name.chars().all(is_han);
    match inner {
        Some((credit, distributor)) if credit.trim_end().ends_with(['摄', '）', ')']) && is_name(distributor) => {
            credit.trim_end()
        }
        _ => tail,
    }
}

/// `制图：X`
fn labelled(tail: &str) -> Option<Vec<String>> {
    let rest = LABELS.iter().find_map(|label| tail.strip_prefix(label))?;
    parse_byline(rest.trim_start_matches(['：', ':', ' '])).map(|found| found.people)
}

/// `新华社记者 X 摄`, `新华社发（X 摄）`, `新华社发 X作`, `X 摄`
fn signed(tail: &str) -> Option<Vec<String>> {
    let behind_agency = AGENCIES.iter().find_map(|agency| tail.strip_prefix(agency));
    let (by_agency, rest) = (behind_agency.is_some(), behind_agency.map_or(tail, str::trim));
    if by_agency && rest.is_empty() {
        return Some(Vec::new());
    }
    let inner = rest.strip_prefix(['（', '(']).and_then(|r| r.strip_suffix(['）', ')'])).unwrap_or(rest).trim();
    // 林见青 文/图, 林见青 图文: wrote the text as well; 何敬文摄 is a name
    let writes = |named: &str| named.ends_with(['/', '／']) || [" 文", "图文"].iter().any(|end| named.ends_with(end));
    let named = VERBS.iter().find_map(|verb| inner.strip_suffix(verb)).filter(|named| !writes(named))?;
    let is_ambiguous = !inner.ends_with(['摄', '绘']) && !inner.ends_with("摄影") && !inner.ends_with("供图");
    let found = parse_byline(named.trim())?;
    // 「作」 and 「图」 end many words: only behind an agency, an office or a space, or behind a name alone
    let ends_word = named.chars().next_back().is_some_and(|last| is_word(last, '作'));
    let name_alone = by_agency || inner == tail && inner.ends_with('作') && found.people == [named] && !ends_word;
    (!is_ambiguous || name_alone || found.names_office || named.ends_with(' ')).then_some(found.people)
}

/// Whether a line says that it is a caption: with the day of its picture, （2月20日摄）, or by pointing at it, 图为…, 图①：…
pub(crate) fn is_caption(line: &str) -> bool {
    let pointed =
        ["图为", "上图", "下图", "左图", "右图", "图①", "图②", "图③", "图④", "图1", "图2", "图3", "图一", "图二"];
    pointed.iter().any(|start| line.starts_with(start))
        || ["日摄）", "日摄)", "月摄）", "月摄)", "拼版照片", "资料照片"].iter().any(|mark| line.contains(mark))
        || (line.chars().count() <= 24 && line.contains("资料图片"))
}

/// `漫画：加码`: the title of a cartoon, above its credit.
pub(crate) fn is_picture_title(line: &str) -> bool {
    let starts = ["漫画：", "漫画:", "图说：", "图说:"];
    starts.iter().any(|start| line.starts_with(start)) && line.chars().count() <= 20 && !line.contains('。')
}

/// Whether a line that stands apart may be a caption: few characters, and most of them 汉字.
pub(crate) fn is_short_caption(line: &str) -> bool {
    let length = line.chars().count();
    (6..=40).contains(&length) && line.chars().filter(|&c| is_han(c)).count() * 10 >= length * 7
}

/// Characters of a sentence that describes a picture.
const DESCRIPTION: std::ops::RangeInclusive<usize> = 8..=48;

/// Whether a line is one sentence that says who does what where, as captions do: 焊工在实训室里练习。
/// 耿大壮（右）向徒弟讲解。 A credit may stand behind it.
pub(crate) fn describes_picture(line: &str) -> bool {
    let credit = parse_credit(line).map(|credit| credit.start).filter(|&start| start > 0);
    let sentence = line[..credit.unwrap_or(line.len())].trim_end();
    let inner = sentence.strip_suffix('。').unwrap_or(sentence);
    let one =
        DESCRIPTION.contains(&sentence.chars().count()) && !inner.contains(['。', '！', '？', '；', '：', '“', '”']);
    let has_location = inner.char_indices().skip(2).any(|(_, c)| c == '在') || inner.starts_with("航拍");
    let pointed = ["（右", "（左", "（中", "（前", "（后", "一）", "二）"].iter().any(|mark| inner.contains(mark));
    one && (has_location || pointed || credit.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_name_the_people_who_took_or_drew_the_picture() {
        let cases: &[(&str, &[&str])] = &[
            ("新华社记者 孙凡越 摄", &["孙凡越"]),
            ("新华社发（罗国扬 摄）", &["罗国扬"]),
            ("新华社发 徐骏作", &["徐骏"]),
            ("大桥全线贯通。 本报通讯员 孙璐 摄", &["孙璐"]),
            ("策划/制图：曾小梅", &["曾小梅"]),
            ("李铁军 摄", &["李铁军"]),
            ("新华社记者 何敬文摄", &["何敬文"]),
            ("何敬文摄（某某图片社）", &["何敬文"]),
            ("（林见青摄）（某某社稿）", &["林见青"]),
            ("新华社发", &[]),
            ("李达作", &["李达"]),
            ("农民插秧。 *顾大海 摄*", &["顾大海"]),
        ];
        for (line, names) in cases {
            assert_eq!(parse_credit(line).unwrap_or_else(|| panic!("{line}")).people, *names, "{line}");
        }
        assert_eq!(parse_credit("大桥全线贯通。 本报通讯员 孙璐 摄").unwrap().start, "大桥全线贯通。 ".len());
    }

    #[test]
    fn a_caption_describes_its_picture_in_one_sentence() {
        for line in ["焊工在实训室里戴着头盔练习", "耿大壮（右）向徒弟讲解火焰图像。", "学徒学习数控编程。 沙沐阳 摄"]
        {
            assert!(describes_picture(line), "{line}");
        }
        for line in ["都敲过不止一遍。", "他说，在家门口就业好。这话不假。", "逐项念过，一百多名代表投了票"]
        {
            assert!(!describes_picture(line), "{line}");
        }
    }

    #[test]
    fn sentences_are_no_credits() {
        for line in [
            "这是一项重要工作",
            "工人们看懂了图",
            "他的技能水平得到了提高。",
            "双方加强合作",
            "黄山 一幅美丽的画图",
            "高质量工作",
            "师徒合作",
            "林见青 文/图",
        ] {
            assert_eq!(parse_credit(line), None, "{line}");
        }
    }
}
