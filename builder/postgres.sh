#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own: a cluster in a temporary folder, as an unprivileged user, gone afterwards.
# Usage: builder/postgres.sh COMMAND [ARGUMENT ...]    The command finds its server in TEST_POSTGRES_URL.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL's server is missing: run 'builder/setup.sh postgres', or install your system's postgresql package." >&2; exit 1; }
folder=$(mktemp -d /tmp/fijnebuurt-pg.XXXXXX)
chmod 755 "$folder"
as=()
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    chown postgres "$folder"
    as=(runuser -u postgres --)
fi
stop() { cd /; "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
trap stop EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
(
    cd "$folder"
    "${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
    rm -f "$folder.log"
    "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/data/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300" start >/dev/null
)
TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port" "$@"
