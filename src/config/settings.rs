//! Parses site.toml into plain types.
//!
//! 1. deserialise the file: a key that is not in the types below is an error with what could have been meant
//! 2. validate what TOML cannot: slugs that can be in URLs, no theme or paper twice, weights that are positive numbers
//! 3. resolve defaults
//!
//! Every setting has a default, so an empty site.toml is a site. A mistake here stops the command (exit code 2): a site
//! built from half its settings would be wrong everywhere at once.
//!
//! ```
//! use wenzhai::config::settings::parse;
//! use wenzhai::diagnostics::source::Source;
//!
//! let config = parse(&Source::new("site.toml", "title = '文摘'\nbase_url = 'https://example.org/digest'")).unwrap();
//! assert_eq!((config.title.as_str(), config.base_url.as_str()), ("文摘", "https://example.org/digest/"));
//!
//! let error = parse(&Source::new("site.toml", "titel = '文摘'")).unwrap_err();
//! assert!(error.to_string().contains("did you mean title?"));
//! ```

use crate::config::base_url::{is_site_url, not_a_site_url, shown_url, with_trailing_slash};
use crate::config::check::{CheckRules, RawCheckRules};
use crate::config::content::{ContentRules, ImportRules, RawContentRules};
use crate::config::findings::{Findings, without_excerpt};
use crate::config::headers::{HeaderRules, RawHeaderRules};
use crate::config::ocr::{OcrRules, RawOcrRules};
use crate::config::publish::{self, RawTarget, TargetConfig};
use crate::config::republish::{CardRules, Extent, FeedRules, OfflineRules, SourceRules, Switch, TwinRules};
use crate::config::themes::{self, FilingRules, RawTheme, Theme};
use crate::config::year_shard::YearShard;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::{Diagnostic, closest_match};
use crate::diagnostics::error::{Error, ErrorKind, Result};
use crate::diagnostics::message::Message;
use crate::diagnostics::source::Source;
use crate::diagnostics::toml::toml_diagnostic;
use crate::message;
use crate::text::lang::{LANGS, Lang};
use crate::text::slug::is_slug;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// The settings of a site.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Config {
    /// the name of the site
    pub title: String,
    /// one sentence for search engines and feeds; empty: none
    pub description: String,
    /// the URL of the site, with `/` at the end, for feeds, sitemap and what search engines read; empty: not known yet
    pub base_url: String,
    /// the language of the interface and its dates
    pub lang: Lang,
    /// the language of the articles
    pub text_lang: Lang,
    /// who publishes the site, for feeds
    pub author: String,
    /// entries on one page of a list
    pub page_size: usize,
    /// entries in a feed
    pub feed_size: usize,
    /// when an article is filed under a theme
    pub filing: FilingRules,
    /// how pages become articles
    pub import: ImportRules,
    /// how scans are read
    pub ocr: OcrRules,
    /// how Markdown becomes pages
    pub content: ContentRules,
    /// the search page, its index and the search box
    pub search: Switch,
    /// charts of how many articles there are
    pub charts: Switch,
    /// key figures
    pub figures: Switch,
    /// pages of places
    pub places: Switch,
    /// how much of an article is shown, for papers that have no setting of their own
    pub articles: Extent,
    /// pictures for those who share a link
    pub cards: CardRules,
    /// articles in other formats beside their pages
    pub twins: TwinRules,
    /// reading without network
    pub offline: OfflineRules,
    /// what `wenzhai check` reports
    pub check: CheckRules,
    /// whether the text of source pages is shown
    pub source: SourceRules,
    /// what feeds carry
    pub feeds: FeedRules,
    /// in the order of site.toml
    pub themes: Vec<Theme>,
    /// in the order of site.toml
    pub papers: Vec<Paper>,
    /// the `Cache-Control` of published files
    pub headers: HeaderRules,
    /// publishing targets, sorted by name
    pub publish: Vec<TargetConfig>,
}

/// A newspaper with a slug of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// as in the mastheads
    pub name: String,
    /// the name in URLs
    pub slug: String,
    /// the prefix of its page files, since inner pages often do not print the paper's name; empty: none
    #[serde(default)]
    pub files: String,
    /// how much of its articles is shown; `None`: as for the site
    pub articles: Option<Extent>,
}

