//! Links the labelled lines of a page into articles.
//!
//! 1. lines that repeat another are set aside
//! 2. a [beam search](crate::import::link::beam) assigns every other line to an article
//! 3. a [refinement](crate::import::link::refine) moves parts of texts between articles, now that all of the page is known
//! 4. the text of each article is put in [order](crate::import::link::ordering)
//! 5. each duplicate goes to the article of the line that it repeats

use crate::import::label::viterbi::Label;
use crate::import::lexicon::reason::Reason;
use crate::import::link::beam::search;
use crate::import::link::chains::Chains;
use crate::import::link::ordering::order;
use crate::import::link::refine::refine;
use crate::import::link::scoring::context::Context;
use crate::import::link::scoring::costs::{Costs, DUPLICATE_CERTAINTY};
use crate::import::page::duplicates::find_duplicates;
use crate::import::page::lines::Page;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;

/// Splits a page into articles. `labels` are those of the page's lines.
pub(crate) fn link_lines(page: &Page, labels: &[Label], costs: &Costs) -> Partition {
    let duplicates = find_duplicates(page, |at| labels[at].role == Role::Body);
    let mut context = Context::new(page, labels, costs);
    let mut partition = Partition::from_lines(search(&mut context, &duplicates));
    let mut chains = Chains::of(&context, &partition);
    refine(&mut chains);
    order(&mut chains);
    chains.apply_to(&mut partition);
    for (at, duplicate_of) in duplicates.into_iter().enumerate() {
        if let Some(original) = duplicate_of {
            partition.lines[at] = LineAssignment {
                role: Role::Body,
                article: partition.lines[original].article,
                why: Reason::PrintedTwice,
                certainty: DUPLICATE_CERTAINTY,
                duplicate_of,
            };
        }
    }
    partition.renumbered()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use crate::import::label::extraction::extract_features;
    use crate::import::label::learnt::model_for;
    use crate::import::label::viterbi::label_lines;
    use crate::import::link::scoring::costs::COSTS;
    use crate::import::page::lines::parse_page;

    /// For each article the numbers of its lines of text, in reading order.
    fn linked(text: &str) -> Vec<Vec<usize>> {
        let page = parse_page(&Source::new("p.txt", text));
        let partition = link_lines(&page, &label_lines(&extract_features(&page), model_for(&page)), &COSTS);
        let mut articles = vec![Vec::new(); partition.article_count];
        for &at in &partition.reading_order {
            let line = &partition.lines[at];
            if let (Role::Body | Role::Subhead, Some(article)) = (line.role, line.article) {
                articles[article].push(page.lines[at].number);
            }
        }
        articles
    }

    const KITE: &str = "镇上的老匠人扎风筝，竹篾要选三年的毛竹，劈开以后在炭火上慢慢烤弯，弯到两头一样重。这门手艺在镇上传了一百多年，还没有失传的危";
    const KITE_TAIL: &str = "险。他扎的沙燕风筝翅膀薄得透光，线轴一松，毛竹骨架迎着风嗡嗡地响。";
    const BRIDGE: &str =
        "新桥的桥墩立在江心的沙洲上，潜水员下水三百多次，把每一根钢桩的焊缝都摸了一遍，江水最冷的那几天，他们每隔四十";
    const BRIDGE_TAIL: &str = "分钟轮换一次。江面上的监理船记下每根钢桩的焊缝编号，潜水员上岸签字。";

    #[test]
    fn rests_that_are_printed_crosswise_join_their_beginnings() {
        let page = format!(
            "沙燕的骨架\n\n本报记者 林屏之\n\n{KITE}\n\n江心的桥墩\n\n本报记者 祝小满\n\n{BRIDGE}\n\n{KITE_TAIL}\n\n{BRIDGE_TAIL}\n"
        );
        assert_eq!(linked(&page), [vec![5, 13], vec![11, 15]]);
    }

    #[test]
    fn a_rest_that_is_printed_before_its_head_is_read_behind_it() {
        let page = format!(
            "{KITE_TAIL}\n\n江心的桥墩\n\n本报记者 祝小满\n\n{BRIDGE}{BRIDGE_TAIL}\n\n沙燕的骨架\n\n本报记者 林屏之\n\n{KITE}\n"
        );
        assert_eq!(linked(&page), [vec![13, 1], vec![7]]);
    }

    #[test]
    fn a_rest_that_is_printed_above_its_beginning_is_read_behind_it() {
        let page = format!(
            "沙燕的骨架\n\n本报记者 林屏之\n\n老匠人的徒弟今年二十岁，学了三年。\n\n{KITE_TAIL}\n\n{KITE}\n\n放风筝的人越来越多。\n"
        );
        assert_eq!(linked(&page), [vec![5, 9, 7, 11]]);
    }

    #[test]
    fn a_text_that_continues_from_another_page_begins_an_article() {
        let page = format!(
            "沙燕的骨架\n\n本报记者 林屏之\n\n{KITE}{KITE_TAIL}\n\n（上接第1版）新桥的桥墩立在江心的沙洲上。\n\n江面上的监理船记下编号。\n"
        );
        assert_eq!(linked(&page), [vec![5], vec![7, 9]]);
    }

    #[test]
    fn a_report_goes_on_behind_the_box_that_stands_in_it() {
        let page = format!(
            "沙燕的骨架\n\n本报记者 林屏之\n\n{KITE}\n\n记者手记\n\n采访那天没有风，老匠人举着沙燕在院子里跑了两圈。风筝没有飞起来，他笑了。\n\n{KITE_TAIL}\n"
        );
        assert_eq!(linked(&page), [vec![5, 11], vec![9]]);
    }

    #[test]
    fn a_column_label_among_the_columns_parts_no_text() {
        let page =
            format!("沙燕的骨架\n\n本报记者 林屏之\n\n{KITE}\n\n一线观察\n\n{KITE_TAIL}\n\n放风筝的人越来越多。\n");
        assert_eq!(linked(&page), [vec![5, 9, 11]]);
    }

    #[test]
    fn a_line_with_a_dash_explains_the_subhead_above_it() {
        let page = format!(
            "沙燕的骨架\n\n本报记者 林屏之\n\n{KITE}{KITE_TAIL}\n\n竹\n\n——三年的毛竹烤得弯\n\n老匠人把竹篾架在炭火上，慢慢地弯。\n\n\
             纸\n\n——薄得透光才飞得高\n\n他糊沙燕的翅膀只用一层纸。\n"
        );
        assert_eq!(linked(&page), [vec![5, 7, 9, 11, 13, 15, 17]]);
    }

    #[test]
    fn a_text_that_its_source_closes_is_not_continued_by_the_next() {
        let page = format!(
            "沙燕的骨架\n\n{KITE}{KITE_TAIL}（本报东湾3月6日电）\n\n3月7日，江心的桥墩验收。监理船记下每根钢桩的编号，潜水员上岸签字。\n\n江心的桥墩\n"
        );
        assert_eq!(linked(&page), [vec![3], vec![5]]);
    }
}
