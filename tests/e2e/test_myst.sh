# A folder of lectures written for Jupyter Book renders as it stands; hostile ones cost no more than a
# word.
. tests/e2e/lib.sh
lectures=tests/golden/myst
out=$WORK/output record=$lectures/record.json

render() { # render FOLDER [OPTION]...: from the corpus's record, which has no experiment
    folder=$1
    shift
    "$BENCHBOOK" render "$folder" --record "$record" --output "$out" --templates templates "$@" \
        >"$WORK/said" 2>&1
}
says() { grep -qF -e "$1" "$WORK/said"; }
no_errors() { grep -q '^0 errors, ' "$WORK/said"; }

check "the lectures render" render "$lectures"
check "with warnings only" no_errors
check "each warning has its place" \
    test "$(grep -c ': warning: ' "$WORK/said")" -eq "$(grep -cE '^[^ ]+:[0-9]+:[0-9]+: warning: ' "$WORK/said")"
check "the picture is copied" cmp "$out/files/_static/lecture_specific/chains/steps.png" \
    "$lectures/_static/lecture_specific/chains/steps.png"
check "the index has a page" grep -q '<li>Chains, <a class="main"' "$out/genindex.html"
check "every other page leads to it" \
    test "$(grep -lF 'href="genindex.html"' "$out"/*.html | wc -l)" -eq 6
check "what is not understood is shown" grep -qF '{glue:figure} fig_total' "$out/loops.html"

rm -rf "$out"
check "--strict makes errors of them" status 1 "$BENCHBOOK" render "$lectures" --strict \
    --record "$record" --output "$out" --templates templates
check "and no page is written" test ! -e "$out/index.html"
check "a check without --strict is content" status 0 "$BENCHBOOK" check "$lectures" --output "$out"
check "a strict one is not" status 1 "$BENCHBOOK" check "$lectures" --strict --output "$out"

# --- Hostile books --------------------------------------------------------------------------------

book=$WORK/book
start() { rm -rf "$book" "$out"; mkdir -p "$book"; }

if grep -q btparse "$BENCHBOOK"; then
    start
    printf '# T\n\n{cite}`good`, {cite}`late`\n' >"$book/a.md"
    printf '@article{good, title = {T}, year = 1}\n@book{open, title = {never closed\n\n@misc{late, title = {L}, year = 2}\n' \
        >"$book/x.bib"
    check "a broken BibTeX file is a warning" render "$book"
    check "with its line" grep -qE 'x\.bib:[0-9]+(:1)?: warning: BibTeX: ' "$WORK/said"
    check "what stood before the fault is cited" grep -qF 'href="#cite-good"' "$out/a.html"
    for text in '@' '@x' '@x{' '@x{k' '@x{k,' '@x{k,a' '@x{k,a=' '@x{k,a={' '@x{k,a="' '}{' \
        '@string{a=' '@x{k,a=b#' '@x(k,a={b)})' '@x{k,author={ and and , , , and}}' \
        '@x{k,author={,,,,a},editor={a and}}' '@x{,a={b}}' '@comment{' '@preamble{"'; do
        printf '%s\n' "$text" >"$book/x.bib"
        printf '# T\n\n{cite}`k`\n\n```{bibliography}\n:all:\n```\n' >"$book/a.md"
        check "BibTeX: $text" render "$book"
    done
    printf '\000\001@\377{' >"$book/x.bib"
    check "bytes that are no text are no BibTeX" render "$book"
    { printf '@misc{k, title = {'; head -c 300000 /dev/zero | tr '\0' '{'; } >"$book/x.bib"
    check "300,000 open braces" render "$book"
    { printf '@misc{k, title = {'; head -c 3000000 /dev/zero | tr '\0' 'x'; printf '}}\n'; } >"$book/x.bib"
    check "a title of 3 MB" render "$book"
fi

start
{
    printf '# T\n\n```{csv-table}\n\n'
    awk 'BEGIN { for (i = 0; i < 200000; i++) print i ",some words,more of them *here*,1.5,last one" }'
    printf '```\n'
} >"$book/a.md"
check "a table of 10 MB is rendered" \
    timeout 60 sh -c "ulimit -v 4000000; '$BENCHBOOK' render '$book' --record '$record' --output '$out' --templates templates >'$WORK/said' 2>&1"
check "as far as a browser shows it" says "a table has at most 200000 cells"

start
{
    printf '# T\n\n'
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35; do
        printf "%s{note}\n" "$(head -c $((60 - i)) /dev/zero | tr '\0' ':')"
    done
    echo deep
    for i in 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59; do
        head -c $((i - 1)) /dev/zero | tr '\0' ':'
        echo
    done
} >"$book/a.md"
check "boxes 35 deep end with an error, not a crash" status 1 "$BENCHBOOK" check "$book" --output "$out"

start
awk 'BEGIN { print "# T\n"; for (i = 0; i < 100000; i++) print "\\begin{align}\n" }' >"$book/a.md"
check "100,000 environments that never end" timeout 30 "$BENCHBOOK" render "$book" --record "$record" \
    --output "$out" --templates templates
awk 'BEGIN { print "# T\n"; for (i = 0; i < 3000; i++) print "```{exercise-start}\n```\n" }' >"$book/a.md"
check "3,000 gates that never close" timeout 30 "$BENCHBOOK" render "$book" --record "$record" \
    --output "$out" --templates templates

start
printf '# T\n\n```{include} a.md\n```\n' >"$book/a.md"
check "a file that takes itself in is refused" status 1 "$BENCHBOOK" check "$book" --output "$out"
printf '# T\n\n```{include} ../secret.md\n```\n' >"$book/a.md"
echo 'a secret' >"$WORK/secret.md"
check "so is one outside of the folder" status 1 "$BENCHBOOK" check "$book" --output "$out"
printf '# T\n\n![x](../secret.png) {download}`../secret.md` [y](../secret.md)\n' >"$book/a.md"
cp "$WORK/secret.md" "$WORK/secret.png"
check "no file from outside is copied" render "$book"
check "none" test ! -e "$out/files"

finish
