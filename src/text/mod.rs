//! Text: what the rest of the crate needs to know of Chinese and other characters.
//!
//! 1. `han`: classes of characters; `radicals`: characters that look like others; [`word_count`]: 字数 and reading time; `excerpt`: the beginning of a text; `columns`: text in columns of a terminal
//! 2. `lang`: languages of the interface; `placeholders`: messages with values to fill in; `slug`: parts of an address; `pinyin`: characters in Latin letters
//! 3. [`words`]: words, and where a headline may break between them
//! 4. `redact`: credentials in messages; `xml_chars`: characters that no document can contain

pub(crate) mod columns;
pub(crate) mod excerpt;
pub(crate) mod han;
pub mod lang;
pub(crate) mod pinyin;
pub(crate) mod placeholders;
pub(crate) mod radicals;
pub(crate) mod redact;
pub(crate) mod slug;
pub(crate) mod variants;
pub mod word_count;
pub mod words;
pub(crate) mod xml_chars;
