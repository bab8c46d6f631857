//! The desk's page, style and scripts, which are built into the binary.

use crate::util::media_type::media_type;

/// File name and content.
const ASSETS: &[(&str, &str)] = &[
    ("api.js", include_str!("../../desk/assets/api.js")),
    ("app.js", include_str!("../../desk/assets/app.js")),
    ("article_pane.js", include_str!("../../desk/assets/article_pane.js")),
    ("begin.css", include_str!("../../desk/assets/begin.css")),
    ("begin.html", include_str!("../../desk/assets/begin.html")),
    ("begin.js", include_str!("../../desk/assets/begin.js")),
    ("begin_messages.js", include_str!("../../desk/assets/begin_messages.js")),
    ("commands.js", include_str!("../../desk/assets/commands.js")),
    ("desk.css", include_str!("../../desk/assets/desk.css")),
    ("dialogs.js", include_str!("../../desk/assets/dialogs.js")),
    ("diff.js", include_str!("../../desk/assets/diff.js")),
    ("dom.js", include_str!("../../desk/assets/dom.js")),
    ("drag.js", include_str!("../../desk/assets/drag.js")),
    ("events.js", include_str!("../../desk/assets/events.js")),
    ("facsimile_pane.js", include_str!("../../desk/assets/facsimile_pane.js")),
    ("findings.js", include_str!("../../desk/assets/findings.js")),
    ("head_form.js", include_str!("../../desk/assets/head_form.js")),
    ("index.html", include_str!("../../desk/assets/index.html")),
    ("intake.js", include_str!("../../desk/assets/intake.js")),
    ("keys.js", include_str!("../../desk/assets/keys.js")),
    ("lines_pane.js", include_str!("../../desk/assets/lines_pane.js")),
    ("messages.js", include_str!("../../desk/assets/messages.js")),
    ("move_dialog.js", include_str!("../../desk/assets/move_dialog.js")),
    ("page_view.js", include_str!("../../desk/assets/page_view.js")),
    ("panes.js", include_str!("../../desk/assets/panes.js")),
    ("publish.js", include_str!("../../desk/assets/publish.js")),
    ("queue.js", include_str!("../../desk/assets/queue.js")),
    ("reduce.js", include_str!("../../desk/assets/reduce.js")),
    ("route.js", include_str!("../../desk/assets/route.js")),
    ("selection.js", include_str!("../../desk/assets/selection.js")),
    ("session.js", include_str!("../../desk/assets/session.js")),
    ("state.js", include_str!("../../desk/assets/state.js")),
    ("text.js", include_str!("../../desk/assets/text.js")),
    ("text_editor.js", include_str!("../../desk/assets/text_editor.js")),
    ("types.js", include_str!("../../desk/assets/types.js")),
];

/// A file of the desk's page, with its media type.
pub(crate) fn asset(name: &str) -> Option<(&'static str, &'static str)> {
    let name = if name.is_empty() { "index.html" } else { name };
    ASSETS.iter().find(|(file, _)| *file == name).map(|(file, content)| (media_type(file), *content))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_asset_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk/assets");
        let mut files: Vec<String> =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        assert_eq!(ASSETS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), files);
        assert_eq!(asset("").unwrap().0, "text/html; charset=utf-8");
        assert!(asset("none.js").is_none());
    }
}
