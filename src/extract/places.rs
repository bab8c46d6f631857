//! Which places an article tells of.
//!
//! 1. find every name in one pass, the longest that begins first: official names (南通市, 恩施土家族苗族自治州), short forms
//!    (南通, 恩施, 恩施州), and words that hold a short form and mean no place (隆重庆祝, 推广东西部协作)
//! 2. a short form before 路 or 县 names something else (南京路, 朝阳县); one that is a word too (白银, 来宾) counts where
//!    something supports it: its own province right before it (甘肃白银), the dateline, or its official name somewhere in
//!    the article
//! 3. weigh the mentions: the dateline most, then the headline, then the first paragraph; a place named once in passing is
//!    left out
//!
//! What two places share means the greater one: 吉林 is the province unless 吉林市 is written, 海南 unless 海南州 is.

use crate::content::article::FrontMatter;
use crate::extract::dateline::{Dateline, dateline};
use crate::extract::gazetteer::{Place, PlaceId, blockers, places};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::{BTreeMap, BTreeSet};

/// Places that are kept of an article.
const KEPT: usize = 4;
/// What a mention weighs, by where it stands.
const DATELINE: u32 = 4;
const HEADLINE: u32 = 3;
const OPENING: u32 = 2;
const BODY: u32 = 1;
/// From here on an article tells of a place.
const ENOUGH: u32 = 2;

/// Finds places.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    automaton: AhoCorasick,
    /// for each pattern of the automaton; none for a word that means no place
    names: Vec<Option<Name>>,
}

#[derive(Debug, Clone, Copy)]
struct Name {
    place: PlaceId,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// says what it is: 南通市, 恩施州
    Official,
    Short,
    /// a short form that needs support
    Shy,
}

/// A name in a text.
#[derive(Debug, Clone, Copy)]
struct Mention {
    place: PlaceId,
    weight: u32,
    /// counts whatever else the article says
    sure: bool,
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}

impl Finder {
    pub(crate) fn new() -> Self {
        let mut patterns: BTreeMap<String, Option<Name>> = BTreeMap::new();
        for place in places() {
            for (text, form) in forms(place) {
                // a province comes before its prefectures, and before those of others that share its short form
                let taken = patterns.get(&text).copied().flatten();
                if taken.is_none_or(|taken| !taken.place.is_province()) {
                    patterns.insert(text, Some(Name { place: place.id, form }));
                }
            }
        }
        patterns.extend(blockers().iter().map(|&word| (word.to_owned(), None)));
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // two megabytes, and a step a byte: every text is read for places
            .kind(Some(AhoCorasickKind::DFA))
            .prefilter(false)
            .build(patterns.keys())
            .expect("some hundred short patterns are within every limit of the automaton");
        Self { automaton, names: patterns.into_values().collect() }
    }

    /// The places that an article tells of, those it tells of most first; `texts` are its paragraphs in reading order.
    pub(crate) fn places<'t>(&self, front: &FrontMatter, texts: impl IntoIterator<Item = &'t str>) -> Vec<PlaceId> {
        let mut mentions: Vec<Mention> = Vec::new();
        let heads = [Some(&front.title), front.kicker.as_ref(), front.subtitle.as_ref()];
        for head in heads.into_iter().flatten() {
            self.read(head, HEADLINE, &mut mentions);
        }
        for (at, text) in texts.into_iter().enumerate() {
            let dateline = if at == 0 { dateline(text) } else { Dateline::default() };
            self.read(&text[dateline.place], DATELINE, &mut mentions);
            self.read(&text[dateline.end..], if at == 0 { OPENING } else { BODY }, &mut mentions);
        }
        weighed(&mentions)
    }

    fn read(&self, text: &str, weight: u32, mentions: &mut Vec<Mention>) {
        let mut before: Option<(PlaceId, usize)> = None;
        for found in self.automaton.find_iter(text) {
            let Some(name) = self.names[found.pattern().as_usize()] else { continue };
            let after = &text[found.end()..];
            if name.form != Form::Official && names_another(after) {
                continue;
            }
            let in_its_province = before.is_some_and(|(place, end)| {
                end == found.start() && place.is_province() && place == name.place.province() && place != name.place
            });
            let sure = name.form != Form::Shy || in_its_province || weight == DATELINE;
            mentions.push(Mention { place: name.place, weight, sure });
            before = Some((name.place, found.end()));
        }
    }
}

