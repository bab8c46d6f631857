//! Languages of the interface and their BCP 47 tags.

use serde::Serialize;

/// A language of the interface, with its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Lang {
    /// Chinese in simplified characters: `zh-Hans`
    #[default]
    ZhHans,
    /// Chinese in traditional characters: `zh-Hant`
    ZhHant,
    /// English: `en`
    En,
}

/// Every language, in the order of the columns of the message table.
pub(crate) const LANGS: [Lang; 3] = [Lang::ZhHans, Lang::ZhHant, Lang::En];

impl Lang {
    /// The tag, as in a `lang` attribute.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Lang::ZhHans => "zh-Hans",
            Lang::ZhHant => "zh-Hant",
            Lang::En => "en",
        }
    }

    /// The language with exactly this tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        LANGS.into_iter().find(|lang| lang.tag() == tag)
    }

    pub(crate) fn is_chinese(self) -> bool {
        self != Lang::En
    }

    /// The language that an unknown tag probably means: one with a region, a script alone, in other case.
    pub(crate) fn suggested_for(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let parts: Vec<&str> = tag.split('-').collect();
        let has = |names: &[&str]| parts.iter().any(|part| names.contains(part));
        match *parts.first()? {
            "en" => Some(Lang::En),
            "zh" | "cmn" | "hant" if has(&["hant", "tw", "hk", "mo"]) => Some(Lang::ZhHant),
            "zh" | "cmn" | "hans" if parts.len() == 1 || has(&["hans", "cn", "sg"]) => Some(Lang::ZhHans),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_exact_tag() {
        for lang in LANGS {
            assert_eq!(Lang::of_tag(lang.tag()), Some(lang));
        }
        assert_eq!(Lang::of_tag("zh-CN"), None);
    }

    #[test]
    fn a_similar_tag_suggests_a_language() {
        let cases = [("zh", Lang::ZhHans), ("zh_CN", Lang::ZhHans), ("zh-TW", Lang::ZhHant), ("EN-us", Lang::En)];
        for (tag, lang) in cases {
            assert_eq!(Lang::suggested_for(tag), Some(lang), "{tag}");
        }
        assert_eq!((Lang::suggested_for("fr"), Lang::suggested_for("zh-Hent")), (None, None));
    }
}
