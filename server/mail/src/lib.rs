//! Mails: their texts (catalogue keys `mail-<name>-subject`, `-text`, `-button`) and the ways out (SMTP, files, memory).
//!
//! Add a mail: a variant of [`Letter`], its name in [`Letter::name`], its three texts; a test renders it in every language.

use askama::Template;
use lettre::message::MultiPart;
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use texts::{Arg, Lang, t, ta};

/// What a mail says beside its fixed texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Path the button leads to; empty: no button.
    pub path: String,
    /// Title of the plan, round or role it is about.
    pub title: String,
    /// Own words of a moderator or staff, quoted.
    pub words: String,
    /// Name of who is written to.
    pub name: String,
    /// Links in a list: text and path.
    pub lines: Vec<(String, String)>,
}

/// A rendered mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

/// Names of all mails.
pub const LETTERS: &[&str] = &[
    "sign-in",
    "confirm",
    "draft",
    "invite",
    "account-exists",
    "received",
    "published",
    "returned",
    "rejected",
    "referred",
    "supporter-named",
    "due-soon",
    "due-organisation",
    "handed-over",
    "notice",
    "digest",
    "appeal",
    "appeal-right",
    "appeal-upheld",
    "join",
    "joined",
    "survey-invite",
    "survey-reminder",
    "part-ended",
    "text-taken",
    "text-left",
    "comment-hidden",
    "merge-asked",
    "merged",
    "merge-declined",
    "decision-lapsed",
    "merged-in",
    "split-asked",
    "advice-asked",
    "advice-late",
    "feasible",
    "infeasible",
    "funded",
    "round-result",
    "round-stopped",
    "round-second",
    "round-complaint",
    "milestone",
    "agreement",
    "committed",
    "paid",
    "step-due",
    "change-decided",
    "account-asked",
    "plan-completed",
    "plan-stopped",
    "result",
    "wrong-codes",
    "theme-answered",
    "help-asked",
    "help-yes",
    "help-no",
    "help-message",
    "help-remind",
    "help-outcome",
    "help-holds",
    "help-hidden",
    "evaluate",
    "evaluate-remind",
    "recipe-hidden",
];

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    lang: &'a str,
    dir: &'a str,
    site: &'a str,
    greeting: &'a str,
    text: &'a str,
    lines: &'a [(String, String)],
    words: &'a str,
    button: &'a str,
    link: &'a str,
    footer: &'a str,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Plain<'a> {
    site: &'a str,
    greeting: &'a str,
    text: &'a str,
    lines: &'a [(String, String)],
    words: &'a str,
    button: &'a str,
    link: &'a str,
    footer: &'a str,
}

/// Why a mail did not go.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// No such mail.
    #[error("no mail is called {0}")]
    Unknown(String),
    /// It cannot be put together (a wrong address): trying again is of no use.
    #[error("the mail cannot be made")]
    Unmakable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It was not taken: try again later.
    #[error("the mail was not taken")]
    NotTaken(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The address of the mail server is not right.
    #[error(
        "SMTP_URL is not right ({0}): write it as smtp://host:port, smtps://user:password@host, file:folder or memory:"
    )]
    Config(String),
}

