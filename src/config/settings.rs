//! site.toml → plain types.
//!
//! 1. read the file as TOML against the types below: a key that is not here is an error with what could have been meant
//! 2. check what TOML cannot: slugs that can be addresses, no theme or paper twice, weights that are numbers
//!
//! Every setting has a default, so an empty site.toml is a site. A mistake here stops the command (exit code 2): a site
//! built from half its settings would be wrong everywhere at once. These have a file of their own: what files an article
//! ([`filing`]), what is shown ([`shown`]), where a site is published to ([`publish`]), what files are sent with ([`headers`]).

use crate::config::headers;
use crate::config::headers::HeaderRules;
use crate::config::publish;
use crate::config::publish::TargetConfig;
use crate::config::republish::{Extent, FeedRules, SourceRules, Switch};
use crate::config::themes;
use crate::config::themes::{FilingRules, Theme, ThemeKeys};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::error::{Error, ErrorKind, Result};
use crate::diagnostics::source::Source;
use crate::diagnostics::toml::toml_diagnostic;
use crate::text::lang::{LANGS, Lang};
use crate::text::slug::is_slug;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// The site as site.toml describes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    pub title: String,
    pub description: String,
    /// Where the site will stand, with `/` at the end: `https://x.github.io/digest/`; empty where nobody knows yet.
    /// Pages link to each other by relative addresses; this one is for feeds, sitemap and what search engines read.
    pub base_url: String,
    /// of the interface and its days
    pub lang: Lang,
    /// of the articles
    pub text_lang: Lang,
    /// who publishes the site, for feeds
    pub author: String,
    /// entries on one page of a list
    pub page_size: usize,
    /// entries in a feed
    pub feed_size: usize,
    pub filing: FilingRules,
    pub import: ImportRules,
    /// off: no search page, no index, no box in the head of the pages
    pub search: Switch,
    /// off: no pictures of how many articles there are
    pub charts: Switch,
    /// off: no key figures
    pub figures: Switch,
    /// off: no pages of places
    pub places: Switch,
    /// of papers that say nothing else
    pub articles: Extent,
    /// off: no `.md`, `.json`, `.bib` and `.ris` beside an article, no `.csv` and `.bib` beside a theme
    pub twins: Switch,
    pub source: SourceRules,
    pub feeds: FeedRules,
    pub themes: Vec<Theme>,
    pub papers: Vec<Paper>,
    /// sorted by name
    pub headers: HeaderRules,
    pub publish: Vec<TargetConfig>,
}

/// How pages become articles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImportRules {
    /// half-width punctuation between 汉字 is set in full width: `改革,走深走实` → `改革，走深走实`
    pub(crate) full_width: bool,
}

impl Default for ImportRules {
    fn default() -> Self {
        Self { full_width: true }
    }
}

/// A newspaper, where its address is to be readable and its pages to be known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub name: String,
    pub slug: String,
    /// what the names of its page files begin with: inner pages often do not print the paper's name; empty: nothing
    #[serde(default)]
    pub files: String,
    /// how much of its articles is shown, where it is not as the site says
    pub articles: Option<Extent>,
}

/// The keys of site.toml, as they stand in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Keys {
    title: String,
    description: String,
    base_url: Spanned<String>,
    #[serde(alias = "language")]
    lang: Spanned<String>,
    text_lang: Option<Spanned<String>>,
    author: String,
    page_size: Spanned<usize>,
    feed_size: Spanned<usize>,
    filing: Spanned<FilingRules>,
    import: ImportRules,
    search: Switch,
    charts: Switch,
    figures: Switch,
    places: Switch,
    articles: Extent,
    twins: Switch,
    source: SourceRules,
    feeds: FeedRules,
    themes: Vec<Spanned<ThemeKeys>>,
    papers: Vec<Spanned<Paper>>,
    headers: headers::Keys,
    publish: BTreeMap<String, publish::Keys>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            title: "文摘".to_owned(),
            description: String::new(),
            base_url: Spanned::new(0..0, String::new()),
            lang: Spanned::new(0..0, Lang::default().tag().to_owned()),
            text_lang: None,
            author: String::new(),
            page_size: Spanned::new(0..0, 20),
            feed_size: Spanned::new(0..0, 30),
            filing: Spanned::new(0..0, FilingRules::default()),
            import: ImportRules::default(),
            search: Switch::default(),
            charts: Switch::default(),
            figures: Switch::default(),
            places: Switch::default(),
            articles: Extent::default(),
            twins: Switch::default(),
            source: SourceRules::default(),
            feeds: FeedRules::default(),
            themes: Vec::new(),
            papers: Vec::new(),
            headers: headers::Keys::default(),
            publish: BTreeMap::new(),
        }
    }
}

