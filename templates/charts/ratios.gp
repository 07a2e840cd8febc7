# Speed-ups of experiments: for each a bar for each variant, from 1, the baseline, with its 95 %
# interval as a line. The dashed line is 1: no faster and no slower than the baseline.
#
# Blocks: one for each variant; columns: speed-up, low, high (NaN: no interval), height of the bar's
#   middle, 1 if the figure is unreliable: its dot is hollow
# BAR            thickness of a bar
# NAMES, NAME1, VALUE1, ROW1, ...  experiments, the largest speed-up of each in words, and the
#                heights of their rows; NAME_WIDTH: the longest name's letters
# YLOW           the lowest height; the highest is 0
# XLOW, XHIGH    what the logarithmic axis must hold

colour(i) = SERIES[(i - 1) % 6 + 1]

set yrange [YLOW:0]
set xrange [XLOW:XHIGH]
set logscale x 10
unset xtics
set xtics scale 0 offset 0, 0.35
set for [k=-3:4] xtics add (sprintf("%g", 10.0**k) 10.0**k)
if (XHIGH / XLOW < 100) { # on a longer axis their marks would touch
    set for [k=-3:4] xtics add (sprintf("%g", 2 * 10.0**k) 2 * 10.0**k, \
        sprintf("%g", 5 * 10.0**k) 5 * 10.0**k)
}
set xtics textcolor rgb MUTED
unset ytics
unset label 100
set grid noytics xtics linetype 1 linewidth 0.7 linecolor rgb GRID
set lmargin NAME_WIDTH + 2
set rmargin 8
set tmargin 0.2

set for [i=1:NAMES] label i value("NAME".i) at graph 0, first value("ROW".i) right offset -1, 0 \
    noenhanced textcolor rgb INK
set for [i=1:NAMES] label 200+i value("VALUE".i) at graph 1, first value("ROW".i) left \
    offset 1, 0 noenhanced textcolor rgb INK
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead dashtype (6, 5) linewidth 1.2 \
    linecolor rgb IDEAL

plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] \
        using 1:4:($1<1?$1:1):($1<1?1:$1):($4-BAR/2):($4+BAR/2) with boxxyerror \
        fillcolor rgb colour(i) fillstyle transparent solid 0.35 noborder, \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 2:4:($3-$2):(0) \
        with vectors nohead linewidth 2.2 linecolor rgb colour(i), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:4 \
        with points pointtype 7 pointsize 0.6 linecolor rgb colour(i), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using ($5>0?$1:NaN):4 \
        with points pointtype 7 pointsize 0.35 linecolor rgb PAPER
