//! Transport over the user's own ssh: scripts of the remote shell, and connection options for rsync and sftp.
//!
//! Keys, hosts and jumps are those of the user's ssh configuration. All calls of one publish share a connection where ssh
//! supports it (`ControlMaster`), so that a batch of files does not begin with a handshake.

use crate::config::publish::SshConfig;
use crate::diagnostics::error::Result;
use crate::publish::transport::limits::{SSH_CONNECT_TIMEOUT, SSH_CONTROL_PERSIST, SSH_KEEP_ALIVE};
use crate::publish::transport::subprocess::{Program, SubprocessResult, is_interactive};
use crate::publish::transport::temp_dir::private_temp_dir;
use std::io::{Result as IoResult, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// ssh to one host.
#[derive(Debug)]
pub(crate) struct Ssh {
    config: SshConfig,
    program: Program,
    /// holds the socket of the shared connection, and files that exist only to be sent
    temp_dir: TempDir,
}

/// The longest path of a socket, in bytes, that all systems accept.
const MAX_SOCKET_PATH: usize = 80;

impl Ssh {
    /// Ready to connect; no connection is opened yet. Paths of keys are relative to `root`.
    pub(crate) fn new(root: &Path, config: SshConfig) -> Result<Self> {
        Ok(Self { config, program: Program::new("ssh", root), temp_dir: private_temp_dir()? })
    }

    /// The options that ssh and sftp share. Those of the settings come first, since ssh obeys the first of two.
    pub(crate) fn options(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        let mut option = |text: String| arguments.extend(["-o".to_owned(), text]);
        self.config.options.iter().for_each(|text| option(text.clone()));
        if !is_interactive() {
            option("BatchMode=yes".to_owned());
        }
        option(format!("ConnectTimeout={SSH_CONNECT_TIMEOUT}"));
        option(format!("ServerAliveInterval={SSH_KEEP_ALIVE}"));
        let socket = self.socket();
        if cfg!(unix) && socket.as_os_str().len() <= MAX_SOCKET_PATH {
            option("ControlMaster=auto".to_owned());
            option(format!("ControlPath={}", socket.display()));
            option(format!("ControlPersist={SSH_CONTROL_PERSIST}"));
        }
        if self.config.port != 0 {
            option(format!("Port={}", self.config.port));
        }
        if !self.config.identity.is_empty() {
            arguments.extend(["-i".to_owned(), self.config.identity.clone()]);
        }
        arguments
    }

    fn socket(&self) -> PathBuf {
        self.temp_dir.path().join("s")
    }

    pub(crate) fn host(&self) -> &str {
        &self.config.host
    }

    /// A folder for files that exist only to be sent or compared.
    pub(crate) fn temp_dir(&self) -> &Path {
        self.temp_dir.path()
    }

    /// Runs a script in the remote shell, without input; returns its output. The exit code of ssh's own failures is 255.
    pub(crate) fn run_script(&self, script: &str) -> SubprocessResult<Vec<u8>> {
        self.run_script_with_input(script, |_| Ok(()))
    }

    /// As [`Ssh::run_script`], with what `write_input` writes to its input.
    pub(crate) fn run_script_with_input(
        &self,
        script: &str,
        write_input: impl FnOnce(&mut dyn Write) -> IoResult<()>,
    ) -> SubprocessResult<Vec<u8>> {
        let script = format!("sh -c {}", shell_quote(script));
        let remote = ["-T".to_owned(), "--".to_owned(), self.config.host.clone(), script];
        self.program.run_with_input(self.options().into_iter().chain(remote), write_input)
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        if self.socket().exists() {
            let exit = ["-O", "exit", "--", &self.config.host].map(str::to_owned);
            // a shared connection that cannot be closed ends by itself (`ControlPersist`)
            let _ = self.program.run(self.options().into_iter().chain(exit));
        }
    }
}

/// A word quoted for a POSIX shell, which then takes it literally.
pub(crate) fn shell_quote(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::publish::SshTransport;

    #[cfg(unix)]
    #[test]
    fn a_quoted_word_comes_out_of_a_shell_as_it_went_in() {
        let shell = Program::new("sh", Path::new("/"));
        for word in ["a b", "it's", "$HOME `x` \\ \"", "产改;rm -rf x", ""] {
            assert_eq!(shell.run(["-c", &format!("printf %s {}", shell_quote(word))]).unwrap(), word.as_bytes());
        }
    }

    #[test]
    fn options_of_the_settings_come_first_and_a_connection_that_hangs_is_given_up() {
        let config = SshConfig {
            host: "host".to_owned(),
            folder: "site".to_owned(),
            port: 2222,
            identity: String::new(),
            options: vec!["Compression=yes".to_owned()],
            releases: false,
            keep: 0,
            transport: SshTransport::default(),
        };
        let options = Ssh::new(Path::new("/"), config).unwrap().options();
        assert_eq!(options[..2], ["-o", "Compression=yes"]);
        assert!(options.contains(&"Port=2222".to_owned()), "{options:?}");
        assert!(options.contains(&format!("ConnectTimeout={SSH_CONNECT_TIMEOUT}")), "{options:?}");
    }
}
