//! How lines and digests are written before they are hashed and signed. `docs/audit.md` tells the same; change neither without
//! a new number for the format.

use crate::keys;
use crate::{hex, unhex};
use store::audit::{Digest, Line};

/// The format that new links are made in: 2, with role and place. 1 is how it was before.
pub const NEWEST: i64 = 2;
/// In front of what is hashed of a line of format 2, so that it is never taken for anything else.
const LINK: &[u8] = b"fijnebuurt-audit-2\n";
/// First line of what a digest signs, and the name of its file's format.
pub const DIGEST: &str = "fijnebuurt-audit-digest-1";

/// The line as it is hashed: one JSON array without spaces (format 2), or values with line ends in between (format 1).
pub fn written(format: i64, seq: i64, line: &Line) -> String {
    if format == 1 {
        let actor = line.actor.unwrap_or(0);
        return format!(
            "{}\n{}\n{actor}\n{}\n{}\n{}\n{}",
            line.id, line.at, line.act, line.subject_kind, line.subject_id, line.detail
        );
    }
    serde_json::json!([
        seq,
        line.id,
        line.at,
        line.actor,
        line.role,
        line.place,
        line.act,
        line.subject_kind,
        line.subject_id,
        line.detail
    ])
    .to_string()
}

/// The chain after this line: SHA-256 of the link before and the line.
pub fn link(format: i64, seq: i64, before: &[u8], line: &Line) -> [u8; 32] {
    let mut bytes = if format == 1 { Vec::new() } else { LINK.to_vec() };
    bytes.extend_from_slice(before);
    bytes.extend_from_slice(written(format, seq, line).as_bytes());
    keys::digest(&bytes)
}

/// What a digest signs.
pub fn signed(d: &Digest) -> String {
    format!("{DIGEST}\n{}\n{}\n{}\n{}\n{}\n", d.day, d.at, d.seq, hex(&d.hash), hex(&d.previous))
}

/// By what the next digest names this one.
pub fn name(d: &Digest) -> [u8; 32] {
    keys::digest(signed(d).as_bytes())
}

/// The file of a digest, byte for byte.
pub fn file(d: &Digest) -> String {
    format!(
        "{{\n  \"format\": \"{DIGEST}\",\n  \"day\": \"{}\",\n  \"at\": {},\n  \"seq\": {},\n  \"hash\": \"{}\",\n  \"previous\": \"{}\",\n  \"public_key\": \"{}\",\n  \"signature\": \"{}\"\n}}\n",
        d.day,
        d.at,
        d.seq,
        hex(&d.hash),
        hex(&d.previous),
        hex(&d.public_key),
        hex(&d.signature)
    )
}

/// Whether this is a day as digests name it.
pub fn is_day(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| text.as_bytes()[range].iter().all(u8::is_ascii_digit);
    text.len() == 10 && text.is_ascii() && digits(0..4) && digits(5..7) && digits(8..10) && {
        let bytes = text.as_bytes();
        bytes[4] == b'-' && bytes[7] == b'-'
    }
}

/// Reads the file of a digest; `None` for anything else. Says nothing about its signature.
pub fn read(text: &str) -> Option<Digest> {
    let json: serde_json::Value = serde_json::from_str(text).ok()?;
    let bytes = |key: &str, len: usize| {
        json.get(key).and_then(serde_json::Value::as_str).and_then(unhex).filter(|bytes| bytes.len() == len)
    };
    let number = |key: &str| json.get(key).and_then(serde_json::Value::as_i64);
    if json.get("format")?.as_str()? != DIGEST {
        return None;
    }
    Some(Digest {
        day: json.get("day")?.as_str().filter(|day| is_day(day))?.to_owned(),
        at: number("at")?,
        seq: number("seq").filter(|seq| *seq > 0)?,
        hash: bytes("hash", 32)?,
        previous: bytes("previous", 32)?,
        public_key: bytes("public_key", 32)?,
        signature: bytes("signature", 64)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_line() -> Line {
        Line {
            id: 12,
            at: 1_795_000_000,
            actor: None,
            role: "system".into(),
            place: String::new(),
            act: "leave_draft".into(),
            subject_kind: "initiative_draft".into(),
            subject_id: 3,
            detail: "a \"b\"\n\u{1f}é".into(),
        }
    }

    #[test]
    fn a_line_is_written_as_the_documentation_says() {
        let written = written(2, 7, &a_line());
        assert_eq!(
            written,
            "[7,12,1795000000,null,\"system\",\"\",\"leave_draft\",\"initiative_draft\",3,\"a \\\"b\\\"\\n\\u001fé\"]"
        );
        assert_eq!(
            super::written(1, 7, &a_line()),
            "12\n1795000000\n0\nleave_draft\ninitiative_draft\n3\na \"b\"\n\u{1f}é"
        );
    }

    #[test]
    fn every_field_and_the_place_in_the_chain_change_the_link() {
        let before = [9; 32];
        let base = link(2, 7, &before, &a_line());
        let mut links =
            vec![base, link(2, 8, &before, &a_line()), link(2, 7, &[8; 32], &a_line()), link(1, 7, &before, &a_line())];
        let changes: [fn(&mut Line); 9] = [
            |l| l.id += 1,
            |l| l.at += 1,
            |l| l.actor = Some(0),
            |l| l.role = "staff".into(),
            |l| l.place = "city".into(),
            |l| l.act.push('x'),
            |l| l.subject_kind.push('x'),
            |l| l.subject_id += 1,
            |l| l.detail.push('x'),
        ];
        for change in changes {
            let mut line = a_line();
            change(&mut line);
            links.push(link(2, 7, &before, &line));
        }
        let count = links.len();
        links.sort_unstable();
        links.dedup();
        assert_eq!(links.len(), count);
    }

    #[test]
    fn a_digest_is_read_back_and_anything_else_is_refused() {
        let digest = Digest {
            day: "2026-11-27".into(),
            at: 1_795_000_000,
            seq: 40,
            hash: vec![1; 32],
            previous: vec![0; 32],
            public_key: vec![2; 32],
            signature: vec![3; 64],
        };
        let text = file(&digest);
        assert_eq!(read(&text), Some(digest));
        for broken in [
            text.replace("2026-11-27", "2026-11-27\\n1"),
            text.replace("2026-11-27", "../../../etc"),
            text.replace("\"seq\": 40", "\"seq\": -1"),
            text.replace("digest-1", "digest-2"),
            text.replace("0101", "01"),
            text[..text.len() / 2].to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&broken), None, "{broken}");
        }
        assert!(!is_day("2026-11é7") && !is_day("2026/11/27") && is_day("2026-11-27"));
    }
}
