//! Loads templates, the built-in ones and a site's own, and renders them.
//!
//! 1. A site's own template replaces the built-in one of the same name. It may extend that one as `builtin/NAME` and override
//!    single blocks; templates with other names can be included or extended.
//! 2. A template that does not parse, or that refers to a template, filter or block that does not exist, gets a diagnostic. The
//!    pages that depend on it are not rendered; all others are.
//! 3. A variable that does not exist gets a diagnostic when a page is rendered.
//!
//! The engine accepts all templates or none. So a broken one is replaced by the built-in one of its name (or left out) while the
//! others are loaded, and `Templates::render` refuses the templates that depend on it.

use crate::builtin;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::message;
use crate::render::engine::references::{Texts, transitive_references};
use crate::render::engine::template_errors::{rendering_error, syntax_error, templates_at_fault};
use crate::render::engine::tera::new_engine;
use crate::util::digest::Digest;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use tera::Context;

/// Templates that are ready to render.
///
/// ```
/// use wenzhai::catalog::catalog::Catalog;
/// use wenzhai::config::settings::Config;
/// use wenzhai::content::address_book::AddressBook;
/// use wenzhai::render::engine::templates::Templates;
/// use wenzhai::render::renderer::Renderer;
/// use wenzhai::site::page::Page;
/// use wenzhai::site::plan::plan;
///
/// let own = [("404.html".to_owned(), "<h1>{{ page.title }}</h1>".to_owned())];
/// let (templates, diagnostics) = Templates::load(&own);
/// assert!(diagnostics.is_empty());
///
/// let config = Config::default();
/// let catalog = Catalog::index(Vec::new(), &config.themes);
/// let (site, _) = plan(config, catalog, Vec::new(), &[], AddressBook::default(), false);
/// let page = Renderer::new(&site, &templates).page(Page::NotFound, &|_| unreachable!("no text is read")).unwrap();
/// assert_eq!(page, "<h1>此页不存在</h1>".as_bytes());
/// ```
#[derive(Clone)]
pub struct Templates {
    engine: tera::Tera,
    /// the text of every template that is in use
    texts: Texts,
    /// the diagnostics of the site's own templates that are not in use, by name
    broken: BTreeMap<String, Diagnostic>,
    /// by name, broken templates included
    dependencies: BTreeMap<String, Dependencies>,
}

/// A template together with all that it extends or includes.
#[derive(Debug, Clone)]
struct Dependencies {
    /// the diagnostic of a broken one among them
    broken: Option<Diagnostic>,
    digest: Digest,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("names", &self.texts.keys()).field("broken", &self.broken).finish()
    }
}

impl Templates {
    /// Loads the built-in templates and the site's `own`: pairs of a name below `templates/` and a text. The diagnostics are
    /// about own templates that do not parse, that refer to a template, filter or block that does not exist, or that are used for
    /// nothing.
    pub fn load(own: &[(String, String)]) -> (Self, Vec<Diagnostic>) {
        let mut broken: BTreeMap<String, Diagnostic> =
            own.iter().filter_map(|(name, text)| Some((name.clone(), syntax_error(name, text)?))).collect();
        loop {
            let texts = texts(own, &broken);
            let mut engine = new_engine();
            let Err(error) = engine.add_raw_templates(texts.iter()) else {
                let diagnostics = broken.values().cloned().chain(unused_templates(own, &broken, &texts)).collect();
                let dependencies = dependencies(&texts, &broken);
                return (Self { engine, texts, broken, dependencies }, diagnostics);
            };
            for (name, diagnostic) in templates_at_fault(own, &broken, &texts, &error) {
                broken.entry(name).or_insert(diagnostic);
            }
        }
    }

    /// Renders a template; returns UTF-8 text.
    ///
    /// # Errors
    /// The diagnostic of a variable that does not exist or of another error of the engine; for a template that is broken or
    /// depends on a broken one, the diagnostic of that one.
    pub(crate) fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        self.digest(name)?;
        let mut bytes = Vec::new();
        let rendered = self.engine.render_to(name, context, &mut bytes);
        rendered.map(|()| bytes).map_err(|error| rendering_error(name, &self.texts, &error))
    }

    /// The digest of a template and of all that it depends on.
    ///
    /// # Errors
    /// The diagnostic of a broken one among them.
    pub(crate) fn digest(&self, name: &str) -> Result<Digest, Diagnostic> {
        match self.dependencies.get(name) {
            Some(Dependencies { broken: Some(diagnostic), .. }) => Err(diagnostic.clone()),
            Some(dependencies) => Ok(dependencies.digest),
            None => Ok(Digest::of_bytes(name.as_bytes())),
        }
    }

    /// The digest of all templates, and of which ones are broken.
    pub(crate) fn digest_of_all(&self) -> Digest {
        let broken: Vec<&String> = self.broken.keys().collect();
        Digest::of(&(&self.texts, broken))
    }

    /// Whether a template, or one that it depends on, contains a word. A template that does not contain the name of a field
    /// cannot use that field.
    pub(crate) fn mentions(&self, name: &str, word: &str) -> bool {
        mentions(&self.texts, name, word)
    }

    /// [`Self::mentions`] for templates that are not loaded yet: the built-in ones and the site's `own`.
    pub(crate) fn will_mention(own: &[(String, String)], name: &str, word: &str) -> bool {
        mentions(&texts(own, &BTreeMap::new()), name, word)
    }

    /// Whether [`Self::load`] has returned this diagnostic.
    pub(crate) fn has_reported(&self, diagnostic: &Diagnostic) -> bool {
        self.broken.values().any(|known| known == diagnostic)
    }
}

