# A quantity over the values of a parameter, one line for each way of running, with 95 % intervals
# as bars. The horizontal axis is logarithmic.
#
# Blocks: one for each way of running; columns: value of the parameter, quantity (NaN: a gap), low,
#   high (NaN: no interval), 1 where it is doubtful: such points are hollow
# XLOW, XHIGH    what the horizontal axis must hold
# YLOW, YHIGH    likewise the vertical one; YLOW is 0 unless YLOG is 1: logarithmic
# COLOUR1, COLOUR2, ...   number of the series' colour of each block
# EVEN           1 where the quantity 1 is to be marked: neither faster nor slower
# MARKS, MARK1, MARK_NAME1, ...   values of the parameter to be marked, and how they are called

colour(i) = SERIES[int(value("COLOUR".i))]
tick(x) = x >= 1000 ? gprintf("%.0s%c", x) : sprintf("%g", x)

set logscale x 10
set xrange [XLOW:XHIGH]
set yrange [YLOW:YHIGH]
unset xtics
set xtics scale 0 offset 0, 0.35
set for [k=-9:15] xtics add (tick(10.0**k) 10.0**k)
if (XHIGH / XLOW < 100) { # on a longer axis their marks would touch
    set for [k=-9:15] xtics add (tick(2 * 10.0**k) 2 * 10.0**k, tick(5 * 10.0**k) 5 * 10.0**k)
}
set xtics textcolor rgb MUTED
set ytics format "%g"
if (YLOG) {
    set logscale y 10
    unset ytics
    set ytics scale 0
    set for [k=-9:9] ytics add (sprintf("%g", 10.0**k) 10.0**k)
    if (YHIGH / YLOW < 100) {
        set for [k=-9:9] ytics add (sprintf("%g", 2 * 10.0**k) 2 * 10.0**k, \
            sprintf("%g", 5 * 10.0**k) 5 * 10.0**k)
    }
    set ytics textcolor rgb MUTED
}
set grid ytics linetype 1 linewidth 0.7 linecolor rgb GRID
set lmargin 7

if (EVEN) {
    set arrow 1 from XLOW, 1 to XHIGH, 1 nohead dashtype (6, 5) linewidth 1.2 linecolor rgb IDEAL
}
set for [i=1:MARKS] arrow 100+i from value("MARK".i), graph 0 to value("MARK".i), graph 1 nohead \
    dashtype (2, 4) linewidth 1.2 linecolor rgb IDEAL
set for [i=1:MARKS] label 100+i value("MARK_NAME".i) at value("MARK".i), graph 0.95 \
    left offset 0.4, 0 noenhanced textcolor rgb MUTED
set for [i=1:BLOCKS] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 0.7, 0 \
    noenhanced textcolor rgb colour(i)

plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(i), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:3:(0):($4-$3) \
        with vectors nohead linewidth 3.5 linecolor rgb colour(i), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype 7 pointsize 0.95 linecolor rgb PAPER, \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype 7 pointsize 0.7 linecolor rgb colour(i), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] \
        using 1:($5 > 0 ? $2 : NaN) with points pointtype 7 pointsize 0.35 linecolor rgb PAPER
