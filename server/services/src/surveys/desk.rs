//! The desk of a closed wave: who names themes there, and who releases quotes. It shows single words of single answers, masked,
//! and never what else somebody answered.

use super::wave_lock;
use crate::initiatives::FormKey;
use crate::{ActError, Actor, World, audit};
use domain::access::{Act, Denied, Subject, decide};
use domain::form::{Errors, Problem, Raw};
use domain::survey::{Reach, masked_further};
use domain::urls;
use store::places::{self, Buurt};
use store::results::{self, Proposal, Quote, State};
use store::waves::{self, Wave};
use store::{Conn, Unit};

/// Longest name of a theme in characters.
pub const TITLE_MAX: usize = 60;
/// Quotes on a page.
pub const PAGE: i64 = 20;

/// A wave with the buurten it asked.
#[derive(Clone, Debug)]
pub struct Held {
    /// The wave.
    pub wave: Wave,
    /// Where it asked.
    pub buurten: Vec<Buurt>,
}

/// A buurt as rights see it.
pub fn subject(b: &Buurt) -> Subject {
    Subject { buurt: Some(b.id), stadsdeel: Some(b.stadsdeel_id), ..Subject::default() }
}

/// The wave of this address.
///
/// # Errors
/// [`ActError::NotFound`]; the store's.
pub async fn held(c: &mut Conn, slug: &str) -> Result<Held, ActError> {
    let wave = waves::by_slug(c, slug).await?.ok_or(ActError::NotFound)?;
    let mut buurten = places::buurten(c).await?;
    buurten.retain(|b| wave.reach.holds(b.id, b.wijk_id));
    Ok(Held { wave, buurten })
}

impl Held {
    /// Whether somebody acts for the whole of it: `near` for a wave of one buurt, `wide` for any other.
    ///
    /// # Errors
    /// [`Denied`], why not.
    pub fn whole(&self, actor: &Actor, near: Act, wide: Act) -> Result<(), Denied> {
        let (act, places): (Act, Vec<Subject>) = match self.wave.reach {
            Reach::City => (wide, vec![Subject::default()]),
            Reach::Wijk(_) => (wide, self.buurten.iter().map(subject).collect()),
            Reach::Buurt(_) => (near, self.buurten.iter().map(subject).collect()),
        };
        let mut why = Denied::NotYours;
        for place in places {
            match decide(act, actor, &place) {
                Ok(()) => return Ok(()),
                Err(denied) => why = denied,
            }
        }
        Err(why)
    }

    /// Whether somebody names its themes.
    ///
    /// # Errors
    /// [`Denied`], why not.
    pub fn may_name(&self, actor: &Actor) -> Result<(), Denied> {
        self.whole(actor, Act::NameThemes, Act::NameWideThemes)
    }

    /// Its buurten of which somebody reads the words.
    pub fn read_by(&self, actor: &Actor) -> Vec<&Buurt> {
        self.buurten.iter().filter(|b| decide(Act::SeeAnswers, actor, &subject(b)).is_ok()).collect()
    }
}

fn listed(buurten: &[&Buurt]) -> String {
    format!(",{},", buurten.iter().map(|b| b.id.to_string()).collect::<Vec<_>>().join(","))
}

/// A wave at somebody's desk.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The wave.
    pub wave: Wave,
    /// It was read.
    pub read: bool,
    /// Proposals that nobody decided on, for who names them.
    pub proposals: usize,
    /// Quotes of theirs that wait.
    pub quotes: i64,
}

/// Closed waves that concern somebody, the newest first.
///
/// # Errors
/// [`Denied`] for who has no part in any desk.
pub async fn waiting(c: &mut Conn, actor: &Actor) -> Result<Vec<Waiting>, ActError> {
    decide(Act::SeeAnswers, actor, &Subject::default())?;
    let all = places::buurten(c).await?;
    let mut found = Vec::new();
    for wave in waves::all(c).await?.into_iter().filter(|w| w.closed) {
        let buurten = all.iter().filter(|b| wave.reach.holds(b.id, b.wijk_id)).cloned().collect();
        let held = Held { wave, buurten };
        let mine = held.read_by(actor);
        if mine.is_empty() {
            continue;
        }
        let open = if held.may_name(actor).is_ok() {
            results::proposals(c, held.wave.id).await?.iter().filter(|p| p.state == State::Proposed).count()
        } else {
            0
        };
        let [quotes, ..] = results::counts(c, held.wave.id, Some(&listed(&mine))).await?;
        let read = results::is_read(c, held.wave.id).await?;
        found.push(Waiting { wave: held.wave, read, proposals: open, quotes });
    }
    Ok(found)
}

