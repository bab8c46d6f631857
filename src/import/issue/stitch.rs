//! Stitching: joins articles with their continuations on other pages of the issue, from `（下转第3版）` to `（上接第1版）`.
//!
//! 1. collect the jump ends: texts that stop at a jump, and texts that begin after one
//! 2. match them for the issue as a whole, as an assignment problem ([`best_assignment`]); pairs score by page numbers, by
//!    a sentence that continues from one text to the other, by words that only the two share, and by a repeated headline
//! 3. assemble the parts of an article as one; headline block and file are those of the first part
//!
//! A jump end that is left without its counterpart is a diagnostic, and the article says what is missing of it ([`note_gaps`]).

use crate::content::article::{ContinuedLines, Gaps};
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::source::{Location, Source};
use crate::import::article::assemble::{Draft, draft_of};
use crate::import::issue::assignment::best_assignment;
use crate::import::lexicon::jumps::{MARKS as JUMP_MARKS, without_jump};
use crate::import::lexicon::sentences::bounds::stops_mid_sentence;
use crate::import::lexicon::sentences::continuation::continuation_score;
use crate::import::lexicon::sentences::openings::opening_score;
use crate::import::naming::article_file;
use crate::import::page::jump_notes::{Jump, parse_jumps};
use crate::import::page::lines::Page;
use crate::import::page::partition::{LineAssignment, Partition};
use crate::import::page::role::Role;
use crate::import::page_import::{PageImport, UnnamedArticle};
use crate::message;
use crate::util::parallel;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Jump ends of one direction that are matched in an issue; no paper has as many. It bounds the time of the assignment.
const MAX_ENDS: usize = 200;

/// Weights of the evidence for a pair, in the unit of the label weights.
mod weight {
    /// a page number that is printed in one jump and is the other's page
    pub(crate) const PAGE_NUMBER: f64 = 2.0;
    /// the greatest similarity of the words of two parts
    pub(crate) const SIMILARITY: f64 = 4.0;
    /// all of the continuation's headline is in the first part's
    pub(crate) const HEADLINE: f64 = 3.0;
    /// pairs that score less are not matched
    pub(crate) const THRESHOLD: f64 = 0.5;
}

/// An article of an issue, by its indexes: one part of what may be a longer article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    /// among the issue's imported pages
    pub(crate) page: usize,
    /// on that page
    pub(crate) article: usize,
}

/// A jump with its article.
struct JumpEnd {
    part: Part,
    /// index of the jump's line on the page
    line: usize,
    jump: Jump,
    /// the body line next to the jump: before one onward, after one that arrives
    text: String,
}

