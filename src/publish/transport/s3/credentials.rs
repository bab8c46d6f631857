//! Credentials: the keys of an account at a store.
//!
//! They come from the environment, or else from the profile files of the AWS command line; never from site.toml, which is
//! for all to read. The names are those of the AWS SDKs ("AWS SDKs and Tools Reference Guide", standardised settings).

use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::io::fs::os_error::{FileOperation, path_error};
use crate::message;
use crate::publish::transport::s3::profile::Profile;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A password, a key, a token. It has no `Display`, its `Debug` hides it, and the one way to its bytes has a name that is
/// seen in the code.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for signatures and for the header that carries a token.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// What a request is signed with. Its `Debug` shows nothing of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) id: Secret,
    pub(crate) secret: Secret,
    /// of keys that hold for some hours
    pub(crate) token: Option<Secret>,
}

/// What the environment and the profile say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) credentials: Credentials,
    pub(crate) region: Option<String>,
    /// where the store is, where it is not AWS
    pub(crate) endpoint: Option<String>,
}

/// The environment: a name to its value. An empty value is none.
pub(crate) type Env<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The environment of this process.
pub(crate) fn process_env(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Looks for the keys: first in the environment, then in the profile that `AWS_PROFILE` or `profile` names, or `default`.
pub(crate) fn find_account(env: &Env<'_>, profile: Option<&str>) -> Result<Account> {
    let name = env("AWS_PROFILE").or_else(|| profile.map(str::to_owned)).unwrap_or_else(|| "default".to_owned());
    let credentials = read(&file(env, "AWS_SHARED_CREDENTIALS_FILE", "credentials"))?;
    let config = read(&file(env, "AWS_CONFIG_FILE", "config"))?;
    let profiles = [&credentials, &config].map(|text| Profile::find(text, &name));
    let setting = |key: &str| profiles.iter().flatten().find_map(|profile| profile.get(key)).map(str::to_owned);
    let credentials = from_env(env)?.or_else(|| from_profile(&setting)).ok_or_else(|| no_keys(&name, &setting))?;
    Ok(Account {
        credentials,
        region: env("AWS_REGION").or_else(|| env("AWS_DEFAULT_REGION")).or_else(|| setting("region")),
        endpoint: env("AWS_ENDPOINT_URL_S3").or_else(|| env("AWS_ENDPOINT_URL")).or_else(|| setting("endpoint_url")),
    })
}

fn from_env(env: &Env<'_>) -> Result<Option<Credentials>> {
    let token = env("AWS_SESSION_TOKEN").map(Secret::new);
    match (env("AWS_ACCESS_KEY_ID"), env("AWS_SECRET_ACCESS_KEY")) {
        (Some(id), Some(secret)) => Ok(Some(Credentials { id: Secret::new(id), secret: Secret::new(secret), token })),
        (None, None) => Ok(None),
        (id, _) => {
            let (there, missing) = match id {
                Some(_) => ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
                None => ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
            };
            let diagnostic =
                Diagnostic::new(Code::NoKeys, message!("{there} is set and {missing} is not", there, missing));
            Err(Error::configuration(
                diagnostic.hint(message!("a key has two parts: set both, or neither to use a profile")),
            ))
        }
    }
}

fn from_profile(setting: &impl Fn(&str) -> Option<String>) -> Option<Credentials> {
    Some(Credentials {
        id: Secret::new(setting("aws_access_key_id")?),
        secret: Secret::new(setting("aws_secret_access_key")?),
        token: setting("aws_session_token").map(Secret::new),
    })
}

fn file(env: &Env<'_>, variable: &str, name: &str) -> PathBuf {
    let home = || env("HOME").or_else(|| env("USERPROFILE")).unwrap_or_default();
    env(variable).map_or_else(|| Path::new(&home()).join(".aws").join(name), PathBuf::from)
}

/// The text of a file; none where there is no such file.
#[allow(clippy::disallowed_methods, reason = "the profile is a file")]
fn read(path: &Path) -> Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(path_error(FileOperation::Read, path, error)),
    }
}

/// Ways to keys that only the AWS command line can go.
const EXTERNAL_SOURCES: [&str; 5] = ["sso_session", "sso_start_url", "credential_process", "role_arn", "login_session"];

