//! Child processes, ports and waiting.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A process that is killed when the test ends.
#[derive(Debug)]
pub(crate) struct ChildGuard(pub(crate) Child);

impl Drop for ChildGuard {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program, as Cargo has built it for this test. It speaks English, whatever the language of the site.
pub(crate) fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wenzhai"));
    program.env("WENZHAI_LANG", "en");
    program
}

/// A port of this machine that nothing listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until a server accepts connections.
#[track_caller]
pub(crate) fn wait_for_port(port: u16, server: &str) {
    wait_until(
        Duration::from_secs(60),
        || TcpStream::connect(("127.0.0.1", port)).is_ok(),
        || format!("{server} to start"),
    );
}

/// Waits until something is so; fails after the timeout, naming what was expected.
#[track_caller]
pub(crate) fn wait_until(timeout: Duration, is_so: impl Fn() -> bool, expected: impl Fn() -> String) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < timeout, "waited {timeout:?} for {}", expected());
        sleep(Duration::from_millis(20));
    }
}
