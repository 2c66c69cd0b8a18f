//! Files that are more, or less, than a picture: refused, or clean once they were encoded anew, and in little memory.

use super::*;

/// A small JPEG.
fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let picture = DynamicImage::new_rgb8(width, height).to_rgb8();
    JpegEncoder::new_with_quality(&mut out, 80).encode_image(&picture).unwrap();
    out
}

/// With a segment put in behind its beginning.
fn with_segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let plain = jpeg(40, 20);
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, marker], &length, payload, &plain[2..]].concat()
}

/// What a phone writes: orientation 6 (turned), and where it was taken.
fn exif_with_place() -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    // Two entries: Orientation = 6, and the offset of the GPS part.
    tiff.extend(b"\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0");
    // GPS: latitude reference N, latitude 52 22 23.
    tiff.extend(b"\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x44\0\0\0\0");
    tiff.extend([52_u32, 1, 22, 1, 23, 1].iter().flat_map(|n| n.to_be_bytes()));
    tiff.extend(b"GPS-AMSTERDAM-HOME");
    tiff
}

/// A PNG that only says that it is huge.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let checked = [kind.as_slice(), body].concat();
        let mut sum = !0_u32;
        for byte in &checked {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
            }
        }
        [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &checked, &(!sum).to_be_bytes()].concat()
    }
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    out.extend(chunk(b"IHDR", &header));
    out.extend(chunk(b"IDAT", b"\x78\x9c\x63\x60\x60\x60\x60\x00\x00\x00\x05\x00\x01"));
    out.extend(chunk(b"IEND", b""));
    out
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

/// The most memory this process ever had, in kB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(0)
}

#[test]
fn hostile_files_are_refused_or_clean() {
    let before = peak();
    // Script beside a picture, in a comment and behind its end.
    let script: &[u8] = b"<script>alert(document.cookie)</script>";
    let mut polyglot = with_segment(0xfe, script);
    polyglot.extend(script);
    polyglot.extend(b"PK\x03\x04a zip as well");
    let kept = encode_anew(&polyglot).unwrap();
    assert!(!holds(&kept.bytes, b"script") && !holds(&kept.bytes, b"PK\x03\x04"));
    // The place where it was taken is gone, and it stands upright.
    let exif = exif_with_place();
    let located = with_segment(0xe1, &exif);
    assert!(holds(&located, b"GPS-AMSTERDAM-HOME"));
    let kept = encode_anew(&located).unwrap();
    assert!(!holds(&kept.bytes, b"Exif") && !holds(&kept.bytes, b"GPS"), "no EXIF at all");
    assert_eq!((kept.width, kept.height), (20, 40), "turned as it was held");
    // No picture of ours at all.
    for text in [
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
        "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
        "GIF89a=1;alert(1)//",
        "%PDF-1.7",
        "",
    ] {
        assert!(encode_anew(text.as_bytes()).is_none(), "{text}");
    }
    // Says that it is enormous: refused by its header, before room is made for it.
    for (width, height) in [(50_000, 50_000), (12_000, 12_000), (1, 4_000_000_000), (0, 5)] {
        assert!(encode_anew(&png_of(width, height)).is_none(), "{width} x {height}");
    }
    // Cut off anywhere: refused, or a clean picture of what came.
    let whole = located;
    for end in (0..whole.len()).step_by(7) {
        if let Some(kept) = encode_anew(&whole[..end]) {
            assert!(kept.bytes.starts_with(&[0xff, 0xd8]) && !holds(&kept.bytes, b"GPS"));
        }
    }
    let grown = peak().saturating_sub(before);
    println!("peak memory grew by {grown} kB");
    assert!(grown < 200_000, "hostile files took {grown} kB");
}
