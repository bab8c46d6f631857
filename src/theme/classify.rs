//! A text → the themes that fit it.
//!
//! 1. count each term's mentions: one in the headline is worth several, the opening counts in full, and in a long text
//!    what comes later counts less, so that length alone files nothing
//! 2. let repetition saturate: a term that stands ten times says little more than one that stands three times
//! 3. add up the weights theme by theme; terms against take away
//! 4. file the best theme where it passes the threshold, and others where they come close to the best
//!
//! Steps 1 and 2 are those of BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
//! 2004) with the editor's weights in the place of the inverse document frequency.

use crate::config::themes::{FilingRules, Theme};
use crate::content::article::Article;
use crate::theme::lexicon::{Lexicon, fold};

/// A mention in the headline, against one in the text's opening.
const HEADLINE: f64 = 3.0;
/// A mention in the line above or below the headline.
const BESIDE_HEADLINE: f64 = 2.0;
/// A mention in the column label, which says where the paper put the piece more than what it is about.
const COLUMN: f64 = 1.5;
/// The opening, in bytes of folded text: about 120 汉字, which in a news report say what it is about.
const OPENING: usize = 360;
/// Bytes of a text in which each mention still counts in full: about 300 汉字.
const TYPICAL: f64 = 900.0;
/// How much of the length above that is taken out: 0 none, 1 all of it.
const BY_LENGTH: f64 = 0.7;
/// Mentions that bring a term to half of its weight.
const HALF: f64 = 1.0;

/// What an article is filed by. Parts that it does not have are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleText<'a> {
    pub title: &'a str,
    pub kicker: &'a str,
    pub subtitle: &'a str,
    pub column: &'a str,
    /// plain or CommonMark
    pub body: &'a str,
}

impl<'a> ArticleText<'a> {
    pub(crate) fn of(article: &'a Article) -> Self {
        let front = &article.front;
        Self {
            title: &front.title,
            kicker: front.kicker.as_deref().unwrap_or_default(),
            subtitle: front.subtitle.as_deref().unwrap_or_default(),
            column: front.column.as_deref().unwrap_or_default(),
            body: &article.body,
        }
    }
}

/// A theme with what speaks for it in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ThemeScore {
    /// the theme's id
    pub(crate) id: String,
    /// the weights of what speaks for the theme, less what speaks against it
    pub(crate) score: f64,
    /// the words that speak for it, strongest first
    pub(crate) evidence: Vec<Evidence>,
    /// the words that speak against it, strongest first
    pub(crate) objections: Vec<Evidence>,
}

impl ThemeScore {
    /// A theme of which no word stands in the text.
    pub(crate) fn without_words(id: &str) -> Self {
        Self { id: id.to_owned(), score: 0.0, evidence: Vec::new(), objections: Vec::new() }
    }
}

/// A term that stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) term: String,
    pub(crate) count: usize,
    /// its part of the score, as a positive number
    pub(crate) weight: f64,
}

/// What became of each theme that has a word in a text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Classification {
    /// themes that the text is filed under, most fitting first
    pub(crate) filed: Vec<ThemeScore>,
    /// themes that have words in the text and did not pass, most fitting first
    pub(crate) rejected: Vec<ThemeScore>,
}

/// Files texts under themes.
#[derive(Debug, Clone)]
pub struct Classifier {
    ids: Vec<String>,
    lexicon: Lexicon,
    threshold: f64,
    second: f64,
}

/// How often a term stands in a text, and what these mentions are worth together.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    count: usize,
    worth: f64,
}

impl Classifier {
    pub fn new(themes: &[Theme], rules: &FilingRules) -> Self {
        Self {
            ids: themes.iter().map(|theme| theme.id.clone()).collect(),
            lexicon: Lexicon::new(themes, rules),
            threshold: rules.threshold,
            second: rules.second,
        }
    }

    /// The ids of all themes, in the order of site.toml.
    pub(crate) fn theme_ids(&self) -> &[String] {
        &self.ids
    }

    /// The ids of the themes that fit, most fitting first.
    pub fn theme_ids_of(&self, text: &ArticleText) -> Vec<String> {
        self.classify(text).into_iter().map(|filing| filing.id).collect()
    }

    /// The themes that fit, most fitting first.
    pub(crate) fn classify(&self, text: &ArticleText) -> Vec<ThemeScore> {
        self.verdict(text).filed
    }

    /// The themes that fit and those that do not.
    pub(crate) fn verdict(&self, text: &ArticleText) -> Classification {
        let mut filings = self.weigh(&self.tallies(text));
        // sorting is stable: themes of one score stand in the order of site.toml
        filings.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = filings.first().map_or(0.0, |filing| filing.score);
        let bar = self.threshold.max(self.second * best);
        let (filed, rejected) = filings.into_iter().partition(|filing| filing.score >= bar);
        Classification { filed, rejected }
    }

