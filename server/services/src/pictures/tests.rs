//! What people may send as a picture, and what of it is kept: pixels alone, in bounded memory.

use super::*;
use image::ImageFormat;

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

fn photo(width: u32, height: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| image::Rgb([(x % 251) as u8, (y % 241) as u8, ((x * y) % 239) as u8]);
    DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, pixel))
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// A chunk of a PNG, with the check sum that every reader asks for.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [kind.as_slice(), data].concat();
    let crc = !body.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(crc & 1)))
    });
    let length = u32::try_from(data.len()).unwrap();
    [length.to_be_bytes().as_slice(), &body, &crc.to_be_bytes()].concat()
}

/// A segment of a JPEG, put behind its first two bytes.
fn with_segment(jpeg: &[u8], marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, data, &jpeg[2..]].concat()
}

/// What a phone writes along: upright only after a quarter turn, and where the photo was taken (52 degrees, 22 minutes north).
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(2u16.to_le_bytes());
    tiff.extend(entry(0x0112, 3, 1, [6, 0, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 38u32.to_le_bytes()));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 38);
    tiff.extend(2u16.to_le_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, 68u32.to_le_bytes()));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 68);
    for part in [52u32, 1, 22, 1, 987_654_321, 100_000_000] {
        tiff.extend(part.to_le_bytes());
    }
    [b"Exif\0\0".as_slice(), &tiff].concat()
}

/// Memory that this process took at most, in kB; `None` where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn large_ones_shrink_and_junk_is_refused() {
    let kept = encode_anew(&file(&DynamicImage::new_rgb8(2000, 500), ImageFormat::Png)).unwrap();
    assert_eq!((kept.width, kept.height, kept.mime.as_str()), (1600, 400, "image/jpeg"));
    assert!(encode_anew(&vec![0; MOST_BYTES + 1]).is_none());
    let junk: [&[u8]; 6] =
        [b"", b"GIF89a=1;alert(1)//", b"%PDF-1.7", b"PK\x03\x04", b"<html><script>", b"\x89PNG\r\n\x1a\n"];
    for junk in junk {
        assert!(encode_anew(junk).is_none(), "{junk:?}");
    }
}

#[test]
fn a_drawing_with_a_program_in_it_is_refused() {
    for svg in [
        "<svg onload=alert(1)>",
        "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "\u{feff}<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"https://example.org/x\"/></svg>",
    ] {
        assert!(encode_anew(svg.as_bytes()).is_none(), "{svg}");
    }
}

