//! Datelines (电头) at the beginning of a text: 本报江苏南通12月18日电（记者…）, 新华社北京2月24日电, 本报讯（记者…）.

use crate::text::excerpt::prefix;
use std::ops::Range;

/// The longest dateline in characters, without its reporters.
const MAX_DATELINE: usize = 40;
/// The longest list of reporters in characters.
const MAX_REPORTERS: usize = 40;
/// The beginnings of a dateline.
const AGENCIES: &[&str] = &["本报", "据", "新华社", "中新社"];

/// A dateline, in byte offsets of its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Dateline {
    /// the part that may name a place: 本报江苏南通12月18日电
    pub(crate) place: Range<usize>,
    /// the end of the dateline, behind the reporters in brackets
    pub(crate) end: usize,
}

/// The dateline of a text; empty where there is none.
pub(crate) fn dateline(text: &str) -> Dateline {
    let start = prefix(text, MAX_DATELINE);
    if !AGENCIES.iter().any(|agency| start.starts_with(agency)) {
        return Dateline::default();
    }
    let after = |mark: &str, length: usize| start.find(mark).map(|at| at + length);
    let closes = after("日电", "日电".len()).or_else(|| after("讯（", "讯".len()));
    let Some(end) = closes.filter(|&end| !start[..end].contains(['，', '。'])) else { return Dateline::default() };
    let reporters = prefix(&text[end..], MAX_REPORTERS);
    let closing = reporters.find('）').filter(|_| reporters.starts_with('（'));
    Dateline { place: 0..end, end: end + closing.map_or(0, |at| at + '）'.len_utf8()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_ends_before_the_text() {
        let split = |text: &'static str| {
            let found = dateline(text);
            (&text[found.place], &text[found.end..])
        };
        assert_eq!(split("本报江苏南通12月18日电（记者甲 乙）开班。"), ("本报江苏南通12月18日电", "开班。"));
        assert_eq!(split("新华社北京2月24日电 开班。"), ("新华社北京2月24日电", " 开班。"));
        assert_eq!(split("本报讯（记者沈阳）开班。"), ("本报讯", "开班。"));
        assert_eq!(split("本报记者在南通看到，3月18日电动车多了。"), ("", "本报记者在南通看到，3月18日电动车多了。"));
        assert_eq!(split("据说好。"), ("", "据说好。"));
        assert_eq!(split(""), ("", ""));
    }
}
