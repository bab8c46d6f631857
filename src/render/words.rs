//! The words of the interface: one table, and the phrases that have a number in them.
//!
//! Templates write `{{ words.themes }}`. Numbers and 汉字 stand side by side without a space: the browser spaces them.

use crate::content::article::Kind;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Name in templates, text on the page.
const WORDS: &[(&str, &str)] = &[
    ("skip", "跳到正文"),
    ("menu", "栏目导航"),
    ("home", "首页"),
    ("themes", "主题"),
    ("issues", "报纸"),
    ("archive", "归档"),
    ("people", "作者"),
    ("feed", "订阅"),
    ("latest_issue", "最新一期"),
    ("recent_issues", "近期报纸"),
    ("by_theme", "分主题阅读"),
    ("read_on", "阅读全文"),
    ("pieces", "篇"),
    ("pieces_filed", "篇文章"),
    ("issues_kept", "期报纸"),
    ("pages", "个版"),
    ("characters", "字"),
    ("minutes", "分钟"),
    ("read_in", "约读"),
    ("no_articles", "这里还没有文章。"),
    ("empty_site", "还没有文章。把报纸版面的文字放进 content/pages/，再生成一次。"),
    ("newer_page", "较新"),
    ("older_page", "较早"),
    ("part", "第"),
    ("part_of", "页，共"),
    ("part_end", "页"),
    ("pager", "翻页"),
    ("newer_article", "下一篇（较新）"),
    ("older_article", "上一篇（较早）"),
    ("in_theme", "同主题前后篇"),
    ("related", "相关文章"),
    ("on_this_page", "同版文章"),
    ("source", "出处"),
    ("cite", "引用格式"),
    ("source_lines", "行"),
    ("title_inferred", "原版无标题，题目由编者据正文所拟"),
    ("other_pages", "本期各版"),
    ("loose", "未注明版次"),
    ("newer_issue", "下一期"),
    ("older_issue", "上一期"),
    ("undated_pages", "未注日期的版面"),
    ("undated", "未注日期"),
    ("issue_prefix", "第"),
    ("issue_suffix", "期"),
    ("from_file", "版面文件"),
    ("year", "年"),
    ("month", "月"),
    ("weekdays", "一二三四五六日"),
    ("newer_month", "下个月"),
    ("older_month", "上个月"),
    ("newer_year", "下一年"),
    ("older_year", "上一年"),
    ("not_found", "此页不存在"),
    ("not_found_hint", "地址可能有误，或者文章已经移走。可以从首页、主题或归档里找一找。"),
    ("search", "检索"),
    ("search_for", "检索全文"),
    (
        "search_hint",
        "输入两个字以上，标题、引题、副题和正文里有这几个字的文章都会列出。几个词之间加空格，都有的才列出；加引号的，连空格一起找。按 / 到检索框，↑ ↓ 选文章，Esc 清空。",
    ),
    ("search_without_script", "检索在浏览器里进行，需要启用 JavaScript。也可以从主题、报纸或归档里找。"),
    ("search_all_themes", "全部主题"),
    ("search_all_papers", "全部报纸"),
    ("search_all_years", "全部年份"),
    ("search_year", "年份"),
    ("search_narrow", "缩小范围"),
    ("search_results", "检索结果"),
    ("search_found", "共{n}篇"),
    ("search_known", "共{m}篇"),
    ("search_at_least", "至少{n}篇，至多{m}篇"),
    ("search_checking", "已找到{n}篇，正在核对……"),
    ("search_none", "没有文章里有“{q}”。"),
    ("search_short", "请至少输入两个字。"),
    ("search_failed", "检索文件没能读出来，请检查网络后再试。"),
    ("search_more", "再列一些"),
    ("scheme_system", "配色：随系统"),
    ("scheme_light", "配色：浅色"),
    ("scheme_dark", "配色：深色"),
    ("contents", "本文内容"),
    ("back_to_top", "回到页首"),
];

/// Stands where a paper's name is not known.
pub const UNNAMED_PAPER: &str = "未署报名";

/// The table as templates see it.
pub fn words() -> BTreeMap<&'static str, &'static str> {
    WORDS.iter().copied().collect()
}

/// One word, by its name.
pub fn word(name: &str) -> String {
    WORDS.iter().find(|(known, _)| *known == name).map_or_else(String::new, |(_, text)| (*text).to_owned())
}

/// The words of one kind of article, where it is worth saying.
pub fn kind(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::News => None,
        Kind::Photo => Some("图片"),
        Kind::Commentary => Some("评论"),
        Kind::Theory => Some("理论"),
        Kind::Brief => Some("简讯"),
    }
}

/// 2025年
pub fn year(year: i16) -> String {
    format!("{year}年")
}

/// 2025年2月
pub fn month(year: i16, month: i8) -> String {
    format!("{year}年{month}月")
}

/// 2025年2月5日
pub fn day(date: Date) -> String {
    format!("{}年{}", date.year(), day_of_year(date))
}

/// 2月5日
pub fn day_of_year(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

pub fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}

/// 技能（2）: the second part of a list
pub fn part_of(name: &str, part: usize) -> String {
    format!("{name}（{part}）")
}

/// 第1版
pub fn page_name(number: u32) -> String {
    format!("第{number}版")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_twice() {
        assert_eq!(words().len(), WORDS.len());
    }
}
