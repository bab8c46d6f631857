//! A web for tests: answers by method and address, and a clock that only pauses and requests move.

use crate::io::web::{Answer, Method, NoAnswer, Web};
use crate::util::sync::lock;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

/// How long a request takes, in milliseconds.
const TAKES: u64 = 10;

#[derive(Debug, Default)]
pub(crate) struct TestWeb {
    /// `HEAD https://a.example/` → answers in turn, the last of them again and again
    answers: HashMap<String, Vec<Result<Answer, NoAnswer>>>,
    hosts: HashMap<String, Vec<IpAddr>>,
    is_online: bool,
    state: Mutex<(u64, Vec<(u64, String)>)>,
}

impl TestWeb {
    /// With a network, on which there is nothing yet.
    pub(crate) fn new() -> Self {
        Self { is_online: true, ..Self::default() }
    }

    /// Without a network.
    pub(crate) fn offline() -> Self {
        Self::default()
    }

    /// Answers a request, such as `HEAD https://a.example/`, and is the host of its address.
    pub(crate) fn with(mut self, request: &str, answer: Result<Answer, NoAnswer>) -> Self {
        let host = request.split('/').nth(2).unwrap_or_default().split(':').next().unwrap_or_default();
        self.hosts.entry(host.to_owned()).or_insert_with(|| vec![IpAddr::from([203, 0, 113, 7])]);
        self.answers.entry(request.to_owned()).or_default().push(answer);
        self
    }

    pub(crate) fn host_at(mut self, host: &str, ips: &[[u8; 4]]) -> Self {
        self.hosts.insert(host.to_owned(), ips.iter().map(|&ip| IpAddr::from(ip)).collect());
        self
    }

    /// All requests so far, in their order.
    pub(crate) fn requests(&self) -> Vec<String> {
        lock(&self.state).1.iter().map(|(_, request)| request.clone()).collect()
    }

    /// When they were made, in milliseconds.
    pub(crate) fn times(&self) -> Vec<u64> {
        lock(&self.state).1.iter().map(|(time, _)| *time).collect()
    }
}

/// An answer without headers.
#[allow(clippy::unnecessary_wraps, reason = "what tests hand to a web")]
pub(crate) fn status(status: u16) -> Result<Answer, NoAnswer> {
    Ok(Answer { status, ..Answer::default() })
}

/// An answer that leads elsewhere.
#[allow(clippy::unnecessary_wraps, reason = "what tests hand to a web")]
pub(crate) fn redirect(status: u16, location: &str) -> Result<Answer, NoAnswer> {
    Ok(Answer { status, location: Some(location.to_owned()), retry_after: None })
}

impl Web for TestWeb {
    fn ask(&self, method: Method, url: &str) -> Result<Answer, NoAnswer> {
        let request = format!("{} {url}", if method == Method::Head { "HEAD" } else { "GET" });
        let mut state = lock(&self.state);
        let time = state.0;
        state.0 += TAKES;
        let before = state.1.iter().filter(|(_, earlier)| *earlier == request).count();
        state.1.push((time, request.clone()));
        let answers = self.answers.get(&request).unwrap_or_else(|| panic!("nobody expects {request}"));
        answers[before.min(answers.len() - 1)].clone()
    }

    fn addresses(&self, host: &str) -> Option<Vec<IpAddr>> {
        self.hosts.get(host).filter(|_| self.is_online).cloned()
    }

    fn is_online(&self) -> bool {
        self.is_online
    }

    fn now(&self) -> u64 {
        lock(&self.state).0
    }

    fn pause(&self, duration: Duration) {
        lock(&self.state).0 += u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    }
}
