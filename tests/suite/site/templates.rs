//! Templates that a site changes: one block, one file, a style sheet of its own; and src/render/templates.md, which tells what each
//! template is given.
//!
//! The document is made from the views themselves: the fields and comments of the structs in `src/render/`, and the blocks of
//! the templates. `UPDATE_GOLDEN=1 cargo test --test suite templates` writes it.

use crate::common::{Site, crate_path};
use std::collections::BTreeSet;
use std::fmt::Write;
use wenzhai::builtin::TEMPLATES;
use wenzhai::render::engine::references::blocks;

const DOCUMENT: &str = "src/render/templates.md";
/// Where views are defined, in the order in which they are told.
const VIEWS: &[&str] = &["views", "list_views", "chart_views", "feed_views"];

#[derive(Debug, Default)]
struct View {
    /// where it is defined: two files may have a view of one name
    file: &'static str,
    name: String,
    /// what stands above it, a line each
    told: Vec<String>,
    /// name, type, what it is
    fields: Vec<(String, String, String)>,
}

/// The public structs of a source file.
fn views(file: &'static str, text: &str) -> Vec<View> {
    let (mut views, mut comment): (Vec<View>, Vec<String>) = (Vec::new(), Vec::new());
    let mut inside = false;
    for line in text.split("#[cfg(test)]").next().unwrap().lines() {
        let code = line.trim();
        if let Some(said) = code.strip_prefix("///") {
            comment.push(said.trim().to_owned());
        } else if let Some(rest) = code.strip_prefix("pub struct ").filter(|rest| rest.contains('{')) {
            let name = rest.split([' ', '{', '<']).next().unwrap().to_owned();
            views.push(View { file, name, told: std::mem::take(&mut comment), ..View::default() });
            inside = !code.ends_with("{}");
        } else if code == "}" {
            inside = false;
            comment.clear();
        } else if let Some((name, kind)) =
            code.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")).filter(|_| inside)
        {
            let said = std::mem::take(&mut comment).join(" ");
            views.last_mut().unwrap().fields.push((name.to_owned(), kind.trim_end_matches(',').to_owned(), said));
        } else if !code.starts_with("#[") {
            comment.clear();
        }
    }
    views
}

/// A type as those who write templates say it; the views that it names are collected.
fn kind(rust: &str, named: &mut Vec<String>) -> String {
    let inside = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{}, or none", kind(inner, named));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", kind(inner, named));
    }
    if let Some(inner) = inside("Shared<") {
        return kind(inner, named);
    }
    match rust {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u16" | "u32" | "u64" | "i8" | "i16" | "i64" => "number".to_owned(),
        "f32" | "f64" => "number with decimals".to_owned(),
        other => {
            let name = if other == "Card" { "CardFields" } else { other };
            named.push(name.to_owned());
            format!("[{other}](#{})", other.to_lowercase())
        }
    }
}

