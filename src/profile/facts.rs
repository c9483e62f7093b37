//! Answers to declared facts.

use std::borrow::Borrow;

use super::Answer;
use crate::vocabulary::Text;

/// Answers to declared facts by id, in the order of the ids.
///
/// A profile has few: they stand in a list, whose room is kept when it is cleared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts(Vec<(Text, Answer)>);

impl Facts {
    /// The answer to the fact `id`.
    pub fn get<I: Ord + ?Sized>(&self, id: &I) -> Option<&Answer>
    where
        Text: Borrow<I>,
    {
        self.place(id).ok().and_then(|at| self.0.get(at)).map(|(_, answer)| answer)
    }

    /// Whether the fact `id` is answered.
    pub fn contains<I: Ord + ?Sized>(&self, id: &I) -> bool
    where
        Text: Borrow<I>,
    {
        self.place(id).is_ok()
    }

    /// Keeps the answer to the fact `id`; returns the one that it had before.
    pub fn insert(&mut self, id: Text, answer: Answer) -> Option<Answer> {
        match self.place(&id) {
            Ok(at) => self.0.get_mut(at).map(|(_, told)| std::mem::replace(told, answer)),
            Err(at) => {
                self.0.insert(at, (id, answer));
                None
            }
        }
    }

    /// Forgets every answer.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether no fact is answered.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answers with the ids of their facts.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Answer)> {
        self.0.iter().map(|(id, answer)| (id, answer))
    }

    /// Where the fact `id` stands, or would stand.
    fn place<I: Ord + ?Sized>(&self, id: &I) -> Result<usize, usize>
    where
        Text: Borrow<I>,
    {
        self.0.binary_search_by(|(known, _)| known.borrow().cmp(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(ids: &[&'static str]) -> Facts {
        let mut facts = Facts::default();
        for id in ids {
            facts.insert((*id).into(), Answer::Flag(true));
        }
        facts
    }

    #[test]
    fn answers_stand_in_the_order_of_their_ids() {
        let facts = told(&["c", "a", "d", "b"]);
        assert!(facts.iter().map(|(id, _)| id.as_str()).eq(["a", "b", "c", "d"]));
        assert_eq!(facts, told(&["a", "b", "c", "d"]));
    }

    #[test]
    fn an_answer_replaces_the_one_before() {
        let mut facts = told(&["a", "b"]);
        assert_eq!(facts.insert("a".into(), Answer::Number(2)), Some(Answer::Flag(true)));
        assert_eq!(facts.get("a"), Some(&Answer::Number(2)));
        assert_eq!(facts.iter().count(), 2);
    }

    #[test]
    fn a_fact_that_is_not_told_has_no_answer() {
        let mut facts = told(&["b"]);
        assert!(facts.contains("b") && facts.get("a").is_none() && facts.get("c").is_none());
        facts.clear();
        assert!(facts.is_empty() && !facts.contains("b"));
    }
}
