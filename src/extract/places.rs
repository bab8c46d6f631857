//! Named-entity lookup: the places that an article is about.
//!
//! 1. find every name in one pass, leftmost-longest: official names (南通市, 恩施土家族苗族自治州), short forms (南通, 恩施,
//!    恩施州), and stop words, which contain a short form without naming a place (隆重庆祝, 推广东西部协作)
//! 2. drop a short form before 路 or 县, which names something else (南京路, 朝阳县); an ambiguous one (白银, 来宾) counts
//!    only with support: its own province right before it (甘肃白银), the dateline, or its official name somewhere in the
//!    article
//! 3. add up the weights of the mentions: the dateline most, then the headline, then the first paragraph; a place named once
//!    in passing stays below the threshold
//!
//! A name that two places share means the greater one: 吉林 is the province unless 吉林市 is written, 海南 unless 海南州 is.

use crate::content::article::FrontMatter;
use crate::extract::dateline::{Dateline, dateline};
use crate::extract::gazetteer::{Place, PlaceId, places, stop_words};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// The most places of an article.
const MAX_PLACES: usize = 4;
/// The weight of a mention, by its position in the article.
const DATELINE: u32 = 4;
const HEADLINE: u32 = 3;
const OPENING: u32 = 2;
const BODY: u32 = 1;
/// The least weight with which an article is about a place.
const THRESHOLD: u32 = 2;

/// Finds the names of places with an automaton.
#[derive(Debug, Clone)]
pub(crate) struct PlaceFinder {
    automaton: AhoCorasick,
    /// for each pattern of the automaton; none for a stop word
    names: Vec<Option<Name>>,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    place: PlaceId,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// with the type of the place: 南通市, 恩施州
    Official,
    Short,
    /// a short form that needs support
    Ambiguous,
}

/// A name in a text.
#[derive(Debug, Clone, Copy)]
struct Mention {
    place: PlaceId,
    weight: u32,
    /// needs no support by other mentions
    is_certain: bool,
}

impl PlaceFinder {
    pub(crate) fn new() -> Self {
        let mut patterns: BTreeMap<String, Option<Name>> = BTreeMap::new();
        for place in places() {
            for (text, form) in forms(place) {
                // a province takes precedence over prefectures that share its short form
                let present = patterns.get(&text).copied().flatten();
                if present.is_none_or(|present| !present.place.is_province()) {
                    patterns.insert(text, Some(Name { place: place.id, form }));
                }
            }
        }
        patterns.extend(stop_words().iter().map(|&word| (word.to_owned(), None)));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // two megabytes, but one step a byte: every text is searched for places
            .kind(Some(AhoCorasickKind::DFA))
            .prefilter(false)
            .build(patterns.keys())
            .expect("some hundred short patterns are within every limit of the automaton");
        Self { automaton, names: patterns.into_values().collect() }
    }

    /// The places that an article is about, the most prominent first; `texts` are its paragraphs in reading order.
    pub(crate) fn places<'t>(&self, front: &FrontMatter, texts: impl IntoIterator<Item = &'t str>) -> Vec<PlaceId> {
        let mut mentions: Vec<Mention> = Vec::new();
        let headings = [Some(&front.title), front.kicker.as_ref(), front.subtitle.as_ref()];
        for heading in headings.into_iter().flatten() {
            self.find(heading, HEADLINE, &mut mentions);
        }
        for (at, text) in texts.into_iter().enumerate() {
            let dateline = if at == 0 { dateline(text) } else { Dateline::default() };
            self.find(&text[dateline.place], DATELINE, &mut mentions);
            self.find(&text[dateline.end..], if at == 0 { OPENING } else { BODY }, &mut mentions);
        }
        ranked(&mentions)
    }

    /// Adds the mentions in a text.
    fn find(&self, text: &str, weight: u32, mentions: &mut Vec<Mention>) {
        let mut before: Option<(PlaceId, usize)> = None;
        for hit in self.automaton.find_iter(text) {
            let Some(name) = self.names[hit.pattern().as_usize()] else { continue };
            let after = &text[hit.end()..];
            if name.form != Form::Official && continues_as_other_name(after) {
                continue;
            }
            let in_its_province = before.is_some_and(|(place, end)| {
                end == hit.start() && place.is_province() && place == name.place.province() && place != name.place
            });
            let is_certain = name.form != Form::Ambiguous || in_its_province || weight == DATELINE;
            mentions.push(Mention { place: name.place, weight, is_certain });
            before = Some((name.place, hit.end()));
        }
    }
}

/// The names of a place, with their forms.
fn forms(place: &Place) -> Vec<(String, Form)> {
    let &Place { short, rest, is_ambiguous, .. } = place;
    let short_form = if is_ambiguous { Form::Ambiguous } else { Form::Short };
    let mut forms = vec![(format!("{short}{rest}"), Form::Official), (short.to_owned(), short_form)];
    match ["自治州", "自治区", "市"].into_iter().find(|common| rest.ends_with(common)) {
        Some("自治州") => forms.extend(["州", "自治州"].map(|rest| (format!("{short}{rest}"), Form::Official))),
        Some("自治区") => forms.push((format!("{short}自治区"), Form::Official)),
        // 南通市场 is a market in 南通, 日照市场 names no place
        Some("市") => forms.push((format!("{short}市场"), short_form)),
        _ => {}
    }
    forms
}

/// Whether a short form continues as the name of a street or a smaller place.
fn continues_as_other_name(after: &str) -> bool {
    let after = after.strip_prefix(['东', '西', '南', '北', '中']).unwrap_or(after);
    ["路", "街", "大道", "大街", "县", "镇", "乡"].iter().any(|next| after.starts_with(next))
}

