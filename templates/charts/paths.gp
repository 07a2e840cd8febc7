# Series over time: a line for each, named beside its end.
#
# Blocks: one for each series; columns: place or value across, value.
# XLOW, XHIGH, YLOW, YHIGH  what the axes must hold
# XSTEP                     between two marks of the horizontal axis
# MANY                      1 where there are too many lines to name: they are drawn thin

set xrange [XLOW:XHIGH]
set yrange [YLOW:YHIGH]
set xtics XSTEP format (XSTEP < 1 ? "%g" : "%.0f")
set ytics format "%g"

colour(i) = SERIES[(i - 1) % 6 + 1]

if (MANY) {
    set rmargin 2
    plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 0.8 linecolor rgb 0x70000000 + SERIES[1]
} else {
    set for [i=1:BLOCKS] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 0.7, 0 \
        noenhanced textcolor rgb colour(i)
    plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(i)
}
