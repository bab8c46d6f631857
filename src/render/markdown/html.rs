//! A body → HTML.
//!
//! 1. read the body's events; footnotes are taken [apart](crate::render::markdown::footnotes)
//! 2. dress them: headings get a level that fits the page and an address, links to Markdown files the address of their
//!    page, pictures a figure, code its colours, tables a frame that a phone can scroll
//!    paragraphs are counted as `content/plain_text.rs` counts them, so that each can be linked to: `#p3`
//! 3. write what is left with pulldown-cmark's own writer; the footnotes last
//!
//! Raw HTML in a body passes as it is: it is an editor's, for imported text is escaped (`content/escape.rs`). Everything
//! else is HTML that the Nu checker finds nothing wrong with.

use crate::content::markdown::Markdown;
use crate::content::plain_text::ParagraphReader;
use crate::render::engine::i18n::Messages;
use crate::render::markdown::footnotes::{Footnote, Footnotes, note_id, reference_id};
use crate::render::markdown::highlight::highlighted;
use crate::render::markdown::picture;
use pulldown_cmark::html::push_html;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};
use std::collections::VecDeque;

/// A body as it stands on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenderedMarkdown {
    pub(crate) html: String,
    /// in reading order
    pub(crate) headings: Vec<Heading>,
    /// some code has colours: the page needs their style sheet
    pub(crate) has_code: bool,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 2 to 6: the page's title is 1, and no level is left out
    pub(crate) level: usize,
    /// ASCII, by order: `s1`, `s2`
    pub(crate) id: String,
    pub(crate) text: String,
}

/// The HTML of a body; `words` are for those who hear a page. `resolve` is asked where a link or a picture stands
/// that is on this site, as it is written without `#…` and `?…`; what it does not know is left as it is.
pub fn render_markdown(body: &str, words: Messages, resolve: &dyn Fn(&str) -> Option<String>) -> RenderedMarkdown {
    let source = Markdown::new(body);
    of_events(source.events(), words, resolve)
}

