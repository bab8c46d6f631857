//! Citations after GB/T 7714, and the data that all formats of references are made of.
//!
//! GB/T 7714—2015, section 4.4 (析出文献) for newspapers: `责任者. 题名[N]. 报纸名, 年-月-日(版).` At most three people are named,
//! followed by 等, or et al. after Latin names (section 8.1.2). Unknown parts are omitted.

use crate::catalog::entry::EntryId;
use crate::content::article::FrontMatter;
use crate::site::page::Page;
use crate::site::site::Site;
use crate::text::han::is_han;

/// The most people that a citation names.
const MAX_NAMES: usize = 3;

/// The data of a reference to an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// citation key: ASCII letters, digits, `-` and `_`; unique in the site
    pub(crate) key: String,
    pub(crate) front: &'a FrontMatter,
    /// absolute; none if the address of the site is not known
    pub(crate) url: Option<String>,
}

impl<'a> Reference<'a> {
    pub(crate) fn of(site: &'a Site, id: EntryId) -> Self {
        let address = site.address(Page::Article(id));
        let base_url = &site.config.base_url;
        Self {
            // the address of an article is ASCII and unique
            key: address.as_str().trim_end_matches('/').replace('/', "-"),
            front: &site.catalog.entries[id].front,
            url: (!base_url.is_empty()).then(|| address.url(base_url)),
        }
    }
}

/// The citation of an article after GB/T 7714.
pub(crate) fn citation(front: &FrontMatter) -> String {
    let mut parts = Vec::new();
    if !front.authors.is_empty() {
        parts.push(people(&front.authors));
    }
    parts.push(format!("{}[N]", front.title));
    let day = front.date.map(|date| date.to_string());
    let mut issue = [front.paper.clone(), day].into_iter().flatten().collect::<Vec<_>>().join(", ");
    if let (Some(page), false) = (front.page, issue.is_empty()) {
        issue.push_str(&format!("({page:02})"));
    }
    if !issue.is_empty() {
        parts.push(issue);
    }
    format!("{}.", parts.join(". "))
}

fn people(names: &[String]) -> String {
    let named = names[..names.len().min(MAX_NAMES)].join(", ");
    match (names.len() > MAX_NAMES, named.contains(is_han)) {
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
    fn a_citation_has_the_known_parts() {
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