/// Which quotes to look at.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// `waiting`, `released` or `refused`.
    pub state: String,
    /// Of one proposal.
    pub proposal: Option<i64>,
    /// Page, from 1.
    pub page: i64,
}

/// What a desk shows of a wave.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The wave.
    pub held: Held,
    /// It was read.
    pub read: bool,
    /// Its first version stands: themes are settled.
    pub published: bool,
    /// The reader names its themes.
    pub names: bool,
    /// Proposals with a few typical quotes; none for who does not name them.
    pub proposals: Vec<(Proposal, Vec<Quote>)>,
    /// Approved themes by id: name in both languages.
    pub themes: Vec<(i64, String, String)>,
    /// Quotes of the reader's buurten: waiting, released, refused.
    pub counts: [i64; 3],
    /// A page of them.
    pub quotes: Vec<Quote>,
    /// There are more.
    pub more: bool,
}

/// The desk.
///
/// # Errors
/// [`Denied`] for who has no part in it, or before the close.
pub async fn desk(c: &mut Conn, actor: &Actor, slug: &str, look: &Look) -> Result<Desk, ActError> {
    let held = held(c, slug).await?;
    let mine = held.read_by(actor);
    if mine.is_empty() {
        let first = held.buurten.first().map(subject).unwrap_or_default();
        return Err(decide(Act::SeeAnswers, actor, &first).err().unwrap_or(Denied::NotYours).into());
    }
    if !held.wave.closed {
        return Err(Denied::State.into());
    }
    let (id, mine) = (held.wave.id, listed(&mine));
    let names = held.may_name(actor).is_ok();
    let mut proposals = Vec::new();
    if names {
        for proposal in results::proposals(c, id).await? {
            let mut quotes = Vec::new();
            if matches!(proposal.state, State::Proposed | State::Approved) {
                for state in ["waiting", "released"] {
                    quotes.extend(results::quotes(c, id, Some(&mine), state, Some(proposal.id), (3, 0)).await?);
                }
                quotes.truncate(3);
            }
            proposals.push((proposal, quotes));
        }
    }
    let page = look.page.clamp(1, 10_000);
    let state = if ["released", "refused"].contains(&look.state.as_str()) { look.state.as_str() } else { "waiting" };
    let proposal = look.proposal.filter(|_| names);
    let range = (PAGE + 1, (page - 1) * PAGE);
    let mut quotes = results::quotes(c, id, Some(&mine), state, proposal, range).await?;
    let more = quotes.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    quotes.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok(Desk {
        read: results::is_read(c, id).await?,
        published: results::latest(c, id).await?.is_some(),
        names,
        proposals,
        themes: results::themes(c).await?.into_iter().map(|t| (t.id, t.title_nl, t.title_en)).collect(),
        counts: results::counts(c, id, Some(&mine)).await?,
        quotes,
        more,
        held,
    })
}

/// Approves a proposal with a name, joins it to another, drops it, or takes a quote out of it. Fields: `act` (`approve`,
/// `merge`, `drop`, `take`), `proposal` (id); `title_nl` and `title_en`, or `into` (id), or `quote` (id). Gives where to go.
///
/// # Errors
/// Each field that is wrong; [`Denied`] without the right, or [`Denied::State`] once the wave is published.
pub async fn name_theme(world: &World, actor: &Actor, form: FormKey, slug: &str, raw: Raw) -> Result<String, ActError> {
    let (actor, now, slug) = (actor.clone(), world.now(), slug.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "name_theme").await?;
                let held = held(u, &slug).await?;
                held.may_name(&actor)?;
                u.lock_exclusive(wave_lock(held.wave.id)).await?;
                if !held.wave.closed || results::latest(u, held.wave.id).await?.is_some() {
                    return Err(Denied::State.into());
                }
                let all = results::proposals(u, held.wave.id).await?;
                let wanted = raw.id("proposal").map_err(|p| Errors::one("proposal", p))?;
                let proposal = all.iter().find(|p| p.id == wanted).ok_or(ActError::NotFound)?;
                if proposal.state == State::Merged {
                    return Err(Denied::State.into());
                }
                let done = apply(u, &actor, &held, (proposal, all.as_slice()), &raw, now).await?;
                audit(u, now, actor.audited(), done, ("theme_proposal", wanted), "").await?;
                let place = raw.id("into").unwrap_or(wanted);
                let done = format!("thema#voorstel-{place}");
                form.led_to(u, "name_theme", &urls::ModerationWave { wave: slug }, &done, now).await
            })
        })
        .await
}

