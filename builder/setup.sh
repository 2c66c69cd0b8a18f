#!/usr/bin/env bash
# Puts in place what the project needs and the machine lacks; says nothing about what is there already.
# usage: builder/setup.sh [rust] [node] [browser] [postgres]        (no argument: all of them)
# To add a part: a function `setup_NAME`, and NAME in PARTS.
set -euo pipefail
cd "$(dirname "$0")/.."

PARTS="rust node browser postgres"
OLDEST_RUST=1.95
OLDEST_NODE=18
TARGET=wasm32-unknown-unknown
APT_LISTS_FRESH=

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\nsetup: remedy: %s\n' "$1" "$2" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# did WHAT COMMAND...: runs it quietly, shows its output only if it fails.
did() {
    local what=$1 start=$SECONDS log status=0
    shift
    log=$(mktemp)
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] || tail -n 30 "$log" >&2
    rm -f "$log"
    [ "$status" -ne 0 ] || say "$what ($((SECONDS - start)) s)"
    return "$status"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif has sudo; then sudo "$@"
    else return 1; fi
}

# apt WHAT PACKAGE...: false where there is no apt or no right to use it.
apt() {
    local what=$1
    shift
    has apt-get || return 1
    if [ -z "$APT_LISTS_FRESH" ]; then
        did 'package lists brought up to date' as_root apt-get update || return 1
        APT_LISTS_FRESH=yes
    fi
    did "$what installed" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
rust_version() { rustc --version 2>/dev/null | cut -d ' ' -f 2; }
has_rust() { has cargo && has rustc && at_least "$OLDEST_RUST" "$(rust_version)"; }

setup_rust() {
    local packages=()
    has cc || packages+=(gcc libc6-dev)
    has make || packages+=(make)
    has git || packages+=(git)
    has_rust || packages+=(rustc-web cargo-web)
    if has_rust; then
        has cargo-fmt || has rustfmt || has rustup || packages+=(rustfmt-web)
        has cargo-clippy || has rustup || packages+=(rust-web-clippy)
    else
        packages+=(rustfmt-web rust-web-clippy)
    fi
    if [ ${#packages[@]} -gt 0 ]; then
        apt 'compiler' "${packages[@]}" \
            || fail "missing: ${packages[*]}" "install them, or Rust $OLDEST_RUST or newer with rustup"
    fi
    hash -r
    has_rust || fail "Rust is $(rust_version), the project needs $OLDEST_RUST" "rustup update stable"
    setup_browser_target
}

has_std() { compgen -G "$(rustc --print target-libdir --target $TARGET 2>/dev/null)/libstd-*" >/dev/null; }
has_debian_std() {
    [ -x /usr/bin/cargo ] && compgen -G '/usr/bin/wasm-ld*' >/dev/null \
        && [ -d "$(env -u LD_LIBRARY_PATH /usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/std" ]
}

# The three ways of builder/src/toolchain.rs, in its order.
setup_browser_target() {
    has_std && return
    has_debian_std && return
    if has rustup && did 'browser target added' rustup target add $TARGET 2>/dev/null && has_std; then return; fi
    apt "Debian's compiler for the browser module" rustc-web cargo-web rust-web-src lld-22 && has_debian_std \
        || fail 'nothing here can compile for the browser' "rustup target add $TARGET"
}

has_node() { has node && has npm && at_least "$OLDEST_NODE" "$(node --version | tr -d v)"; }

setup_node() {
    if ! has node; then apt 'node' nodejs npm || fail 'node is missing' "install Node $OLDEST_NODE or newer"; fi
    if ! has npm; then apt 'npm' npm || fail 'npm is missing' "install the npm that belongs to your Node"; fi
    has_node || fail "node is $(node --version)" "install Node $OLDEST_NODE or newer"
    # npm leaves a copy of the lock file it installed from; ours is kept beside it to compare with.
    local done_from=end2end/node_modules/.installed-from
    cmp -s end2end/package-lock.json "$done_from" && return
    did 'node packages installed' env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix end2end ci --no-audit --no-fund \
        || fail 'npm ci failed in end2end' 'look at the message above; behind a proxy, check `npm config get registry`'
    cp end2end/package-lock.json "$done_from"
}

setup_browser() {
    local packages=()
    has chromium || [ -n "${CHROMIUM:-}" ] || packages+=(chromium)
    if has fc-list; then
        fc-list | grep -qi dejavu || packages+=(fonts-dejavu-core)
        [ -n "$(fc-list :lang=ar)" ] || packages+=(fonts-kacst)
    else
        packages+=(fontconfig fonts-dejavu-core fonts-kacst)
    fi
    # Turns the letters' pages into pictures.
    has pdftoppm || packages+=(poppler-utils)
    [ ${#packages[@]} -eq 0 ] && return
    apt 'browser and fonts for the tests' "${packages[@]}" \
        || fail "missing: ${packages[*]}" 'install Chromium, and say where it is with CHROMIUM=/path/to/it'
}

setup_postgres() {
    local packages=()
    # Where builder/postgres.sh looks for it.
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
    has python3 || packages+=(python3-minimal)
    [ ${#packages[@]} -eq 0 ] && return
    apt 'PostgreSQL, for the tests' "${packages[@]}" \
        || fail 'PostgreSQL is missing' 'install PostgreSQL 15 or newer (its server programs, not a running server)'
}

for part in ${*:-$PARTS}; do
    case " $PARTS " in
        *" $part "*) "setup_$part" ;;
        *) fail "there is no part \`$part\`" "choose from: $PARTS" ;;
    esac
done
