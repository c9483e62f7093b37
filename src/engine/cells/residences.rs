//! Cells of residences.

use super::{Grain, Open, Question, Setting};
use crate::engine::person::Lives;
use crate::rules::{Nationality, Rule};
use crate::vocabulary::CountryCode;

impl Question<'_, '_> {
    /// More residences never shut anybody out, so none and all are the two cells that matter.
    pub(super) fn residences(&self, open: &mut Vec<Open>) {
        let Some(told) = &self.candidate.profile.residences else {
            let paths = vec!["residences".into()];
            return open.push(Open { paths, values: self.any_residences() });
        };
        for (at, residence) in told.iter().enumerate() {
            if residence.permanent.is_none() {
                open.push(Open {
                    paths: vec![format!("residences[{at}].permanent").into()],
                    values: vec![Setting::Permanent(at, false), Setting::Permanent(at, true)],
                });
            }
        }
    }

    fn any_residences(&self) -> Vec<Setting> {
        if let (Grain::Every, Some(values)) = (self.grain, self.every_residence()) {
            return values;
        }
        let lives = |country: CountryCode| Lives { country, permanent: true };
        let lives: Vec<Lives> = self.asked_residences().into_iter().map(lives).collect();
        let mut values = vec![Setting::Residences(Vec::new())];
        if self.grain == Grain::Fine {
            let each = lives.iter().flat_map(|l| [*l, Lives { permanent: false, ..*l }]);
            values.extend(each.map(|lives| Setting::Residences(vec![lives])));
        }
        values.push(Setting::Residences(lives));
        values
    }

    pub(super) fn asked_residences(&self) -> Vec<CountryCode> {
        let all = self.rules().filter_map(|rule| match rule {
            Rule::Nationality(rule) => Some(rule),
            _ => None,
        });
        let branches = all.flat_map(Nationality::every_branch);
        branches.flat_map(|branch| &branch.resident_in).copied().collect()
    }
}