/// site.toml as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawConfig {
    title: Option<String>,
    description: String,
    base_url: Option<Spanned<String>>,
    #[serde(alias = "language")]
    lang: Option<Spanned<String>>,
    text_lang: Option<Spanned<String>>,
    author: String,
    page_size: Option<Spanned<usize>>,
    feed_size: Option<Spanned<usize>>,
    filing: Option<Spanned<FilingRules>>,
    import: ImportRules,
    ocr: RawOcrRules,
    content: RawContentRules,
    search: Switch,
    charts: Switch,
    figures: Switch,
    places: Switch,
    articles: Extent,
    cards: CardRules,
    twins: TwinRules,
    offline: OfflineRules,
    check: RawCheckRules,
    source: SourceRules,
    feeds: FeedRules,
    themes: Vec<Spanned<RawTheme>>,
    papers: Vec<Spanned<Paper>>,
    headers: RawHeaderRules,
    publish: BTreeMap<String, RawTarget>,
}

/// Reads site.toml.
///
/// # Errors
/// A configuration error with every finding: the first one where the TOML does not parse, else all of them.
pub fn parse(source: &Source) -> Result<Config> {
    let raw: RawConfig = toml::from_str(&source.text)
        .map_err(|error| Error::configuration(redacted(toml_diagnostic(source, 0, &error))))?;
    let diagnostics = raw.validate(source);
    if diagnostics.is_empty() { Ok(raw.resolve()) } else { Err(Error::new(ErrorKind::Configuration, diagnostics)) }
}

/// A diagnostic without its excerpt where that line may hold a password, which does not belong in site.toml.
fn redacted(diagnostic: Diagnostic) -> Diagnostic {
    let excerpt = diagnostic.location.as_ref().and_then(|location| location.excerpt.as_ref());
    let Some(line) = excerpt.map(|excerpt| excerpt.text.to_lowercase()) else { return diagnostic };
    let names_secret = |text: &str| ["secret", "password", "token", "access_key"].iter().any(|it| text.contains(it));
    if diagnostic.code == Code::UnknownKey && names_secret(line.split('=').next().unwrap_or_default()) {
        return without_excerpt(Diagnostic { code: Code::SecretInSettings, ..diagnostic }).hint(
            message!("site.toml is for all to read: take it out, and have it changed if this file was ever shared. Keys are read \
             from the environment (AWS_ACCESS_KEY_ID …) or from ~/.aws/credentials"),
        );
    }
    if names_secret(&line) || line.contains("://") { without_excerpt(diagnostic) } else { diagnostic }
}

impl RawConfig {
    /// What is wrong with the settings.
    fn validate(&self, source: &Source) -> Vec<Diagnostic> {
        let mut findings = Findings::new(source);
        publish::validate_targets(&self.publish, &mut findings);
        self.headers.validate(&mut findings);
        self.ocr.validate(&mut findings);
        self.check.validate(&mut findings);
        self.filing.iter().for_each(|rules| themes::validate_filing(rules, &mut findings));
        themes::validate_themes(&self.themes, &mut findings);
        let ids: Vec<&str> = self.themes.iter().map(|theme| theme.get_ref().id.as_str()).collect();
        self.content.validate(&ids, &mut findings);
        self.validate_site(&mut findings);
        self.validate_papers(&mut findings);
        findings.into_diagnostics()
    }

    /// Adds an address, languages and sizes that cannot be used.
    fn validate_site(&self, findings: &mut Findings<'_>) {
        let written_url = self.base_url.as_ref().filter(|url| !url.get_ref().is_empty());
        if let Some(url) = written_url.filter(|url| !is_site_url(url.get_ref())) {
            let hint = message!("write it with scheme and host, such as https://example.org/digest/");
            match shown_url(url.get_ref()) == *url.get_ref() {
                true => findings.add(Code::BadBaseUrl, not_a_site_url(url.get_ref()), url.span(), hint),
                false => findings.add_redacted(Code::BadBaseUrl, not_a_site_url(url.get_ref()), url.span(), hint),
            }
        }
        let tags = [&self.lang, &self.text_lang].into_iter().flatten();
        for tag in tags.filter(|tag| Lang::of_tag(tag.get_ref()).is_none()) {
            let message = message!("there is no language {tag}", tag = format!("{:?}", tag.get_ref()));
            findings.add(Code::BadLang, message, tag.span(), lang_hint(tag.get_ref()));
        }
        let sizes = [&self.page_size, &self.feed_size].into_iter().flatten();
        for size in sizes.filter(|size| *size.get_ref() == 0) {
            findings.add(
                Code::BadSize,
                message!("the size of a list has to be at least 1"),
                size.span(),
                message!("use 1 or more"),
            );
        }
    }

