//! From a [`Pb`] to bytes.

use super::Pb;
use std::io::{BufWriter, Result, Write};

/// Writes a `.pb` file: UTF-8, lines ending with LF, quotes only where they are needed. Reading it gives an equal [`Pb`].
///
/// # Errors
/// What `target` reports.
pub fn write(pb: &Pb, target: impl Write) -> Result<()> {
    let mut out = BufWriter::new(target);
    out.write_all(b"META\nkey;value\n")?;
    for (key, value) in &pb.meta {
        record(&mut out, [key.as_str(), value].into_iter(), 2)?;
    }
    for (name, columns, rows) in
        [("PROJECTS", &pb.project_columns, &pb.projects), ("VOTES", &pb.vote_columns, &pb.votes)]
    {
        writeln!(out, "{name}")?;
        record(&mut out, columns.iter().map(String::as_str), columns.len())?;
        for row in rows.iter() {
            record(&mut out, row.fields(), columns.len())?;
        }
    }
    out.flush()
}

/// One record, with empty fields up to the number of columns. What could be taken for the name of a section is quoted.
fn record<'a>(out: &mut impl Write, fields: impl Iterator<Item = &'a str>, columns: usize) -> Result<()> {
    let mut written = 0;
    for text in fields {
        if written > 0 {
            out.write_all(b";")?;
        }
        let is_section = || ["META", "PROJECTS", "VOTES"].iter().any(|name| text.trim().eq_ignore_ascii_case(name));
        field(out, text, written == 0 && is_section())?;
        written += 1;
    }
    for _ in written.max(1)..columns {
        out.write_all(b";")?;
    }
    out.write_all(b"\n")
}

fn field(out: &mut impl Write, text: &str, always: bool) -> Result<()> {
    if !always && !text.contains([';', '"', '\n', '\r']) {
        return out.write_all(text.as_bytes());
    }
    write!(out, "\"{}\"", text.replace('"', "\"\""))
}
