//! Parses the people that a line names: bylines, datelines and names in brackets.
//!
//! Bylines (`本报记者 黄仕强`, `□ 本报记者 许娜`, `某市水利局 许娜`, a bare name), datelines (`本报讯（记者X 通讯员Y）`) and the
//! name in brackets at an article's end.
//!
//! 1. a line is divided into words: offices, institutions, and what can only be names
//! 2. a name without an office beside it has to begin with a surname

use crate::import::lexicon::byline_words::{Setting, Word, divide};
use crate::import::lexicon::misreadings::{with_dateline_as_printed, with_spaces_as_printed};
use crate::import::lexicon::names::{is_likely_name, is_note, is_pen_name, parse_name, parse_run_of_names};
use crate::import::lexicon::words::is_word;
use crate::text::han::is_han;

/// Marks that papers set before a byline.
const BULLETS: &[char] = &['□', '○', '●', '■', '◎', '▲', '△', '◆', '◇', '※', '★', '☆', '▪', '•', '·', '—', '-'];

/// Characters of a byline, at most.
const BYLINE: usize = 60;

/// A byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Byline {
    /// in the order in which they are printed
    pub(crate) people: Vec<String>,
    /// an office at a paper is named
    pub(crate) names_office: bool,
    /// a mark stands before the names, or an institution, a place or a post
    pub(crate) is_marked: bool,
}

/// Parses a line that is a byline and nothing else.
pub(crate) fn parse_byline(line: &str) -> Option<Byline> {
    let found = people_of(line, Setting::Line)?;
    (found.names_office || are_names(&found.people)).then_some(found)
}

/// Whether a line names an office and nobody: `□ 本报评论员`.
pub(crate) fn names_office_alone(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
    if is_prose(line) {
        return false;
    }
    let words = divide(line, Setting::Line);
    !words.is_empty() && words.iter().all(|word| *word == Word::Office)
}

/// Whether these are names, with nothing beside them that says so. Among three and more, one that looks like a name speaks
/// for the others.
fn are_names(people: &[String]) -> bool {
    let likely = people.iter().filter(|name| is_likely_name(name)).count();
    let could_be = || people.iter().all(|name| is_likely_name(name) || is_pen_name(name));
    people.len() <= 4 && (likely == people.len() || people.len() >= 3 && likely > 0 && could_be())
}

/// Parses offices and names.
fn people_of(line: &str, setting: Setting) -> Option<Byline> {
    if is_prose(line) {
        return None;
    }
    let line = &*with_spaces_as_printed(line);
    let marked = line;
    let line = line.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
    let has_dash = marked.starts_with(['—', '-']);
    let has_bullet = marked.starts_with(BULLETS) && !has_dash;
    // （记者 X） as a line of its own
    let line = line.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')'])).unwrap_or(line);
    let (line, affiliation) = without_affiliation(line);
    let words = divide(line, setting);
    let has_institution = words.contains(&Word::Institution);
    let names_office = affiliation || words.contains(&Word::Office);
    // ——林见青: who is quoted
    if has_dash && !names_office {
        return None;
    }
    let mut found = Byline { people: Vec::new(), names_office, is_marked: has_institution || has_bullet };
    for word in &words {
        let Word::Name { text, attached } = word else { continue };
        let is_run = names_office || setting != Setting::Line || is_plain_run(text);
        if let Some(names) = parse_run_of_names(text).filter(|_| is_run) {
            found.people.extend(names);
            continue;
        }
        let name = parse_name(text)?;
        // 记者手记: what directly follows the office has to be like a name; 市总工会 送清凉: so has what follows an institution
        if (*attached || has_institution) && setting != Setting::Dateline && !is_likely_name(&name) {
            return None;
        }
        found.people.push(name);
    }
    let ends_with_name = !has_institution || matches!(words.last(), Some(Word::Name { .. }));
    (ends_with_name && !found.people.is_empty()).then_some(found)
}

