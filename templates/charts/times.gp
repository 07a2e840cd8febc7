# Every sample as a dot, one row for each configuration; beneath the dots the median as a stroke
# and its 95 % interval as a bar.
#
# Blocks: one for each configuration, in the order of its rows; columns: time, height (spread a
#   little so that dots do not hide each other). The last block: median, low, high, height.
# MEDIAN1, MEDIAN2, ...  the medians in words
# XLOW, XHIGH    what the axis must hold; XLOW is 0 unless XLOG is 1: logarithmic

rows = BLOCKS - 1
set yrange [-rows - 0.6:-0.4]
set xrange [XLOW:XHIGH]
set xtics format "%g"
if (XLOG) {
    set logscale x 10
    unset xtics
    set xtics scale 0 offset 0, 0.35
    set for [k=-9:9] xtics add (sprintf("%g", 10.0**k) 10.0**k)
    if (XHIGH / XLOW < 100) { # on a longer axis their marks would touch
        set for [k=-9:9] xtics add (sprintf("%g", 2 * 10.0**k) 2 * 10.0**k, \
            sprintf("%g", 5 * 10.0**k) 5 * 10.0**k)
    }
    set xtics textcolor rgb MUTED
}
unset ytics
set for [i=1:rows] label i LABEL[i] at graph 0, first -i right offset -1, 0 \
    noenhanced front textcolor rgb INK
set for [i=1:rows] label 1000+i value("MEDIAN".i) at graph 1, first -i left offset 1, 0 \
    noenhanced front textcolor rgb INK
unset label 100
set grid noytics xtics linetype 1 linewidth 0.7 linecolor rgb GRID
set lmargin LABEL_WIDTH + 2
set rmargin 9
set tmargin 0.5

plot for [i=1:rows] FILE[i] binary record=(ROWS[i]) format=FORMAT[i] using 1:2 \
        with points pointtype 7 pointsize 0.35 linecolor rgb 0x50000000 + SERIES[1], \
    FILE[BLOCKS] binary record=(ROWS[BLOCKS]) format=FORMAT[BLOCKS] \
        using 2:($4-0.27):($3-$2):(0) with vectors nohead linewidth 2.6 linecolor rgb SERIES[2], \
    FILE[BLOCKS] binary record=(ROWS[BLOCKS]) format=FORMAT[BLOCKS] \
        using 1:($4-0.38):(0):(0.22) with vectors nohead linewidth 1.6 linecolor rgb SERIES[2]
