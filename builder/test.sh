#!/usr/bin/env bash
# All checks and tests, step by step, each with its time. `make test` and CI run this; LONG=1 does more of what scales.
set -euo pipefail
cd "$(dirname "$0")/.."
. builder/steps.sh

builder() { cargo run --quiet -p builder -- "$@"; }
rust_tests() {
    if cargo nextest --version >/dev/null 2>&1; then
        bash builder/postgres.sh cargo nextest run --no-fail-fast --status-level fail
    else
        bash builder/postgres.sh cargo test --quiet
    fi
}
journeys() { (cd end2end && bash ../builder/postgres.sh npx --no-install playwright test); }

if [ -n "${LONG:-}" ]; then
    echo 'LONG: 100 kills of the program per engine and kind of burst, 200 runs of each race, 100 crowds of 1,000 answers by one resident, 10,000 cases of each property, every journey three times, an hour of broken files'
    export PROPTEST_CASES=${PROPTEST_CASES:-10000} FUZZ_SECONDS=${FUZZ_SECONDS:-3600}
    journeys() { (cd end2end && bash ../builder/postgres.sh npx --no-install playwright test --repeat-each 3); }
fi

step 'set-up' bash builder/setup.sh
step 'formatting' cargo fmt --check
step 'site: browser module, style sheet, pictures' builder site
step 'dependencies and licences' builder check-deps
step 'length of files' builder check-files
step 'clippy' cargo clippy --quiet --all-targets -- -D warnings
step 'tests on SQLite and PostgreSQL' rust_tests
step 'the program, for the browser' cargo build --quiet -p server
step 'letters on paper' cargo test --quiet -p letters
step 'journeys in a browser' journeys
