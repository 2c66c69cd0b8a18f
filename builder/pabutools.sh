#!/usr/bin/env bash
# Sets the count beside the field's reference program, on the same files in one run. Usage: builder/pabutools.sh
# pabutools is a development tool in a virtual environment of its own under target/, never a dependency.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${PABULIB:-../shared/data/pabulib}
skip() { echo "skipped: $1"; exit 0; }
[ -d "$folder/elections" ] || skip "no Pabulib files in $folder; set PABULIB to their folder"
command -v python3 >/dev/null || skip 'python3 is missing'
venv=target/pabutools
if ! "$venv/bin/python" -c 'import pabutools' 2>/dev/null; then
    { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet pabutools==1.2.3; } \
        || skip 'pabutools 1.2.3 cannot be installed (it needs pip and the venv module of python3)'
fi
cargo build --quiet --release -p server
"$venv/bin/python" server/benches/beside_pabutools.py "${CARGO_TARGET_DIR:-target}/release/fijnebuurt" "$folder"
