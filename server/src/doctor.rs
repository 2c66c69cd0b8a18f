//! `fijnebuurt doctor`: looks at everything that the platform leans on, and says in plain words how it stands and what to do.
//! Makes and changes nothing, but for `figures`. Exit status 1 when something is wrong.

use crate::config::Config;
use crate::start;
use mail::Post;
use services::health::{self, Check, Stand, ok, warning, wrong};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use store::{Db, operator};

/// Longest wait for a mail server.
const PATIENCE: Duration = Duration::from_secs(10);
/// Below this, in bytes, a disk is about to be full.
const LITTLE: u64 = 200 << 20;
/// Below this it is time to look for more.
const SOME: u64 = 2 << 30;

/// Checks one thing, or everything; prints a line for each.
pub async fn run(what: Option<&str>) -> ExitCode {
    let checks = match what {
        None => everything().await,
        Some("figures") => return figures().await,
        Some("ledger" | "audit") => one(what.unwrap_or_default()).await,
        Some(other) => {
            eprintln!(
                "doctor cannot check '{other}'. It checks: ledger, audit, figures; everything when nothing is named."
            );
            return ExitCode::FAILURE;
        }
    };
    print(&checks)
}

/// Works the sums of dashboards out anew, and mends them.
async fn figures() -> ExitCode {
    let mended = match Config::read() {
        Ok(config) => match start::world(&config).await {
            Ok(world) => crate::figures::check(&world).await,
            Err(text) => Err(text),
        },
        Err(text) => Err(text),
    };
    match mended {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => print(&[wrong("figures", text)]),
    }
}

