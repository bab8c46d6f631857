//! Prepares a plan: takes the inventory of the target, reads the links of the new pages, and plans.

use crate::diagnostics::error::Result;
use crate::publish::inventory::Inventory;
use crate::publish::local_site::LocalSite;
use crate::publish::plan::links;
use crate::publish::plan::plan::{self, Plan};
use crate::publish::target::Target;

/// The inventory of the target, and the plan that updates it to the site. `base_url` is the start of absolute links within
/// the site; it may be empty.
///
/// # Errors
/// Errors of the target or the disk.
pub(crate) fn prepare_plan(target: &dyn Target, local: &LocalSite, base_url: &str) -> Result<(Inventory, Plan)> {
    let inventory = Inventory::take(target, local)?;
    let new = plan::new_pages(local, &inventory);
    let new = plan::link_new_pages(local, new, |file| {
        let bytes = local.bytes(file)?;
        Ok(links::links_of_page(&String::from_utf8_lossy(&bytes), &file.path, base_url))
    })?;
    let plan = Plan::new(local, &inventory, &new);
    Ok((inventory, plan))
}
