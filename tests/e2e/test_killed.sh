# A run that is killed at any moment: no worker outlives it, the record on disk is absent or whole, and
# the next run goes on from the rounds that were saved.
. tests/e2e/lib.sh
KILLS=50
book=$WORK/book out=$WORK/output record=$WORK/output/record.json
mkdir "$book"
cp "$BUILD/benchbook-worker" "$WORK/worker" # a name of its own, to find the workers of this test by
cat >"$book/myst.yml" <<'END'
version: 1
project:
  title: Killed
  toc:
    - file: pi.md
END
cat >"$book/pi.md" <<'END'
# Killed

```{experiment} pi.hits
:name: first
:set: n=5000000
:threads: 1
```

```{experiment} pi.hits
:name: second
:set: n=5000001
:threads: 1
```
END

measure() {
    "$BENCHBOOK" measure "$book" --profile thorough --output "$out" --worker "$WORK/worker" "$@"
}
begin() { # begin [OPTION]...: in the background; $pid is the program itself, not a shell around it
    "$BENCHBOOK" measure "$book" --profile thorough --output "$out" --worker "$WORK/worker" "$@" \
        >"$WORK/said" 2>&1 &
    pid=$!
}
workers() {
    pgrep -f "^$WORK/worker"
}
# Within a moment: the kernel ends a dead parent's children, but not before they next run.
no_orphan() {
    for moment in 1 2 3 4 5 6 7 8 9 10; do
        workers >/dev/null || return 0
        sleep 0.05
    done
    return 1
}
valid() { # absent, or a record that the program itself can read
    [ ! -e "$record" ] || "$BENCHBOOK" render "$book" --output "$out" --quiet
}
query() { # query EXPRESSION: of the record `r`
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             const rounds = e => e.configurations[0].samples.length;
             const all = r.experiments.flatMap(e => e.configurations);
             console.log('"$1"')' "$record"
}
partly() { # whether an experiment of the record is measured in part
    [ -e "$record" ] && [ "$(query 'r.experiments.some(
        e => e.configurations[0].status === "unmeasured" && rounds(e) > 0)')" = true ]
}

# Moments from a counter of its own, so that a failure can be repeated: 0.02 to 1.62 seconds.
seed=12345 orphans=0 broken=0 left=0 parts=0 kill=0
while [ "$kill" -lt "$KILLS" ]; do
    kill=$((kill + 1)) seed=$(((seed * 1103515245 + 12345) % 2147483648))
    begin --quiet
    sleep "$(awk "BEGIN {print 0.02 + $((seed / 65536 % 160)) / 100}")"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    ended=$?
    no_orphan || orphans=$((orphans + 1))
    valid >>"$WORK/invalid" 2>&1 || broken=$((broken + 1))
    partly && parts=$((parts + 1))
    [ "$ended" -eq 0 ] && rm -f "$record" # it was done before the kill: begin anew
done
left=$(find "$out" -name 'record.json.*' 2>/dev/null | wc -l)
check "after $KILLS kills no worker was left behind" test "$orphans" -eq 0
check "and the record was always absent or whole" test "$broken" -eq 0
check "some of them left an experiment measured in part" test "$parts" -gt 0
check "half-written files are rare" test "$left" -le 2

until_partly() { # waits until an experiment is measured in part, for ten seconds at most
    for moment in $(seq 100); do
        sleep 0.1
        partly && break
    done
}

# From scratch, killed once rounds are saved.
rm -rf "$out"
begin --quiet
until_partly
kill -9 "$pid"
wait "$pid" 2>/dev/null
check "rounds are saved while an experiment runs" partly
saved=$(query 'rounds(r.experiments[0])')
cp "$record" "$WORK/before.json"
check "the plan says where it resumes" sh -c "
    '$BENCHBOOK' plan '$book' --profile thorough --output '$out' --worker '$WORK/worker' |
    grep -q 'first .*resumes after round $saved'"
check "the next run ends well" status 0 measure
check "it says that it resumed" grep -q "first, .*; resumed after round $saved" "$WORK/out"
check "all configurations are measured" \
    test "$(query 'all.length === 6 && all.every(c => c.status === "ok")')" = true
check "the saved rounds stand as they were" \
    node -e 'const [a, b] = process.argv.slice(1).map(
                 f => JSON.parse(require("fs").readFileSync(f, "utf8")).experiments[0]);
             const same = a.configurations.every((c, i) => JSON.stringify(c.samples) ===
                 JSON.stringify(b.configurations[i].samples.slice(0, c.samples.length)));
             process.exit(same && a.configurations[0].samples.length > 0 ? 0 : 1)' \
    "$WORK/before.json" "$record"
check "with fewer rounds measured than from scratch" \
    test $(($(query 'rounds(r.experiments[0])') - saved)) -lt "$(query 'rounds(r.experiments[0])')"
check "a further run measures nothing" sh -c "
    cp '$record' '$WORK/done.json' && '$BENCHBOOK' measure '$book' --profile thorough \
        --output '$out' --worker '$WORK/worker' --quiet && cmp '$record' '$WORK/done.json'"

# Ctrl-C: the first ends cleanly with what was measured, the second kills.
begin --fresh
until_partly
kill -INT "$pid"
wait "$pid"
check "Ctrl-C ends with status 1" test $? -eq 1
check "and says what is left" grep -q 'interrupted after [0-9]* rounds*; the next run' "$WORK/said"
check "with the rounds saved" partly
check "and no worker left" no_orphan
begin
sleep 0.5
kill -STOP $(workers) # the first Ctrl-C waits for workers that do not answer
kill -INT "$pid"
kill -INT "$pid" 2>/dev/null
sleep 0.1
kill -INT "$pid" 2>/dev/null
wait "$pid"
check "a second Ctrl-C does not wait" test $? -ne 0
check "and leaves no worker either" no_orphan
finish
