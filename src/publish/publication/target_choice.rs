//! The target of a publication: the one that is named, the default, or the only one.

use crate::config::publish::TargetConfig;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::message;

/// The target of this name, or the default or only one.
pub(crate) fn choose_target<'a>(targets: &'a [TargetConfig], name: Option<&str>) -> Result<&'a TargetConfig> {
    let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    let wrong = |message: Message, hint: Message| {
        Err(Error::configuration(Diagnostic::new(Code::NoTarget, message).hint(hint)))
    };
    match (name, targets) {
        (_, []) => wrong(
            message!("site.toml names no target to publish to"),
            message!("add one, such as [publish.pages] with kind = \"git\" and remote = \"origin\""),
        ),
        (Some(name), _) => match targets.iter().find(|target| target.name == name) {
            Some(target) => Ok(target),
            None => wrong(
                message!("site.toml has no [publish.{name}]", name),
                message!("there are: {known}", known = names.join(", ")),
            ),
        },
        (None, [only]) => Ok(only),
        (None, _) => match targets.iter().find(|target| target.is_default) {
            Some(target) => Ok(target),
            None => wrong(
                message!("there are {n} targets to publish to: {names}", n = names.len(), names = names.join(", ")),
                message!("say which: wenzhai publish {name}; or write default = true in one of them", name = names[0]),
            ),
        },
    }
}
