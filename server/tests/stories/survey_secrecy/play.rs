//! A wave as it is lived, by browsers over HTTP: residents with accounts, letters, the link; answers that are changed; and some
//! that become a plan or an offer of help.

use crate::browser::Browser;
use crate::common::{START, TestApp};
use crate::dump::linking::Secret;
use crate::survey::{administrator, people, wave_form};
use axum::Router;
use axum::http::StatusCode;
use domain::form::Raw;
use domain::survey::Reach;
use domain::vote_code::VoteCode;
use services::surveys::{self, SurveyLetter};
use services::{ActError, World, boxkeys, keys};
use std::collections::BTreeMap;
use store::accounts;

pub const SLUG: &str = "waarom-fijn";
pub const CLOSE: i64 = START + 1000;
const RESIDENTS: usize = 21;
/// Of them, those who make something of their answer at once.
const DOERS: usize = 6;
const LETTERS: usize = 11;
const LINKS: usize = 6;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Account(usize),
    Letter(usize),
    Link(usize),
}

/// An answer that lies in the box at the close.
pub struct Given {
    /// How many were taken before it.
    pub cast: usize,
    /// `good`, `better`, `can_do`: a word of each that stands nowhere by chance.
    pub words: [String; 3],
    pub code: VoteCode,
}

/// What was played, and what only the test knows of it.
pub struct Played {
    pub site: Router,
    pub residents: Vec<i64>,
    pub letters: Vec<SurveyLetter>,
    pub answers: BTreeMap<Who, Given>,
    pub secrets: Vec<Secret>,
    /// Words that went along into a plan, a draft or an offer.
    pub carried: Vec<String>,
    /// Of accounts and letters.
    pub pseudonyms: BTreeMap<Who, String>,
    browsers: BTreeMap<Who, Browser>,
    buurten: [i64; 2],
    casts: usize,
}

/// Where a wave's key lies.
pub fn key(world: &World) -> Option<[u8; 32]> {
    keys::read_key(&boxkeys::wave_key(world, SLUG)).unwrap()
}

/// A wave that takes answers, and everybody's browser.
pub async fn open(app: &TestApp, site: Router) -> Played {
    let world = &app.world;
    let (big, small, actors) = people(app).await;
    let lives: Vec<(i64, i64)> = actors.iter().map(|a| (a.account.unwrap(), a.resident_of.unwrap())).collect();
    let residents: Vec<i64> = lives.iter().map(|(id, _)| *id).collect();
    assert_eq!(residents.len(), RESIDENTS);
    let write = world.db.write::<_, ActError, _>(move |u| {
        Box::pin(async move {
            for (id, buurt) in lives {
                accounts::set_residence(u, id, buurt, START - 10).await?;
            }
            Ok(())
        })
    });
    write.await.unwrap();
    let mut form = wave_form("Waarom fijn", Reach::City, true);
    form.asked.themes = true;
    let slug = surveys::set_up(world, &administrator(), form, "key-of-wave-secret".into(), "a".into()).await.unwrap();
    assert_eq!(slug, SLUG);
    let wave = store::waves::by_slug(&mut world.db.read().await.unwrap(), SLUG).await.unwrap().unwrap();
    let asked = Raw::from_pairs(&[("count", &LETTERS.to_string()), ("buurt", &big.to_string())]);
    let (_, letters) = surveys::issue_codes(world, &administrator(), &wave, &asked).await.unwrap();
    app.clock.set(START + 100);
    let mut browsers = BTreeMap::new();
    for (n, account) in residents.iter().enumerate() {
        browsers.insert(Who::Account(n), Browser::signed_in(&site, world, n, *account).await);
    }
    let others = (0..LETTERS).map(Who::Letter).chain((0..LINKS).map(Who::Link));
    browsers.extend(others.enumerate().map(|(n, who)| (who, Browser::new(&site, 100 + n))));
    let mut play = Played {
        site,
        residents,
        letters,
        answers: BTreeMap::new(),
        secrets: Vec::new(),
        carried: Vec::new(),
        pseudonyms: BTreeMap::new(),
        browsers,
        buurten: [big, small],
        casts: 0,
    };
    for letter in play.letters.clone() {
        play.secret("a letter's code", letter.code.plain());
    }
    play.secret("the wave's key", services::hex(&key(world).unwrap()));
    for (n, account) in play.residents.clone().iter().enumerate() {
        play.pseudonym(world, Some(Who::Account(n)), &[b"resident\0", &account.to_be_bytes()]);
        let cookie = play.browsers[&Who::Account(n)].jar["fb"].clone();
        play.secret("a session", cookie);
    }
    for n in 0..LETTERS {
        let hash = play.letter_hash(world, n);
        play.pseudonym(world, Some(Who::Letter(n)), &[b"letter\0", hash.as_bytes()]);
    }
    play
}

