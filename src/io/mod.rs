//! Access to the operating system: files, clock, processes, terminal.
//!
//! This module knows paths and bytes, and nothing of articles. The server is in `preview/`, and what a publish
//! talks to in `publish/transport/`.
//!
//! 1. [`fs`]: files and folders: reading, atomic writing, walking, locks, stamps
//! 2. [`output`]: an output folder that ends up with exactly the planned files
//! 3. `clock`: elapsed time; `language`: the language of messages
//! 4. `process`: the browser, hooks, this program's own file
//! 5. `tool`: tools that work on files for a bounded time
//! 6. [`terminal`]: standard output and standard error
//! 7. `progress`: progress of a command's stages, for people and scripts
//! 8. `line_stream`: lines in, results out, in parallel; `line_blocks`: the lines of a large file with their places; `thread_pool`:
//!    threads of a given number
//! 9. `parquet`: tables
//! 10. `web`: requests to addresses of other sites

pub(crate) mod clock;
pub mod fs;
pub(crate) mod language;
pub(crate) mod line_blocks;
pub(crate) mod line_stream;
pub mod output;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
pub(crate) mod process;
pub(crate) mod progress;
pub mod terminal;
pub(crate) mod thread_pool;
pub(crate) mod tool;
pub(crate) mod web;
