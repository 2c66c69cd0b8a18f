//! Configuration: environment first, then `fijnebuurt.toml`, then defaults that just work. A wrong value is named with its remedy.

use std::net::SocketAddr;
use std::path::PathBuf;
use web::Proxies;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://...`.
    pub database_url: String,
    /// Owner of the tables on PostgreSQL, when that is not the application.
    pub migrate_database_url: String,
    /// `smtp://host:port`, `smtps://user:password@host`, `file:FOLDER`.
    pub smtp_url: String,
    /// Sender of mails.
    pub mail_from: String,
    /// The site's address without a slash at the end.
    pub base_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Proxies,
    /// Folder for the database, keys and mails.
    pub data_dir: PathBuf,
    /// How long a moderator's decision can be undone, in seconds.
    pub undo: i64,
    /// The program that makes letters as a PDF: as set, or `fijnebuurt-letters` beside this one where it is there.
    pub letters_program: Option<PathBuf>,
}

impl Config {
    /// Reads the configuration.
    ///
    /// # Errors
    /// A sentence naming the wrong value and its remedy.
    pub fn read() -> Result<Self, String> {
        let file: toml::Table = match std::fs::read_to_string("fijnebuurt.toml") {
            Ok(text) => text.parse().map_err(|e| format!("fijnebuurt.toml cannot be read: {e}"))?,
            Err(_) => toml::Table::new(),
        };
        if let Some(unknown) = file.keys().find(|k| !KEYS.contains(&k.to_uppercase().as_str())) {
            return Err(format!("fijnebuurt.toml: '{unknown}' is not a setting. Settings are: {}.", KEYS.join(", ")));
        }
        Self::from(|key| {
            std::env::var(key).ok().or_else(|| {
                file.iter().find(|(k, _)| k.to_uppercase() == key).and_then(|(_, v)| v.as_str().map(str::to_owned))
            })
        })
    }

    /// From any source of values.
    ///
    /// # Errors
    /// A sentence naming the wrong value and its remedy.
    pub fn from(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let value = |key: &str, default: &str| get(key).filter(|v| !v.is_empty()).unwrap_or_else(|| default.to_owned());
        let data_dir = PathBuf::from(value("DATA_DIR", "data"));
        let listen = value("LISTEN", "127.0.0.1:3000");
        let listen: SocketAddr = listen
            .parse()
            .map_err(|_| format!("LISTEN is '{listen}': write an address and a port, such as 127.0.0.1:3000."))?;
        let base_url = value("BASE_URL", &format!("http://{listen}"));
        if !(base_url.starts_with("http://") || base_url.starts_with("https://"))
            || base_url.ends_with('/')
            || base_url.matches('/').count() != 2
        {
            return Err(format!(
                "BASE_URL is '{base_url}': write it as https://fijnebuurt.example, without a path and without a slash at the end."
            ));
        }
        let database_url = value("DATABASE_URL", &format!("sqlite:{}", data_dir.join("fijnebuurt.db").display()));
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|p| database_url.starts_with(p)) {
            return Err("DATABASE_URL must begin with sqlite: or postgres:, such as sqlite:data/fijnebuurt.db.".into());
        }
        let trusted_proxies = Proxies::parse(&value("TRUSTED_PROXIES", "127.0.0.0/8 ::1")).map_err(|wrong| {
            format!("TRUSTED_PROXIES: '{wrong}' is neither an address nor a network. Write 127.0.0.1 or 10.0.3.0/24, with commas in between.")
        })?;
        let minutes = value("UNDO_MINUTES", "10");
        let undo = minutes.parse::<i64>().ok().filter(|m| (0..=120).contains(m)).map(|m| m * 60);
        let undo = undo.ok_or_else(|| {
            format!("UNDO_MINUTES is '{minutes}': write a whole number of minutes from 0 to 120; 10 when left out.")
        })?;
        Ok(Self {
            undo,
            trusted_proxies,
            migrate_database_url: value("MIGRATE_DATABASE_URL", &database_url),
            database_url,
            smtp_url: value("SMTP_URL", &format!("file:{}", data_dir.join("mail").display())),
            mail_from: value("MAIL_FROM", "Fijne Buurt <post@fijnebuurt.test>"),
            base_url,
            listen,
            data_dir,
            letters_program: match get("LETTERS_PROGRAM").filter(|path| !path.is_empty()) {
                Some(path) => Some(PathBuf::from(path)),
                None => std::env::current_exe()
                    .ok()
                    .map(|own| own.with_file_name("fijnebuurt-letters"))
                    .filter(|path| path.exists()),
            },
        })
    }
}

const KEYS: &[&str] = &[
    "DATABASE_URL",
    "MIGRATE_DATABASE_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "BASE_URL",
    "LISTEN",
    "TRUSTED_PROXIES",
    "DATA_DIR",
    "LETTERS_PROGRAM",
    "UNDO_MINUTES",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_values_are_named_with_their_remedy() {
        let with = |key: &'static str, value: &'static str| Config::from(move |k| (k == key).then(|| value.to_owned()));
        assert!(with("LISTEN", "3000").unwrap_err().contains("127.0.0.1:3000"));
        assert!(with("BASE_URL", "fijnebuurt.nl").unwrap_err().contains("https://"));
        assert!(with("BASE_URL", "https://x.nl/").unwrap_err().contains("without a slash"));
        assert!(with("DATABASE_URL", "mysql://x").unwrap_err().contains("sqlite:"));
        assert!(with("UNDO_MINUTES", "ten").unwrap_err().contains("from 0 to 120"));
        assert!(with("TRUSTED_PROXIES", "10.0.0.0/40").unwrap_err().contains("10.0.3.0/24"));
        assert_eq!(with("DATA_DIR", "d").unwrap().database_url, "sqlite:d/fijnebuurt.db");
    }
}
