//! The program `fijnebuurt`: one file that serves, migrates, imports and checks.

mod audit;
mod backup;
mod codes;
mod config;
mod demo;
mod doctor;
mod figures;
mod private;
mod restore;
mod start;
mod tally;
mod verify;

use clap::{Parser, Subcommand};
use config::Config;
use services::budget::BudgetFiles;
use std::path::PathBuf;
use std::process::ExitCode;
use store::Db;

#[derive(Parser)]
#[command(name = "fijnebuurt", version, about = "The participation platform of a city's neighbourhoods.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site; brings the database up to date first.
    Serve,
    /// Bring the database up to date.
    Migrate,
    /// The city's budget.
    #[command(subcommand)]
    Budget(BudgetCommand),
    /// Fill an empty database with a fictional city to try things out in.
    Demo {
        /// Only the budget, the banner and the movable clock: people and plans are for you to bring.
        #[arg(long)]
        empty: bool,
    },
    /// Make the first administrator; the password is read from standard input.
    Admin {
        /// Mail address.
        email: String,
        /// Name.
        name: String,
    },
    /// Count an election in Pabulib's format; exits with 2 when the file cannot be counted.
    Tally(tally::TallyArgs),
    /// Check the published bundle of a round, and count it again; exits with 1 when something is wrong, 2 for what is no bundle.
    Verify(verify::VerifyArgs),
    /// Put voters on the roll of a round, and make their codes: they leave once, in the file that is named.
    Codes(codes::CodesArgs),
    /// Copy the whole database to a file while the site goes on; the keys are copied apart.
    Backup(backup::BackupArgs),
    /// Put a backup where the settings say the database is, and check it; exits with 1 when something is wrong with it.
    Restore(restore::RestoreArgs),
    /// Look at everything the platform leans on and say what to do; exits with 1 when something is wrong.
    Doctor {
        /// One thing: `ledger`, `audit`, or `figures` (sums of dashboards, which are mended); everything when left out.
        what: Option<String>,
    },
}

#[derive(Subcommand)]
enum BudgetCommand {
    /// Import programmabudget.csv, buurten.csv and wijken.csv; without a folder the wijkaanpak of 2008 that ships with the program.
    Import {
        /// Folder with the three files.
        folder: Option<PathBuf>,
    },
}

/// The wijkaanpak's figures as printed in its tables 5-I and 5-II.
fn reference_budget() -> BudgetFiles {
    BudgetFiles {
        programmes: include_str!("../reference-data/programmabudget.csv").into(),
        buurten: include_str!("../reference-data/buurten.csv").into(),
        wijken: include_str!("../reference-data/wijken.csv").into(),
    }
}

fn read_budget(folder: Option<PathBuf>) -> Result<BudgetFiles, String> {
    let Some(folder) = folder else { return Ok(reference_budget()) };
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name)).map_err(|e| format!("{} cannot be read: {e}. The folder must hold programmabudget.csv, buurten.csv and wijken.csv in UTF-8.", folder.join(name).display()))
    };
    Ok(BudgetFiles {
        programmes: read("programmabudget.csv")?,
        buurten: read("buurten.csv")?,
        wijken: read("wijken.csv")?,
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("LOG").unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    if let Command::Tally(args) = &cli.command {
        return tally::run(args).map_or_else(
            |text| {
                eprintln!("{text}");
                ExitCode::from(2)
            },
            |()| ExitCode::SUCCESS,
        );
    }
    if let Command::Verify(args) = cli.command {
        return verify::run(args).await;
    }
    if let Command::Doctor { what } = &cli.command {
        return doctor::run(what.as_deref()).await;
    }
    match run(cli).await {
        Ok(status) => status,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, String> {
    let config = Config::read()?;
    // Makes nothing: a database that is not there must be found missing.
    if let Command::Backup(args) = &cli.command {
        return backup::run(&config, args).await.map(|()| ExitCode::SUCCESS);
    }
    private::keep(&config)?;
    if let Command::Restore(args) = &cli.command {
        return restore::run(&config, args).await;
    }
    act(&config, cli.command).await.map(|()| ExitCode::SUCCESS)
}

async fn act(config: &Config, command: Command) -> Result<(), String> {
    match command {
        Command::Serve => start::serve(config).await,
        Command::Migrate => {
            Db::migrate(&config.migrate_database_url).await.map_err(|e| e.to_string())?;
            Db::grant(&config.migrate_database_url, &config.database_url).await.map_err(|e| e.to_string())
        }
        Command::Budget(BudgetCommand::Import { folder }) => {
            let files = read_budget(folder)?;
            let world = start::world(config).await?;
            match services::budget::import(&world, files, None).await.map_err(|e| e.to_string())? {
                Some(lines) => println!("Imported {lines} lines of the budget."),
                None => println!("These files were imported before: nothing changed."),
            }
            Ok(())
        }
        Command::Demo { empty } => {
            let world = start::world(config).await?;
            if empty {
                println!("{}", demo::start(&world, reference_budget()).await?);
                return Ok(());
            }
            let (done, letters) = demo::fill(world, reference_budget()).await?;
            println!("{done}");
            letters.iter().try_for_each(|unused| codes::write_unused(config, &unused.round, &unused.letters))
        }
        Command::Admin { email, name } => {
            let mut password = String::new();
            std::io::stdin().read_line(&mut password).map_err(|e| format!("The password cannot be read: {e}"))?;
            let world = start::world(config).await?;
            match services::accounts::make_administrator(&world, &name, &email, password.trim_end_matches(['\r', '\n']))
                .await
            {
                Ok(_) => println!("{name} is administrator and can sign in with {email}."),
                Err(services::ActError::Form(errors)) => {
                    return Err(format!("Not made: {errors:?}. Take a longer password, such as four unrelated words."));
                }
                Err(error) => return Err(error.to_string()),
            }
            Ok(())
        }
        // Answered before this.
        Command::Tally(_) | Command::Verify(_) | Command::Doctor { .. } | Command::Backup(_) | Command::Restore(_) => {
            Ok(())
        }
        Command::Codes(args) => codes::run(config, &args).await,
    }
}
