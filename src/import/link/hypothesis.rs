//! A page as far as it has been read: its articles, and the head that waits for its text.

use crate::import::link::costs::Costs;
use crate::import::link::cues::Signs;

/// Lines of an article that a new line's words are compared with: its head, and the last ones.
const RECENT: usize = 10;
/// Articles that can still be gone on with; older ones are finished.
const OPEN_ARTICLES: usize = 8;
/// Paragraphs that the text of a picture has, at most; a credit behind more is that of a picture in an article.
const PICTURE_TEXTS: u32 = 4;

/// An article as far as it has been read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Thread {
    pub(crate) id: u32,
    pub(crate) titled: bool,
    pub(crate) signed: bool,
    /// a box inside a report
    pub(crate) boxed: bool,
    /// its first line, where that begins in mid-sentence: it may be the rest of an article that stands below
    pub(crate) tail: Option<u32>,
    /// stops in mid-sentence
    pub(crate) open: bool,
    /// a jump, a credit or a name says that it is over
    pub(crate) ended: bool,
    pub(crate) texts: u32,
    pub(crate) subheads: u32,
    /// the last line of its text
    pub(crate) last: u32,
    pub(crate) last_is_subhead: bool,
    recent: [u32; RECENT],
    known: u8,
}

impl Thread {
    /// Lines whose words speak for it.
    pub(crate) fn recent(&self) -> &[u32] {
        &self.recent[..self.known as usize]
    }

    pub(crate) fn remember(&mut self, line: u32) {
        if (self.known as usize) < RECENT {
            self.recent[self.known as usize] = line;
            self.known += 1;
        } else {
            // the first two are the head, which speaks for the whole article
            self.recent.copy_within(3.., 2);
            self.recent[RECENT - 1] = line;
        }
    }

    /// Few paragraphs, and nobody's: may be the text of a picture.
    pub(crate) fn is_picture_sized(&self) -> bool {
        self.texts <= PICTURE_TEXTS && self.subheads == 0 && !self.signed
    }

    /// A line of text joins it.
    pub(crate) fn read(&mut self, at: usize, signs: &Signs) {
        self.open = signs.open;
        self.last = at as u32;
        self.last_is_subhead = false;
        self.texts += 1;
        self.ended = signs.jumps || (signs.credited && self.is_picture_sized()) || signs.signed;
        self.signed |= signs.signed || signs.credited || signs.dateline;
        self.remember(at as u32);
    }

    /// Can be gone on with as the other can; which lines it remembers makes no difference that counts.
    fn is_like(&self, other: &Self) -> bool {
        let state = |thread: &Self| {
            let Self { id, titled, signed, open, ended, last, last_is_subhead, .. } = *thread;
            (id, titled, signed, open, ended, last, last_is_subhead, thread.subheads.min(2))
        };
        state(self) == state(other)
    }

    /// What it costs that it stays as it is.
    pub(crate) fn unfinished(&self, costs: &Costs) -> f64 {
        let untitled = if self.titled { 0.0 } else { costs.no_title };
        let open = if self.open && !self.ended { costs.left_open } else { 0.0 };
        let unsigned = if self.signed { 0.0 } else { costs.unsigned };
        let lone = if self.subheads == 1 { costs.lone_subhead } else { 0.0 };
        untitled + open + unsigned + lone
    }
}

/// A head that waits for its text: the lines from `first` to `last` that are heads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Head {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) lines: u32,
    pub(crate) titled: bool,
    pub(crate) signed: bool,
    /// is that of a box inside a report
    pub(crate) boxed: bool,
    /// its last line is a column label below a headline
    pub(crate) column_below: bool,
}

/// A reading of the page up to some line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) cost: f64,
    pub(crate) threads: Vec<Thread>,
    pub(crate) next_id: u32,
    pub(crate) current: Option<u32>,
    pub(crate) head: Option<Head>,
    /// half of its headline stands right above
    pub(crate) called: Option<u32>,
    /// a note said that the text below comes from another page
    pub(crate) from_elsewhere: bool,
    /// the last step, in the arena of steps
    pub(crate) step: u32,
}

impl Reading {
    pub(crate) fn of_nothing(step: u32) -> Self {
        Self {
            cost: 0.0,
            threads: Vec::new(),
            next_id: 0,
            current: None,
            head: None,
            called: None,
            from_elsewhere: false,
            step,
        }
    }

    pub(crate) fn current(&self) -> Option<&Thread> {
        let id = self.current?;
        self.threads.iter().find(|thread| thread.id == id)
    }

    pub(crate) fn thread_mut(&mut self, id: u32) -> Option<&mut Thread> {
        self.threads.iter_mut().find(|thread| thread.id == id)
    }

    /// Begins an article; the oldest is finished where there are too many.
    pub(crate) fn begin(&mut self, titled: bool, signed: bool, costs: &Costs) -> u32 {
        let id = self.next_id;
        self.next_id += 1;
        self.current = Some(id);
        self.threads.push(Thread {
            id,
            titled,
            signed,
            boxed: false,
            tail: None,
            open: false,
            ended: false,
            texts: 0,
            subheads: 0,
            last: 0,
            last_is_subhead: false,
            recent: [0; RECENT],
            known: 0,
        });
        if self.threads.len() > OPEN_ARTICLES {
            let gone = self.threads.remove(0);
            self.cost += gone.unfinished(costs);
        }
        id
    }

    /// Can only go on as the other does.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.current == other.current
            && self.head == other.head
            && (self.called, self.from_elsewhere) == (other.called, other.from_elsewhere)
            && self.threads.len() == other.threads.len()
            && self.threads.iter().zip(&other.threads).all(|(own, other)| own.is_like(other))
    }
}
