# What becomes of the output folder: pages come and go with their chapters, other files stay, and a book
# with a fault changes nothing.
. tests/e2e/lib.sh
book=$WORK/book
out=$WORK/output
cp -r tests/golden/ordinary "$book"
render() {
    "$BENCHBOOK" render "$book" --record "$book/record.json" --output "$out" --quiet
}

check "a book is rendered from its record" render
echo mine >"$out/mine.txt"
printf '# One more\n\nText.\n' >"$book/02-more.md"
echo '    - file: 02-more.md' >"$WORK/line"
sed -i "/01-everything/r $WORK/line" "$book/myst.yml"
check "a new chapter's page appears" sh -c "
    '$BENCHBOOK' render '$book' --record '$book/record.json' --output '$out' --quiet &&
    test -e '$out/02-more.html'"
pages_hash "$out" >"$WORK/before"
echo '{eval}`nope`' >>"$book/02-more.md"
check "a fault ends with status 1" status 1 render
pages_hash "$out" >"$WORK/after"
check "and changes nothing in the output" cmp "$WORK/before" "$WORK/after"
sed -i '/02-more/d' "$book/myst.yml"
rm "$book/02-more.md"
check "a chapter that goes" render
check "takes its page along" test ! -e "$out/02-more.html"
check "and leaves other files alone" grep -q mine "$out/mine.txt"

check "make install puts everything in place" \
    make --no-print-directory BUILD="$BUILD" DESTDIR="$WORK/root" PREFIX=/usr install
check "the installed program finds its worker" sh -c \
    "cd '$WORK' && root/usr/bin/benchbook list | grep -q wealth.median"
check "the installed program finds its templates" sh -c "
    cp -r '$book' '$WORK/book2' && cd '$WORK' &&
    root/usr/bin/benchbook render book2 --record book2/record.json --output installed --quiet &&
    test -e installed/index.html"
finish