const IN_BOX: &[&str] = &["answer_box.pseudonym", "answer_retry.pseudonym"];
/// Where the last words of an answer stand after the close, and nowhere before.
pub const AFTER: &[&str] = &["answer.good", "answer.better", "answer.can_do"];

impl Played {
    fn secret(&mut self, what: &'static str, text: String) {
        self.secrets.push(Secret { what, text, stands_in: &[] });
    }

    /// As only somebody with the wave's key can work it out.
    fn pseudonym(&mut self, world: &World, whose: Option<Who>, parts: &[&[u8]]) {
        let text = services::hex(&keys::tag(&key(world).unwrap(), parts));
        self.secrets.push(Secret { what: "a pseudonym", text: text.clone(), stands_in: IN_BOX });
        if let Some(who) = whose {
            self.pseudonyms.insert(who, text);
        }
    }

    /// What the database keeps of a letter's code.
    pub fn letter_hash(&self, world: &World, n: usize) -> String {
        services::hex(&world.keys.tag("survey-letter", self.letters[n].code.plain().as_bytes()))
    }

    /// One answer of somebody by their own door, or by this code; in place of an earlier one.
    async fn answer(&mut self, world: &World, who: Who, typed: Option<String>) {
        let mut browser = match typed {
            // Whoever changes by code needs no account and no letter.
            Some(_) => Browser::new(&self.site, 200 + self.casts % 50),
            None => self.browsers.remove(&who).unwrap(),
        };
        let typed = typed.or_else(|| match who {
            Who::Letter(n) => Some(self.letters[n].code.grouped()),
            _ => None,
        });
        let path = format!("/peiling/{SLUG}");
        if let Some(code) = &typed {
            browser.look(&format!("{path}/code")).await;
            browser.send(&format!("{path}/code"), &[("code", code)], StatusCode::OK).await;
            assert_eq!(browser.field("code").as_ref(), Some(code));
        } else {
            browser.look(&path).await;
        }
        let n = self.casts;
        let words = ["w", "v", "u"].map(|letter| format!("{letter}{}", services::hex(&rand::random::<[u8; 8]>())));
        let [good, better, can_do] = words.clone().map(|word| format!("Het is {word}."));
        let (mark, buurt) = ((n % 10 + 1).to_string(), self.buurten[n % 2].to_string());
        let mut fields = vec![("mark", mark.as_str()), ("good", &good), ("better", &better), ("can_do", &can_do)];
        if n.is_multiple_of(3) {
            fields.push(("about", "green"));
        }
        if let Who::Link(_) = who {
            fields.push(("buurt", &buurt));
        }
        if let Some(code) = &typed {
            fields.push(("code", code));
        }
        // Without a script each screen is sent, and the server keeps nothing of it.
        let mut turn = fields.clone();
        turn.extend([("step", "1"), ("to", "2")]);
        browser.send(&path, &turn, StatusCode::OK).await;
        let form = browser.field("form_key").unwrap();
        if let Who::Link(_) = who {
            self.pseudonym(world, None, &[b"open\0", form.as_bytes()]);
        }
        self.secret("a form's key", form);
        fields.push(("send", "1"));
        browser.send(&path, &fields, StatusCode::OK).await;
        let (_, after) = browser.page.split_once("fb-receipt__code").expect("the answer's own code");
        let code = after.split_once('>').unwrap().1.split_once('<').unwrap().0;
        let code = VoteCode::parse(code).unwrap();
        self.casts += 1;
        self.secret("an own code", code.plain());
        for word in &words {
            self.secret("a word", word.clone());
        }
        if let Some(cookie) = browser.jar.get("fb").filter(|_| !matches!(who, Who::Account(_))) {
            let cookie = cookie.clone();
            self.secret("a session", cookie);
        }
        // A changed answer keeps its place behind the own code.
        self.answers.insert(who, Given { cast: self.casts, words, code });
        self.browsers.insert(who, browser);
    }

