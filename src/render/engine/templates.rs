//! The templates: built-in ones, and the site's own.
//!
//! 1. a site's own file takes the place of the built-in one of its name, and may extend that one block by block under the name
//!    `builtin/…`; others can be included or extended
//! 2. what does not parse, or calls what is not there, is a finding at its place; the pages that need that template are not
//!    rendered, all others are
//! 3. rendering a page tells of a missing variable at its place
//!
//! The engine takes all templates or none, so a broken one is replaced by the built-in one of its name (or by nothing) while
//! the others are loaded, and [`Templates::render`] refuses what is built on it.

use crate::builtin;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::render::engine::diagnostics::{blamed, rendering_error, syntax_error};
use crate::render::engine::references::{Texts, closure};
use crate::render::engine::tera::engine;
use crate::util::digest::Digest;
use std::collections::BTreeMap;
use std::fmt;
use tera::Context;

/// Templates ready to render.
#[derive(Clone)]
pub struct Templates {
    engine: tera::Tera,
    /// the text of every template that is in use
    texts: Texts,
    /// what is wrong with the site's own, by name
    broken: BTreeMap<String, Diagnostic>,
    /// what each is built on, by name
    built_on: BTreeMap<String, BuiltOn>,
}

/// What a template is built on: itself, and all that it extends or includes.
#[derive(Debug, Clone)]
struct BuiltOn {
    /// a broken one among them
    broken: Option<Diagnostic>,
    digest: Digest,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("names", &self.texts.keys()).field("broken", &self.broken).finish()
    }
}

impl Templates {
    /// Loads the built-in templates and the site's `own`: name below `templates/`, text.
    ///
    /// Findings: own templates that do not parse, or that call a template, filter or block that is not there.
    pub fn load(own: &[(String, String)]) -> (Self, Vec<Diagnostic>) {
        let mut broken: BTreeMap<String, Diagnostic> = BTreeMap::new();
        for (name, text) in own {
            if let Some(diagnostic) = syntax_error(name, text) {
                broken.insert(name.clone(), diagnostic);
            }
        }
        loop {
            let texts = texts(own, &broken);
            let mut engine = engine();
            let Err(error) = engine.add_raw_templates(texts.iter()) else {
                let diagnostics = broken.values().cloned().collect();
                let built_on = built_on(&texts, &broken);
                return (Self { engine, texts, broken, built_on }, diagnostics);
            };
            for (name, diagnostic) in blamed(own, &broken, &texts, &error) {
                broken.entry(name).or_insert(diagnostic);
            }
        }
    }

    /// Renders a template, into text.
    ///
    /// # Errors
    /// A finding: a variable that is not there, or whatever else the engine refuses, at its place; for a template that is
    /// broken, or is built on one that is, the finding of that one.
    pub(crate) fn render(&self, name: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        self.digest(name)?;
        let mut bytes = Vec::new();
        let rendered = self.engine.render_to(name, context, &mut bytes);
        rendered.map(|()| bytes).map_err(|error| rendering_error(name, &self.texts, &error))
    }

    /// What stands for a template and all that it is built on.
    ///
    /// # Errors
    /// The finding of a broken one among them.
    pub(crate) fn digest(&self, name: &str) -> Result<Digest, Diagnostic> {
        match self.built_on.get(name) {
            Some(BuiltOn { broken: Some(diagnostic), .. }) => Err(diagnostic.clone()),
            Some(built_on) => Ok(built_on.digest),
            None => Ok(Digest::of_bytes(name.as_bytes())),
        }
    }

    /// What stands for all of them, and for what is wrong with them.
    pub(crate) fn whole(&self) -> Digest {
        let broken: Vec<&String> = self.broken.keys().collect();
        Digest::of(&(&self.texts, broken))
    }

    /// Whether a template, or one that it is built on, holds a word: what holds no name of a field does not show it.
    pub(crate) fn mentions(&self, name: &str, word: &str) -> bool {
        mentions(&self.texts, name, word)
    }

    /// [`Self::names`] before they are loaded, of the site's `own` beside the built-in ones.
    pub(crate) fn will_mention(own: &[(String, String)], name: &str, word: &str) -> bool {
        mentions(&texts(own, &BTreeMap::new()), name, word)
    }

    /// Whether [`Self::load`] has told of this already.
    pub(crate) fn has_reported(&self, diagnostic: &Diagnostic) -> bool {
        self.broken.values().any(|known| known == diagnostic)
    }
}

/// The engine's name for all that a template is given.
const EVERYTHING: &str = "__tera_context";

/// Before the name of a built-in template, where a site's own of that name extends it.
const BUILT_IN: &str = "builtin/";

fn mentions(texts: &Texts, name: &str, word: &str) -> bool {
    let holds = |text: &String| text.contains(word) || text.contains(EVERYTHING);
    closure(texts, name).into_iter().filter_map(|name| texts.get(name)).any(holds)
        || texts.values().any(|text| is_far_reaching(text) && holds(text))
}

