# The lecture holds what it must: every row of tests/e2e/lecture-contents has its place; every experiment
# has a name, a caption and a sentence that refers to it. The list itself is printed by tests/run.
. tests/e2e/lib.sh
out=$WORK/output

anchored() { # anchored PAGE ANCHOR: the rendered page has it
    grep -q "id=\"$2\"" "$out/$1.html"
}
named() { # as many names, and as many captions, as experiments
    awk '/^ *(```+|:::+)\{(experiment)\}/ {inside = 1; experiments++; next}
         inside && /^ *:name:/ {names++}
         inside && /^ *:caption:/ {captions++}
         /^ *$/ || /^ *(```+|:::+)$/ {inside = 0}
         END {print experiments, names, captions
              exit !(experiments > 30 && names == experiments && captions == experiments)}' chapters/*.md
}
referred() { # each experiment's name stands in a {numref} somewhere
    names=$(awk '/^ *```+\{experiment\}/ {inside = 1} inside && /^ *:name:/ {print $2; inside = 0}' chapters/*.md)
    for name in $names; do
        grep -qF "{numref}\`$name\`" chapters/*.md || { echo "nothing refers to $name"; return 1; }
    done
}

check "a draft is built" status 0 "$BENCHBOOK" build chapters --output "$out" --profile draft
grep -v '^#' tests/e2e/lecture-contents >"$WORK/rows"
while IFS='|' read -r row page anchor; do
    row=$(echo "$row" | sed 's/ *$//') page=$(echo $page) anchor=$(echo $anchor)
    check "$row" anchored "$page" "$anchor"
    echo "# list: $row → $page#$anchor"
done <"$WORK/rows"
check "every experiment has a name and a caption" named
check "every experiment is referred to" referred
finish