    /// Everybody but the doers answers, not in the order of their ids; some change their mind.
    pub async fn answers(&mut self, world: &World) {
        let accounts = (0..RESIDENTS - DOERS).map(Who::Account);
        let letters = (0..LETTERS - 1).map(Who::Letter);
        let all: Vec<Who> = accounts.chain(letters).chain((0..LINKS).map(Who::Link)).collect();
        for n in 0..all.len() {
            self.answer(world, all[(n * 17 + 5) % all.len()], None).await;
        }
        for who in [Who::Account(3), Who::Letter(2), Who::Account(3)] {
            self.answer(world, who, None).await;
        }
        for who in [Who::Account(5), Who::Letter(4), Who::Link(1)] {
            let code = self.answers[&who].code.grouped();
            self.answer(world, who, Some(code.clone())).await;
            assert_eq!(self.answers[&who].code.grouped(), code, "the code stays");
        }
    }

    /// The last ones answer, and make a plan and an offer of what they said; who has a letter and no account, a draft.
    pub async fn deeds(&mut self, world: &World) {
        for n in RESIDENTS - DOERS..RESIDENTS {
            let who = Who::Account(n);
            self.answer(world, who, None).await;
            let thanks = self.browsers[&who].page.clone();
            self.make_plan(who, &[]).await;
            self.browsers.get_mut(&who).unwrap().page = thanks;
            self.offer_help(who).await;
        }
        let who = Who::Letter(LETTERS - 1);
        self.answer(world, who, None).await;
        self.make_plan(who, &[("name", "Sanne"), ("email", "sanne@brief.test")]).await;
    }

    fn carry(&mut self, who: Who, which: usize) -> String {
        let word = self.answers[&who].words[which].clone();
        let secret = self.secrets.iter_mut().rfind(|s| s.text == word).unwrap();
        secret.stands_in = match (which, who) {
            (1, Who::Account(_)) => &["initiative.what"],
            (1, _) => &["initiative_draft.payload"],
            _ => &["help_offer.words"],
        };
        self.carried.push(word.clone());
        format!("Het is {word}.")
    }

    async fn make_plan(&mut self, who: Who, sender: &[(&str, &str)]) {
        let (text, buurt) = (self.carry(who, 1), self.buurten[0].to_string());
        let browser = self.browsers.get_mut(&who).unwrap();
        browser.send("/initiatieven/nieuw", &[("what", &text)], StatusCode::OK).await;
        assert!(browser.page.contains(&text), "the text went along");
        let mut fields = vec![("title", "Plan"), ("what", text.as_str()), ("why", "Fijn")];
        browser.send("/initiatieven/nieuw/plek", &fields, StatusCode::OK).await;
        fields.extend([("buurt", buurt.as_str()), ("klaar", "1")]);
        fields.extend(sender);
        browser.send("/initiatieven/nieuw/versturen", &fields, StatusCode::SEE_OTHER).await;
    }

    async fn offer_help(&mut self, who: Who) {
        let (text, buurt) = (self.carry(who, 2), self.buurten[0].to_string());
        let browser = self.browsers.get_mut(&who).unwrap();
        browser.send("/hulp/nieuw", &[("from", "survey"), ("words", &text)], StatusCode::OK).await;
        assert!(browser.page.contains(&text), "the text went along");
        let fields =
            [("words", text.as_str()), ("kind", "cooking"), ("buurt", &buurt), ("reach", "wijk"), ("send", "1")];
        browser.send("/hulp/nieuw", &fields, StatusCode::SEE_OTHER).await;
    }
}
