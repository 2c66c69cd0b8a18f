//! The program itself: what comes out of it, looked at as a reader and a telephone would.

use serde_json::{Value, json};
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

fn text(lang: &str, dir: &str, heading: &str) -> Value {
    json!({
        "lang": lang, "dir": dir, "heading": heading,
        "body": ["Beste buurtbewoner,", "In de buurt is € 60.000 te verdelen. Jij kiest welke plannen er komen."],
        "scan": "Scan met je telefoon", "or": "Of ga naar", "code": "Je stemcode",
        "until": "Stemmen kan tot en met 14 juni.", "lost": "Brief weg? Bel 14 020."
    })
}

fn run(size: &str, texts: &[Value]) -> Value {
    let codes = ["7KQ2-M9XD-0A3F-1", "ZZZZ-0000-8888-B", "M1N2-P3Q4-R5S6-T"];
    let letters: Vec<Value> = codes
        .iter()
        .enumerate()
        .map(|(at, code)| {
            json!({
                "address": ["Bewoner(s) van", format!("Meeuwenlaan {at}"), "1021 AA Amsterdam"], "code": code,
                "link": link(code),
            })
        })
        .collect();
    json!({
        "size": size, "return_address": "Gemeente, Postbus 1, 1000 AA Amsterdam", "title": "Buurtbudget Vogelbuurt",
        "texts": texts, "site": "fijnebuurt.example/stemmen/vogelbuurt-2008/code", "letters": letters,
    })
}

fn link(code: &str) -> String {
    format!("https://fijnebuurt.example/stemmen/vogelbuurt-2008/code#{}", code.replace('-', ""))
}

fn program(input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fijnebuurt-letters"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn pdf(run: &Value) -> Vec<u8> {
    let output = program(run.to_string().as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.starts_with(b"%PDF-") && output.stderr.is_empty());
    output.stdout
}

fn pages(run: &Value) -> usize {
    letters::print(run.to_string().as_bytes()).unwrap().pages
}

/// What a tool of poppler makes of the PDF; nothing where it is missing.
fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> Option<Vec<u8>> {
    let started = Command::new(tool).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = started else {
        println!("SKIPPED: {tool} is missing; install poppler-utils");
        return None;
    };
    let mut input = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{tool}");
    Some(output.stdout)
}

/// The QR codes of a page at the resolution of a poor scan, with the sides in millimetres.
fn qr_codes(pdf: &[u8], page: usize) -> Option<Vec<(String, f64)>> {
    let page = page.to_string();
    let shot = poppler("pdftoppm", &["-r", "150", "-gray", "-png", "-singlefile", "-f", &page, "-l", &page, "-"], pdf)?;
    let picture = image::load_from_memory(&shot).unwrap().to_luma8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| picture.get_pixel(x as u32, y as u32).0[0]);
    let read = |grid: &rqrr::Grid<_>| {
        let side = f64::from(grid.bounds[1].x - grid.bounds[0].x) / 150.0 * 25.4;
        (grid.decode().unwrap().1, side)
    };
    Some(prepared.detect_grids().iter().map(read).collect())
}

#[test]
fn every_letter_has_its_own_page_and_a_qr_that_a_telephone_reads() {
    for size in ["a5", "c5-window"] {
        let run = run(size, &[text("nl", "ltr", "Kies mee")]);
        assert_eq!(pages(&run), 3);
        let pdf = pdf(&run);
        for (at, letter) in run["letters"].as_array().unwrap().iter().enumerate() {
            let Some(found) = qr_codes(&pdf, at + 1) else { return };
            let [(content, side)] = found.as_slice() else { panic!("{} codes", found.len()) };
            assert_eq!(content, letter["link"].as_str().unwrap());
            assert!(*side >= 30.0, "{size}: {side} mm");
        }
    }
}

#[test]
fn with_more_languages_every_letter_begins_on_a_fresh_sheet() {
    let two = [text("nl", "ltr", "Kies mee"), text("tr", "ltr", "Mahalleye ne geleceğini seçin: İıŞşĞğ")];
    let two = run("c5-window", &two);
    assert_eq!(pages(&two), 6);
    let six: Vec<Value> = ["nl", "en", "tr", "ar", "pl", "uk"].map(|lang| text(lang, "ltr", lang)).to_vec();
    let six = run("a5", &six);
    let count = pages(&six);
    // Of the last sheet the back may be missing.
    let sheets = count.div_ceil(2);
    assert!(count > 6 && sheets.is_multiple_of(3), "{count}");
    let pdf = pdf(&six);
    for (at, letter) in six["letters"].as_array().unwrap().iter().enumerate() {
        let Some(found) = qr_codes(&pdf, at * 2 * (sheets / 3) + 1) else { return };
        assert_eq!(found[0].0, letter["link"].as_str().unwrap());
    }
}

