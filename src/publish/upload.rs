//! One file on its way.

use crate::publish::local_site::LocalFile;

/// What is to stand at a path.
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
    /// a page without links that stands for one that is to come or to go (see [`order`](crate::publish::plan::upload_order))
    Placeholder(&'static str),
}

impl Upload<'_> {
    /// bytes, as they stand in the site's folder
    pub(crate) fn size(&self) -> u64 {
        match self.content {
            Content::File(file) => file.size,
            Content::Placeholder(text) => text.len() as u64,
        }
    }
}
