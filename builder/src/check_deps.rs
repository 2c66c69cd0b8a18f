//! `builder check-deps`: reads `cargo metadata` (default features, all platforms) and refuses what must not ship.

use crate::{Fault, read_text};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    process::Command,
};

const FORBIDDEN: [&str; 4] = ["openssl", "openssl-sys", "native-tls", "openssl-src"];
const LIST: &str = "builder/licences.txt";

/// The written list: licences for all, and licences for one crate only (`crate = LICENCE`).
#[derive(Default)]
struct Allowed {
    all: BTreeSet<String>,
    of_one: BTreeMap<String, BTreeSet<String>>,
}

pub fn run(root: &Path) -> Result<(), Fault> {
    let allowed = parse_list(&read_text(&root.join(LIST))?);
    let output = Command::new("cargo").args(["metadata", "--format-version", "1"]).current_dir(root).output();
    let output = output.map_err(|why| format!("cannot start cargo: {why}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).map_err(|why| format!("cargo metadata: {why}"))?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let faults: Vec<String> = packages.iter().filter_map(|package| fault(package, &allowed)).collect();
    if !faults.is_empty() {
        return Err(format!(
            "{} of {} packages must not ship:\n  {}",
            faults.len(),
            packages.len(),
            faults.join("\n  ")
        ));
    }
    println!("builder: {} packages, {} licences on the list, none refused", packages.len(), allowed.all.len());
    Ok(())
}

fn fault(package: &Value, allowed: &Allowed) -> Option<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let version = package["version"].as_str().unwrap_or_default();
    if FORBIDDEN.contains(&name) {
        return Some(format!("{name} {version}: TLS is rustls here; find who asks for it with `cargo tree -i {name}`"));
    }
    if package["source"].as_str().is_some_and(|source| source.starts_with("git+")) {
        return Some(format!("{name} {version}: comes from git, not from a registry"));
    }
    let Some(licence) = package["license"].as_str() else {
        return Some(format!("{name} {version}: names no licence"));
    };
    (!is_allowed(name, licence, allowed)).then(|| format!("{name} {version}: licence `{licence}` is not on {LIST}"))
}

fn is_allowed(name: &str, licence: &str, allowed: &Allowed) -> bool {
    let own = allowed.of_one.get(name);
    // Lax: some older crates still write `MIT/Apache-2.0`.
    spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|requirement| {
            let wanted = requirement.to_string();
            allowed.all.contains(&wanted) || own.is_some_and(|own| own.contains(&wanted))
        })
    })
}

fn parse_list(text: &str) -> Allowed {
    let mut allowed = Allowed::default();
    for line in
        text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
    {
        match line.split_once('=') {
            Some((name, licence)) => {
                allowed.of_one.entry(name.trim().into()).or_default().insert(licence.trim().into());
            }
            None => {
                allowed.all.insert(line.into());
            }
        }
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::{fault, is_allowed, parse_list};
    use serde_json::json;

    #[test]
    fn expressions_are_evaluated_not_compared() {
        let allowed = parse_list("MIT # fine\n\nISC\nodd = MPL-2.0");
        assert!(is_allowed("any", "MIT OR GPL-3.0-only", &allowed));
        assert!(is_allowed("any", "MIT/Apache-2.0", &allowed));
        assert!(!is_allowed("any", "MIT AND GPL-3.0-only", &allowed));
        assert!(is_allowed("odd", "MPL-2.0 AND ISC", &allowed));
        assert!(!is_allowed("any", "MPL-2.0", &allowed));
        assert!(!is_allowed("any", "no licence at all", &allowed));
    }

    #[test]
    fn openssl_and_git_are_refused_whatever_their_licence() {
        let allowed = parse_list("MIT");
        assert!(fault(&json!({ "name": "openssl-sys", "version": "1.0.0", "license": "MIT" }), &allowed).is_some());
        assert!(
            fault(
                &json!({ "name": "a", "version": "1.0.0", "license": "MIT", "source": "git+https://example.org/a" }),
                &allowed
            )
            .is_some()
        );
        assert!(fault(&json!({ "name": "a", "version": "1.0.0" }), &allowed).is_some());
        assert!(fault(&json!({ "name": "a", "version": "1.0.0", "license": "MIT" }), &allowed).is_none());
    }
}
