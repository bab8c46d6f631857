//! Files that are built into the binary: settings, templates, static files and the starter site.
//!
//! A site's own file of the same name takes precedence.

/// The settings of the starter site, also used where there is no site.
pub const SETTINGS: &str = include_str!("../site.toml");

/// The files that `wenzhai init` writes: path below the new site, text.
pub(crate) const STARTER: &[(&str, &str)] = &[
    ("site.toml", SETTINGS),
    ("content/about.md", include_str!("../content/about.md")),
    // page 1, and page 3, on which an article of page 1 continues
    ("content/pages/shifan-2025-03-18-01.txt", include_str!("../content/pages/shifan-2025-03-18-01.txt")),
    ("content/pages/shifan-2025-03-18-03.txt", include_str!("../content/pages/shifan-2025-03-18-03.txt")),
    (".gitignore", "public/\n"),
];

/// The file that `wenzhai init --ci github` writes: path below the site, text.
pub(crate) const WORKFLOW: (&str, &str) = (".github/workflows/publish.yml", include_str!("builtin/publish.yml"));

/// The templates: name below `templates/`, text.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("base.html", include_str!("../templates/base.html")),
    ("home.html", include_str!("../templates/home.html")),
    ("article.html", include_str!("../templates/article.html")),
    ("themes.html", include_str!("../templates/themes.html")),
    ("theme.html", include_str!("../templates/theme.html")),
    ("issues.html", include_str!("../templates/issues.html")),
    ("issue.html", include_str!("../templates/issue.html")),
    ("source-page.html", include_str!("../templates/source-page.html")),
    ("archive.html", include_str!("../templates/archive.html")),
    ("year.html", include_str!("../templates/year.html")),
    ("month.html", include_str!("../templates/month.html")),
    ("people.html", include_str!("../templates/people.html")),
    ("person.html", include_str!("../templates/person.html")),
    ("figures.html", include_str!("../templates/figures.html")),
    ("paper.html", include_str!("../templates/paper.html")),
    ("columns.html", include_str!("../templates/columns.html")),
    ("column.html", include_str!("../templates/column.html")),
    ("places.html", include_str!("../templates/places.html")),
    ("place.html", include_str!("../templates/place.html")),
    ("parts/pager.html", include_str!("../templates/parts/pager.html")),
    ("parts/figures.html", include_str!("../templates/parts/figures.html")),
    ("parts/bars.html", include_str!("../templates/parts/bars.html")),
    ("parts/rows.html", include_str!("../templates/parts/rows.html")),
    ("parts/pairs.html", include_str!("../templates/parts/pairs.html")),
    ("parts/tiles.html", include_str!("../templates/parts/tiles.html")),
    ("parts/chart-table.html", include_str!("../templates/parts/chart-table.html")),
    ("undated.html", include_str!("../templates/undated.html")),
    ("plain.html", include_str!("../templates/plain.html")),
    ("search.html", include_str!("../templates/search.html")),
    ("404.html", include_str!("../templates/404.html")),
    ("alias.html", include_str!("../templates/alias.html")),
    ("parts/story.html", include_str!("../templates/parts/story.html")),
    ("parts/meta.html", include_str!("../templates/parts/meta.html")),
    ("parts/calendar.html", include_str!("../templates/parts/calendar.html")),
    ("feed.xml", include_str!("../templates/feed.xml")),
    ("sitemap.xml", include_str!("../templates/sitemap.xml")),
    ("robots.txt", include_str!("../templates/robots.txt")),
];

/// The static files: name below `static/`, text.
pub const STATICS: &[(&str, &str)] = &[
    ("style.css", include_str!("../static/style.css")),
    ("highlight.css", include_str!("../static/highlight.css")),
    ("site.js", include_str!("../static/site.js")),
    ("search-index.js", include_str!("../static/search-index.js")),
    ("search.js", include_str!("../static/search.js")),
    ("favicon.svg", include_str!("../static/favicon.svg")),
];
