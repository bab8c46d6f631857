//! Articles that are rows of tables instead of files of their own.
//!
//! 1. `pipeline/incremental/table_files.rs` lists the tables that site.toml names
//! 2. `rows.rs`: looks at each row once: the file that it stands for, its place in the table, and whether the site's filter chooses it
//! 3. `json_lines.rs`: a table of another format as JSON lines, in `.wenzhai/`, where a row can be read alone
//! 4. `article_files.rs`: the text of an article, of its file or of its row, whenever it is asked for
//!
//! A row is read as the text of the article file that it stands for, so that all that follows is the same for both.

pub(crate) mod article_files;
pub(crate) mod json_lines;
pub(crate) mod rows;
