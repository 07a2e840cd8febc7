# The reading that `make bench` keeps: figures are the record's, what is missing says why, and a draft
# changes nothing.
. tests/e2e/lib.sh
if ! command -v python3 >/dev/null; then
    echo "ok 1 - the reading of a benchmark # SKIP there is no python3"
    echo "1..1"
    exit 0
fi
book=$WORK/book record=$WORK/output/record.json reading=$WORK/latest.md
mkdir -p "$book/workers"

# The README's worker, under the name of a variant that the table asks for.
sed -n '/^```python$/,/^```$/p' README.md | sed '1d;$d; s/\["python"\]/["numba"]/' \
    >"$book/workers/plain.py"
chmod +x "$book/workers/plain.py"
experiment() { # experiment KERNEL SET VARIANTS
    printf '```{experiment} %s\n:name: %s\n:set: %s\n:variants: %s\n:threads: 1\n```\n\n' \
        "$1" "${1#*.}" "$2" "$3"
}
{
    printf '# Small\n\n'
    experiment pi.hits n=20000 'serial, simd, parallel, numba, numba-parallel?'
    experiment limits.fma repeats=1 'serial, simd'
    experiment limits.triad elements=1000 'serial, simd'
} >"$book/one.md"

row() { # row PATTERN: there is a line that it matches whole
    grep -qx "| $1 |" "$WORK/reading"
}
number='[0-9][0-9.]*'
interval="($number to $number)"

# The ratio of the row is the record's, but for what was rounded away.
ratio() {
    python3 - "$record" "$WORK/reading" <<'END'
import json, re, sys
summary = json.load(open(sys.argv[1]))["summary"]["hits"]
simd = next(one for one in summary["configurations"] if one["variant"] == "simd")
row = re.search(r"simd over numba \|.*\| ([0-9.]+) \(([0-9.]+) to ([0-9.]+)\)", open(sys.argv[2]).read())
for shown, name in zip(row.groups(), ("value", "low", "high")):
    assert abs(float(shown) / simd["over"]["numba"][name] - 1) < 0.006, (shown, simd["over"])
END
}

check "a small book is measured" \
    status 0 "$BENCHBOOK" measure "$book" --profile draft --output "$WORK/output"
check "its reading is made" sh -c \
    "tests/bench/table '$record' '$reading' >'$WORK/reading'"
check "a draft writes nothing" test ! -e "$reading"
check "and says so" grep -q "a draft: $reading is left as it was" "$WORK/reading"
check "a ratio stands beside what was asked for" \
    row "pi.hits: simd over numba | 3 | 3.5 | $number $interval"
check "and is the record's" ratio
check "an optional row says why it is missing" \
    row "pi.hits: parallel on 1 thread over numba-parallel | 3 | 3.5 | not measured: .* offers.*"
check "so do threads that were not to run" \
    row "pi.hits: parallel over simd | 1.9 | 1.98 | not measured: .* not to run on 2 threads"
check "and kernels that are not there" \
    row "eigen.tuned: .* | 2.3 | 2.5 | not measured: the run has no experiment of eigen.tuned"
check "a build's rates stand beside what the machine allows" \
    row "pi.hits | simd | 1 | $number [mµ]*s $interval | $number | 0 | $number | $number % | .*"
check "the best multiply-and-add is all that it allows" \
    grep -q "^| limits.fma | .* | 100 % | " "$WORK/reading"
check "another program has no rates" row "pi.hits | numba | 1 | .* | – | – | – | – | .*"
check "no cell is blank" sh -c "! grep -E '\\|  *\\|' '$WORK/reading'"
check "the versions are named" row "Worker plain.py | .*Python 3.*"

sed -i 's/"profile": *"draft"/"profile": "standard"/' "$record"
check "another profile writes the same" sh -c \
    "tests/bench/table '$record' '$reading' >'$WORK/said' && grep -q 'reading is at $reading' \
    '$WORK/said' && grep -v 'reading is at' '$WORK/said' | sed '\$d' | cmp - '$reading'"
finish
