//! Cells of declared facts.

use super::{Open, Question, Setting};
use crate::profile::Answer;
use crate::rules::{Condition, FactTest, FactType, Rule};
use crate::vocabulary::Text;

impl Question<'_, '_> {
    pub(super) fn fact(&self, id: &Text) -> Option<Open> {
        if self.candidate.profile.facts.contains(id) {
            return None;
        }
        let mut answers = Vec::new();
        for rule in self.rules() {
            match rule {
                Rule::Condition(Condition::Fact(test)) => self.answers(id, test, &mut answers),
                Rule::Age(age) => {
                    for raise in &age.raises {
                        if let Some(test) = &raise.fact {
                            self.answers(id, test, &mut answers);
                        }
                    }
                }
                Rule::Nationality(_) => answers.extend([Answer::Flag(false), Answer::Flag(true)]),
                _ => {}
            }
        }
        let mut distinct: Vec<Answer> = Vec::new();
        for answer in answers {
            if !distinct.contains(&answer) {
                distinct.push(answer);
            }
        }
        let values = distinct.into_iter().map(|answer| Setting::Fact(id.clone(), answer));
        Some(Open { paths: vec![format!("facts.{id}").into()], values: values.collect() })
    }

    /// An answer on each side of a test's limits.
    fn answers(&self, id: &str, test: &FactTest, answers: &mut Vec<Answer>) {
        if *test.fact() != id {
            return;
        }
        match test {
            FactTest::Is(..) => answers.extend([Answer::Flag(false), Answer::Flag(true)]),
            FactTest::OneOf(_, values) => {
                let declared = self.scene.data.fact(id).map(|fact| &fact.kind);
                let choices = match declared {
                    Some(FactType::Choice(choices)) => choices,
                    _ => values,
                };
                answers.extend(choices.iter().cloned().map(Answer::Choice));
            }
            FactTest::Between(_, low, high) => {
                let limits = low.iter().copied().chain(high.iter().map(|high| high + 1));
                answers.push(Answer::Number(0));
                for limit in limits {
                    answers.extend([limit - 1, limit].map(|n| Answer::Number(n.max(0))));
                }
            }
        }
    }
}
