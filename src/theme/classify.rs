//! The classifier: text → the themes that fit it.
//!
//! 1. count each term's mentions, weighted by field: one in the headline counts several times, one in the opening fully, and
//!    later ones the less the longer the text is
//! 2. let repetition saturate: a term that occurs ten times is little more evidence than one that occurs three times
//! 3. add up the weights of the terms by theme; terms against a theme lower its score
//! 4. assign the best theme where it reaches the threshold, and others whose score comes close to the best
//!
//! Steps 1 and 2 are those of BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
//! 2004) with the editor's weights in place of the inverse document frequency.

use crate::config::themes::{FilingRules, Theme};
use crate::content::article::{Article, FrontMatter};
use crate::theme::lexicon::{Lexicon, fold};

/// Weight of a mention in the title; one in the text's opening has 1.
const TITLE_WEIGHT: f64 = 3.0;
/// Weight of a mention in kicker or subtitle.
const KICKER_WEIGHT: f64 = 2.0;
/// Weight of a mention in the column label, which says more about the paper's layout than about the subject.
const COLUMN_WEIGHT: f64 = 1.5;
/// Length of the opening in bytes of folded text: about 120 汉字, in which a news report states its subject.
const OPENING: usize = 360;
/// Length of a text, in bytes, in which each mention still has full weight: about 300 汉字.
const TYPICAL_LENGTH: f64 = 900.0;
/// Length normalisation, b of BM25: 0 none, 1 full.
const NORMALISATION: f64 = 0.7;
/// Saturation, k1 of BM25: the mentions that bring a term to half of its weight.
const SATURATION: f64 = 1.0;

/// The input of the classifier: the parts of an article. Those that it lacks are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleText<'a> {
    /// 主题
    pub title: &'a str,
    /// 引题
    pub kicker: &'a str,
    /// 副题
    pub subtitle: &'a str,
    /// 栏目
    pub column: &'a str,
    /// plain or CommonMark
    pub body: &'a str,
}

impl<'a> ArticleText<'a> {
    /// The parts of an article file.
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

impl<'a> ArticleText<'a> {
    /// The parts of a draft, with its text as printed.
    pub(crate) fn of_draft(front: &'a FrontMatter, text: &'a str) -> Self {
        let part = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
        Self {
            // a headline that was made from the text adds nothing to it
            title: if front.title_inferred { "" } else { &front.title },
            kicker: part(&front.kicker),
            subtitle: part(&front.subtitle),
            column: part(&front.column),
            body: text,
        }
    }
}

/// The score of a theme for a text, with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ThemeScore {
    /// the theme's id
    pub(crate) id: String,
    /// sum of the weights of `evidence`, less those of `objections`
    pub(crate) score: f64,
    /// the terms for the theme, strongest first
    pub(crate) evidence: Vec<Evidence>,
    /// the terms against the theme, strongest first
    pub(crate) objections: Vec<Evidence>,
}

impl ThemeScore {
    /// A theme of which the text mentions no term.
    pub(crate) fn zero(id: &str) -> Self {
        Self { id: id.to_owned(), score: 0.0, evidence: Vec::new(), objections: Vec::new() }
    }
}

/// A term that a text mentions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    pub(crate) term: String,
    /// mentions
    pub(crate) count: usize,
    /// its part of the score, as a positive number
    pub(crate) weight: f64,
}

/// The classification of a text: the themes of which it mentions terms.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Classification {
    /// themes that fit, best first
    pub(crate) assigned: Vec<ThemeScore>,
    /// themes that do not fit, best first
    pub(crate) rejected: Vec<ThemeScore>,
}

/// Classifies texts by the themes of site.toml.
#[derive(Debug, Clone)]
pub struct Classifier {
    ids: Vec<String>,
    lexicon: Lexicon,
    /// the least score of a theme that fits
    threshold: f64,
    /// the least score as a part of the best theme's
    second: f64,
}

/// The mentions of a term in a text, and their total weight.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    count: usize,
    weight: f64,
}

impl Classifier {
    /// A classifier for the themes and thresholds of site.toml.
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

