# Series over time: a line for each, named beside its end, and beside others marked by its shape
# here and there.
#
# Blocks: one for each series; columns: place or value across, value.
# XLOW, XHIGH, YLOW, YHIGH  what the axes must hold
# XSTEP                     between two marks of the horizontal axis
# MANY                      1 where there are too many lines to name: they are drawn thin

set xrange [XLOW:XHIGH]
set yrange [YLOW:YHIGH]
set xtics XSTEP format (XSTEP < 1 ? "%g" : XSTEP < 5000 ? "%.0f" : "%.0s%c")
set ytics format "%g"

MARKED = 8 # points of each line
every(i) = int(ROWS[i] / MARKED) + 1

if (MANY) {
    set rmargin 2
    plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 0.8 linecolor rgb 0x70000000 + SERIES[1]
} else { if (BLOCKS > 1) {
    set rmargin LABEL_WIDTH + 4
    set for [i=1:BLOCKS] label i LABEL[i] at graph 1.025, first LABEL_Y[i] left offset 0.8, -0.2 \
        noenhanced front textcolor rgb colour(i) \
        point pointtype shape(i) pointsize 0.9 * size(i) linecolor rgb colour(i)
    plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with linespoints linewidth 1.4 pointtype shape(i) pointsize 0.9 * size(i) \
        pointinterval every(i) linecolor rgb colour(i)
} else {
    plot FILE[1] binary record=(ROWS[1]) format=FORMAT[1] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(1)
} }
