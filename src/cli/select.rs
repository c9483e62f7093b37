//! Which windows are meant.

use std::path::Path;

use jpo_check::dataset::Dataset;
use jpo_check::rules::{Host, Window};
use jpo_check::suggest::{did_you_mean, fold};

use super::exit::Failure;

/// Which windows.
#[derive(Debug, clap::Args)]
pub(crate) struct Select {
    /// Only windows of this donor: code or country name (repeatable)
    #[arg(long, value_name = "DONOR", help_heading = "Selection")]
    pub(crate) donor: Vec<String>,
    /// Only windows with this host: id, name or acronym (repeatable)
    #[arg(long, value_name = "HOST", help_heading = "Selection")]
    pub(crate) host: Vec<String>,
}

/// The window called `id`.
pub(crate) fn find<'d>(data: &'d Dataset, id: &str) -> Result<&'d Window, Failure> {
    data.window(id).ok_or_else(|| {
        let ids = data.windows.iter().map(|window| window.id.as_str());
        let hint =
            did_you_mean(id, ids).unwrap_or_else(|| "`jpo-check windows` lists them".to_owned());
        Failure::usage(format!("there is no window `{id}`"), hint)
    })
}

/// The window called `id`, asked about with the profile at `path`; `order` is how the verb takes
/// the two, which not every verb takes alike.
pub(crate) fn find_beside<'d>(
    data: &'d Dataset,
    id: &str,
    path: &Path,
    order: &str,
) -> Result<&'d Window, Failure> {
    let swapped = Path::new(id).exists() || path.to_str().is_some_and(|p| data.window(p).is_some());
    find(data, id).map_err(|failure| match failure {
        Failure::Usage(message, _) if swapped => {
            Failure::usage(message, format!("the order is `jpo-check {order}`"))
        }
        other => other,
    })
}

/// The windows of the donors and hosts asked for; all where none is. A donor and a host that have
/// no window in common are a slip: there is nothing to answer about.
pub(crate) fn selected<'d>(data: &'d Dataset, select: &Select) -> Result<Vec<&'d Window>, Failure> {
    let donors: Vec<String> =
        select.donor.iter().map(|text| donor(data, text)).collect::<Result<_, _>>()?;
    let hosts: Vec<&Host> =
        select.host.iter().map(|text| host(data, text)).collect::<Result<_, _>>()?;
    let of_donor = |window: &&&Window| {
        donors.is_empty()
            || window.donors.iter().any(|code| donors.iter().any(|asked| asked == code.as_str()))
    };
    let of_host =
        |window: &&&Window| hosts.is_empty() || hosts.iter().any(|host| takes_in(window, host));
    let windows: Vec<&Window> = data.windows.iter().collect();
    let both: Vec<&Window> = windows.iter().filter(of_donor).filter(of_host).copied().collect();
    if both.is_empty() && !donors.is_empty() && !hosts.is_empty() {
        let (donors, hosts) = (select.donor.join(" or "), select.host.join(" or "));
        let message = format!("no window of {donors} has the host {hosts}");
        return Err(Failure::usage(message, "`jpo-check windows --donor DONOR` lists a donor's"));
    }
    Ok(both)
}

/// Whether a window names the host, or "UN organisations in general" where it is one of them.
fn takes_in(window: &Window, host: &Host) -> bool {
    window.hosts.iter().any(|id| *id == host.id || (id == "un-system" && host.in_un_system))
}

pub(super) fn donor(data: &Dataset, text: &str) -> Result<String, Failure> {
    let code = text.trim().to_ascii_uppercase();
    if data.donors.keys().any(|known| known.as_str() == code) {
        return Ok(code);
    }
    let folded = fold(text);
    let same_name = data.donors.values().find(|donor| fold(&donor.name) == folded);
    if let Some(donor) = same_name {
        return Ok(donor.code.to_string());
    }
    let country = data.countries.find(text).map(|country| country.code.to_string());
    if let Some(code) = country {
        if data.donors.keys().any(|known| known.as_str() == code) {
            return Ok(code);
        }
        let name = data.countries.find(text).map_or("", |country| country.name.as_str());
        let message = format!("{name} is not among the donors on record");
        return Err(Failure::Usage(message, None));
    }
    let names = data.donors.values().map(|donor| donor.name.as_str());
    Err(unknown("donor", text, did_you_mean(text, names)))
}

fn host<'d>(data: &'d Dataset, text: &str) -> Result<&'d Host, Failure> {
    let folded = fold(text);
    let called = |host: &&Host| {
        let mut names = [&host.id, &host.name].into_iter().chain(&host.aliases);
        names.any(|name| fold(name) == folded)
    };
    data.hosts.iter().find(called).ok_or_else(|| {
        let names = data.hosts.iter().flat_map(|host| [host.id.as_str(), host.name.as_str()]);
        unknown("host", text, did_you_mean(text, names))
    })
}

fn unknown(what: &str, text: &str, hint: Option<String>) -> Failure {
    let hint = hint.unwrap_or_else(|| "`jpo-check windows` lists them".to_owned());
    Failure::usage(format!("there is no {what} `{text}`"), hint)
}
