//! `fijnebuurt restore`: puts a backup where the settings say the database is. What is there is put aside, never destroyed;
//! afterwards ledger and log are checked, the log against the digests that lie in DATA_DIR.

use crate::backup::{copy_keys, pg, told};
use crate::config::Config;
use crate::{doctor, start};
use clap::Args;
use services::health::{self, Check, Stand, warning};
use services::logbook;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use store::backup::{self, Found};
use store::{Db, StoreError, operator};

/// From where.
#[derive(Args)]
pub struct RestoreArgs {
    /// The file that `fijnebuurt backup` made.
    from: PathBuf,
    /// Put aside a database that is in use by people; without it only an empty one is replaced.
    #[arg(long)]
    force: bool,
    /// Take the keys that are missing here from this folder, where `fijnebuurt backup --keys` put them.
    #[arg(long, value_name = "FOLDER")]
    keys: Option<PathBuf>,
}

/// Puts it back and checks it; status 1 when something is wrong with what is there now.
///
/// # Errors
/// A sentence that says what to do; the database is then as it was.
pub async fn run(config: &Config, args: &RestoreArgs) -> Result<ExitCode, String> {
    if !args.from.is_file() {
        return Err(format!("There is no file {}. Name the one that `fijnebuurt backup` made.", args.from.display()));
    }
    let now = domain::time::Clock::now(&services::SystemClock::default());
    // Two in one second must not meet: what was put aside is never written over.
    let aside = format!("before_restore_{now}_{:08x}", rand::random::<u32>());
    match start::sqlite_file(&config.database_url) {
        Some(file) => sqlite(config, args, &file, &aside, now).await?,
        None => postgres(config, args, &aside, now).await?,
    }
    if let Some(keys) = &args.keys {
        if !keys.is_dir() {
            return Err(format!(
                "{} is not a folder. The database is back; put the keys into {} by hand.",
                keys.display(),
                config.data_dir.display()
            ));
        }
        let (copied, _) = copy_keys(keys, &config.data_dir)?;
        println!("{copied} keys are in {}.", config.data_dir.display());
    }
    Db::migrate(&config.migrate_database_url).await.map_err(|e| e.to_string())?;
    Db::grant(&config.migrate_database_url, &config.database_url).await.map_err(|e| e.to_string())?;
    let checks = look(config).await?;
    println!("The database is back. This is how it stands:");
    Ok(doctor::print(&checks))
}

async fn look(config: &Config) -> Result<Vec<Check>, String> {
    let world = start::looking(config).await?;
    // Whoever held them works on another database.
    let freed = world.db.write::<_, StoreError, _>(|u| Box::pin(operator::free_leases(u)));
    freed.await.map_err(|e| told(&e))?;
    let mut c = world.db.read().await.map_err(|e| e.to_string())?;
    let mut checks = health::keys(&mut c, &config.data_dir, world.now()).await.map_err(|e| e.to_string())?;
    let letters = operator::letters(&mut c).await.map_err(|e| e.to_string())?;
    drop(c);
    if letters.waiting > 0 {
        checks.push(warning("mail", format!("{} letters waited when this backup was made; they go out at the next start, and some may have been sent before.", letters.waiting)));
    }
    checks.extend(health::ledger(&world).await.map_err(|e| e.to_string())?);
    let log = health::log(&world).await;
    let is_old = log.iter().any(|check| check.stand == Stand::Wrong);
    checks.extend(log);
    if is_old {
        checks.push(warning("audit", "If this backup is simply older than the digests in DATA_DIR/audit, what was done after it is lost. See 'After an older backup' in docs/operations.md before you start the site."));
    } else if !logbook::folder(&config.data_dir).is_dir() {
        checks.push(warning("audit", "No digests lie in DATA_DIR/audit: copy them there from where they were lodged, and run `fijnebuurt verify audit`."));
    }
    Ok(checks)
}

/// Whether what lies there may be put aside.
fn may_replace(found: Found, force: bool) -> Result<(), String> {
    match found {
        Found::Nothing | Found::Unused => Ok(()),
        Found::InUse => Err("A program works on this database now, or did so a minute ago. Stop `fijnebuurt serve` everywhere, wait a minute, and try again.".into()),
        Found::Used if force => Ok(()),
        Found::Used => Err("The database that the settings name is in use by people. Restore to another place, or give --force: it is then put aside, not destroyed.".into()),
    }
}

async fn sqlite(config: &Config, args: &RestoreArgs, file: &Path, aside: &str, now: i64) -> Result<(), String> {
    let io = |e: std::io::Error| format!("{} cannot be put in its place: {e}. Is the disk full?", file.display());
    let new = file.with_extension("restored");
    std::fs::copy(&args.from, &new).map_err(io)?;
    // The copy is looked at, so that the backup itself is never touched.
    let looked = backup::look_sqlite(&new).await.map_err(|e| told(&e)).and_then(|schema| {
        let known = Db::newest_schema(&config.database_url);
        if schema <= known {
            Ok(())
        } else {
            Err(format!("This backup has schema {schema}, this program knows {known}. It needs the newer program."))
        }
    });
    let free = match looked {
        Ok(()) => there(file, now).await.and_then(|found| may_replace(found, args.force)),
        Err(e) => Err(e),
    };
    if let Err(text) = free {
        let _ = std::fs::remove_file(&new);
        return Err(text);
    }
    for end in ["", "-wal", "-shm"] {
        let old = PathBuf::from(format!("{}{end}", file.display()));
        if std::fs::metadata(&old).is_ok_and(|found| found.len() > 0) {
            std::fs::rename(&old, format!("{}.{aside}{end}", file.display())).map_err(io)?;
            if end.is_empty() {
                println!("What was there is kept as {}.{aside}.", file.display());
            }
        } else {
            let _ = std::fs::remove_file(&old);
        }
    }
    std::fs::File::open(&new).and_then(|file| file.sync_all()).map_err(io)?;
    std::fs::rename(&new, file).map_err(io)
}

async fn there(file: &Path, now: i64) -> Result<Found, String> {
    if std::fs::metadata(file).map_or(0, |found| found.len()) == 0 {
        return Ok(Found::Nothing);
    }
    backup::found_sqlite(file, now).await.map_err(|e| told(&e))
}

async fn postgres(config: &Config, args: &RestoreArgs, aside: &str, now: i64) -> Result<(), String> {
    let db = Db::open(&config.migrate_database_url).await.map_err(|e| e.to_string())?;
    let found = backup::found_postgres(&db, now).await.map_err(|e| told(&e))?;
    may_replace(found, args.force)?;
    if found != Found::Nothing {
        backup::set_aside_postgres(&db, aside).await.map_err(|e| told(&e))?;
    }
    let args_of = ["--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"];
    if let Err(text) = pg(config, "pg_restore", &args_of, &args.from) {
        if found != Found::Nothing {
            backup::put_back_postgres(&db, aside).await.map_err(|e| told(&e))?;
        }
        return Err(format!("{text}\nThe database is as it was."));
    }
    if found != Found::Nothing {
        println!(
            "What was there is kept in the schema {aside}. When you no longer need it: DROP SCHEMA {aside} CASCADE."
        );
    }
    Ok(())
}
