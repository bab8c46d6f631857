//! Raw HTML that an editor wrote: what is harmless stays, nothing runs unless site.toml says so, and the pages that wenzhai makes
//! satisfy the Content-Security-Policy that it writes.

use crate::common::site::{Site, article};
use html5gum::{Token, Tokenizer};

/// What an attacker, or a careless copy from another page, brings into Markdown; each is a paragraph or block of its own.
const INJECTIONS: &[&str] = &[
    "<script>alert(1)</script>",
    "文<script>alert(1)</script>文",
    "<SCRIPT SRC=//x.cn/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script\n>alert(1)\n</script\n>",
    "<img src=x onerror=alert(1)>",
    "文<img src=x onerror=\"alert(1)\">",
    "<img src=\"x\" ONERROR='alert(1)' />",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>文</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">",
    "<math href=\"javascript:alert(1)\">文</math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object><embed src=\"x.swf\">",
    "<a href=\"javascript:alert(1)\">文</a>",
    "文<a href=\"JaVaScRiPt:alert(1)\">文</a>",
    "文<a href=\" &#1; javascript:alert(1)\">文</a>",
    "文<a href=\"java&#x0A;script:alert(1)\">文</a>",
    "文<a href=\"java&Tab;script&colon;alert(1)\">文</a>",
    "文<a href=\"data:text/html,<script>alert(1)</script>\">文</a>",
    "文<a href=\"vbscript:msgbox(1)\">文</a>",
    "[文](javascript:alert(1))",
    "[文](<java\tscript:alert(1)>)",
    "[文](JAVASCRIPT&colon;alert(1))",
    "[文](&#106;avascript:alert(1))",
    "[文](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[文][id]\n\n[id]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![文](javascript:alert(1))",
    "文![文](data:image/svg+xml,<svg/onload=alert(1)>)文",
    "[![文](a.png)](javascript:alert(1))",
    "注[^1]\n\n[^1]: [文](javascript:alert(1)) <b onclick=alert(1)>文</b>",
    "|a|\n|-|\n|<b onmouseover=alert(1)>文</b> [文](javascript:alert(1))|",
    "## 题<script>alert(1)</script> [文](javascript:alert(1))",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<p style=\"position:fixed;inset:0\">文</p>",
    "<div style=\"background:url(//x.cn/)\">文</div>",
    "<base href=\"//x.cn/\">",
    "<link rel=stylesheet href=//x.cn/a.css>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">文</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>文</details>",
    "<video src=x onerror=alert(1)><source src=\"javascript:alert(1)\"></video>",
    "<video poster=\"javascript:alert(1)\"></video>",
    "<marquee onstart=alert(1)>文</marquee>",
    "<body onload=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?php ?><img src=x onerror=alert(1)>",
    "<!DOCTYPE x [<!ENTITY a \"<img src=x onerror=alert(1)>\">]>",
    "<template><script>alert(1)</script></template>",
    "<p id=\"scheme\" class=\"copy\" name=\"q\">文</p>",
    "<x onclick=alert(1)>文</x>",
    "</div></article></main></body><script>alert(1)</script>",
    "<img srcset=\"javascript:alert(1) 1x\" src=\"x\">",
    "<a href=\"https://x.cn/\" ping=\"//y.cn/\" target=\"_blank\">文</a>",
];

/// Why a text of HTML could run something or reach beyond its place, if it could.
fn danger(html: &str) -> Option<String> {
    const ELEMENTS: &[&str] = &[
        "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "base", "link",
        "meta", "textarea", "title", "xmp", "template", "noscript", "marquee", "body",
    ];
    Tokenizer::new(html).flatten().find_map(|token| {
        let Token::StartTag(tag) = token else { return None };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase();
        let name = text(&tag.name);
        if ELEMENTS.contains(&name.as_str()) {
            return Some(format!("<{name}>"));
        }
        tag.attributes.iter().find_map(|(attribute, value)| {
            let (attribute, value) =
                (text(attribute), text(value).replace(|c: char| c.is_whitespace() || c.is_control(), ""));
            let is_handler = attribute.starts_with("on")
                || ["style", "srcdoc", "srcset", "formaction", "action", "ping", "name", "xlink:href"]
                    .contains(&attribute.as_str());
            let runs = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| value.starts_with(scheme));
            (is_handler || runs).then(|| format!("<{name} {attribute}={value:?}>"))
        })
    })
}

