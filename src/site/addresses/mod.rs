//! Addresses, and sets of very many of them.
//!
//! 1. `address`: an address below the site's root, the file that it stands for, and the ways from one to another
//! 2. `name_set`: sets of file names stored by hash

pub(crate) mod address;
pub(crate) mod name_set;
