//! What the platform remembers: SQLite in one file, or PostgreSQL for several processes, behind one small type.
//!
//! SQL is written once with `$1` placeholders through [`sql!`], which registers each statement so that one test prepares
//! them all on both engines. Add a file per aggregate with plain `async fn name(c: &mut Conn, ..)` functions; writes run
//! inside [`Db::write`]. Only `dialect.rs` may tell the engines apart.

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod budget;
mod conn;
mod db;
mod dialect;
pub mod execution;
pub mod figures;
pub mod help;
pub mod initiatives;
pub mod ledger;
pub mod notices;
pub mod operator;
pub mod outbox;
pub mod personal;
pub mod places;
pub mod results;
pub mod rounds;
pub mod system;
pub mod waves;

pub use conn::{Conn, Row, Val};
pub use db::{Db, Unit};
#[doc(hidden)]
pub use inventory;

/// A statement with its place in the source.
#[derive(Debug)]
pub struct Stmt {
    /// SQL with `$1` placeholders.
    pub text: &'static str,
    /// Source file.
    pub file: &'static str,
    /// Line in it.
    pub line: u32,
}

/// Every statement made with [`sql!`], for the test that prepares them all.
pub struct Registered(pub &'static Stmt);
inventory::collect!(Registered);

/// All registered statements.
pub fn statements() -> impl Iterator<Item = &'static Stmt> {
    inventory::iter::<Registered>.into_iter().map(|r| r.0)
}

/// A registered statement: `c.rows(sql!("SELECT id FROM buurt WHERE slug = $1"), &[slug.into()])`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {{
        static STATEMENT: $crate::Stmt = $crate::Stmt { text: $text, file: file!(), line: line!() };
        $crate::inventory::submit! { $crate::Registered(&STATEMENT) }
        &STATEMENT
    }};
}

/// What can go wrong below the services. Never shown to people: the page says what to do, the log says why.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A UNIQUE rule said no: somebody was first.
    #[error("already there")]
    Duplicate(#[source] sqlx::Error),
    /// A CHECK, foreign key or trigger said no.
    #[error("refused by a rule of the database")]
    Refused(#[source] sqlx::Error),
    /// The engine failed; trying again later may help.
    #[error("the database failed at {place}")]
    Engine {
        /// File and line of the statement.
        place: String,
        /// What the engine said.
        #[source]
        source: sqlx::Error,
    },
    /// A row does not hold what the code expects.
    #[error("corrupt row: column {column}")]
    Corrupt {
        /// Which column.
        column: String,
        /// What decoding said.
        #[source]
        source: Option<sqlx::Error>,
    },
    /// The unit was rolled back together with its batch, or the writer is gone.
    #[error("nothing was written: {0}")]
    NotCommitted(&'static str),
    /// The database cannot be opened; the text names the remedy.
    #[error("{0}")]
    Open(String),
}
