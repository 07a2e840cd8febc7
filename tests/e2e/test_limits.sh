# What a run may use decides what is swept: pinned to one processor a sweep has one thread and says so;
# a count that is asked for beyond the limit is not run, and the page says why.
. tests/e2e/lib.sh
book=$WORK/book out=$WORK/output
mkdir "$book"
cat >"$book/myst.yml" <<'END'
version: 1
project:
  title: Limits
  toc:
    - file: pi.md
END
cat >"$book/pi.md" <<'END'
# Limits

```{machine}
:name: machine
```

```{experiment} pi.hits
:name: swept
:set: n=100000
```

```{experiment} pi.hits
:name: asked
:set: n=100001
:variants: serial, parallel
:threads: 1, 2
```
END

if ! command -v taskset >/dev/null; then
    echo "ok 1 - limits # SKIP taskset is not installed"
    echo "1..1"
    exit 0
fi
first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//') # a processor that this shell may run on
page_says() {
    grep -qE -e "$1" "$out/pi.html"
}
query() { # query EXPRESSION: of the record `r`
    test "$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             const rows = name => r.experiments.find(e => e.name === name).configurations;
             console.log('"$1"')' "$out/record.json")" = true
}
check "plan, pinned: a sweep of one thread" sh -c "
    taskset -c $first '$BENCHBOOK' plan '$book' --output '$out' >'$WORK/plan' &&
    grep -q 'parallel on 1 thread' '$WORK/plan'"
check "and the count asked for beyond that is not run, with the reason" grep -q \
    'parallel on 2 threads: not run here: 2 threads are more than the 1 hardware thread' "$WORK/plan"
check "a build, pinned, ends well" status 0 taskset -c "$first" \
    "$BENCHBOOK" build "$book" --profile draft --output "$out"
check "the terminal counts what was skipped" grep -q ' 1 skipped, 0 failed' "$WORK/out"
check "the sweep had one thread only" query 'rows("swept").every(c => c.threads === 1 && c.status === "ok")'
check "two threads were not run" query 'rows("asked").some(
    c => c.threads === 2 && c.status === "skipped" && c.samples.length === 0)'
check "the page says why" page_says '2 threads are more than the 1 hardware thread'
check "the page says that the sweep has one thread" page_says "This machine has one core to run on"
check "the page says which processor the run was held to" page_says "May run on CPUs"
check "the record says that one core could be used" query 'r.cores === 1 && r.hardware_threads === 1'
finish
