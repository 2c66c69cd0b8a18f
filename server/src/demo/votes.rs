//! The demo city's rounds and waves, through the real acts.

use super::City;
use super::plans::Plan;
use domain::access::Actor;
use domain::form::Raw;
use domain::money::Cents;
use domain::round::BallotForm;
use domain::time::{DAY, HOUR};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::ActError;
use services::codes::Letter;
use services::rounds::{RoundForm, Step};
use services::surveys::WaveForm;
use std::collections::BTreeMap;
use store::rounds::Round;

/// Letters of a round by letter whose codes still wait for somebody who tries the demo.
pub struct UnusedLetters {
    /// The round.
    pub round: Round,
    /// Each with its code.
    pub letters: Vec<Letter>,
}

impl City {
    fn neighbour(&self, account: i64, buurt: i64) -> Actor {
        Actor { account: Some(account), confirmed: true, resident_of: Some(buurt), ..Actor::default() }
    }

    /// Sets rounds up, lets neighbours vote, and counts the finished one. Gives how many voted, and the letters of rounds by
    /// letter that nobody used yet.
    pub(super) async fn run_rounds(
        &self,
        plans: &BTreeMap<String, Plan>,
    ) -> Result<(usize, Vec<UnusedLetters>), String> {
        let (mut cast, mut unused) = (0, Vec::new());
        let mut rng = StdRng::seed_from_u64(2008);
        for (n, round) in self.content.rounds.iter().enumerate() {
            let finished = round.status == "finished";
            let (opens_at, closes_at) = if finished {
                (self.now - 128 * DAY, self.now - 114 * DAY)
            } else {
                (self.now - 5 * DAY, self.now + 9 * DAY)
            };
            self.clock.set(opens_at - 10 * DAY);
            let buurt = self.buurt(&round.buurt)?;
            let on_paper: Vec<(i64, u32)> =
                round.plan.iter().filter_map(|p| plans.get(&p.title).map(|plan| (plan.id, p.weight))).collect();
            let most = usize::try_from(round.max_picks).unwrap_or(1);
            let form = RoundForm {
                buurt,
                theme: None,
                title: round.title.clone(),
                intro: round.intro.clone(),
                year: round.year,
                pot: Cents::euros(round.pot_eur),
                form: BallotForm::Approval { most },
                preset: "greedy/1".into(),
                by_code: round.by_letter,
                opens_at,
                closes_at,
                receipts: true,
                lots: false,
                plans: on_paper.iter().map(|(id, _)| *id).collect(),
            };
            let failed = |e: ActError| format!("{}: {e}", round.title);
            let slug = services::rounds::set_up(
                &self.world,
                &self.administrator,
                form,
                format!("demosetup{n}"),
                "demo".into(),
            )
            .await
            .map_err(failed)?;
            let slug = slug.rsplit('/').next().unwrap_or(&slug).to_owned();
            let step = |what: Step, m: usize| {
                services::rounds::step(
                    &self.world,
                    &self.administrator,
                    &slug,
                    what,
                    &EMPTY,
                    format!("demostep{n}x{m}"),
                    "demo".into(),
                )
            };
            step(Step::Publish, 0).await.map_err(failed)?;
            let mut letters = if round.by_letter { self.letters(&slug).await.map_err(failed)? } else { Vec::new() };
            step(Step::Open, 1).await.map_err(failed)?;
            self.clock.set(opens_at + HOUR);
            let mut c = self.world.db.read().await.map_err(|e| e.to_string())?;
            let opened = store::rounds::by_slug(&mut c, &slug).await.map_err(|e| e.to_string())?;
            drop(c);
            let opened = opened.ok_or_else(|| format!("{}: no round", round.title))?;
            let paper = services::rounds::frozen(&opened).map_err(failed)?;
            let voters = if round.by_letter {
                let used = letters.split_off(letters.len().saturating_sub(round.ballots));
                self.code_holders(&slug, used).await.map_err(failed)?
            } else {
                let all = self.neighbours.get(&round.buurt).map(Vec::as_slice).unwrap_or_default();
                all.iter().rev().take(round.ballots).map(|voter| self.neighbour(*voter, buurt)).collect()
            };
            for (v, who) in voters.into_iter().enumerate() {
                let mut raw = Raw::default();
                for id in draw(&mut rng, &on_paper, most) {
                    raw.0.push(("plan".into(), id.to_string()));
                }
                // As the review screen does: the receipt travels along with its seal.
                let looked =
                    services::ballots::review(&self.world, &who, &opened, &paper, &[], &raw).await.map_err(failed)?;
                if let Some((receipt, seal)) = looked.receipt {
                    raw.set("receipt", receipt.text());
                    raw.set("seal", seal);
                }
                services::ballots::cast(&self.world, &who, &slug, &raw, &format!("demovote{n}x{v}"))
                    .await
                    .map_err(failed)?;
                cast += 1;
            }
            if round.by_letter {
                unused.push(UnusedLetters { round: opened, letters });
            }
            if finished {
                self.clock.set(closes_at + HOUR);
                for (m, what) in [Step::Close, Step::Count, Step::PublishResult].into_iter().enumerate() {
                    if what != Step::Close {
                        let (key, who) = (format!("demofirst{n}x{m}"), "demo-colleague".to_owned());
                        services::rounds::step(&self.world, &self.colleague, &slug, what, &EMPTY, key, who)
                            .await
                            .map_err(failed)?;
                    }
                    step(what, m + 2).await.map_err(failed)?;
                }
            }
        }
        Ok((cast, unused))
    }