fn table(out: &mut String, view: &View, named: &mut Vec<(&'static str, String)>) {
    if view.fields.is_empty() {
        out.push_str("Nothing beside what every template sees.\n\n");
        return;
    }
    out.push_str("| field | type | what it is |\n|---|---|---|\n");
    for (name, rust, said) in &view.fields {
        let said = said.replace("[`Frame`]", "frame").replace('|', "\\|");
        let mut names = Vec::new();
        writeln!(out, "| `{name}` | {} | {said} |", kind(rust, &mut names)).unwrap();
        named.extend(names.into_iter().map(|name| (view.file, name)));
    }
    out.push('\n');
}

/// The templates that a view's comment names, such as `article.html`.
fn templates_of(view: &View) -> Vec<String> {
    let first = view.told.first().map(String::as_str).unwrap_or_default();
    let quoted = first.split('`').skip(1).step_by(2);
    quoted.filter(|word| TEMPLATES.iter().any(|(name, _)| name == word)).map(str::to_owned).collect()
}

fn document() -> String {
    let all: Vec<View> = (VIEWS.iter())
        .flat_map(|file| views(file, &std::fs::read_to_string(crate_path(&format!("src/render/{file}.rs"))).unwrap()))
        .collect();
    // a name means what its own file means by it
    let find = |file: &str, name: &str| {
        let named = || all.iter().filter(move |view| view.name == name);
        let found = named().find(|view| view.file == file).or_else(|| named().next());
        found.unwrap_or_else(|| panic!("{name} is no view: where is it defined?"))
    };
    let mut out = String::from(HEAD);
    let mut named = Vec::new();
    for name in ["SiteView", "Frame"] {
        let field = if name == "SiteView" { "site" } else { "page" };
        writeln!(out, "### `{field}`\n").unwrap();
        table(&mut out, find("views", name), &mut named);
    }
    out.push_str("## Templates\n\n");
    for view in &all {
        for template in templates_of(view) {
            let text = TEMPLATES.iter().find(|(name, _)| *name == template).unwrap().1;
            writeln!(out, "### `{template}`\n").unwrap();
            let blocks: Vec<String> = blocks(text).iter().map(|block| format!("`{block}`")).collect();
            if !blocks.is_empty() {
                writeln!(out, "Blocks: {}\n", blocks.join(", ")).unwrap();
            }
            table(&mut out, view, &mut named);
        }
    }
    out.push_str("## What fields are made of\n\n");
    let mut told = BTreeSet::new();
    let mut at = 0;
    while at < named.len() {
        let view = find(named[at].0, &named[at].1);
        at += 1;
        if !told.insert((view.file, view.name.clone())) {
            continue;
        }
        writeln!(out, "### {}\n\n{}\n", view.name.trim_end_matches("Fields"), view.told.join(" ")).unwrap();
        table(&mut out, view, &mut named);
    }
    out.trim_end().to_owned() + "\n"
}

const HEAD: &str = "\
# Templates

A site's own file below `templates/` takes the place of the built-in one of the same name. To change one part of a page, extend
the built-in template and write that block anew; `{{ super() }}` is what stood there:

```html
{% extends \"builtin/article.html\" %}
{% block provenance %}
{{ super() }}
<p>转载请注明出处。</p>
{% endblock %}
```

A style sheet `static/custom.css` is loaded after the site's own on every page. The language is
[Tera 2](https://docs.rs/tera). A mistake is told with file, line and column, and what could have been meant.

(This file is made from the code: `UPDATE_GOLDEN=1 cargo test --test suite templates`.)

## What every template sees

`root` is the way to the site's root from the page (`../../`); every `path` below is written after it:
`<a href=\"{{ root }}{{ article.path }}\">`. `words` are the words of the interface by name
([src/render/words.txt](../src/render/words.txt)), in the language of site.toml's `lang`;
`{{ words.pieces | say(n=theme.count) }}` fills in a number. `page` and `site` are:

";

#[test]
fn the_document_tells_what_the_code_gives() {
    let (path, made) = (crate_path(DOCUMENT), document());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &made).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(stands == made, "{DOCUMENT} is not what the views say: UPDATE_GOLDEN=1 cargo test --test suite templates");
}

#[test]
fn every_template_that_makes_a_page_is_in_the_document() {
    let document = document();
    for (name, _) in TEMPLATES.iter().filter(|(name, _)| !name.starts_with("parts/") && *name != "base.html") {
        assert!(document.contains(&format!("\n### `{name}`\n")), "{name}: its view's comment begins with its name");
    }
}

#[test]
fn a_site_writes_one_block_anew_and_has_a_style_of_its_own() {
    let site = Site::copy_of(&crate_path("tests/site"));
    site.write(
        "templates/article.html",
        "{% extends \"builtin/article.html\" %}\n{% block provenance %}{{ super() }}<p>转载《{{ article.title }}》请注明出处。</p>{% endblock %}\n",
    );
    site.write("static/custom.css", "body { color: navy }\n");
    site.build();
    let page = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    assert!(page.contains("<p>转载《技师把三十年手艺写成口袋书》请注明出处。</p>"), "{page}");
    assert!(page.contains("<span class=\"citation\">"), "what stood in the block");
    assert!(page.contains("<link rel=\"stylesheet\" href=\"../../../../custom.css\">"), "{page}");
    site.remove("static/custom.css");
    site.build();
    assert!(!site.read("public/index.html").contains("custom.css"));
}

#[test]
fn a_mistake_in_a_block_is_told_at_its_place_with_what_was_meant() {
    let cases = [
        ("{% block provenence %}题{% endblock %}", "templates/article.html:2:10", "did you mean provenance?"),
        (
            "{% block provenance %}{{ artcle.title }}{% endblock %}",
            "templates/article.html:2:26",
            "did you mean article?",
        ),
        (
            "{% block provenance %}{{ article.titel }}{% endblock %}",
            "templates/article.html:2:34",
            "did you mean title?",
        ),
        ("{% block provenance %}{{ body | sfae }}{% endblock %}", "templates/article.html:2:33", "did you mean safe?"),
        (
            "{% block provenance %}{% include \"parts/mta.html\" %}{% endblock %}",
            "templates/article.html:2:35",
            "did you mean parts/meta.html?",
        ),
    ];
    for (block, at, meant) in cases {
        let site = Site::copy_of(&crate_path("tests/site"));
        site.write("templates/article.html", format!("{{% extends \"builtin/article.html\" %}}\n{block}\n"));
        site.run(&["build"]).expect_exit(1, &[at, meant, "^"]);
    }
}
