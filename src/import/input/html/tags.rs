//! What an element says by its name, id and classes.
//!
//! Digital editions are made with few systems, each with words of its own: `founder-title`, `introtitle`, `#ozoom`, or plain
//! `h1`. The words are told from each other whole, so that a `title-bar` is no title.

use crate::import::page::role::Role;

/// What an element says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Says {
    pub(crate) role: Option<Role>,
    /// what stands in it is the text of an article
    pub(crate) body: bool,
    /// what stands in it is for the reader's browser, not for the reader
    pub(crate) dropped: bool,
}

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

/// Is a file of this name HTML?
pub(crate) fn is_html(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("html") || kind.eq_ignore_ascii_case("htm"))
}

/// What an element says; `words` are its id and classes.
pub(crate) fn says(tag: &str, words: &str) -> Says {
    let words = words.to_lowercase();
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
    Says { role, body: any(BODIES), dropped: DROPPED.contains(&tag) || is_block(tag) && any(DROPPED_WORDS) }
}

/// `h1` to `h6`
pub(crate) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Begins and ends a block of text.
pub(crate) fn is_block(tag: &str) -> bool {
    is_heading(tag)
        || tag.starts_with("founder-")
        || matches!(
            tag,
            "p" | "div"
                | "section"
                | "article"
                | "header"
                | "main"
                | "aside"
                | "ul"
                | "ol"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "table"
                | "tbody"
                | "thead"
                | "tr"
                | "td"
                | "th"
                | "caption"
                | "figure"
                | "figcaption"
                | "blockquote"
                | "pre"
                | "hr"
                | "body"
                | "html"
                | "head"
                | "address"
                | "center"
        )
}

/// Has no end tag.
pub(crate) fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// What a label at the head of a text says of it: `引题：…`.
pub(crate) fn label(text: &str) -> Option<(Role, &str)> {
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
    fn elements_of_several_systems_say_the_same() {
        for (tag, words) in [("founder-title", ""), ("h1", ""), ("p", "big Title"), ("div", "biaoti")] {
            assert_eq!(says(tag, words).role, Some(Role::Title), "{tag} {words}");
        }
        assert_eq!(says("p", "introtitle").role, Some(Role::Kicker));
        assert_eq!(says("founder-author", "").role, Some(Role::Byline));
        assert!(says("div", "ozoom").body && says("founder-content", "").body);
        assert!(says("script", "").dropped && says("div", "nav").dropped && !says("a", "nav").dropped);
        assert_eq!(says("div", "title-bar"), Says::default());
        assert_eq!(label("引题：三千职工参加"), Some((Role::Kicker, "三千职工参加")));
        assert_eq!(label("他说：好"), None);
    }
}
