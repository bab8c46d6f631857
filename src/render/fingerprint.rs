//! The key of a page: a digest of all that decides on its bytes.
//!
//! A page is its template and its view, and nothing else: rendering knows no clock, no file and no chance. So the key is made
//! of the template with all that it builds on, and of the view itself; a field that is added to a view is in the key from
//! then on. Three things would make views dear, and digests stand for them: cards ([`crate::render::views::card_cache`]); the bodies of
//! articles, in whose place [`TextSource`](crate::site::body::TextSource) gives the digest of the file that they stand in; and what
//! says the same of an article in many forms ([`crate::render::formats::alternates::told`]).
//!
//! Where two pages' keys are equal, their bytes are.

use crate::catalog::access_tracker::AccessTracker;
use crate::catalog::entry::EntryId;
use crate::config::settings::Config;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::render::engine::templates::Templates;
use crate::render::engine::unused_fields::unused_article_fields;
use crate::render::formats::alternates;
use crate::render::frame::frame;
use crate::render::page_views::{Content, first_note, sheet};
use crate::render::views::card_cache::CardCache;
use crate::render::views::cards::Cards;
use crate::render::views::made::Made;
use crate::site::body::TextSource;
use crate::site::page::{AlternateFormat, Page};
use crate::site::site::Site;
use crate::util::digest::Digest;

/// What decides on a page's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    pub(crate) digest: Digest,
    /// the articles whose texts it was made from, in ascending order: while all others change nothing but their texts, the
    /// digest holds
    pub(crate) seen: Box<[u32]>,
}

impl Fingerprint {
    /// Of what reads no article.
    pub(crate) fn alone(digest: Digest) -> Self {
        Self { digest, seen: Box::default() }
    }
}

/// Tells the keys of a site's pages.
#[derive(Debug)]
pub struct Fingerprinter<'a> {
    site: &'a Site,
    templates: &'a Templates,
    card_cache: CardCache,
    /// of what every page sees
    shared: Digest,
    /// the settings that decide on what is told of an article, and why it is filed where it is
    telling: Digest,
}

impl<'a> Fingerprinter<'a> {
    pub fn new(site: &'a Site, templates: &'a Templates) -> Self {
        let cards = Cards::of(site);
        Self {
            site,
            templates,
            card_cache: CardCache::of_digests(unused_article_fields(templates)),
            shared: Digest::of(&(cards.site(), cards.messages().table())),
            telling: telling(&site.config),
        }
    }

    /// The key of one page, and the articles whose texts it reads. `bodies` gives what stands for a body.
    ///
    /// # Errors
    /// As [`Renderer::page`](crate::render::renderer::Renderer::page): a page that cannot be rendered has no key.
    pub fn key(&self, page: Page, bodies: &TextSource<'_>) -> Result<Fingerprint, Diagnostic> {
        let tracker = AccessTracker::recording();
        let noting = |file: &str| {
            if let Some(Page::Article(id)) = self.site.page_of_file(file) {
                tracker.record(id);
            }
            bodies(file)
        };
        let cards = Cards::shared(self.site, &self.card_cache, &tracker);
        let digest = match page {
            Page::Alternate(id, format) => self.of_alternate(cards, id, format, &noting)?,
            page => self.of_sheet(cards, page, &noting)?,
        };
        Ok(Fingerprint { digest, seen: tracker.into_accessed() })
    }

    fn of_alternate(
        &self,
        cards: Cards<'_>,
        id: EntryId,
        format: AlternateFormat,
        bodies: &TextSource<'_>,
    ) -> Result<Digest, Diagnostic> {
        let key = alternates::fingerprint(cards, id, format, bodies);
        let unread = |error| first_note(error, &self.site.catalog.entries[id].file);
        Ok(Digest::of_all([key.map_err(unread)?, self.telling]))
    }

    fn of_sheet(&self, cards: Cards<'_>, page: Page, bodies: &TextSource<'_>) -> Result<Digest, Diagnostic> {
        let sheet = sheet(cards, page, bodies)?;
        let (template, view) = match &sheet.shown {
            Content::View(template, Made::Digest(view)) => (self.templates.digest(template)?, *view),
            Content::View(..) => unreachable!("cards of digests make nothing else"),
            Content::Text(text) => return Ok(Digest::of_bytes(text.as_bytes())),
        };
        let of_article = matches!(page, Page::Article(_)).then_some(self.telling);
        let parts = [template, view, Digest::of(&frame(self.site, page, &sheet)), self.shared];
        Ok(Digest::of_all(parts.into_iter().chain(of_article)))
    }
}

/// Which words of a text filed it is told by rules, and what stands for the text does not hold them; nor does what stands
/// for an article's other forms hold what they say of the site.
fn telling(config: &Config) -> Digest {
    let Config { lang, text_lang, base_url, filing, articles, twins, themes, papers, .. } = config;
    Digest::of(&format!("{:?}", (lang, text_lang, base_url, filing, articles, twins, themes, papers)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::ArticleKind;
    use crate::render::renderer::Renderer;
    use crate::render::views::sample::{self, Story};
    use std::collections::BTreeMap;

    const STORIES: [Story; 4] = [
        (3, 900, ArticleKind::News, &["a"]),
        (3, 500, ArticleKind::Commentary, &["a", "b"]),
        (5, 700, ArticleKind::News, &["a"]),
        (0, 300, ArticleKind::Brief, &[]),
    ];

    /// The key and the bytes of each page, by its file.
    fn made(stories: &[Story]) -> BTreeMap<String, (Digest, Vec<u8>)> {
        let site = sample::site(stories);
        let (templates, _) = Templates::load(&[]);
        let (keys, press) = (Fingerprinter::new(&site, &templates), Renderer::new(&site, &templates));
        let body = |file: &str| Ok(format!("{file}的正文。"));
        let one = |page: Page| (keys.key(page, &body).unwrap().digest, press.page(page, &body).unwrap());
        site.pages.iter().map(|&page| (site.address(page).file(), one(page))).collect()
    }

    #[test]
    fn where_two_keys_are_equal_the_bytes_are() {
        let before = made(&STORIES);
        assert_eq!(before, made(&STORIES));
        let changed: [Story; 4] = [
            (3, 901, ArticleKind::News, &["a"]),
            (3, 900, ArticleKind::Theory, &["a"]),
            (4, 900, ArticleKind::News, &["a"]),
            (3, 900, ArticleKind::News, &["b"]),
        ];
        for story in changed {
            let after = made(&[story, STORIES[1], STORIES[2], STORIES[3]]);
            let mut others = 0;
            for (file, (key, bytes)) in &after {
                let Some((key_before, bytes_before)) = before.get(file) else { continue };
                assert!(key != key_before || bytes == bytes_before, "{file}: {story:?}");
                others += usize::from(key != key_before);
            }
            assert!(others > 0, "{story:?} shows nowhere");
        }
    }

    #[test]
    fn a_key_knows_whose_texts_a_page_reads() {
        let site = sample::site(&STORIES);
        let (templates, _) = Templates::load(&[]);
        let keys = Fingerprinter::new(&site, &templates);
        let seen = |page| keys.key(page, &|_: &str| Ok(String::new())).unwrap().seen.to_vec();
        let undated = u32::try_from(site.catalog.undated[0]).unwrap();
        assert_eq!(seen(Page::Undated { part: 1 }), [undated]);
        assert!(!seen(Page::Theme { theme: 0, part: 1 }).contains(&undated));
    }
}
