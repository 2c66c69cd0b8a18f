//! The only place where the two engines differ.

use crate::{Conn, StoreError, Val};
use sqlx::error::DatabaseError;

/// A trigger's own refusal: RAISE(ABORT) on SQLite (SQLITE_CONSTRAINT_TRIGGER 1811), RAISE EXCEPTION on PostgreSQL (P0001).
pub fn is_trigger_refusal(error: &dyn DatabaseError) -> bool {
    matches!(error.code().as_deref(), Some("1811" | "P0001"))
}

/// The statement that opens a write unit.
pub const BEGIN_SQLITE: &str = "BEGIN IMMEDIATE";
/// Limits so that a hung unit cannot hold others up for ever.
pub const BEGIN_POSTGRES: &str = "BEGIN; SET LOCAL statement_timeout = '20s'; SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '30s'";

/// Writes the boxes' tables anew: an empty one at once, whatever others still read; one that a running round or wave uses
/// as far as nobody reads the old rows. One statement at a time, since VACUUM may not run inside a transaction.
pub const WIPE_POSTGRES: [&str; 2] = [
    "DO $$ DECLARE box TEXT; used BOOLEAN; BEGIN \
     PERFORM set_config('lock_timeout', '5s', true); \
     FOREACH box IN ARRAY ARRAY['ballot_box', 'ballot_retry', 'answer_box', 'answer_retry'] LOOP \
       EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', box); \
       EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', box) INTO used; \
       IF NOT used THEN EXECUTE format('TRUNCATE %I', box); END IF; \
     END LOOP; END $$",
    "VACUUM (FULL) ballot_box, ballot_retry, answer_box, answer_retry",
];

/// What the serving role may do where another role owns the tables: read and write, but never change an audit line, a
/// transfer or a balance, and wipe the boxes. `%1$I` is the role.
pub const GRANTS_POSTGRES: &str = "GRANT USAGE ON SCHEMA public TO %1$I; \
     GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %1$I; \
     GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO %1$I; \
     REVOKE UPDATE, DELETE ON audit, audit_chain, audit_digest, transfer, ledger_account, year_closing FROM %1$I; \
     REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM %1$I; \
     GRANT TRUNCATE ON ballot_box, ballot_retry, answer_box, answer_retry TO %1$I";

