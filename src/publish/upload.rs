//! One file that is uploaded to a target.

use crate::publish::local_site::LocalFile;

/// What is uploaded to a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Upload<'a> {
    /// below the site's root, with `/`
    pub(crate) path: &'a str,
    pub(crate) content: Content<'a>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Content<'a> {
    /// a file of the site
    File(&'a LocalFile),
    /// the text of a page without links, in place of a page that is not uploaded yet or is about to be removed (see
    /// [`upload_order`](crate::publish::plan::upload_order))
    Placeholder(&'static str),
}

impl<'a> Upload<'a> {
    pub(crate) fn of_file(file: &'a LocalFile) -> Self {
        Self { path: &file.path, content: Content::File(file) }
    }

    /// The size in bytes, as on the local disk.
    pub(crate) fn size(&self) -> u64 {
        match self.content {
            Content::File(file) => file.size,
            Content::Placeholder(text) => text.len() as u64,
        }
    }
}