/// What an act does to a proposal; gives the audit line's word.
async fn apply(
    u: &mut Unit,
    actor: &Actor,
    held: &Held,
    (proposal, all): (&Proposal, &[Proposal]),
    raw: &Raw,
    now: i64,
) -> Result<&'static str, ActError> {
    match raw.get("act") {
        "approve" => {
            let mut errors = Errors::default();
            let nl = errors.take("title_nl", raw.text("title_nl", TITLE_MAX)).replace('\n', " ");
            let en = errors.take("title_en", raw.text("title_en", TITLE_MAX)).replace('\n', " ");
            errors.done()?;
            let theme = results::put_theme(u, &nl, &en, now).await?;
            results::approve(u, proposal.id, theme).await?;
            Ok("approve_theme")
        }
        "drop" => {
            results::drop_proposal(u, proposal.id).await?;
            Ok("drop_theme")
        }
        "merge" => {
            let into = raw.id("into").map_err(|p| Errors::one("into", p))?;
            let fits = |p: &&Proposal| {
                p.id == into && p.id != proposal.id && p.question == proposal.question && p.state != State::Merged
            };
            if !all.iter().any(|p| fits(&p)) {
                return Err(Errors::one("into", Problem::NotAChoice).into());
            }
            results::merge(u, proposal.id, into).await?;
            Ok("merge_theme")
        }
        "take" => {
            let quote = raw.id("quote").map_err(|p| Errors::one("quote", p))?;
            let quote = results::one_quote(u, held.wave.id, quote).await?.ok_or(ActError::NotFound)?;
            let home = held.buurten.iter().find(|b| b.id == quote.buurt).ok_or(ActError::NotFound)?;
            decide(Act::SeeAnswers, actor, &subject(home))?;
            if quote.question != proposal.question || !results::take_out(u, proposal.id, quote.position).await? {
                return Err(Denied::State.into());
            }
            Ok("take_out_of_theme")
        }
        _ => Err(Errors::one("act", Problem::NotAChoice).into()),
    }
}

/// Where somebody reads on after a quote: the same list, at the quote that stood next. Fields: `stand`, `voorstel`, `bladzij`,
/// `next` (id); what is not there is left out.
fn back_to(raw: &Raw) -> String {
    let mut place = String::new();
    if ["waiting", "released", "refused"].contains(&raw.get("stand")) {
        place.push_str(&format!("&stand={}", raw.get("stand")));
    }
    for field in ["voorstel", "bladzij"] {
        if let Ok(n) = raw.id(field) {
            place.push_str(&format!("&{field}={n}"));
        }
    }
    match raw.id("next") {
        Ok(next) => place.push_str(&format!("#citaat-{next}")),
        Err(_) => place.push_str("#citaten"),
    }
    place
}

/// Releases a quote, perhaps with more of it masked, or refuses it. Fields: `quote` (id), `act` (`release`, `refuse`), `masked`
/// (the words with runs of them replaced by a mask; empty: as they are). Gives where to go.
///
/// # Errors
/// On `masked` when a word was added or changed; [`Denied`] for a quote of elsewhere.
pub async fn decide_quote(
    world: &World,
    actor: &Actor,
    form: FormKey,
    slug: &str,
    raw: Raw,
) -> Result<String, ActError> {
    let (actor, now, slug) = (actor.clone(), world.now(), slug.to_owned());
    world
        .db
        .write(move |u| {
            Box::pin(async move {
                form.once(u, "decide_quote").await?;
                let held = held(u, &slug).await?;
                let id = raw.id("quote").map_err(|p| Errors::one("quote", p))?;
                u.lock_exclusive(wave_lock(held.wave.id)).await?;
                let quote = results::one_quote(u, held.wave.id, id).await?.ok_or(ActError::NotFound)?;
                let home = held.buurten.iter().find(|b| b.id == quote.buurt).ok_or(ActError::NotFound)?;
                decide(Act::ReleaseQuote, &actor, &subject(home))?;
                let release = match raw.get("act") {
                    "release" => true,
                    "refuse" => false,
                    _ => return Err(Errors::one("act", Problem::NotAChoice).into()),
                };
                let typed = raw.get("masked").trim();
                let words = if !release || typed.is_empty() {
                    quote.words.clone()
                } else {
                    masked_further(&quote.words, typed).ok_or_else(|| Errors::one("masked", Problem::NotAChoice))?
                };
                results::decide_quote(u, id, release, &words).await?;
                // What may not stand there any more goes from the page at once, and from earlier versions.
                if quote.state == "released" && (!release || words != quote.words) {
                    results::take_back(u, held.wave.id, &quote.words).await?;
                }
                let done = if release { "release_quote" } else { "refuse_quote" };
                audit(u, now, actor.audited(), done, ("quote", id), "").await?;
                let place = back_to(&raw);
                form.led_to(u, "decide_quote", &urls::ModerationWave { wave: slug }, &format!("citaat{place}"), now)
                    .await
            })
        })
        .await
}
