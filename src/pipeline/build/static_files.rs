//! The static files of a site: its own, and those that are built in.

use crate::builtin;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::fs::stamp::Stamp;
use crate::io::output::sink::check_path;
use crate::message;
use crate::pipeline::incremental::survey::Survey;
use crate::project::{STATICS, TEMPLATES};
use crate::site::page::Page;
use crate::site::plan::REPLACEABLE;
use std::collections::BTreeMap;

/// A static file.
#[derive(Debug, Clone)]
pub(crate) enum StaticFile {
    /// the site's own, with a reliable stamp
    Own(Option<Stamp>),
    Builtin(&'static str),
}

/// The static files, and a finding for each that the output cannot hold under its name.
pub(crate) fn static_files(survey: &Survey) -> (BTreeMap<String, StaticFile>, Vec<Diagnostic>) {
    let mut statics: BTreeMap<String, StaticFile> =
        builtin::STATICS.iter().map(|&(name, text)| (name.to_owned(), StaticFile::Builtin(text))).collect();
    let mut diagnostics = Vec::new();
    for file in &survey.statics {
        let name = file.path.strip_prefix(&format!("{STATICS}/")).unwrap_or(&file.path).to_owned();
        match check_path(&name) {
            Ok(()) => {
                let stamp = Some(file.stamp).filter(|stamp| survey.trusts(*stamp));
                statics.insert(name, StaticFile::Own(stamp));
            }
            Err(error) => diagnostics.extend(error.diagnostics.into_iter().map(|found| found.in_file(&file.path))),
        }
    }
    (statics, diagnostics)
}

/// A finding for each template of a page in whose place a static file stands.
pub(crate) fn templates_without_page(
    own: &[(String, String)],
    statics: &BTreeMap<String, StaticFile>,
) -> Vec<Diagnostic> {
    let is_own = |name: &str| own.iter().any(|(own, _)| own == name);
    let replaced = REPLACEABLE.iter().filter(|(_, name)| is_own(name) && statics.contains_key(*name));
    let finding = |(_, name): &(Page, &str)| {
        let message = message!(
            "{statics}/{name} stands in the place of the page that this template makes",
            statics = STATICS,
            name
        );
        let file = format!("{TEMPLATES}/{name}");
        let hint = message!(
            "remove one of the two: the static file is published as it is, and the template is used for nothing"
        );
        Diagnostic::new(Code::UnusedFile, message).in_file(file).hint(hint)
    };
    replaced.map(finding).collect()
}

/// The names of static files, those that are built in first: a file whose name differs from one of these in case alone does not
/// take its place.
pub(crate) fn in_order_of_claims(statics: &BTreeMap<String, StaticFile>) -> Vec<String> {
    let is_builtin = |name: &String| builtin::STATICS.iter().any(|(builtin, _)| builtin == name);
    let (builtin, own): (Vec<_>, Vec<_>) = statics.keys().cloned().partition(is_builtin);
    [builtin, own].concat()
}
