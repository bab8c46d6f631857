//! The state of the site that the preview server shows, replaced after each change. While the latest model has errors, files
//! that cannot be rendered are served from the last one without errors.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::io::terminal;
use crate::preview::live_reload::LiveReload;
use crate::preview::model::PreviewModel;
use crate::preview::resolve::PreviewFiles;
use crate::util::sync::lock;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The number of pages whose last good bytes are cached.
const CACHED_PAGES: usize = 64;

#[derive(Debug)]
pub(crate) struct CurrentSite {
    models: RwLock<Models>,
    /// the last good bytes of pages that were requested
    last_good: Mutex<BTreeMap<String, Vec<u8>>>,
    live: LiveReload,
}

/// The models that files are served from.
#[derive(Debug, Clone)]
pub(crate) struct Models {
    pub(crate) latest: Arc<PreviewModel>,
    /// the last one without errors, where the latest has errors
    pub(crate) good: Option<Arc<PreviewModel>>,
}

impl PreviewFiles for CurrentSite {
    /// The bytes of a file; the last good ones where it cannot be rendered, or is missing while the site has errors.
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let models = self.models();
        match models.latest.file(path) {
            Some(Ok(bytes)) => {
                self.cache(path, &bytes);
                Some(bytes)
            }
            Some(Err(diagnostic)) => {
                self.show_error_of(&models.latest, &diagnostic);
                self.last_good(path, &models)
            }
            None => models.good.as_ref().and_then(|_| self.last_good(path, &models)),
        }
    }
}

impl CurrentSite {
    /// A site of which `first` is taken for free of errors.
    pub(crate) fn new(first: Arc<PreviewModel>, live: LiveReload) -> Self {
        Self { models: RwLock::new(Models { latest: first, good: None }), last_good: Mutex::default(), live }
    }

    pub(crate) fn models(&self) -> Models {
        self.models.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the latest model; one with errors leaves the last good one in use beside it.
    pub(crate) fn replace(&self, model: Arc<PreviewModel>, is_good: bool) {
        let mut models = self.models.write().unwrap_or_else(PoisonError::into_inner);
        let good = if is_good { None } else { models.good.take().or(Some(models.latest.clone())) };
        *models = Models { latest: model, good };
    }

    /// Shows an error of a page, unless its model was replaced meanwhile: what was wrong may be corrected in the next one.
    fn show_error_of(&self, model: &Arc<PreviewModel>, diagnostic: &Diagnostic) {
        let models = self.models.read().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&models.latest, model) {
            self.live.show_error(diagnostic.render(terminal::language(), false));
        }
    }

    fn last_good(&self, path: &str, models: &Models) -> Option<Vec<u8>> {
        let cached = lock(&self.last_good).get(path).cloned();
        cached.or_else(|| models.good.as_ref()?.file(path)?.ok())
    }

    fn cache(&self, path: &str, bytes: &[u8]) {
        if path.ends_with(".html") {
            let mut cached = lock(&self.last_good);
            if cached.len() >= CACHED_PAGES && !cached.contains_key(path) {
                cached.clear();
            }
            cached.insert(path.to_owned(), bytes.to_vec());
        }
    }
}
