# The best speed-up of every experiment, one row each, with its 95 % interval as a bar. The dashed
# line is 1: no faster and no slower than the serial program.
#
# Blocks: one for each experiment, in the order of its rows; columns: speed-up, low, high, height.
# VALUE1, VALUE2, ...  the speed-ups in words, written beside the points
# XLOW, XHIGH    what the axis must hold; XLOW is 0 unless XLOG is 1: logarithmic

set yrange [-BLOCKS - 0.6:-0.4]
set xrange [XLOW:XHIGH]
set xtics format "%g"
if (XLOG) {
    set logscale x 10
    unset xtics
    set xtics scale 0 offset 0, 0.35
    set for [k=-3:4] xtics add (sprintf("%g", 10.0**k) 10.0**k)
    if (XHIGH / XLOW < 100) { # on a longer axis their marks would touch
        set for [k=-3:4] xtics add (sprintf("%g", 2 * 10.0**k) 2 * 10.0**k, \
            sprintf("%g", 5 * 10.0**k) 5 * 10.0**k)
    }
    set xtics textcolor rgb MUTED
}
unset ytics
unset label 100
set grid noytics xtics linetype 1 linewidth 0.7 linecolor rgb GRID
set lmargin LABEL_WIDTH + 2
set rmargin 8
set tmargin 0.5

set for [i=1:BLOCKS] label i LABEL[i] at graph 0, first -i right offset -1, 0 \
    noenhanced textcolor rgb INK
set for [i=1:BLOCKS] label 200+i value("VALUE".i) at graph 1, first -i left offset 1, 0 \
    noenhanced textcolor rgb INK
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead dashtype (6, 5) linewidth 1.2 \
    linecolor rgb IDEAL

plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 2:4:($3-$2):(0) \
        with vectors nohead linewidth 4 linecolor rgb SERIES[1], \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:4 \
        with points pointtype 7 pointsize 0.95 linecolor rgb PAPER, \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:4 \
        with points pointtype 7 pointsize 0.7 linecolor rgb SERIES[1]
