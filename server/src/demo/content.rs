//! The demo city's texts, read from `demo-data/`.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Initiatives {
    pub initiative: Vec<Initiative>,
}

#[derive(Clone, Deserialize)]
pub struct Initiative {
    pub buurt: String,
    pub title: String,
    pub what: String,
    pub why: String,
    pub minimum_eur: i64,
    pub desired_eur: i64,
    pub programme: String,
    pub submitter: String,
    pub for_kind: String,
    pub for_name: String,
    pub helpers: String,
    pub place: String,
    pub picture: String,
    pub state: String,
    pub supports: usize,
    pub moderator_note: String,
    pub reason_code: String,
    pub verdict_reason: String,
}

#[derive(Deserialize)]
pub struct People {
    pub person: Vec<Person>,
    pub signin: Vec<SignIn>,
}

#[derive(Deserialize)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub buurt: String,
}

#[derive(Deserialize)]
pub struct SignIn {
    pub role: String,
    pub name: String,
    pub email: String,
    pub place: String,
    #[serde(default)]
    pub organisation: String,
    pub description: String,
}

#[derive(Deserialize)]
pub struct Milestones {
    pub milestone: Vec<Milestone>,
}

#[derive(Deserialize)]
pub struct Milestone {
    pub initiative: String,
    pub title: String,
    pub due_days: i64,
    pub done: bool,
    pub note: String,
    /// Names of photos, without ending.
    #[serde(default)]
    pub photos: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
}

#[derive(Deserialize)]
pub struct Executions {
    pub plan: Vec<Execution>,
}

#[derive(Deserialize)]
pub struct Execution {
    pub initiative: String,
    pub left_cents: i64,
    pub on: [String; 2],
    pub words: String,
    pub partner_kind: String,
    pub partner: String,
    pub thanks: usize,
}

/// A photo of a step: a drawing of the city.
pub fn photo(name: &str) -> Option<&'static [u8]> {
    Some(match name {
        "fietsen" => include_bytes!("../../demo-data/photos/fietsen.png"),
        "plein-eerst" => include_bytes!("../../demo-data/photos/plein-eerst.png"),
        "plein-nu" => include_bytes!("../../demo-data/photos/plein-nu.png"),
        "soep" => include_bytes!("../../demo-data/photos/soep.png"),
        "tuin-eerst" => include_bytes!("../../demo-data/photos/tuin-eerst.png"),
        "tuin-nu" => include_bytes!("../../demo-data/photos/tuin-nu.png"),
        _ => return None,
    })
}

#[derive(Deserialize)]
pub struct Rounds {
    pub round: Vec<Round>,
}

#[derive(Deserialize)]
pub struct Round {
    pub status: String,
    pub buurt: String,
    pub title: String,
    pub intro: String,
    pub pot_eur: i64,
    pub max_picks: i64,
    pub year: i64,
    pub ballots: usize,
    /// Voted on with the codes of letters.
    #[serde(default)]
    pub by_letter: bool,
    pub plan: Vec<RoundPlan>,
}

#[derive(Deserialize)]
pub struct RoundPlan {
    pub title: String,
    pub weight: u32,
}

#[derive(Deserialize)]
pub struct Answers {
    pub answer: Vec<Answer>,
}

#[derive(Deserialize)]
pub struct Answer {
    pub buurt: String,
    pub mark: Option<i64>,
    #[serde(default)]
    pub good: String,
    #[serde(default)]
    pub better: String,
    #[serde(default, rename = "do")]
    pub can_do: String,
    #[serde(default)]
    pub quote: bool,
}

#[derive(Deserialize)]
pub struct Blurbs {
    pub blurb: Vec<Blurb>,
}

#[derive(Deserialize)]
pub struct Blurb {
    pub key: String,
    pub line_nl: String,
    pub line_en: String,
}

/// Everything at once.
pub struct Content {
    pub initiatives: Vec<Initiative>,
    pub people: People,
    pub milestones: Vec<Milestone>,
    pub execution: Vec<Execution>,
    pub talk: super::talk::Talk,
    pub help: super::help::Help,
    pub recipes: Vec<super::recipes::Recipe>,
    pub rounds: Vec<Round>,
    pub finished_wave: Vec<Answer>,
    pub running_wave: Vec<Answer>,
    pub blurbs: Vec<Blurb>,
}

impl Content {
    /// Reads the embedded files.
    pub fn read() -> Result<Self, String> {
        fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
            toml::from_str(text).map_err(|e| format!("demo-data/{name}: {e}"))
        }
        Ok(Self {
            initiatives: parse::<Initiatives>("initiatives.toml", include_str!("../../demo-data/initiatives.toml"))?
                .initiative,
            help: parse("help.toml", include_str!("../../demo-data/help.toml"))?,
            talk: parse("talk.toml", include_str!("../../demo-data/talk.toml"))?,
            recipes: parse::<super::recipes::Recipes>("recipes.toml", include_str!("../../demo-data/recipes.toml"))?
                .recipe,
            people: parse("people.toml", include_str!("../../demo-data/people.toml"))?,
            milestones: parse::<Milestones>("milestones.toml", include_str!("../../demo-data/milestones.toml"))?
                .milestone,
            execution: parse::<Executions>("execution.toml", include_str!("../../demo-data/execution.toml"))?.plan,
            rounds: parse::<Rounds>("rounds.toml", include_str!("../../demo-data/rounds.toml"))?.round,
            finished_wave: parse::<Answers>("survey.toml", include_str!("../../demo-data/survey.toml"))?.answer,
            running_wave: parse::<Answers>("survey-running.toml", include_str!("../../demo-data/survey-running.toml"))?
                .answer,
            blurbs: parse::<Blurbs>("blurbs.toml", include_str!("../../demo-data/blurbs.toml"))?.blurb,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_city_is_whole() {
        let content = Content::read().unwrap();
        assert!(content.initiatives.len() >= 60 && content.blurbs.len() == 17);
        for r in &content.recipes {
            assert!(
                content.initiatives.iter().any(|i| i.title == r.initiative && i.state == "completed"),
                "{}",
                r.initiative
            );
        }
        for i in &content.initiatives {
            assert!(content.people.person.iter().any(|p| p.key == i.submitter), "{}", i.title);
            assert!(domain::initiative::State::from_key(&i.state).is_some(), "{}", i.state);
            assert!(
                i.picture.is_empty() || domain::initiative::DRAWINGS.contains(&i.picture.as_str()),
                "{}",
                i.picture
            );
        }
    }
}
