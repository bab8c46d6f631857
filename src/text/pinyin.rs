//! Pinyin: Chinese characters in the letters by which they are sorted, typed and named in an address, without tones.
//!
//! Readings are those of the Unihan tables, the most usual one of each character. A family name that is read otherwise than the
//! same character elsewhere has its own reading at the beginning of a person's name (`单` dan, but `单望舒` Shan).

use pinyin::ToPinyin;

/// Family names whose reading is not the usual one of the character.
const SURNAMES: &[(&str, &str)] = &[
    ("单", "shan"),
    ("曾", "zeng"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("区", "ou"),
    ("查", "zha"),
    ("任", "ren"),
    ("朴", "piao"),
    ("盖", "ge"),
    ("乐", "yue"),
    ("缪", "miao"),
    ("翟", "zhai"),
    ("尉迟", "yu chi"),
    ("长孙", "zhang sun"),
    ("万俟", "mo qi"),
    ("澹台", "tan tai"),
    ("宿", "su"),
    ("种", "chong"),
    ("秘", "bi"),
    ("逄", "pang"),
    ("郗", "xi"),
    ("繁", "po"),
    ("员", "yun"),
    ("华", "hua"),
    ("召", "shao"),
    ("洗", "xian"),
];

/// The syllables of a text: one for each character that has a reading, and one for each run of ASCII letters and digits, in small
/// letters. `ü` is `v`, as it is typed. Everything else parts runs and is left out.
pub(crate) fn syllables(text: &str) -> Vec<String> {
    let mut syllables: Vec<String> = Vec::new();
    let mut in_run = false;
    for c in text.chars() {
        match c.to_pinyin() {
            Some(reading) => syllables.push(reading.plain().replace('ü', "v")),
            None if c.is_ascii_alphanumeric() => match syllables.last_mut().filter(|_| in_run) {
                Some(run) => run.push(c.to_ascii_lowercase()),
                None => syllables.push(c.to_ascii_lowercase().to_string()),
            },
            None => {}
        }
        in_run = c.is_ascii_alphanumeric();
    }
    syllables
}

/// [`syllables`] of a person's name, with the reading of its family name.
pub(crate) fn syllables_of_person(name: &str) -> Vec<String> {
    let surname =
        SURNAMES.iter().filter(|(surname, _)| name.starts_with(surname)).max_by_key(|(surname, _)| surname.len());
    match surname {
        Some((surname, reading)) => {
            reading.split(' ').map(str::to_owned).chain(syllables(&name[surname.len()..])).collect()
        }
        None => syllables(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_have_their_usual_reading_and_letters_stay() {
        assert_eq!(syllables("产改").join(" "), "chan gai");
        assert_eq!(syllables("《江边晚报》C919 女工").join(" "), "jiang bian wan bao c919 nv gong");
        assert_eq!(syllables("…·"), Vec::<String>::new());
    }

    #[test]
    fn a_family_name_has_its_own_reading() {
        assert_eq!(syllables_of_person("单望舒").join(" "), "shan wang shu");
        assert_eq!(syllables_of_person("长孙一").join(" "), "zhang sun yi");
        assert_eq!(syllables_of_person("岑望舒").join(" "), "cen wang shu");
        assert_eq!(syllables("单位").join(" "), "dan wei");
    }

    proptest! {
        #[test]
        fn syllables_are_small_ascii_letters_and_digits(text in "\\PC{0,20}") {
            for syllable in syllables(&text).into_iter().chain(syllables_of_person(&text)) {
                prop_assert!(!syllable.is_empty());
                prop_assert!(syllable.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{}", syllable);
            }
        }
    }
}
