//! Decides whether an address is asked.

use crate::config::check::CheckRules;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Domains that lead nowhere outside of a private network (RFC 6761, 6762, 8375, and by common use).
const PRIVATE_DOMAINS: [&str; 5] = ["localhost", "local", "internal", "lan", "home.arpa"];

/// What becomes of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Ask(Url),
    /// of this site, or of a host that the settings leave out
    LeftOut,
    /// of this machine or a private network
    Private,
    /// no address of the web
    Invalid,
}

/// What becomes of an address that a text links to.
pub(crate) fn target_of(address: &str, base_url: &str, rules: &CheckRules) -> Target {
    let Some(url) = url_of(address) else { return Target::Invalid };
    if !base_url.is_empty() && format!("{url}/").starts_with(base_url) {
        return Target::LeftOut;
    }
    target_of_url(url, rules)
}

/// What becomes of an address, be it one that another redirects to.
pub(crate) fn target_of_url(url: Url, rules: &CheckRules) -> Target {
    let host = url.host_str().unwrap_or_default();
    if rules.skips_host(host) {
        Target::LeftOut
    } else if url.host().is_some_and(|host| is_private_host(&host)) && !rules.is_reachable(host) {
        Target::Private
    } else {
        Target::Ask(url)
    }
}

/// An address of the web as it is asked: without its fragment, which no server sees, and without the name of a user.
pub(crate) fn url_of(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    askable(url)
}

/// As [`url_of`], of an address that is relative to another one.
pub(crate) fn joined(base: &Url, location: &str) -> Option<Url> {
    askable(base.join(location).ok()?)
}

fn askable(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

fn is_private_host(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => is_private_ip(IpAddr::V4(*ip)),
        Host::Ipv6(ip) => is_private_ip(IpAddr::V6(*ip)),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let is_below =
                |domain: &&str| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            !name.contains('.') || PRIVATE_DOMAINS.iter().any(is_below)
        }
    }
}

/// Whether an address of the net is one of this machine, or of a network that is not the public one.
pub(crate) fn is_private_ip(ip: IpAddr) -> bool {
    let is_private_v4 = |ip: Ipv4Addr| {
        let is_shared = matches!(ip.octets(), [100, 64..=127, ..]);
        ip.is_loopback()
            || ip.is_private()
            || ip.is_link_local()
            || ip.is_unspecified()
            || ip.is_broadcast()
            || is_shared
    };
    let is_private_v6 =
        |ip: Ipv6Addr| ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local();
    match ip {
        IpAddr::V4(ip) => is_private_v4(ip),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| is_private_v6(ip), is_private_v4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::parse;
    use crate::diagnostics::source::Source;

    fn rules(text: &str) -> CheckRules {
        parse(&Source::new("site.toml", format!("[check]\n{text}"))).unwrap().check
    }

    fn target(address: &str) -> Target {
        let rules = rules("skip_hosts = ['left.example']\nprivate_hosts = ['wiki.lan', '10.1.2.3']");
        target_of(address, "https://digest.example/site/", &rules)
    }

    #[test]
    fn an_address_is_asked_as_a_browser_would_ask_it() {
        let asked = |address| match target(address) {
            Target::Ask(url) => url.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(asked("HTTPS://甲.example/页?q=工#s1"), "https://xn--tny.example/%E9%A1%B5?q=%E5%B7%A5");
        assert_eq!(asked("http://user:secret@a.example"), "http://a.example/");
        assert_eq!(asked("http://8.8.8.8:80/x"), "http://8.8.8.8/x");
        for invalid in ["http://", "https://a b.example/", "http:// /", "ftp://a.example/", "https://a.example:99999/"]
        {
            assert_eq!(target(invalid), Target::Invalid, "{invalid}");
        }
    }

    #[test]
    fn this_site_and_hosts_that_are_left_out_are_not_asked() {
        for address in [
            "https://digest.example/site/a/",
            "https://digest.example/site",
            "http://left.example/",
            "https://www.left.example/x",
        ] {
            assert_eq!(target(address), Target::LeftOut, "{address}");
        }
        assert!(matches!(target("https://digest.example/other/"), Target::Ask(_)));
    }

    #[test]
    fn addresses_of_private_networks_are_not_asked_unless_readers_reach_them() {
        for address in [
            "http://localhost:4000/",
            "http://site.localhost/",
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://192.168.1.9/",
            "http://10.1.2.4/",
            "http://172.16.0.1/",
            "http://169.254.169.254/latest/",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://intranet/",
            "http://printer.local./",
            "http://other.lan/",
        ] {
            assert_eq!(target(address), Target::Private, "{address}");
        }
        for address in [
            "http://wiki.lan/",
            "http://10.1.2.3/",
            "http://100.128.0.1/",
            "http://lan.example/",
            "http://[2001:4860::1]/",
        ] {
            assert!(matches!(target(address), Target::Ask(_)), "{address}");
        }
    }
}
