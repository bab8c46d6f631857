//! The file of a packed model. `build.rs` uses this file as well, so that a damaged model is an error of the build.
//!
//! Little-endian: magic, version, number of buckets and of slots of each order (u32 each), checksum of what follows (u64); then the
//! displacements of the buckets (u16 each) and the slots of each order.

/// The longest n-gram.
pub(crate) const ORDER: usize = 3;
pub(crate) const MAGIC: [u8; 8] = *b"wznGrams";
pub(crate) const VERSION: u32 = 2;
/// Bytes of the header.
pub(crate) const HEADER: usize = 8 + 4 + 8 * ORDER + 8;

/// Bytes of a slot of an order, counted from 0.
pub(crate) fn slot_size(order: usize) -> usize {
    if order + 1 < ORDER { 4 } else { 2 }
}

/// Bytes of the displacements and of the slots of an order, as a header says.
pub(crate) fn table_sizes(header: &[u8], order: usize) -> (usize, usize) {
    let number =
        |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| header[12 + 8 * order + at + byte])) as usize;
    (number(0) * 2, number(4) * slot_size(order))
}

/// Whether a file is a complete model of this version.
#[allow(dead_code, reason = "build.rs and the tests use it")]
pub(crate) fn is_model(file: &[u8]) -> bool {
    let Some((header, slots)) = file.split_at_checked(HEADER) else { return false };
    let size: usize = (0..ORDER).map(|order| table_sizes(header, order)).map(|(buckets, slots)| buckets + slots).sum();
    header.starts_with(&MAGIC)
        && header[8..12] == VERSION.to_le_bytes()
        && slots.len() == size
        && header[HEADER - 8..] == checksum(slots).to_le_bytes()
}

/// The checksum of a model's slots: FNV-1a, in words of 8 bytes.
pub(crate) fn checksum(slots: &[u8]) -> u64 {
    slots.chunks(8).fold(0xCBF2_9CE4_8422_2325, |sum, bytes| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}