    fn tallies(&self, text: &ArticleText) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.lexicon.terms().len()];
        let mut count = |part: &str, worth: &dyn Fn(usize) -> f64| {
            for mention in self.lexicon.mentions(part) {
                tallies[mention.term].count += 1;
                tallies[mention.term].worth += worth(mention.start);
            }
        };
        count(&fold(text.title), &|_| HEADLINE);
        count(&fold(text.kicker), &|_| BESIDE_HEADLINE);
        count(&fold(text.subtitle), &|_| BESIDE_HEADLINE);
        count(&fold(text.column), &|_| COLUMN);
        let body = fold(text.body);
        let later = later_worth(body.len());
        count(&body, &|at| if at < OPENING { 1.0 } else { later });
        tallies
    }

    fn weigh(&self, tallies: &[Tally]) -> Vec<ThemeScore> {
        let mut filings: Vec<ThemeScore> = self.ids.iter().map(|id| ThemeScore::without_words(id)).collect();
        let terms = self.lexicon.terms().iter().zip(tallies).filter(|(_, tally)| tally.count > 0);
        for (term, tally) in terms {
            let saturated = tally.worth / (tally.worth + HALF);
            for voice in &term.voices {
                let filing = &mut filings[voice.theme];
                let part = voice.weight * saturated;
                filing.score += part;
                let side = if part > 0.0 { &mut filing.evidence } else { &mut filing.objections };
                side.push(Evidence { term: term.word.clone(), count: tally.count, weight: part.abs() });
            }
        }
        filings.retain(|filing| !filing.evidence.is_empty());
        for filing in &mut filings {
            for side in [&mut filing.evidence, &mut filing.objections] {
                side.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
            }
        }
        filings
    }
}