/// The engine's name for the whole context; a template that contains it may use every field.
const WHOLE_CONTEXT: &str = "__tera_context";

/// The prefix under which a site's own template extends the built-in one that it replaces.
const BUILT_IN: &str = "builtin/";

fn mentions(texts: &Texts, name: &str, word: &str) -> bool {
    let contains = |text: &String| text.contains(word) || text.contains(WHOLE_CONTEXT);
    transitive_references(texts, name).into_iter().filter_map(|name| texts.get(name)).any(contains)
        || texts.values().any(|text| may_define_component(text) && contains(text))
}

/// The templates in use: the site's own, unless they are broken, and the built-in ones that they do not replace.
fn texts(own: &[(String, String)], broken: &BTreeMap<String, Diagnostic>) -> Texts {
    let any_extends = own.iter().any(|(_, text)| text.contains(BUILT_IN));
    let built_in = builtin::TEMPLATES.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
    let to_extend = built_in.clone().filter(|_| any_extends).map(|(name, text)| (format!("{BUILT_IN}{name}"), text));
    let own = own.iter().filter(|(name, _)| !broken.contains_key(name)).cloned();
    built_in.chain(to_extend).chain(own).collect()
}

/// The dependencies of each template. Every template depends on those that may define a component.
fn dependencies(texts: &Texts, broken: &BTreeMap<String, Diagnostic>) -> BTreeMap<String, Dependencies> {
    let digests: BTreeMap<&str, Digest> =
        texts.iter().map(|(name, text)| (name.as_str(), Digest::of(&(name, text)))).collect();
    let with_components: Vec<&str> =
        texts.iter().filter(|(_, text)| may_define_component(text)).map(|(name, _)| name.as_str()).collect();
    let names = texts.keys().chain(broken.keys());
    let of = |name: &String| {
        let references = transitive_references(texts, name);
        let needed = references.iter().chain(&with_components);
        let digest = Digest::of_all(needed.filter_map(|name| digests.get(name).copied()));
        let broken = references.iter().find_map(|name| broken.get(*name)).cloned();
        (name.clone(), Dependencies { broken, digest })
    };
    names.map(of).collect()
}

/// A finding for each of the site's own templates that replaces none of the built-in ones, and that no template in use extends or
/// includes.
fn unused_templates(own: &[(String, String)], broken: &BTreeMap<String, Diagnostic>, texts: &Texts) -> Vec<Diagnostic> {
    let built_in = || builtin::TEMPLATES.iter().map(|&(name, _)| name);
    let used: BTreeSet<&str> = built_in().flat_map(|name| transitive_references(texts, name)).collect();
    let unused = own.iter().filter(|(name, text)| {
        !used.contains(name.as_str()) && !broken.contains_key(name) && !may_define_component(text)
    });
    let finding = |(name, _): &(String, String)| {
        let message = message!("templates/{name} replaces no template, and none includes or extends it", name);
        let hint = match closest_match(name, built_in()) {
            Some(meant) => message!("did you mean templates/{meant}?", meant),
            None => message!("a template that replaces a built-in one has its name, such as templates/article.html"),
        };
        Diagnostic::new(Code::UnusedFile, message).in_file(format!("templates/{name}")).hint(hint)
    };
    unused.map(finding).collect()
}

