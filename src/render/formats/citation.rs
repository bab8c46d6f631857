//! An article as others cite it: GB/T 7714, and the key that names it.
//!
//! GB/T 7714—2015, section 4.4 (析出文献) for newspapers: `责任者. 题名[N]. 报纸名, 年-月-日(版).` At most three people are
//! named, and 等 stands for the others, or et al. after names in Latin letters (section 8.1.2). What is not known is left
//! out.

use crate::catalog::entry::EntryId;
use crate::content::article::FrontMatter;
use crate::site::page::Page;
use crate::site::plan::Site;
use crate::text::han::is_han;

/// People that a citation names.
const NAMED: usize = 3;

/// What citations are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// ASCII letters, digits, `-` and `_`; no two articles of a site have one
    pub(crate) key: String,
    pub(crate) front: &'a FrontMatter,
    /// absolute; none where the site's address is not known
    pub(crate) url: Option<String>,
}

impl<'a> Reference<'a> {
    pub(crate) fn of(site: &'a Site, id: EntryId) -> Self {
        let address = site.address(Page::Article(id));
        let base_url = &site.config.base_url;
        Self {
            // an address is of plain ASCII and belongs to one article
            key: address.as_str().trim_end_matches('/').replace('/', "-"),
            front: &site.catalog.entries[id].front,
            url: (!base_url.is_empty()).then(|| address.at(base_url)),
        }
    }
}

/// The citation of an article.
pub(crate) fn citation(front: &FrontMatter) -> String {
    let mut parts = Vec::new();
    if !front.authors.is_empty() {
        parts.push(people(&front.authors));
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

fn people(names: &[String]) -> String {
    let named = names[..names.len().min(NAMED)].join(", ");
    match (names.len() > NAMED, named.contains(is_han)) {
        (false, _) => named,
        (true, true) => format!("{named}, 等"),
        (true, false) => format!("{named}, et al"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_citation_says_what_is_known() {
        let mut front = FrontMatter {
            title: "谈拢一条规则".into(),
            authors: ["周晚晴", "何牧", "吴江", "白露"].map(str::to_owned).to_vec(),
            paper: Some("示范工人报".into()),
            date: Some(date(2025, 2, 5)),
            page: Some(1),
            ..FrontMatter::default()
        };
        assert_eq!(citation(&front), "周晚晴, 何牧, 吴江, 等. 谈拢一条规则[N]. 示范工人报, 2025-02-05(01).");
        front.authors = vec!["Ann Lee".into(); 4];
        assert!(citation(&front).starts_with("Ann Lee, Ann Lee, Ann Lee, et al. 谈拢"));
        front.authors.clear();
        front.date = None;
        assert_eq!(citation(&front), "谈拢一条规则[N]. 示范工人报(01).");
        front.paper = None;
        assert_eq!(citation(&front), "谈拢一条规则[N].");
    }
}