/// Longer than bylines are, or with marks and words that are in none.
fn is_prose(line: &str) -> bool {
    line.chars().take(BYLINE + 1).count() > BYLINE || line.contains(['。', '？', '！', '“', '《', '的', '了'])
}

/// No two characters of it are a word, as they would be in a heading; four characters are a phrase more often than two names (路在何方).
fn is_plain_run(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.len() > 4 && !characters.windows(2).any(|pair| is_word(pair[0], pair[1]))
}

/// The words of a line that can be names.
pub(crate) fn likely_names(line: &str) -> Vec<String> {
    let name = |word| match word {
        Word::Name { text, .. } => Some(text),
        _ => None,
    };
    divide(line, Setting::Line).into_iter().filter_map(name).filter(|name| is_likely_name(name)).collect()
}

/// A trailing `（作者单位：…）` or `（某某大学）` says who the people are.
fn without_affiliation(line: &str) -> (&str, bool) {
    match line.find(['（', '(']) {
        Some(at) if at > 0 && line.ends_with(['）', ')']) => (line[..at].trim_end(), line[at..].contains("作者")),
        _ => (line, false),
    }
}

/// A dateline: the start of a text that names agency, city, day and people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Dateline {
    /// its length in bytes
    pub(crate) length: usize,
    /// in the order in which they are printed
    pub(crate) people: Vec<String>,
    /// month and day, where they are printed: 新华社北京2月24日电
    pub(crate) day: Option<(i8, i8)>,
}

/// Characters of a dateline between the agency and 讯 or 电, at most.
const DATELINE: usize = 18;

/// Characters of a text that opens with names in brackets, at least: fewer make a byline.
const NAMED_TEXT: usize = 16;

/// Parses the dateline that a line begins with.
pub(crate) fn parse_dateline(line: &str) -> Option<Dateline> {
    parse_printed_dateline(&with_dateline_as_printed(line))
}

fn parse_printed_dateline(line: &str) -> Option<Dateline> {
    let after_from = line.strip_prefix('据').unwrap_or(line);
    let Some(rest) = after_agency(after_from) else { return names_before(line) };
    let (at, stop) = rest
        .char_indices()
        .take(DATELINE)
        .find(|(_, c)| matches!(c, '讯' | '电' | '（' | '(' | '，' | ',' | '。' | '：' | ':'))
        .filter(|(_, c)| matches!(c, '讯' | '电'))?;
    let (city_and_day, tail) = (&rest[..at], &rest[at + stop.len_utf8()..]);
    let has_brackets = tail.trim_start().starts_with(['（', '(']);
    let is_sure = has_brackets || city_and_day.contains('日');
    if stop == '讯' && (tail.starts_with('员') || city_and_day.ends_with('通') || !city_and_day.is_empty() && !is_sure)
    {
        return None; // 本报通讯员…
    }
    if stop == '电' && !is_sure {
        return None; // 本报电子版…, 新华社电视…
    }
    let (people, end) = bracketed(tail.trim_start()).or_else(|| reported(tail)).unwrap_or((Vec::new(), tail));
    Some(Dateline { length: line.len() - end.len(), people, day: month_and_day(city_and_day) })
}

/// `（罗一刀）西岭水泥的青年职工…`: a dateline of names in brackets alone.
fn names_before(line: &str) -> Option<Dateline> {
    let (people, text) = bracketed(line)?;
    let named = people.len() <= 3 && people.iter().all(|name| is_likely_name(name));
    (named && text.chars().count() >= NAMED_TEXT).then(|| Dateline {
        length: line.len() - text.len(),
        people,
        day: None,
    })
}

