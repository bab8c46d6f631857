//! The fingerprint of a page: a digest of everything that decides on its bytes.
//!
//! Rendering reads no clock and no file, so the fingerprint is made from the template with all that it builds on, and from the
//! serialised view. A view that is `Deferred` is represented by its inputs, by the fingerprints of the texts that it will
//! read, and by all settings. Pages with equal fingerprints have equal bytes.

use crate::catalog::access_tracker::AccessTracker;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::render::page_views::{Content, Deferred, PageView};
use crate::render::renderer::Renderer;
use crate::render::views::cards::Cards;
use crate::site::page::Page;
use crate::util::digest::Digest;
use serde::Serialize;

/// The fingerprint of a page, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    pub(crate) digest: Digest,
    /// the articles whose texts it was made from, ascending: changed texts of others leave the digest the same
    pub(crate) articles: Box<[u32]>,
}

impl Fingerprint {
    /// The fingerprint of a file that is made from no article.
    pub(crate) fn without_articles(digest: Digest) -> Self {
        Self { digest, articles: Box::default() }
    }
}

/// The fingerprint of the text of an article or a source page: texts with equal fingerprints are shown alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextFingerprint(Digest);

impl TextFingerprint {
    /// Of everything that decides on how a text is shown, settings aside.
    pub fn of(inputs: &impl Serialize) -> Self {
        Self(Digest::of(inputs))
    }
}

/// The fingerprint of a text, by its file.
pub(crate) type TextFingerprints<'a> = dyn Fn(&str) -> TextFingerprint + Sync + 'a;

/// Makes the fingerprints of the pages that a renderer renders.
#[derive(Debug)]
pub struct Fingerprinter<'a> {
    renderer: &'a Renderer<'a>,
    /// the digest of what every template can show
    shared: Digest,
    settings: Digest,
}

impl<'a> Fingerprinter<'a> {
    /// For this renderer's pages.
    pub fn new(renderer: &'a Renderer<'a>) -> Self {
        let cards = Cards::of(renderer.site);
        let shared = Digest::of(&(cards.site(), cards.messages().table()));
        Self { renderer, shared, settings: Digest::of(&renderer.site.config) }
    }

    /// The fingerprint of a page. `texts` gives those of the texts that it shows.
    ///
    /// # Errors
    /// The diagnostic of a broken template: such a page has no fingerprint.
    pub fn page(&self, page: Page, texts: &TextFingerprints<'_>) -> Result<Fingerprint, Diagnostic> {
        let tracker = AccessTracker::recording();
        let digest = self.digest(&self.renderer.view(page, &tracker), texts)?;
        Ok(Fingerprint { digest, articles: tracker.into_accessed() })
    }

    /// The digest of a page whose view is made already.
    ///
    /// # Errors
    /// As [`Self::page`].
    pub(crate) fn digest(&self, page: &PageView<'_>, texts: &TextFingerprints<'_>) -> Result<Digest, Diagnostic> {
        let (template, view) = match &page.content {
            Content::Text(text) => return Ok(Digest::of_bytes(text.as_bytes())),
            Content::DeferredText(text) => return Ok(self.deferred(text, texts)),
            Content::Picture(picture) => return Ok(picture.digest()),
            Content::View(template, view) => (template, view.fingerprint()),
            Content::DeferredView(template, view) => (template, self.deferred(view, texts)),
        };
        let template = self.renderer.templates.digest(template)?;
        Ok(Digest::of_all([template, view, Digest::of(&(&page.frame, &page.root)), self.shared]))
    }

    fn deferred<T>(&self, deferred: &Deferred<'_, T>, texts: &TextFingerprints<'_>) -> Digest {
        let texts = deferred.texts.iter().map(|file| texts(file).0);
        Digest::of_all([deferred.inputs, self.settings].into_iter().chain(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::article::ArticleKind;
    use crate::render::engine::templates::Templates;
    use crate::render::views::sample::{self, Story};
    use std::collections::BTreeMap;

    const STORIES: [Story; 4] = [
        (3, 900, ArticleKind::News, &["a"]),
        (3, 500, ArticleKind::Commentary, &["a", "b"]),
        (5, 700, ArticleKind::News, &["a"]),
        (0, 300, ArticleKind::Brief, &[]),
    ];

    /// The fingerprint and the bytes of each page, by its file.
    fn built(stories: &[Story]) -> BTreeMap<String, (Digest, Vec<u8>)> {
        let site = sample::site(stories);
        let (templates, _) = Templates::load(&[]);
        let renderer = Renderer::new(&site, &templates);
        let fingerprinter = Fingerprinter::new(&renderer);
        let text = |file: &str| Ok(format!("{file}的正文。").into());
        let fingerprint = |file: &str| TextFingerprint::of(&file);
        let one =
            |page: Page| (fingerprinter.page(page, &fingerprint).unwrap().digest, renderer.page(page, &text).unwrap());
        site.pages.iter().map(|&page| (site.address(page).file(), one(page))).collect()
    }

    #[test]
    fn pages_with_equal_fingerprints_have_equal_bytes() {
        let before = built(&STORIES);
        assert_eq!(before, built(&STORIES));
        let changed: [Story; 4] = [
            (3, 901, ArticleKind::News, &["a"]),
            (3, 900, ArticleKind::Theory, &["a"]),
            (4, 900, ArticleKind::News, &["a"]),
            (3, 900, ArticleKind::News, &["b"]),
        ];
        for story in changed {
            let after = built(&[story, STORIES[1], STORIES[2], STORIES[3]]);
            let mut different = 0;
            for (file, (digest, bytes)) in &after {
                let Some((digest_before, bytes_before)) = before.get(file) else { continue };
                assert!(digest != digest_before || bytes == bytes_before, "{file}: {story:?}");
                different += usize::from(digest != digest_before);
            }
            assert!(different > 0, "{story:?} changes no page");
        }
    }

    #[test]
    fn a_fingerprint_names_the_articles_whose_texts_a_page_shows() {
        let site = sample::site(&STORIES);
        let (templates, _) = Templates::load(&[]);
        let renderer = Renderer::new(&site, &templates);
        let fingerprinter = Fingerprinter::new(&renderer);
        let articles = |page| fingerprinter.page(page, &|_: &str| TextFingerprint::of(&())).unwrap().articles.to_vec();
        let undated = u32::try_from(site.catalog.undated[0]).unwrap();
        assert_eq!(articles(Page::Undated { part: 1 }), [undated]);
        assert!(!articles(Page::Theme { theme: 0, part: 1 }).contains(&undated));
    }
}
