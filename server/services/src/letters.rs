//! Voters' letters: as a job for the program that makes a PDF, and as a file for the printer's own.

use crate::codes::Letter;
use crate::initiatives::FormKey;
use crate::{ActError, World, audit};
use domain::access::{Act, Actor, Denied, decide};
use domain::form::{Errors, Problem, Raw};
use domain::round::Phase;
use domain::urls;
use domain::vote_code::VoteCode;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use store::rounds::{self, Round};
use texts::Lang;
use tokio::io::AsyncWriteExt as _;

/// Papers that letters are printed on.
pub const SIZES: [&str; 2] = ["a5", "c5-window"];
/// Most characters in the line of who sends them.
const SENDER_MAX: usize = 80;

/// Languages that a letter can have beside Dutch.
pub fn languages() -> impl Iterator<Item = Lang> {
    Lang::ALL.iter().copied().filter(|lang| !matches!(lang, Lang::Nl | Lang::Pseudo))
}

/// How the letters of a round look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// One of [`SIZES`].
    pub size: &'static str,
    /// Codes of languages with commas, Dutch first.
    pub languages: String,
    /// The line of who sends them; empty: none.
    pub sender: String,
}

impl Look {
    /// Fields: `size`, `language` (repeated; Dutch is always there), `sender` (may be empty).
    ///
    /// # Errors
    /// Each field that is wrong; [`Problem::Unprintable`] on `sender`.
    pub fn parse(raw: &Raw) -> Result<Self, Errors> {
        let mut errors = Errors::default();
        let size = SIZES.into_iter().find(|size| *size == raw.get("size"));
        let size = errors.take("size", size.ok_or(Problem::NotAChoice));
        let chosen = raw.all("language");
        let others = languages().map(Lang::code).filter(|code| chosen.contains(code));
        let languages = std::iter::once(Lang::Nl.code()).chain(others).collect::<Vec<_>>().join(",");
        let sender = errors.take("sender", raw.optional_text("sender", SENDER_MAX)).replace('\n', " ");
        // What the letters' font surely has.
        if !sender.chars().all(|c| c.is_ascii_graphic() || c == ' ' || c.is_alphabetic() && c < '\u{250}') {
            errors.0.push(("sender", Problem::Unprintable));
        }
        errors.done()?;
        Ok(Self { size, languages, sender })
    }

    /// The round with this look.
    #[must_use]
    pub fn of(&self, round: Round) -> Round {
        Round {
            letter_size: self.size.into(),
            letters_in: self.languages.clone(),
            letter_sender: self.sender.clone(),
            ..round
        }
    }
}

/// Keeps how the letters of a round look; gives where to go.
///
/// # Errors
/// [`ActError::Denied`] without the right or when no letters are made any more.
pub async fn set_look(world: &World, actor: &Actor, form: FormKey, slug: &str, look: Look) -> Result<String, ActError> {
    let (actor, slug, now) = (actor.clone(), slug.to_owned(), world.now());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "set_letters").await?;
                let round = rounds::by_slug(u, &slug).await?.ok_or(ActError::NotFound)?;
                decide(Act::IssueCodes, &actor, &round.subject())?;
                if !crate::voters::by_code(&round)
                    || !matches!(round.phase, Phase::Setup | Phase::Published | Phase::Voting)
                {
                    return Err(Denied::State.into());
                }
                rounds::set_letters(u, round.id, &look.languages, look.size, &look.sender).await?;
                let detail = format!("{} {}", look.size, look.languages);
                audit(u, now, actor.account, "set_letters", ("round", round.id), &detail).await?;
                form.led_to(u, "set_letters", &urls::AdminRoundRoll { round: slug }, "bewaard", now).await
            })
        })
        .await
}

/// A letter to look at: the first address of the roll, and a code that is none.
///
/// # Errors
/// The store's.
pub async fn proof(world: &World, round: &Round) -> Result<Letter, ActError> {
    let address = rounds::first_address(&mut world.db.read().await?, round.id).await?;
    let address = address
        .filter(|a| !a.is_empty())
        .unwrap_or_else(|| "Bewoners van\nVoorbeeldstraat 1\n1021 AA Amsterdam".into());
    Ok(Letter { entry: 0, address, nth: (1, 2), code: VoteCode::new([0; domain::vote_code::RANDOM]) })
}

