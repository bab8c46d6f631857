//! Renders a Markdown body as HTML.
//!
//! 1. Read the body's events; footnotes (`footnotes.rs`) are separated from the text.
//! 2. Transform them: headings get an id and a level that fits the page, links are resolved, pictures become figures, code is
//!    highlighted, tables can be scrolled. Paragraphs are numbered as in `content/plain_text.rs`, to be linked to: `#p3`.
//! 3. Write the events with pulldown-cmark's HTML writer, the footnotes last.
//!
//! Only an editor can have written raw HTML, since import escapes what a page prints (`content/escape.rs`); site.toml says what
//! becomes of it.

use crate::config::content::RawHtml;
use crate::content::markdown::Markdown;
use crate::content::plain_text::ParagraphCollector;
use crate::render::engine::i18n::Messages;
use crate::render::markdown::addresses::is_safe;
use crate::render::markdown::events::{as_text, to_html, to_text};
use crate::render::markdown::footnotes::{Footnotes, note_id, reference_id};
use crate::render::markdown::headings::{self, Heading};
use crate::render::markdown::highlight::code_block;
use crate::render::markdown::picture;
use crate::render::markdown::sanitize::sanitized;
use crate::render::markdown::tables::{self, Tables};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};
use std::collections::VecDeque;

/// A body as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenderedMarkdown {
    /// block elements without an enclosing one
    pub html: String,
    /// in reading order
    pub(crate) headings: Vec<Heading>,
    /// some code is highlighted: the page needs the style sheet for it
    pub(crate) has_code: bool,
}

/// Maps the target of a link or a picture on this site, without its `#…` and `?…`, to the address to write; none leaves it.
type Resolve<'r> = &'r dyn Fn(&str) -> Option<String>;

/// Renders a body. `messages` are the labels of its tables and footnotes. `raw_html` is what becomes of raw HTML. `resolve` maps the target of a link or a picture on this
/// site, without its `#…` and `?…`, to the address to write; none leaves the target unchanged.
///
/// ```
/// use wenzhai::config::content::RawHtml;
/// use wenzhai::config::settings::Config;
/// use wenzhai::render::engine::i18n::Messages;
/// use wenzhai::render::markdown::html::render_markdown;
///
/// let messages = Messages::of(Config::default().lang);
/// let resolve = |target: &str| (target == "p1-02.md").then(|| "../p1-02/".to_owned());
/// let page = render_markdown("**“产改”**见[另一篇](p1-02.md#s1)。", messages, RawHtml::Safe, &resolve);
/// assert_eq!(
///     page.html,
///     "<p id=\"p1\"><strong>“产改”</strong>见<a href=\"../p1-02/#s1\">另一篇</a>。</p>\n"
/// );
/// ```
pub fn render_markdown(body: &str, messages: Messages, raw_html: RawHtml, resolve: Resolve<'_>) -> RenderedMarkdown {
    render_events(Markdown::new(body).events(), messages, raw_html, resolve)
}

/// [`render_markdown`], and the body as [plain text](crate::content::plain_text::plain_text), read in the same pass.
pub(crate) fn render_markdown_and_plain(
    body: &str,
    messages: Messages,
    raw_html: RawHtml,
    resolve: Resolve<'_>,
) -> (RenderedMarkdown, String) {
    let source = Markdown::new(body);
    let mut collector = ParagraphCollector::default();
    let events = source.events().inspect(|event| collector.push_event(event));
    let rendered = render_events(events, messages, raw_html, resolve);
    (rendered, collector.into_plain())
}

