package export

import "time"

// clock formats times. It keeps the last second in its written form: packets
// come many to the second, and formatting a date is slow.
type clock struct {
	second int64
	text   []byte
}

// append writes RFC 3339 in UTC as a JSON string, with microseconds, or with
// nanoseconds where there are any; null when the time is unknown.
func (c *clock) append(b []byte, nano int64) []byte {
	if nano == 0 {
		return append(b, "null"...)
	}
	second, rest := nano/1e9, nano%1e9
	if rest < 0 {
		second, rest = second-1, rest+1e9
	}
	if c.text == nil || second != c.second {
		c.second = second
		c.text = time.Unix(second, 0).UTC().AppendFormat(c.text[:0], `"2006-01-02T15:04:05.`)
	}
	b = append(b, c.text...)
	digits := 6
	if rest%1000 != 0 {
		digits = 9
	} else {
		rest /= 1000
	}
	at := len(b)
	b = append(b, "000000000"[:digits]...)
	for i := at + digits - 1; rest > 0; i-- {
		b[i] += byte(rest % 10)
		rest /= 10
	}
	return append(b, 'Z', '"')
}
