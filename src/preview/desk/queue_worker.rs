//! A thread that summarises pages for the desk's queue, a batch at a time, and tells the open browsers after each.

use crate::desk::queue::Queue;
use crate::io::terminal;
use crate::preview::desk::events::DeskEvents;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// The thread; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct QueueWorker {
    changes: Sender<()>,
}

impl QueueWorker {
    pub(crate) fn start(queue: Arc<Queue>, browsers: DeskEvents) -> Self {
        let (changes, changed) = channel();
        let worker = Self { changes };
        worker.look_again();
        thread::spawn(move || {
            while changed.recv().is_ok() {
                // several changes are one
                while changed.try_recv().is_ok() {}
                loop {
                    match queue.summarise_some() {
                        Ok(true) => browsers.send(),
                        Ok(false) => break,
                        Err(error) => {
                            terminal::print_error(&error);
                            break;
                        }
                    }
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
