//! The pages of a file, read one after another: a decoder says which there are, and only those that are wanted are read. A page is
//! passed on before the next one is read, since the printed lines of a page take much memory.

use crate::content::page_name::MAX_PAGES;
use crate::import::input::printed::reason::Unreadable;
use crate::import::page::printed_page::PrintedPage;
use crate::message;

/// Printed lines of a page, at most. (A broadsheet set in small type has about a thousand.)
const MAX_LINES: usize = 20_000;

/// A page of a file, or why it cannot be read; other pages may be readable.
#[derive(Debug)]
pub(crate) struct ReadPage {
    /// from 0
    pub(crate) index: usize,
    /// pages of the file
    pub(crate) count: usize,
    pub(crate) page: Result<PrintedPage, Unreadable>,
}

/// The pages to read, and where they go.
pub(crate) struct Pages<'a> {
    /// the index of the only page that is wanted; None: all are
    wanted: Option<usize>,
    /// pages of the file, once they are known
    count: usize,
    put: &'a mut dyn FnMut(ReadPage),
}

impl<'a> Pages<'a> {
    pub(crate) fn new(wanted: Option<usize>, put: &'a mut dyn FnMut(ReadPage)) -> Self {
        Self { wanted, count: 0, put }
    }

    /// The pages of the file; 0 where it has none or has not been read.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether all pages of the file were wanted.
    pub(crate) fn are_all(&self) -> bool {
        self.wanted.is_none() || self.count == 1
    }

    /// Reads each of the pages, `items` in the order of the file.
    ///
    /// # Errors
    /// There are more than any issue has.
    pub(crate) fn read<T>(
        &mut self,
        items: impl ExactSizeIterator<Item = T>,
        mut page_of: impl FnMut(T) -> Result<PrintedPage, Unreadable>,
    ) -> Result<(), Unreadable> {
        let count = items.len();
        if count > MAX_PAGES {
            let message = message!(
                "the file has {count} pages, and an issue has not more than {max_pages}",
                count,
                max_pages = MAX_PAGES
            );
            return Err(Unreadable::too_large(message));
        }
        self.count = count;
        for (index, item) in items.enumerate() {
            if self.wanted.is_none_or(|wanted| wanted == index) {
                let page = page_of(item).and_then(checked);
                (self.put)(ReadPage { index, count, page });
            }
        }
        Ok(())
    }
}

fn checked(page: PrintedPage) -> Result<PrintedPage, Unreadable> {
    let lines: usize = page.blocks.iter().map(|block| block.lines.len()).sum();
    if lines > MAX_LINES {
        return Err(Unreadable::too_large(message!("a page of {lines} lines is no newspaper page", lines)));
    }
    Ok(page)
}

/// All pages that a decoder reads, for tests.
///
/// # Errors
/// The file, or one of its pages, cannot be read.
#[cfg(test)]
pub(crate) fn collect(
    decode: impl FnOnce(&mut Pages<'_>) -> Result<(), Unreadable>,
) -> Result<Vec<PrintedPage>, Unreadable> {
    let mut pages = Vec::new();
    decode(&mut Pages::new(None, &mut |read| pages.push(read.page)))?;
    pages.into_iter().collect()
}
