//! Declared facts: the questions that no other key of a profile answers.

use serde::{Deserialize, Serialize};

use crate::profile::Answer;
use crate::vocabulary::{Text, words};

/// The type of a declared fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum FactType {
    /// Yes or no.
    Flag,
    /// A whole number, never negative.
    Number,
    /// One of these choices.
    Choice(Vec<Text>),
    /// A date.
    Date,
}

/// How a true answer can change later in a candidate's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It is settled by birth or by the past.
    Never,
    /// What is done stays done: no becomes yes, a number grows, a choice gives way to one that is
    /// listed later, a date to a later one; never back.
    Onward,
    /// Any answer can become any other.
    Freely,
}

words!(Change { Never => "never", Onward => "onward", Freely => "freely" });

/// A question that no other key of a profile answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct FactDeclaration {
    /// Its id: the key under `facts`.
    pub id: Text,
    /// Its type.
    pub kind: FactType,
    /// How an answer can change.
    pub changes: Change,
    /// The question to a candidate.
    pub question: Text,
    /// The unit of a number.
    pub unit: Option<Text>,
    /// More about it.
    pub help: Option<Text>,
}

impl FactDeclaration {
    /// Returns whether a candidate who tells `told` today can truly tell `to` later.
    ///
    /// Without an answer today everything is possible, and an answer can always stay as it is. A
    /// partial date can become another wherever two of the days that they mean allow it.
    pub fn can_become(&self, told: Option<&Answer>, to: &Answer) -> bool {
        let Some(told) = told else { return true };
        match self.changes {
            Change::Freely => true,
            Change::Never => told == to,
            Change::Onward => self.is_onward(told, to),
        }
    }

    /// Whether `to` is `told` or comes after it; answers of another type never do.
    fn is_onward(&self, told: &Answer, to: &Answer) -> bool {
        match (told, to) {
            (Answer::Flag(told), Answer::Flag(to)) => to >= told,
            (Answer::Number(told), Answer::Number(to)) => to >= told,
            (Answer::Date(told), Answer::Date(to)) => to.last() >= told.first(),
            (Answer::Choice(told), Answer::Choice(to)) => {
                let place = |choice| match &self.kind {
                    FactType::Choice(choices) => choices.iter().position(|one| one == choice),
                    FactType::Flag | FactType::Number | FactType::Date => None,
                };
                told == to || place(to) > place(told)
            }
            (Answer::Flag(_) | Answer::Number(_) | Answer::Choice(_) | Answer::Date(_), _) => false,
        }
    }
}
