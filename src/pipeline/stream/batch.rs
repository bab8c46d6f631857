//! Batches of requests, for engines that hand over tables: split in parallel, put out in their order.

use crate::pipeline::stream::issue::{IssueGroups, IssueResult, StitchedIssue, stitch_pages};
use crate::pipeline::stream::object::OutputObject;
use crate::pipeline::stream::request::{FailedRequest, PageRequest};
use crate::pipeline::stream::splitter::{SplitPage, SplitResult, Splitter};
use crate::text::lang::Lang;
use crate::util::parallel;

/// What became of the pages of a batch.
#[derive(Debug)]
pub struct Batch {
    results: Vec<Result<StitchedIssue, Box<FailedRequest>>>,
}

impl Batch {
    /// Splits the pages of requests. With `issues`, articles that go on on another page are joined: pages of one paper and day that
    /// follow each other are an issue.
    ///
    /// ```
    /// use wenzhai::builtin;
    /// use wenzhai::config::settings;
    /// use wenzhai::diagnostics::source::Source;
    /// use wenzhai::pipeline::stream::batch::Batch;
    /// use wenzhai::pipeline::stream::request::PageRequest;
    /// use wenzhai::pipeline::stream::splitter::Splitter;
    /// use wenzhai::text::lang::Lang;
    ///
    /// let splitter = Splitter::new(settings::parse(&Source::new("site.toml", builtin::SETTINGS))?);
    /// let text = "家门口的微工厂\n\n本报记者 林屏之\n\n镇里把闲置的教室改成车间，三家企业把订单送上门。\n".to_owned();
    /// let page = PageRequest { text: Some(text), ..PageRequest::default() };
    /// let batch = Batch::split(&splitter, &[page, PageRequest::default()], false);
    /// let objects = batch.objects(false, Lang::En);
    /// assert!(objects[0].to_json().contains(r#""title":"家门口的微工厂""#));
    /// assert!(objects[1].request == 2 && objects[1].to_json().contains(r#""code":"bad-request""#));
    /// # Ok::<(), wenzhai::diagnostics::error::Error>(())
    /// ```
    pub fn split(splitter: &Splitter, requests: &[PageRequest], issues: bool) -> Self {
        let numbered: Vec<(usize, &PageRequest)> = (1..).zip(requests).collect();
        let split = parallel::map(&numbered, |(number, request)| splitter.split(*number, request));
        let pages: Vec<SplitResult> = split.into_iter().flatten().collect();
        let groups: Vec<IssueResult> = match issues {
            true => {
                let mut groups = IssueGroups::default();
                let mut complete: Vec<IssueResult> = pages.into_iter().flat_map(|page| groups.add(page)).collect();
                complete.extend(groups.take().map(Ok));
                complete
            }
            false => pages.into_iter().map(|page| page.map(|page| vec![page])).collect(),
        };
        let stitch = |pages: Vec<SplitPage>| stitch_pages(splitter, pages);
        Self { results: parallel::map_owned(groups, |group| group.map(stitch)) }
    }

    /// In the order of the requests: one a page or an article, and one for each page that cannot be read.
    pub fn objects(&self, by_article: bool, lang: Lang) -> Vec<OutputObject<'_>> {
        let objects = self.results.iter().map(|result| match result {
            Ok(issue) => OutputObject::of_issue(issue, by_article, lang),
            Err(failed) => vec![OutputObject::of_failure(failed, lang)],
        });
        objects.flatten().collect()
    }
}
