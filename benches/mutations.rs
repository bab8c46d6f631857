//! Runs the fuzz targets over mutations of their corpus: `cargo bench --bench mutations [-- COUNT [TARGET]]`.
//!
//! It needs no fuzzer: inputs of `fuzz/corpus/` are changed at random, COUNT times for each target (2,000 by default), the same ways in
//! each run (`WENZHAI_SEED` starts elsewhere). An input on which a target panics, or that takes more than two seconds, is written to
//! `target/mutation-TARGET`, and the run fails.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use targets::{TARGETS, Target};

/// No input may take longer.
const LONGEST: Duration = Duration::from_secs(2);
/// Runs of an input that seems to take longer.
const ATTEMPTS: usize = 4;
/// Bytes of a mutated input, at most.
const SIZE: usize = 8192;
/// Mutations of one input, at most.
const MUTATIONS: usize = 8;

/// Texts that mean something to one of the targets.
const TOKENS: [&str; 41] = [
    "\n",
    "\r",
    "\n\n\n",
    "\u{2028}",
    "\u{85}",
    "\u{c}",
    "\0",
    "\u{feff}",
    "+++\n",
    "---\n",
    "# ",
    "（下转第3版）",
    "（上接第1版）",
    "本报记者 ",
    "。",
    "，",
    "“",
    "）",
    "1.",
    "99999999999",
    "-1",
    "2025年2月30日",
    "第一版",
    "[[lines]]\n",
    "[[text]]\n",
    "[[articles]]\n",
    "at = 1\n",
    "\"",
    "'",
    "=",
    "[",
    "]",
    "{",
    "<h1>",
    "</p>",
    "<",
    "&#x0;",
    "../",
    "%2e%2e/",
    "%",
    "\u{10ffff}",
];

fn main() -> ExitCode {
    let given: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let count: usize = given.first().and_then(|count| count.parse().ok()).unwrap_or(2_000);
    let chosen = |target: &&Target| given.get(1).is_none_or(|name| name == target.0);
    let failed = TARGETS.iter().filter(chosen).filter(|target| !survives(target, count)).count();
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a target over its corpus and mutations of it; returns whether it took all of them.
#[allow(clippy::print_stdout, reason = "the result of a benchmark")]
fn survives(&(name, run): &Target, count: usize) -> bool {
    let corpus = corpus(name);
    let seed = std::env::var("WENZHAI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(22_076);
    let (mut random, mut longest) = (Random(seed), Duration::ZERO);
    for number in 0..corpus.len() + count {
        let input = corpus.get(number).cloned().unwrap_or_else(|| mutated(&corpus, &mut random));
        let time = time_of(run, &input);
        longest = longest.max(time.unwrap_or_default());
        if time.is_none_or(|time| time > LONGEST) {
            println!("{name}: input {number} panics or takes too long: {}", keep(name, &input));
            return false;
        }
    }
    println!("{name:<13} {count} mutations, the longest took {:.0} ms", longest.as_secs_f64() * 1000.0);
    true
}

/// The time that a target takes for an input, the shortest of several where that is long, since a busy machine stops programs for
/// seconds; None where it panics.
fn time_of(run: fn(&[u8]), input: &[u8]) -> Option<Duration> {
    let mut shortest = Duration::MAX;
    for _ in 0..ATTEMPTS {
        let start = Instant::now();
        catch_unwind(|| run(input)).ok()?;
        shortest = shortest.min(start.elapsed());
        if shortest <= LONGEST {
            break;
        }
    }
    Some(shortest)
}

#[allow(clippy::disallowed_methods, reason = "a benchmark reads its own input")]
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let entries = fs::read_dir(folder).expect("each target has a corpus").map(|entry| entry.expect("it is readable"));
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("it is readable")).collect()
}

/// Writes an input to a file, and returns the file's name.
#[allow(clippy::disallowed_methods, reason = "a benchmark writes what failed")]
fn keep(name: &str, input: &[u8]) -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutation-{name}"));
    fs::write(&file, input).expect("the target folder is writable");
    file.display().to_string()
}

fn mutated(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(MUTATIONS) {
        mutate(&mut input, corpus, random);
        input.truncate(SIZE);
    }
    input
}

/// Changes an input once.
fn mutate(input: &mut Vec<u8>, corpus: &[Vec<u8>], random: &mut Random) {
    let (from, to) = (random.below(input.len() + 1), random.below(input.len() + 1));
    let part = from.min(to)..from.max(to).min(from.min(to) + 400);
    match random.below(6) {
        0 if !input.is_empty() => input[from.min(to) % from.max(to).max(1)] ^= 1 << random.below(8),
        1 => drop(input.drain(part)),
        2 => {
            let copy = input[part].repeat(1 + random.below(4));
            input.splice(to..to, copy);
        }
        3 => {
            let other = &corpus[random.below(corpus.len())];
            let (from, to) = (random.below(other.len() + 1), random.below(other.len() + 1));
            input.splice(part, other[from.min(to)..from.max(to)].iter().copied());
        }
        4 => {
            let line = |at: usize| input[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let (from, to) = (line(part.start), line(to));
            let moved: Vec<u8> = input[from.min(to)..from.max(to)].to_vec();
            input.splice(0..0, moved);
        }
        _ => {
            let token = TOKENS[random.below(TOKENS.len())];
            input.splice(part.start..part.start, token.bytes());
        }
    }
}

/// Xorshift: enough to vary inputs, and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}
