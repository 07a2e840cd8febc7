# Speed-up against the number of threads, one line for each variant, with 95 % intervals as bars.
# The dashed line is what p threads could at best be expected to give: p times the speed.
#
# Blocks: first LINES variants; columns: threads, speed-up, low, high (NaN: no interval). Then two
#   for each of CURVES fitted laws: within what was measured, and beyond; columns: threads, speed-up
# LINE1, LINE2, ...  the variant to which each law was fitted
# XHIGH, YHIGH   most threads; the top of the axis
# XSTEP          threads between two marks of the axis
# IDEAL_Y        height at which to write "ideal"

set xrange [1 - 0.04 * (XHIGH - 1):XHIGH + 0.04 * (XHIGH - 1)]
set yrange [0:YHIGH]
set xtics XSTEP, XSTEP format "%g"
set xtics add ("1" 1)
set rmargin (LABEL_WIDTH > 5 ? LABEL_WIDTH : 5) + 2

set arrow 1 from 1, 1 to XHIGH, XHIGH nohead dashtype (6, 5) linewidth 1.2 linecolor rgb IDEAL
set label 101 "ideal" at XHIGH, IDEAL_Y left offset 1.6, 0 textcolor rgb MUTED
set for [i=1:LINES] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 1.6, 0 \
    noenhanced textcolor rgb SERIES[i]

# Without curves gnuplot still reads what it would draw: a variant, of no account.
within(k) = CURVES > 0 ? int(LINES) + 2 * k - 1 : 1
beyond(k) = CURVES > 0 ? int(LINES) + 2 * k : 1
of(k) = CURVES > 0 ? int(value("LINE".k)) : 1

plot for [k=1:CURVES] FILE[within(k)] binary record=(ROWS[within(k)]) \
        format=FORMAT[within(k)] using 1:2 with lines linewidth 1 linecolor rgb SERIES[of(k)], \
    for [k=1:CURVES] FILE[beyond(k)] binary record=(ROWS[beyond(k)]) format=FORMAT[beyond(k)] \
        using 1:2 with lines dashtype (4, 4) linewidth 1 linecolor rgb SERIES[of(k)], \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb SERIES[i], \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:3:(0):($4-$3) \
        with vectors nohead linewidth 3.5 linecolor rgb SERIES[i], \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype 7 pointsize 0.95 linecolor rgb PAPER, \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype 7 pointsize 0.7 linecolor rgb SERIES[i]
