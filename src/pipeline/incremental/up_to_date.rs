//! Whether anything has changed since the last build.
//!
//! 1. what the disk says of the site's files is asked; meanwhile all that was kept is read
//! 2. where the files, and what is asked of the build, are what they were, and so is its folder, there is nothing to do, and
//!    what was kept is not read to its end

use crate::diagnostics::error::Result;
use crate::io::fs::stamp::Stamp;
use crate::io::output::manifest::Manifest;
use crate::pipeline::incremental::cache::{Cache, CacheFile, CacheHeader};
use crate::pipeline::incremental::outputs::digest;
use crate::pipeline::incremental::survey::{StampTrust, Survey};
use crate::pipeline::options::BuildOptions;
use crate::util::digest::Digest;
use crate::util::parallel;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a build begins with.
#[derive(Debug)]
pub(crate) struct UpToDateCheck {
    pub(crate) survey: Survey,
    pub(crate) kept: Cache,
}

impl UpToDateCheck {
    /// Looks at the site at `root`, and at what was kept of the last build.
    pub(crate) fn of(root: &Path, options: &BuildOptions, shelf: &CacheFile) -> Self {
        let time = shelf.time();
        let head = if options.full { CacheHeader::default() } else { shelf.head() };
        let is_needless = AtomicBool::new(options.full);
        let look = || {
            let survey = Survey::of(root, StampTrust::until(time));
            is_needless.fetch_or(is_same(&head, options, &survey), Ordering::Relaxed);
            survey
        };
        let (survey, kept) = rayon::join(look, || shelf.read(&is_needless));
        Self { survey, kept: if is_needless.into_inner() { Cache { head, ..Cache::default() } } else { kept } }
    }

    /// How many files stand in the folder of a site of which nothing has changed, nor anything in the folder itself.
    ///
    /// # Errors
    /// Where the folder's manifest cannot be read.
    pub(crate) fn untouched(&mut self, options: &BuildOptions, shelf: &CacheFile, out: &Path) -> Result<Option<usize>> {
        if !is_same(&self.kept.head, options, &self.survey) {
            return Ok(None);
        }
        let manifest = Manifest::read(out)?;
        let outputs = self.kept.head.outputs;
        if !manifest.is_unfinished && outputs.is_some() && digest_of_outputs(out, &manifest) == outputs {
            return Ok(Some(manifest.paths.len()));
        }
        self.kept = shelf.read(&AtomicBool::new(false));
        Ok(None)
    }
}

/// Whether a build was asked for the same, of the same files.
fn is_same(head: &CacheHeader, options: &BuildOptions, survey: &Survey) -> bool {
    head.whole.is_some() && head.whole == whole(options, survey)
}

/// What stands for the files of an output folder; nothing where one is missing.
fn digest_of_outputs(out: &Path, manifest: &Manifest) -> Option<Digest> {
    let paths: Vec<&str> = manifest.paths.iter().collect();
    let stamps = parallel::map(&paths, |path| Stamp::at(&out.join(path)));
    digest(paths.into_iter().zip(stamps))
}

/// What stands for all that a build is made from, and what was asked of it.
pub(crate) fn whole(options: &BuildOptions, survey: &Survey) -> Option<Digest> {
    let asked = Digest::of(&(&options.base_url, options.drafts, options.no_import));
    Some(Digest::of_all([asked, survey.whole()?]))
}
