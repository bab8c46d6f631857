//! Publishing: the site goes where its readers are, and never half.
//!
//! 1. [`local`]: the files of `public/`, each with its hash
//! 2. [`record`]: what an earlier publish noted at the target; [`held`]: what the target really holds, and what of it is ours
//! 3. [`links`]: which new page links to which; [`order`]: in which order new pages can come without a broken link
//! 4. [`plan`]: what is sent, in which order, and what is removed; [`prepare`] makes it; [`guard`] says what is refused;
//!    [`summary`] tells it, [`addresses`] lists what changes
//! 5. [`target`]: what a place to publish to can do; [`carry`]: carries out a plan file by file, [`parallel`] many files at
//!    once; [`parcel`] by [`parcel`]; [`whole`]: places that take it as a whole; [`settle`]: the record that is left;
//!    [`tally`] counts
//! 6. [`headers`]: what a file is sent with; [`pack`]: in fewer bytes
//! 7. one file a kind of target: [`dir`], [`git`], [`s3`], [`ssh`] with [`sftp`] and [`releases`]
//!
//! Nothing here touches a file, a socket or a process itself: the targets do so through `edge`.

pub mod addresses;
pub mod carry;
pub mod dir;
pub mod git;
pub mod guard;
pub mod headers;
pub mod held;
pub mod links;
pub mod local;
pub mod order;
pub mod pack;
pub mod parallel;
pub mod parcel;
pub mod plan;
pub mod prepare;
pub mod record;
pub mod releases;
pub mod s3;
pub mod settle;
pub mod sftp;
pub mod ssh;
pub mod summary;
pub mod tally;
pub mod target;
pub mod whole;
