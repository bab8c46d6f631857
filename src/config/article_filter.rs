//! `[content.where]` of site.toml: which articles a site is made of, by paper, year and theme.

use crate::config::findings::Findings;
use crate::config::year_shard::YearShard;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::closest_match;
use crate::message;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use toml::Spanned;

/// What an article has to have to be on the site; what is empty asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ArticleFilter {
    /// one of these papers
    papers: Vec<String>,
    /// a date in one of these years
    years: Vec<RangeInclusive<i16>>,
    /// one of these themes
    themes: Vec<String>,
    /// a place in this shard
    shard: Option<YearShard>,
}

impl ArticleFilter {
    /// The filter of a shard of the site; without one, of all.
    pub(crate) fn of_shard(&self, shard: Option<YearShard>) -> Self {
        Self { shard, ..self.clone() }
    }

    /// The shard whose articles alone pass.
    pub(crate) fn shard(&self) -> Option<YearShard> {
        self.shard
    }

    /// Whether an article of this paper, day and these themes is on the site.
    pub(crate) fn passes<'a>(
        &self,
        paper: Option<&str>,
        date: Option<Date>,
        themes: impl IntoIterator<Item = &'a str>,
    ) -> bool {
        let has_paper = self.papers.is_empty() || paper.is_some_and(|paper| self.papers.iter().any(|it| it == paper));
        has_paper
            && self.passes_year(date.map(Date::year))
            && (self.themes.is_empty() || themes.into_iter().any(|id| self.themes.iter().any(|theme| theme == id)))
    }

    /// Whether articles of a year are on the site; without one, only where no year is asked for.
    pub(crate) fn passes_year(&self, year: Option<i16>) -> bool {
        let shard = year.map_or(YearShard::Undated, YearShard::Year);
        self.shard.is_none_or(|own| own == shard)
            && (self.years.is_empty() || year.is_some_and(|year| self.years.iter().any(|span| span.contains(&year))))
    }
}

/// A value, or a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        match self {
            Self::One(value) => std::slice::from_ref(value).iter(),
            Self::Many(values) => values.iter(),
        }
    }
}

/// A year, or a span of years as text: `"2019-2024"`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Years {
    Year(i16),
    Span(String),
}

impl Years {
    /// From the first to the last; none where the text is no span.
    fn span(&self) -> Option<RangeInclusive<i16>> {
        let span = match self {
            Self::Year(year) => *year..=*year,
            Self::Span(text) => {
                let (first, last) = text.split_once('-').unwrap_or((text, text));
                first.trim().parse().ok()?..=last.trim().parse().ok()?
            }
        };
        (!span.is_empty() && *span.start() > 0).then_some(span)
    }
}

/// The table as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RawFilter {
    #[serde(alias = "papers")]
    paper: Option<OneOrMany<String>>,
    #[serde(alias = "year")]
    years: Option<Spanned<OneOrMany<Years>>>,
    #[serde(alias = "theme")]
    themes: Option<Spanned<OneOrMany<String>>>,
}

impl RawFilter {
    /// Adds spans that hold no year, and themes that are not among those `known`.
    pub(crate) fn validate(&self, known: &[&str], findings: &mut Findings<'_>) {
        let years = self.years.iter().flat_map(|listed| listed.get_ref().iter().map(|it| (listed.span(), it)));
        for (span, _) in years.filter(|(_, years)| years.span().is_none()) {
            let hint = message!("write years as 2024, [2021, 2024] or \"2019-2024\"");
            findings.add(Code::BadFilter, message!("this holds no year"), span, hint);
        }
        let themes = self.themes.iter().flat_map(|listed| listed.get_ref().iter().map(|it| (listed.span(), it)));
        for (span, id) in themes.filter(|(_, id)| !known.contains(&id.as_str())) {
            let hint = match closest_match(id, known.iter().copied()) {
                Some(meant) => message!("did you mean {meant}?", meant),
                None => message!("defined are: {known}", known = known.join(", ")),
            };
            findings.add(Code::UnknownTheme, message!("site.toml defines no theme {id}", id), span, hint);
        }
    }

    /// The filter; it has to be valid.
    pub(crate) fn resolve(self) -> ArticleFilter {
        let texts =
            |listed: Option<&OneOrMany<String>>| listed.into_iter().flat_map(OneOrMany::iter).cloned().collect();
        ArticleFilter {
            papers: texts(self.paper.as_ref()),
            years: self.years.iter().flat_map(|years| years.get_ref().iter()).filter_map(Years::span).collect(),
            themes: texts(self.themes.as_ref().map(Spanned::get_ref)),
            shard: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::source::Source;
    use jiff::civil::date;

    fn filter(text: &str) -> Result<ArticleFilter, Vec<&'static str>> {
        let source = Source::new("site.toml", text);
        let raw: RawFilter = toml::from_str(text).unwrap();
        let mut findings = Findings::new(&source);
        raw.validate(&["产改", "工匠"], &mut findings);
        let found = findings.into_diagnostics();
        if found.is_empty() { Ok(raw.resolve()) } else { Err(found.iter().map(|it| it.code.name()).collect()) }
    }

    #[test]
    fn an_article_passes_where_each_part_of_the_filter_is_met() {
        let chosen = filter("paper = '示范工人报'\nyears = ['2019-2021', 2024]\nthemes = ['产改', '工匠']").unwrap();
        let passes = |paper, year, themes: &[&'static str]| {
            chosen.passes(Some(paper), Some(date(year, 3, 18)), themes.iter().copied())
        };
        assert!(passes("示范工人报", 2020, &["工匠"]) && passes("示范工人报", 2024, &["安全", "产改"]));
        assert!(!passes("别的报", 2020, &["工匠"]) && !passes("示范工人报", 2022, &["工匠"]));
        assert!(!passes("示范工人报", 2020, &[]) && !chosen.passes(None, None, []));
        assert!(filter("").unwrap().passes(None, None, []));
    }

    #[test]
    fn what_no_article_can_pass_is_a_finding() {
        assert_eq!(filter("years = '2024-2019'"), Err(vec!["bad-filter"]));
        assert_eq!(filter("years = [2019, 'last']"), Err(vec!["bad-filter"]));
        assert_eq!(filter("themes = '产该'"), Err(vec!["unknown-theme"]));
    }
}
