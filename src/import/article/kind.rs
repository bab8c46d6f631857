//! The kind of an article, by its picture, its column, its authors and its length.

use crate::content::article::ArticleKind;
use crate::import::article::article_line::{ArticleLine, texts_with_role};
use crate::import::lexicon::credits::parse_credit;
use crate::import::lexicon::people::parse_dateline;
use crate::import::page::role::Role;

/// Characters, at most, of a text with a dateline that is a brief.
const BRIEF: usize = 80;
/// Body lines, at most, of a photo with its text.
const PHOTO_LINES: usize = 4;
/// Parts of the names of columns of commentary.
const COMMENTARY: &str = "评论 时评 短评 快评 锐评 社论 漫谈 杂谈 话题 有话说 观察家 微评 点评 论语";
/// Parts of the names of columns of theory.
const THEORY: &str = "观点 理论 工作研究 前沿观察 研究 论坛 思考 探讨 学术";

/// The kind of an article. `in_brief_column`: it is below the label of a column of briefs; `text`: its body.
pub(crate) fn classify_kind(
    lines: &[ArticleLine<'_>],
    column: Option<&str>,
    in_brief_column: bool,
    text: &str,
) -> ArticleKind {
    let count = |role: Role| texts_with_role(lines, role).count();
    let has_photo = lines.iter().any(|line| line.role() != Role::Caption && parse_credit(line.text()).is_some());
    let has_dateline = texts_with_role(lines, Role::Body).any(|text| parse_dateline(text).is_some());
    let in_column = |names: &str| column.is_some_and(|column| names.split(' ').any(|name| column.contains(name)));
    let by_reporter = texts_with_role(lines, Role::Byline).any(|text| text.contains("记者"));
    let by_scholar = text.contains("（作者单位：") || text.contains("（作者为") || text.contains("（作者系");
    let body_lines = count(Role::Body);
    if has_photo && count(Role::Byline) == 0 && !has_dateline && body_lines <= PHOTO_LINES && count(Role::Subhead) == 0
    {
        ArticleKind::Photo
    } else if !has_dateline && (by_scholar || in_column(THEORY) && !by_reporter) {
        ArticleKind::Theory
    } else if !has_dateline && in_column(COMMENTARY) {
        ArticleKind::Commentary
    } else if in_brief_column || has_dateline && body_lines == 1 && text.chars().count() <= BRIEF {
        ArticleKind::Brief
    } else {
        ArticleKind::News
    }
}