/// A site whose article and plain page hold every injection, with settings.
fn injected(settings: &str) -> Site {
    let site = Site::with_settings();
    site.write("site.toml", format!("{}\n{settings}\n[feeds]\narticles = \"full\"\n", site.read("site.toml")));
    for (number, body) in INJECTIONS.iter().enumerate() {
        site.write(&format!("content/articles/i{number:02}.md"), article("题目", "date = 2025-03-18\n", body));
        site.write(&format!("content/i{number:02}.md"), format!("+++\ntitle = \"页\"\n+++\n\n{body}\n"));
    }
    site.build();
    site
}

/// The body of a page, as the templates enclose it.
fn body_of(page: &str) -> &str {
    let from = page.find("<div class=\"body\"").or_else(|| page.find("<main")).expect("a body");
    &page[from..page.find("</main>").expect("an end")]
}

#[test]
fn nothing_that_an_editor_wrote_runs() {
    for settings in ["", "[content]\nhtml = \"safe\"", "[content]\nhtml = \"escape\""] {
        let site = injected(settings);
        for (number, body) in INJECTIONS.iter().enumerate() {
            for page in
                [format!("public/2025/03/18/i{number:02}/index.html"), format!("public/i{number:02}/index.html")]
            {
                let html = site.read(&page);
                let shown = body_of(&html).replace("<button type=\"button\" class=\"copy\"", "<span");
                // the references of the article, to be saved
                let shown = shown.replace("<a href=\"data:application/x-", "<a href=\"");
                assert_eq!(danger(&shown), None, "{settings}: {body} in\n{shown}");
            }
        }
        let feed: serde_json::Value = serde_json::from_str(&site.read("public/feed.json")).unwrap();
        let entries = feed["items"].as_array().unwrap();
        assert!(entries.len() > 20);
        for entry in entries {
            let html = entry["content_html"].as_str().unwrap();
            assert_eq!(danger(html), None, "{html}");
        }
        assert_eq!(
            danger(
                &site
                    .read("public/index.html")
                    .replace("<script src=", "<i src=")
                    .replace("<button", "<i")
                    .replace("<link", "<i")
                    .replace("<meta", "<i")
                    .replace("<title", "<i")
                    .replace("<form", "<i")
                    .replace("<input", "<i")
                    .replace("<svg", "<i")
                    .replace("<body", "<i")
                    .replace(" name=", " x=")
                    .replace(" action=", " x=")
            ),
            None
        );
    }
}

#[test]
fn raw_html_runs_only_where_the_settings_say_so() {
    let site = Site::with_settings();
    let body = "文<mark>记</mark><script>alert(1)</script>\n\n<div class=\"own\">块</div>\n\n[文](javascript:alert(2))";
    site.write("content/articles/a.md", article("题目", "date = 2025-03-18\n", body));
    site.write("content/about.md", format!("+++\ntitle = \"页\"\n+++\n\n{body}\n"));
    let settings = site.read("site.toml");
    let pages = ["public/2025/03/18/a/index.html", "public/about/index.html"];
    for (html, expected) in [
        ("safe", ["<mark>记</mark></p>", "<div>块</div>", "文</p>"]),
        ("escape", ["&lt;mark&gt;记&lt;/mark&gt;&lt;script&gt;alert(1)", "<p>&lt;div class=\"own\"&gt;块", "文</p>"]),
        (
            "keep",
            [
                "<mark>记</mark><script>alert(1)</script>",
                "<div class=\"own\">块</div>",
                "<a href=\"javascript:alert(2)\">",
            ],
        ),
    ] {
        site.write("site.toml", format!("{settings}\n[content]\nhtml = \"{html}\"\n"));
        site.build();
        for page in pages {
            let page = site.read(page);
            assert!(expected.iter().all(|part| page.contains(part)), "{html}: {expected:?} in\n{}", body_of(&page));
        }
    }
    site.write("site.toml", format!("{settings}\n[content]\nhtml = \"sfae\"\n"));
    site.run(&["build"]).expect_exit(2, &["site.toml", "safe"]);
}