/// The places that reach the threshold, the heaviest first, then by first mention.
fn ranked(mentions: &[Mention]) -> Vec<PlaceId> {
    let certain: BTreeSet<PlaceId> = mentions.iter().filter(|it| it.is_certain).map(|it| it.place).collect();
    let mut weights: Vec<(PlaceId, u32)> = Vec::new();
    for mention in mentions.iter().filter(|mention| certain.contains(&mention.place)) {
        match weights.iter_mut().find(|(place, _)| *place == mention.place) {
            Some((_, weight)) => *weight += mention.weight,
            None => weights.push((mention.place, mention.weight)),
        }
    }
    weights.retain(|&(_, weight)| weight >= THRESHOLD);
    weights.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
    weights.into_iter().take(MAX_PLACES).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::gazetteer::place;
    use proptest::prelude::*;

    fn found(title: &str, texts: &[&str]) -> Vec<String> {
        let front = FrontMatter { title: title.to_owned(), ..FrontMatter::default() };
        let ids = PlaceFinder::new().places(&front, texts.iter().copied());
        ids.into_iter().map(|id| place(id).map(|p| format!("{}{}", p.short, p.rest)).unwrap()).collect()
    }

    /// The places of a headline.
    fn in_title(title: &str) -> Vec<String> {
        found(title, &[])
    }

    #[test]
    fn official_names_and_short_forms_are_found() {
        let cases: [(&str, &[&str]); 10] = [
            ("江苏南通：驿站开到家门口", &["江苏省", "南通市"]),
            ("南通市总工会办夜校", &["南通市"]),
            ("恩施土家族苗族自治州茶农学技术", &["恩施土家族苗族自治州"]),
            ("恩施州技能大赛开幕", &["恩施土家族苗族自治州"]),
            ("恩施茶农学技术", &["恩施土家族苗族自治州"]),
            ("内蒙古自治区与新疆的工匠同台", &["内蒙古自治区", "新疆维吾尔自治区"]),
            ("马鞍山钢花四溅", &["马鞍山市"]),
            ("广西南宁的骑手", &["广西壮族自治区", "南宁市"]),
            ("黔东南绣娘进城", &["黔东南苗族侗族自治州"]),
            ("陕西安康采茶忙", &["陕西省", "安康市"]),
        ];
        for (title, expected) in cases {
            assert_eq!(in_title(title), expected, "{title}");
        }
    }

    #[test]
    fn a_name_that_two_places_share_means_the_greater_one() {
        assert_eq!(in_title("吉林工匠"), ["吉林省"]);
        assert_eq!(in_title("吉林市总工会"), ["吉林市"]);
        assert_eq!(in_title("吉林省吉林市"), ["吉林省", "吉林市"]);
        assert_eq!(in_title("海南自贸港招工"), ["海南省"]);
        assert_eq!(in_title("海南州牧民学焊工"), ["海南藏族自治州"]);
    }

    #[test]
    fn an_ambiguous_short_form_needs_support() {
        assert_eq!(in_title("白银价格走高"), Vec::<String>::new());
        assert_eq!(in_title("甘肃白银的矿工"), ["甘肃省", "白银市"]);
        assert_eq!(in_title("白银市的矿工"), ["白银市"]);
        assert_eq!(found("白银矿工的新岗位", &["", "白银市总工会开班。"]), ["白银市"]);
        assert_eq!(found("矿工的新岗位", &["本报白银3月2日电（记者甲）矿工转岗。"]), ["白银市"]);
        for title in [
            "各位来宾请就座",
            "朝阳产业招工忙",
            "开封市场新酒",
            "重大理论问题",
            "文山会海少了",
            "长治久安",
            "创新乡村治理",
            "平安顺利返岗",
            "光照和日照时间",
        ] {
            assert_eq!(in_title(title), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn stop_words_and_streets_name_no_place() {
        for title in [
            "隆重庆祝国际劳动节",
            "推广东西部协作经验",
            "幸福建设者",
            "西南通道开通",
            "越南通过新法",
            "重大连续作业",
            "已完成都市更新",
            "走在南京路上",
            "北京西路的驿站",
            "黄河北岸的工地",
            "淮河南岸春耕",
            "延长春节假期",
            "北京时间八点",
            "辽阳县的果农",
            "桥吊司机邵阳光的一天",
        ] {
            assert_eq!(in_title(title), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn a_place_named_once_in_passing_is_left_out() {
        let texts = ["骑手说起家乡。", "他去过四川，也到过贵州。", "最后又回四川。"];
        assert_eq!(found("骑手的一天", &texts), ["四川省"]);
        assert_eq!(found("夜校开班", &["本报讯（记者沈阳）夜校今天开班。"]), Vec::<String>::new(), "a reporter");
        let dateline = ["新华社北京2月24日电 全国评选揭晓。", "江苏、浙江、广东等地有人入选。"];
        assert_eq!(found("评选揭晓", &dateline), ["北京市"]);
    }

    #[test]
    fn the_most_prominent_place_comes_first_and_their_number_is_limited() {
        let texts = ["本报讯（记者甲）广州、深圳、珠海、佛山、东莞结对。", "佛山先行，佛山办班。"];
        assert_eq!(found("五城结对", &texts), ["佛山市", "广州市", "深圳市", "珠海市"]);
    }

    proptest! {
        #[test]
        fn any_text_is_searched(title in "[江苏南通市北京路吉林县（电日讯报本a]{0,12}", text in "(?s).{0,80}") {
            let front = FrontMatter { title, ..FrontMatter::default() };
            prop_assert!(PlaceFinder::new().places(&front, [text.as_str()]).len() <= MAX_PLACES);
        }
    }
}
