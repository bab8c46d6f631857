//! # wenzhai 文摘
//!
//! Newspaper pages in, a themed digest site out. An editor drops the text of scanned or exported newspaper pages into
//! `content/pages/`; wenzhai separates the articles on each page, files them under themes, writes each as Markdown that the
//! editor can correct, and renders a static site.
//!
//! `ARCHITECTURE.md` is the map of the code: the modules and their layers, what passes between them, what has to stay true and
//! where to add things. The crate is used through these entry points:
//!
//! | to | see |
//! |---|---|
//! | decode the bytes of a page | [`import::input::decode`] |
//! | split a page into articles | [`import::page_import`] |
//! | parse and emit an article file | [`content::parse`], [`content::emit`] |
//! | file a text under themes | [`theme::classify`] |
//! | read `site.toml` | [`config::settings`] |
//! | render Markdown as HTML | [`render::markdown::html`] |
//! | plan and build a whole site | [`pipeline::build`] |
//! | build the search index | [`search::index`] |
//! | show a finding | [`diagnostics::diagnostic`] |

pub mod builtin;
pub mod catalog;
pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub(crate) mod desk;
pub mod diagnostics;
pub mod extract;
pub(crate) mod facsimile;
pub mod import;
pub mod io;
pub mod pipeline;
pub mod preview;
pub mod project;
pub mod publish;
pub mod render;
pub mod search;
pub(crate) mod share_card;
pub mod site;
pub mod text;
pub mod theme;
pub(crate) mod usage;
pub mod util;
