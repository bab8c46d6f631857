//! Record shredding (Dremel): nested values become columns of plain values, each with the levels from which the nesting can be made again.

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::ByteArray;
use parquet::errors::Result as ParquetResult;
use parquet::schema::types::{GroupTypeBuilder, Type};
use serde_json::Value;
use std::sync::Arc;

/// The shape of a value. Every value may be null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Number,
    Truth,
    /// days since 1970, given as text: 2025-03-18
    Day,
    List(Box<Shape>),
    Group(Vec<(&'static str, Shape)>),
}

/// The values of a column; nulls have levels alone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i64>),
    Truths(Vec<bool>),
    Days(Vec<i32>),
}

/// A column with its levels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) values: Values,
    /// how many of the parts above each value are there
    pub(crate) definition: Vec<i16>,
    /// which list each value goes on; 0 begins a row
    pub(crate) repetition: Vec<i16>,
}

impl Shape {
    /// The type of a column of this shape.
    pub(crate) fn parquet_type(&self, name: &str) -> ParquetResult<Arc<Type>> {
        let plain = |physical| Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        let built = match self {
            Self::Text => plain(PhysicalType::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)).build(),
            Self::Number => plain(PhysicalType::INT64).build(),
            Self::Truth => plain(PhysicalType::BOOLEAN).build(),
            Self::Day => plain(PhysicalType::INT32).with_logical_type(Some(LogicalType::Date)).build(),
            Self::List(of) => {
                let element = of.parquet_type("element")?;
                let list = group("list", vec![element]).with_repetition(Repetition::REPEATED).build()?;
                let outer = group(name, vec![Arc::new(list)]);
                outer.with_logical_type(Some(LogicalType::List)).with_converted_type(ConvertedType::LIST).build()
            }
            Self::Group(parts) => {
                let fields = parts.iter().map(|(name, part)| part.parquet_type(name)).collect::<ParquetResult<_>>()?;
                group(name, fields).build()
            }
        };
        built.map(Arc::new)
    }

    /// Empty columns for values of this shape.
    pub(crate) fn columns(&self) -> Vec<Column> {
        let values = match self {
            Self::Text => Values::Texts(Vec::new()),
            Self::Number => Values::Numbers(Vec::new()),
            Self::Truth => Values::Truths(Vec::new()),
            Self::Day => Values::Days(Vec::new()),
            Self::List(of) => return of.columns(),
            Self::Group(parts) => return parts.iter().flat_map(|(_, part)| part.columns()).collect(),
        };
        vec![Column { values, definition: Vec::new(), repetition: Vec::new() }]
    }

    /// The number of columns for values of this shape.
    fn width(&self) -> usize {
        match self {
            Self::List(of) => of.width(),
            Self::Group(parts) => parts.iter().map(|(_, part)| part.width()).sum(),
            _ => 1,
        }
    }

    /// Adds a value to its columns; one of another type counts as null. `depth` is how many lists it is in.
    pub(crate) fn shred(&self, value: &Value, at: Levels, depth: i16, columns: &mut [Column]) {
        match (self, value) {
            (Self::Group(parts), Value::Object(values)) => {
                let mut rest = columns;
                for (name, part) in parts {
                    let (own, others) = rest.split_at_mut(part.width());
                    part.shred(values.get(*name).unwrap_or(&Value::Null), at.defined(1), depth, own);
                    rest = others;
                }
            }
            (Self::List(of), Value::Array(values)) => {
                if values.is_empty() {
                    of.shred(&Value::Null, at.defined(1), depth + 1, columns);
                }
                for (number, value) in values.iter().enumerate() {
                    let repetition = if number == 0 { at.repetition } else { depth + 1 };
                    of.shred(value, Levels { repetition, ..at.defined(2) }, depth + 1, columns);
                }
            }
            (Self::Group(_) | Self::List(_), _) => columns.iter_mut().for_each(|column| column.push_level(at)),
            (_, value) => columns.iter_mut().for_each(|column| column.push(value, at)),
        }
    }
}

fn group(name: &str, fields: Vec<Arc<Type>>) -> GroupTypeBuilder<'_> {
    Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL).with_fields(fields)
}

/// The levels of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    definition: i16,
    repetition: i16,
}

impl Levels {
    fn defined(self, more: i16) -> Self {
        Self { definition: self.definition + more, ..self }
    }
}

impl Column {
    fn push_level(&mut self, at: Levels) {
        self.definition.push(at.definition);
        self.repetition.push(at.repetition);
    }

    fn push(&mut self, value: &Value, at: Levels) {
        let is_there = match &mut self.values {
            Values::Texts(texts) => value.as_str().map(|text| texts.push(text.into())).is_some(),
            Values::Numbers(numbers) => value.as_i64().map(|number| numbers.push(number)).is_some(),
            Values::Truths(truths) => value.as_bool().map(|truth| truths.push(truth)).is_some(),
            Values::Days(days) => value.as_str().and_then(days_since_1970).map(|day| days.push(day)).is_some(),
        };
        self.push_level(if is_there { at.defined(1) } else { at });
    }
}

fn days_since_1970(day: &str) -> Option<i32> {
    let day: jiff::civil::Date = day.parse().ok()?;
    Some((day - jiff::civil::date(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_of_groups_have_the_levels_of_the_dremel_paper() {
        let shape = Shape::Group(vec![
            ("n", Shape::Number),
            ("more", Shape::List(Box::new(Shape::Group(vec![("page", Shape::Text)])))),
        ]);
        let mut columns = shape.columns();
        let rows = [
            json!({"n": 1, "more": [{"page": "a"}, {"page": null}, {"page": "b"}]}),
            json!({"more": []}),
            json!({"n": 2}),
            json!(null),
        ];
        rows.iter().for_each(|row| shape.shred(row, Levels::default(), 0, &mut columns));
        assert_eq!(columns[0].values, Values::Numbers(vec![1, 2]));
        assert_eq!((&columns[0].definition[..], &columns[0].repetition[..]), (&[2, 1, 2, 0][..], &[0, 0, 0, 0][..]));
        assert_eq!(columns[1].values, Values::Texts(vec!["a".into(), "b".into()]));
        assert_eq!(columns[1].definition, [5, 4, 5, 2, 1, 0]);
        assert_eq!(columns[1].repetition, [0, 1, 1, 0, 0, 0]);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!((days_since_1970("1970-01-02"), days_since_1970("2025-03-18")), (Some(1), Some(20_165)));
        assert_eq!(days_since_1970("soon"), None);
    }
}
