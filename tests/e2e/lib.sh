# For the end-to-end scripts: TAP from the shell. Source it from the project's root folder.
#   check "what holds" COMMAND...   one test: passes when the command succeeds
#   finish                          announces how many there were
# $WORK is a fresh folder that is removed at the end; $BENCHBOOK the program.
set -u
BUILD=${BUILD:-build}
BENCHBOOK=$BUILD/benchbook
WORK=$(mktemp -d "${TMPDIR:-/tmp}/benchbook-e2e.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM
tests=0

check() {
    about=$1
    shift
    tests=$((tests + 1))
    if "$@" >"$WORK/check.log" 2>&1; then
        echo "ok $tests - $about"
    else
        echo "not ok $tests - $about"
        echo "# failed: $*"
        tail -n 10 "$WORK/check.log" | sed 's/^/# /'
    fi
}

# status N COMMAND...: whether the command exits with status N; its output goes to $WORK/out.
status() {
    expected=$1
    shift
    "$@" >"$WORK/out" 2>&1
    got=$?
    [ "$got" -eq "$expected" ] || { echo "status $got, not $expected"; cat "$WORK/out"; false; }
}

# One hash for all pages and assets below a folder; the record and what is kept are left out.
pages_hash() {
    (cd "$1" && find . -type f ! -name record.json ! -path "./.benchbook-c*/*" | LC_ALL=C sort | xargs sha256sum) | sha256sum
}

finish() {
    echo "1..$tests"
}
