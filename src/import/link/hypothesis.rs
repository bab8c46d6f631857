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
pub struct Thread {
    pub id: u32,
    pub titled: bool,
    pub signed: bool,
    /// a box inside a report
    pub boxed: bool,
    /// its first line, where that begins in mid-sentence: it may be the rest of an article that stands below
    pub tail: Option<u32>,
    /// stops in mid-sentence
    pub open: bool,
    /// a jump, a credit or a name says that it is over
    pub ended: bool,
    pub texts: u32,
    pub subheads: u32,
    /// the last line of its text
    pub last: u32,
    pub last_is_subhead: bool,
    recent: [u32; RECENT],
    known: u8,
}

impl Thread {
    /// Lines whose words speak for it.
    pub fn recent(&self) -> &[u32] {
        &self.recent[..self.known as usize]
    }

    pub fn remember(&mut self, line: u32) {
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
    pub fn is_picture_sized(&self) -> bool {
        self.texts <= PICTURE_TEXTS && self.subheads == 0 && !self.signed
    }

    /// A line of text joins it.
    pub fn read(&mut self, at: usize, signs: &Signs) {
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
    pub fn unfinished(&self, costs: &Costs) -> f64 {
        let untitled = if self.titled { 0.0 } else { costs.no_title };
        let open = if self.open && !self.ended { costs.left_open } else { 0.0 };
        let unsigned = if self.signed { 0.0 } else { costs.unsigned };
        let lone = if self.subheads == 1 { costs.lone_subhead } else { 0.0 };
        untitled + open + unsigned + lone
    }
}

/// A head that waits for its text: the lines from `first` to `last` that are heads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    pub first: u32,
    pub last: u32,
    pub lines: u32,
    pub titled: bool,
    pub signed: bool,
    /// is that of a box inside a report
    pub boxed: bool,
    /// its last line is a column label below a headline
    pub column_below: bool,
}

/// A reading of the page up to some line.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub cost: f64,
    pub threads: Vec<Thread>,
    pub next_id: u32,
    pub current: Option<u32>,
    pub head: Option<Head>,
    /// half of its headline stands right above
    pub called: Option<u32>,
    /// a note said that the text below comes from another page
    pub from_elsewhere: bool,
    /// the last step, in the arena of steps
    pub step: u32,
}

impl Reading {
    pub fn of_nothing(step: u32) -> Self {
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

    pub fn current(&self) -> Option<&Thread> {
        let id = self.current?;
        self.threads.iter().find(|thread| thread.id == id)
    }

    pub fn thread_mut(&mut self, id: u32) -> Option<&mut Thread> {
        self.threads.iter_mut().find(|thread| thread.id == id)
    }

    /// Begins an article; the oldest is finished where there are too many.
    pub fn begin(&mut self, titled: bool, signed: bool, costs: &Costs) -> u32 {
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
    pub fn is_like(&self, other: &Self) -> bool {
        self.current == other.current
            && self.head == other.head
            && (self.called, self.from_elsewhere) == (other.called, other.from_elsewhere)
            && self.threads.len() == other.threads.len()
            && self.threads.iter().zip(&other.threads).all(|(own, other)| own.is_like(other))
    }
}