impl Conn {
    /// Holds the round for casting (shared with other casts, never beside a close). SQLite's one writer queue does the same.
    ///
    /// # Errors
    /// [`StoreError`] when the lock cannot be had in time.
    pub async fn lock_shared(&mut self, round: i64) -> Result<(), StoreError> {
        match self {
            Self::Postgres(_) => self
                .rows(
                    crate::sql_pg!("SELECT 1 AS ok FROM (SELECT pg_advisory_xact_lock_shared($1)) AS l"),
                    &[round.into()],
                )
                .await
                .map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Holds the round for a cast ([`Conn::lock_shared`]), and lets casts of one voter follow each other (`voter`: drawn from
    /// the pseudonym, so that it meets no other lock).
    ///
    /// # Errors
    /// [`StoreError`] when a lock cannot be had in time.
    pub async fn lock_cast(&mut self, round: i64, voter: i64) -> Result<(), StoreError> {
        match self {
            Self::Postgres(_) => self
                .rows(
                    crate::sql_pg!(
                        "SELECT 1 AS ok FROM (SELECT pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock($2)) AS l"
                    ),
                    &[round.into(), voter.into()],
                )
                .await
                .map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Holds the round for the close: waits for every cast under way and keeps new ones out.
    ///
    /// # Errors
    /// [`StoreError`] when the lock cannot be had in time.
    pub async fn lock_exclusive(&mut self, round: i64) -> Result<(), StoreError> {
        match self {
            Self::Postgres(_) => self
                .rows(crate::sql_pg!("SELECT 1 AS ok FROM (SELECT pg_advisory_xact_lock($1)) AS l"), &[round.into()])
                .await
                .map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Lets one unit at a time handle the same form (`form`: a digest of its key), so that a second try waits and then finds
    /// the answer of the first. SQLite's one writer queue does the same.
    ///
    /// # Errors
    /// [`StoreError`] when the lock cannot be had in time.
    pub async fn lock_form(&mut self, form: i64) -> Result<(), StoreError> {
        self.lock_exclusive(form).await
    }

    /// Puts entries on a roll in one statement: address, voter nth of so many there, and what it is found by.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub async fn add_entries(
        &mut self,
        round: i64,
        entries: &[(String, usize, usize, String)],
    ) -> Result<u64, StoreError> {
        let list = json(entries);
        let vals = [round.into(), list.as_str().into()];
        match self {
            Self::Postgres(_) => self.exec(crate::sql_pg!("INSERT INTO roll_entry (round_id, address, nth, household, found_by) SELECT $1, j.value ->> 0, CAST(j.value ->> 1 AS BIGINT), CAST(j.value ->> 2 AS BIGINT), j.value ->> 3 FROM jsonb_array_elements(CAST($2 AS jsonb)) j"), &vals).await,
            _ => self.exec(crate::sql_lite!("INSERT INTO roll_entry (round_id, address, nth, household, found_by) SELECT $1, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]') FROM json_each($2)"), &vals).await,
        }
    }

    /// Gives entries their codes (entry, HMAC as hexadecimal) in one statement; says how many had none before.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub async fn set_codes(&mut self, round: i64, codes: &[(i64, String)]) -> Result<u64, StoreError> {
        let list = json(codes);
        let vals = [round.into(), list.as_str().into()];
        // The `+` keeps SQLite from walking the whole roll for each code: rows are found by their id.
        match self {
            Self::Postgres(_) => self.exec(crate::sql_pg!("UPDATE roll_entry SET code_hash = decode(j.value ->> 1, 'hex') FROM jsonb_array_elements(CAST($2 AS jsonb)) j WHERE roll_entry.id = CAST(j.value ->> 0 AS BIGINT) AND round_id = $1 AND code_hash IS NULL"), &vals).await,
            _ => self.exec(crate::sql_lite!("UPDATE roll_entry SET code_hash = unhex(json_extract(j.value, '$[1]')) FROM json_each($2) j WHERE roll_entry.id = CAST(json_extract(j.value, '$[0]') AS INTEGER) AND +roll_entry.round_id = $1 AND +roll_entry.code_hash IS NULL"), &vals).await,
        }
    }

    /// Remembers key and digest of the ballot in the box, and puts another in its place: round, pseudonym, picks, tokens, key,
    /// digest. One statement where the engine can.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub async fn replace_boxed(&mut self, vals: &[Val; 6]) -> Result<u64, StoreError> {
        match self {
            Self::Postgres(_) => self.exec(crate::sql_pg!("WITH replaced AS (INSERT INTO ballot_retry (round_id, pseudonym, idempotency_key, digest) SELECT round_id, pseudonym, idempotency_key, digest FROM ballot_box WHERE round_id = $1 AND pseudonym = $2 ON CONFLICT (round_id, pseudonym, idempotency_key) DO NOTHING) UPDATE ballot_box SET picks = $3, tokens = $4, idempotency_key = $5, digest = $6 WHERE round_id = $1 AND pseudonym = $2"), vals).await,
            _ => {
                self.exec(crate::sql_lite!("INSERT INTO ballot_retry (round_id, pseudonym, idempotency_key, digest) SELECT round_id, pseudonym, idempotency_key, digest FROM ballot_box WHERE round_id = $1 AND pseudonym = $2 ON CONFLICT (round_id, pseudonym, idempotency_key) DO NOTHING"), &vals[..2]).await?;
                self.exec(crate::sql_lite!("UPDATE ballot_box SET picks = $3, tokens = $4, idempotency_key = $5, digest = $6 WHERE round_id = $1 AND pseudonym = $2"), vals).await
            }
        }
    }

    /// The clock of the database, in UTC seconds: that of this machine, or of the server.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub async fn clock(&mut self) -> Result<i64, StoreError> {
        match self {
            Self::Postgres(_) => {
                self.one(crate::sql_pg!("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT) AS at"), &[])
                    .await
            }
            _ => self.one(crate::sql_lite!("SELECT CAST(strftime('%s', 'now') AS INTEGER) AS at"), &[]).await,
        }?
        .int("at")
    }

    /// Names of all tables of the platform, sorted.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub async fn tables(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = match self {
            Self::Postgres(_) => {
                self.rows(crate::sql_pg!("SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%' ORDER BY 1"), &[]).await?
            }
            _ => self.rows(crate::sql_lite!("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1"), &[]).await?,
        };
        rows.iter().map(|r| r.text("name")).collect()
    }

    /// Columns of a table with their kind (`int`, `text`, `blob`) and whether NULL is allowed, sorted by name.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<(String, String, bool)>, StoreError> {
        let rows = match self {
            Self::Postgres(_) => {
                self.rows(crate::sql_pg!("SELECT column_name::text AS name, data_type::text AS kind, CASE WHEN is_nullable = 'YES' THEN 1::bigint ELSE 0 END AS nullable FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1"), &[table.into()]).await?
            }
            _ => self.rows(crate::sql_lite!("SELECT name, type AS kind, CASE WHEN \"notnull\" = 0 AND pk = 0 THEN 1 ELSE 0 END AS nullable FROM pragma_table_info($1)"), &[table.into()]).await?,
        };
        let mut columns = rows
            .iter()
            .map(|r| {
                let kind = match r.text("kind")?.to_lowercase().as_str() {
                    "integer" | "bigint" => "int",
                    "blob" | "bytea" => "blob",
                    _ => "text",
                };
                Ok((r.text("name")?, kind.to_owned(), r.flag("nullable")?))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        columns.sort();
        Ok(columns)
    }

    /// Which engine this is, for logs and tests.
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Postgres(_) => "postgres",
            _ => "sqlite",
        }
    }
}

/// A list as JSON; strings and numbers always can be.
fn json<T: serde::Serialize>(list: &[T]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".into())
}

/// A statement for PostgreSQL alone; stays in this file.
#[macro_export]
#[doc(hidden)]
macro_rules! sql_pg {
    ($text:literal) => {{
        static STATEMENT: $crate::Stmt = $crate::Stmt { text: $text, file: file!(), line: line!() };
        &STATEMENT
    }};
}
/// A statement for SQLite alone; stays in this file.
#[macro_export]
#[doc(hidden)]
macro_rules! sql_lite {
    ($text:literal) => {{
        static STATEMENT: $crate::Stmt = $crate::Stmt { text: $text, file: file!(), line: line!() };
        &STATEMENT
    }};
}
