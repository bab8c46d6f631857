//! Pages with gold: for every page which lines are which article, in reading order.

use crate::diagnostics::source::Source;
use crate::import::lexicon::credits::parse_credit;
use crate::import::page::lines::{Page, parse_page};
use crate::import::page::role::Role;
use serde::Deserialize;

/// A page and what a person says of it.
#[derive(Debug, Clone)]
pub struct GoldPage {
    /// pages of one kind have names that differ in what follows the last `-` alone
    pub name: String,
    /// the lines of the page
    pub page: Page,
    /// what they are
    pub gold: Gold,
}

/// What a page holds. Lines are numbers, from 1; empty lines count.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Gold {
    /// lines that belong to no article
    pub furniture: Vec<usize>,
    /// lines that say on which page a text goes on
    pub jumps: Vec<usize>,
    /// the articles, in any order
    pub articles: Vec<GoldArticle>,
}

/// One article of a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct GoldArticle {
    /// the accepted forms of the headline, the best first; none where the page prints none
    pub title: Vec<String>,
    /// the line above the headline
    pub kicker: Option<String>,
    /// the line below the headline
    pub subtitle: Option<String>,
    /// the label of its column
    pub column: Option<String>,
    /// the people who wrote it
    pub authors: Vec<String>,
    /// headline, kicker, column label and byline
    pub heads: Vec<usize>,
    /// the text, in reading order
    pub body: Vec<usize>,
    /// headings inside the text
    pub subheads: Vec<usize>,
    /// texts of pictures
    pub captions: Vec<usize>,
    /// the page may have been misread: a headline is right that is much like an accepted one
    #[serde(skip)]
    pub(crate) misread: bool,
    /// lines that one sentence runs across
    pub joins: Vec<(usize, usize)>,
}

impl GoldPage {
    /// A page's text and its gold, which is JSON.
    ///
    /// # Errors
    /// The gold is no JSON of this form.
    pub fn parse(name: &str, text: &str, gold: &str) -> Result<Self, serde_json::Error> {
        let page = parse_page(&Source::new(name, text));
        Ok(Self { name: name.to_owned(), page, gold: serde_json::from_str(gold)? })
    }

    /// The kind of page that it is one of.
    pub(crate) fn kind(&self) -> &str {
        self.name.rsplit_once('-').map_or("", |(kind, _)| kind)
    }

    /// The index of a line of the page, by its number.
    pub(crate) fn line(&self, number: usize) -> Option<usize> {
        // laid-out lines need not be in the order of their numbers
        let sorted = self.page.lines.binary_search_by_key(&number, |line| line.number).ok();
        sorted.or_else(|| self.page.lines.iter().position(|line| line.numbers().any(|own| own == number)))
    }

    /// The indexes of the lines that one sentence runs across.
    pub(crate) fn joins(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let joins = self.gold.articles.iter().flat_map(|article| &article.joins);
        joins.filter_map(|(before, after)| Some((self.line(*before)?, self.line(*after)?)))
    }

    /// By line: the roles that it may have; none where the gold does not tell.
    pub(crate) fn roles(&self) -> Vec<Vec<Role>> {
        let mut roles = vec![Vec::new(); self.page.lines.len()];
        let mut set = |numbers: &[usize], role: &[Role]| {
            for at in numbers.iter().filter_map(|number| self.line(*number)) {
                roles[at] = role.to_vec();
            }
        };
        for article in &self.gold.articles {
            let is_credit = |number: usize| {
                let text = self.line(number).map(|at| self.page.lines[at].text.as_str());
                text.and_then(parse_credit).is_some_and(|credit| credit.start == 0)
            };
            // gold does not say who took a picture, and counts it as text where the article is the picture's
            for &number in &article.body {
                set(&[number], if is_credit(number) { &[Role::Credit, Role::Body] } else { &[Role::Body] });
            }
            for &number in &article.captions {
                set(&[number], if is_credit(number) { &[Role::Credit] } else { &[Role::Caption] });
            }
            set(&article.subheads, &[Role::Subhead]);
            for &number in &article.heads {
                let text = self.line(number).map_or("", |at| &self.page.lines[at].text);
                set(&[number], &[article.role_of_head(text)]);
            }
        }
        set(&self.gold.furniture, &[Role::Furniture]);
        set(&self.gold.jumps, &[Role::Jump]);
        roles
    }
}

/// How much alike two headlines are, from 0 to 1, one of which may have been misread.
const ALIKE: f64 = 0.85;

impl GoldArticle {
    /// The role of a line of the head: of what it is part of.
    fn role_of_head(&self, text: &str) -> Role {
        let text = letters(text);
        let is_in = |whole: Option<&String>| whole.is_some_and(|whole| letters(whole).contains(&text));
        if is_in(self.title.first()) {
            Role::Title
        } else if is_in(self.kicker.as_ref()) {
            Role::Kicker
        } else if is_in(self.subtitle.as_ref()) {
            Role::Subtitle
        } else if is_in(self.column.as_ref()) {
            Role::Column
        } else if self.title.iter().any(|title| is_in(Some(title))) {
            Role::Title
        } else {
            Role::Byline
        }
    }

    /// Whether a headline is one of the accepted ones; where the page prints none, whether there is any.
    pub(crate) fn accepts(&self, headline: &str) -> bool {
        let headline = letters(headline);
        if self.title.is_empty() {
            return !headline.is_empty();
        }
        let is_accepted = |title: &String| {
            let title = letters(title);
            title == headline || self.misread && strsim::normalized_levenshtein(&title, &headline) >= ALIKE
        };
        self.title.iter().any(is_accepted)
    }
}

/// Letters and digits alone: what a text says, however it is set.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gold_tells_the_role_of_each_line() {
        let text =
            "新湾日报\n\n一线\n沙燕的骨架\n——记一位老匠人\n林屏之\n\n他扎的沙燕翅膀薄得\n透光。\n（下转第3版）\n";
        let gold = r#"{"furniture": [1], "jumps": [10], "articles": [{"title": ["沙燕的骨架"], "column": "一线",
            "subtitle": "——记一位老匠人", "authors": ["林屏之"], "heads": [3, 4, 5, 6], "body": [8, 9], "joins": [[8, 9]]}]}"#;
        let page = GoldPage::parse("test-01.txt", text, gold).unwrap();
        let roles: Vec<Role> = page.roles().into_iter().flatten().collect();
        use Role::{Body, Byline, Column, Furniture, Jump, Subtitle, Title};
        assert_eq!(roles, [Furniture, Column, Title, Subtitle, Byline, Body, Body, Jump]);
        assert_eq!(page.joins().collect::<Vec<_>>(), [(5, 6)]);
        assert_eq!(page.kind(), "test");
        assert!(page.gold.articles[0].accepts("沙燕 的骨架") && !page.gold.articles[0].accepts("沙燕"));
    }
}
