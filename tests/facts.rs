//! What a candidate who answers a declared fact today can still answer later.

use jpo_check::dataset::Dataset;
use jpo_check::profile::Answer;
use jpo_check::rules::{Change, FactDeclaration, FactType};
use jpo_check::vocabulary::{PartialDate, Text, Words};

fn fact(kind: FactType, changes: Change) -> FactDeclaration {
    FactDeclaration {
        id: "asked".into(),
        kind,
        changes,
        question: "Is it so?".into(),
        unit: None,
        help: None,
    }
}

fn choice(word: &str) -> Answer {
    Answer::Choice(Text::of(word))
}

fn date(text: &str) -> Answer {
    Answer::Date(PartialDate::parse(text).unwrap())
}

#[test]
fn nobody_takes_back_an_answer_that_changes_onward() {
    let stages = FactType::Choice(vec!["none".into(), "begun".into(), "done".into()]);
    let table = [
        (FactType::Flag, Answer::Flag(false), Answer::Flag(true)),
        (FactType::Number, Answer::Number(3), Answer::Number(4)),
        (stages.clone(), choice("none"), choice("done")),
        (stages, choice("begun"), choice("done")),
        (FactType::Date, date("2024-05"), date("2024-06-01")),
    ];
    for (kind, earlier, later) in table {
        let fact = fact(kind, Change::Onward);
        assert!(fact.can_become(Some(&earlier), &later), "{earlier:?} to {later:?}");
        assert!(!fact.can_become(Some(&later), &earlier), "{later:?} to {earlier:?}");
        assert!(fact.can_become(Some(&later), &later), "{later:?} stays");
    }
}

#[test]
fn a_matter_of_birth_stays_as_it_is() {
    let fact = fact(FactType::Flag, Change::Never);
    assert!(fact.can_become(Some(&Answer::Flag(false)), &Answer::Flag(false)));
    assert!(!fact.can_become(Some(&Answer::Flag(false)), &Answer::Flag(true)));
}

#[test]
fn an_answer_that_changes_freely_goes_back_and_forth() {
    let fact = fact(FactType::Flag, Change::Freely);
    assert!(fact.can_become(Some(&Answer::Flag(true)), &Answer::Flag(false)));
    assert!(fact.can_become(Some(&Answer::Flag(false)), &Answer::Flag(true)));
}

#[test]
fn every_answer_is_possible_while_none_is_told() {
    for (_, changes) in Change::WORDS {
        assert!(fact(FactType::Flag, *changes).can_become(None, &Answer::Flag(false)));
    }
}

#[test]
fn a_partial_date_moves_wherever_one_of_its_days_allows_it() {
    let fact = fact(FactType::Date, Change::Onward);
    assert!(fact.can_become(Some(&date("2024")), &date("2024-05")));
    assert!(!fact.can_become(Some(&date("2024")), &date("2023")));
}

#[test]
fn a_change_left_out_is_free() {
    let facts = &Dataset::embedded().unwrap().facts;
    let changes = |id: &str| facts.iter().find(|fact| fact.id == id).unwrap().changes;
    assert_eq!(changes("aps_ongoing"), Change::Freely);
    assert_eq!(changes("previous_jpo"), Change::Onward);
}

#[test]
fn service_once_completed_stays_completed() {
    let facts = &Dataset::embedded().unwrap().facts;
    let service = facts.iter().find(|fact| fact.id == "military_service").unwrap();
    let FactType::Choice(choices) = &service.kind else { panic!("a choice") };
    for other in choices.iter().filter(|choice| **choice != "completed") {
        let other = Answer::Choice(other.clone());
        assert!(service.can_become(Some(&other), &choice("completed")), "{other:?}");
        assert!(!service.can_become(Some(&choice("completed")), &other), "{other:?}");
    }
}