/// The rest of a text that begins with an agency or a paper.
fn after_agency(text: &str) -> Option<&str> {
    const AGENCIES: &[&str] =
        &["本报", "新华社", "中新社", "中新网", "本刊", "本网", "央视网", "人民网", "人民日报", "工人日报"];
    AGENCIES.iter().find_map(|agency| text.strip_prefix(agency)).or_else(|| {
        // another paper's name: 某某日报讯（…）
        let at = text.find("报讯")?;
        (text[..at].chars().count() <= 8 && text[..at].chars().all(is_han)).then(|| &text[at + "报".len()..])
    })
}

/// People in the brackets that a text begins with, and what follows the brackets. None where the brackets hold other things.
fn bracketed(text: &str) -> Option<(Vec<String>, &str)> {
    let inner = text.strip_prefix(['（', '('])?;
    let close = inner.find(['）', ')'])?;
    let named = people_of(&inner[..close], Setting::Dateline)?;
    Some((named.people, inner[close..].trim_start_matches(['）', ')'])))
}

/// ` 记者林见青 通讯员何晚舟报道：`: people behind a dateline without brackets, and what follows them.
fn reported(text: &str) -> Option<(Vec<String>, &str)> {
    let at = text.find("报道").filter(|&at| text[..at].chars().count() <= REPORTED)?;
    let people = text[..at].trim().trim_end_matches("摄影");
    let named = people_of(people, Setting::Line).filter(|found| found.names_office)?;
    let rest = text[at + "报道".len()..].trim_start_matches(['：', ':', '，', ' ']);
    named.people.iter().all(|name| is_likely_name(name)).then_some((named.people, rest))
}

/// Characters of the people of a dateline without brackets, at most.
const REPORTED: usize = 30;

/// `江苏南通12月18日` → (12, 18)
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let month_at = text.find('月')?;
    let month = text[..month_at].rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let day = text[month_at + '月'.len_utf8()..].split('日').next()?.parse().ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// The people in brackets that a paragraph ends with: `…还得看得懂数据。（高梅）`, `…。（某市广播电台 高梅）`
pub(crate) fn parse_signature(line: &str) -> Option<Vec<String>> {
    let open = line.rfind(['（', '('])?;
    let inner = line[open..].trim_start_matches(['（', '(']).strip_suffix(['）', ')'])?.trim();
    let before = line[..open].trim_end();
    if !before.is_empty() && !before.ends_with(['。', '！', '？', '”', '…', '!', '?']) || inner.starts_with(NOTE_STARTS)
    {
        return None;
    }
    let found = people_of(without_verb(inner), Setting::Signature)?;
    let signs = |name: &String| is_likely_name(name) || is_pen_name(name);
    let named = found.people.len() <= 4 && found.people.iter().all(signs);
    ((found.names_office || found.is_marked || named) && !is_note(inner)).then_some(found.people)
}

/// `（综合本报记者林见青、何晚舟报道）`: what reporters did, around their names.
fn without_verb(signature: &str) -> &str {
    const BEFORE: &[&str] = &["综合", "据"];
    const BEHIND: &[&str] = &["采写", "整理", "摄影报道", "综合报道", "报道"];
    let names = BEFORE.iter().find_map(|verb| signature.strip_prefix(verb)).unwrap_or(signature);
    BEHIND.iter().find_map(|verb| names.strip_suffix(verb)).unwrap_or(names)
}

/// `（林见青）`, which signs the text above it; `（记者 林见青）` may also stand below a headline.
pub(crate) fn is_signature_line(text: &str) -> bool {
    text.starts_with(['（', '('])
        && !text.contains("记者")
        && !text.contains("通讯员")
        && parse_signature(text).is_some()
}

/// `…。（本报罗马1月2日电）`: whose text it was, in brackets behind its last sentence.
pub(crate) fn ends_with_source(line: &str) -> bool {
    let Some((before, inner)) = line.rfind(['（', '(']).map(|open| line.split_at(open)) else { return false };
    let inner = inner.trim_start_matches(['（', '(']).strip_suffix(['）', ')']);
    let names_source =
        |inner: &str| inner.chars().count() <= DATELINE && inner.ends_with('电') && after_agency(inner).is_some();
    let before = before.trim_end();
    (before.is_empty() || before.ends_with(['。', '！', '？', '”', '…'])) && inner.is_some_and(names_source)
}

