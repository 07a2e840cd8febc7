# What rendering keeps for the next time never shows: pages are the same bytes whether it is there, was
# there before a change, is broken, or was never there; and where nothing changed nothing is written.
. tests/e2e/lib.sh
book=$WORK/book out=$WORK/output cache=$WORK/output/.benchbook-cache
cp -r tests/golden/ordinary "$book"
cp -r templates "$WORK/templates" # the program's, for they stand beside its folder
mkdir "$WORK/bin" && cp "$BENCHBOOK" "$BUILD/benchbook-worker" "$WORK/bin" && BENCHBOOK=$WORK/bin/benchbook
cp "$book/record.json" "$WORK/record.json"

render() { # render OUTPUT [OPTION]...
    into=$1
    shift
    "$BENCHBOOK" render "$book" --record "$WORK/record.json" --output "$into" --quiet "$@"
}
# The pages made on what is kept are those that are made from nothing.
same() {
    rm -rf "$WORK/fresh"
    render "$out" "$@" && render "$WORK/fresh" "$@" &&
        diff -r --exclude=.benchbook-cache "$out" "$WORK/fresh"
}
differs() { # differs COMMAND...: whether the command changes the pages, which then are right
    pages_hash "$out" >"$WORK/before"
    "$@" || return 1
    same || return 1
    pages_hash "$out" >"$WORK/after"
    ! cmp -s "$WORK/before" "$WORK/after"
}
# Every file with its inode, size and times: what is written or replaced shows.
files() {
    find "$1" -printf '%p %i %s %T@ %C@\n' | LC_ALL=C sort
}

check "a first rendering" render "$out"
check "keeps results beside the pages" test -d "$cache"
files "$out" >"$WORK/first"
check "a second one" render "$out"
files "$out" >"$WORK/second"
check "writes no file" cmp "$WORK/first" "$WORK/second"
check "its pages are those of one that has nothing kept" same
check "with the files that they offer, and the search" sh -c \
    "cd '$out' && grep -qx assets/search.js .benchbook-manifest && grep ^charts/ .benchbook-manifest | sort >'$WORK/offered' &&
     [ -s '$WORK/offered' ] && find charts -type f | sort | cmp - '$WORK/offered'"

check "prose that changes changes pages" differs \
    sh -c "printf '\nNew prose with \$\\\\sqrt{17}\$.\n' >>'$book/01-everything.md'"
check "so does another chapter's title" differs sed -i 's/^# .*/# Another title/' "$book/index.md"
check "a value of the record" differs sed -i 's/"cores": *[0-9]*/"cores": 77/' "$WORK/record.json"
check "a template" differs sed -i 's/Made by/Composed by/' "$WORK/templates/footer.html"
check "the style of charts" differs \
    sed -i 's/^set terminal.*/&\nset title "titled"/' "$WORK/templates/charts/style.gp"
check "the style sheet" differs sed -i 's/--s1: light-dark(#[0-9a-f]*/--s1: light-dark(#123456/' \
    "$WORK/templates/style-charts.css"
check "whose colours drawings have that stand alone" grep -rq '#123456' "$out/charts"
check "the book's language, in which it is searched" differs sed -i 's/^project:/&\n  language: de/' "$book/myst.yml"
check "and its own colour" differs \
    sh -c "printf 'site:\n  options:\n    accent: \"#7a1f3d\"\n' >>'$book/myst.yml'"
check "a macro of formulas" differs sed -i 's/mathbb{E}/mathbb{F}/' "$book/myst.yml"
sed 's/"katex-html"/"katex-other"/g' "${KATEX_JS:-/usr/share/javascript/katex/katex.min.js}" \
    >"$WORK/katex.js"
BENCHBOOK_KATEX_JS=$WORK/katex.js
export BENCHBOOK_KATEX_JS
check "another library for formulas" differs true
unset BENCHBOOK_KATEX_JS
check "and the first one again" differs true
check "solutions that stand elsewhere" same --solutions end
check "values with notes" same --values footnotes

mkdir -p "$WORK/ours/charts" && echo '<footer>Ours</footer>' >"$WORK/ours/footer.html"
check "templates of the user's" same --templates "$WORK/ours"
{ cat templates/charts/style.gp && echo "load '$WORK/title.gp'"; } >"$WORK/ours/charts/style.gp"
echo "set title 'one'" >"$WORK/title.gp"
check "and a style of charts" same --templates "$WORK/ours"
echo "set title 'two'" >"$WORK/title.gp"
check "that asks for what only gnuplot reads" same --templates "$WORK/ours"

cp "$BENCHBOOK" "$WORK/other" && mv "$WORK/other" "$BENCHBOOK"
ls "$cache" | LC_ALL=C sort >"$WORK/packs"
check "another program" same
check "takes nothing that this one kept" sh -c "ls '$cache' | sort | comm -12 - '$WORK/packs' | cmp - /dev/null"

for pack in "$cache"/*; do head -c 1000 /dev/urandom >"$pack"; done
check "garbage in what is kept does no harm" same
for pack in "$cache"/*; do head -c 300 "$pack" >"$WORK/cut" && cp "$WORK/cut" "$pack"; done
check "nor do packs that are cut off" same
rm -rf "$cache"
check "nor that it is gone" same
rm -rf "$cache" && echo mine >"$cache"
check "nor that it cannot be" same
rm -f "$cache"

rm -rf "$out"
render "$out" & first=$!
render "$out" & second=$!
render "$out" & third=$!
wait "$first" && wait "$second" && wait "$third"
check "three at once leave a whole site" same
mv "$book/01-everything.md" "$book/01-all.md" && sed -i 's/01-everything/01-all/' "$book"/*.*
ls "$cache" | wc -l >"$WORK/count"
check "a chapter that goes by another name" same
check "leaves nothing behind" sh -c "[ \$(ls '$cache' | wc -l) -eq \$(cat '$WORK/count') ]"

tests/bench/corpus "$WORK/corpus" 9
book=$WORK/corpus out=$WORK/many
check "so it is for a book whose chapters are made by several processes" same
(cd "$WORK/many/.benchbook-cache" && rm -f -- [0-7]*)
check "and of which something is kept of some chapters only" same
finish
