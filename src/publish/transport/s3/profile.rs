//! The profile files of the AWS command line: `~/.aws/credentials` and `~/.aws/config`.
//!
//! Sections in brackets, `key = value` below them, `#` and `;` for comments. Indented lines belong to a setting that other
//! programs read; they are skipped. (AWS CLI User Guide, "Configuration and credential file settings".)

/// One profile in the text of a profile file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Profile<'a> {
    text: &'a str,
    name: &'a str,
}

impl<'a> Profile<'a> {
    /// The profile of this name in the text of a file, `[name]` or `[profile name]`; `None` where there is none.
    pub(crate) fn find(text: &'a str, name: &'a str) -> Option<Self> {
        let profile = Self { text, name };
        text.lines().any(|line| profile.is_section_header(line)).then_some(profile)
    }

    /// The value of a setting; `None` where it is empty or missing.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        let below = self.text.lines().skip_while(|line| !self.is_section_header(line)).skip(1);
        let own = below.take_while(|line| !line.starts_with('['));
        let settings =
            own.filter(|line| !line.starts_with([' ', '\t', '#', ';'])).filter_map(|line| line.split_once('='));
        let found = settings.filter(|(name, _)| name.trim().eq_ignore_ascii_case(key)).last();
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    fn is_section_header(&self, line: &str) -> bool {
        let inside = line.trim_end().strip_prefix('[').and_then(|line| line.split_once(']')).map(|(inside, _)| inside);
        inside.is_some_and(|inside| {
            let mut words = inside.split_whitespace();
            let first = words.next();
            match words.next() {
                None => first == Some(self.name),
                Some(second) => first == Some("profile") && second == self.name,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# keys\n[default]\naws_access_key_id=AAAA\nregion =\n\n[profile oss]\nREGION = cn-hangzhou # not a comment\ns3 =\n  addressing_style = virtual\nregion = cn-beijing\r\n[other]\nregion = eu-west-1\n";

    #[test]
    fn a_setting_is_read_from_its_own_profile() {
        let get = |name, key| Profile::find(TEXT, name).and_then(|profile| profile.get(key));
        assert_eq!(get("default", "aws_access_key_id"), Some("AAAA"));
        assert_eq!(get("default", "region"), None, "an empty setting says nothing");
        assert_eq!(get("oss", "region"), Some("cn-beijing"));
        assert_eq!(get("oss", "addressing_style"), None);
        assert_eq!(get("other", "aws_access_key_id"), None);
        assert_eq!(Profile::find(TEXT, "nobody"), None);
    }
}
