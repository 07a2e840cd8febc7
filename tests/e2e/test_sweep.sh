# A sweep the whole way, with real workers and real gnuplot: planned, measured and kept value by value,
# one figure on the page, and its faults told at their places.
. tests/e2e/lib.sh
book=$WORK/book out=$WORK/output
mkdir "$book"
cat >"$book/myst.yml" <<'END'
version: 1
project:
  title: A sweep
  toc:
    - file: sweep.md
END
write() { # write VALUES [LINE]: the chapter
    cat >"$book/sweep.md" <<END
# A sweep

With {eval}\`stairs.at(500).set.elements\` elements: {eval}\`stairs.at(500).simd.time\`; all of {eval}\`stairs.values\`.

\`\`\`{experiment} limits.triad
:name: stairs
:set: updates=20000
:sweep: elements = 512..32768, 1 an octave
:draft: elements = $1
:variants: simd, parallel
:threads: 2
:show: traffic, times, speedup, table
\`\`\`
${2:-}
END
}
page_says() {
    grep -qF -e "$1" "$out/sweep.html"
}
query() { # query EXPRESSION: of the record `r`
    test "$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             console.log('"$1"')' "$out/record.json")" = true
}

write '512, 4096, 32768'
check "the plan names the values once" sh -c "
    '$BENCHBOOK' plan '$book' --output '$out' --profile draft >'$WORK/plan' &&
    grep -q '^ *elements = 512, 4096, 32768: about .*: new$' '$WORK/plan'"
check "seven of them without a draft" sh -c "
    '$BENCHBOOK' plan '$book' --output '$out' | grep -q '^stairs  (limits.triad)  7 values of elements$'"
check "a draft build is done" status 0 "$BENCHBOOK" build "$book" --output "$out" --profile draft
check "it tells of each value" grep -q '^2 of 3: stairs@4096, 6 rounds' "$WORK/out"
check "the record has a result for each" query 'r.experiments.map(e => e.name).join() ===
    "stairs@512,stairs@4096,stairs@32768" && r.experiments.every(e => e.sweep === "stairs" &&
    e.swept === "elements" && e.working_set === 24 * e.settings[0].value &&
    e.configurations.every(c => c.status === "ok" && c.samples.length === 6))'
check "small arrays were gone over again" query 'r.experiments.every(e =>
    e.operations >= 2 * 20000 && e.operations < 2 * 20000 + 2 * e.settings[0].value)'
check "the record says what makes up the sweep" query 'r.sweeps.stairs.points.length === 3'
check "the page has one figure of three charts" sh -c "
    test \$(grep -c '<figure' '$out/sweep.html') -eq 1 && test \$(grep -c '<svg class=\"chart\"' '$out/sweep.html') -eq 3"
check "and a row for each value" page_says '<th scope="row">32,768 <span class="interval">768'
check "its text names the nearest value" page_says '<span class="value">512</span> elements'
check "and all of them" page_says '512, 4,096, 32,768'
cp "$out/record.json" "$WORK/first.json"
check "a second build measures nothing" status 0 "$BENCHBOOK" build "$book" --output "$out" --profile draft
check "and says so in one word" grep -qE ': stairs \(3 values\)$' "$WORK/out"
check "and leaves the record as it is" cmp "$out/record.json" "$WORK/first.json"
write '512, 4096, 8192, 32768'
check "a further value" status 0 "$BENCHBOOK" build "$book" --output "$out" --profile draft
check "is measured alone" grep -q "^1 experiment to measure, 3 kept" "$WORK/out"
check "--force takes one value" sh -c "
    '$BENCHBOOK' plan '$book' --output '$out' --profile draft --force stairs@512 |
    grep -q '^1 to measure, 3 kept'"
check "--force takes all of them" sh -c "
    '$BENCHBOOK' plan '$book' --output '$out' --profile draft --force stairs | grep -q '^4 to measure, 0 kept'"

write '512, 0' '{eval}`stairs.simd.time` and {eval}`stairs.at(0).simd.time`'
check "check refuses faults" status 1 "$BENCHBOOK" check "$book"
check "a value out of range, at its place" grep -q 'sweep.md:9:25: error: elements=0 is outside' "$WORK/out"
check "a sweep taken for an experiment, with the way to write it" grep -q \
    'sweep.md:14:8: error: stairs sweeps elements: write stairs.at(.*).simd.time' "$WORK/out"
check "a value that cannot be" grep -q 'sweep.md:14:37: error: a value of elements is wanted' "$WORK/out"
finish
