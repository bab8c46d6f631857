//! Access to the desk: for the person who started the preview, in a browser, and for no page of another site.
//!
//! 1. the start address carries a token, which becomes a cookie that no script and no other site can use (HttpOnly, SameSite=Strict)
//! 2. a request without the cookie is refused
//! 3. a browser that says that a request comes from another site, or from another origin, is refused
//! 4. what changes something is a POST with an Origin that is this server and a header that no form can send

use crate::diagnostics::message::Message;
use crate::message;
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use ring::rand::{SecureRandom, SystemRandom};

/// The header of requests that change something.
pub(crate) const CHANGE_HEADER: &str = "x-wenzhai-desk";

/// The secret of a running desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denied {
    /// it has no token, or another one
    NoToken,
    /// it comes from another site
    OtherSite,
}

impl Token {
    /// A new one that nobody can guess; none where the system gives no random numbers.
    pub(crate) fn random() -> Option<Self> {
        let mut bytes = [0_u8; 16];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// One that the user chose: letters, digits, `-` and `_`, at least eight of them.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub(crate) fn chosen(text: &str) -> Result<Self, Message> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        match is_plain && text.len() >= 8 {
            true => Ok(Self(text.to_owned())),
            false => Err(message!("it has to be eight or more letters, digits, - and _")),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares without telling by the time how much of it is right.
    pub(crate) fn is(&self, given: &str) -> bool {
        let (own, given) = (self.0.as_bytes(), given.as_bytes());
        own.len() == given.len() && own.iter().zip(given).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }

    /// The name of the cookie: cookies do not tell ports apart, and several previews may run.
    fn cookie_name(port: u16) -> String {
        format!("wenzhai_desk_{port}")
    }

    /// The value of Set-Cookie.
    pub(crate) fn cookie(&self, port: u16) -> String {
        format!("{}={}; Path=/__wenzhai/desk; HttpOnly; SameSite=Strict", Self::cookie_name(port), self.0)
    }

    /// Checks the headers of a request.
    ///
    /// # Errors
    /// Why it is refused.
    pub(crate) fn check(&self, method: &Method, headers: &HeaderMap, port: u16) -> Result<(), Denied> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // A page of another port of this machine, as the one that begins or opens a site, may lead here; it cannot read what is shown then.
        let leads_here = method == Method::GET
            && header("sec-fetch-mode") == Some("navigate")
            && header("sec-fetch-dest") == Some("document");
        let is_own_site = |site: &str| matches!(site, "same-origin" | "none") || site == "same-site" && leads_here;
        if header("sec-fetch-site").is_some_and(|site| !is_own_site(site)) {
            return Err(Denied::OtherSite);
        }
        let own_origin = header(HOST.as_str()).map(|host| format!("http://{host}"));
        let is_own = |origin: &str| own_origin.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(origin));
        let origin = header(ORIGIN.as_str());
        if origin.is_some_and(|origin| !is_own(origin)) {
            return Err(Denied::OtherSite);
        }
        let reads = method == Method::GET || method == Method::HEAD;
        if !reads && (origin.is_none() || header(CHANGE_HEADER) != Some("1")) {
            return Err(Denied::OtherSite);
        }
        let name = Self::cookie_name(port);
        let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let has_token = pairs.any(|(key, value)| key == name && self.is(value));
        if has_token { Ok(()) } else { Err(Denied::NoToken) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_the_own_page_with_the_cookie_may_change_something() {
        let token = Token::chosen("abcdefgh").unwrap();
        let check =
            |method: Method, pairs: &[(&'static str, &'static str)]| token.check(&method, &headers(pairs), 4000);
        let (host, cookie) = (("host", "127.0.0.1:4000"), ("cookie", "a=b; wenzhai_desk_4000=abcdefgh"));
        let own = ("origin", "http://127.0.0.1:4000");
        let change = (CHANGE_HEADER, "1");
        assert_eq!(check(Method::GET, &[host, cookie]), Ok(()));
        assert_eq!(check(Method::POST, &[host, cookie, own, change]), Ok(()));
        assert_eq!(check(Method::GET, &[host]), Err(Denied::NoToken));
        assert_eq!(check(Method::GET, &[host, ("cookie", "wenzhai_desk_4000=abcdefgx")]), Err(Denied::NoToken));
        assert_eq!(check(Method::GET, &[host, ("cookie", "wenzhai_desk_4001=abcdefgh")]), Err(Denied::NoToken));
        assert_eq!(check(Method::POST, &[host, cookie, own]), Err(Denied::OtherSite), "a form");
        assert_eq!(check(Method::POST, &[host, cookie, change]), Err(Denied::OtherSite), "no origin");
        for other in ["http://evil.example", "http://127.0.0.1:4001", "https://127.0.0.1:4000", "null"] {
            assert_eq!(
                check(Method::POST, &[host, cookie, ("origin", other), change]),
                Err(Denied::OtherSite),
                "{other}"
            );
        }
        let led = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        let from = |site| [host, cookie, ("sec-fetch-site", site), led[0], led[1]];
        assert_eq!(check(Method::GET, &from("same-site")), Ok(()), "a link on another port of this machine");
        assert_eq!(check(Method::GET, &from("cross-site")), Err(Denied::OtherSite));
        assert_eq!(check(Method::POST, &from("same-site")), Err(Denied::OtherSite));
        for site in ["cross-site", "same-site"] {
            assert_eq!(check(Method::GET, &[host, cookie, ("sec-fetch-site", site)]), Err(Denied::OtherSite), "{site}");
        }
    }

    #[test]
    fn tokens_differ_and_chosen_ones_are_plain() {
        assert_ne!(Token::random(), Token::random());
        assert!(Token::chosen("short").is_err() && Token::chosen("with space").is_err());
        assert!(Token::chosen("abcdefgh").unwrap().is("abcdefgh"));
    }
}
