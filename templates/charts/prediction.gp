# Measured speed-ups on few threads, with 95 % intervals as bars, and beyond them what laws of scaling
# predict: dashed, with the band of the interval. Both axes are logarithmic.
#
# Blocks: 1 what was measured; columns: threads, speed-up, low, high (NaN: no interval). Then Amdahl's
#   law, Gustafson's and the universal scalability law; columns: workers, speed-up, low, high
# LAWS           how many of these three are drawn
# XHIGH          most workers
# YLOW, YHIGH    what the vertical axis must hold
# RATIO          between two marks of the axes
# LARGEST        most threads measured
# IDEAL_Y        height at which to write "ideal"
# PEAK           1 where the last law has its peak on the chart: at PEAK_X, PEAK_Y, its interval from
#                PEAK_LOW to PEAK_HIGH, with PEAK_LABEL; otherwise its name stands at its end
# PEAK_OPEN      1 where the interval goes on beyond the chart

set logscale xy 10
set xrange [0.9:XHIGH]
set yrange [YLOW:YHIGH]
set xtics ("1" 1)
set for [k=1:16] xtics add (sprintf("%g", RATIO**k) RATIO**k)
set ytics ("1" 1)
set for [k=1:16] ytics add (sprintf("%g", RATIO**k) RATIO**k)
set grid ytics linetype 1 linewidth 0.7 linecolor rgb GRID

set arrow 1 from 1, 1 to XHIGH, XHIGH nohead dashtype (6, 5) linewidth 1.2 linecolor rgb IDEAL
set arrow 2 from LARGEST, LARGEST to LARGEST, graph 1 nohead dashtype (1, 3) linewidth 1.2 \
    linecolor rgb IDEAL
set label 101 "ideal" at XHIGH, IDEAL_Y left offset 0.7, 0 textcolor rgb MUTED
set for [i=2:(PEAK > 0 ? 3 : LAWS + 1)] label i LABEL[i] at XHIGH, LABEL_Y[i] left offset 0.7, 0 \
    noenhanced front textcolor rgb SERIES[i-1]
if (PEAK > 0) {
    set label 4 PEAK_LABEL at PEAK_X, PEAK_Y center offset 0, -1.5 noenhanced front \
        textcolor rgb SERIES[3]
    set arrow 3 from PEAK_LOW, PEAK_Y to PEAK_HIGH, PEAK_Y nohead linewidth 2.2 \
        linecolor rgb SERIES[3]
    if (PEAK_OPEN > 0) {
        set arrow 3 head filled size screen 0.015, 25
    }
    set object 1 circle at PEAK_X, PEAK_Y size screen 0.008 fillcolor rgb SERIES[3] \
        fillstyle solid noborder front
}

plot for [i=2:3] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:3:4 \
        with filledcurves fillcolor rgb SERIES[i-1] fillstyle transparent solid 0.18 noborder, \
    FILE[3] binary record=(ROWS[3]) format=FORMAT[3] using 1:2 with lines dashtype (2, 3) \
        linewidth 1.6 linecolor rgb SERIES[2], \
    FILE[2] binary record=(ROWS[2]) format=FORMAT[2] using 1:2 with lines dashtype (7, 4) \
        linewidth 1.6 linecolor rgb SERIES[1], \
    for [i=4:LAWS+1] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 with lines \
        dashtype (8, 3, 2, 3) linewidth 1.6 linecolor rgb SERIES[3], \
    FILE[1] binary record=(ROWS[1]) format=FORMAT[1] using 1:2 with lines linewidth 1.6 \
        linecolor rgb INK, \
    FILE[1] binary record=(ROWS[1]) format=FORMAT[1] using 1:2 \
        with points pointtype 7 pointsize 0.9 linecolor rgb PAPER, \
    FILE[1] binary record=(ROWS[1]) format=FORMAT[1] using 1:3:(0):($4-$3) \
        with vectors heads size screen 0.009, 90 fixed linewidth 1.3 linecolor rgb INK, \
    FILE[1] binary record=(ROWS[1]) format=FORMAT[1] using 1:2 \
        with points pointtype 7 pointsize 0.62 linecolor rgb INK
