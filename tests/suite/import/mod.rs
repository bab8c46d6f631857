//! Import: from newspaper pages to article files and the ledger.

mod continued_articles;
mod corrections;
mod golden_pages;
mod html_pages;
mod interleaved_pages;
mod printed_text;
mod reimport;
