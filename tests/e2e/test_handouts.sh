# Handouts: files that need no other, PDF by Chromium, sheets of exercises, the whole book. First a small
# book from its fixed record, without a browser, then the real lecture at draft sizes.
. tests/e2e/lib.sh
out=$WORK/output
hand=$out/handouts
small=tests/golden/solutions
handout() { # handout ARGUMENT...: of the lecture
    "$BENCHBOOK" handout chapters --output "$out" "$@"
}
small() { # small ARGUMENT...: of a small book, without a browser
    BENCHBOOK_CHROMIUM=$WORK/none "$BENCHBOOK" handout "$small" --record "$small/record.json" "$@"
}
alone() { # alone FILE...: asks for nothing beside itself; links lead into it or to hosts
    ! grep -noE '(href|src|srcset|poster)="[^"]*"|url\([^)]*\)' "$@" |
        grep -vE '(href|src)="(#|data:|https?:|mailto:)|url\((data:|#)'
}
files() { # files N SUFFIX: so many handouts have that ending
    test "$(find "$hand" -name "*$2" | wc -l)" -eq "$1"
}
paper() { # paper WIDTH HEIGHT FILE: in points, within one
    pdfinfo "$3" | awk -v width="$1" -v height="$2" '
        /^Page size/ { good = ($3 - width) ^ 2 < 1 && ($5 - height) ^ 2 < 1 } END { exit !good }'
}
says() { # says PDF WORD...: its text has every word
    pdftotext -layout "$1" "$WORK/text"
    shift
    for word in "$@"; do
        grep -qF -e "$word" "$WORK/text" || { echo "no '$word'"; return 1; }
    done
}
numbered() { # numbered PDF: every page has its number, the last that of all pages
    pages=$(pdfinfo "$1" | awk '/^Pages/ { print $2 }')
    [ "$pages" -gt 0 ] && for page in $(seq "$pages"); do
        pdftotext -f "$page" -l "$page" "$1" - | grep -qE "(^| )$page ?/ ?$pages$" || return 1
    done
}
outlined() { # outlined PDF: it has bookmarks
    grep -aq '/Outlines' "$1"
}

check "the lecture is measured at draft sizes" status 0 \
    "$BENCHBOOK" measure chapters --output "$out" --profile draft --quiet
chapters=$(ls chapters/*.md | wc -l)

# --- Without a browser ---------------------------------------------------------------------------
check "without Chromium there are pages" status 0 small --output "$WORK/small"
check "and it is said that there is no PDF" grep -q "no PDF: .*$WORK/none" "$WORK/out"
check "of every chapter" test "$(ls "$WORK/small/handouts" | grep -c '\.html$')" -eq \
    "$(ls $small/*.md | wc -l)"
check "a PDF that was asked for is missed" status 1 small --output "$WORK/small" --pdf
check "no PDF is nothing to speak of where none was wanted" status 0 \
    small --output "$WORK/small" --no-pdf
check "so it is not spoken of" sh -c "! grep -q PDF '$WORK/out'"
check "the book's pages are not touched" test ! -e "$WORK/small/index.html"
check "the nearest chapter is named" status 1 small 01-exercise
check "by its name" grep -q "did you mean '01-exercises'" "$WORK/out"
check "paper of another size is wrong usage" status 2 small --paper a5
cat >"$WORK/old" <<'EOF'
#!/bin/sh
[ "$1" = --version ] && echo "Chromium 120.0.1" && exit
echo "$@" >"$0.arguments"
for word in "$@"; do
    case $word in --print-to-pdf=*) echo %PDF >"${word#*=}" ;; esac
done
EOF
chmod +x "$WORK/old"
check "an old browser is asked for its own page numbers" sh -c "
    BENCHBOOK_CHROMIUM='$WORK/old' '$BENCHBOOK' handout $small 01-exercises --quiet \
        --record $small/record.json --output '$WORK/small' &&
    ! grep -q no-pdf-header-footer '$WORK/old.arguments' &&
    test -s '$WORK/small/handouts/01-exercises.pdf'"
sed 's/^echo.*/exit 3/' "$WORK/old" >"$WORK/bad"
chmod +x "$WORK/bad"
check "a browser that fails is an error" sh -c "
    ! BENCHBOOK_CHROMIUM='$WORK/bad' '$BENCHBOOK' handout $small 01-exercises \
        --record $small/record.json --output '$WORK/small' 2>'$WORK/said' &&
    grep -q 'exited with status 3' '$WORK/said'"

# --- The lecture ---------------------------------------------------------------------------------
if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    echo "ok $((tests += 1)) - the lecture's handouts # SKIP no Chromium"
    finish
    exit
fi
check "make handouts" status 0 make --no-print-directory BUILD="$BUILD" OUTPUT="$out" handouts
check "makes a page of each chapter, a sheet, and the book" files $((chapters + 2)) .html
check "and a PDF of each" files $((chapters + 2)) .pdf
check "pages that need no other" alone "$hand"/*.html
check "chapters on A4" paper 595.3 841.9 "$hand/03-implicit.pdf"
for file in "$hand"/*.pdf; do
    check "every page of $(basename "$file") is numbered" numbered "$file"
done
check "a chapter's title heads its pages" sh -c "
    pdftotext -f 2 -l 2 '$hand/03-implicit.pdf' - | head -8 | grep -qx 'Implicit multithreading'"
check "the PDF has its text, folded solutions too" \
    says "$hand/06-exercises.pdf" "Exercise 6.1" "Solution to Exercise 6.1" "Listing 6.1" "Draft"
check "bookmarks are there" outlined "$hand/book.pdf"
check "the book has every chapter" says "$hand/book.pdf" Contents "Implicit multithreading" \
    "Method and machine" "Exercise 6.3"
check "the sheet has exercises without solutions" sh -c "
    pdftotext '$hand/06-exercises-exercises.pdf' '$WORK/text' &&
    grep -q 'Exercise 6.2' '$WORK/text' && ! grep -q 'Solution' '$WORK/text'"
cp "$hand/02-kinds.pdf" "$WORK/first.pdf"
check "the same record gives the same PDF" sh -c "
    rm '$hand/02-kinds.pdf' && '$BENCHBOOK' handout 02-kinds --output '$out' --quiet &&
    cmp '$hand/02-kinds.pdf' '$WORK/first.pdf'"
check "a chapter by its path, on Letter" status 0 handout chapters/02-kinds.md --paper letter --pdf
check "is as large as Letter is" paper 612 792 "$hand/02-kinds.pdf"
finish