    /// The ids of the themes that fit, best first.
    ///
    /// ```
    /// use wenzhai::builtin;
    /// use wenzhai::config::settings;
    /// use wenzhai::diagnostics::source::Source;
    /// use wenzhai::theme::classify::{ArticleText, Classifier};
    ///
    /// let config = settings::parse(&Source::new("site.toml", builtin::SETTINGS)).unwrap();
    /// let classifier = Classifier::new(&config.themes, &config.filing);
    /// let text = ArticleText { title: "给骑手留一扇门", body: "小区为外卖小哥开通绿色通道。", ..ArticleText::default() };
    /// assert_eq!(classifier.theme_ids_of(&text), ["新就业形态"]);
    /// ```
    pub fn theme_ids_of(&self, text: &ArticleText) -> Vec<String> {
        self.classify(text).assigned.into_iter().map(|theme| theme.id).collect()
    }

    /// The themes that fit and those that do not, with their scores and evidence.
    pub(crate) fn classify(&self, text: &ArticleText) -> Classification {
        let mut scores = self.scores(&self.tallies(text));
        // sorting is stable: themes of equal score stay in the order of site.toml
        scores.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = scores.first().map_or(0.0, |theme| theme.score);
        let least = self.threshold.max(self.second * best);
        let (assigned, rejected) = scores.into_iter().partition(|theme| theme.score >= least);
        Classification { assigned, rejected }
    }

