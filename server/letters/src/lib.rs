//! Voters' letters, or a yearly report: a JSON object in, one PDF out. Nothing is read from or written to disk, and no code is ever logged.

pub mod input;
pub mod qr;
pub mod report;
pub mod world;

use input::{Refused, Run};
use typst::{WorldExt, diag::SourceDiagnostic};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use world::{Desk, Fonts};

/// Why there is no PDF; one sentence, without anything from the letters.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The input was refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A fault in the template or in this program.
    #[error("the letters could not be typeset: a fault in the template{}", .0.map(|line| format!(", line {line}")).unwrap_or_default())]
    Template(Option<usize>),
}

/// Letters as a PDF.
#[derive(Debug)]
pub struct Printed {
    /// The file.
    pub pdf: Vec<u8>,
    /// Its pages, empty backs included.
    pub pages: usize,
}

/// Makes the letters or the report that the JSON asks for.
///
/// # Errors
///
/// When the input is not of the agreed form, or when the template is at fault.
pub fn print(json: &[u8]) -> Result<Printed, Failed> {
    let fonts = Fonts::load();
    if let Some(report) = report::parse(json, &|char| fonts.has(char))? {
        let desk = Desk::report(&report, &fonts).ok_or(Failed::Template(None))?;
        // Read on a screen, also aloud: with tags.
        return compile(&desk, &PdfOptions::default());
    }
    let run = input::parse(json, &|char| fonts.has(char))?;
    // Other languages go on the back; a single one may still run over, which shows only after typesetting.
    let duplex = run.texts.len() > 1;
    let printed = typeset(&run, &fonts, duplex)?;
    if duplex || printed.pages == run.letters.len() { Ok(printed) } else { typeset(&run, &fonts, true) }
}

fn typeset(run: &Run, fonts: &Fonts, duplex: bool) -> Result<Printed, Failed> {
    let desk = Desk::new(run, &run.letters, fonts, duplex).ok_or(Failed::Template(None))?;
    // Made for paper: tags for a screen reader would double its size.
    compile(&desk, &PdfOptions { tagged: false, ..PdfOptions::default() })
}

fn compile(desk: &Desk, options: &PdfOptions) -> Result<Printed, Failed> {
    let fault = |all: &[SourceDiagnostic]| {
        let byte = all.first().and_then(|first| desk.range(first.span));
        Failed::Template(byte.and_then(|range| desk.line(range.start)))
    };
    let document: PagedDocument = typst::compile(desk).output.map_err(|all| fault(&all))?;
    let pdf = typst_pdf::pdf(&document, options).map_err(|all| fault(&all))?;
    Ok(Printed { pdf, pages: document.pages().len() })
}
