//! The values of a JSON file, within bounds.

use crate::diagnostics::error::library_reason;
use crate::import::input::printed::block_text::text_of_html;
use crate::import::input::printed::reason::Unreadable;
use crate::import::page::printed_page::Rect;
use crate::message;
use serde_json::Value;

/// Memory that the values of a file may take, at most.
const MAX_MEMORY: usize = 300 << 20;
/// Memory of an object with one field, of an array, and of any value, at most.
const OBJECT: usize = 700;
const ARRAY: usize = 160;
const VALUE: usize = 64;
/// Numbers beyond that are no coordinates.
const MAX_COORDINATE: f64 = 1e7;

/// Parses a file.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let memory = |byte: &u8| match byte {
        b'{' => OBJECT,
        b'[' => ARRAY,
        b',' => VALUE,
        _ => 0,
    };
    if bytes.iter().map(memory).sum::<usize>() > MAX_MEMORY {
        return Err(Unreadable::too_large(message!("the file has more values than the pages of an issue")));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        Unreadable::damaged(message!("the file is no JSON: {reason}", reason = library_reason(&error)))
    })
}

/// The elements of an array; none for any other value.
pub(crate) fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A string of a field; empty where there is none.
pub(crate) fn string<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// A number of a field.
pub(crate) fn number(value: &Value, field: &str) -> Option<f32> {
    coordinate(value.get(field)?)
}

/// A whole number of a field that is not negative.
pub(crate) fn index(value: &Value, field: &str) -> Option<usize> {
    value.get(field)?.as_u64().and_then(|index| index.try_into().ok())
}

/// A confidence of 0 to 1.
pub(crate) fn confidence(value: Option<&Value>) -> Option<f32> {
    coordinate(value?).filter(|value| (0.0..=1.0).contains(value))
}

/// A box `[x0, y0, x1, y1]`, or a polygon `[[x, y], …]` or `[x, y, x, y, …]`, in the file's units.
pub(crate) fn rect(value: &Value) -> Option<Rect> {
    let values = value.as_array()?;
    let numbers: Vec<f32> = match values.first()? {
        Value::Array(_) => values.iter().filter_map(Value::as_array).flatten().filter_map(coordinate).collect(),
        _ => values.iter().filter_map(coordinate).collect(),
    };
    let points = numbers.chunks_exact(2).map(|point| Rect::between(point[0], point[1], point[0], point[1]));
    (numbers.len() >= 4).then(|| points.reduce(|all, point| all.union(&point))).flatten()
}

/// All strings that a value holds, in its order: a string, or what a list or nested objects hold under `content`. A table in HTML is
/// its cells.
pub(crate) fn text_within(value: &Value) -> String {
    let mut out = String::new();
    collect_text(value, &mut out);
    out
}

fn collect_text(value: &Value, out: &mut String) {
    match value {
        Value::String(text) if text.trim_start().starts_with('<') && text.contains("</") => {
            out.push_str(&text_of_html(text));
        }
        Value::String(text) => out.push_str(text),
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                if at > 0 && value.is_string() {
                    out.push('\n');
                }
                collect_text(value, out);
            }
        }
        Value::Object(fields) => {
            let is_text = |name: &str| name == "text" || name.contains("content") || name.ends_with("_items");
            fields.iter().filter(|(name, _)| is_text(name)).for_each(|(_, value)| collect_text(value, out));
        }
        _ => {}
    }
}

fn coordinate(value: &Value) -> Option<f32> {
    value.as_f64().filter(|value| value.abs() <= MAX_COORDINATE).map(|value| value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn boxes_and_polygons_are_rectangles() {
        let expected = Some(Rect::between(1.0, 2.0, 5.0, 8.0));
        for value in [
            json!([1, 2, 5, 8]),
            json!([5, 8, 1, 2.0]),
            json!([[1, 2], [5, 2], [5, 8], [1, 8]]),
            json!([1, 2, 5, 2, 5, 8, 1, 8]),
        ] {
            assert_eq!(rect(&value), expected, "{value}");
        }
        for value in [json!([1, 2]), json!("x"), json!([]), json!([1e30, 2, 3, 4]), json!(null)] {
            assert_eq!(rect(&value), None, "{value}");
        }
    }

    #[test]
    fn more_values_than_pages_have_are_an_error() {
        assert!(parse(format!("[{}0]", "{\"\":0},".repeat(1_000_000)).as_bytes()).is_err());
        assert!(parse("[".repeat(1_000_000).as_bytes()).is_err());
    }
}
