//! What every page knows of its reader and of the moment.

use domain::form::Problem;
use domain::money::Cents;
use domain::time::Seconds;
use domain::urls::Url;
use texts::{Arg, Lang};

/// Who reads, as far as the frame shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// Name to greet with.
    pub name: String,
    /// Shows the link to the moderation queue.
    pub moderator: bool,
    /// Shows the link to the stadsdeel's desk.
    pub staff: bool,
    /// Shows the link to the administration.
    pub administrator: bool,
}

/// Given to every page.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Language of the page.
    pub lang: Lang,
    /// Path without language prefix, with query.
    pub path: String,
    /// Signed-in reader.
    pub reader: Option<Reader>,
    /// For every form.
    pub csrf: String,
    /// Fresh for each rendering: the idempotency key of its forms.
    pub form_key: String,
    /// Shows the banner.
    pub demo: bool,
    /// Now, in UTC seconds.
    pub now: Seconds,
    /// A short message about what was just done (a key of the catalogue).
    pub flash: Option<String>,
}

impl Ctx {
    /// For tests and previews.
    pub fn sample(lang: Lang) -> Self {
        Self {
            lang,
            path: "/".into(),
            reader: Some(Reader { name: "Fatma".into(), moderator: true, staff: true, administrator: true }),
            csrf: "csrf".into(),
            form_key: "key".into(),
            demo: true,
            now: 1_795_000_000,
            flash: None,
        }
    }

    /// A text.
    pub fn t(&self, key: &str) -> String {
        texts::t(self.lang, key)
    }

    /// A text with values.
    pub fn ta(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        texts::ta(self.lang, key, args)
    }

    /// A link within the site, in the reader's language.
    pub fn url(&self, url: &impl Url) -> String {
        self.local(&url.to_string())
    }

    /// A path within the site, in the reader's language.
    pub fn local(&self, path: &str) -> String {
        match (self.lang.prefix(), path) {
            ("", path) => path.to_owned(),
            (prefix, "/") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}{path}"),
        }
    }

    /// An amount.
    pub fn money(&self, cents: Cents) -> String {
        texts::money(self.lang, cents)
    }

    /// What to do about a wrong field.
    pub fn problem(&self, problem: Problem) -> String {
        let args: Vec<(&'static str, Arg)> = match problem {
            Problem::TooLong(max) | Problem::TooMany(max) => vec![("max", max.into())],
            Problem::TooShort(min) => vec![("min", min.into())],
            Problem::OutOfRange(min, max) => vec![("min", min.into()), ("max", max.into())],
            Problem::NotEnough(amount)
            | Problem::OverPot(amount)
            | Problem::NoneFits(amount)
            | Problem::BelowFunded(amount)
            | Problem::PayFirst(amount)
            | Problem::InPots(amount) => {
                vec![("amount", self.money(amount).into())]
            }
            Problem::CodeCharacter(c) => vec![("character", c.to_string().into())],
            Problem::OverPoints(count)
            | Problem::CodeLength(count)
            | Problem::SheetsMissing(count)
            | Problem::WrongLines(count) => {
                vec![("count", count.into())]
            }
            Problem::TooFar(days) => vec![("count", days.into())],
            _ => Vec::new(),
        };
        self.ta(problem.key(), &args)
    }
}
