# Speed-up against the number of threads, one line for each variant, with 95 % intervals as bars.
# The dashed line is what p threads could at best be expected to give: p times the speed.
#
# Blocks: first LINES variants; columns: threads, speed-up, low, high (NaN: no interval). Then DOTS
#   with what single rounds say; columns: threads, speed-up. Then two for each of CURVES fitted
#   laws: within what was measured, and beyond; columns: threads, speed-up
# DOTS_OF1, DOTS_OF2, ...  the variant to which the rounds belong
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
    noenhanced front textcolor rgb colour(i)

# Without dots or curves gnuplot still reads what it would draw: a variant, of no account.
dots(k) = DOTS > 0 ? int(LINES) + k : 1
dots_of(k) = DOTS > 0 ? int(value("DOTS_OF".k)) : 1
within(k) = CURVES > 0 ? int(LINES) + int(DOTS) + 2 * k - 1 : 1
beyond(k) = CURVES > 0 ? int(LINES) + int(DOTS) + 2 * k : 1
of(k) = CURVES > 0 ? int(value("LINE".k)) : 1
beside(n) = 0.02 * XHIGH * (0.618034 * n - floor(0.618034 * n) - 0.5) # keeps dots apart

plot for [k=1:DOTS] FILE[dots(k)] binary record=(ROWS[dots(k)]) format=FORMAT[dots(k)] \
        using ($1 + beside($0)):2 with points pointtype 7 pointsize 0.35 \
        linecolor rgb 0x60000000 + colour(dots_of(k)), \
    for [k=1:CURVES] FILE[within(k)] binary record=(ROWS[within(k)]) \
        format=FORMAT[within(k)] using 1:2 with lines linewidth 1 linecolor rgb colour(of(k)), \
    for [k=1:CURVES] FILE[beyond(k)] binary record=(ROWS[beyond(k)]) format=FORMAT[beyond(k)] \
        using 1:2 with lines dashtype (4, 4) linewidth 1 linecolor rgb colour(of(k)), \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(i), \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(i) pointsize 1.45 * size(i) linecolor rgb PAPER, \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:3:(0):($4-$3) \
        with vectors heads size screen 0.009, 90 fixed linewidth 1.3 linecolor rgb colour(i), \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(i) pointsize size(i) linecolor rgb colour(i)