fn render_events<'a>(
    events: impl Iterator<Item = Event<'a>>,
    messages: Messages,
    raw_html: RawHtml,
    resolve: Resolve<'_>,
) -> RenderedMarkdown {
    let mut has_raw_html = false;
    let events = events.inspect(|event| has_raw_html |= matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    let (events, footnotes) = Footnotes::extract(events);
    let mut body = BodyRenderer {
        messages,
        raw_html,
        resolve,
        footnotes,
        tables: Tables::default(),
        drops_link: false,
        paragraphs: 0,
        in_notes: false,
        pictures: 0,
        rendered: RenderedMarkdown::default(),
    };
    let text = body.transform(events);
    body.rendered.html = to_html(text);
    body.write_footnotes();
    if has_raw_html && raw_html == RawHtml::Safe {
        body.rendered.html = sanitized(&body.rendered.html);
    }
    body.rendered
}

/// The state of rendering one body.
struct BodyRenderer<'r, 'a> {
    messages: Messages,
    raw_html: RawHtml,
    resolve: Resolve<'r>,
    footnotes: Footnotes<'a>,
    tables: Tables,
    /// the open link has an address that is not written
    drops_link: bool,
    /// how many there were so far; likewise `pictures`
    paragraphs: usize,
    /// footnotes are being written
    in_notes: bool,
    pictures: usize,
    rendered: RenderedMarkdown,
}

impl<'a> BodyRenderer<'_, 'a> {
    /// Replaces what pulldown-cmark's writer would not write as this site needs it.
    fn transform(&mut self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let mut out = Vec::with_capacity(events.len());
        let mut rest = VecDeque::from(events);
        while let Some(event) = rest.pop_front() {
            match event {
                Event::Start(Tag::Paragraph) => {
                    self.paragraphs += usize::from(!self.in_notes);
                    let number = (!self.in_notes).then_some(self.paragraphs);
                    out.push(self.paragraph(number, &mut rest));
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let address = self.picture_address(dest_url);
                    let html = picture::inline(address, title, &mut rest, self.is_first_picture());
                    out.push(Event::InlineHtml(html.into()));
                }
                Event::Start(Tag::Heading { level, .. }) => out.push(self.heading(level, &mut rest)),
                Event::End(TagEnd::Heading(_)) => out.push(headings::end(&self.rendered.headings)),
                Event::Start(Tag::Link { dest_url, .. }) if !self.may_write(&dest_url, false) => self.drops_link = true,
                Event::End(TagEnd::Link) if self.drops_link => self.drops_link = false,
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let dest_url = self.address(dest_url);
                    out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
                Event::Start(Tag::CodeBlock(kind)) => out.push(self.code(&kind, &mut rest)),
                Event::Start(Tag::Table(columns)) => out.extend(self.tables.start(columns, self.messages)),
                Event::End(TagEnd::Table) => out.extend(tables::end()),
                Event::Start(Tag::TableHead | Tag::TableRow | Tag::TableCell) => out.push(self.tables.event(event)),
                Event::FootnoteReference(name) => out.push(self.reference(&name)),
                // the writer would write `<br />` and `<hr />`
                Event::HardBreak => out.push(Event::InlineHtml("<br>\n".into())),
                Event::Rule => out.push(Event::Html("\n<hr>\n".into())),
                other if self.raw_html == RawHtml::Escape => out.push(as_text(other)),
                other => out.push(other),
            }
        }
        out
    }

    /// The start of a paragraph; `number` is none in a footnote. An empty paragraph or a picture is returned as a whole, and its
    /// other events are removed.
    fn paragraph(&mut self, number: Option<usize>, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        if matches!(rest.front(), Some(Event::End(TagEnd::Paragraph))) {
            rest.pop_front();
            return Event::Html("".into());
        }
        match number {
            _ if picture::is_alone(rest) => self.figure(rest),
            Some(number) => Event::Html(format!("<p id=\"{}\">", paragraph_id(number)).into()),
            None => Event::Start(Tag::Paragraph),
        }
    }

    fn is_first_picture(&mut self) -> bool {
        self.pictures += 1;
        self.pictures == 1
    }

    /// A picture alone in its paragraph, whose other events are removed.
    fn figure(&mut self, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        let first = self.is_first_picture();
        let Some(Event::Start(Tag::Image { dest_url, title, .. })) = rest.pop_front() else {
            return Event::Html("".into());
        };
        let figure = picture::figure(self.picture_address(dest_url), title, rest, first);
        rest.pop_front();
        Event::Html(figure.into())
    }

    /// The start of a heading. A heading without text becomes a paragraph without a number.
    fn heading(&mut self, level: HeadingLevel, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        let length = rest.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).count();
        let text = to_text(rest.iter().take(length));
        if text.trim().is_empty() {
            if let Some(end) = rest.get_mut(length) {
                *end = Event::End(TagEnd::Paragraph);
            }
            return self.paragraph(None, rest);
        }
        headings::start(&mut self.rendered.headings, level, text.trim())
    }

    /// Whether an address may be written: one that would run a script only where raw HTML may as well.
    fn may_write(&self, address: &str, is_picture: bool) -> bool {
        self.raw_html == RawHtml::Keep || is_safe(address, is_picture)
    }

    /// [`Self::address`] of a picture; empty where it may not be written, which shows the alternative text.
    fn picture_address(&self, target: CowStr<'a>) -> CowStr<'a> {
        if self.may_write(&target, true) { self.address(target) } else { "".into() }
    }

    /// The address to write for the target of a link or a picture.
    fn address(&self, target: CowStr<'a>) -> CowStr<'a> {
        let (path, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
        let is_external = path.starts_with("//") || path.split('/').next().is_some_and(|first| first.contains(':'));
        if is_external || path.is_empty() {
            return target;
        }
        (self.resolve)(path).map(|address| format!("{address}{rest}").into()).unwrap_or(target)
    }

    /// A code block, whose events are removed.
    fn code(&mut self, kind: &CodeBlockKind<'a>, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        let length = rest.iter().take_while(|event| !matches!(event, Event::End(TagEnd::CodeBlock))).count();
        let code = to_text(rest.iter().take(length));
        rest.drain(..(length + 1).min(rest.len()));
        let (html, is_highlighted) = code_block(code, kind);
        self.rendered.has_code |= is_highlighted;
        Event::Html(html.into())
    }

    fn reference(&mut self, name: &str) -> Event<'a> {
        match self.footnotes.reference(name) {
            Some(html) => Event::InlineHtml(html.into()),
            None => Event::Text(format!("[^{name}]").into()),
        }
    }

    fn write_footnotes(&mut self) {
        self.in_notes = true;
        let mut list = String::new();
        while let Some((number, is_referenced, events)) = self.footnotes.take_next() {
            let mut events = self.transform(events);
            if is_referenced {
                let (target, label) = (reference_id(number, 1), self.messages.count("footnote_back", number));
                let back = format!(" <a href=\"#{target}\" role=\"doc-backlink\" aria-label=\"{label}\">↩</a>");
                let end = usize::from(matches!(events.last(), Some(Event::End(TagEnd::Paragraph))));
                events.insert(events.len() - end, Event::InlineHtml(back.into()));
            }
            list.push_str(&format!("<li id=\"{}\">{}</li>\n", note_id(number), to_html(events)));
        }
        if !list.is_empty() {
            let label = self.messages.text("footnotes");
            let section = format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{label}\">");
            self.rendered.html.push_str(&format!("{section}\n<ol>\n{list}</ol>\n</section>\n"));
        }
    }
}

