//! The list of windows.

use jpo_check::render;
use jpo_check::report::WindowList;

use super::exit::{Exit, Failure};
use super::global::Global;
use super::output::Output;
use super::select::{Select, selected};

#[derive(Debug, clap::Args)]
pub(crate) struct WindowsArgs {
    #[command(flatten)]
    select: Select,
    /// List the sources that are due to be looked at again instead, with their addresses
    #[arg(long, help_heading = "Output")]
    stale: bool,
}

/// Lists the windows selected.
pub(crate) fn windows(
    args: &WindowsArgs,
    global: &Global,
    output: &Output,
) -> Result<Exit, Failure> {
    let data = global.dataset()?;
    let as_of = global.as_of();
    let windows = selected(data, &args.select)?;
    let list = if args.stale {
        WindowList::stale(data, &windows, as_of)
    } else {
        WindowList::new(data, &windows, as_of)
    };
    output.write(&if global.wants_json() {
        list.to_json()
    } else {
        render::windows(&list, output.width())
    })?;
    Ok(Exit::Answered)
}
