# Workers that a book brings: the one that the README shows in full, one whose library is missing, and
# one that cannot be started.
. tests/e2e/lib.sh
if ! [ -x /usr/bin/python3 ]; then
    echo "ok 1 - workers of a book # SKIP there is no /usr/bin/python3"
    echo "1..1"
    exit 0
fi
book=$WORK/book
mkdir -p "$book/workers"
worker=$book/workers/plain.py

# The README's only block of Python.
sed -n '/^```python$/,/^```$/p' README.md | sed '1d;$d' >"$worker"
chmod +x "$worker"

chapter() { # chapter VARIANTS
    printf '# Pi\n\n```{experiment} pi.hits\n:name: pi\n:set: n=20000\n:variants: %s\n```\n' "$1" \
        >"$book/one.md"
}
build() {
    "$BENCHBOOK" build "$book" --profile draft --output "$WORK/output"
}
says() { # says WORDS: on the page
    grep -q -e "$1" "$WORK/output/one.html"
}

chapter 'serial, python'
check "the README's worker has at most 30 lines" test "$(wc -l <"$worker")" -le 30
check "a book is measured with it" status 0 build
check "its answer is judged by its tolerance" says 'within the tolerance that the worker states'
check "the terminal compares it with the built-in worker" \
    grep -q 'serial is .* times as fast as python on 1 thread' "$WORK/out"
check "its file is named in the record" grep -q '"worker": *"plain.py"' "$WORK/output/record.json"
check "a second build measures nothing" sh -c "
    cp '$WORK/output/record.json' '$WORK/before.json' &&
    '$BENCHBOOK' build '$book' --profile draft --output '$WORK/output' &&
    cmp '$WORK/output/record.json' '$WORK/before.json'"
echo '# changed' >>"$worker"
check "a change of its file does" sh -c \
    "'$BENCHBOOK' plan '$book' --profile draft --output '$WORK/output' | grep -q 'plain.py changed'"

# Without NumPy: the interpreter is told to leave out everything that is installed beside it.
rm "$worker"
printf '#!/bin/sh\nexec /usr/bin/python3 -S -I "%s"\n' "$PWD/chapters/workers/python_worker.py" >"$worker"
chmod +x "$worker"
chapter 'serial, numpy?'
check "a missing library is no fault of an optional row" status 0 build
check "which says so" says "plain.py says: No module named &#39;numpy&#39;\|No module named 'numpy'"
chapter 'serial, numpy'
check "of one that is not optional it is" status 1 build
check "with its place" grep -q "one.md:6:.*No module named 'numpy'" "$WORK/out"

echo '#!/no/such/interpreter' >"$worker"
chapter 'serial, numpy?'
check "nor is a worker that cannot be started" status 0 build
check "whose name the row says" says 'plain.py'
finish
