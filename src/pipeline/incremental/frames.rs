//! Frames: how lists of values are kept in a file, so that damage is noticed and parts are encoded and decoded in parallel.
//!
//! A frame is the length of its payload (8 bytes, little-endian), the XXH3-128 checksum of the payload (16 bytes), and the payload, a
//! value in postcard. A section is a list in parts, a frame each, and an empty frame.

use crate::util::digest::Digest;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Read, Result as IoResult, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Items of a part, and parts that are encoded at once.
const PART: usize = 512;
const PARALLEL_PARTS: usize = 8;
/// Bytes of a frame's length and of its checksum.
const LENGTH: usize = size_of::<u64>();
const CHECKSUM: usize = size_of::<u128>();
/// Bytes of a frame before its payload.
pub(crate) const FRAME_HEAD: usize = LENGTH + CHECKSUM;

/// A value as the payload of a frame.
pub(crate) fn encoded(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).expect("plain fields can always be encoded")
}

/// Writes a frame.
pub(crate) fn write_frame(file: &mut impl Write, payload: &[u8]) -> IoResult<()> {
    file.write_all(&(payload.len() as u64).to_le_bytes())?;
    file.write_all(&Digest::of_bytes(payload).0.to_le_bytes())?;
    file.write_all(payload)
}

/// Writes a list in parts, with a bounded number of them in memory, and an empty frame.
pub(crate) fn write_section<T: Serialize + Sync>(
    file: &mut impl Write,
    mut items: impl Iterator<Item = T>,
) -> IoResult<()> {
    loop {
        let some: Vec<T> = items.by_ref().take(PART * PARALLEL_PARTS).collect();
        if some.is_empty() {
            return write_frame(file, &[]);
        }
        let parts: Vec<Vec<u8>> = some.par_chunks(PART).map(|part| encoded(&part)).collect();
        parts.iter().try_for_each(|part| write_frame(file, part))?;
    }
}

/// A frame that is not yet checked.
pub(crate) struct Frame<'a> {
    checksum: Digest,
    payload: &'a [u8],
}

impl<'a> Frame<'a> {
    /// Its payload, unless it is damaged.
    pub(crate) fn valid_payload(&self) -> Option<&'a [u8]> {
        (Digest::of_bytes(self.payload) == self.checksum).then_some(self.payload)
    }
}

/// Takes a frame from the beginning of `bytes`.
pub(crate) fn next_frame<'a>(bytes: &mut &'a [u8]) -> Option<Frame<'a>> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let (checksum, rest) = rest.split_first_chunk::<CHECKSUM>()?;
    let (payload, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    *bytes = rest;
    Some(Frame { checksum: Digest(u128::from_le_bytes(*checksum)), payload })
}

/// Takes the frames up to the next empty one.
pub(crate) fn next_section<'a>(bytes: &mut &'a [u8]) -> Option<Vec<Frame<'a>>> {
    let mut frames = Vec::new();
    loop {
        let frame = next_frame(bytes)?;
        if frame.payload.is_empty() {
            return Some(frames);
        }
        frames.push(frame);
    }
}

/// The payload of the first frame of a file, of which no more is read.
pub(crate) fn read_frame(mut file: impl Read) -> Option<Vec<u8>> {
    let mut bytes = vec![0; FRAME_HEAD];
    file.read_exact(&mut bytes).ok()?;
    let length = u64::from_le_bytes(*bytes.first_chunk()?);
    file.take(length).read_to_end(&mut bytes).ok()?;
    next_frame(&mut bytes.as_slice())?.valid_payload().map(<[u8]>::to_vec)
}

/// The items of all parts of a list; none where one is damaged, or decoding is cancelled.
pub(crate) fn decoded<T: DeserializeOwned + Send, C: FromIterator<T>>(
    frames: &[Frame<'_>],
    is_cancelled: &AtomicBool,
) -> Option<C> {
    let part = |frame: &Frame<'_>| -> Option<Vec<T>> {
        if is_cancelled.load(Ordering::Relaxed) {
            return None;
        }
        postcard::from_bytes(frame.valid_payload()?).ok()
    };
    let parts: Vec<Vec<T>> = frames.par_iter().map(part).collect::<Option<_>>()?;
    Some(parts.into_iter().flatten().collect())
}
