//! Templates that a site overrides, and `src/render/templates.md`, the reference of what each template is given.
//!
//! The reference is generated from the views: the fields and doc comments of the structs in `src/render/views/`, and the blocks
//! of the built-in templates. `UPDATE_GOLDEN=1 cargo test --test suite templates` writes it.

use crate::common::files::crate_path;
use crate::common::golden::is_update;
use crate::common::site::Site;
use std::collections::BTreeSet;
use std::fmt::Write;
use wenzhai::builtin::TEMPLATES;
use wenzhai::render::engine::references::block_names;

const REFERENCE: &str = "src/render/templates.md";
/// Files of `src/render/views/` that define views, in the order of the reference.
const VIEW_FILES: &[&str] = &["site", "pages", "papers", "lists", "charts", "feeds", "books", "common"];

/// A struct that is given to a template, or that is part of one.
#[derive(Debug, Default)]
struct View {
    name: String,
    /// the lines of its doc comment
    doc: Vec<String>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    /// as templates write it
    name: String,
    rust_type: String,
    doc: String,
}

/// The structs with named fields of a source file.
fn views(source: &str) -> Vec<View> {
    let (mut views, mut doc): (Vec<View>, Vec<String>) = (Vec::new(), Vec::new());
    let mut renamed = None;
    let mut inside = false;
    for line in source.lines() {
        let code = line.trim();
        if let Some(text) = code.strip_prefix("///") {
            doc.push(text.trim().to_owned());
        } else if let Some(name) = code.strip_prefix("#[serde(rename = \"") {
            renamed = name.split('"').next().map(str::to_owned);
        } else if let Some(rest) = code.strip_prefix("pub(crate) struct ").filter(|rest| rest.contains('{')) {
            let name = rest.split([' ', '{', '<']).next().unwrap().to_owned();
            views.push(View { name, doc: std::mem::take(&mut doc), fields: Vec::new() });
            inside = !code.ends_with("{}");
        } else if code == "}" {
            inside = false;
            doc.clear();
        } else if let Some((name, rust_type)) =
            code.strip_prefix("pub(crate) ").and_then(|rest| rest.split_once(": ")).filter(|_| inside)
        {
            views.last_mut().unwrap().fields.push(Field {
                name: renamed.take().unwrap_or_else(|| name.to_owned()),
                rust_type: rust_type.trim_end_matches(',').to_owned(),
                doc: std::mem::take(&mut doc).join(" "),
            });
        } else if !code.starts_with("#[") {
            doc.clear();
        }
    }
    views
}

/// The type of a field in words; the views that it names are added to `named`.
fn type_in_words(rust: &str, named: &mut Vec<String>) -> String {
    let inside = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{}, or none", type_in_words(inner, named));
    }
    if let Some(inner) = inside("Vec<").or_else(|| inside("LazyList<'a, ")) {
        return format!("list of {}", type_in_words(inner, named));
    }
    if let Some(inner) = inside("Shared<") {
        return type_in_words(inner, named);
    }
    match rust {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" => "number".to_owned(),
        "f32" | "f64" => "number with decimals".to_owned(),
        other => {
            let name = if other == "Card" { "CardFields" } else { other };
            named.push(name.to_owned());
            format!("[{other}](#{})", other.to_lowercase())
        }
    }
}

fn write_table(out: &mut String, view: &View, named: &mut Vec<String>) {
    if view.fields.is_empty() {
        out.push_str("Nothing but the variables of every template.\n\n");
        return;
    }
    out.push_str("| field | type | meaning |\n|---|---|---|\n");
    for field in &view.fields {
        let meaning = field.doc.replace('|', "\\|");
        writeln!(out, "| `{}` | {} | {meaning} |", field.name, type_in_words(&field.rust_type, named)).unwrap();
    }
    out.push('\n');
}

/// The templates that the first line of a view's doc comment names, such as `article.html`.
fn templates_of(view: &View) -> Vec<String> {
    let first = view.doc.first().map(String::as_str).unwrap_or_default();
    let quoted = first.split('`').skip(1).step_by(2);
    quoted.filter(|word| TEMPLATES.iter().any(|(name, _)| name == word)).map(str::to_owned).collect()
}

