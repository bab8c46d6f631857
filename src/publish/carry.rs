//! Carries out a plan file by file.
//!
//! 1. write the record, `unfinished`, with all that is ours and all that is about to be: whenever the rest breaks off, the
//!    next publish knows every file that this one may have put
//! 2. phase by phase: put, hold, remove; a phase begins when the one before it is over
//! 3. write the record as it now is

use crate::base::error::Result;
use crate::publish::held::Held;
use crate::publish::local::Local;
use crate::publish::parcel::{Content, Parcel};
use crate::publish::plan::{Phase, Plan, Work};
use crate::publish::record::{Entry, Record, Site};
use crate::publish::settle::finished;
use crate::publish::tally::Tally;
use crate::publish::target::ByFile;

/// Makes the target hold the site.
///
/// # Errors
/// What the target refuses; it is then as far as it came, and every link there leads somewhere.
pub fn carry(target: &dyn ByFile, site: &Site, local: &Local, held: &Held, plan: &Plan, tally: &Tally) -> Result<()> {
    if plan.is_empty() && held.record.as_ref() == Some(&finished(site, local, held, tally)) {
        return Ok(());
    }
    if !plan.is_empty() {
        target.write_record(&under_way(site, local, held, plan).emit())?;
    }
    for phase in &plan.phases {
        carry_phase(target, local, phase, tally)?;
    }
    target.write_record(&finished(site, local, held, tally).emit())
}

fn carry_phase(target: &dyn ByFile, local: &Local, phase: &Phase, tally: &Tally) -> Result<()> {
    match &phase.work {
        Work::Put(files) => {
            let parcel = |&at: &usize| {
                let file = &local.files[at];
                Parcel { path: &file.path, content: Content::File(file) }
            };
            target.put(local, &files.iter().map(parcel).collect::<Vec<_>>(), tally)
        }
        Work::Hold(paths, text) => {
            let parcel = |path| Parcel { path, content: Content::Placeholder(text) };
            target.put(local, &paths.iter().map(String::as_str).map(parcel).collect::<Vec<_>>(), tally)
        }
        Work::Remove(paths) => target.remove(&paths.iter().map(String::as_str).collect::<Vec<_>>(), tally),
    }
}

/// What is ours and what is about to be. The hashes tell nothing yet.
fn under_way(site: &Site, local: &Local, held: &Held, plan: &Plan) -> Record {
    let nothing = blake3::hash(b"");
    let ours = held.files.iter().filter(|(_, file)| file.ours).map(|(path, _)| path.clone());
    let coming = plan.sent().map(|at| local.files[at].path.clone());
    let entries = ours.chain(coming).map(|path| (path, Entry { hash: nothing, stamp: String::new() }));
    Record { site: site.clone(), unfinished: true, files: entries.collect() }
}
