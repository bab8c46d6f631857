//! From a target to a plan: look at it, read the pages that are new to it, and plan.

use crate::diagnostics::error::Result;
use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::links;
use crate::publish::plan::plan::{self, Plan};
use crate::publish::target::Target;

/// What the target holds, and what makes it hold the site. `base_url` is the address that absolute links of the site begin
/// with; it may be empty.
///
/// # Errors
/// What the target refuses, or the disk.
pub(crate) fn prepare_plan(target: &dyn Target, local: &LocalSite, base_url: &str) -> Result<(Inventory, Plan)> {
    let held = Inventory::look(target, local)?;
    let new = plan::new_pages(local, &held);
    let new = plan::linked(local, new, |file| {
        let bytes = local.bytes(file)?;
        Ok(links::of_page(&String::from_utf8_lossy(&bytes), &file.path, base_url))
    })?;
    let plan = Plan::make(local, &held, &new);
    Ok((held, plan))
}