fn reference() -> String {
    let all: Vec<View> = (VIEW_FILES.iter())
        .flat_map(|file| views(&std::fs::read_to_string(crate_path(&format!("src/render/views/{file}.rs"))).unwrap()))
        .collect();
    let find = |name: &str| all.iter().find(|view| view.name == name).unwrap_or_else(|| panic!("{name} is no view"));
    let mut out = String::from(INTRODUCTION);
    let mut named = Vec::new();
    for (variable, view) in [("site", "SiteView"), ("page", "PageMeta")] {
        writeln!(out, "### `{variable}`\n").unwrap();
        write_table(&mut out, find(view), &mut named);
    }
    out.push_str("## Templates\n\n");
    for view in &all {
        let templates = templates_of(view);
        for template in &templates {
            let text = TEMPLATES.iter().find(|(name, _)| name == template).unwrap().1;
            writeln!(out, "### `{template}`\n").unwrap();
            let blocks: Vec<String> = block_names(text).iter().map(|block| format!("`{block}`")).collect();
            if !blocks.is_empty() {
                writeln!(out, "Blocks: {}\n", blocks.join(", ")).unwrap();
            }
            match templates[0] == *template {
                true => write_table(&mut out, view, &mut named),
                false => writeln!(out, "The same fields as `{}`.\n", templates[0]).unwrap(),
            }
        }
    }
    out.push_str("## Types of fields\n\n");
    let mut written = BTreeSet::new();
    let mut next = 0;
    while next < named.len() {
        let view = find(&named[next]);
        next += 1;
        if written.insert(&view.name) {
            writeln!(out, "### {}\n\n{}\n", view.name.trim_end_matches("Fields"), view.doc.join(" ")).unwrap();
            write_table(&mut out, view, &mut named);
        }
    }
    out.trim_end().to_owned() + "\n"
}

const INTRODUCTION: &str = "\
# Templates

A file below a site's `templates/` replaces the built-in template of the same name. To change one part of a page, extend the
built-in template and override that block; `{{ super() }}` is the block's original content:

```html
{% extends \"builtin/article.html\" %}
{% block provenance %}
{{ super() }}
<p>转载请注明出处。</p>
{% endblock %}
```

A style sheet `static/custom.css` is loaded on every page, after the built-in one. The template language is
[Tera 2](https://docs.rs/tera). An error in a template is reported with file, line and column, and with the name that was
probably meant.

Files of `export/` are given `site` and `words` besides their own fields, and neither `page` nor `root`: they are read elsewhere, and
their addresses are absolute.

(Generated from the code by `UPDATE_GOLDEN=1 cargo test --test suite templates`.)

## Variables of every template

`root` is the relative path from the page to the site's root (`../../`); append every `path` below to it:
`<a href=\"{{ root }}{{ article.path }}\">`. `words` holds the texts of the interface by name
([src/render/engine/i18n.txt](engine/i18n.txt)), in the language of site.toml's `lang`;
`{{ words.pieces | say(n=theme.count) }}` fills in a number. `page` and `site` are:

";

#[test]
fn the_reference_is_up_to_date() {
    let (path, generated) = (crate_path(REFERENCE), reference());
    if is_update() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "{REFERENCE} is out of date: UPDATE_GOLDEN=1 cargo test --test suite templates");
}

#[test]
fn every_template_of_a_page_is_in_the_reference() {
    let reference = reference();
    for (name, _) in TEMPLATES.iter().filter(|(name, _)| !name.starts_with("parts/") && *name != "base.html") {
        assert!(
            reference.contains(&format!("\n### `{name}`\n")),
            "{name}: the doc comment of its view has to begin with its name"
        );
    }
}

#[test]
fn a_site_overrides_one_block_and_adds_a_style_sheet() {
    let site = Site::fixture();
    site.write(
        "templates/article.html",
        "{% extends \"builtin/article.html\" %}\n{% block provenance %}{{ super() }}<p>转载《{{ article.title }}》请注明出处。</p>{% endblock %}\n",
    );
    site.write("static/custom.css", "body { color: navy }\n");
    site.build();
    let page = site.read("public/2025/03/18/sfgrb-p1-02/index.html");
    assert!(page.contains("<p>转载《技师把三十年手艺写成口袋书》请注明出处。</p>"), "{page}");
    assert!(page.contains("<span class=\"citation\">"), "the original content of the block");
    assert!(page.contains("<link rel=\"stylesheet\" href=\"../../../../custom.css\">"), "{page}");
    site.remove("static/custom.css");
    site.build();
    assert!(!site.read("public/index.html").contains("custom.css"));
}

#[test]
fn an_error_in_a_block_is_reported_at_its_location_with_a_suggestion() {
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
        let site = Site::fixture();
        site.write("templates/article.html", format!("{{% extends \"builtin/article.html\" %}}\n{block}\n"));
        site.run(&["build"]).expect_exit(1, &[at, meant, "^"]);
    }
}
