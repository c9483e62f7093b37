//! Profiles from a table, and answers into one.

use std::io;

use jpo_check::batch::{Batch, Detail, Error, Form};
use jpo_check::dataset::Dataset;
use jpo_check::profile::{Columns, Profile};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Dripping, ask, input, parsed};

fn table(text: &str) -> Vec<Value> {
    let mut answers = Vec::new();
    let inputs = [input(io::Cursor::new(text.to_owned()), Form::Csv)];
    ask(Detail::Verdicts, 1).run(inputs, &mut answers).unwrap();
    parsed(&String::from_utf8(answers).unwrap())
}

/// The JSON that a table of one row says.
fn row(names: &[&str], cells: &[&str]) -> Value {
    let columns = Columns::read(names, Dataset::embedded().unwrap()).unwrap();
    serde_json::from_str(columns.row(cells).unwrap().text()).unwrap()
}

fn messages(text: &str) -> Vec<String> {
    let error = |line: &Value| line["error"]["message"].as_str().unwrap_or_default().to_owned();
    table(text).iter().map(error).collect()
}

#[test]
fn a_row_tells_what_a_profile_tells() {
    let names =
        ["id", "birth_date", "nationalities", "degrees", "experience", "languages", "tests"];
    let cells = [
        "=1",
        "1996-04-12",
        "DE; KE",
        "master:2021-07:law:KE;bachelor:2018",
        "employment:2021-10..:1.0; casual:2019..2020:0.5",
        "en=C2;fr:B2",
        "toefl-ibt=105@2026-10-01",
    ];
    let told = json!({
        "id": "=1",
        "birth_date": "1996-04-12",
        "nationalities": ["DE", "KE"],
        "degrees": [
            {"level": "master", "awarded": "2021-07", "field": "law", "country": "KE"},
            {"level": "bachelor", "awarded": "2018"},
        ],
        "experience": [
            {"kind": "employment", "from": "2021-10", "to": null, "share": 1},
            {"kind": "casual", "from": "2019", "to": "2020", "share": 0.5},
        ],
        "languages": [{"language": "en", "level": "C2"}, {"language": "fr", "level": "B2"}],
        "tests": [{"test": "toefl-ibt", "score": 105, "taken": "2026-10-01"}],
    });
    assert_eq!(row(&names, &cells), told);
}

#[test]
fn an_empty_cell_is_not_told_and_brackets_tell_none() {
    let names = ["degrees", "experience", "facts.previous_jpo", "facts.military_service_months"];
    let told =
        json!({"experience": [], "facts": {"previous_jpo": false, "military_service_months": 21}});
    assert_eq!(row(&names, &["", "[]", "no", "21"]), told);
}

#[test]
fn what_is_wrong_with_a_row_names_its_column() {
    let text = "id,nationalities,degrees,birth_date\na,Germny,,1996\nb,,mastr,\nc,,,1996-13\n";
    assert_eq!(
        messages(text),
        [
            "column `nationalities`: there is no country `Germny`",
            "column `degrees`: `mastr` is not a word for `level`",
            "column `birth_date`: `1996-13` is not a day of the calendar",
        ]
    );
}

#[test]
fn a_row_of_another_length_is_an_error_in_its_place() {
    let found = table("id,birth_date\na,1996\nb\nc,1996\n");
    assert_eq!(
        found[1]["error"]["message"],
        "the first line names 2 columns; cells in this row: 1"
    );
    assert_eq!((&found[2]["line"], &found[2]["id"]), (&json!(4), &json!("c")));
}

#[test]
fn a_row_has_the_number_of_the_line_on_which_it_begins() {
    let lines = table("\nid,birth_date\r\n\r\n\"a\nb\",1996\n\n\n\"c\",1996");
    let lines: Vec<(&Value, &Value)> = lines.iter().map(|a| (&a["line"], &a["id"])).collect();
    assert_eq!(lines, [(&json!(4), &json!("a\nb")), (&json!(8), &json!("c"))]);
}

