//! Reads scans: runs the OCR command of site.toml on pictures of pages, and keeps its results.
//!
//! 1. `cache.rs`: the results by picture and command, in `.wenzhai/ocr/`
//! 2. `tools.rs`: runs the OCR command, and the program that makes pictures of PDF pages
//! 3. `results.rs`: where results come from: those that are kept, for a site that shows them
//! 4. `recognizer.rs`: those of an import: kept ones, and new ones, several at a time
//! 5. `page.rs`: the pages of a file decoded, whatever it is: text, an OCR result, a PDF or a scan

pub(crate) mod cache;
pub(crate) mod page;
pub(crate) mod recognizer;
pub(crate) mod results;
pub(crate) mod tools;
