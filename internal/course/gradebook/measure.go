package gradebook

import (
	"math"
	"slices"
)

// tails is the share of a class in the upper and in the lower group: Kelley, "The
// selection of upper and lower groups for the validation of test items" (1939).
const tails = 0.27

// defined is x to four places, so that the last digits do not depend on the
// processor, or nil where it does not exist.
func defined(x float64, exists bool) *float64 {
	if !exists || math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	x = finite(x)
	return &x
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// median of sorted values.
func median(x []float64) float64 {
	n := len(x)
	return (x[(n-1)/2] + x[n/2]) / 2
}

// variance of a sample: Σ(x-mean)²/(n-1).
func variance(x []float64) float64 {
	if len(x) < 2 {
		return 0
	}
	m, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return sum / float64(len(x)-1)
}

func deviation(x []float64) *float64 {
	return defined(math.Sqrt(variance(x)), len(x) > 1)
}

// pearson is the product-moment correlation, Σ(x-mx)(y-my) / √(Σ(x-mx)²·Σ(y-my)²),
// which for right-or-wrong items is the point-biserial correlation. It is nil when
// either is constant.
func pearson(x, y []float64) *float64 {
	if len(x) < 2 {
		return nil
	}
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	const nothing = 1e-12 // rounding leaves some variance in equal sums
	if xx < nothing || yy < nothing {
		return nil
	}
	return defined(max(-1, min(1, xy/math.Sqrt(xx*yy))), true)
}

// upperLower is the mean of the best 27 % by total less that of the worst 27 %, in
// points. A group that ends among equal totals takes all of these in part, so that
// the order of the class does not matter.
func upperLower(own, total []float64) (difference float64, ok bool) {
	n := len(own)
	if n < 2 {
		return 0, false
	}
	size := max(1, int(math.Round(tails*float64(n))))
	negative := make([]float64, n)
	for i, t := range total {
		negative[i] = -t
	}
	return meanOfLeast(own, negative, size) - meanOfLeast(own, total, size), true
}

// meanOfLeast is the mean of x over the size members with the least by.
func meanOfLeast(x, by []float64, size int) float64 {
	sorted := slices.Clone(by)
	slices.Sort(sorted)
	cut := sorted[size-1]
	var below, at int
	var sumBelow, sumAt float64
	for i, b := range by {
		switch {
		case b < cut:
			below++
			sumBelow += x[i]
		case b == cut:
			at++
			sumAt += x[i]
		}
	}
	return (sumBelow + sumAt*float64(size-below)/float64(at)) / float64(size)
}
