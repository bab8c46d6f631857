//! The key of a page: a digest of all that decides on its bytes.
//!
//! A page is its template and its view, and nothing else: rendering knows no clock, no file and no chance. So the key is made
//! of the template with all that it builds on, and of the view itself; a field that is added to a view is in the key from
//! then on. Three things would make views dear, and digests stand for them: cards ([`crate::render::drawer`]); the bodies of
//! articles, in whose place [`Bodies`](crate::site::body::Bodies) gives the digest of the file that they stand in; and what
//! says the same of an article in many forms ([`crate::render::twins::told`]).
//!
//! Where two pages' keys are equal, their bytes are.

use crate::base::digest::Digest;
use tera::Value;

/// What decides on a page's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub digest: Digest,
    /// the articles whose texts it was made from, in ascending order: while all others change nothing but their texts, the
    /// digest holds
    pub seen: Box<[u32]>,
}

impl Key {
    /// Of what reads no article.
    pub fn alone(digest: Digest) -> Self {
        Self { digest, seen: Box::default() }
    }
}

/// The digest of a template's value; the fields of a map count in the order of their names.
pub fn digest(value: &Value) -> Digest {
    let mut bytes = Vec::new();
    write(value, &mut bytes);
    Digest::of_bytes(&bytes)
}

/// A form that no other value has: each kind with its mark, each text with its length.
fn write(value: &Value, out: &mut Vec<u8>) {
    if let Some(text) = value.as_str() {
        write_text(b't', text, out);
    } else if let Some(map) = value.as_map() {
        let mut fields: Vec<_> = map.iter().collect();
        fields.sort_by(|a, b| a.0.cmp(b.0));
        write_size(b'{', fields.len(), out);
        for (name, value) in fields {
            write_text(b'n', &name.to_string(), out);
            write(value, out);
        }
    } else if let Some(list) = value.as_array() {
        write_size(b'[', list.len(), out);
        list.iter().for_each(|value| write(value, out));
    } else if let Some(number) = value.as_u128() {
        out.push(b'u');
        out.extend(number.to_le_bytes());
    } else {
        // other numbers, truth values and nothing: what they say is what they are
        write_text(b'v', &format!("{:?} {value}", value.kind()), out);
    }
}

fn write_text(mark: u8, text: &str, out: &mut Vec<u8>) {
    write_size(mark, text.len(), out);
    out.extend(text.as_bytes());
}

fn write_size(mark: u8, size: usize, out: &mut Vec<u8>) {
    out.push(mark);
    out.extend((size as u64).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn another_value_has_another_digest_and_the_same_has_the_same() {
        let values = [
            json!(null),
            json!(0),
            json!("0"),
            json!(false),
            json!([]),
            json!({}),
            json!(["a", "b"]),
            json!(["ab"]),
            json!([["a"], "b"]),
            json!({"a": "b"}),
            json!({"a": null}),
            json!({"ab": ""}),
            json!(""),
            json!(1.5),
        ];
        let digests: std::collections::BTreeSet<Digest> =
            values.iter().map(|value| digest(&Value::from_serializable(value))).collect();
        assert_eq!(digests.len(), values.len());
        let view = |first: &str| Value::from_serializable(&json!({first: 1, "m": [1, 2], "z": {"b": 1, "a": 2}}));
        assert_eq!(digest(&view("k")), digest(&view("k")));
        assert_ne!(digest(&view("k")), digest(&view("l")));
    }
}