/// Where a voter enters the code.
fn link(round: &Round, base_url: &str) -> String {
    format!("{base_url}{}", domain::urls::RoundCode { round: round.slug.clone() })
}

/// The file for a printer: address, code as printed, and the link of the QR with the code behind its `#`.
///
/// # Errors
/// What cannot be written.
pub fn csv(round: &Round, base_url: &str, letters: &[Letter], header: bool) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let link = link(round, base_url);
    if header {
        writer.write_record(["regel1", "regel2", "regel3", "code", "link", "kiezer"]).map_err(|e| e.to_string())?;
    }
    for letter in letters {
        let mut lines = letter.address.lines();
        let mut line = || lines.next().unwrap_or_default();
        let (one, two, three) = (line(), line(), line());
        let qr = format!("{link}#{}", letter.code.plain());
        writer
            .write_record([one, two, three, &letter.code.grouped(), &qr, &voter(letter)])
            .map_err(|e| e.to_string())?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

/// 'Kiezer 2 van 3', where several live at one address: who lost a letter can be told from who still has one. Empty for one
/// alone, and for an area whose letters are handed out.
fn voter(letter: &Letter) -> String {
    let (nth, household) = letter.nth;
    if household < 2 || letter.address.lines().count() < 2 {
        return String::new();
    }
    texts::ta(Lang::Nl, "letter-voter", &[("nth", nth.into()), ("household", household.into())])
}

fn lines(letter: &Letter) -> Vec<String> {
    let voter = voter(letter);
    let lines = letter.address.lines().map(str::to_owned);
    lines.chain((!voter.is_empty()).then_some(voter)).collect()
}

/// What the letters program reads: texts in the round's languages, and each letter.
pub fn job(round: &Round, base_url: &str, letters: &[Letter]) -> Value {
    let link = link(round, base_url);
    let text = |lang: Lang| {
        let t = |key: &str| texts::t(lang, key);
        let pot = texts::money(lang, round.pot);
        let until = texts::date_time(lang, round.closes_at);
        json!({
            "lang": lang.code(),
            "dir": lang.dir(),
            "heading": texts::ta(lang, "letter-heading", &[("pot", pot.as_str().into()), ("buurt", round.buurt.as_str().into())]),
            "body": [texts::ta(lang, "letter-body", &[("buurt", round.buurt.as_str().into())]), t("letter-secret")],
            "scan": t("letter-scan"),
            "or": t("letter-or"),
            "code": t("letter-code"),
            "until": texts::ta(lang, "letter-until", &[("at", until.as_str().into())]),
            "lost": t("letter-lost"),
        })
    };
    let languages: Vec<Value> = round.letters_in.split(',').map(|code| text(Lang::from_code(code.trim()))).collect();
    let letters: Vec<Value> = letters
        .iter()
        .map(|letter| {
            json!({
                "address": lines(letter),
                "code": letter.code.grouped(),
                "link": format!("{link}#{}", letter.code.plain()),
            })
        })
        .collect();
    json!({
        "size": round.letter_size,
        "return_address": round.letter_sender,
        "title": round.title,
        "texts": languages,
        "site": link.trim_start_matches("https://").trim_start_matches("http://"),
        "letters": letters,
    })
}

/// Lets the letters program make a PDF. The job goes through a pipe: no code is written anywhere.
///
/// # Errors
/// What the program says.
pub async fn print(program: &Path, job: &Value) -> Result<Vec<u8>, String> {
    let failed = |what: String| format!("The letters could not be made by {} ({what}).", program.display());
    let mut child = tokio::process::Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|e| failed(e.to_string()))?;
    let mut input = child.stdin.take().ok_or_else(|| failed("no input".into()))?;
    let text = job.to_string();
    // Written beside reading: a program that answers before it has read all would block both.
    let writing = tokio::spawn(async move { input.write_all(text.as_bytes()).await });
    let output = child.wait_with_output().await.map_err(|e| failed(e.to_string()))?;
    let written = writing.await.map_err(|e| failed(e.to_string()))?;
    if !output.status.success() {
        return Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    written.map_err(|e| failed(e.to_string()))?;
    Ok(output.stdout)
}
