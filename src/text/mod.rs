//! text

pub(crate) mod excerpt;
pub mod han;
pub(crate) mod lang;
pub(crate) mod redact;
pub(crate) mod slug;
pub(crate) mod xml_chars;
