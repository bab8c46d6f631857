//! Addresses of links and pictures that may be written: none that a browser would run.

/// Schemes that lead somewhere and run nothing.
pub(crate) const SCHEMES: [&str; 9] = ["http", "https", "mailto", "tel", "sms", "ftp", "ftps", "geo", "data"];

/// Pictures that hold nothing but pixels.
const DATA_PICTURES: [&str; 5] = ["png", "jpeg", "gif", "webp", "avif"];

/// Whether an address may be written as that of a link, or of a picture.
///
/// Browsers ignore white space and control characters in a scheme, so these are left out before it is looked at. What has no
/// scheme is relative, and so is what a browser takes for none: `第3版:要闻`.
pub(crate) fn is_safe(address: &str, is_picture: bool) -> bool {
    let address: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let Some((scheme, rest)) = address.split_once(':') else { return true };
    if !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) {
        return true;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "data" => is_picture && is_data_picture(rest),
        scheme => SCHEMES.contains(&scheme),
    }
}

fn is_data_picture(data: &str) -> bool {
    let media_type = data.split([';', ',']).next().unwrap_or_default().to_ascii_lowercase();
    media_type.strip_prefix("image/").is_some_and(|kind| DATA_PICTURES.contains(&kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_runs_is_not_safe_however_it_is_written() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript\u{1}:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>alert(1)</script>",
            "data:image/svg+xml,<svg onload=alert(1)>",
            "data:image/png",
            "file:///etc/passwd",
            "blob:x",
        ] {
            assert!(!is_safe(address, false), "{address:?}");
        }
        assert!(!is_safe("data:image/svg+xml;base64,x", true) && is_safe("data:image/PNG;base64,x", true));
    }

    #[test]
    fn an_address_that_leads_somewhere_is_safe() {
        for address in [
            "",
            "a.md#s1",
            "/x/",
            "//x.cn/",
            "https://x.cn/?a=javascript:1",
            "mailto:a@b.cn",
            "第3版:要闻.md",
            "./a:b",
            "#p3",
        ] {
            assert!(is_safe(address, false), "{address}");
        }
    }
}
