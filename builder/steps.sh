#!/usr/bin/env bash
# `make test`, step by step: what a change must pass. The same here and in .ci/run.
# usage: builder/steps.sh test | lint         (LONG=1: the tests that scale with it do more)
set -euo pipefail
cd "$(dirname "$0")/.."

# step NAME COMMAND...: prints the name, runs the command, prints its time; the first failure ends the run.
step() {
    local name=$1 start=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if "$@"; then
        printf '== %s: done in %s s\n' "$name" "$((SECONDS - start))"
    else
        local status=$?
        printf '== %s: FAILED after %s s; to repeat it alone: %s\n' "$name" "$((SECONDS - start))" "$*" >&2
        exit "$status"
    fi
}

builder() { cargo run --quiet -p builder -- "$@"; }

rust_tests() {
    if cargo nextest --version >/dev/null 2>&1; then
        cargo nextest run
        # nextest leaves out the examples in the docs.
        if grep -rqsE '^\s*//[/!] ```(rust|should_panic|no_run)?$' --include='*.rs' app server/*/src server/src; then cargo test --quiet --doc; fi
    else
        cargo test --quiet
    fi
}

browser_tests() {
    (cd end2end && npx --no-install playwright test)
}

lint() {
    step 'formatting' cargo fmt --check
    step 'clippy' cargo clippy --quiet --all-targets -- -D warnings
    step 'dependencies and licences' builder check-deps
    step 'length of files' builder check-files
}

case "${1:-}" in
    lint) lint ;;
    test)
        step 'setup' bash builder/setup.sh
        step 'browser module and style sheet' builder site
        lint
        step 'Rust tests' rust_tests
        step 'the program, for the browser tests' cargo build --quiet -p server
        # Last, and with nothing after it: the closing line is playwright's own.
        printf '\n== browser tests\n'
        browser_tests
        ;;
    *) echo 'usage: builder/steps.sh test | lint' >&2; exit 2 ;;
esac
