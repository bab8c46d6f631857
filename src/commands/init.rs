//! `wenzhai init DIR`: writes a starter site and a workflow that publishes it, both built into the binary.

use crate::builtin;
use crate::commands::outcome::Outcome;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::{Error, Result};
use crate::diagnostics::message::Message;
use crate::io::fs::file;
use crate::io::terminal;
use crate::message;
use crate::project::{SETTINGS, shown};
use crate::text::lang::Lang;
use std::borrow::Cow;
use std::path::Path;
use toml::Value;

/// What the settings of a new site say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Naming {
    pub(crate) title: String,
    /// of the interface
    pub(crate) lang: Lang,
}

/// Writes a starter site into a folder without one and, with `ci`, a workflow, for which the folder may have a site already.
pub(crate) fn run(dir: &Path, ci: bool) -> Result<Outcome> {
    let has_site = file::exists(&dir.join(SETTINGS));
    if !(ci && has_site) {
        write_starter(dir, None)?;
        let dir = shown(dir);
        terminal::print_status(&message!("{dir}: a new site. Put pages into {dir}/content/pages/, then:", dir));
        terminal::print_status(&message!("  wenzhai --root {dir} serve     preview it", dir));
        terminal::print_status(&message!("  wenzhai --root {dir} build     make {dir}/public/", dir));
    }
    if ci {
        let (name, text) = builtin::WORKFLOW;
        file::write_new(&dir.join(name), text.as_bytes())?;
        terminal::print_status(&message!(
            "{dir}: builds and publishes at every push and each night",
            dir = shown(&dir.join(name))
        ));
        terminal::print_status(&message!(
            "  site.toml has to name a target to publish to; the comments in the file say what the repository needs"
        ));
    }
    Ok(Outcome::default())
}

/// Writes a starter site into a folder that has none of its files. Where that fails, what was written is removed.
///
/// # Errors
/// `not-empty` where the folder has one of the files; `disk` and others where it cannot be written.
pub(crate) fn write_starter(dir: &Path, naming: Option<&Naming>) -> Result<()> {
    let starter = builtin::STARTER;
    if let Some((name, _)) = starter.iter().find(|(name, _)| file::exists(&dir.join(name))) {
        let what = if *name == SETTINGS { message!("a site") } else { Message::verbatim(*name) };
        let diagnostic =
            Diagnostic::new(Code::NotEmpty, message!("{dir} holds {what} already", dir = shown(dir), what));
        return Err(Error::configuration(diagnostic.hint(message!("choose a new folder: nothing is written over"))));
    }
    for (at, (name, text)) in starter.iter().enumerate() {
        let text = match naming.filter(|_| *name == SETTINGS) {
            Some(naming) => Cow::Owned(named(text, naming)),
            None => Cow::Borrowed(*text),
        };
        if let Err(error) = file::write_new(&dir.join(name), text.as_bytes()) {
            for (name, _) in &starter[..at] {
                let _ = file::remove(&dir.join(name));
                file::remove_empty_parents(&dir.join(name), dir);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// The title of the starter site.
pub(crate) fn starter_title() -> String {
    let settings = builtin::SETTINGS.parse::<toml::Table>().ok();
    let title = settings.as_ref().and_then(|settings| settings.get("title")).and_then(Value::as_str);
    title.unwrap_or("文摘").to_owned()
}

/// The settings of the starter site with another name. Comments and everything else stay as they are.
fn named(settings: &str, naming: &Naming) -> String {
    let is_renamed = naming.title != starter_title();
    let mut is_head = true;
    let lines = settings.split_inclusive('\n').map(|line| {
        is_head &= !line.starts_with('[');
        let value = match line.split_once(" = ").map(|(key, _)| key).filter(|_| is_head) {
            Some("title") => &naming.title,
            // feeds are signed: not by the editors of another site
            Some("author") if is_renamed => &naming.title,
            Some("lang") => naming.lang.tag(),
            _ => return Cow::Borrowed(line),
        };
        let key = line.split(" = ").next().unwrap_or_default();
        Cow::Owned(format!("{key} = {}\n", Value::from(value)))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings;
    use crate::diagnostics::source::Source;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_new_site_has_the_name_that_was_given(title in r#"[a文\\"'\[\]=#\n\t $]{0,8}文"#) {
            for lang in crate::text::lang::LANGS {
                let text = named(builtin::SETTINGS, &Naming { title: title.clone(), lang });
                let config = settings::parse(&Source::new("site.toml", text)).unwrap();
                prop_assert_eq!((&config.title, config.lang), (&title, lang));
                let starter = settings::parse(&Source::new("site.toml", builtin::SETTINGS)).unwrap();
                prop_assert_eq!((config.papers.len(), config.themes.len()), (starter.papers.len(), starter.themes.len()));
            }
        }
    }

    #[test]
    fn the_name_of_the_starter_site_changes_nothing() {
        let naming = Naming { title: starter_title(), lang: Lang::ZhHans };
        assert_eq!(named(builtin::SETTINGS, &naming), builtin::SETTINGS);
    }
}
