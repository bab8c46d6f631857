//! Furniture beside the masthead, which belongs to no article: codes to scan, addresses, the weather, the page's editors.

use crate::import::lexicon::reason::Reason;
use crate::text::han::is_han;

/// Lines from the top among which the weather is printed.
const TOP: usize = 20;

/// The reason why a line is furniture, or None where it is not. `at` is its index among the page's lines.
pub(crate) fn non_masthead_furniture(line: &str, at: usize) -> Option<Reason> {
    type Kind = (fn(&str) -> bool, Reason);
    let kinds: [Kind; 6] = [
        (is_contact, Reason::Contact),
        (is_brief_label, Reason::BriefsLabel),
        (is_picture_file, Reason::PictureFile),
        (is_weather, Reason::Weather),
        (is_code_note, Reason::Code),
        (is_imprint, Reason::Imprint),
    ];
    let is_near_top = |why: &Reason| *why != Reason::Weather || at < TOP;
    kinds.into_iter().find(|(is, why)| is_near_top(why) && is(line)).map(|(_, why)| why)
}

/// `![](images/p5_02.jpg)`: what layout-aware OCR returns for a picture.
fn is_picture_file(line: &str) -> bool {
    line.starts_with("![") && line.ends_with(')') && line.contains("](")
}

/// `网址：www.example.cn 新闻热线：000-123`, `E-mail：x@example.cn`: addresses, and hardly a word beside them.
fn is_contact(line: &str) -> bool {
    if !(line.contains("www.") || line.contains("http") || line.contains('@')) {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    let labelled =
        ["网址", "邮箱", "e-mail", "email", "投稿", "热线", "www.", "http"].iter().any(|l| lower.starts_with(l));
    // 某某网网址：http://…
    let name = lower.split_once(['：', ':']).map_or("", |(name, _)| name);
    let labelled = labelled || ["网址", "网站", "邮箱", "热线"].iter().any(|label| name.ends_with(label));
    labelled && !line.contains(['。', '，']) && line.chars().filter(|&c| is_han(c)).count() <= 24
}

/// The label over a column of briefs, which have no headlines.
pub(crate) fn is_brief_label(line: &str) -> bool {
    const NAMES: &str = "简讯 短讯 快讯 简明新闻 新闻简报 要闻简报 工会简讯 一句话新闻 短波 综合简讯 动态简讯";
    let label = line.trim_matches(|c: char| !is_han(c));
    NAMES.split(' ').any(|name| name == label)
}

/// `今日天气 多云 15℃～24℃ 东南风3级`
fn is_weather(line: &str) -> bool {
    line.contains('℃') && !line.contains('。') && line.chars().count() <= 40
}

/// `扫码看视频`: a note beside a QR code.
fn is_code_note(line: &str) -> bool {
    const NOTES: &[&str] =
        &["二维码", "更多精彩", "扫码", "扫一扫", "微信公众号", "客户端下载", "关注我们", "更多内容", "融媒产品"];
    line.chars().count() <= 24 && !line.contains('。') && NOTES.iter().any(|note| line.contains(note))
}

/// A printed line that is the note beside a QR code and nothing else, or the imprint: no line of the text around it. A line of text may
/// hold words of such notes, so it has to be made of them.
pub(crate) fn is_note_beside_text(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "二维码",
        "公众号",
        "客户端",
        "更多",
        "精彩",
        "内容",
        "扫描",
        "扫码",
        "扫一扫",
        "关注",
        "欢迎",
        "本报",
        "微信",
        "视频",
        "下载",
        "观看",
        "阅读",
        "详情",
        "我们",
        "请",
        "看",
    ];
    let rest = |line: &str| WORDS.iter().fold(line.to_owned(), |rest, word| rest.replace(word, ""));
    is_imprint(line) || is_code_note(line) && rest(line).trim().is_empty()
}

/// `责任编辑：王水燕 版式设计：戴丽小`, `热线电话：…`: the page's editors, and how to reach the paper.
fn is_imprint(line: &str) -> bool {
    const STARTS: &str = "\
        责任编辑 责编 本版责编 本版编辑 版式 美编 美术编辑 校对 值班 编辑 主编 组版 视觉 制版 执行主编 \
        投稿邮箱 邮箱 电子邮箱 新闻热线 热线 读者热线 联系电话 电话 社址 地址 邮编 邮政编码 广告 发行 印刷 \
        本报地址 本报社址";
    let length = line.chars().count();
    let labels = |start: &str| {
        line.strip_prefix(start).is_some_and(|rest| {
            rest.starts_with(['：', ':', ' ', '　']) || rest.starts_with("设计") || rest.starts_with("电话")
        })
    };
    let about_page = line.starts_with("本版") && length <= 30 && !line.contains('。');
    (length <= 60 && !line.contains('。') && STARTS.split(' ').any(labels)) || about_page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_beside_text_is_made_of_nothing_else() {
        assert!(["请扫描二维码", "关注本报微信公众号", "责任编辑：王水燕"].into_iter().all(is_note_beside_text));
        assert!(!["顾客扫码以后领到一张", "编辑部的灯还亮着"].into_iter().any(is_note_beside_text));
    }

    #[test]
    fn furniture_is_distinguished_from_text() {
        for line in [
            "网址：www.example.cn 新闻热线：000-12351000",
            "E-mail：bianji@example.cn",
            "沿江新闻网网址：http://www.example.cn",
            "今日天气 多云 15℃～24℃ 东南风3级",
            "![](images/p5_02.jpg)",
            "简明新闻",
            "请扫描二维码",
            "责编：子规 美编：半夏",
        ] {
            assert!(non_masthead_furniture(line, 3).is_some(), "{line}");
        }
        for line in ["气温升到30℃，工会把清凉送到工地。", "编辑部的故事", "动态", "他的邮箱里有一封信"]
        {
            assert_eq!(non_masthead_furniture(line, 3), None, "{line}");
        }
    }
}
