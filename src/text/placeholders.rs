//! Messages with placeholders: `{name}` becomes a value, `{one|many}` a plural form.

/// A message with its placeholders filled in: `{name}` becomes the value of that name, `{one|many}` the first form if `n` is 1
/// and the second otherwise. A placeholder without a value stays as it is.
pub(crate) fn fill<'a>(message: &str, values: &'a [(&str, impl AsRef<str> + 'a)]) -> String {
    let value = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref());
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((placeholder, after)) = from.split_once('}') else { break };
        filled.push_str(before);
        match (placeholder.split_once('|'), value(placeholder), value("n")) {
            (Some((one, many)), _, Some(n)) => filled.push_str(if n == "1" { one } else { many }),
            (None, Some(value), _) => filled.push_str(value),
            _ => filled.extend(["{", placeholder, "}"]),
        }
        rest = after;
    }
    filled + rest
}

/// The names of a message's placeholders in order, without its plural forms.
#[cfg(test)]
pub(crate) fn placeholders(message: &str) -> impl Iterator<Item = &str> {
    let inside = message.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name));
    inside.filter(|name| !name.contains('|'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_plural_forms_are_filled_in() {
        let n = |n: &str| fill("{n} {article|articles}", &[("n", n.to_owned())]);
        assert_eq!([n("1"), n("2")], ["1 article", "2 articles"]);
        assert_eq!(fill("{n}/{m} {a|b}", &[("m", "{n}")]), "{n}/{n} {a|b}");
        assert_eq!(fill("{", &[] as &[(&str, String)]), "{");
        assert_eq!(placeholders("{a} {b|c} {d").collect::<Vec<_>>(), ["a"]);
    }
}
