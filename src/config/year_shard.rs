//! Shards of a site: the articles of a year, or those without a date. `[content] shards = "years"` in site.toml.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt::{Display, Formatter, Result as FmtResult};
use std::str::FromStr;

/// How a site is divided into shards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sharding {
    /// a shard for each year
    Years,
}

/// The articles of a site that are built together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum YearShard {
    /// those without a date
    Undated,
    /// those of a year
    Year(i16),
}

/// The shard of articles without a date, as it is written.
const UNDATED: &str = "undated";

impl YearShard {
    /// The shard of an article of this day.
    pub(crate) fn of(date: Option<Date>) -> Self {
        date.map_or(Self::Undated, |date| Self::Year(date.year()))
    }
}

impl Display for YearShard {
    fn fmt(&self, f: &mut Formatter<'_>) -> FmtResult {
        match self {
            Self::Undated => f.write_str(UNDATED),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for YearShard {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            UNDATED => Ok(Self::Undated),
            year => year.parse().ok().filter(|year| (1..=9999).contains(year)).map(Self::Year).ok_or(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_shard_is_a_year_or_undated() {
        for (text, shard) in
            [("2024", YearShard::Year(2024)), ("0987", YearShard::Year(987)), ("undated", YearShard::Undated)]
        {
            assert_eq!((text.parse(), shard.to_string().as_str()), (Ok(shard), text));
        }
        for text in ["", "0", "-3", "24000", "all"] {
            assert_eq!(text.parse::<YearShard>(), Err(()), "{text}");
        }
        assert_eq!(YearShard::of(Some(date(2024, 3, 18))), YearShard::Year(2024));
        assert_eq!(YearShard::of(None), YearShard::Undated);
    }
}
