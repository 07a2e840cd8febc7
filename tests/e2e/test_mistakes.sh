# A chapter with ten different mistakes: ten diagnostics in one run, each at its line; the last good
# output stays. Three of them concern MyST and not measuring: they are errors with --strict only.
. tests/e2e/lib.sh
book=tests/e2e/ten-mistakes

mkdir -p "$WORK/output"
echo 'the last good page' >"$WORK/output/index.html"
"$BENCHBOOK" build "$book" --strict --output "$WORK/output" >"$WORK/said" 2>&1
got=$?

one_at() { # one_at LINE WORD: a diagnostic at that line of a chapter has the word
    grep -E "^$book/[^:]*\.md:$1:[0-9]+: error: " "$WORK/said" | grep -qiF -e "$2"
}

check "exit status 1" test "$got" -eq 1
check "ten diagnostics" test "$(grep -c '^tests/e2e/.*: error: ' "$WORK/said")" -eq 10
while IFS=: read -r line word; do
    check "line $line: $word" one_at "$line" "$word"
done <"$book/expected.txt"
check "each shows its line and a caret" test "$(grep -c '^ *| *^$' "$WORK/said")" -eq 10
check "the last good output is untouched" \
    test "$(cat "$WORK/output/index.html")" = 'the last good page'
check "nothing else was written" test "$(ls "$WORK/output")" = index.html

"$BENCHBOOK" check "$book" --output "$WORK/output" >"$WORK/said" 2>&1
for line in 5 32 39; do
    check "line $line is a warning without --strict" \
        grep -qE "^$book/[^:]*\.md:$line:[0-9]+: warning: " "$WORK/said"
done
check "the other seven are errors" test "$(grep -c '^tests/e2e/.*: error: ' "$WORK/said")" -eq 7

finish
