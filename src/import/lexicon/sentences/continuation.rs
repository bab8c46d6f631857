//! Scores how well one line continues the sentence that another stops in.
//!
//! Where a column ends in mid-sentence, the cut often goes through a word: 「…的山歌爱」「好者们…」. The n-gram model says how
//! likely the characters behind the cut are after those before it, against their beginning a paragraph; open quotations and brackets and
//! the items of lists say the rest. The weights are learnt ([`continuations`](crate::import::training::continuations)).
//!
//! A line is compared with many others: what its two edges say is read once, as its [`LineEdges`].

use crate::import::lexicon::sentences::lists::ListItem;
use crate::import::ngram::model::{Beginning, NGRAMS, Ngrams, Tail};

/// Number of pieces of evidence for a continuation.
pub(crate) const EVIDENCE: usize = 6;

/// The weights of [`evidence`], as log-odds among the lines of a page. That of lists was set by hand: few are cut on the pages learnt from.
pub(crate) const WEIGHTS: [f64; EVIDENCE] = [0.6, 0.64, 2.5, -2.5, -1.8, 4.0];

/// What turns log-odds into a score: the unit in which the thresholds of features and cues were set.
const UNIT: f64 = 0.75;

/// Log-odds of the model beyond which the counts behind them are few.
const SURE_ODDS: f64 = 6.0;

/// What the beginning and the end of a line say of what may stand before and behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineEdges<'a> {
    tail: Tail,
    /// a quotation or bracket is left open
    is_open: bool,
    /// ends with a colon
    announces: bool,
    beginning: Beginning,
    /// the log-probability of the beginning as that of a paragraph
    as_paragraph: f64,
    /// a quotation or bracket is closed before one is opened
    closes: bool,
    item: Option<ListItem<'a>>,
}

impl<'a> LineEdges<'a> {
    /// Of a line that is not empty.
    pub(crate) fn of(text: &'a str) -> Self {
        Self::by(*NGRAMS, text)
    }

    /// Of a line, by another model than the one in the program.
    pub(crate) fn by(ngrams: Ngrams<'_>, text: &'a str) -> Self {
        let beginning = Beginning::of(text);
        Self {
            tail: Tail::of(text),
            is_open: depth(text) > 0,
            announces: text.ends_with(['：', ':']),
            as_paragraph: ngrams.log_of_first(Tail::NONE, beginning),
            beginning,
            closes: closes_first(text),
            item: ListItem::parse(text),
        }
    }

    /// This line's end, and the beginning of another.
    pub(crate) fn with_beginning_of(self, other: Self) -> Self {
        Self { tail: self.tail, is_open: self.is_open, announces: self.announces, ..other }
    }
}

/// How well `after` continues the sentence that `before` stops in: above 1 it does so as good as certainly, below −1 it
/// begins something new. Both are lines of a page, not empty.
pub(crate) fn continuation_score(before: &str, after: &str) -> f64 {
    score(&LineEdges::of(before), &LineEdges::of(after))
}

/// … of lines whose edges are known.
pub(crate) fn score(before: &LineEdges<'_>, after: &LineEdges<'_>) -> f64 {
    let evidence = evidence(*NGRAMS, before, after);
    UNIT * evidence.iter().zip(WEIGHTS).map(|(evidence, weight)| evidence * weight).sum::<f64>()
}

/// What speaks for `after` continuing `before`: the model's log-odds up to [`SURE_ODDS`], and what they are beyond; whether a quotation or
/// bracket is left open and closed, left open and not closed, and closed without having been open; whether a list goes on (1 or 0).
pub(crate) fn evidence(ngrams: Ngrams<'_>, before: &LineEdges<'_>, after: &LineEdges<'_>) -> [f64; EVIDENCE] {
    let odds = ngrams.log_of_first(before.tail, after.beginning) - after.as_paragraph;
    let sure = odds.clamp(-SURE_ODDS, SURE_ODDS);
    let (is_open, closes) = (before.is_open, after.closes);
    let one = |applies: bool| f64::from(u8::from(applies));
    let of_quotation = [is_open && closes, is_open && !closes, !is_open && closes].map(one);
    [sure, odds - sure, of_quotation[0], of_quotation[1], of_quotation[2], one(continues_list(before, after))]
}

