# Parallel efficiency, speed-up divided by threads, in per cent, with 95 % intervals as bars.
# The dashed line is 100 %: every thread as useful as the first.
#
# Blocks: first LINES variants; columns: threads, efficiency, low, high (NaN: no interval). Then
#   DOTS with what single rounds say; columns: threads, efficiency
# DOTS_OF1, DOTS_OF2, ...  the variant to which the rounds belong
# XHIGH, YHIGH   most threads; the top of the axis
# XSTEP          threads between two marks of the axis
# IDEAL_Y        height at which to write "ideal"

set xrange [1 - 0.04 * (XHIGH - 1):XHIGH + 0.04 * (XHIGH - 1)]
set yrange [0:YHIGH]
set xtics XSTEP, XSTEP format "%g"
set xtics add ("1" 1)
marks = YHIGH > 500 ? 200.0 : YHIGH > 200 ? 50.0 : 25.0
set ytics marks format "%g %%"
set lmargin 7
set rmargin (LABEL_WIDTH > 5 ? LABEL_WIDTH : 5) + 2

set arrow 1 from 1, 100 to XHIGH, 100 nohead dashtype (6, 5) linewidth 1.2 linecolor rgb IDEAL
set label 101 "ideal" at XHIGH, IDEAL_Y left offset 1.6, 0 textcolor rgb MUTED
set for [i=1:LINES] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 1.6, 0 \
    noenhanced front textcolor rgb colour(i)

# Without dots gnuplot still reads what it would draw: a variant, of no account.
dots(k) = DOTS > 0 ? int(LINES) + k : 1
dots_of(k) = DOTS > 0 ? int(value("DOTS_OF".k)) : 1
beside(n) = 0.02 * XHIGH * (0.618034 * n - floor(0.618034 * n) - 0.5) # keeps dots apart

plot for [k=1:DOTS] FILE[dots(k)] binary record=(ROWS[dots(k)]) format=FORMAT[dots(k)] \
        using ($1 + beside($0)):2 with points pointtype 7 pointsize 0.35 \
        linecolor rgb 0x60000000 + colour(dots_of(k)), \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with lines linewidth 1.6 linecolor rgb colour(i), \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(i) pointsize 1.45 * size(i) linecolor rgb PAPER, \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:3:(0):($4-$3) \
        with vectors heads size screen 0.009, 90 fixed linewidth 1.3 linecolor rgb colour(i), \
    for [i=1:LINES] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype shape(i) pointsize size(i) linecolor rgb colour(i)
