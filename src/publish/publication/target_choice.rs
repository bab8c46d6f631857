//! The target of a publication: the one that is named, the default, or the only one.

use crate::config::publish::TargetConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};

/// The target of this name, or the default or only one.
pub(crate) fn choose_target<'a>(targets: &'a [TargetConfig], name: Option<&str>) -> Result<&'a TargetConfig> {
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    let wrong =
        |message: String, hint: String| Err(Error::configuration(Diagnostic::new(Code::NoTarget, message).hint(hint)));
    match (name, targets) {
        (_, []) => wrong(
            "site.toml names no target to publish to".to_owned(),
            "add one, such as [publish.pages] with kind = \"git\" and remote = \"origin\"".to_owned(),
        ),
        (Some(name), _) => match targets.iter().find(|target| target.name == name) {
            Some(target) => Ok(target),
            None => wrong(format!("site.toml has no [publish.{name}]"), format!("there are: {}", names.join(", "))),
        },
        (None, [only]) => Ok(only),
        (None, _) => match targets.iter().find(|target| target.is_default) {
            Some(target) => Ok(target),
            None => wrong(
                format!("there are {} targets to publish to: {}", names.len(), names.join(", ")),
                format!("say which: wenzhai publish {}; or write default = true in one of them", names[0]),
            ),
        },
    }
}