/// Characters that editors' notes in brackets begin with: `（见图）`, `（本报罗马电）`.
const NOTE_STARTS: &[char] =
    &['见', '附', '据', '原', '摘', '图', '表', '右', '第', '续', '注', '按', '略', '含', '详', '均'];

#[cfg(test)]
mod tests {
    use super::*;

    fn people(line: &str) -> Vec<String> {
        parse_byline(line).map(|found| found.people).unwrap_or_default()
    }

    #[test]
    fn bylines_of_every_form_name_their_people() {
        let cases: &[(&str, &[&str])] = &[
            ("本报记者 黄仕强", &["黄仕强"]),
            ("本报记者 李娜 本报通讯员 潘文苑", &["李娜", "潘文苑"]),
            ("□ 本报记者 许娜", &["许娜"]),
            ("文华敏 本报记者 顾秀", &["文华敏", "顾秀"]),
            ("新华社记者 农冠斌 吴燕霞 谢奔", &["农冠斌", "吴燕霞", "谢奔"]),
            ("本报记者黄仕强 通讯员王大利", &["黄仕强", "王大利"]),
            ("本报记者 迪力夏提·柯德尔汗", &["迪力夏提·柯德尔汗"]),
            ("（记者 顾秀）", &["顾秀"]),
            ("侯秀 赵水", &["侯秀", "赵水"]),
            ("文远华", &["文远华"]),
            ("欧阳建国（作者单位：某大学）", &["欧阳建国"]),
            ("本报记者 李　青　王小满 本报通讯员 欧阳明月", &["李青", "王小满", "欧阳明月"]),
            ("文/图 本报记者 于飞 吉祥", &["于飞", "吉祥"]),
            ("本报驻北岭省记者 林见青", &["林见青"]),
            ("东湾日报驻南岭见习记者林见青 本报通讯员何晚舟", &["林见青", "何晚舟"]),
            ("记者林见青通讯员何晚舟", &["林见青", "何晚舟"]),
            ("本报记者林 青 何晚舟", &["林青", "何晚舟"]),
            ("中共东湾县委书记 林见青", &["林见青"]),
            ("□ 南岭大学教授 林见青", &["林见青"]),
            ("东湾集团总裁、航海家代表 林见青", &["林见青"]),
            ("■ 林见青 何晚舟", &["林见青", "何晚舟"]),
            ("林见青 乌日娜其其格 何晚舟", &["林见青", "乌日娜其其格", "何晚舟"]),
            ("林桐 汀兰 砚秋", &["林桐", "汀兰", "砚秋"]),
            ("作者：林 青", &["林青"]),
            ("文/林见青 图/何晚舟", &["林见青"]),
            ("林见青/文 何晚舟/图", &["林见青"]),
            ("林见青 整理", &["林见青"]),
            ("某市人民广播电台 何晚舟 林见青", &["何晚舟", "林见青"]),
            ("中共某市委书记 林见青", &["林见青"]),
            ("本报驻某省记者 林见青", &["林见青"]),
            ("□本报通讯员 林见青", &["林见青"]),
            ("林见青 文/图", &["林见青"]),
            ("林见青何晚舟", &["林见青", "何晚舟"]),
            ("本报记者 林见青通讯员何晚舟", &["林见青", "何晚舟"]),
        ];
        for (line, names) in cases {
            assert_eq!(people(line), *names, "{line}");
        }
    }