    /// Adds papers that share a name or a slug, or whose slug cannot be in a URL.
    fn validate_papers(&self, findings: &mut Findings<'_>) {
        let (mut names, mut slugs) = (HashSet::new(), HashSet::new());
        for paper in &self.papers {
            let (span, paper) = (paper.span(), paper.get_ref());
            if !names.insert(&paper.name) || !is_slug(&paper.slug) || !slugs.insert(&paper.slug) {
                let message = message!(
                    "paper {name}: its name or its slug {slug} cannot be used",
                    name = paper.name,
                    slug = format!("{:?}", paper.slug)
                );
                let hint = message!("each needs a unique name and a unique slug of ASCII letters, digits, - and _");
                findings.add(Code::Paper, message, span, hint);
            }
        }
    }

    /// The settings, with defaults for what is left out; they have to be valid.
    fn resolve(self) -> Config {
        let lang_of = |tag: Option<Spanned<String>>| tag.and_then(|tag| Lang::of_tag(tag.get_ref()));
        let lang = lang_of(self.lang).unwrap_or_default();
        Config {
            title: self.title.unwrap_or_else(|| "文摘".to_owned()),
            description: self.description,
            base_url: self.base_url.map(|url| with_trailing_slash(url.get_ref())).unwrap_or_default(),
            lang,
            text_lang: lang_of(self.text_lang).unwrap_or(if lang.is_chinese() { lang } else { Lang::default() }),
            author: self.author,
            page_size: self.page_size.map_or(20, Spanned::into_inner),
            feed_size: self.feed_size.map_or(30, Spanned::into_inner),
            filing: self.filing.map(Spanned::into_inner).unwrap_or_default(),
            import: self.import,
            ocr: self.ocr.resolve(),
            content: self.content.resolve(),
            search: self.search,
            charts: self.charts,
            figures: self.figures,
            places: self.places,
            articles: self.articles,
            cards: self.cards,
            twins: self.twins,
            offline: self.offline,
            check: self.check.resolve(),
            source: self.source,
            feeds: self.feeds,
            themes: self.themes.into_iter().map(|theme| theme.into_inner().resolve()).collect(),
            papers: self.papers.into_iter().map(Spanned::into_inner).collect(),
            headers: self.headers.resolve(),
            publish: self.publish.into_iter().map(|(name, target)| target.resolve(name)).collect(),
        }
    }
}

fn lang_hint(tag: &str) -> Message {
    let tags = LANGS.map(Lang::tag);
    match Lang::suggested_for(tag).map(Lang::tag).or_else(|| closest_match(tag, tags)) {
        Some(meant) => message!("did you mean {meant}?", meant),
        None => message!("known are: {known}", known = tags.join(", ")),
    }
}

impl Config {
    /// The settings of a shard of the site; without one, of all.
    pub(crate) fn of_shard(&self, shard: Option<YearShard>) -> Self {
        let content = ContentRules { filter: self.content.filter.of_shard(shard), ..self.content.clone() };
        Self { content, ..self.clone() }
    }