#[test]
fn one_language_that_runs_over_makes_fresh_sheets_too() {
    let mut long = text("nl", "ltr", "Kies mee");
    long["body"] = json!(vec!["Veel woorden. ".repeat(60); 6]);
    assert!(pages(&run("a5", &[long])) >= 5);
}

#[test]
fn hostile_text_is_printed_letter_by_letter() {
    // No grave accents: pdftotext puts them onto the next letter.
    let hostile = r##"#sys.inputs $x$ *b* _i_ \ "q" @l <a> //c"##;
    let mut run = run("c5-window", &[text("nl", "ltr", hostile), text("ar", "rtl", "#panic(1)")]);
    run["title"] = json!(format!("#read(\"/etc/passwd\") {hostile}"));
    run["letters"][0]["address"] = json!([hostile, "a\u{0}b\u{202E}c\u{7}", "#import \"@preview/a:1.0.0\""]);
    let pdf = pdf(&run);
    let Some(words) = poppler("pdftotext", &["-layout", "-f", "1", "-l", "1", "-", "-"], &pdf) else { return };
    let words = String::from_utf8(words).unwrap();
    assert!(words.matches(hostile).count() >= 3, "{words}");
    assert!(words.contains("#read(\"/etc/passwd\")") && words.contains("a bc") && words.contains("#import"), "{words}");
}

#[test]
fn a_code_stays_on_one_line() {
    for size in ["a5", "c5-window"] {
        let mut run = run(size, &[text("nl", "ltr", "Kies mee")]);
        run["letters"][1]["code"] = json!("7KQ2-M9XD-0A3F-8888-9999");
        let Some(words) = poppler("pdftotext", &["-layout", "-", "-"], &pdf(&run)) else { return };
        let words = String::from_utf8(words).unwrap();
        for letter in run["letters"].as_array().unwrap() {
            assert!(words.contains(letter["code"].as_str().unwrap()), "{words}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_file() {
    let run = run("a5", &[text("nl", "ltr", "Kies mee")]);
    assert!(pdf(&run) == pdf(&run));
}

#[test]
fn a_refusal_is_one_sentence_without_a_code_and_without_a_file() {
    let mut wrong = run("a5", &[text("nl", "ltr", "Kies mee")]);
    wrong["letters"][1]["code"] = json!("secret code");
    for (input, said) in [
        (wrong.to_string(), "fijnebuurt-letters: `code` of letter 2 must be 4 to 24 capitals, digits and hyphens.\n"),
        (
            "secret".to_owned(),
            "fijnebuurt-letters: the input is not the JSON object this program reads (line 1, column 1).\n",
        ),
    ] {
        let output = program(input.as_bytes());
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
    }
}

#[test]
fn a_report_is_made_of_its_texts_in_either_direction() {
    let head = [
        "Wat",
        "Mag hoogstens",
        "Staat klaar",
        "Kan er nog bij",
        "Verdeeld",
        "Over",
        "Afgesproken",
        "Betaald",
        "Terug",
    ];
    let rows: Vec<Vec<String>> =
        (0..60).map(|n| head.iter().map(|_| format!("€\u{a0}49.130.{n:03}")).collect()).collect();
    // What looks like markup is text, and what no font has is a question mark.
    let sentences = ["#panic() *vet* $x$ @citaat", "\u{1F600} plein"];
    let report = |lang: &str, dir: &str| {
        json!({ "report": {
            "lang": lang, "dir": dir, "title": "Noord in 2008: wat bewoners deden", "made": "Gemaakt op 1 maart 2009",
            "source": "https://fijnebuurt.example", "sections": [{ "heading": "Het geld", "sentences": sentences }],
            "tables": [{ "title": "Per wijk", "head": head, "rows": rows }],
        }})
    };
    assert!(pages(&report("nl", "ltr")) > 1, "sixty rows do not fit on one page");
    let made = pdf(&report("ar", "rtl"));
    assert!(made.len() > 5_000);
    let mut crooked = report("nl", "ltr");
    crooked["report"]["tables"][0]["rows"][3] = json!(["te kort"]);
    let refused = program(crooked.to_string().as_bytes());
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("as long as `head`"));
}