/// The site's own templates before the built-in ones, without the broken ones.
fn texts(own: &[(String, String)], broken: &BTreeMap<String, Diagnostic>) -> Texts {
    let built_in = builtin::TEMPLATES.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
    let extended = own.iter().any(|(_, text)| text.contains(BUILT_IN));
    let to_extend = builtin::TEMPLATES.iter().filter(|_| extended);
    let to_extend = to_extend.map(|&(name, text)| (format!("{BUILT_IN}{name}"), text.to_owned()));
    let own = own.iter().filter(|(name, _)| !broken.contains_key(name)).cloned();
    built_in.chain(to_extend).chain(own).collect()
}

/// What each template is built on. What reaches beyond the names in it counts for all.
fn built_on(texts: &Texts, broken: &BTreeMap<String, Diagnostic>) -> BTreeMap<String, BuiltOn> {
    let digests: BTreeMap<&str, Digest> =
        texts.iter().map(|(name, text)| (name.as_str(), Digest::of(&(name, text)))).collect();
    let far: Vec<&str> =
        texts.iter().filter(|(_, text)| is_far_reaching(text)).map(|(name, _)| name.as_str()).collect();
    let names = texts.keys().chain(broken.keys());
    let of = |name: &String| {
        let closure = closure(texts, name);
        let digest = Digest::of_all(closure.iter().chain(&far).filter_map(|name| digests.get(name).copied()));
        let broken = closure.iter().find_map(|needed| broken.get(*needed)).cloned();
        (name.clone(), BuiltOn { broken, digest })
    };
    names.map(of).collect()
}

/// A component can be called from any template.
fn is_far_reaching(text: &str) -> bool {
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

    /// file, line, column and underlined text of a finding, and its hint
    fn location_and_hint(diagnostic: &Diagnostic) -> (String, String, &str) {
        let place = diagnostic.location.as_ref().unwrap();
        let marked = place.excerpt.as_ref().map_or("", |excerpt| &excerpt.text[excerpt.marked.clone()]);
        let at = format!("{}:{}:{}", place.file, place.line, place.column);
        (at, marked.to_owned(), diagnostic.hint.as_deref().unwrap_or_default())
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
    fn a_sites_own_template_wins_and_may_include_another() {
        let (templates, diagnostics) =
            load(&[("plain.html", "{% include \"parts/mine.html\" %}"), ("parts/mine.html", "我的：{{ body }}")]);
        assert_eq!(diagnostics, []);
        let page = templates.render("plain.html", &context! { body => "<甲>" }).unwrap();
        assert_eq!(page, "我的：&lt;甲&gt;".as_bytes());
    }

    #[test]
    fn what_does_not_parse_or_calls_what_is_not_there_is_told_at_its_place() {
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
            let (place, underlined, said) = location_and_hint(&diagnostics[0]);
            assert_eq!((place.as_str(), underlined.as_str()), (at, marked), "{text}");
            assert!(said.starts_with(hint), "{said}");
            assert_eq!(templates.render("x.html", &Context::new()), Err(diagnostics[0].clone()));
            assert!(templates.has_reported(&diagnostics[0]));
        }
    }

    #[test]
    fn a_block_of_a_built_in_template_can_be_written_anew() {
        let own = "{% extends \"builtin/404.html\" %}{% block masthead %}{{ super() }}<p>刊头</p>{% endblock %}";
        let (templates, diagnostics) = load(&[("404.html", own)]);
        assert_eq!(diagnostics, []);
        let known = builtin::TEMPLATES.iter().find(|(name, _)| *name == "404.html");
        assert!(known.is_some_and(|(_, text)| templates.texts["builtin/404.html"] == *text));
        let blocks = crate::render::engine::references::block_names(&templates.texts["404.html"]);
        assert_eq!(blocks, ["masthead"]);
    }

    #[test]
    fn only_pages_built_on_a_broken_template_are_refused() {
        let (templates, diagnostics) = load(&[("parts/story.html", "{% if %}"), ("plain.html", "好")]);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(templates.render("theme.html", &Context::new()), Err(diagnostics[0].clone()));
        assert_eq!(templates.render("plain.html", &Context::new()).as_deref(), Ok("好".as_bytes()));
    }

    #[test]
    fn a_base_without_the_blocks_that_others_fill_is_to_blame() {
        let (templates, diagnostics) = load(&[("base.html", "<p>{{ page.title }}</p>"), ("mine.html", "好")]);
        let files: Vec<&str> =
            diagnostics.iter().map(|diagnostic| diagnostic.location.as_ref().unwrap().file.as_str()).collect();
        assert_eq!(files, ["templates/base.html"]);
        assert_eq!(templates.render("mine.html", &Context::new()).as_deref(), Ok("好".as_bytes()));
    }

    #[test]
    fn circles_end() {
        let (_, diagnostics) = load(&[("a.html", "{% extends \"b.html\" %}"), ("b.html", "{% extends \"a.html\" %}")]);
        assert!(!diagnostics.is_empty());
        let (_, diagnostics) = load(&[("a.html", "{% include \"a.html\" %}")]);
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn a_missing_variable_is_told_when_a_page_is_rendered() {
        let (templates, diagnostics) = load(&[("plain.html", "甲\n乙{{ bodi }}")]);
        assert_eq!(diagnostics, []);
        let diagnostic = templates.render("plain.html", &context! { body => "x" }).unwrap_err();
        let expected = ("templates/plain.html:2:5".to_owned(), "bodi".to_owned(), "did you mean body?");
        assert_eq!(location_and_hint(&diagnostic), expected);
    }
}