    /// This site at another URL, that of `--base-url`; a configuration error where it is no URL of a site.
    pub(crate) fn at_base_url(self, url: &str) -> Result<Self> {
        if !is_site_url(url) {
            let diagnostic = Diagnostic::new(Code::BadBaseUrl, not_a_site_url(url));
            return Err(Error::configuration(
                diagnostic.hint(message!("such as --base-url https://example.org/digest/")),
            ));
        }
        Ok(Self { base_url: with_trailing_slash(url), ..self })
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
    fn a_base_url_is_shown_without_its_secrets() {
        for url in [
            "https://u:geheim@host.example/",
            "https://host.example/?token=geheim",
            "https://host.example/#geheim",
            "ftp://u:geheim@host.example/",
            "u:geheim@host.example/",
            "https:/u:geheim@host.example",
            "host.example/?token=geheim",
        ] {
            let of_file = parse(&Source::new("site.toml", format!("base_url = {url:?}"))).unwrap_err();
            for error in [of_file, Config::default().at_base_url(url).unwrap_err()] {
                assert_eq!(error.diagnostics[0].code, Code::BadBaseUrl, "{url}");
                assert!(!format!("{error:?}").contains("geheim"), "{error:?}");
                assert!(
                    error.diagnostics[0].message.english().contains("host.example") || url.contains('@'),
                    "{error:?}"
                );
            }
        }
        assert!(parse(&Source::new("site.toml", "base_url = \"https://example.org/@name/\"")).is_ok());
    }

    #[test]
    fn an_unknown_language_is_reported_with_the_one_that_was_meant() {
        let first = |text: &str| {
            let diagnostics = parse(&Source::new("site.toml", text)).unwrap_err().diagnostics;
            (diagnostics[0].code.name(), diagnostics[0].location.as_ref().unwrap().line, diagnostics[0].advice())
        };
        assert_eq!(first("\nlang = 'zh-CN'"), ("bad-lang", 2, "did you mean zh-Hans?".to_owned()));
        assert_eq!(first("lang = 'zh-hent'").2, "did you mean zh-Hant?");
        assert_eq!(first("lang = 'en'\ntext_lang = 'zh-HK'"), ("bad-lang", 2, "did you mean zh-Hant?".to_owned()));
        assert_eq!(first("lang = 'fr'").2, "known are: zh-Hans, zh-Hant, en");
        let langs = |text: &str| parse(&Source::new("site.toml", text)).map(|config| (config.lang, config.text_lang));
        assert_eq!(langs("language = 'en'").unwrap(), (Lang::En, Lang::ZhHans));
        assert_eq!(langs("lang = 'zh-Hant'").unwrap(), (Lang::ZhHant, Lang::ZhHant));
    }

    #[test]
    fn each_mistake_is_reported() {
        assert_eq!(codes("tilte = \"x\""), ["unknown-key"]);
        assert_eq!(codes("title = x"), ["broken-toml"]);
        assert_eq!(codes("base_url = \"example.org\""), ["bad-base-url"]);
        assert_eq!(codes("page_size = 0"), ["bad-size"]);
        let twice = "[[themes]]\nid='a'\nslug='a'\n[[themes]]\nid='a'\nslug='产'\n[themes.terms]\n'工'=-1\n";
        assert_eq!(codes(twice), ["theme-id", "theme-slug", "theme-term"]);
        assert_eq!(codes("[[papers]]\nname='x'\nslug='/'\n"), ["paper"]);
    }

    #[test]
    fn filing_rules_that_file_nothing_are_reported() {
        assert_eq!(codes("[filing]\nthreshold = 0.0"), ["filing"]);
        assert_eq!(codes("[filing]\nsecond = 1.5"), ["filing"]);
        assert_eq!(codes("[filing.against]\n'台风' = -2"), ["theme-term"]);
        assert_eq!(codes("[filing]\ntreshold = 2.0"), ["unknown-key"]);
        assert_eq!(parse(&Source::new("site.toml", "")).unwrap().filing, FilingRules::default());
    }

    #[test]
    fn a_switch_is_on_by_default() {
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
    fn a_target_has_the_keys_that_its_kind_needs() {
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
            let message = parse(&Source::new("site.toml", text.as_str())).unwrap_err().to_string();
            assert!(!message.contains("geheim"), "{message}");
            assert!(message.contains("line 2") || message.contains("line 4"), "{message}");
        }
    }

    #[test]
    fn an_unknown_key_is_reported_with_the_one_that_was_meant() {
        let error = parse(&Source::new("site.toml", "titel = \"x\"")).unwrap_err();
        assert_eq!(error.diagnostics[0].advice(), "did you mean title?");
    }
}
