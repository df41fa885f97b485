#!/bin/sh
# Prove that a DuckLake answers as the build's file does: sh deploy/ducklake/prove.sh FOLDER
#
# FOLDER gets an environment with the DuckDB that the extensions are packaged for, a PostgreSQL of
# its own on the loopback address (PGPORT, default 8735) and the Parquet files; all may be deleted
# afterwards. Needs PostgreSQL's programs (Debian: postgresql). PYTHON is the environment with the
# app, OBSERVATORY_VAR its builds. Ends with 0 when every answer is equal.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:?name a folder}
python=${PYTHON:-python3}
builds=${OBSERVATORY_VAR:-$root/var}
port=${PGPORT:-8735}
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
initdb=$(command -v initdb || echo "$programs/initdb")
bin=$(dirname "$(readlink -f "$initdb")")
mkdir -p "$folder" && folder=$(cd "$folder" && pwd)
cd "$root"

if [ ! -x "$folder/venv/bin/python" ]; then
    "$python" -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --requirement deploy/ducklake/requirements.txt
fi

# PostgreSQL refuses to run as root.
plain() {
    if [ "$(id -u)" = 0 ]; then runuser -u "${PGUSER_SYSTEM:-postgres}" -- "$@"; else "$@"; fi
}
mkdir -p "$folder/postgres"
[ "$(id -u)" != 0 ] || chown "${PGUSER_SYSTEM:-postgres}" "$folder/postgres"
[ -f "$folder/postgres/data/PG_VERSION" ] ||
    (cd / && plain "$bin/initdb" -D "$folder/postgres/data" -A trust -U lake >/dev/null)
stop() { (cd / && plain "$bin/pg_ctl" -D "$folder/postgres/data" -m fast stop >/dev/null) || true; }
trap stop EXIT INT TERM
(cd / && plain "$bin/pg_ctl" -D "$folder/postgres/data" -w -l "$folder/postgres/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder/postgres" start >/dev/null)
at="host=127.0.0.1 port=$port user=lake"
"$bin/psql" -q -h 127.0.0.1 -p "$port" -U lake -d postgres \
    -c 'DROP DATABASE IF EXISTS lake' -c 'CREATE DATABASE lake'
rm -rf "$folder/lake"

PYTHONPATH=$root
export PYTHONPATH
unset OBSERVATORY_LAKE
[ -f "$folder/asked.json" ] ||
    OBSERVATORY_VAR="$builds" "$python" -m benchmarks.scale_pages "$folder/asked.json"
"$python" deploy/ducklake/prove.py record "$folder/answers.json" --var "$builds" \
    --questions "$folder/asked.json"

OBSERVATORY_LAKE="ducklake:postgres:dbname=lake $at"
export OBSERVATORY_LAKE
"$folder/venv/bin/python" -m etl.lake publish --var "$builds" --data "$folder/lake/"
"$folder/venv/bin/python" deploy/ducklake/readers.py "$builds" "$folder/readers.json"
"$folder/venv/bin/python" deploy/ducklake/prove.py compare "$folder/answers.json" \
    --report "$folder/report.json"
