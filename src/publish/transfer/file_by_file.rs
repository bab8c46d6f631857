//! File-by-file publishing: carries out a plan on a target that has no atomic switch.
//!
//! 1. write the record, `unfinished`, with all files that are ours or will be: whenever the rest is interrupted, the next
//!    publish knows every file that this one may have uploaded
//! 2. phase by phase: upload files, upload placeholders, remove files; a phase begins when the one before it has ended
//! 3. write the final record

use crate::diagnostics::error::Result;
use crate::publish::plan::plan::Action;
use crate::publish::target::FileTarget;
use crate::publish::transfer::job::Job;
use crate::publish::upload::{Content, Upload};

/// Updates the target to the site. After an error the target is partly updated, and every link between its pages works.
pub(crate) fn publish_file_by_file(target: &dyn FileTarget, job: &Job) -> Result<()> {
    if job.is_up_to_date() {
        return Ok(());
    }
    if !job.plan.is_empty() {
        target.write_record(&job.unfinished_record().emit())?;
    }
    for phase in &job.plan.phases {
        run_phase(target, job, &phase.action)?;
    }
    target.write_record(&job.final_record().emit())
}

fn run_phase(target: &dyn FileTarget, Job { local, progress, .. }: &Job, action: &Action) -> Result<()> {
    match action {
        Action::Upload(files) => {
            let uploads: Vec<Upload> = files.iter().map(|&at| Upload::of_file(&local.files[at])).collect();
            target.put(local, &uploads, progress)
        }
        Action::PutPlaceholders(paths, text) => {
            let upload = |path| Upload { path, content: Content::Placeholder(text) };
            let uploads: Vec<Upload> = paths.iter().map(|path| upload(path)).collect();
            target.put(local, &uploads, progress)
        }
        Action::Remove(paths) => target.remove(&paths.iter().map(String::as_str).collect::<Vec<_>>(), progress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::Code;
    use crate::diagnostics::diagnostic::Diagnostic;
    use crate::diagnostics::error::Error;
    use crate::diagnostics::message::Message;
    use crate::io::progress::Progress;
    use crate::publish::inventory::Inventory;
    use crate::publish::local_site::{LocalFile, LocalSite};
    use crate::publish::plan::links;
    use crate::publish::plan::plan::{Plan, is_page};
    use crate::publish::record::SiteIdentity;
    use crate::publish::target::{ListedFile, Target};
    use crate::publish::transfer_progress::TransferProgress;
    use crate::publish::verification::VerificationRequest;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Mutex;

    /// A target in memory that fails after some number of changes.
    struct Memory {
        files: Mutex<BTreeMap<String, Vec<u8>>>,
        record: Mutex<Option<String>>,
        left: Mutex<usize>,
        backwards: bool,
    }

    impl Memory {
        fn new(backwards: bool) -> Self {
            let (files, record, left) = (Mutex::default(), Mutex::default(), Mutex::new(0));
            Self { files, record, left, backwards }
        }

        fn one_change(&self) -> Result<()> {
            let mut left = self.left.lock().unwrap();
            *left = left.checked_sub(1).ok_or_else(|| {
                Error::failure(Diagnostic::new(Code::Ssh, Message::verbatim("the connection is cut")))
            })?;
            Ok(())
        }

        /// Any order within a phase has to do.
        fn in_some_order<T>(&self, items: impl DoubleEndedIterator<Item = T>) -> Vec<T> {
            if self.backwards { items.rev().collect() } else { items.collect() }
        }

        fn check(&self) -> Result<(), TestCaseError> {
            let files = self.files.lock().unwrap();
            for (page, bytes) in files.iter().filter(|(path, _)| is_page(path)) {
                for link in links::links_of_page(&String::from_utf8_lossy(bytes), page, "") {
                    prop_assert!(files.contains_key(&link), "{} links to {}, which is missing", page, link);
                }
            }
            Ok(())
        }
    }

    impl Target for Memory {
        fn name(&self) -> String {
            "memory".to_owned()
        }

        fn record(&self) -> Result<Option<String>> {
            Ok(self.record.lock().unwrap().clone())
        }

        fn list(&self) -> Result<Vec<ListedFile>> {
            let there = |(path, bytes): (&String, &Vec<u8>)| ListedFile {
                path: path.clone(),
                revision: bytes.len().to_string(),
            };
            Ok(self.files.lock().unwrap().iter().map(there).collect())
        }

        fn identical_files(&self, _local: &LocalSite, files: &[(&LocalFile, &ListedFile)]) -> Result<BTreeSet<String>> {
            let inventory = self.files.lock().unwrap();
            let same = files.iter().filter(|(file, _)| blake3::hash(&inventory[&file.path]) == file.hash);
            Ok(same.map(|(file, _)| file.path.clone()).collect())
        }
    }

    impl FileTarget for Memory {
        fn put(&self, local: &LocalSite, uploads: &[Upload], progress: &TransferProgress) -> Result<()> {
            for upload in self.in_some_order(uploads.iter()) {
                self.one_change()?;
                let bytes = match upload.content {
                    Content::File(file) => local.bytes(file)?,
                    Content::Placeholder(text) => text.as_bytes().to_owned(),
                };
                progress.record_upload(upload, bytes.len().to_string());
                self.files.lock().unwrap().insert(upload.path.to_owned(), bytes);
            }
            Ok(())
        }

        fn remove(&self, paths: &[&str], progress: &TransferProgress) -> Result<()> {
            for path in self.in_some_order(paths.iter()) {
                self.one_change()?;
                self.files.lock().unwrap().remove(*path);
                progress.record_removals(1);
            }
            Ok(())
        }

        fn write_record(&self, text: &str) -> Result<()> {
            *self.record.lock().unwrap() = Some(text.to_owned());
            Ok(())
        }
    }

    /// A site of pages that link to each other as they like; each to one that is there.
    fn site() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
        let page = (prop::collection::vec(0..8_usize, 0..5), 0..3_u8);
        prop::collection::btree_map(0..8_usize, page, 1..8).prop_map(|pages| {
            let name = |at: usize| if at == 0 { String::new() } else { format!("p{at}/") };
            let there: Vec<usize> = pages.keys().copied().collect();
            let mut files = BTreeMap::from([("style.css".to_owned(), vec![b'x'])]);
            for (at, (links, version)) in &pages {
                let links =
                    links.iter().filter(|to| there.contains(to)).map(|to| format!("<a href=\"/{}\">", name(*to)));
                let html = format!("<link href=\"/style.css\">{version}{}", links.collect::<String>());
                files.insert(format!("{}index.html", name(*at)), html.into_bytes());
            }
            files
        })
    }

    fn local(generated: BTreeMap<String, Vec<u8>>) -> LocalSite {
        let file = |(path, bytes): (&String, &Vec<u8>)| LocalFile {
            path: path.clone(),
            size: bytes.len() as u64,
            hash: blake3::hash(bytes),
        };
        LocalSite {
            root: "nowhere".into(),
            files: generated.iter().map(file).collect(),
            generated,
            build_errors: 0,
            findings: vec![],
        }
    }

    /// One publish that may break off; how many files it sent.
    fn publish(target: &Memory, local: &LocalSite, changes: usize) -> Option<usize> {
        *target.left.lock().unwrap() = changes;
        let inventory =
            Inventory::take(target, local, VerificationRequest { is_requested: false, today: 20_000 }).unwrap();
        let plan = Plan::new(local, &inventory, "").unwrap();
        let (site, progress) = (SiteIdentity::default(), TransferProgress::new(Progress::default(), 0));
        let job = Job { site: &site, local, inventory: &inventory, plan: &plan, progress: &progress };
        publish_file_by_file(target, &job).is_ok().then(|| progress.files_sent())
    }

    proptest! {
        #[test]
        fn wherever_a_publish_is_interrupted_no_page_links_to_a_missing_one(
            sites in prop::collection::vec((site(), 0..24_usize), 1..5),
            backwards: bool,
        ) {
            let target = Memory::new(backwards);
            for (files, changes) in &sites {
                publish(&target, &local(files.clone()), *changes);
                target.check()?;
            }
            let last = &sites[sites.len() - 1].0;
            prop_assert!(publish(&target, &local(last.clone()), usize::MAX).is_some());
            prop_assert_eq!(&*target.files.lock().unwrap(), last);
            prop_assert_eq!(publish(&target, &local(last.clone()), 0), Some(0), "a second publish changes nothing");
        }
    }
}
