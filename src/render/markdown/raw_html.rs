//! The raw HTML of a body as one text, so that tags are read which stand in several parts of it.

/// The raw HTML of a body as one text.
#[derive(Debug, Default)]
pub(crate) struct RawHtmlText {
    pub(crate) text: String,
    /// where its parts begin, in it and in the body
    starts: Vec<(usize, usize)>,
}

impl RawHtmlText {
    pub(crate) fn push(&mut self, part: &str, in_body: usize) {
        self.starts.push((self.text.len(), in_body));
        self.text.push_str(part);
    }

    /// The offset in the body of an offset in the text.
    pub(crate) fn in_body(&self, offset: usize) -> usize {
        let before = self.starts.partition_point(|(start, _)| *start <= offset);
        before.checked_sub(1).map_or(offset, |part| self.starts[part].1 + offset - self.starts[part].0)
    }
}
