//! The generated site: builds, pages, feeds, citations, addresses.

mod aliases;
mod build;
mod cards;
mod citation;
mod facsimiles;
mod feeds;
mod folder_sizes;
mod golden_site;
mod incremental;
mod long_lists;
mod navigation;
mod previews;
mod provenance;
mod raw_html;
mod shards;
mod static_files;
mod tables;
mod templates;
mod themes;
mod unused_files;
