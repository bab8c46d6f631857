//! Batches of requests, for engines that hand over tables: split in parallel, a chunk at a time, put out in their order.

use crate::pipeline::stream::issue::{IssueGroups, IssueResult, stitch_pages};
use crate::pipeline::stream::object::OutputObject;
use crate::pipeline::stream::request::PageRequest;
use crate::pipeline::stream::splitter::{SplitResult, Splitter};
use crate::text::lang::Lang;
use crate::util::parallel;

/// Requests whose pages are in memory at a time.
const CHUNK: usize = 128;

/// How a batch is split, and what is returned.
#[derive(Debug, Clone, Copy, Default)]
pub struct BatchOptions {
    /// an object an article instead of one a page
    pub articles: bool,
    /// joins articles that go on on another page: pages of one paper and day that follow each other are an issue
    pub issues: bool,
    /// of findings
    pub lang: Lang,
}

/// Splits the pages of requests; `put` takes the objects for some of them, in the order of the requests: one a page or an article, and one for
/// each page that cannot be read.
///
/// ```
/// use wenzhai::builtin;
/// use wenzhai::config::settings;
/// use wenzhai::diagnostics::source::Source;
/// use wenzhai::pipeline::stream::batch::{BatchOptions, split_batch};
/// use wenzhai::pipeline::stream::request::PageRequest;
/// use wenzhai::pipeline::stream::splitter::Splitter;
///
/// let splitter = Splitter::new(settings::parse(&Source::new("site.toml", builtin::SETTINGS))?);
/// let text = "家门口的微工厂\n\n本报记者 林屏之\n\n镇里把闲置的教室改成车间，三家企业把订单送上门。\n".to_owned();
/// let page = PageRequest { text: Some(text), ..PageRequest::default() };
/// let mut found = Vec::new();
/// split_batch::<()>(&splitter, [page, PageRequest::default()], BatchOptions::default(), &mut |objects| {
///     found.extend(objects.iter().map(|object| (object.request, object.to_json())));
///     Ok(())
/// }).unwrap();
/// assert!(found[0].0 == 1 && found[0].1.contains(r#""title":"家门口的微工厂""#));
/// assert!(found[1].0 == 2 && found[1].1.contains(r#""code":"bad-request""#));
/// # Ok::<(), wenzhai::diagnostics::error::Error>(())
/// ```
///
/// # Errors
/// That of `put`, which ends the work.
pub fn split_batch<E>(
    splitter: &Splitter,
    requests: impl IntoIterator<Item = PageRequest>,
    options: BatchOptions,
    put: &mut dyn FnMut(&[OutputObject<'_>]) -> Result<(), E>,
) -> Result<(), E> {
    let mut numbered = (1..).zip(requests);
    let mut groups = IssueGroups::default();
    loop {
        let chunk: Vec<(usize, PageRequest)> = numbered.by_ref().take(CHUNK).collect();
        let is_end = chunk.is_empty();
        let split = parallel::map(&chunk, |(number, request)| splitter.split(*number, request));
        let pages = split.into_iter().flatten();
        let complete: Vec<IssueResult> = match options.issues {
            true if is_end => groups.take().map(Ok).into_iter().collect(),
            true => pages.flat_map(|page| groups.add(page)).collect(),
            false => pages.map(|page: SplitResult| page.map(|page| vec![page])).collect(),
        };
        let stitched = parallel::map_owned(complete, |issue| issue.map(|pages| stitch_pages(splitter, pages)));
        let objects = parallel::map(&stitched, |issue| match issue {
            Ok(issue) => OutputObject::of_issue(issue, options.articles, options.lang),
            Err(failed) => vec![OutputObject::of_failure(failed, options.lang)],
        });
        put(&objects.into_iter().flatten().collect::<Vec<_>>())?;
        if is_end {
            return Ok(());
        }
    }
}