    #[test]
    fn headings_are_no_bylines() {
        for line in [
            "大国工匠",
            "观点",
            "文化",
            "关注",
            "聚焦",
            "开好局 起好步",
            "困在哪里",
            "路在何方",
            "记者手记",
            "记者调查",
            "成长",
            "方法",
            "一线调研·加快形成新动能",
            "市总工会 送清凉",
            "——林见青",
            "自信·自立·自强",
            "林见青摄",
            "某市总工会 勇毅前行",
            "示范钢铁集团",
        ] {
            assert_eq!(parse_byline(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_name_people_and_day() {
        type Case = (&'static str, &'static [&'static str], Option<(i8, i8)>, &'static str);
        let cases: &[Case] = &[
            ("本报讯（记者康勤 通讯员王大利）“能够", &["康勤", "王大利"], None, "“能够"),
            ("新华社北京2月24日电 2月24日下午", &[], Some((2, 24)), " 2月24日下午"),
            ("据新华社北京12月22日电（记者傅凯 高欣）江苏", &["傅凯", "高欣"], Some((12, 22)), "江苏"),
            ("本报江苏南通12月18日电（记者马水、胡凯佑）送", &["马水", "胡凯佑"], Some((12, 18)), "送"),
            ("本报讯(曹奕 记者刘姗姗)近日", &["曹奕", "刘姗姗"], None, "近日"),
            ("据新华社南岭讯（林见青、何晚舟）白鹭", &["林见青", "何晚舟"], None, "白鹭"),
            ("本报讯 记者林见青 通讯员何晚舟报道：白鹭", &["林见青", "何晚舟"], None, "白鹭"),
            ("本报讯（记者白露 通讯员万里）白天", &["白露", "万里"], None, "白天"),
        ];
        for (line, names, day, rest) in cases {
            let found = parse_dateline(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.people.as_slice(), found.day), (&names.map_owned()[..], *day), "{line}");
            assert_eq!(&line[found.length..], *rest, "{line}");
        }
        for line in ["本报通讯员 陆鸣霞", "本报电子版今日上线", "本报告从三个方面", "近日，新华社北京电视"]
        {
            assert_eq!(parse_dateline(line), None, "{line}");
        }
    }

    trait MapOwned {
        fn map_owned(&self) -> Vec<String>;
    }
    impl MapOwned for &[&str] {
        fn map_owned(&self) -> Vec<String> {
            self.iter().map(|&s| s.to_owned()).collect()
        }
    }

    #[test]
    fn the_name_at_the_end_is_found_in_brackets() {
        assert_eq!(parse_signature("还得看得懂数据。（高梅）"), Some(vec!["高梅".to_owned()]));
        let pair = Some(vec!["林见青".to_owned(), "何晚舟".to_owned()]);
        assert_eq!(parse_signature("夜航的灯亮到天明。（东湾市人民广播电台 林见青 何晚舟）"), pair);
        assert_eq!(parse_signature("（林见青 何晚舟）"), pair);
        assert_eq!(parse_signature("（南岭省东湾市 林见青）"), Some(vec!["林见青".to_owned()]));
        assert_eq!(parse_signature("晚风正好。（综合本报记者林见青、何晚舟报道）"), pair);
        assert_eq!(parse_signature("（砚秋）"), Some(vec!["砚秋".to_owned()]));
        for note in [
            "（完）",
            "（待续）",
            "（一）",
            "全场起立。（掌声）",
            "（见图）",
            "（本报罗马电）",
            "（作者为某省某校研究人员）",
        ] {
            assert_eq!(parse_signature(note), None, "{note}");
        }
        assert_eq!(parse_signature("新增企业30家（含外资）"), None);
    }

    #[test]
    fn the_source_at_the_end_is_found_in_brackets() {
        for end in ["晚风正好。（新华社东湾8月2日电）", "(本报东湾1月3日电)", "“晚风正好。”（本报罗马电）"]
        {
            assert!(ends_with_source(end), "{end}");
        }
        for end in ["晚风正好。（充电）", "晚风正好。", "由本报（新华社东湾8月2日电）", "晚风正好。（一）"]
        {
            assert!(!ends_with_source(end), "{end}");
        }
    }
}
