//! Recognises offices: what a person is at a paper (`本报驻某省记者`), and what a contributor is elsewhere (`某市水利局局长`,
//! `国家某某中心`).

use crate::text::han::is_han;
use ahash::AHashSet;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Offices of people at a paper; the longer ones first.
const OFFICES: &str = "\
    全媒体记者 特约评论员 特约通讯员 特约撰稿人 特约记者 特派记者 见习记者 实习记者 首席记者 摄影记者 融媒体记者 \
    评论员 通讯员 实习生 撰稿人 特派员 记者 撰稿 撰文 作者 编译 整理 口述 采写 文/图 图/文 文图 图文";

/// Finds the leftmost office of a text.
static OFFICE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(OFFICES.split(' '));
    finder.expect("a few short words make an automaton")
});

/// Offices that stand behind the name: `林见青 整理`.
const OFFICES_BEHIND: &[&str] = &["编译", "整理", "采写", "撰文", "口述", "撰稿"];

/// What the names of institutions, places and posts end with. Those of one character also end common words, so that a
/// token has to be longer than a word.
const INSTITUTIONS: &str = "\
    大学 学院 中学 小学 学校 党校 研究院 研究所 研究中心 中心 协会 学会 联合会 工会 委员会 党委 市委 省委 县委 区委 宣传部 \
    组织部 统战部 办公室 出版社 报社 杂志社 通讯社 公司 集团 银行 支行 分行 医院 法院 检察院 派出所 支队 总队 大队 中队 部队 军区 \
    军分区 电视台 电台 电视 广播站 车站 博物馆 图书馆 纪念馆 文化馆 工地 党支部 街道 社区 车间 书记 主任 主席 部长 局长 厅长 处长 \
    科长 院长 所长 校长 会长 理事长 董事长 总经理 经理 总裁 总监 总编辑 工程师 教授 研究员 讲师 博士 院士 律师 医师 医生 教师 \
    代表 委员 成员 秘书长 馆长 团长 行长 市长 省长 县长 区长 镇长 乡长 负责人 作家 主播 编辑 职工 读者 学者 专家 主编 编审 党组 政府";
const SINGLE_ENDS: &str = "省市县区州盟旗镇乡村路街局厅部委处科所院社厂矿站队馆室旅团师系";
/// Provinces, as contributors give them without 省.
const PROVINCES: &str = "\
    北京 上海 天津 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 四川 贵州 \
    云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾";

/// Characters of the longest of [`INSTITUTIONS`].
const LONGEST_END: usize = 4;

/// All that the name of an institution, a place or a post ends with.
static ENDS: LazyLock<AHashSet<&str>> = LazyLock::new(|| {
    let single = SINGLE_ENDS.char_indices().map(|(at, end)| &SINGLE_ENDS[at..at + end.len_utf8()]);
    INSTITUTIONS.split(' ').chain(single).collect()
});

/// Characters of a token that names an institution.
const INSTITUTION: std::ops::RangeInclusive<usize> = 4..=24;

/// Splits a token at an office: what follows it, a name or nothing (`本报记者`, `工人日报记者`, `新华社驻某地记者`). None without
/// an office.
pub(crate) fn after_office(token: &str) -> Option<&str> {
    if !OFFICE.is_match(token) {
        return None;
    }
    OFFICES.split(' ').find_map(|office| {
        let at = token.find(office)?;
        is_employer(&token[..at]).then(|| &token[at + office.len()..])
    })
}

/// Where a name ends that another office follows: `林见青本报通讯员何晚舟`.
pub(crate) fn next_office(text: &str) -> Option<usize> {
    let at = OFFICE.find(text)?.start();
    let name = ["本报", "本网", "本刊", "本台", "新华社", "中新社"]
        .iter()
        .find_map(|employer| text[..at].strip_suffix(employer));
    Some(name.map_or(at, str::len)).filter(|&end| end > 0)
}

/// The name before an office: `林见青整理`.
pub(crate) fn before_office(token: &str) -> Option<&str> {
    OFFICES_BEHIND.iter().find_map(|office| token.strip_suffix(office)).filter(|name| !name.is_empty())
}

/// Whether a text names whose office it is, a paper, an agency or a bureau, and perhaps where it is; or is empty.
fn is_employer(text: &str) -> bool {
    const ENDS: &[&str] = &["报", "社", "网", "台", "刊", "讯", "中心", "客户端", "站", "见习", "特约", "首席", "特派"];
    // 本报驻意大利记者
    let employer = text.split_once('驻').map_or(text, |(employer, _)| employer);
    text.is_empty()
        || (text.chars().count() <= 16
            && text.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '—' | '-' | '·'))
            && (ENDS.iter().any(|end| text.ends_with(end))
                || employer.len() < text.len()
                    && (employer.is_empty() || ENDS.iter().any(|end| employer.ends_with(end)))))
}

/// Whether a token names an institution, a place or a post, as it stands before a contributor's name.
pub(crate) fn is_institution(token: &str) -> bool {
    if PROVINCES.split(' ').any(|province| province == token) {
        return true;
    }
    let length = token.chars().take(*INSTITUTION.end() + 1).count();
    let ends = |(at, _): (usize, char)| ENDS.contains(&token[at..]);
    INSTITUTION.contains(&length)
        && token.char_indices().rev().take(LONGEST_END).any(ends)
        && token.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '·' | '—' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_names_its_employer_and_where_it_is() {
        for (token, rest) in [
            ("本报记者", ""),
            ("本报驻北海省记者", ""),
            ("东湾日报驻南岭首席记者林见青", "林见青"),
            ("某市广播电台记者何晚舟", "何晚舟"),
            ("记者何晚舟", "何晚舟"),
        ] {
            assert_eq!(after_office(token), Some(rest), "{token}");
        }
        assert_eq!(after_office("三位记者"), None);
        assert_eq!(before_office("林见青整理"), Some("林见青"));
    }

    #[test]
    fn institutions_places_and_posts_are_known_by_their_ends() {
        for token in ["东湾县水利局", "中共东湾市委书记", "南岭大学教授", "河北东湾县", "湖南", "第二纺织厂"]
        {
            assert!(is_institution(token), "{token}");
        }
        for token in ["关爱职工子女", "县里", "安全生产"] {
            assert!(!is_institution(token), "{token}");
        }
    }
}
