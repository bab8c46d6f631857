//! Compares the partition of a page with its gold, in the figures that the costs of linking are learnt by.

use crate::import::article::assemble::drafts;
use crate::import::page::partition::Partition;
use crate::import::page::role::Role;
use crate::import::training::gold::GoldPage;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// The figures of a page, each 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Figures {
    /// articles whose headline is one of the accepted ones
    pub titles: f64,
    /// F1 of articles whose text is nine tenths the gold's
    pub articles: f64,
    /// B-cubed F1 over characters: which lines stand together
    pub bcubed: f64,
    /// neighbouring lines of one article that come in the right order
    pub order: f64,
    /// sentences that run across two lines and come out whole
    pub joins: f64,
}

impl Figures {
    /// The mean of all.
    pub fn mean(&self) -> f64 {
        (self.titles + self.articles + self.bcubed + self.order + self.joins) / 5.0
    }

    /// These figures as a sum over so many pages: their mean.
    pub fn over(&self, pages: usize) -> Self {
        let mean = |sum: f64| sum / pages.max(1) as f64;
        Self {
            titles: mean(self.titles),
            articles: mean(self.articles),
            bcubed: mean(self.bcubed),
            order: mean(self.order),
            joins: mean(self.joins),
        }
    }
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Self) {
        self.titles += other.titles;
        self.articles += other.articles;
        self.bcubed += other.bcubed;
        self.order += other.order;
        self.joins += other.joins;
    }
}

/// The share of an article's characters that makes it the gold's.
const SAME_ARTICLE: f64 = 0.9;

/// Compares a partition with the gold of its page.
pub(crate) fn figures(page: &GoldPage, partition: &Partition) -> Figures {
    let overlaps = Overlaps::of(page, partition);
    Figures {
        titles: titles(page, partition, &overlaps),
        articles: overlaps.articles(),
        bcubed: overlaps.bcubed(),
        order: order(page, partition),
        joins: joins(page, partition),
    }
}

/// The characters of the articles of a partition, of those of the gold, and of both.
#[derive(Default)]
struct Overlaps {
    found: BTreeMap<usize, f64>,
    gold: BTreeMap<usize, f64>,
    /// by article found and article of the gold
    both: BTreeMap<(usize, usize), f64>,
}

impl Overlaps {
    fn of(page: &GoldPage, partition: &Partition) -> Self {
        let mut overlaps = Self::default();
        let of_gold = articles_of_gold(page);
        for (at, line) in partition.lines.iter().enumerate().filter(|(_, line)| line.duplicate_of.is_none()) {
            let is_text = matches!(line.role, Role::Body | Role::Subhead | Role::Caption | Role::Credit);
            let (found, gold) = (line.article.filter(|_| is_text), of_gold[at]);
            let size = page.page.lines[at].len() as f64;
            found.into_iter().for_each(|found| *overlaps.found.entry(found).or_default() += size);
            gold.into_iter().for_each(|gold| *overlaps.gold.entry(gold).or_default() += size);
            found.zip(gold).into_iter().for_each(|both| *overlaps.both.entry(both).or_default() += size);
        }
        overlaps
    }

    fn articles(&self) -> f64 {
        let is_same = |((found, gold), both): (&(usize, usize), &f64)| {
            both / (self.found[found] + self.gold[gold] - both) >= SAME_ARTICLE
        };
        let same = self.both.iter().filter(|pair| is_same(*pair)).count();
        ratio(2 * same, self.found.len() + self.gold.len())
    }

    fn bcubed(&self) -> f64 {
        let share = |of: &dyn Fn(&(usize, usize)) -> f64, all: f64| {
            self.both.iter().map(|(pair, both)| both * both / of(pair)).sum::<f64>() / all.max(1.0)
        };
        let precision = share(&|pair| self.found[&pair.0], self.found.values().sum());
        let recall = share(&|pair| self.gold[&pair.1], self.gold.values().sum());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    /// The article found that has most of an article of the gold.
    fn best(&self, gold: usize) -> Option<usize> {
        let of_gold = self.both.iter().filter(|((_, of), _)| *of == gold);
        of_gold.max_by(|one, other| one.1.total_cmp(other.1)).map(|((found, _), _)| *found)
    }
}

/// By line: whether its role and its article are those of the gold; none where the gold does not tell.
pub(crate) fn right_lines(page: &GoldPage, partition: &Partition) -> Vec<Option<bool>> {
    let overlaps = Overlaps::of(page, partition);
    let best: Vec<Option<usize>> = (0..page.gold.articles.len()).map(|gold| overlaps.best(gold)).collect();
    let mut articles = articles_of_gold(page);
    for (index, article) in page.gold.articles.iter().enumerate() {
        article.heads.iter().filter_map(|number| page.line(*number)).for_each(|at| articles[at] = Some(index));
    }
    let is_right = |(at, roles): (usize, &Vec<Role>)| {
        let line = &partition.lines[at];
        let of_article = articles[at].is_none_or(|gold| line.article.is_some() && line.article == best[gold]);
        (!roles.is_empty()).then(|| roles.contains(&line.role) && of_article)
    };
    page.roles().iter().enumerate().map(is_right).collect()
}

/// By line: the article of the gold whose text it is.
fn articles_of_gold(page: &GoldPage) -> Vec<Option<usize>> {
    let mut articles = vec![None; page.page.lines.len()];
    for (index, article) in page.gold.articles.iter().enumerate() {
        for at in article.body.iter().chain(&article.captions).filter_map(|number| page.line(*number)) {
            articles[at] = Some(index);
        }
    }
    articles
}

fn titles(page: &GoldPage, partition: &Partition, overlaps: &Overlaps) -> f64 {
    let drafts = drafts(&page.page, partition, false);
    let articles = page.gold.articles.iter().enumerate();
    let is_titled = |(index, _): &(usize, _)| overlaps.best(*index).map(|found| &drafts[found].front.title);
    let right = articles.filter(|it| is_titled(it).is_some_and(|title| it.1.accepts(title))).count();
    ratio(right, page.gold.articles.len())
}

fn order(page: &GoldPage, partition: &Partition) -> f64 {
    let mut rank = vec![usize::MAX; partition.lines.len()];
    partition.reading_order.iter().enumerate().for_each(|(place, &at)| rank[at] = place);
    let article = |at: usize| partition.lines[at].article;
    let pairs = page.gold.articles.iter().flat_map(|gold| gold.body.windows(2));
    let pairs: Vec<(usize, usize)> =
        pairs.filter_map(|pair| Some((page.line(pair[0])?, page.line(pair[1])?))).collect();
    let is_right = |&&(one, other): &&(usize, usize)| {
        article(one) == article(other) && article(one).is_some() && rank[one] < rank[other]
    };
    ratio(pairs.iter().filter(is_right).count(), pairs.len())
}

fn joins(page: &GoldPage, partition: &Partition) -> f64 {
    // by line: the one that follows it in its article
    let (mut next, mut last) = (BTreeMap::new(), BTreeMap::new());
    for &at in &partition.reading_order {
        let line = &partition.lines[at];
        if let (Role::Body | Role::Subhead, Some(article), None) = (line.role, line.article, line.duplicate_of)
            && let Some(before) = last.insert(article, at)
        {
            next.insert(before, at);
        }
    }
    let joined = page.joins().filter(|(before, after)| next.get(before) == Some(after)).count();
    ratio(joined, page.joins().count())
}

/// A share; all of nothing is 1.
fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}
