//! The real program, started, spoken to over HTTP, and killed.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

#[derive(Clone)]
pub struct Form {
    pub path: String,
    pub cookie: String,
    pub fields: Vec<(String, String)>,
}

/// The program, on the city's database.
pub struct Program {
    child: Child,
    pub base: String,
}

impl Program {
    pub fn start(url: &str, dir: &Path) -> Self {
        Self::failing_at(url, dir, "")
    }

    /// One that ends by itself at a named step, as if the power was cut.
    pub fn failing_at(url: &str, dir: &Path, step: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let base = format!("http://127.0.0.1:{port}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_fijnebuurt"))
            .arg("serve")
            .envs([("DATABASE_URL", url), ("BASE_URL", &base), ("LOG", "error")])
            .env("LISTEN", format!("127.0.0.1:{port}"))
            .env("DATA_DIR", dir)
            .env("FAIL_AT", step)
            .current_dir(dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.next().is_some_and(|line| line.unwrap().contains("Fijne Buurt:")), "the program did not start");
        Self { child, base }
    }

    /// Waits until it ended by itself.
    pub fn ended(mut self) {
        for _ in 0..400 {
            if self.child.try_wait().expect("its state").is_some() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the program did not end at its fail point");
    }

    /// SIGKILL: nothing is flushed, nothing is said.
    pub fn kill(self) {}
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("the program can be killed");
    }
}

/// Sends a form; `true` when the program acknowledged the act.
pub async fn send(client: &reqwest::Client, base: &str, form: &Form) -> bool {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
    let request = client
        .post(format!("{base}{}", form.path))
        .header("cookie", format!("fb={}", form.cookie))
        .header("origin", base)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    let Ok(response) = request.send().await else { return false };
    let status = response.status().as_u16();
    // A vote is answered with its page; that page must have arrived whole to count as acknowledged.
    let Ok(text) = response.text().await else { return false };
    assert!(status == 200 || status == 303, "{} answered {status}: {text}", form.path);
    true
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
