# A roofline: the rate that the machine can attain against the operations that a program has for
# each byte of memory traffic, and what its configurations reach. Both axes are logarithmic.
#
# Blocks: first CEILINGS ceilings, three points each (slope: memory, flat: arithmetic); then one for
#   each configuration, a single point; columns: operations a byte, GFLOP/s, low, high (NaN: no
#   interval)
# COLOUR1, COLOUR2, ...    number of the series' colour of each block
# XLOW, XHIGH, YLOW, YHIGH what the axes show
# POINT_X, POINT_RIGHT     operations a byte of the points; 1: they lie on the right half

of(i) = int(value("COLOUR".i))

set logscale xy 10
set xrange [XLOW:XHIGH]
set yrange [YLOW:YHIGH]
set xtics format "%g"
set ytics format "%g"
set lmargin 7
set rmargin 11

set for [i=1:CEILINGS] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 0.7, 0 \
    noenhanced front textcolor rgb colour(of(i))
if (POINT_RIGHT) {
    set for [i=CEILINGS+1:BLOCKS] label i LABEL[i] at POINT_X, LABEL_Y[i] right offset -1.3, 0 \
        noenhanced front textcolor rgb colour(of(i))
} else {
    set for [i=CEILINGS+1:BLOCKS] label i LABEL[i] at POINT_X, LABEL_Y[i] left offset 1.3, 0 \
        noenhanced front textcolor rgb colour(of(i))
}

plot for [i=1:CEILINGS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(of(i)), \
    for [i=CEILINGS+1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(of(i)) pointsize 1.45 * size(of(i)) linecolor rgb PAPER, \
    for [i=CEILINGS+1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] \
        using 1:3:(0):($4-$3) with vectors heads size screen 0.009, 90 fixed linewidth 1.3 \
        linecolor rgb colour(of(i)), \
    for [i=CEILINGS+1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(of(i)) pointsize size(of(i)) linecolor rgb colour(of(i))
