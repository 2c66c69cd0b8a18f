//! What became of the finished wave: themes with names, quotes, a publication, and what is done about it.

use super::City;
use domain::form::Raw;
use domain::survey::AskedIn;
use services::surveys::{self, desk, publication, replies};
use services::{ActError, initiatives::FormKey};
use store::results::{self, State};

fn form(n: usize) -> FormKey {
    FormKey { key: format!("demoresults{n:06}"), actor: "demo".into(), lang: texts::Lang::Nl }
}

/// The English name of a field of words that the proposals know.
fn english(dutch: &str) -> String {
    let names = include_str!("../../themes/words/fields.txt").lines().filter(|line| line.starts_with('['));
    let mut pairs = names.filter_map(|line| line.split_once("] ")?.1.split_once(" | "));
    pairs.find(|(nl, _)| *nl == dutch).map_or(dutch, |(_, en)| en).to_owned()
}

impl City {
    /// Reads, names, publishes and answers a closed wave. Quotes to release were marked before.
    pub(super) async fn publish_wave(&self, slug: &str) -> Result<(), ActError> {
        let (world, admin) = (&self.world, &self.administrator);
        surveys::read_due(world).await?;
        let mut c = world.db.read().await?;
        let wave = store::waves::by_slug(&mut c, slug).await?.ok_or(ActError::NotFound)?;
        let proposals = results::proposals(&mut c, wave.id).await?;
        drop(c);
        for (n, p) in proposals.iter().filter(|p| p.state == State::Proposed && p.answers >= 4).enumerate() {
            let (id, en) = (p.id.to_string(), english(&p.label));
            let fields = [("act", "approve"), ("proposal", &*id), ("title_nl", &p.label), ("title_en", &en)];
            desk::name_theme(world, admin, form(n), slug, Raw::from_pairs(&fields)).await?;
        }
        let mut c = world.db.read().await?;
        let (_, draft) = publication::preview(&mut c, admin, slug, world.now()).await?;
        drop(c);
        let Some(draft) = draft else { return Ok(()) };
        let seen = Raw::from_pairs(&[("seen", &draft.seen), ("looked", "1")]);
        publication::publish(world, admin, form(900), slug, &seen).await?;
        let wishes = draft.data.themes.iter().filter(|t| t.asked == AskedIn::Better);
        let replied = [
            ("do", "We pakken dit voorjaar op, samen met wie zich meldde. In mei lopen we een ronde door de buurt."),
            ("not_yet", "Hier is dit jaar geen geld voor. Met de nieuwe begroting kijken we opnieuw."),
        ];
        for (n, (theme, (stance, words))) in wishes.zip(replied).enumerate() {
            let id = theme.id.to_string();
            let fields = Raw::from_pairs(&[("thema", &id), ("stance", stance), ("reply", words)]);
            replies::reply(world, admin, form(950 + n), slug, fields).await?;
        }
        Ok(())
    }
}
