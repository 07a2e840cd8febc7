# The whole way on the real chapters at draft sizes, with real workers and real gnuplot.
. tests/e2e/lib.sh
out=$WORK/output
build() {
    "$BENCHBOOK" build chapters --output "$out" --profile draft "$@"
}
no_trace() { # no_trace WORD: in no page
    ! grep -nF -e "$1" "$out"/*.html
}
only_local() { # nothing that a browser loads by itself comes from elsewhere
    ! grep -noE '(src|srcset)="[a-z]*:?//[^"]*"|<link[^>]*href="[a-z]*:?//|url\([^)]*//' \
        "$out"/*.html $(find "$out" -name '*.css')
}
every_sample() { # every configuration that was measured holds at least six samples
    node -e '
      const record = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
      if (record.schema !== "benchbook-record/1" || record.experiments.length < 5) process.exit(1);
      for (const experiment of record.experiments)
        for (const one of experiment.configurations)
          if (!(one.optional && one.status === "skipped") &&
              (one.status !== "ok" || one.samples.length < 6)) {
            console.log(experiment.name, one.variant, one.threads, one.status);
            process.exit(1);
          }' "$out/record.json"
}

check "check finds no fault" status 0 "$BENCHBOOK" check chapters --strict
check "a draft build is done" status 0 build
check "it says where the page is" grep -q "$out/index.html" "$WORK/out"
cp -r "$out" "$WORK/first"
check "the record holds every sample" every_sample
check "no page shows NaN" no_trace NaN
check "no page shows undefined" no_trace '>undefined<'
check "no page shows null" no_trace '>null<'
check "no page loads anything from elsewhere" only_local
check "pages say that they are a draft" grep -qi draft "$out/index.html"
check "charts are drawn" test "$(cat "$out"/*.html | grep -c '<svg')" -ge 5
check "a second build measures nothing" status 0 build
check "and leaves the record as it is" cmp "$out/record.json" "$WORK/first/record.json"
check "and gives the same pages" \
    test "$(pages_hash "$out")" = "$(pages_hash "$WORK/first")"
cp "$BENCHBOOK" "$WORK/benchbook"
check "render needs no worker" status 0 "$WORK/benchbook" render chapters \
    --record "$out/record.json" --output "$WORK/again" --templates templates
check "and gives the same bytes" test "$(pages_hash "$WORK/again")" = "$(pages_hash "$out")"
finish
