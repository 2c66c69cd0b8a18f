//! One connection of either engine, values to bind and rows to read.

use crate::{Stmt, StoreError};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{
    Column as _, Decode, Postgres, Row as _, Sqlite, SqliteConnection, Type, TypeInfo as _, pool::PoolConnection,
};

/// A value to bind.
#[derive(Clone, Debug)]
pub enum Val {
    /// A whole number or NULL.
    Int(Option<i64>),
    /// Text or NULL.
    Text(Option<String>),
    /// Bytes or NULL.
    Blob(Option<Vec<u8>>),
}

macro_rules! from {
    ($($type:ty => |$v:ident| $to:expr;)+) => {$(
        impl From<$type> for Val { fn from($v: $type) -> Self { $to } }
    )+};
}

from! {
    i64 => |v| Self::Int(Some(v));
    Option<i64> => |v| Self::Int(v);
    bool => |v| Self::Int(Some(i64::from(v)));
    usize => |v| Self::Int(i64::try_from(v).ok());
    &str => |v| Self::Text(Some(v.to_owned()));
    String => |v| Self::Text(Some(v));
    &String => |v| Self::Text(Some(v.clone()));
    Option<String> => |v| Self::Text(v);
    Option<&str> => |v| Self::Text(v.map(str::to_owned));
    Vec<u8> => |v| Self::Blob(Some(v));
    &[u8] => |v| Self::Blob(Some(v.to_vec()));
    Option<&[u8]> => |v| Self::Blob(v.map(<[u8]>::to_vec));
    &[u8; 32] => |v| Self::Blob(Some(v.to_vec()));
    [u8; 32] => |v| Self::Blob(Some(v.to_vec()));
    domain::money::Cents => |v| Self::Int(Some(v.0));
}

/// A connection; reads take one from the pool, writes get one through [`crate::Unit`].
pub enum Conn {
    /// The one writer of SQLite.
    SqliteWriter(Box<SqliteConnection>),
    /// A reader of SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

/// A row of either engine, read by column name.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

fn bind_sqlite(stmt: &Stmt, vals: &[Val]) -> Query<'static, Sqlite, SqliteArguments> {
    vals.iter().cloned().fold(sqlx::query(stmt.text), |q, v| match v {
        Val::Int(v) => q.bind(v),
        Val::Text(v) => q.bind(v),
        Val::Blob(v) => q.bind(v),
    })
}

fn bind_postgres(stmt: &Stmt, vals: &[Val]) -> Query<'static, Postgres, PgArguments> {
    vals.iter().cloned().fold(sqlx::query(stmt.text), |q, v| match v {
        Val::Int(v) => q.bind(v),
        Val::Text(v) => q.bind(v),
        Val::Blob(v) => q.bind(v),
    })
}

/// Sorts an engine's error into ours.
pub(crate) fn sort_error(place: impl FnOnce() -> String, error: sqlx::Error) -> StoreError {
    use sqlx::error::ErrorKind;
    match error.as_database_error().map(|e| e.kind()) {
        Some(ErrorKind::UniqueViolation) => StoreError::Duplicate(error),
        Some(ErrorKind::ForeignKeyViolation | ErrorKind::NotNullViolation | ErrorKind::CheckViolation) => {
            StoreError::Refused(error)
        }
        _ if error.as_database_error().is_some_and(crate::dialect::is_trigger_refusal) => StoreError::Refused(error),
        _ => StoreError::Engine { place: place(), source: error },
    }
}

/// Every statement passes here on its way to an engine, its values left out: `LOG=store::statement=trace`, and tests count.
fn passes(text: &'static str) {
    tracing::trace!(target: "store::statement", "{text}");
}

impl Conn {
    /// All rows.
    ///
    /// # Errors
    /// [`StoreError`] sorted by kind.
    pub async fn rows(&mut self, stmt: &'static Stmt, vals: &[Val]) -> Result<Vec<Row>, StoreError> {
        passes(stmt.text);
        let place = || format!("{}:{}", stmt.file, stmt.line);
        match self {
            Self::SqliteWriter(c) => {
                bind_sqlite(stmt, vals).fetch_all(&mut **c).await.map(|r| r.into_iter().map(Row::Sqlite).collect())
            }
            Self::Sqlite(c) => {
                bind_sqlite(stmt, vals).fetch_all(&mut **c).await.map(|r| r.into_iter().map(Row::Sqlite).collect())
            }
            Self::Postgres(c) => {
                bind_postgres(stmt, vals).fetch_all(&mut **c).await.map(|r| r.into_iter().map(Row::Postgres).collect())
            }
        }
        .map_err(|e| sort_error(place, e))
    }