/// A component can be used in any template, without a reference to the one that defines it.
fn may_define_component(text: &str) -> bool {
    text.contains("component")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tera::context;

    fn load(own: &[(&str, &str)]) -> (Templates, Vec<Diagnostic>) {
        let own: Vec<(String, String)> =
            own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Templates::load(&own)
    }

    /// `file:line:column` of a diagnostic, the underlined text, and the hint
    fn location_and_hint(diagnostic: &Diagnostic) -> (String, String, String) {
        let location = diagnostic.location.as_ref().unwrap();
        let marked = location.excerpt.as_ref().map_or("", |excerpt| &excerpt.text[excerpt.marked.clone()]);
        let at = format!("{}:{}:{}", location.file, location.line, location.column);
        (at, marked.to_owned(), diagnostic.advice())
    }

    #[test]
    fn the_built_in_templates_fit_together() {
        let (templates, diagnostics) = load(&[]);
        assert_eq!(diagnostics, []);
        for (name, _) in builtin::TEMPLATES {
            assert!(templates.engine.contains_template(name));
        }
    }

    #[test]
    fn a_sites_own_template_replaces_the_built_in_one_and_may_include_another() {
        let (templates, diagnostics) =
            load(&[("plain.html", "{% include \"parts/mine.html\" %}"), ("parts/mine.html", "我的：{{ body }}")]);
        assert_eq!(diagnostics, []);
        let page = templates.render("plain.html", &context! { body => "<甲>" }).unwrap();
        assert_eq!(page, "我的：&lt;甲&gt;".as_bytes());
    }

    #[test]
    fn errors_and_unknown_names_are_reported_at_their_location() {
        let cases = [
            ("<p>题：{{ article.title </p>", "templates/x.html:1:23", "</", "tags are"),
            ("<p>题\n{{ a | uper }}", "templates/x.html:2:8", "uper", "did you mean upper?"),
            ("<p>题\n{{ a | nope_at_all }}", "templates/x.html:2:8", "nope_at_all", "known here: say, safe"),
            ("{% if a is definde %}题{% endif %}", "templates/x.html:1:12", "definde", "did you mean defined?"),
            ("题{{ rang() }}", "templates/x.html:1:5", "rang", "did you mean range?"),
            (
                "{% extends \"base.html\" %}\n{% block mian %}题{% endblock %}",
                "templates/x.html:2:10",
                "mian",
                "did you mean main?",
            ),
            ("{% extends \"builtin/artcle.html\" %}", "templates/x.html:1:13", "builtin/artcle.html", "did you mean"),
            ("{% extends \"basis.html\" %}", "templates/x.html:1:13", "basis.html", "did you mean base.html?"),
            (
                "题{% include \"parts/stori.html\" %}",
                "templates/x.html:1:14",
                "parts/stori.html",
                "did you mean parts/story.html?",
            ),
        ];
        for (text, at, marked, hint) in cases {
            let (templates, diagnostics) = load(&[("x.html", text)]);
            assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:?}");
            let (location, underlined, actual) = location_and_hint(&diagnostics[0]);
            assert_eq!((location.as_str(), underlined.as_str()), (at, marked), "{text}");
            assert!(actual.starts_with(hint), "{actual}");
            assert_eq!(templates.render("x.html", &Context::new()), Err(diagnostics[0].clone()));
            assert!(templates.has_reported(&diagnostics[0]));
        }
    }

    #[test]
    fn a_block_of_a_built_in_template_can_be_overridden() {
        let own = "{% extends \"builtin/404.html\" %}{% block masthead %}{{ super() }}<p>刊头</p>{% endblock %}";
        let (templates, diagnostics) = load(&[("404.html", own)]);
        assert_eq!(diagnostics, []);
        let built_in = builtin::TEMPLATES.iter().find(|(name, _)| *name == "404.html");
        assert!(built_in.is_some_and(|(_, text)| templates.texts["builtin/404.html"] == *text));
        let blocks = crate::render::engine::references::block_names(&templates.texts["404.html"]);
        assert_eq!(blocks, ["masthead"]);
    }

    #[test]
    fn only_templates_that_depend_on_a_broken_one_are_refused() {
        let (templates, diagnostics) = load(&[("parts/story.html", "{% if %}"), ("plain.html", "好")]);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(templates.render("theme.html", &Context::new()), Err(diagnostics[0].clone()));
        assert_eq!(templates.render("plain.html", &Context::new()).as_deref(), Ok("好".as_bytes()));
    }

    #[test]
    fn a_base_without_the_blocks_that_others_override_is_at_fault() {
        let (templates, diagnostics) = load(&[("base.html", "<p>{{ page.title }}</p>"), ("mine.html", "好")]);
        let found: Vec<(Code, &str)> = diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.location.as_ref().unwrap().file.as_str()))
            .collect();
        assert_eq!(found, [(Code::Template, "templates/base.html"), (Code::UnusedFile, "templates/mine.html")]);
        assert_eq!(templates.render("mine.html", &Context::new()).as_deref(), Ok("好".as_bytes()));
    }

    #[test]
    fn cycles_are_reported() {
        let (_, diagnostics) = load(&[("a.html", "{% extends \"b.html\" %}"), ("b.html", "{% extends \"a.html\" %}")]);
        assert!(!diagnostics.is_empty());
        let (_, diagnostics) = load(&[("a.html", "{% include \"a.html\" %}")]);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn a_missing_variable_is_reported_when_a_page_is_rendered() {
        let (templates, diagnostics) = load(&[("plain.html", "甲\n乙{{ bodi }}")]);
        assert_eq!(diagnostics, []);
        let diagnostic = templates.render("plain.html", &context! { body => "x" }).unwrap_err();
        let expected = ("templates/plain.html:2:5".to_owned(), "bodi".to_owned(), "did you mean body?".to_owned());
        assert_eq!(location_and_hint(&diagnostic), expected);
    }
}
