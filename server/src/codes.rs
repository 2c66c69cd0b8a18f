//! `fijnebuurt codes`: a round's roll and its vote codes, for rolls too large for a page.

use crate::config::Config;
use crate::start;
use clap::Args;
use domain::access::{Actor, Denied};
use services::codes::Letter;
use services::{ActError, World, codes, letters, rolls};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What to do with a round.
#[derive(Args)]
pub struct CodesArgs {
    /// The round, as it stands in its address: /stemmen/ROUND.
    round: String,
    /// Put the voters of this CSV file on the roll first: columns postcode, and adres, plaats, naam, aantal where there are any.
    #[arg(long, value_name = "FILE")]
    roll: Option<PathBuf>,
    /// Make codes and write them to this new CSV file, for a printer.
    #[arg(long, value_name = "FILE", conflicts_with = "letters")]
    csv: Option<PathBuf>,
    /// Make codes and write the letters to this new PDF file.
    #[arg(long, value_name = "FILE")]
    letters: Option<PathBuf>,
    /// Take all earlier codes back first: only before voting opens.
    #[arg(long)]
    anew: bool,
}

/// Most letters in one PDF.
const PDF_MOST: usize = 5_000;

/// Does it; prints figures, never a code.
///
/// # Errors
/// A sentence that says what to do.
pub async fn run(config: &Config, args: &CodesArgs) -> Result<(), String> {
    let world = start::world(config).await?;
    // First: a roll changes only while it has no codes.
    if args.anew {
        let taken = codes::anew(&world, &Actor::operator(), &args.round).await.map_err(told)?;
        println!("Took {taken} codes back.");
    }
    if let Some(file) = &args.roll {
        import(&world, &args.round, file).await?;
    }
    if let Some(file) = &args.csv {
        let round = round(&world, &args.round).await?;
        let mut out = create(file)?;
        let mut first = true;
        let made = codes::issue(&world, &Actor::operator(), &args.round, |some| {
            let bytes = letters::csv(&round, &config.base_url, &some, std::mem::take(&mut first))?;
            out.write_all(&bytes).and_then(|()| out.sync_data()).map_err(|e| lost(file, &e.to_string()))
        })
        .await
        .map_err(told)?;
        println!("Made {made} codes: {}. Keep the file safe and wipe it after printing.", file.display());
    }
    if let Some(file) = &args.letters {
        print(&world, config, args, file).await?;
    }
    Ok(())
}

async fn print(world: &World, config: &Config, args: &CodesArgs, file: &Path) -> Result<(), String> {
    let program = config.letters_program.as_deref().ok_or(
        "There is no program for letters. Put fijnebuurt-letters beside this program, or set LETTERS_PROGRAM; --csv needs none.",
    )?;
    let round = round(world, &args.round).await?;
    let mut c = world.db.read().await.map_err(|e| e.to_string())?;
    let waiting = store::rounds::without_code(&mut c, round.id, 0, PDF_MOST + 1).await.map_err(|e| e.to_string())?;
    drop(c);
    if waiting.len() > PDF_MOST {
        return Err(format!(
            "One PDF holds {PDF_MOST} letters at most. Use --csv, and let the printer make the letters."
        ));
    }
    // What cannot be printed must be known before codes are made that nobody would see.
    let proof = letters::proof(world, &round).await.map_err(|e| e.to_string())?;
    letters::print(program, &letters::job(&round, &config.base_url, &[proof])).await?;
    let mut out = create(file)?;
    let mut all: Vec<Letter> = Vec::new();
    let made = codes::issue(world, &Actor::operator(), &args.round, |some| {
        all.extend(some);
        Ok(())
    })
    .await
    .map_err(told)?;
    let pdf = letters::print(program, &letters::job(&round, &config.base_url, &all))
        .await
        .map_err(|why| format!("{why} Its codes stand nowhere: run again with --anew."))?;
    out.write_all(&pdf).and_then(|()| out.sync_all()).map_err(|e| lost(file, &e.to_string()))?;
    println!("Made {made} letters: {}. Keep the file safe and wipe it after printing.", file.display());
    Ok(())
}

/// Writes letters that nobody used yet to a file in `DATA_DIR`, and says where to enter one of their codes: for the demo city,
/// whose codes are worth nothing.
///
/// # Errors
/// A sentence that says what to do.
pub fn write_unused(config: &Config, round: &store::rounds::Round, some: &[Letter]) -> Result<(), String> {
    let Some(first) = some.first() else { return Ok(()) };
    let file = config.data_dir.join(format!("stemcodes-{}.csv", round.slug));
    let bytes = letters::csv(round, &config.base_url, some, true)?;
    create(&file)?.write_all(&bytes).map_err(|e| format!("{} cannot be written: {e}.", file.display()))?;
    println!(
        "{}: vote with a letter at {}{}, for instance with code {}; {} more in {}.",
        round.title,
        config.base_url,
        domain::urls::RoundCode { round: round.slug.clone() },
        first.code.grouped(),
        some.len() - 1,
        file.display()
    );
    Ok(())
}

async fn import(world: &World, round: &str, file: &Path) -> Result<(), String> {
    let csv = std::fs::read_to_string(file)
        .map_err(|e| format!("{} cannot be read: {e}. It must be CSV in UTF-8.", file.display()))?;
    match rolls::import(world, &Actor::operator(), round, &csv).await.map_err(told)? {
        Ok(count) => {
            println!("Put {count} voters on the roll.");
            Ok(())
        }
        Err(checked) if checked.no_header => {
            Err(format!("{}: the first line must name the columns, with postcode at least.", file.display()))
        }
        Err(checked) => {
            let lines: Vec<String> =
                checked.wrong.iter().map(|(line, why)| format!("  line {line}: {}", why.key())).collect();
            Err(format!(
                "{}: {} lines are wrong, {} are right; nothing was put on the roll.\n{}",
                file.display(),
                checked.wrong_count,
                checked.rows,
                lines.join("\n")
            ))
        }
    }
}

async fn round(world: &World, slug: &str) -> Result<store::rounds::Round, String> {
    let mut c = world.db.read().await.map_err(|e| e.to_string())?;
    store::rounds::by_slug(&mut c, slug)
        .await
        .map_err(|e| e.to_string())?
        .ok_or_else(|| format!("There is no round '{slug}'. Take the name from its address: /stemmen/NAME."))
}

/// A new file that only its owner reads; one that is there is never overwritten.
fn create(file: &Path) -> Result<std::fs::File, String> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(file)
        .map_err(|e| format!("{} cannot be made: {e}. Name a file that is not there yet.", file.display()))
}

fn lost(file: &Path, why: &str) -> String {
    format!(
        "{} cannot be written ({why}). Codes were made that stand in no file: run again with --anew.",
        file.display()
    )
}

fn told(error: ActError) -> String {
    match error {
        ActError::NotFound => "There is no such round. Take its name from its address: /stemmen/NAME.".into(),
        ActError::Denied(Denied::State) => {
            "The round cannot do this now: it must vote with codes, and lists and new batches end when voting opens."
                .into()
        }
        error => error.to_string(),
    }
}
