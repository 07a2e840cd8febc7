# C that chapters carry: compiled by the recipe of the built-in kernels, faults told at the chapter's own
# lines, nothing compiled or measured twice, and a cell that crashes or hangs costs its configuration only.
. tests/e2e/lib.sh
book=$WORK/book out=$WORK/output said=$WORK/said
cp -r tests/e2e/cells "$book"
real=${CC:-cc}

# A compiler that counts how often it makes an object.
cat >"$WORK/counting-cc" <<END
#!/bin/sh
case " \$* " in *' -shared '*) echo x >>'$WORK/compiled' ;; esac
exec $real "\$@"
END
chmod +x "$WORK/counting-cc"
CC=$WORK/counting-cc
BENCHBOOK_TIMEOUT=3 # for the one that hangs
export CC BENCHBOOK_TIMEOUT

build() {
    "$BENCHBOOK" build "$book" --profile draft --output "$out" >"$said" 2>&1
}
said_at() { # said_at FILE LINE COLUMN WORDS: a diagnostic there begins so
    grep -qF -e "$1:$2:$3: $4" "$said"
}
page() { # page CHAPTER PATTERN: the chapter's page has it
    grep -qE -e "$2" "$out/$1.html"
}
query() { # query EXPRESSION: of the record `r`
    test "$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
             const rows = name => r.experiments.find(e => e.name === name).configurations;
             const key = (name, i) => rows(name)[i].key;
             console.log('"$1"')' "$out/record.json")" = true
}
compiled() {
    wc -l <"$WORK/compiled"
}
expected() { # every line of expected.txt has its diagnostic in 02-bad.md
    while IFS=: read -r line column words; do # in words, the kind of the diagnostic and its beginning
        said_at "$book/02-bad.md" "$line" "$column" "$words" || { echo "missing $line $words"; return 1; }
    done <"$book/expected.txt"
}

# check: all faults at once, nothing measured
"$BENCHBOOK" check "$book" --output "$out" >"$said" 2>&1
got=$?
check "check: exit status 1" test "$got" -eq 1
check "check: every fault stands at its line and column" expected
check "check: and there are no others" \
    test "$(grep -cE '^[^ ]*: (error|warning): ' "$said")" -eq "$(wc -l <"$book/expected.txt")"
check "check: nothing was measured or rendered" test -z "$(ls "$out")"

build
got=$?
check "build: exit status 1" test "$got" -eq 1
check "build: the same faults" expected
check "build: what does compile is measured" query 'rows("circle").concat(rows("sum"))
    .every(c => c.status === "ok" && c.samples.length > 0)'
check "the answers are the functions'" query '(n => {
    let hits = 0;
    for (let i = 1 - n; i < n; i += 2)
        for (let j = 1 - n; j < n; j += 2)
            hits += i * i + j * j < n * n;
    return rows("circle").every(c => c.answer === 4 * hits / (n * n));
})(400) && rows("sum")[0].answer === 999 * 1000 / 4'
check "the cell that failed has a box in its place" page 02-bad 'class="box-place">02-bad.md, line 5<'
check "with what the compiler said, by the cell's own lines" page 02-bad 'slips.c:4:16: error: .*undeclared'
check "its experiment says why it was not run" \
    page 02-bad 'not run here: the cell .*slips.* does not compile: .*undeclared'
check "operations that are not known give no rates" query 'r.summary.circle.configurations
    .every(c => c.operations_rate === undefined)'
check "nor a place under a roofline" page 01-good 'declares no floating-point operations'

# those that misbehave
check "a crash costs its configuration only" query 'rows("crash")[0].status === "ok"
    && rows("crash")[1].status === "failed"'
check "and the page says how it ended" page 03-rogues 'signal 11|exited with status'
check "so does a hang" query 'rows("hang")[0].status === "ok" && rows("hang")[1].status === "failed"'
check "and the page says so" page 03-rogues 'no answer within'
check "answers that differ are no figures" page 03-rogues 'The answers differ'

