//! Pinyin: Chinese characters in the letters by which they are sorted, typed and named in an address, without tones.
//!
//! Readings are those of the Unihan tables, one of each character, but for words in which it is read otherwise (`重庆` chong qing). A
//! family name that is read otherwise than the same character elsewhere has its own reading at the beginning of a person's name (`单` dan, but
//! `单望舒` Shan).

use pinyin::ToPinyin;

/// Family names whose reading is not the usual one of the character.
const SURNAMES: &[(&str, &str)] = &[
    ("单", "shan"),
    ("曾", "zeng"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("区", "ou"),
    ("查", "zha"),
    ("朴", "piao"),
    ("盖", "ge"),
    ("乐", "yue"),
    ("缪", "miao"),
    ("翟", "zhai"),
    ("卜", "bu"),
    ("覃", "qin"),
    ("种", "chong"),
    ("秘", "bi"),
    ("繁", "po"),
    ("员", "yun"),
    ("召", "shao"),
    ("洗", "xian"),
    ("尉迟", "yu chi"),
    ("万俟", "mo qi"),
    ("澹台", "tan tai"),
    ("单于", "chan yu"),
];

/// Words in which a character is read otherwise than most often.
const WORDS: &[(&str, &str)] = &[
    ("长江", "chang jiang"),
    ("长沙", "chang sha"),
    ("长春", "chang chun"),
    ("长安", "chang an"),
    ("长治", "chang zhi"),
    ("长三角", "chang san jiao"),
    ("长城", "chang cheng"),
    ("长期", "chang qi"),
    ("长征", "chang zheng"),
    ("长白", "chang bai"),
    ("长乐", "chang le"),
    ("长效", "chang xiao"),
    ("长短", "chang duan"),
    ("特长", "te chang"),
    ("专长", "zhuan chang"),
    ("延长", "yan chang"),
    ("重庆", "chong qing"),
    ("重阳", "chong yang"),
    ("重新", "chong xin"),
    ("双重", "shuang chong"),
    ("厦门", "xia men"),
    ("西藏", "xi zang"),
    ("六安", "lu an"),
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("行家", "hang jia"),
    ("同行", "tong hang"),
    ("各行", "ge hang"),
    ("三百六十行", "san bai liu shi hang"),
    ("成都", "cheng du"),
    ("首都", "shou du"),
    ("都市", "du shi"),
    ("都会", "du hui"),
    ("音乐", "yin yue"),
    ("乐章", "yue zhang"),
    ("会计", "kuai ji"),
    ("参差", "cen ci"),
    ("便宜", "pian yi"),
    ("率先", "shuai xian"),
    ("传记", "zhuan ji"),
    ("自传", "zi zhuan"),
    ("角色", "jue se"),
];

/// The syllables of a text: one for each character that has a reading, and one for each run of ASCII letters and digits, in small
/// letters. `ü` is `v`, as it is typed. Everything else parts runs and is left out.
pub(crate) fn syllables(text: &str) -> Vec<String> {
    let mut syllables: Vec<String> = Vec::new();
    let (mut rest, mut in_run) = (text, false);
    while let Some(c) = rest.chars().next() {
        if let Some((word, reading)) = WORDS.iter().find(|(word, _)| rest.starts_with(word)) {
            syllables.extend(reading.split(' ').map(str::to_owned));
            (rest, in_run) = (&rest[word.len()..], false);
            continue;
        }
        match c.to_pinyin() {
            Some(reading) => syllables.push(reading.plain().replace('ü', "v")),
            None if c.is_ascii_alphanumeric() => match syllables.last_mut().filter(|_| in_run) {
                Some(run) => run.push(c.to_ascii_lowercase()),
                None => syllables.push(c.to_ascii_lowercase().to_string()),
            },
            None => {}
        }
        (rest, in_run) = (&rest[c.len_utf8()..], c.is_ascii_alphanumeric());
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
        assert_eq!(syllables("重庆长三角行业报").join(" "), "chong qing chang san jiao hang ye bao");
    }

    #[test]
    fn every_exception_differs_from_the_usual_reading() {
        for (word, reading) in SURNAMES.iter().chain(WORDS) {
            let usual: Vec<&str> = word.chars().map(|c| c.to_pinyin().unwrap().plain()).collect();
            assert_ne!(usual.join(" "), *reading, "{word}");
        }
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
