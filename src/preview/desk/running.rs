//! Finds the desk of a site that runs already, so that a second start opens it.

use crate::io::fs::file;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// Below the site's root: the address of the desk that was started last.
const FILE: &str = ".wenzhai/desk/address";
/// How long a server on this machine may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Notes the start address of a desk. Where that is not possible, a second start begins another one.
pub(crate) fn note(root: &Path, address: &str) {
    let _ = file::write_private(&root.join(FILE), address.as_bytes());
}

/// The start address of a desk that answers to its token.
pub(crate) fn find(root: &Path) -> Option<String> {
    let address = String::from_utf8(file::read(root, FILE).ok()?).ok()?;
    let (server, path) = address.strip_prefix("http://")?.split_once('/')?;
    let server: SocketAddr = server.parse().ok()?;
    let mut stream = TcpStream::connect_timeout(&server, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.write_all(format!("GET /{path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n").as_bytes()).ok()?;
    let mut answer = [0_u8; 12];
    stream.read_exact(&mut answer).ok()?;
    // the right token leads on
    (answer == *b"HTTP/1.1 303").then_some(address)
}
