# The command line: help, version, suggestions, exit statuses.
. tests/e2e/lib.sh

says() { # says WORD COMMAND...: whether the command's output has it
    word=$1
    shift
    "$@" 2>&1 | grep -qF -e "$word"
}

check "no command is wrong usage" status 2 "$BENCHBOOK"
check "--help is done" status 0 "$BENCHBOOK" --help
check "--version is done" status 0 "$BENCHBOOK" --version
check "--version names the program" says "benchbook " "$BENCHBOOK" --version
check "an unknown command is wrong usage" status 2 "$BENCHBOOK" buidl
check "an unknown command has a suggestion" says "did you mean 'build'?" "$BENCHBOOK" buidl
check "an unknown option is wrong usage" status 2 "$BENCHBOOK" build --outptu x
check "an unknown option has a suggestion" says "did you mean '--output'?" \
    "$BENCHBOOK" build --outptu x
check "an option without its value is wrong usage" status 2 "$BENCHBOOK" build --output
check "an unknown profile is wrong usage" status 2 "$BENCHBOOK" build --profile quick
check "an unknown profile lists those that exist" says "thorough" "$BENCHBOOK" plan -p quick
check "a way to show solutions that there is not is wrong usage" status 2 \
    "$BENCHBOOK" render --solutions hidden
check "the ways that there are are listed" says "shown, folded, end, none" \
    "$BENCHBOOK" build --solutions hidden
check "there are two ways to show values on paper" says "plain, footnotes" \
    "$BENCHBOOK" render --values footnote
check "an option of another command is wrong usage" status 2 "$BENCHBOOK" render --fresh
check "a second folder is wrong usage" status 2 "$BENCHBOOK" check chapters chapters
for command in build check plan measure render list; do
    check "$command --help is done" status 0 "$BENCHBOOK" $command --help
    check "$command --help names its options" says "--help" "$BENCHBOOK" $command -h
done
check "a folder that does not exist is a fault of the book" status 1 \
    "$BENCHBOOK" check "$WORK/nowhere"
check "a record that does not exist is a fault" status 1 \
    "$BENCHBOOK" render chapters --record "$WORK/none.json" --output "$WORK/none"
check "nothing is written then" test ! -e "$WORK/none/index.html"
check "a worker that does not exist is a fault" status 1 \
    "$BENCHBOOK" check chapters --worker "$WORK/no-worker"
check "list shows kernels with parameters" says "households" "$BENCHBOOK" list
check "list says whose answers may be wrong" says "on several threads it may be wrong" "$BENCHBOOK" list
check "list shows ranges and defaults" says "default 50000" "$BENCHBOOK" list
finish
