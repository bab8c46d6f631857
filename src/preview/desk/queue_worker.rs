//! A thread that summarises pages for the desk's queue, a batch at a time, and tells the open browsers after each.

use crate::desk::queue::Queue;
use crate::io::terminal;
use crate::preview::desk::events::DeskEvents;
use rayon::ThreadPoolBuilder;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

/// How long nothing has to change before pages are summarised: browsers load what has changed first.
const QUIET: Duration = Duration::from_millis(500);

/// The thread; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct QueueWorker {
    changes: Sender<()>,
}

impl QueueWorker {
    pub(crate) fn start(queue: Arc<Queue>, browsers: DeskEvents) -> Self {
        let (changes, changed) = channel();
        let worker = Self { changes };
        thread::spawn(move || {
            // an import of many pages would keep the threads that make the preview of an action busy
            let own = ThreadPoolBuilder::new().num_threads(1).build();
            let summarise_some = || match &own {
                Ok(own) => own.install(|| queue.summarise_some()),
                Err(_) => queue.summarise_some(),
            };
            let mut more = true;
            while more || changed.recv().is_ok() {
                // several changes are one
                while changed.recv_timeout(if more { Duration::ZERO } else { QUIET }).is_ok() {
                    more = false;
                }
                more = summarise_some().unwrap_or_else(|error| {
                    terminal::print_error(&error);
                    false
                });
                if more {
                    browsers.send();
                }
            }
        });
        worker
    }

    /// Pages may have changed.
    pub(crate) fn look_again(&self) {
        let _ = self.changes.send(());
    }
}