/// The second line is the next item of the list that the first is an item of, or the first item of one that it announces.
fn continues_list(before: &LineEdges<'_>, after: &LineEdges<'_>) -> bool {
    after
        .item
        .is_some_and(|item| before.item.is_some_and(|last| item.follows(last)) || item.is_first() && before.announces)
}

/// Quotations and brackets left open at the end of a text.
pub(crate) fn depth(text: &str) -> i32 {
    let step = |c: char| match c {
        '“' | '《' | '（' => 1,
        '”' | '》' | '）' => -1,
        _ => 0,
    };
    text.chars().fold(0, |depth, c| (depth + step(c)).max(0))
}

/// A closing mark stands before any opening one.
pub(crate) fn closes_first(text: &str) -> bool {
    text.chars().find_map(|c| match c {
        '“' | '《' | '（' => Some(false),
        '”' | '》' | '）' => Some(true),
        _ => None,
    }) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_continues_a_cut_word_number_or_quotation() {
        for (before, after) in [
            ("来自各地的山歌爱", "好者们身着盛装，载歌载舞"),
            ("当地组织300", "0多人开展排查"),
            ("持续开展“局长进校园”“百日千", "万招聘专项行动”。目前，已举办"),
            ("他走进车间，为工友们送去了清凉饮料和", "防暑药品，还讲解了急救知识。"),
        ] {
            assert!(continuation_score(before, after) > 0.9, "{before}|{after}: {}", continuation_score(before, after));
        }
        for (before, after) in [
            ("他走进车间，看到了新的设备", "近日，市总工会印发通知"),
            ("今年工会把服务送到了车间", "2024年，全国新增就业"),
        ] {
            assert!(continuation_score(before, after) < 0.0, "{before}|{after}: {}", continuation_score(before, after));
        }
    }

    #[test]
    fn a_list_goes_on_with_its_next_item_and_begins_behind_a_colon() {
        let goes_on = |before: &str, after: &str| continues_list(&LineEdges::of(before), &LineEdges::of(after));
        assert!(goes_on("厂里定了三条：", "1. 先看手艺；") && goes_on("一是看手艺；", "二是看师傅的评语。"));
        assert!(!goes_on("厂里定了三条：", "2. 再看评语；") && !goes_on("他去年挣了：", "1.5万元。"));
    }

    /// Cuts of our own sample pages, whose right rest lists of words did not name first among the rests of the page.
    #[test]
    fn the_rest_of_a_cut_line_is_named_first_where_lists_of_words_did_not() {
        let cuts = [
            ("却完好无损。看台上先是一片寂", "静，随后掌声响了足有半分钟。"),
            ("名监督员分片走访餐饮、快递分", "拣、直播基地等单位。监督员不"),
            ("链式试点”授牌。与以往单个企", "业试点不同，这一批试点以产业"),
            ("成十家合办；三要给名分，让民", "营企业的技术工人一样能评工匠"),
            ("业按单缴费，每一单几分钱，骑", "手本人不掏钱。市人社局与三家"),
            ("下了班，手机里还有一堂课。市", "总工会的律师在直播间里讲工伤"),
            ("网约车司机、家政服务员、无人", "机飞手第一次站到了领奖台上。"),
            ("高温作业告知卡》。卡片只有巴", "掌大，正面写着气温到了多少度"),
        ];
        for (before, right) in cuts {
            let score = |after: &str| continuation_score(before, after);
            let better: Vec<_> = cuts.iter().filter(|(_, after)| score(after) > score(right)).collect();
            assert!(better.is_empty(), "{before}|{right} {}: {better:?}", score(right));
        }
    }
}
