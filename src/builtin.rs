//! Files that are built into the binary: settings, templates, static files and the starter site.
//!
//! A site's own file of the same name takes precedence.

/// The settings of the starter site, also used where there is no site.
pub const SETTINGS: &str = include_str!("../site.toml");

/// The address that the starter site has until its editor writes another.
pub(crate) const EXAMPLE_BASE_URL: &str = "https://example.org/wenzhai/";

/// The files that `wenzhai init` writes: path below the new site, text.
pub(crate) const STARTER: &[(&str, &str)] = &[
    ("site.toml", SETTINGS),
    ("content/about.md", include_str!("../content/about.md")),
    // page 1, and page 3, on which an article of page 1 continues
    ("content/pages/shifan-2025-03-18-01.txt", include_str!("../content/pages/shifan-2025-03-18-01.txt")),
    ("content/pages/shifan-2025-03-18-03.txt", include_str!("../content/pages/shifan-2025-03-18-03.txt")),
    (".gitignore", "public/\nexports/\n"),
];

/// The file that `wenzhai init --ci github` writes: path below the site, text.
pub(crate) const WORKFLOW: (&str, &str) = (".github/workflows/publish.yml", include_str!("builtin/publish.yml"));

/// Pairs of name and text of files in a folder.
macro_rules! files {
    ($folder:literal: $($name:literal),+) => {
        &[$(($name, include_str!(concat!("../", $folder, "/", $name)))),+]
    };
}

/// The templates: name below `templates/`, text.
pub const TEMPLATES: &[(&str, &str)] = files!("templates":
    "base.html", "home.html", "article.html", "themes.html", "theme.html", "issues.html", "issue.html",
    "source-page.html", "archive.html", "year.html", "month.html", "day.html", "people.html", "person.html", "figures.html",
    "paper.html", "columns.html", "column.html", "places.html", "place.html", "parts/pager.html", "parts/river.html",
    "parts/figures.html", "parts/bars.html", "parts/rows.html", "parts/pairs.html", "parts/tiles.html",
    "parts/chart-table.html", "undated.html", "plain.html", "search.html", "404.html", "offline.html", "alias.html",
    "parts/story.html", "parts/key-figures.html", "parts/recent-issues.html", "parts/meta.html", "parts/calendar.html", "parts/facsimile.html", "feed.xml", "sitemap.xml", "robots.txt",
    "export/package.xml", "export/nav.html", "export/title.html", "export/cover.xml", "export/sources.html",
    "export/book.css", "export/chapter.html", "export/print-begin.html", "export/print-article.html",
    "export/print-end.html", "export/mail.html", "export/mail.txt", "parts/book-text.html", "parts/print.css");

/// The static files: name below `static/`, text.
pub const STATICS: &[(&str, &str)] = files!("static":
    "style.css", "archive.css", "highlight.css", "printed.css", "facsimile.css", "site.js", "color-scheme.js", "search-index.js", "search.js", "search.css", "places.js", "names.js", "offline.js", "service-worker.js", "favicon.svg");
