//! Parses the people that a line names: bylines, datelines and names in brackets.
//!
//! Bylines (`本报记者 黄仕强`, `□ 本报记者 许娜`, a bare name), datelines (`本报讯（记者X 通讯员Y）`) and the name in brackets
//! at an article's end. A name without an office beside it has to begin with a surname.

use crate::import::lexicon::surnames::{has_compound_surname, is_surname};
use crate::import::lexicon::words::is_word;
use crate::text::han::is_han;

/// Offices of people at a paper; the longer ones first.
const OFFICES: &str = "\
    全媒体记者 特约评论员 特约通讯员 特约记者 见习记者 实习记者 首席记者 摄影记者 融媒体记者 特约撰稿人 \
    评论员 通讯员 实习生 记者 撰稿人 撰稿 作者 编译 整理 口述 采写 文/图 图/文 文图 图文";

/// Marks that papers set before a byline.
const BULLETS: &[char] = &['□', '○', '●', '■', '◎', '▲', '△', '◆', '◇', '※', '★', '☆', '▪', '•', '·', '—', '-'];

/// Ends of the names of institutions, and of the posts that people hold there.
const POSTS: &str = "\
    电台 电视台 报社 杂志社 通讯社 出版社 委员会 工会 集团 公司 大学 学院 学校 中学 小学 研究院 研究所 研究会 协会 学会 \
    医院 法院 检察院 中心 局 厅 部 书记 主席 主任 部长 局长 厅长 院长 校长 所长 会长 理事长 董事长 经理 教授 研究员 讲师 \
    教师 律师 工程师 编辑 主编 主播";

/// Characters of an institution or a post, at least: 工会 alone can be a word of a headline.
const POST_LENGTH: usize = 5;

/// A byline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Byline {
    /// in the order in which they are printed
    pub(crate) people: Vec<String>,
    /// an office is named; if not, these are bare names
    pub(crate) names_office: bool,
}

/// Parses a line that is a byline and nothing else.
pub(crate) fn parse_byline(line: &str) -> Option<Byline> {
    let found = people_of(line, false)?;
    let named = found.people.len() <= 4 && found.people.iter().all(|name| is_likely_name(name));
    (found.names_office || named).then_some(found)
}

/// Parses offices and names. `is_certain`: the context shows that these are people, so that any name will do.
fn people_of(line: &str, is_certain: bool) -> Option<Byline> {
    let line = line.trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace());
    // （记者 X） as a line of its own
    let line = line.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')'])).unwrap_or(line);
    if line.chars().count() > 60 || line.contains(['。', '？', '！', '“', '《']) {
        return None;
    }
    let (line, affiliation) = without_affiliation(line);
    let mut found = Byline { people: Vec::new(), names_office: affiliation };
    let mut has_post = false;
    for token in tokens(line) {
        let Some(rest) = after_office(&token) else {
            if found.people.is_empty() && is_post(&token) {
                has_post = true;
                continue;
            }
            found.people.push(person(&token)?);
            continue;
        };
        found.names_office = true;
        let rest = rest.trim_start_matches(['：', ':']);
        // 记者手记: what directly follows the office has to be like a name
        if !rest.is_empty() {
            found.people.push(person(rest).filter(|name| is_certain || is_likely_name(name))?);
        }
    }
    // 某某集团 勇毅前行: what follows a post has to be like a name
    if has_post && !found.names_office {
        found.names_office = found.people.iter().all(|name| is_likely_name(name));
        found.people.retain(|_| found.names_office);
    }
    (!found.people.is_empty()).then_some(found)
}

/// `某市人民广播电台`, `中共某市委书记`: where the people behind it work, or as what.
fn is_post(token: &str) -> bool {
    let length = token.chars().count();
    (POST_LENGTH..=24).contains(&length)
        && token.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        && POSTS.split_ascii_whitespace().any(|end| token.ends_with(end))
}

/// The words of a line that can be names.
pub(crate) fn likely_names(line: &str) -> Vec<String> {
    tokens(line).into_iter().filter(|token| is_likely_name(token)).collect()
}

/// The words of a byline; a name of two characters may be spaced: `李　青`.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut half = false;
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '/' | '／' | '|' | '；');
    for token in line.split(is_separator).filter(|token| !token.is_empty()) {
        let single = token.chars().count() == 1;
        let joins = single && half;
        match tokens.last_mut().filter(|_| joins) {
            Some(last) => last.push_str(token),
            None => tokens.push(token.to_owned()),
        }
        half = single && !joins;
    }
    tokens
}

/// A trailing `（作者单位：…）` or `（某某大学）` says who the people are.
fn without_affiliation(line: &str) -> (&str, bool) {
    match line.find(['（', '(']) {
        Some(at) if at > 0 && line.ends_with(['）', ')']) => (line[..at].trim_end(), line[at..].contains("作者")),
        _ => (line, false),
    }
}