    /// The first row, if any.
    ///
    /// # Errors
    /// [`StoreError`] sorted by kind.
    pub async fn row(&mut self, stmt: &'static Stmt, vals: &[Val]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(stmt, vals).await?.into_iter().next())
    }

    /// The one row that must be there (counts, `RETURNING`).
    ///
    /// # Errors
    /// [`StoreError`]; a missing row is [`StoreError::Corrupt`].
    pub async fn one(&mut self, stmt: &'static Stmt, vals: &[Val]) -> Result<Row, StoreError> {
        self.row(stmt, vals).await?.ok_or_else(|| StoreError::Corrupt {
            column: format!("(no row at {}:{})", stmt.file, stmt.line),
            source: None,
        })
    }

    /// Runs a statement; gives the number of rows it changed.
    ///
    /// # Errors
    /// [`StoreError`] sorted by kind.
    pub async fn exec(&mut self, stmt: &'static Stmt, vals: &[Val]) -> Result<u64, StoreError> {
        passes(stmt.text);
        let place = || format!("{}:{}", stmt.file, stmt.line);
        match self {
            Self::SqliteWriter(c) => bind_sqlite(stmt, vals).execute(&mut **c).await.map(|r| r.rows_affected()),
            Self::Sqlite(c) => bind_sqlite(stmt, vals).execute(&mut **c).await.map(|r| r.rows_affected()),
            Self::Postgres(c) => bind_postgres(stmt, vals).execute(&mut **c).await.map(|r| r.rows_affected()),
        }
        .map_err(|e| sort_error(place, e))
    }

    /// Runs plain text without values (BEGIN, dialect statements).
    pub(crate) async fn raw(&mut self, text: &'static str) -> Result<(), StoreError> {
        passes(text);
        match self {
            Self::SqliteWriter(c) => sqlx::raw_sql(text).execute(&mut **c).await.map(|_| ()),
            Self::Sqlite(c) => sqlx::raw_sql(text).execute(&mut **c).await.map(|_| ()),
            Self::Postgres(c) => sqlx::raw_sql(text).execute(&mut **c).await.map(|_| ()),
        }
        .map_err(|e| sort_error(|| text.to_owned(), e))
    }
}

impl Row {
    fn get<T>(&self, column: &str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
        .map_err(|source| StoreError::Corrupt { column: column.to_owned(), source: Some(source) })
    }

    /// A whole number; NULL is corrupt.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn int(&self, column: &str) -> Result<i64, StoreError> {
        // SQLite decodes NULL into 0 for a plain i64, so NULL is asked for first.
        self.opt_int(column)?.ok_or_else(|| null(column))
    }

    /// A whole number or NULL.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        match self {
            // A bare 0 or 1 in a statement is an INT4 there, and every column of ours an INT8.
            Self::Postgres(row) if row.try_column(column).is_ok_and(|c| c.type_info().name() == "INT4") => {
                row.try_get::<Option<i32>, _>(column).map(|n| n.map(i64::from))
            }
            Self::Postgres(row) => row.try_get(column),
            Self::Sqlite(row) => row.try_get(column),
        }
        .map_err(|source| StoreError::Corrupt { column: column.to_owned(), source: Some(source) })
    }

    /// A 0/1 column.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn flag(&self, column: &str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    /// An amount in cents.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn cents(&self, column: &str) -> Result<domain::money::Cents, StoreError> {
        Ok(domain::money::Cents(self.int(column)?))
    }

    /// Text; NULL is corrupt.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn text(&self, column: &str) -> Result<String, StoreError> {
        self.opt_text(column)?.ok_or_else(|| null(column))
    }

    /// Text or NULL.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn opt_text(&self, column: &str) -> Result<Option<String>, StoreError> {
        self.get(column)
    }

    /// Bytes; NULL is corrupt.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn blob(&self, column: &str) -> Result<Vec<u8>, StoreError> {
        self.opt_blob(column)?.ok_or_else(|| null(column))
    }

    /// Bytes or NULL.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn opt_blob(&self, column: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(column)
    }
}

fn null(column: &str) -> StoreError {
    StoreError::Corrupt { column: column.to_owned(), source: None }
}
