//! The languages that the site's interface speaks.

/// A language and its script, as BCP 47 writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    ZhHans,
    ZhHant,
    En,
}

/// Every language, in the order of the table of words.
pub(crate) const LANGS: [Lang; 3] = [Lang::ZhHans, Lang::ZhHant, Lang::En];

impl Lang {
    /// For `lang` attributes.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Lang::ZhHans => "zh-Hans",
            Lang::ZhHant => "zh-Hant",
            Lang::En => "en",
        }
    }

    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        LANGS.into_iter().find(|lang| lang.tag() == tag)
    }

    pub(crate) fn is_chinese(self) -> bool {
        self != Lang::En
    }

    /// The language that someone meant who wrote another tag: one with a region, a script alone, other letters.
    pub(crate) fn meant_by(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let parts: Vec<&str> = tag.split('-').collect();
        let says = |names: &[&str]| parts.iter().any(|part| names.contains(part));
        match *parts.first()? {
            "en" => Some(Lang::En),
            "zh" | "cmn" | "hant" if says(&["hant", "tw", "hk", "mo"]) => Some(Lang::ZhHant),
            "zh" | "cmn" | "hans" if parts.len() == 1 || says(&["hans", "cn", "sg"]) => Some(Lang::ZhHans),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_tag_alone() {
        for lang in LANGS {
            assert_eq!(Lang::of_tag(lang.tag()), Some(lang));
        }
        assert_eq!(Lang::of_tag("zh-CN"), None);
    }

    #[test]
    fn another_tag_says_what_was_meant() {
        let cases = [("zh", Lang::ZhHans), ("zh_CN", Lang::ZhHans), ("zh-TW", Lang::ZhHant), ("EN-us", Lang::En)];
        for (tag, meant) in cases {
            assert_eq!(Lang::meant_by(tag), Some(meant), "{tag}");
        }
        assert_eq!((Lang::meant_by("fr"), Lang::meant_by("zh-Hent")), (None, None));
    }
}
