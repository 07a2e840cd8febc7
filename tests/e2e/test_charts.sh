# Charts of books with fixed records: what describes them is brief, and drawing and values can be taken
# from beside the page, whole and safe; what is no longer drawn leaves nothing behind.
. tests/e2e/lib.sh
rendered() { # rendered BOOK
    status 0 "$BENCHBOOK" render "tests/golden/$1" --record "tests/golden/$1/record.json" --output "$WORK/$1" --quiet
}
brief() { # brief FOLDER: descriptions have 20 to 400 letters
    grep -ohE '<desc [^>]*>[^<]*' "$1"/*.html | sed 's/^[^>]*>//' |
        awk '{n++} length > 400 || length < 20 {print; bad = 1} END {exit bad || !n}'
}
links() { # links FOLDER ENDING: the downloads of its pages
    grep -ohE 'href="charts/[^"]*\.'"$2"'" download' "$1"/*.html | cut -d'"' -f2
}
offered() { # offered FOLDER: each chart has both files, each file a link
    links "$1" svg >"$WORK/svg" && links "$1" csv >"$WORK/csv"
    [ "$(cat "$1"/*.html | grep -c '<svg class="chart"')" -eq "$(wc -l <"$WORK/svg")" ] &&
        sort "$WORK/svg" "$WORK/csv" >"$WORK/linked" && (cd "$1" && find charts -type f | sort) |
        cmp - "$WORK/linked" && [ -z "$(uniq -d "$WORK/linked")" ] &&
        [ "$(grep -c '^charts/' "$1/.benchbook-manifest")" -eq "$(wc -l <"$WORK/linked")" ]
}
alone() { # alone FOLDER: drawings need no style sheet, and nothing from elsewhere
    for file in "$1"/charts/*.svg; do
        head -n 1 "$file" | grep -q '^<?xml version="1.0"' && grep -q 'xmlns="http://www.w3.org/2000/svg"' "$file" &&
            grep -q '<rect width="100%" height="100%" fill="#' "$file" && grep -q ' font-family=' "$file" ||
            { echo "$file lacks something"; return 1; }
    done
    ! grep -nE 'class=|var\(|<script|<style| on[a-z]+=|@import|url\(|(href|src)="[^#]' "$1"/charts/*.svg
}
tabular() { # tabular FOLDER: as many fields in every line, lines end as RFC 4180 has them
    for file in "$1"/charts/*.csv; do
        awk -v name="$file" 'BEGIN {RS = "\r\n"}
            {line = $0; gsub(/"([^"]|"")*"/, "q", line); fields = gsub(/,/, ",", line)}
            NR == 1 {wanted = fields} fields != wanted || /\n/ {print name, NR; bad = 1}
            END {exit bad || NR < 2}' "$file" || return 1
    done
}
same() { # same A B: the same files with the same bytes
    (cd "$1" && sha256sum charts/*) >"$WORK/a" && (cd "$2" && sha256sum charts/*) | cmp - "$WORK/a"
}

for book in ordinary sweep one-core; do
    check "$book: it renders" rendered "$book"
    check "$book: descriptions are brief" brief "$WORK/$book"
    check "$book: charts and their values lie beside the pages" offered "$WORK/$book"
    check "$book: drawings stand alone" alone "$WORK/$book"
    check "$book: values are tables" tabular "$WORK/$book"
done
cp -r "$WORK/sweep" "$WORK/first"
check "once more it renders" rendered sweep
check "the files are the same bytes" same "$WORK/first" "$WORK/sweep"
check "another book in the same place" status 0 "$BENCHBOOK" render tests/golden/one-core \
    --record tests/golden/one-core/record.json --output "$WORK/sweep" --quiet
check "files of charts that are gone are gone" offered "$WORK/sweep"
finish
