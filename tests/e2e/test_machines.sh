# The lecture on other machines: with one core and without Python (both real: affinity, and a copy of the
# book without its workers), with 16 cores and with much noise (both simulated). Nothing may be empty,
# undefined or NaN, and what cannot be said must be said to be so.
. tests/e2e/lib.sh
clean() { # clean FOLDER: no page of it shows what was never a figure
    ! grep -nE 'NaN|>undefined<|>null<|>Infinity<|\[object ' "$1"/*.html
}
filled() { # filled FOLDER: no paragraph, cell of prose or caption is empty
    ! grep -nE '<p></p>|<figcaption></figcaption>|<h[1-6][^>]*></h[1-6]>' "$1"/*.html
}
brief() { # brief FOLDER: a chart says its finding in so few letters that one listens to the end
    ! grep -ohE '<desc [^>]*>[^<]*' "$1"/*.html | sed 's/^[^>]*>//' | awk 'length > 400' | grep .
}
reads() { # reads WHAT FOLDER: renders, and looks
    check "$1: no figure that is none" clean "$2"
    check "$1: nothing empty" filled "$2"
    check "$1: charts are described in brief" brief "$2"
}
simulated() { # simulated KIND
    node tests/e2e/simulate.mjs "$1" "$WORK/two/record.json" "$WORK/$1.json"
    check "$1: it renders" status 0 "$BENCHBOOK" render chapters --record "$WORK/$1.json" --output "$WORK/$1"
    reads "$1" "$WORK/$1"
}

mkdir "$WORK/book"
cp chapters/*.md chapters/myst.yml "$WORK/book"
check "one core, no Python: it is built" status 0 \
    taskset -c 0 "$BENCHBOOK" build "$WORK/book" --output "$WORK/one" --profile draft
reads "one core, no Python" "$WORK/one"
check "it says that there is one core" grep -q 'could use only one core' "$WORK/one/01-overview.html"
check "it predicts nothing" grep -q 'There is no prediction' "$WORK/one/09-beyond.html"
check "it says why NumPy is not there" grep -q "no worker here offers 'numpy'\|no worker here offers ‘numpy’\|no worker here offers &#39;numpy&#39;" \
    "$WORK/one/04-loops.html"

check "as many cores as there are: it is built" status 0 \
    "$BENCHBOOK" build chapters --output "$WORK/two" --profile draft
reads "here" "$WORK/two"
simulated sixteen
check "it fits laws to 16 threads" grep -q 'Amdahl' "$WORK/sixteen/04-loops.html"
check "it predicts by the fit" grep -q 'fitted to the speed-ups of parallel' "$WORK/sixteen/09-beyond.html"
simulated noisy
check "it marks what cannot be relied upon" grep -q '(unreliable)' "$WORK/noisy/04-loops.html"
finish
