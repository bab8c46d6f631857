//! A server for tests that returns prepared responses, one for each request, in order.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{JoinHandle, spawn};

/// What a request said.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedRequest {
    /// the request line and the headers
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// Runs until it has given its last response.
#[derive(Debug)]
pub(crate) struct FakeServer {
    pub(crate) endpoint: String,
    requests: JoinHandle<Vec<ReceivedRequest>>,
}

impl FakeServer {
    /// Each response is the raw bytes of HTTP; an empty one cuts the connection.
    pub(crate) fn responding(responses: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
        let requests = spawn(move || {
            let serve = |response: &String| {
                let (stream, _) = listener.accept().expect("somebody asks");
                let requests = read(&stream);
                (&stream).write_all(response.as_bytes()).expect("somebody listens");
                requests
            };
            responses.iter().map(serve).collect()
        });
        Self { endpoint, requests }
    }

    /// All that was requests, once every response is given.
    pub(crate) fn requests(self) -> Vec<ReceivedRequest> {
        self.requests.join().expect("the store did not panic")
    }
}

/// An response that ends its connection.
pub(crate) fn response(status: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn read(stream: &TcpStream) -> ReceivedRequest {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).expect("a request comes") > 0, "the request broke off: {head}");
    }
    let length = head.to_lowercase();
    let length = length.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()).unwrap_or("0");
    let mut body = vec![0; length.parse().expect("a length is a number")];
    reader.read_exact(&mut body).expect("a body comes");
    ReceivedRequest { head, body }
}
