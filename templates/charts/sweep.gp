# A quantity over the values of a parameter, one line for each way of running, with 95 % intervals
# as bars. The horizontal axis is logarithmic.
#
# Blocks: one for each way of running; columns: value of the parameter, quantity (NaN: a gap), low,
#   high (NaN: no interval), 1 where it is doubtful: such points are hollow
# XLOW, XHIGH    what the horizontal axis must hold
# YLOW, YHIGH    likewise the vertical one; YLOW is 0 unless YLOG is 1: logarithmic
# COLOUR1, COLOUR2, ...   number of the series' colour of each block
# TICKS, TICK1, TICK2, ...   values of the parameter for the axis; 0: it has round ones
# EVEN           1 where the quantity 1 is to be marked: neither faster nor slower
# MARKS, MARK1, MARK_NAME1, ...   values of the parameter to be marked, and how they are called

of(i) = int(value("COLOUR".i))
tidy(text) = (strstrt(text, ".0") ? text[1:strlen(text)-3] . text[strlen(text):*] : text)
tick(x) = x >= 1000 ? tidy(gprintf("%.1s%c", x)) : sprintf("%g", x)

set logscale x 10
set xrange [XLOW:XHIGH]
set yrange [YLOW:YHIGH]
unset xtics
set xtics scale 0 offset 0, 0.35
if (TICKS) {
    set for [i=1:TICKS] xtics add (tick(value("TICK".i)) value("TICK".i))
} else {
    set for [k=-9:15] xtics add (tick(10.0**k) 10.0**k)
    if (XHIGH / XLOW < 100) { # on a longer axis their marks would touch
        set for [k=-9:15] xtics add (tick(2 * 10.0**k) 2 * 10.0**k, \
            tick(5 * 10.0**k) 5 * 10.0**k)
    }
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
    left offset 0.4, 0 noenhanced front textcolor rgb MUTED
set for [i=1:BLOCKS] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 0.7, 0 \
    noenhanced front textcolor rgb colour(of(i))

plot for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(of(i)), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(of(i)) pointsize 1.45 * size(of(i)) linecolor rgb PAPER, \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:3:(0):($4-$3) \
        with vectors heads size screen 0.009, 90 fixed linewidth 1.3 linecolor rgb colour(of(i)), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(of(i)) pointsize size(of(i)) linecolor rgb colour(of(i)), \
    for [i=1:BLOCKS] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] \
        using 1:($5 > 0 ? $2 : NaN) \
        with points pointtype shape(of(i)) pointsize 0.6 * size(of(i)) linecolor rgb PAPER
