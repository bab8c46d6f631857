//! Input formats: bytes → the lines of a page.
//!
//! 1. `detect`: bytes → the format, by content
//! 2. [`decode`]: bytes → text, whatever the character encoding, and for formats with geometry a page with its places
//! 3. `parse`: text → lines, by the input format
//! 4. `html`: pages of digital editions
//! 5. `printed_file`: files of formats with geometry → pages; a new one is added there and in `detect`
//! 6. `xml`: OCR results in ALTO, hOCR and PAGE-XML, and what poppler writes
//! 7. `json`: results of PaddleOCR and MinerU
//! 8. `pdf`: PDF with a text layer
//! 9. `printed`: what decoders of formats with geometry share
//! 10. `printed_text`: plain text in printed lines

pub mod decode;
pub(crate) mod detect;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod parse;
pub(crate) mod pdf;
pub(crate) mod printed;
pub(crate) mod printed_file;
pub(crate) mod printed_text;
pub(crate) mod xml;