/// The jumps of an issue's pages.
pub(crate) struct MatchedJumps {
    /// pairs of a part and its continuation
    pub(crate) continuations: Vec<(Part, Part)>,
    /// all that lead to another page
    pub(crate) onward: Vec<Part>,
    /// those without counterpart
    pub(crate) unmatched: Vec<UnmatchedJump>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A jump without counterpart.
pub(crate) struct UnmatchedJump {
    part: Part,
    onward: bool,
    /// as printed, without its brackets: `下转第3版`
    note: String,
}

/// Matches the jumps of an issue's pages.
pub(crate) fn match_jumps(imports: &[PageImport]) -> MatchedJumps {
    let (onward, incoming): (Vec<_>, Vec<_>) = jump_ends(imports).into_iter().partition(|end| end.jump.onward);
    let mut continuations: Vec<(Part, Part)> = Vec::new();
    let mut is_matched = vec![false; incoming.len()];
    let mut unmatched = Vec::new();
    for (end, counterpart) in onward.iter().zip(assign_ends(imports, &onward, &incoming)) {
        // an article jumps once and is continued once
        let is_free = |to: Part| !continuations.iter().any(|known| known.0 == end.part || known.1 == to);
        if let Some(index) = counterpart.filter(|&index| is_free(incoming[index].part)) {
            is_matched[index] = true;
            continuations.push((end.part, incoming[index].part));
        } else {
            unmatched.push(end);
        }
    }
    unmatched.extend(incoming.iter().zip(is_matched).filter(|(_, matched)| !matched).map(|(end, _)| end));
    MatchedJumps {
        continuations,
        onward: onward.iter().map(|end| end.part).collect(),
        diagnostics: unmatched.iter().map(|end| unmatched_jump(imports, end)).collect(),
        unmatched: unmatched.into_iter().map(|end| end.unmatched(imports)).collect(),
    }
}

impl JumpEnd {
    fn unmatched(&self, imports: &[PageImport]) -> UnmatchedJump {
        let printed = &imports[self.part.page].page.lines[self.line].text[self.jump.span.clone()];
        let note = printed.trim_matches(|c: char| c.is_whitespace() || JUMP_MARKS.contains(c)).to_owned();
        UnmatchedJump { part: self.part, onward: self.jump.onward, note }
    }
}

/// Stitches the matched continuations of an issue, and notes what is missing of other articles. `keys` are the pages' parts of
/// their articles' names; `classify` returns the themes of a draft. Returns the parts of each stitched article.
pub(crate) fn stitch_issue(
    imports: &mut [PageImport],
    jumps: MatchedJumps,
    keys: &[&str],
    classify: impl Fn(&Draft) -> Vec<String> + Sync + Send,
) -> Vec<Vec<Part>> {
    let chains = chains(&jumps.continuations);
    let stitched: Vec<_> = parallel::map(&chains, |chain| stitch(imports, chain, &classify));
    for (chain, stitched) in chains.iter().zip(stitched) {
        let Some(article) = stitched else { continue };
        imports[chain[0].page].articles[chain[0].article] = article;
        let file = file_of(imports, keys, chain[0]);
        for rest in &chain[1..] {
            imports[rest.page].part_of.insert(rest.article, file.clone());
        }
    }
    note_gaps(imports, &chains, jumps);
    chains
}

/// The file of an article, below the folder of articles, where it continues none.
pub(crate) fn file_of(imports: &[PageImport], keys: &[&str], part: Part) -> String {
    article_file(imports[part.page].masthead.date, keys[part.page], part.article + 1)
}

/// Notes in the articles of an issue which parts of them are missing, once they are stitched: those that jumps lead to and no page
/// has. A text in front of a jump does not break off.
fn note_gaps(imports: &mut [PageImport], chains: &[Vec<Part>], jumps: MatchedJumps) {
    let first_part = |part: Part| chains.iter().find(|chain| chain.contains(&part)).map_or(part, |chain| chain[0]);
    for part in jumps.onward {
        change_gaps(imports, first_part(part), |gaps| gaps.breaks_off = false);
    }
    for UnmatchedJump { part, onward, note } in jumps.unmatched {
        change_gaps(imports, first_part(part), |gaps| {
            *(if onward { &mut gaps.missing_after } else { &mut gaps.missing_before }) = Some(note);
        });
    }
}

/// Changes what is missing of an article, unless a person said that nothing is.
fn change_gaps(imports: &mut [PageImport], part: Part, change: impl FnOnce(&mut Gaps)) {
    let import = &mut imports[part.page];
    if import.overrides.is_complete(part.article) {
        return;
    }
    if let Some(article) = import.articles.get_mut(part.article) {
        let mut gaps = article.front.gaps().cloned().unwrap_or_default();
        change(&mut gaps);
        article.front.set_gaps(gaps);
    }
}

/// For each jump onward the index of its counterpart among the incoming ones.
fn assign_ends(imports: &[PageImport], onward: &[JumpEnd], incoming: &[JumpEnd]) -> Vec<Option<usize>> {
    if onward.is_empty() || incoming.is_empty() {
        return vec![None; onward.len()];
    }
    let index = BigramIndex::of(imports);
    let scores_of = |out| incoming.iter().take(MAX_ENDS).map(|end| pair_score(imports, &index, out, end)).collect();
    let scores: Vec<Vec<Option<f64>>> = onward.iter().take(MAX_ENDS).map(scores_of).collect();
    let mut counterparts = best_assignment(&scores);
    counterparts.resize(onward.len(), None);
    counterparts
}

/// Follows continuations: each article with all its parts in reading order.
fn chains(continuations: &[(Part, Part)]) -> Vec<Vec<Part>> {
    let next: BTreeMap<Part, Part> = continuations.iter().copied().collect();
    let continued: BTreeSet<Part> = next.values().copied().collect();
    // jumps in a circle have no beginning, and are not followed
    let first = next.keys().filter(|part| !continued.contains(part));
    first.map(|&part| std::iter::successors(Some(part), |part| next.get(part).copied()).collect()).collect()
}

/// Assembles the parts of an article as one. `classify` returns the themes of a draft.
fn stitch(imports: &[PageImport], chain: &[Part], classify: impl Fn(&Draft) -> Vec<String>) -> Option<UnnamedArticle> {
    let (first, rest) = chain.split_first()?;
    let import = &imports[first.page];
    let WholeArticle { page, partition, .. } = whole_article(imports, chain)?;
    let mut draft = draft_of(&page, &partition, first.article, import.punctuation_as_printed)?;
    import.overrides.apply_to_draft(first.article, &mut draft);
    let mut front = import.front_matter(first.article, &draft, classify);
    if let Some(source) = &mut front.source {
        let parts = rest.iter().map(|part| (&imports[part.page], part.article));
        let lines = |(import, part): (&PageImport, usize)| (import.file().to_owned(), import.line_ranges[part].clone());
        source.more = parts.map(lines).map(|(page, lines)| ContinuedLines { page, lines }).collect();
    }
    Some(UnnamedArticle { front, byline: draft.byline, body: draft.body })
}

/// A stitched article as lines of one page: those of the page that it begins on in reading order, followed by those of its other parts.
pub(crate) struct WholeArticle {
    pub(crate) page: Page,
    pub(crate) partition: Partition,
    /// index behind the last line of each part
    pub(crate) ends: Vec<usize>,
}

/// The article of a chain; None where that has no part.
pub(crate) fn whole_article(imports: &[PageImport], chain: &[Part]) -> Option<WholeArticle> {
    let (first, rest) = chain.split_first()?;
    let import = &imports[first.page];
    let mut whole = import.overrides.in_reading_order(&import.page, &import.partition);
    let mut ends = vec![whole.0.lines.len()];
    let headline = headline_of(import, first.article);
    for part in rest {
        append_part(&mut whole, first.article, &headline, &imports[part.page], part.article);
        ends.push(whole.0.lines.len());
    }
    Some(WholeArticle { page: whole.0, partition: whole.1, ends })
}

/// Appends the lines of a continuation to a page, as lines of `article`. A headline that repeats `headline` is left out; a new
/// one becomes a subhead.
fn append_part(whole: &mut (Page, Partition), article: usize, headline: &str, import: &PageImport, part: usize) {
    let (lines, assigned) = import.overrides.in_reading_order(&import.page, &import.partition);
    for (line, assigned) in lines.lines.into_iter().zip(assigned.lines) {
        let is_byline = assigned.role == Role::Byline;
        let repeats = assigned.role == Role::Column || assigned.role.is_head() && overlap(&line.text, headline) >= 0.5;
        if assigned.article != Some(part) || assigned.duplicate_of.is_some() || repeats && !is_byline {
            continue;
        }
        let role = if assigned.role.is_head() && !is_byline { Role::Subhead } else { assigned.role };
        whole.1.lines.push(LineAssignment { role, article: Some(article), ..assigned });
        whole.0.lines.push(line);
    }
}

/// The jump ends of an issue in the order of its lines.
fn jump_ends(imports: &[PageImport]) -> Vec<JumpEnd> {
    let mut ends = Vec::new();
    for (page, import) in imports.iter().enumerate() {
        let jumps: Vec<(usize, Jump)> = (import.page.lines.iter().enumerate())
            .flat_map(|(line, printed)| parse_jumps(&printed.text).into_iter().map(move |jump| (line, jump)))
            .collect();
        let (onward, incoming): (BTreeSet<usize>, BTreeSet<usize>) = (
            jumps.iter().filter(|(_, jump)| jump.onward).map(|(line, _)| *line).collect(),
            jumps.iter().filter(|(_, jump)| !jump.onward).map(|(line, _)| *line).collect(),
        );
        let lines = 0..import.page.lines.len();
        let above = articles_at_jumps(import, lines.clone(), &onward);
        let below = articles_at_jumps(import, lines.rev(), &incoming);
        for (line, jump) in jumps {
            if let Some((article, body)) = if jump.onward { &above } else { &below }.get(&line) {
                let text = body.map_or("", |body| without_jump(&import.page.lines[body].text)).to_owned();
                ends.push(JumpEnd { part: Part { page, article: *article }, line, jump, text });
            }
        }
    }
    ends
}

/// For each line of `jumps` the article of the last line up to it, in the order of `lines`, and that article's last body line.
fn articles_at_jumps(
    import: &PageImport,
    lines: impl Iterator<Item = usize>,
    jumps: &BTreeSet<usize>,
) -> HashMap<usize, (usize, Option<usize>)> {
    let (mut current, mut bodies, mut found) = (None, HashMap::new(), HashMap::new());
    for line in lines {
        let assigned = &import.partition.lines[line];
        current = assigned.article.or(current);
        if let (Some(article), Role::Body) = (assigned.article, assigned.role) {
            bodies.insert(article, line);
        }
        if let (Some(article), true) = (current, jumps.contains(&line)) {
            found.insert(line, (article, bodies.get(&article).copied()));
        }
    }
    found
}

/// The score of a pair, above 0 where it is to be matched; None where the two cannot be one article.
fn pair_score(imports: &[PageImport], index: &BigramIndex, out: &JumpEnd, end: &JumpEnd) -> Option<f64> {
    if out.part.page == end.part.page {
        return None;
    }
    let (from, to) = (&imports[out.part.page], &imports[end.part.page]);
    // None where a page number that is printed in a jump is not the other page's
    let numbers = |end: &JumpEnd, other: &PageImport| {
        let both = end.jump.page.zip(other.masthead.page);
        both.map_or(Some(0.0), |(printed, page)| (printed == page).then_some(weight::PAGE_NUMBER))
    };
    let page_numbers = numbers(out, to)? + numbers(end, from)?;
    let continuation = if stops_mid_sentence(&out.text) {
        continuation_score(&out.text, &end.text).clamp(-2.0, 3.0)
    } else {
        opening_score(&end.text).clamp(-1.5, 1.0) * 0.5
    };
    let headline = overlap(&headline_of(to, end.part.article), &headline_of(from, out.part.article));
    let similarity = index.similarity(out.part, end.part);
    let total = page_numbers + continuation + headline * weight::HEADLINE + similarity * weight::SIMILARITY;
    Some(total - weight::THRESHOLD)
}

/// Column label, kicker, title and subtitle as printed.
fn headline_of(import: &PageImport, article: usize) -> String {
    let lines = import.page.lines.iter().zip(&import.partition.lines);
    let is_headline = |assigned: &LineAssignment| {
        assigned.article == Some(article) && assigned.role.is_head() && assigned.role != Role::Byline
    };
    let texts = lines.filter(|(_, assigned)| is_headline(assigned)).map(|(line, _)| line.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

/// The part of a text's bigrams that `whole` has too, 0 to 1.
fn overlap(text: &str, whole: &str) -> f64 {
    let (own, whole) = (bigrams(text), bigrams(whole));
    if own.is_empty() { 0.0 } else { own.intersection(&whole).count() as f64 / own.len() as f64 }
}

/// Pairs of neighbouring letters or 汉字.
fn bigrams(text: &str) -> BTreeSet<(char, char)> {
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs.filter(|(a, b)| a.is_alphabetic() && b.is_alphabetic()).collect()
}

/// The bigrams of each article of an issue, and how many articles have each.
struct BigramIndex {
    articles: BTreeMap<Part, BTreeSet<(char, char)>>,
    frequencies: HashMap<(char, char), f64>,
}

impl BigramIndex {
    fn of(imports: &[PageImport]) -> Self {
        let mut articles: BTreeMap<Part, BTreeSet<(char, char)>> = BTreeMap::new();
        for (page, import) in imports.iter().enumerate() {
            for (line, assigned) in import.page.lines.iter().zip(&import.partition.lines) {
                let Some(article) = assigned.article else { continue };
                articles.entry(Part { page, article }).or_default().extend(bigrams(&line.text));
            }
        }
        let mut frequencies: HashMap<(char, char), f64> = HashMap::new();
        for bigram in articles.values().flatten() {
            *frequencies.entry(*bigram).or_default() += 1.0;
        }
        Self { articles, frequencies }
    }

    /// The cosine similarity of two articles' bigrams, weighted by inverse document frequency, scaled to 0 to 1.
    fn similarity(&self, one: Part, other: Part) -> f64 {
        let (Some(one), Some(other)) = (self.articles.get(&one), self.articles.get(&other)) else { return 0.0 };
        let count = self.articles.len() as f64;
        let weight = |bigram: &_| (count / self.frequencies.get(bigram).copied().unwrap_or(1.0)).ln().powi(2);
        let norm = |bigrams: &BTreeSet<(char, char)>| bigrams.iter().map(weight).sum::<f64>().sqrt();
        let shared: f64 = one.intersection(other).map(weight).sum();
        // two parts of one article have a cosine of about a fifth
        (5.0 * shared / (norm(one) * norm(other)).max(1.0)).min(1.0)
    }
}

fn unmatched_jump(imports: &[PageImport], end: &JumpEnd) -> Diagnostic {
    let import = &imports[end.part.page];
    let line = &import.page.lines[end.line];
    let source = Source::new(&import.name, &line.text);
    let location = Location { line: line.number, ..source.location(end.jump.span.clone()) };
    let is_imported = end.jump.page.is_some_and(|page| imports.iter().any(|import| import.masthead.page == Some(page)));
    let page = end.jump.page.map_or_else(|| message!("another page"), |number| message!("page {number}", number));
    let message = match (is_imported, end.jump.onward) {
        (true, true) => message!("nothing on {page} takes up the article that jumps there", page),
        (true, false) => message!("nothing on {page} jumps to this text", page),
        (false, true) => {
            message!("the article goes on on {page}, which is not among the imported pages of its issue", page)
        }
        (false, false) => {
            message!("the article comes from {page}, which is not among the imported pages of its issue", page)
        }
    };
    let (code, hint) = if is_imported {
        let hint = message!(
            "the two parts stand as articles of their own; where the jump on the other page was not read, write it there"
        );
        (Code::UnmatchedJump, hint)
    } else {
        (
            Code::PageNotImported,
            message!("add that page, with its paper, date and number: the parts then become one article"),
        )
    };
    Diagnostic::new(code, message).at_location(location).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_as_alike_as_the_rare_bigrams_that_they_share() {
        let texts = ["老匠人扎的沙燕风筝", "沙燕风筝飞上了天", "江心的桥墩立在沙洲", "新桥的监理船靠了岸"];
        let part = |article| Part { page: 0, article };
        let articles: BTreeMap<_, _> = texts.iter().enumerate().map(|(at, text)| (part(at), bigrams(text))).collect();
        let mut frequencies: HashMap<(char, char), f64> = HashMap::new();
        articles.values().flatten().for_each(|bigram| *frequencies.entry(*bigram).or_default() += 1.0);
        let index = BigramIndex { articles, frequencies };
        let alike = index.similarity(part(0), part(1));
        assert!((0.2..0.9).contains(&alike), "{alike}");
        assert!(index.similarity(part(0), part(2)).abs() < 1e-9);
        assert!(index.similarity(part(0), part(9)).abs() < 1e-9);
    }
}
