//! Safety checks of a plan.
//!
//! They stop a publish before its first change where somebody has likely mistaken a folder, bucket or branch for another.

use crate::builtin::EXAMPLE_BASE_URL;
use crate::diagnostics::code::Code;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::message;
use crate::publish::inventory::Inventory;
use crate::publish::plan::plan::Plan;
use crate::publish::record::{RECORD_FILE, SiteIdentity};
use crate::text::redact::redacted_address;

/// What the user allows a publish to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SafetyLimits {
    /// `--yes`
    pub(crate) yes: bool,
    /// `--max-deletes`
    pub(crate) max_deletes: usize,
}

/// Files that are removed without confirmation: the default of `--max-deletes`.
pub(crate) const DEFAULT_MAX_DELETES: usize = 256;

/// Why this plan must not be carried out; `None` where it may. `target` is its name for people.
pub(crate) fn check_safety(
    target: &str,
    site: &SiteIdentity,
    inventory: &Inventory,
    plan: &Plan,
    limits: SafetyLimits,
) -> Option<Diagnostic> {
    if let Some(other) = inventory.site().filter(|other| !other.is_same_site(site)) {
        return Some(other_site(target, site, other));
    }
    if limits.yes {
        return None;
    }
    let foreign = inventory.files.values().filter(|file| !file.is_ours).count();
    if inventory.site().is_none() && foreign > 0 {
        return Some(not_empty(target, inventory, foreign));
    }
    let (removed, ours) = (plan.removed.len(), inventory.files.len() - foreign);
    let too_many = if removed > limits.max_deletes {
        message!(
            "{removed} files would be removed at {target}, more than {most}",
            removed,
            target,
            most = limits.max_deletes
        )
    } else if removed * 2 > ours {
        message!(
            "{removed} of {ours} files would be removed at {target}, more than half of the site",
            removed,
            ours,
            target
        )
    } else {
        return None;
    };
    let hint = message!("look at publish --dry-run; if they are to go, publish with --yes (or a higher --max-deletes)");
    Some(Diagnostic::new(Code::ManyRemovals, too_many).hint(hint))
}

/// Why a site whose address is still that of the starter site must not be published: its feeds, sitemap and quotations would lead to
/// another site. `None` where it may.
pub(crate) fn check_base_url(base_url: &str, limits: SafetyLimits) -> Option<Diagnostic> {
    if base_url != EXAMPLE_BASE_URL || limits.yes {
        return None;
    }
    let why = message!(
        "base_url in site.toml is still that of the example, {example_base_url}",
        example_base_url = EXAMPLE_BASE_URL
    );
    let hint =
        message!("write the address at which readers will find the site, and build again; or publish with --yes");
    Some(Diagnostic::new(Code::ExampleBaseUrl, why).hint(hint))
}

/// Why the result of a build that found this many errors must not be published; `None` where it may.
pub(crate) fn check_build(errors: usize, limits: SafetyLimits) -> Option<Diagnostic> {
    if errors == 0 || limits.yes {
        return None;
    }
    let why =
        message!("the last build found {n} {error|errors}, so the site may lack what was written for it", n = errors);
    let hint =
        message!("run wenzhai build, mend what it names and publish then; or publish the site as it is with --yes");
    Some(Diagnostic::new(Code::BuildErrors, why).hint(hint))
}

fn other_site(target: &str, site: &SiteIdentity, other: &SiteIdentity) -> Diagnostic {
    let shown = |site: &SiteIdentity| {
        if site.url.is_empty() { format!("{:?}", site.title) } else { redacted_address(&site.url) }
    };
    let why = message!(
        "{target} holds another site: {other}, and this one is {site}",
        target,
        other = shown(other),
        site = shown(site)
    );
    Diagnostic::new(Code::OtherSite, why).hint(message!("choose another place in site.toml; if that site has become this one, remove {record_file} there and publish with --yes", record_file = RECORD_FILE))
}

fn not_empty(target: &str, inventory: &Inventory, foreign: usize) -> Diagnostic {
    let first = inventory.files.keys().next().map_or("", String::as_str);
    let why = message!(
        "{target} holds {foreign} files that wenzhai did not put there, such as {first}",
        target,
        foreign,
        first
    );
    Diagnostic::new(Code::NotEmpty, why).hint(message!(
        "choose an empty place; or publish with --yes: files of the same name are replaced, all others stay"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::SETTINGS;
    use crate::publish::inventory::TargetFile;
    use crate::publish::record::Record;

    fn site(url: &str) -> SiteIdentity {
        SiteIdentity { url: url.to_owned(), title: "文摘".to_owned() }
    }

    fn inventory(url: Option<&str>, ours: usize, foreign: usize) -> Inventory {
        let file = |at: usize| {
            (format!("{at}"), TargetFile { is_identical: true, is_ours: at < ours, revision: String::new() })
        };
        let record = url.map(|url| Record { site: site(url), ..Record::default() });
        Inventory { record, files: (0..ours + foreign).map(file).collect(), ..Inventory::default() }
    }

    fn code(inventory: &Inventory, removed: usize, yes: bool) -> Option<&'static str> {
        let plan = Plan { removed: (0..removed).map(|at| at.to_string()).collect(), ..Plan::default() };
        let limits = SafetyLimits { yes, max_deletes: 4 };
        check_safety("mirror", &site("https://a/"), inventory, &plan, limits).map(|diagnostic| diagnostic.code.name())
    }

    #[test]
    fn another_site_is_never_replaced() {
        assert_eq!(code(&inventory(Some("https://b/"), 3, 0), 0, true), Some("other-site"));
        assert_eq!(code(&inventory(Some("https://a/"), 3, 0), 0, false), None);
    }

    #[test]
    fn a_target_with_foreign_files_needs_confirmation() {
        assert_eq!(code(&inventory(None, 0, 1), 0, false), Some("not-empty"));
        assert_eq!(code(&inventory(None, 0, 1), 0, true), None);
        assert_eq!(code(&inventory(None, 0, 0), 0, false), None);
        assert_eq!(code(&inventory(Some("https://a/"), 3, 1), 0, false), None, "a file by hand beside ours");
    }

    #[test]
    fn the_result_of_a_build_with_errors_needs_confirmation() {
        let code = |errors, yes| check_build(errors, SafetyLimits { yes, max_deletes: 4 }).map(|it| it.code.name());
        assert_eq!([code(0, false), code(1, false), code(7, true)], [None, Some("build-errors"), None]);
    }

    #[test]
    fn a_site_with_the_address_of_the_example_needs_confirmation() {
        assert!(SETTINGS.contains(&format!("base_url = \"{EXAMPLE_BASE_URL}\"")));
        let code = |url, yes| check_base_url(url, SafetyLimits { yes, max_deletes: 4 }).map(|it| it.code.name());
        let own = "https://digest.example.org/";
        assert_eq!(
            [code(EXAMPLE_BASE_URL, false), code(EXAMPLE_BASE_URL, true), code(own, false)],
            [Some("example-base-url"), None, None]
        );
    }

    #[test]
    fn many_removals_need_confirmation() {
        let site = inventory(Some("https://a/"), 20, 0);
        assert_eq!(
            [code(&site, 4, false), code(&site, 5, false), code(&site, 5, true)],
            [None, Some("many-removals"), None]
        );
        assert_eq!(code(&inventory(Some("https://a/"), 5, 0), 3, false), Some("many-removals"), "more than half");
        assert_eq!(code(&inventory(Some("https://a/"), 4, 0), 2, false), None, "half");
    }
}
