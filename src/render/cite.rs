//! A citation as a Chinese editor needs it.
//!
//! GB/T 7714—2015, section 4.4 (析出文献) for newspapers: `责任者. 题名[N]. 报纸名, 年-月-日(版).` At most three people are
//! named, and 等 stands for the others (section 8.1.2). What is not known is left out.

use crate::content::article::Front;

/// The citation of an article.
pub fn citation(front: &Front) -> String {
    let mut parts = Vec::new();
    if !front.authors.is_empty() {
        let others = if front.authors.len() > 3 { ", 等" } else { "" };
        parts.push(format!("{}{others}", front.authors[..front.authors.len().min(3)].join(", ")));
    }
    parts.push(format!("{}[N]", front.title));
    let day = front.date.map(|date| date.to_string());
    let mut place = [front.paper.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(", ");
    if let (Some(page), false) = (front.page, place.is_empty()) {
        place.push_str(&format!("({page:02})"));
    }
    if !place.is_empty() {
        parts.push(place);
    }
    format!("{}.", parts.join(". "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_citation_says_what_is_known() {
        let mut front = Front {
            title: "谈拢一条规则".into(),
            authors: ["周晚晴", "何牧", "吴江", "白露"].map(str::to_owned).to_vec(),
            paper: Some("示范工人报".into()),
            date: Some(date(2025, 2, 5)),
            page: Some(1),
            ..Front::default()
        };
        assert_eq!(citation(&front), "周晚晴, 何牧, 吴江, 等. 谈拢一条规则[N]. 示范工人报, 2025-02-05(01).");
        front.authors.clear();
        front.date = None;
        assert_eq!(citation(&front), "谈拢一条规则[N]. 示范工人报(01).");
        front.paper = None;
        assert_eq!(citation(&front), "谈拢一条规则[N].");
    }
}
