//! Sheets as files for a spreadsheet. CSV and XLSX hold the same values: amounts in euro, texts as texts.

use crate::ActError;
use crate::table::Table;
use domain::help::Count;
use domain::money::Cents;
use domain::overview::{Head, Sheet, Value};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use texts::Lang;

/// A cell of a file.
enum Cell {
    /// A whole number.
    Whole(i64),
    /// Cents, written in euro.
    Euro(Cents),
    /// Tenths, written as a decimal.
    Tenths(i64),
    /// Words; never a formula.
    Words(String),
}

fn cell(lang: Lang, value: &Value) -> Cell {
    match value {
        Value::Count(n) | Value::Told(Count::Exactly(n)) => Cell::Whole(*n),
        Value::Told(Count::None) => Cell::Whole(0),
        Value::Money(c) | Value::AtLeast(c) => Cell::Euro(*c),
        Value::Tenths(n) => Cell::Tenths(*n),
        Value::Yes(yes) => Cell::Words(texts::t(lang, if *yes { "overview-yes" } else { "overview-no" })),
        Value::Unknown => Cell::Words(texts::t(lang, "overview-unknown")),
        Value::Told(Count::Some) | Value::TooFew => Cell::Words(texts::t(lang, "overview-too-few")),
        Value::NotShown => Cell::Words(String::new()),
        Value::Words(words) => Cell::Words(words.clone()),
        Value::Text(key) => Cell::Words(texts::t(lang, key)),
        Value::Day(at) => Cell::Words(texts::rfc3339_day(*at)),
        Value::Month(month) => Cell::Words(format!("{}-{:02}", month / 100, month % 100)),
    }
}

/// Cents as euro with a point: -12.05.
fn euro(c: Cents) -> String {
    format!("{}{}.{:02}", if c.0 < 0 { "-" } else { "" }, c.0.unsigned_abs() / 100, c.0.unsigned_abs() % 100)
}

fn head(lang: Lang, sheet: &Sheet) -> Vec<String> {
    let first = std::iter::once(texts::t(lang, "overview-col-what"));
    first.chain(sheet.columns.iter().map(|c| texts::t(lang, &format!("overview-col-{c}")))).collect()
}

fn name(lang: Lang, head: &Head) -> String {
    match head {
        Head::Name(name) => name.clone(),
        Head::Text(key) => texts::t(lang, key),
    }
}

/// One sheet as CSV.
///
/// # Errors
/// [`ActError::Broken`] when it cannot be written.
pub fn csv(lang: Lang, sheet: &Sheet) -> Result<Vec<u8>, ActError> {
    let head = head(lang, sheet);
    let mut table = Table::new(&head.iter().map(String::as_str).collect::<Vec<_>>())?;
    for line in &sheet.lines {
        let cells = line.figures.iter().map(|f| match cell(lang, &f.value) {
            Cell::Whole(n) => n.to_string(),
            Cell::Euro(c) => euro(c),
            Cell::Tenths(n) => format!("{}.{}", n / 10, (n % 10).abs()),
            Cell::Words(words) => words,
        });
        let cells: Vec<String> = std::iter::once(name(lang, &line.head)).chain(cells).collect();
        table.row(cells.iter().map(String::as_str))?;
    }
    table.bytes()
}

/// A number that a spreadsheet shows to the cent. Amounts stay far below what a float holds exactly.
fn float(n: i64, parts: f64) -> f64 {
    n as f64 / parts
}

fn fill(lang: Lang, sheet: &Sheet, page: &mut Worksheet) -> Result<(), XlsxError> {
    let (bold, amount) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
    let titles = head(lang, sheet);
    page.set_name(sheet_name(&texts::t(lang, &format!("overview-sheet-{}", sheet.key))))?;
    for (column, title) in (0u16..).zip(&titles) {
        page.write_string_with_format(0, column, title, &bold)?;
    }
    for (row, line) in (1u32..).zip(&sheet.lines) {
        page.write_string(row, 0, name(lang, &line.head))?;
        for (column, figure) in (1u16..).zip(&line.figures) {
            match cell(lang, &figure.value) {
                Cell::Whole(n) => page.write_number(row, column, float(n, 1.0))?,
                Cell::Euro(c) => page.write_number_with_format(row, column, float(c.0, 100.0), &amount)?,
                Cell::Tenths(n) => page.write_number(row, column, float(n, 10.0))?,
                Cell::Words(words) => page.write_string(row, column, words)?,
            };
        }
    }
    page.set_freeze_panes(1, 1)?;
    // Measuring every cell of a long sheet takes longer than writing it.
    if sheet.lines.len() <= 2000 {
        page.autofit();
    }
    Ok(())
}

/// A worksheet's name: at most 31 characters, and none that the format forbids.
fn sheet_name(title: &str) -> String {
    title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).take(31).collect()
}

/// Sheets as one workbook, a worksheet each.
///
/// # Errors
/// [`ActError::Broken`] when it cannot be written.
pub fn xlsx(lang: Lang, sheets: &[Sheet]) -> Result<Vec<u8>, ActError> {
    let broken = |e: XlsxError| ActError::Broken(e.to_string());
    let mut book = Workbook::new();
    for sheet in sheets {
        fill(lang, sheet, book.add_worksheet()).map_err(broken)?;
    }
    book.save_to_buffer().map_err(broken)
}
