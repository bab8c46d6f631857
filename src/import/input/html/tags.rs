//! The meaning of HTML elements, by name, id and classes.
//!
//! Digital editions are made with few systems, each with words of its own: `founder-title`, `introtitle`, `#ozoom`, or plain
//! `h1`. Words are compared whole, so that a `title-bar` is no title.

use crate::import::page::role::Role;

/// The meaning of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ElementMeaning {
    pub(crate) role: Option<Role>,
    /// its content is the text of an article
    pub(crate) body: bool,
    /// its content is not for readers: scripts, navigation
    pub(crate) dropped: bool,
}

const BLOCKS: &str = "p div section article header main aside ul ol li dl dt dd table tbody thead tr td th caption figure \
                      figcaption blockquote pre hr body html head address center";
const VOID: &str = "area base br col embed hr img input link meta source track wbr";
const DROPPED: &[&str] = &[
    "script", "style", "noscript", "title", "nav", "footer", "select", "button", "form", "textarea", "iframe", "svg",
    "template", "object",
];
const DROPPED_WORDS: &[&str] =
    &["nav", "menu", "footer", "copyright", "breadcrumb", "share", "toolbar", "pager", "pagination", "comments"];
const KICKERS: &[&str] =
    &["introtitle", "pretitle", "intro-title", "pre-title", "yinti", "jianti", "kicker", "eyebrow"];
const TITLES: &[&str] =
    &["title", "headline", "biaoti", "zhuti", "maintitle", "main-title", "article-title", "news-title"];
const SUBTITLES: &[&str] = &["subtitle", "sub-title", "sub_title", "futi"];
const AUTHORS: &[&str] = &["author", "authors", "byline", "writer", "zuozhe"];
const COLUMNS: &[&str] = &["column", "lanmu"];
const CAPTIONS: &[&str] = &["caption", "figcaption", "img-desc", "imgdesc", "pic-text"];
const BODIES: &[&str] =
    &["ozoom", "content", "article-content", "article_content", "article-body", "zhengwen", "news-content"];

/// The file's extension is that of HTML.
pub(crate) fn is_html(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("html") || kind.eq_ignore_ascii_case("htm"))
}

/// The meaning of an element; `id_and_classes` are separated by spaces.
pub(crate) fn meaning_of(tag: &str, id_and_classes: &str) -> ElementMeaning {
    let words = id_and_classes.to_lowercase();
    let own = tag.strip_prefix("founder-");
    let any = |known: &[&str]| own.into_iter().chain(words.split_whitespace()).any(|word| known.contains(&word));
    let role = if any(KICKERS) {
        Some(Role::Kicker)
    } else if any(SUBTITLES) {
        Some(Role::Subtitle)
    } else if any(AUTHORS) {
        Some(Role::Byline)
    } else if any(COLUMNS) {
        Some(Role::Column)
    } else if any(CAPTIONS) || tag == "figcaption" {
        Some(Role::Caption)
    } else if any(TITLES) || is_heading(tag) {
        Some(Role::Title)
    } else {
        None
    };
    ElementMeaning { role, body: any(BODIES), dropped: DROPPED.contains(&tag) || is_block(tag) && any(DROPPED_WORDS) }
}

/// `h1` to `h6`
pub(crate) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Begins and ends a block of text.
pub(crate) fn is_block(tag: &str) -> bool {
    is_heading(tag) || tag.starts_with("founder-") || BLOCKS.split(' ').any(|name| name == tag)
}

/// Has no end tag.
pub(crate) fn is_void(tag: &str) -> bool {
    VOID.split(' ').any(|name| name == tag)
}

/// The role that a label at the start of a text gives (`引题：…`), and the text after the label.
pub(crate) fn split_label(text: &str) -> Option<(Role, &str)> {
    let (label, rest) = text.split_once(['：', ':'])?;
    let role = match label.trim() {
        "引题" | "肩题" => Role::Kicker,
        "标题" | "主题" | "主标题" => Role::Title,
        "副题" | "副标题" => Role::Subtitle,
        "作者" | "署名" => Role::Byline,
        "栏目" => Role::Column,
        "正文" => Role::Body,
        "版次" | "版面" | "日期" | "报纸" | "来源" | "字数" | "期次" => Role::Furniture,
        _ => return None,
    };
    Some((role, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_several_systems_mean_the_same() {
        for (tag, words) in [("founder-title", ""), ("h1", ""), ("p", "big Title"), ("div", "biaoti")] {
            assert_eq!(meaning_of(tag, words).role, Some(Role::Title), "{tag} {words}");
        }
        assert_eq!(meaning_of("p", "introtitle").role, Some(Role::Kicker));
        assert_eq!(meaning_of("founder-author", "").role, Some(Role::Byline));
        assert!(meaning_of("div", "ozoom").body && meaning_of("founder-content", "").body);
        assert!(
            meaning_of("script", "").dropped && meaning_of("div", "nav").dropped && !meaning_of("a", "nav").dropped
        );
        assert_eq!(meaning_of("div", "title-bar"), ElementMeaning::default());
        assert_eq!(split_label("引题：三千职工参加"), Some((Role::Kicker, "三千职工参加")));
        assert_eq!(split_label("他说：好"), None);
    }
}
