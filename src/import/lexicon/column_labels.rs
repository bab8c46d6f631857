//! Recognises column labels and the labels of boxes: 一线调研, 深化“产改”进行时, 记者手记.

use crate::import::lexicon::names::is_likely_name;
use crate::text::han::is_han;

/// Labels of boxes that stand inside a report and are no part of it.
const BOXES: &str = "\
    记者手记 采访手记 记者感言 记者观察 相关链接 相关新闻 延伸阅读 新闻链接 新闻背景 背景链接 知识链接 \
    链接 编后 编后语 短评 小贴士 名词解释 数读";

/// Parses the label of a box: its name, and the headline beside it or nothing: `【链接】`, `短评｜让考卷长出牙齿`.
pub(crate) fn parse_box_label(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start_matches(|c: char| !is_han(c));
    let name = BOXES.split(' ').filter(|name| inner.starts_with(name)).max_by_key(|name| name.len())?;
    let rest = &inner[name.len()..];
    let title =
        rest.trim_start_matches(['】', ']', '：', ':', '｜', '|', '丨', '·', '▶', '◆', ' ', '　', '”', '」', '》']);
    let divided = rest.is_empty() || title.len() < rest.len();
    (divided && title.chars().count() <= BOX_TITLE && !title.contains(['。', '，']))
        .then_some((&inner[..name.len()], title))
}

/// Characters of a box's headline beside its label, at most.
const BOX_TITLE: usize = 20;

/// Labels of the parts of one text: the case, the judge's comment.
pub(crate) fn is_inner_label(text: &str) -> bool {
    const NAMES: &str = "\
        开栏的话 开栏语 点评 专家点评 专家观点 专家解读 编者按 案情回顾 案情简介 基本案情 法院判决 法院审理 裁判结果 \
        处理结果 案例分析 法官说法 律师说法 律师点评 以案说法 典型意义 法条链接";
    let label = text.trim_matches(|c: char| !is_han(c));
    NAMES.split(' ').any(|name| name == label)
}

/// Words that names of columns end with, in papers of every kind, …
const COLUMN_ENDS: &str = "\
    进行时 观察 手记 调研 研究 实践 发布 故事 视点 论坛 风采 之声 现场 纪事 走笔 访谈 对话 追踪 关注 聚焦 \
    速递 快讯 看台 广角 视窗 纵横 漫谈 时评 短评 快评 锐评 微评 絮语 观点 评论 前沿 一线 探索 新语 札记 \
    随笔 专栏 专题 特稿 调查 简讯 要闻 话题 讲述 人物 榜样 先锋 之窗 之家 工作法 看点 焦点 热点 回声 来信 \
    信箱 问答 解读 说法 提示 最前线 进企业 在基层 在行动 工匠 新时代新征程 行动派 新风 新貌 新篇 风景线 \
    直通车 大家谈 日谈 夜谈 杂谈 丛谈 纵谈 笔谈 面对面 圆桌 智库 工会新 走基层 在一线 新实践 民生 简明新闻";
/// … or begin with.
const COLUMN_STARTS: &[&str] =
    &["深化“", "推进“", "新时代新征程", "学思想", "学习贯彻", "喜迎", "奋进", "图说", "数说", "开局", "开好局"];

/// Whether a line reads as a column's name: short, no sentence, with a word from the lists.
pub(crate) fn is_column_name(text: &str) -> bool {
    let length = text.chars().count();
    if length > 24 || text.contains(['，', ',', '？', '！', '。', '：', ':']) {
        return false;
    }
    let parts = text.split(['·', '—', ' ']).filter(|part| !part.is_empty());
    let named =
        parts.clone().any(|part| part.chars().count() <= 12 && COLUMN_ENDS.split(' ').any(|end| part.ends_with(end)))
            && (parts.count() == 1 || text.contains(['·', '—']));
    let begun = COLUMN_STARTS.iter().any(|start| text.starts_with(start));
    named || begun || is_motto(text)
}

/// `开好局 起好步`, `学思想 强党性 重实践 建新功`: phrases of equal, small length.
fn is_motto(text: &str) -> bool {
    let parts: Vec<&str> = text.split([' ', '·', '　']).collect();
    let length = |part: &str| part.chars().count();
    // 林见青 何晚舟: two people
    let are_names = parts.iter().all(|part| is_likely_name(part));
    parts.len() >= 2
        && parts.iter().all(|part| length(part) == length(parts[0]))
        && (3..=4).contains(&length(parts[0]))
        && !are_names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_shape() {
        for name in
            ["一线调研", "一线调研·加快形成新动能", "记者手记", "深化“产改”进行时", "开好局 起好步", "大国工匠", "观点"]
        {
            assert!(is_column_name(name), "{name}");
        }
        assert_eq!(parse_box_label("【相关链接】"), Some(("相关链接", "")));
        assert_eq!(parse_box_label("记者手记：一张截图的分量"), Some(("记者手记", "一张截图的分量")));
        assert_eq!(parse_box_label("链接起千家万户"), None);
        assert_eq!(parse_box_label("短评，也要有长功夫"), None);
        for title in ["杭州给产业工人“画像”", "助力高质量发展", "释放产业新动能"] {
            assert!(!is_column_name(title), "{title}");
        }
    }
}