#[test]
fn a_photo_tells_neither_place_nor_device_and_stands_upright() {
    let jpeg = file(&photo(400, 300), ImageFormat::Jpeg);
    let sent = with_segment(&with_segment(&jpeg, 0xe1, &exif()), 0xfe, b"Toestel van Jolanda");
    let place = 987_654_321u32.to_le_bytes();
    assert!(holds(&sent, &place) && holds(&sent, b"Exif") && holds(&sent, b"Jolanda"));
    let kept = encode_anew(&sent).unwrap();
    assert_eq!((kept.width, kept.height), (300, 400), "turned as the phone says");
    for trace in [place.as_slice(), b"Exif", b"Jolanda", b"ICC_PROFILE"] {
        assert!(!holds(&kept.bytes, trace), "{trace:?}");
    }
    // Nothing but what a plain photo has: no segment of an application beside JFIF's own, and no comment.
    let mut at = 2;
    while kept.bytes[at] == 0xff && kept.bytes[at + 1] != 0xda {
        assert!(matches!(kept.bytes[at + 1], 0xe0 | 0xdb | 0xc0 | 0xc4), "segment {:x}", kept.bytes[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([kept.bytes[at + 2], kept.bytes[at + 3]]));
    }
}

#[test]
fn two_files_in_one_become_a_photo_alone() {
    let page = b"<html><script>alert(document.cookie)</script>";
    let archive = b"PK\x03\x04\x14\0\0\0evil.html";
    let jpeg = file(&photo(64, 48), ImageFormat::Jpeg);
    let png = file(&photo(64, 48), ImageFormat::Png);
    let text = chunk(b"tEXt", &[b"Comment\0".as_slice(), page].concat());
    let webp = file(&photo(64, 48), ImageFormat::WebP);
    let polyglots = [
        [jpeg.as_slice(), archive].concat(),
        [jpeg.as_slice(), page].concat(),
        with_segment(&jpeg, 0xfe, page),
        with_segment(&jpeg, 0xe2, &[b"ICC_PROFILE\0\x01\x01".as_slice(), page].concat()),
        [png.as_slice(), archive].concat(),
        [&png[..33], &text, &png[33..]].concat(),
        [webp.as_slice(), page].concat(),
    ];
    for (i, sent) in polyglots.iter().enumerate() {
        assert!(holds(sent, b"script") || holds(sent, b"evil"));
        if let Some(kept) = encode_anew(sent) {
            assert_eq!((kept.width, kept.height), (64, 48), "{i}");
            assert!(
                !holds(&kept.bytes, b"script") && !holds(&kept.bytes, b"evil") && !holds(&kept.bytes, b"PK\x03"),
                "{i}"
            );
            assert!(kept.bytes.ends_with(&[0xff, 0xd9]), "{i}: ends where the photo ends");
        }
    }
    // Those that people's phones make are taken.
    assert!([0, 1, 2, 4, 5].iter().all(|i| encode_anew(&polyglots[*i]).is_some()));
}

#[test]
fn a_photo_that_was_cut_is_refused_or_clean() {
    let jpeg = file(&photo(640, 480), ImageFormat::Jpeg);
    let png = file(&photo(640, 480), ImageFormat::Png);
    for whole in [&jpeg, &png] {
        for part in 1..40 {
            let cut = &whole[..whole.len() * part / 40];
            if let Some(kept) = encode_anew(cut) {
                let read = image::load_from_memory(&kept.bytes).unwrap();
                assert_eq!((read.width(), read.height()), (640, 480), "a photo, if only its upper part");
            }
        }
    }
}

/// Each test has a process of its own under nextest; elsewhere the others of this crate are in the figure too.
#[test]
fn a_bomb_of_pixels_takes_no_memory() {
    let header = |width: u32, height: u32, depth: u8, colour: u8| {
        let data = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
        [
            b"\x89PNG\r\n\x1a\n".as_slice(),
            &chunk(b"IHDR", &data),
            &chunk(b"IDAT", b"x\x9c\x03\0\0\0\0\x01"),
            &chunk(b"IEND", b""),
        ]
        .concat()
    };
    let mut jpeg = file(&photo(16, 16), ImageFormat::Jpeg);
    let size = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap() + 5;
    jpeg[size..size + 4].copy_from_slice(&[0xc3, 0x50, 0xc3, 0x50]);
    let before = peak();
    let bombs = [
        header(50_000, 50_000, 8, 2),
        header(u32::MAX >> 1, u32::MAX >> 1, 16, 6),
        header(12_000, 12_000, 8, 0),
        header(4_900, 4_890, 16, 6),
        header(0, 50_000, 8, 2),
        jpeg,
    ];
    for (i, bomb) in bombs.iter().enumerate() {
        assert!(encode_anew(bomb).is_none(), "{i}");
    }
    let after = peak();
    // The largest that is taken, as small as a file of it gets.
    let largest = file(&DynamicImage::new_rgba8(4_898, 4_898), ImageFormat::Png);
    let before_largest = peak();
    assert_eq!(encode_anew(&largest).map(|kept| kept.width), Some(1600));
    let Some(((before, after), (room, taken))) = before.zip(after).zip(before_largest.zip(peak())) else { return };
    println!(
        "bombs took {} kB; the largest picture of {} bytes took {} MB",
        after - before,
        largest.len(),
        (taken - room) / 1024
    );
    assert!(after - before < 50_000, "{} kB for pictures that were refused", after - before);
    assert!(taken < 600_000, "{taken} kB");
}

#[test]
fn every_drawing_is_there() {
    assert!(WORDS.iter().all(|(d, _)| domain::initiative::DRAWINGS.contains(d)));
    assert_eq!(drawing_for("Lampen in de onderdoorgang"), "licht");
    assert_eq!(drawing_for("Iets anders"), "buurt");
}