    /// A roll with some addresses, and a letter for each voter.
    async fn letters(&self, slug: &str) -> Result<Vec<Letter>, ActError> {
        let mut csv = "naam;adres;postcode;plaats;aantal\n".to_owned();
        for house in 1..=40 {
            csv += &format!(
                "Bewoners van;Schalk Burgerstraat {house};1092 K{};Amsterdam;3\n",
                if house % 2 == 0 { 'A' } else { 'B' }
            );
        }
        services::rolls::import(&self.world, &self.administrator, slug, &csv)
            .await?
            .map_err(|wrong| ActError::Broken(format!("the demo's list of voters: {:?}", wrong.wrong)))?;
        let mut letters = Vec::new();
        services::codes::issue(&self.world, &self.administrator, slug, |some| {
            letters.extend(some);
            Ok(())
        })
        .await?;
        Ok(letters)
    }

    /// Voters who typed the codes of these letters.
    async fn code_holders(&self, slug: &str, letters: Vec<Letter>) -> Result<Vec<Actor>, ActError> {
        let mut holders = Vec::new();
        for letter in letters {
            let raw = Raw(vec![("code".into(), letter.code.grouped())]);
            let entered = services::codes::enter(&self.world, &Actor::default(), slug, &raw, "demo", false).await?;
            holders.push(Actor { code: services::codes::held(&self.world, &entered.cookie), ..Actor::default() });
        }
        Ok(holders)
    }

    /// A finished wave with its quotes, and a running one.
    pub(super) async fn run_waves(&self) -> Result<usize, String> {
        let mut given = 0;
        let waves = [
            ("Peiling voorjaar", -100, -70, &self.content.finished_wave),
            ("Peiling najaar", -6, 20, &self.content.running_wave),
        ];
        for (n, (title, opens, closes, answers)) in waves.into_iter().enumerate() {
            let (opens_at, closes_at) = (self.now + opens * DAY, self.now + closes * DAY);
            self.clock.set(opens_at - DAY);
            let failed = |e: ActError| format!("{title}: {e}");
            let form = WaveForm {
                title: title.into(),
                reach: domain::survey::Reach::City,
                asked: asked(),
                open_link: false,
                opens_at,
                closes_at,
            };
            let slug = services::surveys::set_up(
                &self.world,
                &self.administrator,
                form,
                format!("demowave{n}"),
                "demo".into(),
            )
            .await
            .map_err(failed)?;
            let slug = slug.rsplit('/').next().unwrap_or(&slug).to_owned();
            self.clock.set(opens_at + HOUR);
            let mut next: BTreeMap<&str, usize> = BTreeMap::new();
            for a in answers {
                let buurt = self.buurt(&a.buurt)?;
                let at = next.entry(&a.buurt).or_default();
                let Some(who) = self.neighbours.get(&a.buurt).and_then(|all| all.iter().rev().nth(*at)) else {
                    continue;
                };
                *at += 1;
                let mark = a.mark.map(|mark| mark.to_string()).unwrap_or_default();
                let raw = Raw::from_pairs(&[
                    ("mark", &mark),
                    ("good", &a.good),
                    ("better", &a.better),
                    ("can_do", &a.can_do),
                ]);
                services::surveys::answer(
                    &self.world,
                    &self.neighbour(*who, buurt),
                    &slug,
                    &raw,
                    "nl",
                    &format!("demoanswer{n}x{who}"),
                )
                .await
                .map_err(failed)?;
                given += 1;
            }
            if closes < 0 {
                self.clock.set(closes_at + HOUR);
                services::surveys::close_due(&self.world).await.map_err(failed)?;
                let quotes: Vec<String> = answers.iter().filter(|a| a.quote).map(|a| a.good.clone()).collect();
                let wave = slug.clone();
                self.world
                    .db
                    .write(move |u| Box::pin(async move { store::waves::release_quotes(u, &wave, &quotes).await }))
                    .await
                    .map_err(|e| e.to_string())?;
                self.publish_wave(&slug).await.map_err(failed)?;
            }
        }
        Ok(given)
    }
}

/// The fixed questions, in the words of the catalogues.
fn asked() -> domain::survey::Asked {
    use domain::survey::{Asked, Texts, Wording, Words};
    let text =
        |key: &str| Texts::of(&[("nl", &texts::t(texts::Lang::Nl, key)), ("en", &texts::t(texts::Lang::En, key))]);
    let words = Words {
        mark: text("survey-mark"),
        good: text("survey-good"),
        better: text("survey-better"),
        can_do: text("survey-can-do"),
    };
    Asked { wording: Wording(Some(words)), ..Asked::default() }
}

static EMPTY: Raw = Raw(Vec::new());

/// Up to `most` plans without replacement, the chance of each in proportion to its weight.
fn draw(rng: &mut StdRng, plans: &[(i64, u32)], most: usize) -> Vec<i64> {
    let mut left = plans.to_vec();
    let count = rng.random_range(1..=most);
    let mut picks = Vec::new();
    while picks.len() < count && !left.is_empty() {
        let total: u32 = left.iter().map(|(_, w)| w).sum();
        let mut at = rng.random_range(0..total.max(1));
        let index = left
            .iter()
            .position(|(_, w)| {
                if at < *w {
                    true
                } else {
                    at -= w;
                    false
                }
            })
            .unwrap_or(0);
        picks.push(left.swap_remove(index).0);
    }
    picks
}
