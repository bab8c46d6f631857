//! The edge: the only room that touches files, clock, sockets, processes and the terminal. It knows paths and bytes,
//! never an article.
//!
//! 1. [`disk`]: read, write whole or not at all, remove; [`growing`]: write piece by piece what is long; [`walk`] lists
//!    folders, [`path`] knows names and where they lead, [`lock`] keeps two processes apart, [`stamp`] tells a changed file
//!    without reading it, [`fault`] what a disk refused, [`copy`] takes files elsewhere in pieces
//! 2. [`sink`]: where rendered files go; [`folder`] is the sink on a disk, whose [`manifest`] remembers which files are ours
//! 3. [`watch`]: hears that something changed; [`events`] decides what counts as a change
//! 4. [`http`]: the preview server; [`preview`] is what it shows, [`live`] what it tells an open page, [`media`] what kind
//!    of file an answer is
//! 5. [`process`], [`terminal`], [`progress`], [`clock`]: the browser, what is printed, how far it has come, how long it took
//! 6. [`program`]: programs that do a part of our work, such as [`git`], or [`ssh`] with [`rsync`] and [`sftp`], in a
//!    [`scratch`] folder; [`s3`]: a client for stores that speak S3; [`patience`]: what fails in passing is tried again
//!
//! From below it takes the words for what went wrong, and nothing else.

pub mod clock;
pub mod copy;
pub mod disk;
pub mod events;
pub mod fault;
pub mod folder;
pub mod git;
pub mod growing;
pub mod http;
pub mod live;
pub mod lock;
pub mod manifest;
pub mod media;
pub mod path;
pub mod patience;
pub mod planned;
pub mod preview;
pub mod process;
pub mod program;
pub mod progress;
pub mod rsync;
pub mod s3;
pub mod scratch;
pub mod sftp;
pub mod sink;
pub mod ssh;
pub mod stamp;
pub mod terminal;
pub mod walk;
pub mod watch;
