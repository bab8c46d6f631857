//! Verification: when the files at a target are compared by their bytes, and not by what the target lists of them.
//!
//! A folder, and a machine that is reached by rsync or sftp, list no more than sizes: a file whose bytes changed and whose size
//! did not looks as it should. So all files there are compared now and then: with `publish --verify`, once [`PUBLISHES`] publishes
//! have sent something since the last time, or [`DAYS`] days after it. A branch and a bucket list hashes, and are compared
//! further only with `--verify`.

/// Publishes that send something between two verifications.
const PUBLISHES: u32 = 20;
/// Days between two verifications.
const DAYS: u32 = 30;

/// The last verification, as the record at a target has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verification {
    /// publishes that sent something since then
    publishes: u32,
    /// counted from 1970
    day: u32,
}

/// What decides whether a publish verifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VerificationRequest {
    /// `--verify`
    pub(crate) is_requested: bool,
    /// counted from 1970
    pub(crate) today: u32,
}

impl Verification {
    /// One that is made on this day.
    pub(crate) fn on(day: u32) -> Self {
        Self { publishes: 0, day }
    }

    /// After one more publish that sent something.
    pub(crate) fn after_publish(self) -> Self {
        Self { publishes: self.publishes.saturating_add(1), ..self }
    }

    /// Whether it is time for the next one.
    pub(crate) fn is_due(self, today: u32) -> bool {
        self.publishes >= PUBLISHES || today.saturating_sub(self.day) >= DAYS
    }

    /// Two numbers, as [`Self::parse`] reads them.
    pub(crate) fn emit(self) -> String {
        format!("{} {}", self.publishes, self.day)
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (publishes, day) = text.split_once(' ')?;
        Some(Self { publishes: publishes.parse().ok()?, day: day.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verification_is_due_after_twenty_publishes_or_thirty_days() {
        let mut last = Verification::on(20_000);
        assert!(!last.is_due(20_000) && !last.is_due(20_029) && last.is_due(20_030));
        assert!(!last.is_due(0), "a clock that was set back");
        for _ in 0..20 {
            assert!(!last.is_due(20_001));
            last = last.after_publish();
        }
        assert!(last.is_due(20_001));
        assert_eq!(Verification::parse(&last.emit()), Some(last));
        assert_eq!((Verification::parse("1"), Verification::parse("a b")), (None, None));
    }
}
