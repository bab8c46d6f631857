//! Input formats: bytes → the lines of a page.
//!
//! 1. `detect`: bytes → the format, by content
//! 2. `scan`: pictures of pages, whose text is recognised before they are decoded
//! 3. [`decode`]: bytes → text, whatever the character encoding, and for formats with geometry a page with its places
//! 4. `parse`: text → lines, by the input format
//! 5. `html`: pages of digital editions
//! 6. `printed_file`: files of formats with geometry → pages; a new one is added there and in `detect`
//! 7. `xml`: OCR results in ALTO, hOCR and PAGE-XML, and what poppler writes
//! 8. `json`: results of PaddleOCR and MinerU
//! 9. `pdf`: PDF with a text layer
//! 10. `printed`: what decoders of formats with geometry share
//! 11. `printed_text`: plain text in printed lines

pub mod decode;
pub(crate) mod detect;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod parse;
pub(crate) mod pdf;
pub(crate) mod printed;
pub(crate) mod printed_file;
pub(crate) mod printed_text;
pub(crate) mod scan;
pub(crate) mod xml;