/// Reads site.toml.
///
/// # Errors
/// A configuration error with every finding: the first one where the TOML does not parse, else all of them.
pub fn parse(source: &Source) -> Result<Config> {
    let keys: Keys = toml::from_str(&source.text)
        .map_err(|error| Error::configuration(discreet(toml_diagnostic(source, 0, &error))))?;
    let diagnostics = findings(source, &keys);
    if diagnostics.is_empty() { Ok(settled(keys)) } else { Err(Error::new(ErrorKind::Configuration, diagnostics)) }
}

/// A finding in a line that may hold a password, which has no business in site.toml, does not show that line.
fn discreet(diagnostic: Diagnostic) -> Diagnostic {
    let line = diagnostic
        .location
        .as_ref()
        .and_then(|place| place.excerpt.as_ref())
        .map(|excerpt| excerpt.text.to_lowercase());
    let Some(line) = line else { return diagnostic };
    let holds = |text: &str| ["secret", "password", "token", "access_key"].iter().any(|word| text.contains(word));
    if diagnostic.code == Code::UnknownKey && holds(line.split('=').next().unwrap_or_default()) {
        return publish::unshown(Diagnostic { code: Code::SecretInSettings, ..diagnostic }).hint(
            "site.toml is for all to read: take it out, and have it changed if this file was ever shared. Keys are read \
             from the environment (AWS_ACCESS_KEY_ID …) or from ~/.aws/credentials",
        );
    }
    if holds(&line) || line.contains("://") { publish::unshown(diagnostic) } else { diagnostic }
}

fn findings(source: &Source, keys: &Keys) -> Vec<Diagnostic> {
    let mut diagnostics = publish::findings(source, &keys.publish);
    diagnostics.extend(headers::findings(source, &keys.headers));
    diagnostics.extend(themes::findings(source, &keys.filing, &keys.themes));
    let mut say = |code, message: String, span, hint: &str| {
        diagnostics.push(Diagnostic::new(code, message).at(source, span).hint(hint));
    };
    let url = keys.base_url.get_ref();
    if !url.is_empty() && !is_site_url(url) {
        let hint = "write it with scheme and host, such as https://example.org/digest/";
        say(Code::BadBaseUrl, format!("{url:?} is not the address of a site"), keys.base_url.span(), hint);
    }
    for tag in std::iter::once(&keys.lang).chain(&keys.text_lang).filter(|tag| Lang::of_tag(tag.get_ref()).is_none()) {
        say(Code::BadLang, format!("there is no language {:?}", tag.get_ref()), tag.span(), &lang_hint(tag.get_ref()));
    }
    for size in [&keys.page_size, &keys.feed_size] {
        if *size.get_ref() == 0 {
            say(Code::BadSize, "a list of no entries shows nothing".to_owned(), size.span(), "use 1 or more");
        }
    }
    let (mut names, mut slugs) = (HashSet::new(), HashSet::new());
    for paper in &keys.papers {
        let (span, paper) = (paper.span(), paper.get_ref());
        if !names.insert(&paper.name) || !is_slug(&paper.slug) || !slugs.insert(&paper.slug) {
            let message = format!("paper {}: its name or its slug {:?} cannot be used", paper.name, paper.slug);
            say(
                Code::Paper,
                message,
                span,
                "each needs a name and a slug of ASCII letters, digits, - and _, once each",
            );
        }
    }
    diagnostics
}

fn lang_hint(tag: &str) -> String {
    let tags = LANGS.map(Lang::tag);
    match Lang::suggested_for(tag).map(Lang::tag).or_else(|| closest_match(tag, tags)) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("known are: {}", tags.join(", ")),
    }
}

fn is_site_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains([' ', '?', '#', '"', '<']))
}

