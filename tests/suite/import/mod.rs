//! Import: from newspaper pages to article files and the ledger.
//!
//! 1. [`gold`]: what a person reads on a page, and how an import differs from it
//! 2. [`golden_pages`]: one page for each thing that goes wrong on real pages
//! 3. [`interleaved_pages`]: pages composed at random of known articles
//! 4. [`html_pages`]: pages of digital editions
//! 5. [`continued_articles`]: articles that jump to another page of their issue
//! 6. [`printed_text`]: imported text reads on the site as it was printed
//! 7. [`reimport`]: edits of a person against repeated imports
//! 8. [`corrections`]: sidecars beside pages
//! 9. [`no_line_lost`]: every line stands in one article file, whatever happens to files and pages
//! 10. [`histories`]: random histories of pages, sidecars, articles and settings, with imports that are killed
//! 11. [`unchanged_pages`]: an import with nothing to do reads no page, and notices whatever changes
//! 12. [`bylines`]: what a byline says beside the names
//! 13. [`printed_pages`]: pages whose lines have places: PDF, OCR results
//! 14. [`several_pages`]: files of several pages
//! 15. [`scans`]: pictures of pages, which the OCR command reads
//! 16. [`pictures`]: a page drawn with its lines, articles and reading order
//! 17. [`text_corrections`]: characters that sidecars correct

mod bylines;
mod continued_articles;
mod corrections;
mod gold;
mod golden_pages;
mod histories;
mod html_pages;
mod interleaved_pages;
mod no_line_lost;
mod pictures;
mod printed_pages;
mod printed_text;
mod reimport;
mod scans;
mod several_pages;
mod text_corrections;
mod unchanged_pages;
