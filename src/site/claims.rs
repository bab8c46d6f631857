//! Who has which address: the first to ask for one gets it.

use crate::base::note::Note;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// Who asks for an address.
#[derive(Debug, Clone)]
pub enum Owner {
    /// a file of the site's own
    File(String),
    /// a file whose page once stood there
    Alias(String),
    /// a page that comes from no file of its own
    Wenzhai(&'static str),
}

/// Who has which file. Names are compared without case: a site that stands on a disk where `A` is `a` is still whole.
#[derive(Debug, Default)]
pub struct Claims {
    owners: HashMap<String, Owner>,
    /// the files that came too late
    pub refused: BTreeSet<String>,
    /// a finding for each refusal
    pub notes: Vec<Note>,
}

impl Claims {
    /// Whether `owner` gets the file; a finding where it is taken.
    pub fn claim(&mut self, file: &str, owner: Owner) -> bool {
        let first = match self.owners.entry(file.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(owner);
                return true;
            }
            Entry::Occupied(taken) => taken.into_mut(),
        };
        let address = file.strip_suffix("index.html").unwrap_or(file);
        let first = match first {
            Owner::File(file) | Owner::Alias(file) => file,
            Owner::Wenzhai(what) => *what,
        };
        let note = Note::error("address-taken", format!("the address /{address} already belongs to {first}"));
        self.notes.push(match owner {
            Owner::File(file) => {
                self.refused.insert(file.clone());
                note.in_file(&file).hint(match file.starts_with("content/articles/") {
                    true => {
                        "give one of the two another address: slug = \"…\" in its front matter, or another file name"
                    }
                    false => "rename the file",
                })
            }
            Owner::Alias(file) => note.in_file(&file).hint("take it out of aliases: readers find something else there"),
            Owner::Wenzhai(_) => note.in_file("site.toml").hint("give each paper a slug of its own under [[papers]]"),
        });
        false
    }
}
