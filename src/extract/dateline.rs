//! The dateline that a text begins with: 本报江苏南通12月18日电（记者…）, 新华社北京2月24日电, 本报讯（记者…）.

use std::ops::Range;

/// Characters in which a dateline ends, its reporters left out.
const WITHIN: usize = 40;
/// Characters in which its reporters end.
const REPORTERS: usize = 40;
/// What a dateline begins with.
const AGENCIES: &[&str] = &["本报", "据", "新华社", "中新社"];

/// A dateline, in bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Dateline {
    /// where a place may stand: 本报江苏南通12月18日电
    pub(crate) place: Range<usize>,
    /// where the text begins, behind the reporters in brackets
    pub(crate) end: usize,
}

/// The dateline of a text; of no width where there is none.
pub(crate) fn dateline(text: &str) -> Dateline {
    let head = beginning(text, WITHIN);
    if !AGENCIES.iter().any(|agency| head.starts_with(agency)) {
        return Dateline::default();
    }
    let closes = head.find("日电").map(|at| at + "日电".len()).or_else(|| head.find("讯（").map(|at| at + "讯".len()));
    let Some(end) = closes.filter(|&end| !head[..end].contains(['，', '。'])) else { return Dateline::default() };
    let reporters = beginning(&text[end..], REPORTERS);
    let behind =
        reporters.starts_with('（').then(|| reporters.find('）')).flatten().map_or(0, |at| at + '）'.len_utf8());
    Dateline { place: 0..end, end: end + behind }
}

fn beginning(text: &str, characters: usize) -> &str {
    &text[..text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_ends_before_the_text() {
        let told = |text: &'static str| {
            let found = dateline(text);
            (&text[found.place], &text[found.end..])
        };
        assert_eq!(told("本报江苏南通12月18日电（记者甲 乙）开班。"), ("本报江苏南通12月18日电", "开班。"));
        assert_eq!(told("新华社北京2月24日电 开班。"), ("新华社北京2月24日电", " 开班。"));
        assert_eq!(told("本报讯（记者沈阳）开班。"), ("本报讯", "开班。"));
        assert_eq!(told("本报记者在南通看到，3月18日电动车多了。"), ("", "本报记者在南通看到，3月18日电动车多了。"));
        assert_eq!(told("据说好。"), ("", "据说好。"));
        assert_eq!(told(""), ("", ""));
    }
}