#[test]
fn a_first_line_of_other_names_is_refused_with_what_is_meant() {
    let data = Dataset::embedded().unwrap();
    let problems =
        Columns::read(&["birthdate", "id", "id", "facts.previousjpo"], data).unwrap_err();
    let told: Vec<(&str, Option<&str>)> =
        problems.list.iter().map(|p| (p.message.as_str(), p.help.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("there is no column `birthdate`", Some("did you mean `birth_date`?")),
            ("the column `id` is there twice", None),
            ("there is no column `facts.previousjpo`", Some("did you mean `facts.previous_jpo`?")),
        ]
    );
}

#[test]
fn a_table_without_a_first_line_is_refused() {
    for text in ["", "\n\n"] {
        let inputs = [input(io::Cursor::new(text), Form::Csv)];
        let refused = ask(Detail::Verdicts, 1).run(inputs, Vec::new());
        assert!(matches!(refused, Err(Error::Unusable(_))), "{text:?}");
    }
}

#[test]
fn a_quote_that_is_never_closed_takes_no_more_than_bounded_room() {
    let text = format!("id\n\"{}", "x\n".repeat(2 << 20));
    let found = table(&text);
    assert_eq!((found.len(), &found[0]["error"]["code"]), (1, &json!("too-large")));
}

#[test]
fn a_quote_that_is_left_open_is_named() {
    let found = table("id,birth_date\na,1996\nb,\"1996\nc,1997\n");
    let message = &found[1]["error"]["message"];
    assert_eq!(
        (&found[1]["line"], message),
        (
            &json!(3),
            &json!("a quote is opened in this row and not closed before the end of the file")
        )
    );
    let found = table("id,birth_date\n\"a,1996\nb\",1996,\"c\"\n");
    assert_eq!(
        found[0]["error"]["help"],
        "the row goes over 2 lines: a quote `\"` may be left open in it"
    );
    assert_eq!(table("id\n\"a\"\n")[0]["id"], "a");
    assert_eq!(table("id\n\"a\"\"\"")[0]["id"], "a\"");
}

#[test]
fn answers_in_a_table_hold_no_formula() {
    let batch = Batch { to: Form::Csv, ..ask(Detail::Verdicts, 1) };
    let people = "{\"id\": \"=SUM(A1)\", \"nationalities\": [\"FI\"]}\n{\"id\": \"a,\\\"b\"}\nno\n";
    let mut answers = Vec::new();
    batch.run([input(io::Cursor::new(people), Form::Ndjson)], &mut answers).unwrap();
    let mut rows = csv_rows(&answers);
    assert_eq!(rows.remove(0), ["line", "id", "eligible", "likely", "undetermined", "error"]);
    assert_eq!(rows[0][..2], ["1", "'=SUM(A1)"]);
    assert_eq!(rows[1][..2], ["2", "a,\"b"]);
    assert_eq!(rows[2][..2], ["3", ""]);
    assert!(rows[2][5].starts_with("syntax: "), "{rows:?}");
}

fn csv_rows(text: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn where_reads_end_changes_no_row(sizes in proptest::collection::vec(1_usize..40, 1..8)) {
        let text = "id,languages\n\"a\n\"\"b\",en=C1\r\n\nc\"d,\"fr=B2;\nes=A1\"\n\"\",\n";
        let source = Dripping { text: text.as_bytes().to_vec(), at: 0, sizes, reads: 0 };
        let mut answers = Vec::new();
        ask(Detail::Verdicts, 1).run([input(source, Form::Csv)], &mut answers).unwrap();
        prop_assert_eq!(parsed(&String::from_utf8(answers).unwrap()), table(text));
    }

    #[test]
    fn any_cells_give_a_profile_or_an_error(cells in proptest::collection::vec(".{0,20}", 10)) {
        let data = Dataset::embedded().unwrap();
        let names = [
            "id", "birth_date", "nationalities", "residences", "degrees", "experience",
            "languages", "tests", "facts.previous_jpo", "facts.military_service_months",
        ];
        let columns = Columns::read(&names, data).unwrap();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        if let Ok(row) = columns.row(&cells) {
            prop_assert!(serde_json::from_str::<Value>(row.text()).is_ok());
            let _ = Profile::parse(row.text(), "row", data, "2026-11-22".parse().unwrap());
        }
    }
}
