//! The user's own ssh: another machine's shell, and the way there for rsync and sftp.
//!
//! Keys, hosts and jumps are those of the user's ssh configuration. All calls of one publish share a connection where ssh
//! can do that, so that a batch of files does not begin with a handshake.

use crate::diagnostics::error::Result;
use crate::publish::transport::subprocess::{Failure, Program, is_attended};
use crate::publish::transport::temp_dir::private_temp_dir;
use std::io::{Result as IoResult, Write};
use std::path::Path;
use tempfile::TempDir;

/// How another machine is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    /// `user@host`, or a name of the user's configuration
    pub(crate) host: String,
    /// 0: as the configuration says
    pub(crate) port: u16,
    /// a key file; empty: as the configuration says
    pub(crate) identity: String,
    /// more options, as after `-o`
    pub(crate) options: Vec<String>,
}

/// A machine that can be reached.
#[derive(Debug)]
pub(crate) struct Ssh {
    way: Way,
    program: Program,
    /// holds the socket of the shared connection, and what is sent for the moment
    scratch: TempDir,
}

/// The longest path of a socket that all systems take.
const LONGEST_SOCKET: usize = 80;

impl Ssh {
    /// Ready to connect; nothing is said to the other side yet. Paths of keys are relative to `root`.
    ///
    /// # Errors
    /// What the disk refuses.
    pub(crate) fn new(root: &Path, way: Way) -> Result<Self> {
        let scratch = private_temp_dir()?;
        let program = Program::new("ssh", root);
        Ok(Self { way, program, scratch })
    }

    /// The options that ssh and sftp both know. What is in `options` comes first, since ssh takes the first of two.
    pub(crate) fn options(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut option = |text: String| words.extend(["-o".to_owned(), text]);
        self.way.options.iter().for_each(|text| option(text.clone()));
        if !is_attended() {
            option("BatchMode=yes".to_owned());
        }
        option("ConnectTimeout=20".to_owned());
        option("ServerAliveInterval=15".to_owned());
        let socket = self.scratch.path().join("s");
        if cfg!(unix) && socket.as_os_str().len() <= LONGEST_SOCKET {
            option("ControlMaster=auto".to_owned());
            option(format!("ControlPath={}", socket.display()));
            option("ControlPersist=20".to_owned());
        }
        if self.way.port != 0 {
            option(format!("Port={}", self.way.port));
        }
        if !self.way.identity.is_empty() {
            words.extend(["-i".to_owned(), self.way.identity.clone()]);
        }
        words
    }

    pub(crate) fn host(&self) -> &str {
        &self.way.host
    }

    /// A folder for what is sent for the moment.
    pub(crate) fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// Runs a script of the other side's shell, without input.
    ///
    /// # Errors
    /// Where it ends with another code than 0; ssh's own is 255.
    pub(crate) fn shell(&self, script: &str) -> Result<Vec<u8>, Failure> {
        self.shell_fed(script, |_| Ok(()))
    }

    /// Runs a script of the other side's shell with what `fill` writes on its input.
    ///
    /// # Errors
    /// Likewise.
    pub(crate) fn shell_fed(
        &self,
        script: &str,
        fill: impl FnOnce(&mut dyn Write) -> IoResult<()>,
    ) -> Result<Vec<u8>, Failure> {
        let script = format!("sh -c {}", quoted(script));
        let words = self.options().into_iter().chain(["-T".to_owned(), "--".to_owned(), self.way.host.clone(), script]);
        self.program.feed(words, fill)
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        if self.scratch.path().join("s").exists() {
            let words = self.options().into_iter().chain(["-O", "exit", "--", &self.way.host].map(str::to_owned));
            let _ = self.program.run(words);
        }
    }
}

/// A word that a shell takes as it is.
pub(crate) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_quoted_word_comes_out_of_a_shell_as_it_went_in() {
        let shell = Program::new("sh", Path::new("/"));
        for word in ["a b", "it's", "$HOME `x` \\ \"", "产改;rm -rf x", ""] {
            assert_eq!(shell.run(["-c", &format!("printf %s {}", quoted(word))]).unwrap(), word.as_bytes());
        }
    }
}
