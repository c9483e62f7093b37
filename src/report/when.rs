//! Timelines alone, without findings.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Data, Named, ProfileRef, Report, SpanReport, Tool, json, schema};
use crate::vocabulary::Text;

/// Until when and from when windows are open to one profile.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WhenReport {
    /// 1.
    pub format: u32,
    /// The program.
    pub tool: Tool,
    /// The rules it answered from.
    pub data: Data,
    /// The first application day.
    pub as_of: String,
    /// The last application day that is looked at.
    pub horizon: String,
    /// Whose report it is.
    pub profile: ProfileRef,
    /// The windows, sorted by verdict, then first donor, then id.
    pub windows: Vec<WindowTimeline>,
}

/// The timeline of one window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WindowTimeline {
    /// Its id.
    pub id: Text,
    /// Its title.
    pub title: Text,
    /// Its donors; a fund can have several.
    pub donors: Vec<Named>,
    /// Spans of application days without a gap, each of another verdict than the one before.
    pub timeline: Vec<SpanReport>,
}

impl WhenReport {
    /// The timelines of `report`, which look ahead to `horizon`.
    pub fn of(report: Report, horizon: NaiveDate) -> Self {
        let windows = report.windows.into_iter().map(|window| WindowTimeline {
            id: window.id,
            title: window.title,
            donors: window.donors,
            timeline: window.timeline,
        });
        Self {
            format: 1,
            tool: report.tool,
            data: report.data,
            as_of: report.as_of,
            horizon: horizon.to_string(),
            profile: report.profile,
            windows: windows.collect(),
        }
    }

    /// The JSON Schema of the answer.
    pub fn schema() -> serde_json::Value {
        schema::<Self>("jpo-check timelines, format 1")
    }

    /// The answer as JSON text, with a final line break.
    pub fn to_json(&self) -> String {
        json(self)
    }
}