# the line on the page compiles the text on the page
node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
         process.stdout.write(r.sources.find(s => s.file === "01-good.md/circle.c").text)' \
    "$out/record.json" >"$WORK/circle.c"
sed -n 's/.*<code>\(.* -o circle circle\.c -lm\)$/\1/p' "$out/01-good.html" >"$WORK/line"
check "the page tells how to compile it" test -s "$WORK/line"
check "which works" sh -c "cd '$WORK' && sh line && ./circle >answer"
check "and gives the same answer" query "rows('circle')[0].answer === $(cat "$WORK/answer")"

# nothing twice
rm "$book/02-bad.md" "$book/03-rogues.md"
sed -i '/02-bad/d; /03-rogues/d' "$book/myst.yml"
before=$(compiled)
check "without the faulty chapters: exit status 0" status 0 build
cp "$out/record.json" "$WORK/before.json"
check "and again" status 0 build
check "nothing was compiled again" test "$(compiled)" -eq "$before"
check "nothing was measured again" cmp "$out/record.json" "$WORK/before.json"
sed -i '1a \\nA sentence before the cells.' "$book/01-good.md"
build
check "nor when a cell has moved" test "$(compiled)" -eq "$before"
sed -i 's/sum += x \* i;/sum += i * x;/' "$book/01-good.md"
"$BENCHBOOK" render "$book" --output "$out" >"$said" 2>&1
check "a page tells that a cell was changed" sh -c "
    test \$(grep -c 'The chapter has changed since this was measured' '$out/01-good.html') -eq 1"
"$BENCHBOOK" plan "$book" --profile draft --output "$out" >"$said" 2>&1
check "a change of a cell measures its experiment again" grep -q '^sum .*source changed' "$said"
check "and no other" grep -q '^circle .*kept' "$said"
check "only the changed cell was compiled" test "$(compiled)" -eq $((before + 3))

# without a compiler
CC=/no/such/compiler
build
got=$?
check "no compiler: exit status 1" test "$got" -eq 1
check "no compiler: it is said plainly" grep -q 'the cells of the book are not run: cannot start' "$said"
check "no compiler: the page says so" page 01-good 'cells cannot be compiled here: cannot start'

CC=$real

# what the README shows
mkdir "$WORK/readme"
sed -n '/^```{kernel} circle$/,/^````$/p' README.md | sed '$d' >"$WORK/readme/one.md"
check "the README's cell compiles, and its experiment is one" status 0 \
    "$BENCHBOOK" check "$WORK/readme" --output "$out"
check "both are found" grep -q 'chapters: 1, experiments: 1' "$WORK/out"

# a cell that comes to a book of which nothing is to be measured
mkdir "$WORK/late"
printf '# Late\n\n```{experiment} pi.hits\n:name: pi\n:set: n=1000\n:variants: serial\n```\n' \
    >"$WORK/late/one.md"
late() {
    "$BENCHBOOK" build "$WORK/late" --profile draft --output "$WORK/late-output" --quiet
}
check "a book without cells" status 0 late
printf '\n```{kernel} one\ndouble one(void) { return 1; }\n```\n' >>"$WORK/late/one.md"
check "and with its first one, which no experiment names" status 0 late
check "tells how that is compiled" grep -q -e '-c one\.c$' "$WORK/late-output/one.html"

# memory, where a limit can be set at all
if [ "${BENCHBOOK_MEMORY:-}" = 0 ]; then
    echo "ok $((tests += 1)) - a cell that takes all memory # SKIP there is no limit on memory"
else
    cat >"$book/01-good.md" <<'END'
# Memory

```{kernel} takes
#include <stdlib.h>
#include <string.h>

double takes(void)
{
#ifdef _OPENMP
    for (;;) {
        char *block = malloc(50000000);
        memset(block, 1, 50000000);
    }
#endif
    return 1;
}
```

```{experiment} takes
:name: takes
:variants: serial, parallel
:threads: 1
```
END
    BENCHBOOK_MEMORY=700 build
    check "a cell that takes all memory costs its configuration only" query \
        'rows("takes")[0].status === "ok" && rows("takes")[1].status === "failed"'
fi
finish