/// Prints each line, and gives the status that follows.
pub fn print(checks: &[Check]) -> ExitCode {
    for check in checks {
        let stand = match check.stand {
            Stand::Ok => "ok",
            Stand::Warning => "warning",
            Stand::Wrong => "wrong",
        };
        println!("{stand:<8} {:<9} {}", check.area, check.text);
    }
    if checks.iter().any(|check| check.stand == Stand::Wrong) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

async fn one(what: &str) -> Vec<Check> {
    let config = match Config::read() {
        Ok(config) => config,
        Err(text) => return vec![wrong("settings", text)],
    };
    let world = match start::looking(&config).await {
        Ok(world) => world,
        Err(text) => return vec![wrong("database", text)],
    };
    if what == "audit" {
        return health::log(&world).await;
    }
    health::ledger(&world).await.unwrap_or_else(|e| vec![wrong("ledger", e.to_string())])
}

async fn everything() -> Vec<Check> {
    let config = match Config::read() {
        Ok(config) => config,
        Err(text) => return vec![wrong("settings", text)],
    };
    let mut checks = settings(&config);
    checks.extend(mail_server(&config).await);
    checks.extend(disk(&config));
    match start::looking(&config).await {
        Err(text) => checks.push(wrong("database", text)),
        Ok(world) => {
            if let Err(e) = base(&config, &world, &mut checks).await {
                checks.push(wrong("database", format!("It cannot be read: {e}. Run `fijnebuurt migrate` first.")));
            }
        }
    }
    checks
}

async fn base(config: &Config, world: &services::World, checks: &mut Vec<Check>) -> Result<(), services::ActError> {
    let mut c = world.db.read().await?;
    let (there, known) = (operator::schema(&mut c).await?, Db::newest_schema(&config.database_url));
    if there != known {
        let remedy =
            if there < known { "Make a backup and run `fijnebuurt migrate`." } else { "It needs the newer program." };
        checks.push(wrong("database", format!("Its schema is number {there}, this program's is {known}. {remedy}")));
        return Ok(());
    }
    checks.push(ok("database", format!("{}, schema {there}.", c.engine())));
    let now = world.now();
    checks.extend(health::keys(&mut c, &config.data_dir, now).await?);
    checks.extend(health::letters(&mut c, now).await?);
    checks.push(health::clock(&mut c, now, world.clock.ahead()).await?);
    checks.extend(health::jobs(&mut c, now).await?);
    drop(c);
    checks.extend(health::ledger(world).await?);
    checks.extend(health::log(world).await);
    checks.push(if services::overview::wrong(world).await?.is_none() {
        ok("figures", "The sums of the dashboards are those of plans and transfers.")
    } else {
        wrong(
            "figures",
            "The sums of the dashboards are not those of plans and transfers: run `fijnebuurt doctor figures`.",
        )
    });
    Ok(())
}

/// Settings that are allowed and yet not for a real city.
fn settings(config: &Config) -> Vec<Check> {
    let area = "settings";
    let mut checks = Vec::new();
    if !config.base_url.starts_with("https://") {
        checks.push(warning(
            area,
            format!(
                "BASE_URL is {}: cookies can be read on the way. Put a proxy with TLS in front and write https://.",
                config.base_url
            ),
        ));
    }
    if config.smtp_url.starts_with("file:") || config.smtp_url == "memory:" {
        checks.push(warning(
            area,
            format!(
                "SMTP_URL is {}: no mail leaves this machine. Write smtp://host:port or smtps://user:password@host.",
                config.smtp_url
            ),
        ));
    }
    if config.mail_from.contains(".test>") || config.mail_from.contains(".example>") {
        checks.push(warning(
            area,
            format!(
                "MAIL_FROM is {}: write an address of your city, whose mail server lets this machine send for it.",
                config.mail_from
            ),
        ));
    }
    if !config.database_url.starts_with("sqlite:") && config.migrate_database_url == config.database_url {
        checks.push(warning(area, "MIGRATE_DATABASE_URL is not set: the site owns its tables, so a break-in could change the log and the ledger. See 'PostgreSQL' in docs/operations.md."));
    }
    match &config.letters_program {
        None => checks.push(warning(
            area,
            "There is no program for letters as a PDF (LETTERS_PROGRAM): printers get a CSV instead.",
        )),
        Some(path) if !path.is_file() => {
            checks.push(wrong(area, format!("LETTERS_PROGRAM is {}, which is not there.", path.display())))
        }
        Some(_) => {}
    }
    if checks.is_empty() {
        checks.push(ok(area, format!("{}, listening on {}.", config.base_url, config.listen)));
    }
    checks
}

async fn mail_server(config: &Config) -> Vec<Check> {
    let area = "mail";
    // Looked at and not made: a folder that is missing is named.
    if let Some(folder) = config.smtp_url.strip_prefix("file:")
        && !Path::new(folder).is_dir()
    {
        return vec![warning(area, format!("The folder {folder} is not there yet; it is made at the first start."))];
    }
    let post = match Post::from_url(&config.smtp_url) {
        Ok(post) => post,
        Err(e) => return vec![wrong(area, e.to_string())],
    };
    vec![match tokio::time::timeout(PATIENCE, post.look()).await {
        Ok(Ok(())) => ok(area, "Mails would be taken."),
        Ok(Err(e)) => {
            let cause = std::error::Error::source(&e).map(ToString::to_string).unwrap_or_else(|| e.to_string());
            wrong(
                area,
                format!(
                    "The mail server of SMTP_URL does not take mail: {cause}. Are host, port, user and password right, and is it running?"
                ),
            )
        }
        Err(_) => wrong(
            area,
            format!(
                "The mail server of SMTP_URL did not answer within {} seconds. Is a firewall in between?",
                PATIENCE.as_secs()
            ),
        ),
    }]
}

fn disk(config: &Config) -> Vec<Check> {
    let area = "disk";
    let mut folders = vec![("DATA_DIR", config.data_dir.clone())];
    if let Some(folder) = start::sqlite_file(&config.database_url).and_then(|file| file.parent().map(Path::to_owned))
        && folder != config.data_dir
    {
        folders.push(("the database", if folder.as_os_str().is_empty() { ".".into() } else { folder }));
    }
    folders
        .into_iter()
        .filter_map(|(what, folder)| {
            if !folder.is_dir() {
                return Some(wrong(area, format!("The folder of {what}, {}, is not there.", folder.display())));
            }
            let free = free(&folder)?;
            let text = format!("{} MB are free where {what} lies ({}).", free >> 20, folder.display());
            Some(match free {
                n if n < LITTLE => wrong(area, format!("{text} Make room now: without it no vote is taken.")),
                n if n < SOME => warning(area, format!("{text} Make room soon.")),
                _ => ok(area, text),
            })
        })
        .collect()
}

/// Free bytes for this user.
#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    rustix::fs::statvfs(folder).ok().map(|found| found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}
