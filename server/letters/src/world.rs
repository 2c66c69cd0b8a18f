//! Everything typst may see: one template, a few fonts and the checked run. No files, no packages, no clock.

use crate::{
    input::{Direction, Letter, Run, Size, Text},
    qr,
    report::Report,
};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Value},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

const TEMPLATE: &str = include_str!("letter.typ");
const REPORT: &str = include_str!("report.typ");

/// The fonts of the letters.
pub struct Fonts(Vec<Font>);

impl Fonts {
    /// Noto Sans for reading, DejaVu Sans for scripts that Noto Sans lacks (Arabic for one), DejaVu Sans Mono for codes.
    #[must_use]
    pub fn load() -> Self {
        let files = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            dejavu::sans::regular(),
            dejavu::sans::bold(),
            dejavu::sans_mono::bold(),
        ];
        Self(files.into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect())
    }

    /// Whether the character can be printed.
    #[must_use]
    pub fn has(&self, char: char) -> bool {
        self.0.iter().any(|font| font.info().coverage.contains(u32::from(char)))
    }
}

/// The world of one run.
pub struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
}

impl Desk {
    /// Lays out template, fonts and data. `duplex` lets each letter begin on the front of a sheet.
    /// Text travels as values, never as markup, so that nothing in it is read as typst.
    #[must_use]
    pub fn new(run: &Run, letters: &[Letter], fonts: &Fonts, duplex: bool) -> Option<Self> {
        let mut inputs = Dict::new();
        inputs.insert("size".into(), (if run.size == Size::A5 { "a5" } else { "c5-window" }).into_value());
        inputs.insert("duplex".into(), duplex.into_value());
        inputs.insert("return-address".into(), run.return_address.as_str().into_value());
        inputs.insert("title".into(), run.title.as_str().into_value());
        inputs.insert("site".into(), run.site.as_str().into_value());
        inputs.insert("texts".into(), Value::Array(run.texts.iter().map(text).collect()));
        let letters: Option<Array> = letters.iter().map(letter).collect();
        inputs.insert("letters".into(), Value::Array(letters?));
        Self::laid(inputs, fonts, "letter.typ", TEMPLATE)
    }

    /// Lays out the template of a report with its texts, likewise as values.
    #[must_use]
    pub fn report(report: &Report, fonts: &Fonts) -> Option<Self> {
        let mut inputs = Dict::new();
        let texts =
            [("lang", &report.lang), ("title", &report.title), ("made", &report.made), ("source", &report.source)];
        for (name, value) in texts {
            inputs.insert(name.into(), value.as_str().into_value());
        }
        inputs.insert("rtl".into(), (report.dir == Direction::Rtl).into_value());
        let section = |s: &crate::report::Section| {
            let mut dict = Dict::new();
            dict.insert("heading".into(), s.heading.as_str().into_value());
            dict.insert("sentences".into(), Value::Array(strings(&s.sentences)));
            Value::Dict(dict)
        };
        let table = |t: &crate::report::Table| {
            let mut dict = Dict::new();
            dict.insert("title".into(), t.title.as_str().into_value());
            dict.insert("head".into(), Value::Array(strings(&t.head)));
            dict.insert("rows".into(), Value::Array(t.rows.iter().map(|row| Value::Array(strings(row))).collect()));
            Value::Dict(dict)
        };
        inputs.insert("sections".into(), Value::Array(report.sections.iter().map(section).collect()));
        inputs.insert("tables".into(), Value::Array(report.tables.iter().map(table).collect()));
        Self::laid(inputs, fonts, "report.typ", REPORT)
    }

    fn laid(inputs: Dict, fonts: &Fonts, name: &str, template: &str) -> Option<Self> {
        let path = VirtualPath::new(name).ok()?;
        Some(Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts.0)),
            fonts: fonts.0.clone(),
            template: Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), template.to_owned()),
        })
    }

    /// The line of the template where something went wrong.
    #[must_use]
    pub fn line(&self, byte: usize) -> Option<usize> {
        self.template.lines().byte_to_line(byte).map(|line| line + 1)
    }
}

fn text(text: &Text) -> Value {
    let mut dict = Dict::new();
    let fields = [
        ("lang", &text.lang),
        ("heading", &text.heading),
        ("scan", &text.scan),
        ("or", &text.or),
        ("code", &text.code),
        ("until", &text.until),
        ("lost", &text.lost),
    ];
    for (name, value) in fields {
        dict.insert(name.into(), value.as_str().into_value());
    }
    dict.insert("rtl".into(), (text.dir == Direction::Rtl).into_value());
    dict.insert("body".into(), Value::Array(strings(&text.body)));
    Value::Dict(dict)
}

fn letter(letter: &Letter) -> Option<Value> {
    let mut dict = Dict::new();
    dict.insert("address".into(), Value::Array(strings(&letter.address)));
    dict.insert("code".into(), letter.code.as_str().into_value());
    dict.insert("qr".into(), Bytes::from_string(qr::svg(&letter.link).ok()?).into_value());
    Some(Value::Dict(dict))
}

fn strings(lines: &[String]) -> Array {
    lines.iter().map(|line| line.as_str().into_value()).collect()
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