/// All that Markdown can be, raw HTML beside it or not: what wenzhai makes of it is the same.
#[test]
fn the_markup_that_wenzhai_makes_stays_beside_raw_html() {
    let body = "## 小标题\n\n段落[^1]，**粗**、*斜*、~~删~~、`码`、[链接](https://例子.cn/路?a=1&b=2 \"题\")、[页](/about/)。\n\n\
        |甲|乙|丙|\n|-|:-:|-:|\n|1|2|3|\n\n![图](a.jpg \"说明\")\n\n文![图](b.jpg)文\n\n```rust\nlet a = 1;\n```\n\n\
        - 一\n- 二\n\n3. 三\n4. 四\n\n> 引\n\n---\n\n一\\\n二\n\n### 小小标题\n\n[^1]: 注\n";
    let site = Site::with_settings();
    site.write("content/articles/a.md", article("题目", "date = 2025-03-18\n", body));
    site.write("content/articles/b.md", article("题目二", "date = 2025-03-18\n", &format!("{body}\n<b>原</b>\n")));
    site.build();
    let page = |name: &str| {
        let page = site.read(&format!("public/2025/03/18/{name}/index.html"));
        let body = body_of(&page);
        let from = body.find("<div class=\"body\"").unwrap();
        body[from..].split("</section>").next().unwrap().replace("&quot;", "\"").replace("<b>原</b>", "")
    };
    let (plain, beside_html) = (page("a"), page("b"));
    for part in [
        "<h2 id=\"s1\">",
        "<td class=\"right\">",
        "<th class=\"center\">",
        "role=\"doc-noteref\"",
        "class=\"hl-",
        "tabindex=\"0\"",
        "<figcaption>说明",
        "loading=\"lazy\"",
        "<ol start=\"3\">",
        "role=\"doc-backlink\"",
    ] {
        assert!(plain.contains(part), "{part} in {plain}");
    }
    let lines = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("<p id=\"p6\">") && !line.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(&beside_html), lines(&plain));
}

/// No page that wenzhai makes needs `unsafe-inline`: no script or style is inline, no attribute is a style or a handler.
#[test]
fn every_page_satisfies_the_policy() {
    let site = Site::built_fixture("");
    site.write("content/tables.md", "+++\ntitle = \"表\"\n+++\n\n|a|b|\n|:-|-:|\n|1|2|\n\n```rust\nlet a = 1;\n```\n");
    site.build();
    let mut pages = 0;
    for (name, bytes) in site.public().into_iter().filter(|(name, _)| name.ends_with(".html")) {
        pages += 1;
        for token in Tokenizer::new(String::from_utf8(bytes).unwrap().as_str()).flatten() {
            let Token::StartTag(tag) = token else { continue };
            let element = String::from_utf8_lossy(&tag.name).into_owned();
            let attribute = |name: &str| tag.attributes.iter().find(|(key, _)| key.as_slice() == name.as_bytes());
            assert_ne!(element, "style", "{name}");
            let is_data = attribute("type").is_some_and(|(_, value)| value.as_slice() == b"application/ld+json");
            assert!(element != "script" || is_data || attribute("src").is_some(), "{name}: an inline script");
            for (key, value) in &tag.attributes {
                let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
                assert!(key != "style" && !key.starts_with("on"), "{name}: <{element} {key}>");
                assert!(!value.trim_start().starts_with("javascript:"), "{name}: <{element} {key}={value}>");
            }
        }
    }
    assert!(pages > 20, "{pages}");
}

#[test]
fn what_is_left_out_of_a_text_is_a_finding_with_its_file_and_line() {
    const FRONT: &str = "date = 2025-03-18\npaper = \"示范工人报\"\n";
    let site = Site::with_settings();
    let body =
        "一段。\n\n<iframe src=\"https://x.cn/\"></iframe>\n\n文<iframe src=\"b\"></iframe> <b onclick=\"x()\">粗</b>";
    site.write("content/articles/a.md", article("题目", FRONT, body));
    site.write("content/articles/b.md", article("另题", FRONT, "<mark>文</mark> `<iframe>`"));
    site.write("content/about.md", "+++\ntitle = \"关于\"\n+++\n\n[去](javascript:x)\n");
    for command in [&["check"][..], &["build"], &["build"], &["build", "--full"]] {
        let run = site.run(command).expect_exit(
            0,
            &[
                "html-left-out",
                "content/articles/a.md:10",
                "<iframe> is left out of the page, 2 times",
                "content/articles/a.md:12",
                "the attribute onclick of <b> is left out",
                "content/about.md:5",
                "an address that begins with javascript:",
            ],
        );
        assert_eq!(run.stderr.matches("html-left-out").count(), 3, "{}", run.stderr);
        run.expect_without("content/articles/b.md:");
    }
    for html in ["keep", "escape"] {
        site.write("site.toml", format!("title = \"试\"\n[content]\nhtml = \"{html}\"\n"));
        site.run(&["build"]).expect_exit(0, &[]).expect_without("html-left-out");
    }
}