/// The rest of a token behind an office (`本报记者`, `工人日报记者`, `新华社记者`): a name, or nothing. None without an office.
fn after_office(token: &str) -> Option<&str> {
    OFFICES.split(' ').find_map(|office| {
        let at = token.find(office)?;
        is_employer(&token[..at]).then(|| &token[at + office.len()..])
    })
}

/// Whether a text names whose office it is, a paper, an agency or a bureau; or is empty.
fn is_employer(text: &str) -> bool {
    const ENDS: &[&str] =
        &["报", "社", "网", "台", "刊", "中心", "本报", "本网", "本刊", "客户端", "站", "见习", "特约", "首席"];
    // 本报驻某省
    let text = text.split_once('驻').filter(|(_, place)| place.chars().all(is_han)).map_or(text, |(paper, _)| paper);
    text.is_empty()
        || (text.chars().count() <= 14
            && text.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '—' | '-' | '·'))
            && ENDS.iter().any(|end| text.ends_with(end)))
}

/// Marks between the parts of a name in another language.
const DOTS: [char; 3] = ['·', '•', '・'];

/// A name as a token: two to four 汉字, or a longer one with ·.
fn person(token: &str) -> Option<String> {
    let name = token.trim_matches(|c| matches!(c, '：' | ':' | '。'));
    let most = if name.contains(DOTS) { 16 } else { 4 };
    let fits = (2..=most).contains(&name.chars().count()) && name.chars().all(|c| is_han(c) || DOTS.contains(&c));
    fits.then(|| name.to_owned())
}

/// Could be a name where no office says so: a surname and one or two more, and no common word.
pub(crate) fn is_likely_name(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    if name.contains(DOTS) {
        // 一线调研·加快形成新动能 is made of words; 迪力夏提·柯德尔汗 is not
        return chars.windows(2).filter(|pair| is_word(pair[0], pair[1])).count() <= 1;
    }
    if has_compound_surname(name) {
        return (3..=4).contains(&chars.len());
    }
    let is_name = match chars[..] {
        [a, b] => !is_word(a, b),
        [a, b, c] => !(is_word(a, b) && is_word(b, c)),
        _ => false,
    };
    is_name && is_surname(chars[0]) && chars.iter().all(|&c| is_han(c))
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
    let after_from = line.strip_prefix('据').unwrap_or(line);
    let Some(rest) = after_agency(after_from) else { return names_before(line) };
    let (at, stop) = rest
        .char_indices()
        .take(DATELINE)
        .find(|(_, c)| matches!(c, '讯' | '电' | '（' | '(' | '，' | ',' | '。' | '：' | ':'))
        .filter(|(_, c)| matches!(c, '讯' | '电'))?;
    let (city_and_day, tail) = (&rest[..at], &rest[at + stop.len_utf8()..]);
    if stop == '讯'
        && (tail.starts_with('员')
            || city_and_day.ends_with('通')
            || !city_and_day.is_empty() && !city_and_day.contains('日'))
    {
        return None; // 本报通讯员…
    }
    if stop == '电' && !city_and_day.contains('日') && !tail.trim_start().starts_with(['（', '(']) {
        return None; // 本报电子版…, 新华社电视…
    }
    let (people, end) = bracketed(tail.trim_start()).unwrap_or((Vec::new(), tail));
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
    let named = people_of(&inner[..close], true)?;
    Some((named.people, inner[close..].trim_start_matches(['）', ')'])))
}

/// `江苏南通12月18日` → (12, 18)
fn month_and_day(text: &str) -> Option<(i8, i8)> {
    let month_at = text.find('月')?;
    let month = text[..month_at].rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    let day = text[month_at + '月'.len_utf8()..].split('日').next()?.parse().ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((month, day))
}

/// The people in brackets that a paragraph ends with: `…还得看得懂数据。（高梅）`
pub(crate) fn parse_signature(line: &str) -> Option<Vec<String>> {
    let open = line.rfind(['（', '('])?;
    let inner = line[open..].trim_start_matches(['（', '(']).strip_suffix(['）', ')'])?;
    let before = line[..open].trim_end();
    if !before.is_empty() && !before.ends_with(['。', '！', '？', '”', '…']) {
        return None;
    }
    parse_byline(inner).map(|found| found.people)
}

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
            ("某市人民广播电台 何晚舟 林见青", &["何晚舟", "林见青"]),
            ("中共某市委书记 林见青", &["林见青"]),
            ("本报驻某省记者 林见青", &["林见青"]),
            ("□本报通讯员 林见青", &["林见青"]),
            ("林见青 文/图", &["林见青"]),
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
            "记者手记",
            "记者调查",
            "成长",
            "方法",
            "一线调研·加快形成新动能",
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
        assert_eq!(parse_signature("（作者为某省某校研究人员）"), None);
        assert_eq!(parse_signature("新增企业30家（含外资）"), None);
    }
}