fn settled(keys: Keys) -> Config {
    let lang = Lang::of_tag(keys.lang.get_ref()).unwrap_or_default();
    let text_lang = keys.text_lang.and_then(|tag| Lang::of_tag(tag.get_ref()));
    Config {
        title: keys.title,
        description: keys.description,
        base_url: with_slash(&keys.base_url.into_inner()),
        lang,
        text_lang: text_lang.unwrap_or(if lang.is_chinese() { lang } else { Lang::default() }),
        author: keys.author,
        page_size: keys.page_size.into_inner(),
        feed_size: keys.feed_size.into_inner(),
        filing: keys.filing.into_inner(),
        import: keys.import,
        search: keys.search,
        charts: keys.charts,
        figures: keys.figures,
        places: keys.places,
        articles: keys.articles,
        twins: keys.twins,
        source: keys.source,
        feeds: keys.feeds,
        themes: keys.themes.into_iter().map(|theme| theme.into_inner().settled()).collect(),
        papers: keys.papers.into_iter().map(Spanned::into_inner).collect(),
        headers: headers::settled(keys.headers),
        publish: publish::settled(keys.publish),
    }
}

/// An address that others can be appended to; empty stays empty.
fn with_slash(url: &str) -> String {
    match url {
        "" => String::new(),
        url => format!("{}/", url.trim_end_matches('/')),
    }
}

impl Config {
    /// This site at another address: `--base-url`.
    ///
    /// # Errors
    /// A configuration error where it is none.
    pub(crate) fn at_base_url(self, url: &str) -> Result<Self> {
        if !is_site_url(url) {
            let diagnostic = Diagnostic::new(Code::BadBaseUrl, format!("{url:?} is not the address of a site"));
            return Err(Error::configuration(diagnostic.hint("such as --base-url https://example.org/digest/")));
        }
        Ok(Self { base_url: with_slash(url), ..self })
    }

    /// How much of a paper's articles is shown.
    pub(crate) fn extent(&self, paper: Option<&str>) -> Extent {
        let listed = self.papers.iter().find(|listed| Some(listed.name.as_str()) == paper);
        listed.and_then(|listed| listed.articles).unwrap_or(self.articles)
    }