/// The forms in which a place is named.
fn forms(place: &Place) -> Vec<(String, Form)> {
    let Place { short, rest, shy, .. } = place;
    let mut forms = vec![
        (format!("{short}{rest}"), Form::Official),
        ((*short).to_owned(), if *shy { Form::Shy } else { Form::Short }),
    ];
    let common = ["自治州", "自治区", "市"].into_iter().find(|common| rest.ends_with(common));
    match common {
        Some("自治州") => {
            forms.push((format!("{short}州"), Form::Official));
            forms.push((format!("{short}自治州"), Form::Official));
        }
        Some("自治区") => forms.push((format!("{short}自治区"), Form::Official)),
        // 南通市场 is a market in 南通, 日照市场 no place at all
        Some("市") => forms.push((format!("{short}市场"), if *shy { Form::Shy } else { Form::Short })),
        _ => {}
    }
    forms
}

/// Whether a short form goes on as the name of a street, or of a lesser place.
fn names_another(after: &str) -> bool {
    let after = after.strip_prefix(['东', '西', '南', '北', '中']).unwrap_or(after);
    ["路", "街", "大道", "大街", "县", "镇", "乡"].iter().any(|next| after.starts_with(next))
}

/// The places that weigh enough, the heaviest first, then as they are first named.
fn weighed(mentions: &[Mention]) -> Vec<PlaceId> {
    let sure: BTreeSet<PlaceId> = mentions.iter().filter(|mention| mention.sure).map(|mention| mention.place).collect();
    let mut weights: Vec<(PlaceId, u32)> = Vec::new();
    for mention in mentions.iter().filter(|mention| sure.contains(&mention.place)) {
        match weights.iter_mut().find(|(place, _)| *place == mention.place) {
            Some((_, weight)) => *weight += mention.weight,
            None => weights.push((mention.place, mention.weight)),
        }
    }
    weights.retain(|&(_, weight)| weight >= ENOUGH);
    weights.sort_by_key(|&(_, weight)| std::cmp::Reverse(weight));
    weights.into_iter().take(KEPT).map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::gazetteer::place;
    use proptest::prelude::*;

    fn told(title: &str, texts: &[&str]) -> Vec<String> {
        let front = FrontMatter { title: title.to_owned(), ..FrontMatter::default() };
        let ids = Finder::new().places(&front, texts.iter().copied());
        ids.into_iter().map(|id| place(id).map(|p| format!("{}{}", p.short, p.rest)).unwrap()).collect()
    }

    /// The places of a headline.
    fn of(title: &str) -> Vec<String> {
        told(title, &[])
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
            assert_eq!(of(title), expected, "{title}");
        }
    }

    #[test]
    fn a_name_that_two_places_share_means_the_greater_one() {
        assert_eq!(of("吉林工匠"), ["吉林省"]);
        assert_eq!(of("吉林市总工会"), ["吉林市"]);
        assert_eq!(of("吉林省吉林市"), ["吉林省", "吉林市"]);
        assert_eq!(of("海南自贸港招工"), ["海南省"]);
        assert_eq!(of("海南州牧民学焊工"), ["海南藏族自治州"]);
    }

    #[test]
    fn a_word_that_is_a_place_too_needs_support() {
        assert_eq!(of("白银价格走高"), Vec::<String>::new());
        assert_eq!(of("甘肃白银的矿工"), ["甘肃省", "白银市"]);
        assert_eq!(of("白银市的矿工"), ["白银市"]);
        assert_eq!(told("白银矿工的新岗位", &["", "白银市总工会开班。"]), ["白银市"]);
        assert_eq!(told("矿工的新岗位", &["本报白银3月2日电（记者甲）矿工转岗。"]), ["白银市"]);
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
            assert_eq!(of(title), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn words_that_hold_a_name_are_no_place() {
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
            assert_eq!(of(title), Vec::<String>::new(), "{title}");
        }
    }

    #[test]
    fn a_place_named_once_in_passing_is_left_out() {
        let texts = ["骑手说起家乡。", "他去过四川，也到过贵州。", "最后又回四川。"];
        assert_eq!(told("骑手的一天", &texts), ["四川省"]);
        assert_eq!(told("夜校开班", &["本报讯（记者沈阳）夜校今天开班。"]), Vec::<String>::new(), "a reporter");
        let dateline = ["新华社北京2月24日电 全国评选揭晓。", "江苏、浙江、广东等地有人入选。"];
        assert_eq!(told("评选揭晓", &dateline), ["北京市"]);
    }

    #[test]
    fn the_place_that_an_article_tells_of_most_comes_first_and_few_are_kept() {
        let texts = ["本报讯（记者甲）广州、深圳、珠海、佛山、东莞结对。", "佛山先行，佛山办班。"];
        assert_eq!(told("五城结对", &texts), ["佛山市", "广州市", "深圳市", "珠海市"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(title in "[江苏南通市北京路吉林县（电日讯报本a]{0,12}", text in "(?s).{0,80}") {
            let front = FrontMatter { title, ..FrontMatter::default() };
            prop_assert!(Finder::new().places(&front, [text.as_str()]).len() <= KEPT);
        }
    }
}
