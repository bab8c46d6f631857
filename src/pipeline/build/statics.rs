//! Writes static files: those that are built in, and the site's own.

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::error::Result;
use crate::io::fs::file;
use crate::io::fs::stamp::Stamp;
use crate::io::progress::Stage;
use crate::pipeline::build::output_writer::OutputWriter;
use crate::pipeline::build::plan::PlannedSite;
use crate::pipeline::build::static_files::StaticFile;
use crate::project::STATICS;
use crate::render::fingerprint::Fingerprint;
use crate::template;
use crate::util::digest::Digest;
use std::path::Path;

/// A static file of the site's own: its path below the root, its stamp, and the digest of its bytes.
pub(crate) type OwnStatic = (String, Option<Stamp>, Digest);

/// Writes all static files. Returns the site's own; those that cannot be read are added to the diagnostics.
///
/// # Errors
/// The disk refuses to write.
pub(crate) fn write_statics(
    root: &Path,
    planned: &PlannedSite,
    outputs: &OutputWriter<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<OwnStatic>> {
    let stage = planned.progress.stage(template!("static"), template!("files"), planned.statics.len());
    let mut own = Vec::new();
    for (name, file) in &planned.statics {
        match file {
            StaticFile::Builtin(text) => put(outputs, &stage, name, text.as_bytes()).map(drop)?,
            StaticFile::Own(stamp) => match write_own(root, outputs, &stage, name, *stamp)? {
                Ok(digest) => own.push((format!("{STATICS}/{name}"), *stamp, digest)),
                Err(diagnostic) => diagnostics.push(diagnostic),
            },
        }
    }
    Ok(own)
}

/// Writes a static file of the site's own, which is read unless its stamp is that of the cache.
fn write_own(
    root: &Path,
    outputs: &OutputWriter<'_>,
    stage: &Stage,
    name: &str,
    stamp: Option<Stamp>,
) -> Result<Result<Digest, Diagnostic>> {
    let path = format!("{STATICS}/{name}");
    let cached = outputs.cached_file(&path).filter(|cached| stamp.is_some() && cached.stamp == stamp);
    if let Some(digest) = cached.map(|cached| cached.digest)
        && let Some(output) = outputs.up_to_date(name, digest)
    {
        return outputs.keep(name, Fingerprint::without_articles(digest), output).map(|()| Ok(digest));
    }
    match file::read(root, &path) {
        Ok(bytes) => put(outputs, stage, name, &bytes).map(Ok),
        Err(diagnostic) => Ok(Err(diagnostic)),
    }
}

fn put(outputs: &OutputWriter<'_>, stage: &Stage, name: &str, bytes: &[u8]) -> Result<Digest> {
    let digest = Digest::of_bytes(bytes);
    let fingerprint = Fingerprint::without_articles(digest);
    match outputs.up_to_date(name, digest) {
        Some(stamp) => outputs.keep(name, fingerprint, stamp)?,
        None => outputs.put(stage, name, fingerprint, bytes)?,
    }
    Ok(digest)
}