/// What a mention after the opening counts in a text of so many bytes: 1 in a text of typical length, less in a longer one.
fn later_worth(bytes: usize) -> f64 {
    let times = (bytes as f64 / TYPICAL).max(1.0);
    1.0 / (1.0 - BY_LENGTH + BY_LENGTH * times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings;
    use crate::diagnostics::source::Source;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// The themes that wenzhai comes with.
    static BUILT_IN: LazyLock<Classifier> = LazyLock::new(|| {
        let source = Source::new("site.toml", include_str!("../../site.toml"));
        let config = settings::parse(&source).unwrap_or_else(|error| panic!("{error}"));
        Classifier::new(&config.themes, &config.filing)
    });

    fn filed(title: &str, body: &str) -> Vec<String> {
        BUILT_IN.theme_ids_of(&ArticleText { title, body, ..ArticleText::default() })
    }

    fn with_rules(terms: &[(&str, f64)], against: &[(&str, f64)], rules: &FilingRules) -> Classifier {
        let map = |words: &[(&str, f64)]| words.iter().map(|&(word, weight)| (word.to_owned(), weight)).collect();
        let theme = Theme { id: "甲".into(), terms: map(terms), against: map(against), ..Theme::default() };
        let other = Theme { id: "乙".into(), terms: map(&[("旁证", 4.0)]), ..Theme::default() };
        Classifier::new(&[theme, other], rules)
    }

    fn score(classifier: &Classifier, text: &ArticleText) -> f64 {
        let verdict = classifier.verdict(text);
        verdict.filed.iter().chain(&verdict.rejected).find(|filing| filing.id == "甲").map_or(0.0, |f| f.score)
    }

    fn body(body: &str) -> ArticleText<'_> {
        ArticleText { body, ..ArticleText::default() }
    }

    #[test]
    fn the_built_in_settings_are_the_eight_themes() {
        let ids = BUILT_IN.theme_ids();
        assert_eq!(ids, ["产改", "工匠", "技能", "新就业形态", "就业", "权益", "工会服务", "数智"]);
    }

    #[test]
    fn each_theme_finds_its_own() {
        let cases = [
            ("产改", "江州召开产业工人队伍建设改革推进会", "会议总结试点经验，部署下一步产改任务。"),
            ("工匠", "老钳工的绝活传给了徒弟", "劳模创新工作室里，他带着徒弟攻下一道道技术难题。"),
            ("技能", "技师学院开出订单班", "产教融合让学员毕业前就拿到职业技能等级证书。"),
            ("新就业形态", "给骑手留一扇门", "小区为外卖小哥和快递员开通绿色通道。"),
            ("就业", "春风行动招聘会进乡镇", "县里为求职者送来两千个岗位。"),
            ("权益", "被拖欠的工资要回来了", "劳动监察部门责令企业支付劳动报酬。"),
            ("工会服务", "送清凉送到工地", "市总工会慰问一线职工，工会驿站备好了茶水。"),
            ("数智", "车间来了新同事", "智能工厂里，工业机器人与工人一起装配。"),
        ];
        for (theme, title, body) in cases {
            assert_eq!(filed(title, body).first().map(String::as_str), Some(theme), "{title}");
        }
    }

    #[test]
    fn what_is_no_subject_of_the_digest_is_not_filed() {
        let none = [
            ("台风今夜登陆", "气象台发布暴雨预警，各地转移受灾群众，职工坚守岗位。"),
            ("大桥合龙", "历时四年，跨江大桥主桥合龙，预计明年通车。"),
            ("大学生运动会开幕", "来自各地的选手参加十个大项的比赛，决赛周末举行。"),
            ("景区迎来赏花高峰", "游客增多，景区用大数据和人工智能疏导客流。"),
            ("外长会见来宾", "双方就国际和地区问题交换意见。"),
            ("麦收过半", "农机手日夜奋战，确保颗粒归仓。"),
            ("", ""),
        ];
        for (title, body) in none {
            assert_eq!(filed(title, body), [""; 0], "{title}");
        }
    }

    #[test]
    fn words_that_only_share_characters_with_a_term_file_nothing() {
        let none = [
            ("生产改造项目开工", "资产改革与国产改型同步推进。"),
            ("提高职工素养", "其中职务发明占三成。"),
            ("高级工程师谈生产改进", "各部门做好服务工作，应用工具更新。"),
            ("妇女儿童工作会议召开", "铁路增加班次，完工时间提前。"),
        ];
        for (title, body) in none {
            assert_eq!(filed(title, body), [""; 0], "{title}");
        }
    }

    #[test]
    fn a_headline_counts_more_than_the_text_and_the_text_more_than_nothing() {
        let classifier = with_rules(&[("技能", 5.0)], &[], &FilingRules::default());
        let parts = [
            ArticleText { title: "技能", ..ArticleText::default() },
            ArticleText { kicker: "技能", ..ArticleText::default() },
            ArticleText { column: "技能", ..ArticleText::default() },
            body("技能"),
            body("无"),
        ];
        let scores = parts.map(|text| score(&classifier, &text));
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn a_word_repeated_says_little_more_and_never_its_whole_weight() {
        let classifier = with_rules(&[("技能", 5.0)], &[], &FilingRules::default());
        let times = |n: usize| score(&classifier, &body(&"技能，".repeat(n)));
        assert!(times(2) - times(1) > times(3) - times(2));
        assert!(times(500) < 5.0);
    }

    #[test]
    fn a_word_far_down_a_long_text_counts_less() {
        let classifier = with_rules(&[("技能", 5.0)], &[], &FilingRules::default());
        let (opening, rest) = ("话".repeat(130), "话".repeat(3000));
        let short = score(&classifier, &body(&format!("{opening}技能")));
        let long = score(&classifier, &body(&format!("{opening}技能{rest}")));
        assert!(long < short / 2.0, "{long} {short}");
    }

    #[test]
    fn words_against_take_away_and_are_told() {
        let classifier = with_rules(&[("技能", 5.0)], &[("机器人大赛", 4.0)], &FilingRules::default());
        let verdict = classifier.verdict(&body("机器人大赛展示最新技能"));
        assert_eq!(verdict.filed, []);
        assert_eq!(verdict.rejected[0].objections[0].term, "机器人大赛");
    }

    #[test]
    fn a_second_theme_is_filed_only_where_it_comes_close() {
        let files = |second| {
            let rules = FilingRules { threshold: 1.0, second, ..FilingRules::default() };
            with_rules(&[("技能", 8.0)], &[], &rules).theme_ids_of(&body("技能与旁证"))
        };
        assert_eq!(files(0.5), ["甲", "乙"]);
        assert_eq!(files(0.6), ["甲"]);
    }

    #[test]
    fn evidence_stands_strongest_first_with_counts() {
        let classifier = with_rules(&[("技能", 2.0), ("学徒", 5.0)], &[], &FilingRules::default());
        let verdict = classifier.verdict(&body("学徒的技能，还是技能"));
        let words: Vec<_> = verdict.filed[0].evidence.iter().map(|word| (word.term.as_str(), word.count)).collect();
        assert_eq!(words, [("学徒", 1), ("技能", 2)]);
    }

    proptest! {
        #[test]
        fn any_text_has_a_verdict_in_order(
            words in proptest::collection::vec(prop_oneof!["骑手|劳模|就业|AI|工会|产改|台风", "\\PC{0,6}"], 0..60)
        ) {
            let text = words.concat();
            let verdict = BUILT_IN.verdict(&ArticleText { title: &text, kicker: &text, body: &text, ..ArticleText::default() });
            prop_assert!(verdict.filed.is_sorted_by(|a, b| a.score >= b.score));
            prop_assert!(verdict.rejected.is_sorted_by(|a, b| a.score >= b.score));
            for filing in verdict.filed.iter().chain(&verdict.rejected) {
                let sum = |words: &[Evidence]| words.iter().map(|word| word.weight).sum::<f64>();
                let told = sum(&filing.evidence) - sum(&filing.objections);
                prop_assert!((filing.score - told).abs() < 1e-9, "the evidence is the score");
            }
        }
    }
}