    /// The ids of all themes, in the order of site.toml.
    pub fn theme_ids(&self) -> Vec<String> {
        self.themes.iter().map(|theme| theme.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        parse(&Source::new("site.toml", text))
            .map_or_else(|error| error.diagnostics.iter().map(|n| n.code.name()).collect(), |_| vec![])
    }

    #[test]
    fn an_empty_file_is_a_site() {
        let config = parse(&Source::new("site.toml", "")).unwrap();
        assert_eq!((config.page_size, config.lang), (20, Lang::ZhHans));
    }

    #[test]
    fn a_language_without_words_is_told_with_the_one_that_was_meant() {
        let told = |text: &str| {
            let diagnostics = parse(&Source::new("site.toml", text)).unwrap_err().diagnostics;
            (
                diagnostics[0].code.name(),
                diagnostics[0].location.as_ref().unwrap().line,
                diagnostics[0].hint.clone().unwrap(),
            )
        };
        assert_eq!(told("\nlang = 'zh-CN'"), ("bad-lang", 2, "did you mean zh-Hans?".to_owned()));
        assert_eq!(told("lang = 'zh-hent'").2, "did you mean zh-Hant?");
        assert_eq!(told("lang = 'en'\ntext_lang = 'zh-HK'"), ("bad-lang", 2, "did you mean zh-Hant?".to_owned()));
        assert_eq!(told("lang = 'fr'").2, "known are: zh-Hans, zh-Hant, en");
        let langs = |text: &str| parse(&Source::new("site.toml", text)).map(|config| (config.lang, config.text_lang));
        assert_eq!(langs("language = 'en'").unwrap(), (Lang::En, Lang::ZhHans));
        assert_eq!(langs("lang = 'zh-Hant'").unwrap(), (Lang::ZhHant, Lang::ZhHant));
    }

    #[test]
    fn each_mistake_is_named() {
        assert_eq!(codes("tilte = \"x\""), ["unknown-key"]);
        assert_eq!(codes("title = x"), ["broken-toml"]);
        assert_eq!(codes("base_url = \"example.org\""), ["bad-base-url"]);
        assert_eq!(codes("page_size = 0"), ["bad-size"]);
        let twice = "[[themes]]\nid='a'\nslug='a'\n[[themes]]\nid='a'\nslug='产'\n[themes.terms]\n'工'=-1\n";
        assert_eq!(codes(twice), ["theme-id", "theme-slug", "theme-term"]);
        assert_eq!(codes("[[papers]]\nname='x'\nslug='/'\n"), ["paper"]);
    }

    #[test]
    fn rules_of_filing_that_file_nothing_are_named() {
        assert_eq!(codes("[filing]\nthreshold = 0.0"), ["filing"]);
        assert_eq!(codes("[filing]\nsecond = 1.5"), ["filing"]);
        assert_eq!(codes("[filing.against]\n'台风' = -2"), ["theme-term"]);
        assert_eq!(codes("[filing]\ntreshold = 2.0"), ["unknown-key"]);
        assert_eq!(parse(&Source::new("site.toml", "")).unwrap().filing, FilingRules::default());
    }

    #[test]
    fn a_site_can_be_searched_unless_it_says_no() {
        let search = |text: &str| parse(&Source::new("site.toml", text)).unwrap().search.enabled;
        assert!(search("") && search("[search]") && !search("[search]\nenabled = false"));
        let config = parse(&Source::new("site.toml", "[charts]\nenabled = false\n[places]\nenabled = false")).unwrap();
        assert!(!config.charts.enabled && !config.places.enabled && config.figures.enabled);
        assert_eq!(codes("[search]\nenabeld = true"), ["unknown-key"]);
        assert_eq!(codes("[search]\nenabled = 1"), ["broken-toml"]);
    }

    #[test]
    fn a_paper_may_show_more_or_less_of_its_articles_than_the_site() {
        let papers = "[[papers]]\nname='甲报'\nslug='a'\narticles='excerpt'\n[[papers]]\nname='乙报'\nslug='b'\n";
        let config = parse(&Source::new("site.toml", papers)).unwrap();
        let extents = [Some("甲报"), Some("乙报"), None].map(|paper| config.extent(paper));
        assert_eq!(extents, [Extent::Excerpt, Extent::Full, Extent::Full]);
        let text = "articles = 'excerpt'\n[[papers]]\nname='甲报'\nslug='a'\narticles='full'\n";
        let config = parse(&Source::new("site.toml", text)).unwrap();
        assert_eq!([config.extent(Some("甲报")), config.extent(None)], [Extent::Full, Extent::Excerpt]);
        assert_eq!(codes("articles = 'exerpt'"), ["unknown-key"]);
    }

    #[test]
    fn a_place_to_publish_to_has_what_its_kind_needs() {
        let target = |text: &str| codes(&format!("[publish.a]\n{text}"));
        assert_eq!(target("kind = 'git'\nremote = 'origin'"), [""; 0]);
        assert_eq!(target("kind = 'ssh'\nhost = 'h'"), ["publish-key"]);
        assert_eq!(target("kind = 'dir'\nfolder = 'x'\nbucket = 'b'"), ["publish-key"]);
        assert_eq!(target("kind = 'ftp'"), ["unknown-key"]);
        assert_eq!(target("kind = 'dir'\nfoldr = 'x'"), ["unknown-key"]);
        assert_eq!(target("kind = 'git'\nremote = '--upload-pack=x'"), ["publish-value"]);
        assert_eq!(target("kind = 'ssh'\nhost = 'h'\nfolder = 'f'\nkeep = 0"), ["publish-value"]);
        let two = "kind = 'dir'\nfolder = 'x'\ndefault = true\n";
        assert_eq!(target(&format!("{two}[publish.b]\n{two}")), ["publish-default"]);
    }

    #[test]
    fn a_password_in_the_settings_is_not_shown() {
        for line in [
            "secret_access_key = 'geheim'",
            "remot = 'https://u:geheim@h/r'",
            "branch = 'x'\nkind='dir'\nhost='-geheim'",
        ] {
            let text = format!("[publish.a]\n{line}\n");
            let text = if line.contains("kind") { text } else { format!("{text}kind = 's3'\nbucket = 'b'\n") };
            let told = parse(&Source::new("site.toml", text.as_str())).unwrap_err().to_string();
            assert!(!told.contains("geheim"), "{told}");
            assert!(told.contains("line 2") || told.contains("line 4"), "{told}");
        }
    }

    #[test]
    fn an_unknown_key_says_what_could_have_been_meant() {
        let error = parse(&Source::new("site.toml", "titel = \"x\"")).unwrap_err();
        assert_eq!(error.diagnostics[0].hint.as_deref(), Some("did you mean title?"));
    }
}
