use super::{LONGEST_CODE, MOST_LANGUAGES, MOST_LETTERS, MOST_LINES, Refused, Run, Size, parse, tidy};
use serde_json::{Value, json};

fn sample() -> Value {
    json!({
        "size": "a5", "return_address": "", "title": "Buurtbudget", "site": "fijnebuurt.example/code",
        "texts": [{
            "lang": "nl", "dir": "ltr", "heading": "Kies mee", "body": ["Beste buur,"], "scan": "Scan", "or": "Of ga naar",
            "code": "Je stemcode", "until": "Tot juni", "lost": "Brief weg?"
        }],
        "letters": [{ "address": ["Meeuwenlaan 1"], "code": "7KQ2-M9XD", "link": "https://fijnebuurt.example/code#7KQ2M9XD" }],
    })
}

fn read(run: &Value) -> Result<Run, Refused> {
    parse(run.to_string().as_bytes(), &|char| char < '\u{3000}')
}

fn with(path: &str, value: Value) -> Result<Run, Refused> {
    let mut run = sample();
    *run.pointer_mut(path).unwrap() = value;
    read(&run)
}

#[test]
fn an_honest_run_is_read() {
    let run = read(&sample()).unwrap();
    assert_eq!(run.size, Size::A5);
    assert_eq!(run.letters[0].address, ["Meeuwenlaan 1"]);
    assert_eq!(with("/size", json!("c5-window")).unwrap().size, Size::C5Window);
}

#[test]
fn limits_hold_at_the_limit_and_not_beyond() {
    let lines = |count: usize| json!(vec!["x".repeat(60); count]);
    assert!(with("/letters/0/address", lines(MOST_LINES)).is_ok());
    let too_many = with("/letters/0/address", lines(MOST_LINES + 1)).unwrap_err();
    assert_eq!(too_many.to_string(), "`address` of letter 1 has more than 6 lines");
    let too_long = with("/letters/0/address/0", json!("x".repeat(61))).unwrap_err();
    assert_eq!(too_long.to_string(), "`address` of letter 1 has more than 60 characters");
    let texts = |count: usize| json!(vec![sample()["texts"][0].clone(); count]);
    assert!(with("/texts", texts(MOST_LANGUAGES)).is_ok());
    assert!(with("/texts", texts(MOST_LANGUAGES + 1)).is_err());
    let letters = |count: usize| {
        json!(
            (0..count)
                .map(|at| json!({ "address": ["a"], "code": format!("A{at:05}"), "link": "https://a.example" }))
                .collect::<Vec<_>>()
        )
    };
    assert_eq!(with("/letters", letters(MOST_LETTERS)).unwrap().letters.len(), MOST_LETTERS);
    assert!(with("/letters", letters(MOST_LETTERS + 1)).is_err());
    assert_eq!(with("/letters", json!([])).unwrap_err(), Refused::Empty("`letters`".into()));
    assert!(with("/title", json!("x".repeat(121))).is_err());
    assert!(with("/texts/0/body", json!(vec!["x"; 11])).is_err());
    assert!(with("/texts/0/body/0", json!("x".repeat(1_001))).is_err());
    assert!(with("/letters/0/code", json!("A".repeat(LONGEST_CODE + 1))).is_err());
}

#[test]
fn fields_have_their_form() {
    for (path, wrong) in [
        ("/size", "a6"),
        ("/texts/0/lang", "NL"),
        ("/texts/0/dir", "up"),
        ("/texts/0/heading", " \u{0}\n"),
        ("/site", "https://fijnebuurt.example"),
        ("/letters/0/code", "7kq2"),
        ("/letters/0/code", "7KQ2 M9XD"),
        ("/letters/0/code", "#sys"),
        ("/letters/0/link", "javascript:alert(1)"),
        ("/letters/0/link", "https://a.example/\u{202E}"),
        ("/letters/0/address/0", "\u{202E}"),
    ] {
        assert!(with(path, json!(wrong)).is_err(), "{path} {wrong}");
    }
}

#[test]
fn two_voters_never_share_a_code() {
    let mut run = sample();
    let letter = run["letters"][0].clone();
    run["letters"] = json!([letter, letter]);
    assert_eq!(read(&run).unwrap_err(), Refused::SameCode(1, 2));
}

#[test]
fn hostile_text_is_kept_as_text_and_what_hides_in_it_goes() {
    let hostile = r##"#sys.inputs $x$ *b* \ "q" `r`"##;
    assert_eq!(with("/title", json!(hostile)).unwrap().title, hostile);
    assert_eq!(tidy("a\u{0}b\r\n\tc\u{7F}"), "a b c");
    assert_eq!(tidy("  x\u{202E}y\u{2066}z\u{FEFF}\u{200B} "), "xyz");
    assert_eq!(tidy("می\u{200C}خواهم"), "می\u{200C}خواهم");
}

#[test]
fn what_no_font_has_is_told_by_number() {
    let why = with("/title", json!("Buurt \u{1F600}")).unwrap_err();
    assert_eq!(why.to_string(), "`title` has a character that no font of this program can print (U+1F600)");
}

#[test]
fn no_message_repeats_the_input() {
    for json in [
        r#"{"size": 7}"#.to_owned(),
        r#"{"SECRET1": 1}"#.to_owned(),
        r#"{"letters": ["SECRET1"]}"#.to_owned(),
        r#""SECRET1""#.to_owned(),
        "SECRET1".to_owned(),
        sample().to_string().replace("7KQ2-M9XD", "SECRET1!"),
        sample().to_string().replace("#7KQ2M9XD", "# SECRET1"),
    ] {
        let why = parse(json.as_bytes(), &|_| true).unwrap_err().to_string();
        assert!(!why.contains("SECRET1"), "{why}");
    }
    let why = parse(br#"{"size": "a5"}"#, &|_| true).unwrap_err().to_string();
    assert!(why.contains("`return_address` is missing"), "{why}");
}