    /// The mentions of each term, weighted by field and position.
    fn tallies(&self, text: &ArticleText) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.lexicon.terms().len()];
        let mut count = |part: &str, weight_at: &dyn Fn(usize) -> f64| {
            for mention in self.lexicon.mentions(part) {
                tallies[mention.term].count += 1;
                tallies[mention.term].weight += weight_at(mention.start);
            }
        };
        count(&fold(text.title), &|_| TITLE_WEIGHT);
        count(&fold(text.kicker), &|_| KICKER_WEIGHT);
        count(&fold(text.subtitle), &|_| KICKER_WEIGHT);
        count(&fold(text.column), &|_| COLUMN_WEIGHT);
        let body = fold(text.body);
        let relative_length = (body.len() as f64 / TYPICAL_LENGTH).max(1.0);
        // 1 in a text of typical length, less in a longer one
        let later = 1.0 / (1.0 - NORMALISATION + NORMALISATION * relative_length);
        count(&body, &|at| if at < OPENING { 1.0 } else { later });
        tallies
    }

    /// The themes of which terms are mentioned, in the order of site.toml.
    fn scores(&self, tallies: &[Tally]) -> Vec<ThemeScore> {
        let mut scores: Vec<ThemeScore> = self.ids.iter().map(|id| ThemeScore::zero(id)).collect();
        let terms = self.lexicon.terms().iter().zip(tallies).filter(|(_, tally)| tally.count > 0);
        for (term, tally) in terms {
            let saturated = tally.weight / (tally.weight + SATURATION);
            for term_weight in &term.weights {
                let theme = &mut scores[term_weight.theme];
                let part = term_weight.weight * saturated;
                theme.score += part;
                let terms = if part > 0.0 { &mut theme.evidence } else { &mut theme.objections };
                terms.push(Evidence { term: term.word.clone(), count: tally.count, weight: part.abs() });
            }
        }
        scores.retain(|theme| !theme.evidence.is_empty());
        for theme in &mut scores {
            for terms in [&mut theme.evidence, &mut theme.objections] {
                terms.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.term.cmp(&b.term)));
            }
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings;
    use crate::diagnostics::source::Source;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// The classifier of the built-in settings.
    static BUILT_IN: LazyLock<Classifier> = LazyLock::new(|| {
        let source = Source::new("site.toml", include_str!("../../site.toml"));
        let config = settings::parse(&source).unwrap_or_else(|error| panic!("{error}"));
        Classifier::new(&config.themes, &config.filing)
    });

    fn theme_ids_of(title: &str, body: &str) -> Vec<String> {
        BUILT_IN.theme_ids_of(&ArticleText { title, body, ..ArticleText::default() })
    }

    fn with_rules(terms: &[(&str, f64)], against: &[(&str, f64)], rules: &FilingRules) -> Classifier {
        let map = |words: &[(&str, f64)]| words.iter().map(|&(word, weight)| (word.to_owned(), weight)).collect();
        let theme = Theme { id: "甲".into(), terms: map(terms), against: map(against), ..Theme::default() };
        let other = Theme { id: "乙".into(), terms: map(&[("旁证", 4.0)]), ..Theme::default() };
        Classifier::new(&[theme, other], rules)
    }

    fn score(classifier: &Classifier, text: &ArticleText) -> f64 {
        let classification = classifier.classify(text);
        classification
            .assigned
            .iter()
            .chain(&classification.rejected)
            .find(|theme| theme.id == "甲")
            .map_or(0.0, |theme| theme.score)
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
    fn each_theme_fits_a_text_about_it() {
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
            assert_eq!(theme_ids_of(title, body).first().map(String::as_str), Some(theme), "{title}");
        }
    }

    #[test]
    fn other_subjects_get_no_theme() {
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
            assert_eq!(theme_ids_of(title, body), [""; 0], "{title}");
        }
    }

    #[test]
    fn words_that_only_share_characters_with_a_term_are_no_mention() {
        let none = [
            ("生产改造项目开工", "资产改革与国产改型同步推进。"),
            ("提高职工素养", "其中职务发明占三成。"),
            ("高级工程师谈生产改进", "各部门做好服务工作，应用工具更新。"),
            ("妇女儿童工作会议召开", "铁路增加班次，完工时间提前。"),
        ];
        for (title, body) in none {
            assert_eq!(theme_ids_of(title, body), [""; 0], "{title}");
        }
    }

    #[test]
    fn a_headline_counts_more_than_the_text() {
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
    fn repetition_saturates() {
        let classifier = with_rules(&[("技能", 5.0)], &[], &FilingRules::default());
        let times = |n: usize| score(&classifier, &body(&"技能，".repeat(n)));
        assert!(times(2) - times(1) > times(3) - times(2));
        assert!(times(500) < 5.0);
    }

    #[test]
    fn a_mention_late_in_a_long_text_counts_less() {
        let classifier = with_rules(&[("技能", 5.0)], &[], &FilingRules::default());
        let (opening, rest) = ("话".repeat(130), "话".repeat(3000));
        let short = score(&classifier, &body(&format!("{opening}技能")));
        let long = score(&classifier, &body(&format!("{opening}技能{rest}")));
        assert!(long < short / 2.0, "{long} {short}");
    }

    #[test]
    fn terms_against_a_theme_lower_its_score_and_are_listed() {
        let classifier = with_rules(&[("技能", 5.0)], &[("机器人大赛", 4.0)], &FilingRules::default());
        let classification = classifier.classify(&body("机器人大赛展示最新技能"));
        assert_eq!(classification.assigned, []);
        assert_eq!(classification.rejected[0].objections[0].term, "机器人大赛");
    }

    #[test]
    fn a_second_theme_fits_only_where_it_comes_close() {
        let files = |second| {
            let rules = FilingRules { threshold: 1.0, second, ..FilingRules::default() };
            with_rules(&[("技能", 8.0)], &[], &rules).theme_ids_of(&body("技能与旁证"))
        };
        assert_eq!(files(0.5), ["甲", "乙"]);
        assert_eq!(files(0.6), ["甲"]);
    }

    #[test]
    fn evidence_is_sorted_by_weight_and_has_counts() {
        let classifier = with_rules(&[("技能", 2.0), ("学徒", 5.0)], &[], &FilingRules::default());
        let classification = classifier.classify(&body("学徒的技能，还是技能"));
        let words: Vec<_> =
            classification.assigned[0].evidence.iter().map(|word| (word.term.as_str(), word.count)).collect();
        assert_eq!(words, [("学徒", 1), ("技能", 2)]);
    }

    proptest! {
        #[test]
        fn any_text_is_classified_in_order_of_score(
            words in proptest::collection::vec(prop_oneof!["骑手|劳模|就业|AI|工会|产改|台风", "\\PC{0,6}"], 0..60)
        ) {
            let text = words.concat();
            let classification = BUILT_IN.classify(&ArticleText { title: &text, kicker: &text, body: &text, ..ArticleText::default() });
            prop_assert!(classification.assigned.is_sorted_by(|a, b| a.score >= b.score));
            prop_assert!(classification.rejected.is_sorted_by(|a, b| a.score >= b.score));
            for theme in classification.assigned.iter().chain(&classification.rejected) {
                let sum = |words: &[Evidence]| words.iter().map(|word| word.weight).sum::<f64>();
                let total = sum(&theme.evidence) - sum(&theme.objections);
                prop_assert!((theme.score - total).abs() < 1e-9, "the score is the sum of its evidence");
            }
        }
    }
}