/// The id of a paragraph on its page, by its number in the body.
pub(crate) fn paragraph_id(number: usize) -> String {
    format!("p{number}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::escape::inline;
    use crate::content::plain_text::{ParagraphRole, paragraphs};
    use crate::text::lang::Lang;
    use proptest::prelude::*;

    fn zh() -> Messages {
        Messages::of(Lang::ZhHans)
    }

    fn of(body: &str) -> String {
        render_markdown(body, zh(), RawHtml::Safe, &|_| None).html
    }

    #[test]
    fn headings_have_ids_and_skip_no_level() {
        let page = render_markdown(
            "# 一\n\n#### 二*三*\n\n##\n\n# ![](a)\n\n## 四[^1]\n\n[^1]: 注\n",
            zh(),
            RawHtml::Safe,
            &|_| None,
        );
        let headings: Vec<_> = page.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
        assert_eq!(headings, [(2, "s1", "一"), (3, "s2", "二三"), (2, "s3", "四")]);
        assert!(page.html.contains("<h3 id=\"s2\">二<em>三</em></h3>"), "{}", page.html);
        assert_eq!(page.html.matches("<h").count(), 3);
    }

    #[test]
    fn a_picture_alone_is_a_figure_with_its_caption() {
        assert_eq!(
            of("![焊工 <甲>](a%20b.jpg \"在**车间** & 现场\")\n\n见![乙](c.png \"提示\")。\n"),
            "<figure><img src=\"a%20b.jpg\" alt=\"焊工 &lt;甲&gt;\"><figcaption>在**车间** &amp; 现场</figcaption></figure>\n\
             <p id=\"p2\">见<img src=\"c.png\" alt=\"乙\" title=\"提示\" loading=\"lazy\">。</p>\n"
        );
        assert_eq!(of("![a ![b](c) d](e)"), "<figure><img src=\"e\" alt=\"a b d\"></figure>\n");
        assert_eq!(of("![无图]()字"), "<p id=\"p1\">无图字</p>\n");
    }

    #[test]
    fn links_to_markdown_files_are_resolved() {
        let resolve = |file: &str| (file == "../p1-03.md").then(|| "/2025/02/25/p1-03/".to_owned());
        let page = render_markdown(
            "[甲](../p1-03.md#s2) [乙](other.md) [丙](https://a.cn/../p1-03.md) [丁](x/)",
            zh(),
            RawHtml::Safe,
            &resolve,
        );
        for address in ["/2025/02/25/p1-03/#s2", "other.md", "https://a.cn/../p1-03.md", "x/"] {
            assert!(page.html.contains(&format!("href=\"{address}\"")), "{}", page.html);
        }
    }

    #[test]
    fn footnotes_are_at_the_end_and_link_back() {
        assert_eq!(
            of("甲[^a]。\n\n[^a]: 注\n\n乙"),
            "<p id=\"p1\">甲<sup><a id=\"fnref-1\" href=\"#fn-1\" role=\"doc-noteref\">1</a></sup>。</p>\n<p id=\"p2\">乙</p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"注释\">\n<ol>\n<li id=\"fn-1\"><p>注 \
             <a href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"返回正文1\">↩</a></p>\n</li>\n</ol>\n</section>\n"
        );
    }

    #[test]
    fn code_in_a_known_language_is_highlighted() {
        let page = render_markdown("```rust\nlet a = 1 < 2;\n```\n", zh(), RawHtml::Safe, &|_| None);
        assert!(
            page.has_code && page.html.contains("<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-")
        );
        let page = render_markdown("```诗\na < b\n```\n\n    c\n", zh(), RawHtml::Safe, &|_| None);
        assert!(!page.has_code);
        assert!(page.html.contains("<code class=\"language-诗\">a &lt; b\n</code>"), "{}", page.html);
    }

    #[test]
    fn a_table_can_be_scrolled_and_harmless_html_passes() {
        let page = of("|a|b|\n|-|:-:|\n|~~1~~|2|\n\n一\\\n二 <mark>三</mark>\n\n---\n\n<aside>x</aside>\n");
        assert!(
            page.contains("<div class=\"table\" role=\"region\" aria-label=\"表1\" tabindex=\"0\"><table>"),
            "{page}"
        );
        assert!(page.contains("<del>1</del>") && page.contains("</table>\n</div>"), "{page}");
        assert!(page.contains("一<br>\n二 <mark>三</mark>") && page.contains("<hr>"), "{page}");
        assert!(page.contains("<aside>x</aside>"), "{page}");
    }

    /// The text that a browser would show for HTML with the entities of the writer.
    fn shown(html: &str) -> String {
        let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
        entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
    }

    proptest! {
        #[test]
        fn printed_text_is_shown_as_it_was_printed(lines in proptest::collection::vec(
            "((<script>|&amp;|&#42;|\\{\\{|\\*\\*|~~|\\[\\^1\\]|1\\. |#|\\\\|`|[|>_\"'\t　 ]|\\PC){0,12})x", 1..4)) {
            let body = lines.iter().map(|line| inline(line)).collect::<Vec<_>>().join("\n\n");
            let page = of(&body);
            let read: Vec<&str> = page.trim_end().split("</p>\n").collect();
            let read: Vec<String> = read.into_iter().map(shown).collect();
            let printed: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).collect();
            prop_assert_eq!(read, printed, "{}", page);
        }

        #[test]
        fn paragraph_ids_match_the_numbers_of_plain_text(body in "([*#>|`!()^ \n-]|\n\n|\n- |# ?|\\[|\\]|```|!\\[a\\]\\(b\\)|\\[\\^1\\]:? ?|[甲乙a]){0,60}") {
            let page = of(&body);
            let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            for paragraph in paragraphs(&body).iter().filter(|paragraph| paragraph.number > 0 && paragraph.role == ParagraphRole::Text) {
                let (_, from) = page.split_once(&format!("<p id=\"{}\">", paragraph_id(paragraph.number))).unwrap();
                let html = shown(from.split_once("</p>").unwrap().0);
                let bare = |text: &str| text.chars().filter(|c| matches!(c, '甲' | '乙')).collect::<String>();
                prop_assert!(bare(&html).contains(&bare(&paragraph.text)), "{:?}: {}", paragraph, page);
            }
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), all, "an id is used once: {}", page);
        }

        #[test]
        fn any_body_is_html_with_balanced_tags(body in "([*#>|`!()^:~ \n-]|\\[|\\]|```|!\\[a\\]\\(b\\)|\\[\\^1\\]|[^<&]){0,80}") {
            let page = of(&body);
            for tag in ["p", "h2", "figure", "table", "div", "li", "pre", "code", "sup", "section", "a", "strong", "em"] {
                let open = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
                prop_assert_eq!(open, page.matches(&format!("</{tag}>")).count(), "{}: {}", tag, page);
            }
        }
    }
}
