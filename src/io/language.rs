//! The language of what the program says: `WENZHAI_LANG`, else `lang` of the site's settings, else the locale of the terminal.

use crate::io::fs::file;
use crate::text::lang::Lang;
use std::env;
use std::path::Path;

/// The language for somebody who works on the site whose settings are in this file, which need not be there. A file with mistakes
/// is asked all the same, since they are reported in its language.
pub(crate) fn preferred(settings: &Path) -> Lang {
    let named = env::var("WENZHAI_LANG").ok();
    let site = || {
        let (folder, name) = (settings.parent()?, settings.file_name()?);
        file::read(folder, &name.to_string_lossy()).ok().map(|bytes| of_settings(&String::from_utf8_lossy(&bytes)))
    };
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| env::var(name).ok().filter(|it| !it.is_empty()))
    };
    named
        .and_then(|tag| Lang::of_tag(&tag).or_else(|| Lang::suggested_for(&tag)))
        .or_else(site)
        .or_else(|| locale().and_then(|locale| of_locale(&locale)))
        .unwrap_or(Lang::En)
}

/// The language that settings name, by the line that says so; the default of settings where there is none.
fn of_settings(text: &str) -> Lang {
    let value = text.lines().find_map(|line| line.trim().strip_prefix("lang")?.trim_start().strip_prefix('='));
    let tag = value.and_then(|value| value.trim().split(['"', '\'']).nth(1)).unwrap_or_default();
    Lang::of_tag(tag).or_else(|| Lang::suggested_for(tag)).unwrap_or_default()
}

/// `zh_TW.UTF-8` → traditional characters; none where the locale is `C`.
fn of_locale(locale: &str) -> Option<Lang> {
    Lang::suggested_for(locale.split(['.', '@']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_with_mistakes_still_have_a_language() {
        assert_eq!(of_settings("title = \"x\nlang = \"en\" # English\n"), Lang::En);
        assert_eq!(of_settings("  lang='zh-Hant'"), Lang::ZhHant);
        assert_eq!(of_settings("language = \"en\"\ntitle = 1"), Lang::ZhHans);
        assert_eq!(of_settings("lang = \"zh-TW\""), Lang::ZhHant);
    }

    #[test]
    fn a_locale_names_a_language() {
        let found = ["zh_CN.UTF-8", "zh_HK", "en_US.UTF-8", "C.UTF-8", "de_DE"].map(of_locale);
        assert_eq!(found, [Some(Lang::ZhHans), Some(Lang::ZhHant), Some(Lang::En), None, None]);
    }
}