/// The same, and the body as plain text, read along with it: [`crate::content::plain_text::plain_text`].
pub(crate) fn render_markdown_and_plain(
    body: &str,
    words: Messages,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> (RenderedMarkdown, String) {
    let source = Markdown::new(body);
    let mut reader = ParagraphReader::default();
    let html = of_events(source.events().inspect(|event| reader.read(event)), words, resolve);
    (html, reader.into_plain())
}

fn of_events<'a>(
    events: impl Iterator<Item = Event<'a>>,
    words: Messages,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> RenderedMarkdown {
    let (events, footnotes) = Footnotes::apart(events);
    let mut page = Page {
        words,
        resolve,
        footnotes,
        level: 1,
        paragraphs: 0,
        in_notes: false,
        pictures: 0,
        tables: 0,
        html: RenderedMarkdown::default(),
    };
    let text = page.dressed(events);
    push_html(&mut page.html.html, text.into_iter());
    page.write_footnotes();
    page.html
}

struct Page<'r, 'a> {
    words: Messages,
    resolve: &'r dyn Fn(&str) -> Option<String>,
    footnotes: Footnotes<'a>,
    /// of the last heading
    level: usize,
    paragraphs: usize,
    /// footnotes are being written
    in_notes: bool,
    pictures: usize,
    tables: usize,
    html: RenderedMarkdown,
}

impl<'a> Page<'_, 'a> {
    fn dressed(&mut self, events: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let mut out = Vec::with_capacity(events.len());
        let mut rest = VecDeque::from(events);
        while let Some(event) = rest.pop_front() {
            match event {
                Event::Start(Tag::Paragraph) => {
                    let number = self.counted();
                    out.push(self.paragraph(number, &mut rest));
                }
                Event::Start(image @ Tag::Image { .. }) => {
                    let image = self.located(image);
                    let html = picture::inline(image, &mut rest, self.is_first_picture());
                    out.push(Event::InlineHtml(html.into()));
                }
                Event::Start(Tag::Heading { level, .. }) => out.push(self.heading(level, &mut rest)),
                Event::End(TagEnd::Heading(_)) => out.push(Event::End(TagEnd::Heading(heading_level(self.level)))),
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let dest_url = self.address(dest_url);
                    out.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
                Event::Start(Tag::CodeBlock(kind)) => out.push(self.code(&kind, &mut rest)),
                Event::Start(table @ Tag::Table(_)) => out.extend([self.table_frame(), Event::Start(table)]),
                Event::End(TagEnd::Table) => out.extend([Event::End(TagEnd::Table), Event::Html("</div>\n".into())]),
                Event::FootnoteReference(name) => out.push(self.reference(&name)),
                // the writer would close these as XML does
                Event::HardBreak => out.push(Event::InlineHtml("<br>\n".into())),
                Event::Rule => out.push(Event::Html("\n<hr>\n".into())),
                other => out.push(other),
            }
        }
        out
    }

    /// The number of the next paragraph; none in a footnote.
    fn counted(&mut self) -> Option<usize> {
        self.paragraphs += usize::from(!self.in_notes);
        (!self.in_notes).then_some(self.paragraphs)
    }

    /// The start of a paragraph, or all of one that is empty or a picture: then its other events are taken.
    fn paragraph(&mut self, number: Option<usize>, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        if matches!(rest.front(), Some(Event::End(TagEnd::Paragraph))) {
            rest.pop_front();
            return Event::Html("".into());
        }
        match number {
            _ if picture::stands_alone(rest) => self.figure(rest),
            Some(number) => Event::Html(format!("<p id=\"{}\">", paragraph_id(number)).into()),
            None => Event::Start(Tag::Paragraph),
        }
    }

    fn is_first_picture(&mut self) -> bool {
        self.pictures += 1;
        self.pictures == 1
    }

    /// Takes the paragraph's other events.
    fn figure(&mut self, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        let first = self.is_first_picture();
        let figure = match rest.pop_front() {
            Some(Event::Start(image)) => picture::figure(self.located(image), rest, first),
            _ => String::new(),
        };
        rest.pop_front();
        Event::Html(figure.into())
    }

    /// The start of a heading. One without words is none: what it holds becomes a paragraph that is not counted.
    fn heading(&mut self, level: HeadingLevel, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        let length = rest.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_)))).count();
        let words = rest.iter().take(length).map(|event| match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        });
        let text: String = words.collect();
        if text.trim().is_empty() {
            if let Some(end) = rest.get_mut(length) {
                *end = Event::End(TagEnd::Paragraph);
            }
            return self.paragraph(None, rest);
        }
        self.level = (level as usize).clamp(2, self.level + 1);
        let id = format!("s{}", self.html.headings.len() + 1);
        self.html.headings.push(Heading { level: self.level, id: id.clone(), text: text.trim().to_owned() });
        let level = heading_level(self.level);
        Event::Start(Tag::Heading { level, id: Some(id.into()), classes: Vec::new(), attrs: Vec::new() })
    }

    fn located(&self, tag: Tag<'a>) -> Tag<'a> {
        match tag {
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: self.address(dest_url), title, id }
            }
            other => other,
        }
    }

    /// Where a link leads, or a picture stands.
    fn address(&self, written: CowStr<'a>) -> CowStr<'a> {
        let (file, place) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
        let elsewhere = file.starts_with("//") || file.split('/').next().is_some_and(|first| first.contains(':'));
        if elsewhere || file.is_empty() {
            return written;
        }
        (self.resolve)(file).map(|address| format!("{address}{place}").into()).unwrap_or(written)
    }

    /// A code block, whose events are taken. It scrolls, so a keyboard has to reach it.
    fn code(&mut self, kind: &CodeBlockKind<'a>, rest: &mut VecDeque<Event<'a>>) -> Event<'a> {
        let length = rest.iter().take_while(|event| !matches!(event, Event::End(TagEnd::CodeBlock))).count();
        let lines = rest.drain(..(length + 1).min(rest.len())).map(|event| match event {
            Event::Text(text) => text.into_string(),
            _ => String::new(),
        });
        let code: String = lines.collect();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let content = match highlighted(&code, language) {
            Some(html) => {
                self.html.has_code = true;
                Event::Html(html.into())
            }
            None => Event::Text(code.into()),
        };
        let start = Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language.into())));
        let block = written([start, content, Event::End(TagEnd::CodeBlock)]);
        Event::Html(block.replacen("<pre>", "<pre tabindex=\"0\">", 1).into())
    }

    fn table_frame(&mut self) -> Event<'a> {
        self.tables += 1;
        let label = self.words.count("table", self.tables);
        Event::Html(format!("<div class=\"table\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">").into())
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
        while let Some(Footnote { number, referred_to, events }) = self.footnotes.take_next() {
            let mut events = self.dressed(events);
            if referred_to {
                let back = Event::InlineHtml(self.way_back(number).into());
                let end = if matches!(events.last(), Some(Event::End(TagEnd::Paragraph))) { 1 } else { 0 };
                events.insert(events.len() - end, back);
            }
            list.push_str(&format!("<li id=\"{}\">{}</li>\n", note_id(number), written(events)));
        }
        if !list.is_empty() {
            let label = self.words.text("footnotes");
            let section = format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{label}\">");
            self.html.html.push_str(&format!("{section}\n<ol>\n{list}</ol>\n</section>\n"));
        }
    }

    fn way_back(&self, number: usize) -> String {
        let (to, label) = (reference_id(number, 1), self.words.count("footnote_back", number));
        format!(" <a href=\"#{to}\" role=\"doc-backlink\" aria-label=\"{label}\">↩</a>")
    }
}