fn no_keys(profile: &str, setting: &impl Fn(&str) -> Option<String>) -> Error {
    let diagnostic = match EXTERNAL_SOURCES.into_iter().find(|key| setting(key).is_some()) {
        Some(key) => Diagnostic::new(
            Code::NoKeys,
            message!("the profile {profile} holds no keys: it fetches them by {key}", profile, key),
        )
        .hint(message!(
            "fetch them first: eval \"$(aws configure export-credentials --profile {profile} --format env)\"",
            profile
        )),
        None => {
            let message =
                message!("no keys for the store: neither in the environment nor in the profile {profile}", profile);
            Diagnostic::new(Code::NoKeys, message).hint(message!(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or write aws_access_key_id and \
                 aws_secret_access_key into ~/.aws/credentials (AWS_PROFILE names a profile)"
            ))
        }
    };
    Error::configuration(diagnostic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::{TempDir, tempdir};

    fn home(credentials: &str, config: &str) -> TempDir {
        let home = tempdir().unwrap();
        for (name, text) in [("credentials", credentials), ("config", config)] {
            crate::io::fs::file::write(&home.path().join(".aws").join(name), text.as_bytes()).unwrap();
        }
        home
    }

    fn found(home: &TempDir, set: &[(&str, &str)], profile: Option<&str>) -> Result<Account> {
        let home = home.path().to_str().unwrap();
        let env = |name: &str| match name {
            "HOME" => Some(home.to_owned()),
            name => set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()),
        };
        find_account(&env, profile)
    }

    const CREDENTIALS: &str = "[default]\naws_access_key_id = one\naws_secret_access_key = first\n\n[oss]\n\
        aws_access_key_id = two\naws_secret_access_key = second\naws_session_token = passing\n[sso]\n";
    const CONFIG: &str = "[default]\nregion = eu-west-1\n[profile oss]\nregion = cn-hangzhou\n\
        endpoint_url = https://s3.oss-cn-hangzhou.aliyuncs.com\n[profile sso]\nsso_session = work\n";

    #[test]
    fn the_environment_wins_and_a_profile_can_be_named() {
        let home = home(CREDENTIALS, CONFIG);
        let default = found(&home, &[], None).unwrap();
        assert_eq!((default.credentials.id.reveal(), default.region.as_deref()), ("one", Some("eu-west-1")));
        let oss = found(&home, &[], Some("oss")).unwrap();
        assert_eq!(oss.credentials.token, Some(Secret::new("passing")));
        assert_eq!(oss.endpoint.as_deref(), Some("https://s3.oss-cn-hangzhou.aliyuncs.com"));
        assert_eq!(found(&home, &[("AWS_PROFILE", "oss")], None).unwrap(), oss);
        let set = [("AWS_ACCESS_KEY_ID", "three"), ("AWS_SECRET_ACCESS_KEY", "third"), ("AWS_REGION", "x")];
        let set = found(&home, &set, Some("oss")).unwrap();
        assert_eq!(
            (set.credentials.id.reveal(), set.credentials.token, set.region.as_deref()),
            ("three", None, Some("x"))
        );
    }

    #[test]
    fn missing_keys_say_where_to_put_them() {
        let home = home(CREDENTIALS, CONFIG);
        let message = |set: &[(&str, &str)], profile| found(&home, set, profile).unwrap_err().to_string();
        assert!(message(&[], Some("nobody")).contains("AWS_ACCESS_KEY_ID"));
        assert!(message(&[("AWS_ACCESS_KEY_ID", "three")], None).contains("AWS_SECRET_ACCESS_KEY is not"));
        assert!(message(&[], Some("sso")).contains("aws configure export-credentials --profile sso"));
        let empty = tempdir().unwrap();
        assert_eq!(found(&empty, &[], None).unwrap_err().exit_code(), 2);
    }

    #[test]
    fn keys_are_not_shown() {
        let home = home(CREDENTIALS, CONFIG);
        let shown = format!("{:?}", found(&home, &[], Some("oss")).unwrap());
        assert!(!["two", "second", "passing"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let shown = format!("{:?} {:#?}", Secret::new("hunter2"), Some(Secret::new("hunter2")));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