/// Draws a mail. `base` is the site's address without a slash at the end.
///
/// # Errors
/// [`MailError::Unknown`] for a name that is not in [`LETTERS`].
pub fn render(name: &str, lang: Lang, base: &str, values: &Values) -> Result<Rendered, MailError> {
    if !LETTERS.contains(&name) {
        return Err(MailError::Unknown(name.to_owned()));
    }
    let args: [(&'static str, Arg); 2] =
        [("title", values.title.as_str().into()), ("name", values.name.as_str().into())];
    let subject = ta(lang, &format!("mail-{name}-subject"), &args).replace(['\r', '\n'], " ");
    let text = ta(lang, &format!("mail-{name}-text"), &args);
    let button = t(lang, &format!("mail-{name}-button"));
    let greeting =
        if values.name.is_empty() { t(lang, "mail-greeting-plain") } else { ta(lang, "mail-greeting", &args) };
    let to = |path: &str| format!("{base}{}{path}", lang.prefix());
    let link = if values.path.is_empty() { String::new() } else { to(&values.path) };
    // Each stays on a line of its own, whatever was typed.
    let lines: Vec<(String, String)> =
        values.lines.iter().map(|(text, path)| (text.replace(char::is_control, " "), to(path))).collect();
    let (site, footer) = (t(lang, "site-name"), t(lang, "mail-footer"));
    let made = |e: askama::Error| MailError::Unmakable(Box::new(e));
    let html = Html {
        lang: lang.code(),
        dir: lang.dir(),
        site: &site,
        greeting: &greeting,
        text: &text,
        lines: &lines,
        words: &values.words,
        button: &button,
        link: &link,
        footer: &footer,
    }
    .render()
    .map_err(made)?;
    let text = Plain {
        site: &site,
        greeting: &greeting,
        text: &text,
        lines: &lines,
        words: &values.words,
        button: &button,
        link: &link,
        footer: &footer,
    }
    .render()
    .map_err(made)?;
    Ok(Rendered { subject, text, html })
}

/// A way out.
#[derive(Clone)]
pub enum Post {
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// A folder of .eml files.
    File(PathBuf),
    /// Kept for tests: address and mail.
    Memory(Arc<Mutex<Vec<(String, Rendered)>>>),
}

impl Post {
    /// From `smtp://`, `smtps://`, `file:FOLDER` or `memory:`.
    ///
    /// # Errors
    /// [`MailError::Config`] naming the remedy.
    pub fn from_url(url: &str) -> Result<Self, MailError> {
        if let Some(folder) = url.strip_prefix("file:") {
            std::fs::create_dir_all(folder).map_err(|e| MailError::Config(format!("{url}: {e}")))?;
            return Ok(Self::File(PathBuf::from(folder)));
        }
        if url == "memory:" {
            return Ok(Self::Memory(Arc::default()));
        }
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map(|b| Self::Smtp(b.build()))
            .map_err(|e| MailError::Config(e.to_string()))
    }

    /// Whether mails would be taken, without sending one: a mail server is greeted (with its password, where there is one), a
    /// folder is written to.
    ///
    /// # Errors
    /// [`MailError::NotTaken`] with what was said.
    pub async fn look(&self) -> Result<(), MailError> {
        match self {
            Self::Smtp(smtp) => match smtp.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(MailError::NotTaken("the mail server does not answer as one".into())),
                Err(e) => Err(MailError::NotTaken(Box::new(e))),
            },
            Self::File(folder) => {
                let probe = folder.join(".probe");
                std::fs::write(&probe, "")
                    .and_then(|()| std::fs::remove_file(&probe))
                    .map_err(|e| MailError::NotTaken(Box::new(e)))
            }
            Self::Memory(_) => Ok(()),
        }
    }

    /// Sends one mail.
    ///
    /// # Errors
    /// [`MailError::Unmakable`] for good, [`MailError::NotTaken`] for a later try.
    pub async fn send(&self, from: &str, to: &str, mail: &Rendered) -> Result<(), MailError> {
        if let Self::Memory(kept) = self {
            kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((to.to_owned(), mail.clone()));
            return Ok(());
        }
        let wrong = |e: lettre::address::AddressError| MailError::Unmakable(Box::new(e));
        let message = Message::builder()
            .from(from.parse().map_err(wrong)?)
            .to(to.parse().map_err(wrong)?)
            .subject(mail.subject.clone())
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|e| MailError::Unmakable(Box::new(e)))?;
        match self {
            Self::Smtp(smtp) => smtp.send(message).await.map(|_| ()).map_err(|e| {
                if e.is_permanent() { MailError::Unmakable(Box::new(e)) } else { MailError::NotTaken(Box::new(e)) }
            }),
            Self::File(folder) => AsyncFileTransport::<Tokio1Executor>::new(folder)
                .send(message)
                .await
                .map(|_| ())
                .map_err(|e| MailError::NotTaken(Box::new(e))),
            Self::Memory(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_in_every_language() {
        let values = Values {
            path: "/initiatieven/7".into(),
            title: "Samen <b>Spelen</b>".into(),
            words: "Mooi plan & \"goed\"".into(),
            name: "Fatma".into(),
            lines: vec![
                ("Samen <b>Spelen</b>\r\nBcc: kwaad@voorbeeld.test".into(), "/moderatie/7".into()),
                ("Een bank & een boom".into(), "/stadsdeel/8".into()),
            ],
        };
        for name in LETTERS {
            for &lang in Lang::ALL {
                let mail = render(name, lang, "https://buurt.test", &values).unwrap();
                for text in [&mail.subject, &mail.text, &mail.html] {
                    assert!(!text.contains("?mail-") && !text.is_empty(), "{name} {lang:?}: {text}");
                }
                assert!(mail.text.contains(&format!("https://buurt.test{}/initiatieven/7", lang.prefix())), "{name}");
                assert!(!mail.html.contains("<b>Spelen"), "{name}: hostile titles are escaped");
                let (to, prefix) = ("https://buurt.test", lang.prefix());
                let lines = [
                    format!("- Samen <b>Spelen</b>  Bcc: kwaad@voorbeeld.test: {to}{prefix}/moderatie/7"),
                    format!("- Een bank & een boom: {to}{prefix}/stadsdeel/8"),
                ];
                let listed: Vec<&str> = mail.text.lines().filter(|line| line.starts_with("- ")).collect();
                assert_eq!(listed, lines, "{name}: one line each");
                assert!(mail.html.contains(&format!("href=\"{to}{prefix}/moderatie/7\"")), "{name}: {}", mail.html);
            }
        }
    }

    #[tokio::test]
    async fn memory_keeps_and_wrong_addresses_are_final() {
        let post = Post::from_url("memory:").unwrap();
        let mail = render("confirm", Lang::Nl, "http://x", &Values::default()).unwrap();
        post.send("a@b.nl", "c@d.nl", &mail).await.unwrap();
        let Post::Memory(kept) = post else { panic!() };
        assert_eq!(kept.lock().unwrap()[0].0, "c@d.nl");
        assert!(Post::from_url("pigeon://x").is_err());
    }
}
