# Records compared, the whole way: real ones of this machine, extracts of them, hostile ones, and 200 at once.
. tests/e2e/lib.sh
book=tests/e2e/one-experiment
measure() { # measure NAME OPTION...: a record of the book
    name=$1
    shift
    "$BENCHBOOK" measure "$book" --record "$WORK/$name.json" --output "$WORK" --quiet "$@"
}
compare() { # compare FILE...: into $WORK/page; what it says into $WORK/said
    (cd "$WORK" && LC_ALL=C.UTF-8 "$program" compare "$@" --output page --templates "$templates") >"$WORK/said" 2>&1
}
said() { # said STATUS FILE...: it ends with that status
    expected=$1
    shift
    compare "$@"
    got=$?
    [ "$got" -eq "$expected" ] || { echo "status $got, not $expected"; cat "$WORK/said"; false; }
}
says() {
    grep -qF -e "$1" "$WORK/said" || { cat "$WORK/said"; false; }
}
page_says() {
    grep -qF -e "$1" "$WORK/page/compare.html"
}
harmless() { # nothing of a record that a terminal or a browser would obey
    ! LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' "$1"
}
program=$(realpath "$BENCHBOOK") templates=$(realpath templates)

check "a record" measure before --profile standard
check "another of the same build" measure after --profile standard
check "one for the least level of the instruction set" env BENCHBOOK_ISA="$(
    node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1]));
        console.log(r.build.find((f) => f.key === "build.isa").value.replace(/v[34]$/, "v2"))' "$WORK/before.json")" \
    "$BENCHBOOK" measure "$book" --record "$WORK/least.json" --output "$WORK" --quiet --profile standard

check "the same build twice" said 0 before.json after.json
check "it says that it is the same" says '“after” is of the same machine and the same build as “before”.'
check "it counts the figures" says '4 figures of “after” that can be set beside those of “before”'
check "it says where the page is" says 'the comparison is at page/compare.html'
check "the page asks no other file" sh -c "! grep -E '(src|href)=\"(https?:|assets|/)' '$WORK/page/compare.html'"
check "its table is there without a script" page_says '<table class="overview compared sortable">'
check "no figure that is none is shown" sh -c "! grep -nE 'NaN|>nan<|>inf<|undefined' '$WORK/page/compare.html'"
echo "# declared different of the same build, on this machine now: $(grep -c 'change change-[fs]' "$WORK/page/compare.html")"
check "another level of the instruction set" said 0 least.json before.json --baseline before
check "the build is named beside the ratio" sh -c "
    grep -q 'least: compiled with -march=' '$WORK/page/compare.html' ||
    grep -q 'of the same machine and the same build' '$WORK/said'"

check "an extract" status 0 "$BENCHBOOK" extract "$WORK/before.json" "$WORK/small.json" --only pi
check "is less than half as large" sh -c "
    [ \$((2 * \$(wc -c <'$WORK/small.json'))) -lt \$(wc -c <'$WORK/before.json') ]"
check "and compares like the whole" said 0 before.json small.json
check "in every figure" sh -c "
    [ \$(grep -o '1.00×' '$WORK/page/compare.html' | wc -l) -ge 4 ] && ! grep -q 'change change-[fs]' '$WORK/page/compare.html'"
check "an experiment that is not there" status 1 "$BENCHBOOK" extract "$WORK/before.json" "$WORK/no.json" --only ip
check "is told with the nearest name" grep -q "did you mean 'pi'" "$WORK/out"

sed 's/n=1000$/n=2000/' "$book/one.md" >"$WORK/one.md"
cp "$book/myst.yml" "$WORK"
mkdir "$WORK/a" "$WORK/b"
cp "$WORK/before.json" "$WORK/a/r.json"
cp "$WORK/after.json" "$WORK/b/r.json"
check "records in files of one name" said 0 a/r.json b/r.json b/r.json
check "are called by their folders" says '“b/r” is of the same machine and the same build as “a/r”.'
check "and numbered at last" says '“b/r (2)” is of the same machine'

check "other sizes" "$BENCHBOOK" measure "$WORK" --record "$WORK/sizes.json" --output "$WORK" --quiet
check "leave nothing to compare" said 1 before.json sizes.json
check "which is said" says 'nothing in these records can be compared'
check "with the reason" page_says 'other sizes: pi with n = 2000 instead of 1000'

check "one record is wrong usage" said 2 before.json
check "an unknown baseline is an error" said 1 before.json after.json --baseline befor
check "with the nearest name" says "did you mean 'before'?"
check "an absent record is an error" said 1 before.json nowhere.json
check "--only wants a record of its own" status 2 "$BENCHBOOK" measure "$book" --only pi --output "$WORK"
check "and measures nothing else" sh -c "
    '$BENCHBOOK' plan chapters --only pi32 --record '$WORK/x.json' | grep -q '^1 to measure, 0 kept'"

refused() { # every hostile record ends in a refusal that is harmless to read
    for file in tests/records/hostile/*.json; do
        "$BENCHBOOK" compare "$WORK/before.json" "$file" --output "$WORK/hostile" >"$WORK/said" 2>&1
        got=$?
        [ "$got" -eq 1 ] || { echo "$file: status $got"; return 1; }
        harmless "$WORK/said" || { echo "$file: not harmless"; return 1; }
        [ ! -e "$WORK/hostile/compare.html" ] || { echo "$file: a page"; return 1; }
    done
}
check "hostile records are refused" refused
node -e '
    const fs = require("fs"), record = JSON.parse(fs.readFileSync(process.argv[1], "utf8"));
    const evil = "</script><script>alert(1)</script>\u001b[31m\u009b31m\u202e`id`$(id)\"\u0027{{x}}\u0007\n" +
        "x".repeat(200000);
    delete record.summary;
    delete record.sweeps;
    for (const facts of [record.machine, record.build, record.run])
        for (const fact of facts)
            Object.assign(fact, { value: evil, label: evil });
    for (const kernel of record.kernels)
        kernel.about = evil;
    for (const one of record.experiments[0].configurations)
        Object.assign(one, { variant: evil + one.variant, complaint: evil, reason: evil });
    record.experiments[0].name = evil;
    record.profile = evil;
    fs.writeFileSync(process.argv[2] + "/evil\u001b[31m<b>.json", JSON.stringify(record));
    fs.writeFileSync(process.argv[2] + "/evil too.json", JSON.stringify(record));' "$WORK/before.json" "$WORK"
check "words that would be obeyed are compared" said 0 "$(printf 'evil\033[31m<b>.json')" 'evil too.json'
check "and harmless on the terminal" harmless "$WORK/said"
check "and in the page" harmless "$WORK/page/compare.html"
check "which has no script but its own" sh -c "
    [ \$(grep -o '<script' '$WORK/page/compare.html' | wc -l) -eq 1 ] && ! grep -q '<b>' '$WORK/page/compare.html'"
check "and is no larger for long words" sh -c "[ \$(wc -c <'$WORK/page/compare.html') -lt 1000000 ]"

# In under 5 s on a machine that does nothing else; the bound here is for one that does.
mkdir "$WORK/many"
node tests/e2e/many-records.mjs "$WORK/before.json" "$WORK/many"
many() {
    (ulimit -v 512000 && timeout 60 "$BENCHBOOK" compare "$WORK"/many/*.json --output "$WORK/many-page" --quiet)
}
check "200 records of 50 experiments in under 500 MB" many
check "all of them are in the page" sh -c "grep -q 'r199' '$WORK/many-page/compare.html'"
finish