/// The id of a paragraph on its page, by its number in the body.
pub(crate) fn paragraph_id(number: usize) -> String {
    format!("p{number}")
}

fn heading_level(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

fn written<'a>(events: impl IntoIterator<Item = Event<'a>>) -> String {
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    html
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
        render_markdown(body, zh(), &|_| None).html
    }

    #[test]
    fn headings_have_addresses_and_leave_out_no_level() {
        let page = render_markdown("# 一\n\n#### 二*三*\n\n##\n\n# ![](a)\n\n## 四[^1]\n\n[^1]: 注\n", zh(), &|_| None);
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
            &resolve,
        );
        for address in ["/2025/02/25/p1-03/#s2", "other.md", "https://a.cn/../p1-03.md", "x/"] {
            assert!(page.html.contains(&format!("href=\"{address}\"")), "{}", page.html);
        }
    }

    #[test]
    fn footnotes_stand_at_the_end_and_lead_back() {
        assert_eq!(
            of("甲[^a]。\n\n[^a]: 注\n\n乙"),
            "<p id=\"p1\">甲<sup><a id=\"fnref-1\" href=\"#fn-1\" role=\"doc-noteref\">1</a></sup>。</p>\n<p id=\"p2\">乙</p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"注释\">\n<ol>\n<li id=\"fn-1\"><p>注 \
             <a href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"返回正文1\">↩</a></p>\n</li>\n</ol>\n</section>\n"
        );
    }

    #[test]
    fn code_is_coloured_where_the_language_is_known() {
        let page = render_markdown("```rust\nlet a = 1 < 2;\n```\n", zh(), &|_| None);
        assert!(
            page.has_code && page.html.contains("<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-")
        );
        let page = render_markdown("```诗\na < b\n```\n\n    c\n", zh(), &|_| None);
        assert!(!page.has_code);
        assert!(page.html.contains("<code class=\"language-诗\">a &lt; b\n</code>"), "{}", page.html);
    }

    #[test]
    fn a_table_can_be_scrolled_and_raw_html_passes() {
        let page = of("|a|b|\n|-|:-:|\n|~~1~~|2|\n\n一\\\n二 <mark>三</mark>\n\n---\n\n<aside>x</aside>\n");
        assert!(
            page.contains("<div class=\"table\" role=\"region\" aria-label=\"表1\" tabindex=\"0\"><table>"),
            "{page}"
        );
        assert!(page.contains("<del>1</del>") && page.contains("</table>\n</div>"), "{page}");
        assert!(page.contains("一<br>\n二 <mark>三</mark>") && page.contains("<hr>"), "{page}");
        assert!(page.contains("<aside>x</aside>"), "{page}");
    }

    /// What a browser would show of HTML that holds the writer's own entities.
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
        fn a_paragraph_is_found_by_its_number(body in "([*#>|`!()^ \n-]|\n\n|\n- |# ?|\\[|\\]|```|!\\[a\\]\\(b\\)|\\[\\^1\\]:? ?|[甲乙a]){0,60}") {
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
            prop_assert_eq!(ids.len(), all, "an id stands once: {}", page);
        }

        #[test]
        fn any_body_is_html_whose_tags_are_in_pairs(body in "([*#>|`!()^:~ \n-]|\\[|\\]|```|!\\[a\\]\\(b\\)|\\[\\^1\\]|[^<&]){0,80}") {
            let page = of(&body);
            for tag in ["p", "h2", "figure", "table", "div", "li", "pre", "code", "sup", "section", "a", "strong", "em"] {
                let open = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
                prop_assert_eq!(open, page.matches(&format!("</{tag}>")).count(), "{}: {}", tag, page);
            }
        }
    }
}
