#!/usr/bin/env bash
# All checks and tests, step by step, each with its time. `make test` and CI run this.
set -euo pipefail
cd "$(dirname "$0")/.."
. builder/steps.sh
nextest() {
    if cargo nextest --version >/dev/null 2>&1; then cargo nextest run --no-fail-fast --status-level fail; else cargo test --quiet; fi
}
export -f nextest
step "set-up" builder/setup.sh
step "format" cargo fmt --all --check
step "builder" cargo build --quiet -p builder
step "site (browser module, style sheet, pictures)" cargo run --quiet -p builder -- site
step "dependencies and licences" cargo run --quiet -p builder -- check-deps
step "length of files" cargo run --quiet -p builder -- check-files
step "lints" cargo clippy --quiet --all-targets -- -D warnings
step "build" cargo build --quiet
step "tests on SQLite and PostgreSQL" builder/postgres.sh bash -c nextest
step "journeys in a browser" bash -c 'cd end2end && npx playwright test'
