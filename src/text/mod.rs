//! text

pub mod excerpt;
pub mod han;
pub mod lang;
pub mod redact;
pub mod slug;
pub mod xml_chars;
