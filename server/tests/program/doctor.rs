//! `fijnebuurt doctor` of the real program: what it says, its exit status, and that it makes nothing.

use crate::running::Program;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

fn doctor(dir: &Path, what: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fijnebuurt"));
    let url = format!("sqlite:{}", dir.join("test.db").display());
    command.arg("doctor").args(what).env("DATABASE_URL", url).env("DATA_DIR", dir).env("LOG", "off").current_dir(dir);
    command.envs(settings.iter().copied()).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A mail server that greets, and takes nothing. Its address.
fn mail_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"220 mail.test ESMTP\r\n");
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while let Some(Ok(line)) = lines.next() {
                let _ = stream.write_all(if line.starts_with("QUIT") { b"221 bye\r\n" } else { b"250 mail.test\r\n" });
            }
        }
    });
    format!("smtp://{address}")
}

#[test]
fn the_doctor_says_what_to_do_and_makes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let nothing = doctor(dir.path(), &[], &[]);
    assert!(!nothing.status.success() && said(&nothing).contains("There is no database at"), "{}", said(&nothing));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    let settings = doctor(dir.path(), &[], &[("LISTEN", "3000")]);
    assert!(!settings.status.success() && said(&settings).contains("such as 127.0.0.1:3000"));
    let other = doctor(dir.path(), &["teeth"], &[]);
    assert!(!other.status.success() && said(&other).contains("It checks: ledger, audit"));

    let url = format!("sqlite:{}", dir.path().join("test.db").display());
    let program = Program::start(&url, dir.path());
    let key = dir.path().join("keys/server.key");
    // With warnings, which a real city would settle, and nothing wrong.
    let well = doctor(dir.path(), &[], &[("SMTP_URL", &mail_server())]);
    assert!(well.status.success(), "{}", said(&well));
    for line in [
        "ok       database",
        "ok       mail      Mails would be taken",
        "ok       clock",
        "ok       ledger",
        "warning  settings  BASE_URL",
    ] {
        assert!(said(&well).contains(line), "{line}: {}", said(&well));
    }
    assert!(said(&well).contains("disk"), "{}", said(&well));
    for what in ["ledger", "audit"] {
        assert!(doctor(dir.path(), &[what], &[]).status.success());
    }
    // Nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let no_mail = doctor(dir.path(), &[], &[("SMTP_URL", &format!("smtp://127.0.0.1:{port}"))]);
    assert!(!no_mail.status.success() && said(&no_mail).contains("does not take mail"), "{}", said(&no_mail));
    program.kill();
    std::fs::remove_file(&key).unwrap();
    let lost = doctor(dir.path(), &[], &[]);
    assert!(!lost.status.success() && said(&lost).contains("server.key is missing"), "{}", said(&lost));
    assert!(!key.exists(), "it makes no new one");
}
