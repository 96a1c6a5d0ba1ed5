package tasks

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/client"
	"httpscope/internal/trace"
)

func rangeTasks() []spec {
	return []spec{
		{
			Task: Task{
				ID: "range", Topic: "tasks.topic.partial",
				Command: []string{"curl -v -o part.bin -H \"Range: bytes=1900-2900\" http://{http}/range/file"},
				Steps:   []client.Step{site("one", get("/range/file", "Range: bytes=1900-2900\r\n"), 206)},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: func() watch { return watchRange(oneRange, 1) },
		},
		{
			Task: Task{
				ID: "ranges", Topic: "tasks.topic.partial",
				Command: []string{"curl -v -H \"Range: bytes=200-1000, 2000-6576, 19000-\" http://{http}/range/file"},
				Steps: []client.Step{site("one", get("/range/file", "Range: bytes=200-1000, 2000-6576, 19000-\r\n"),
					206)},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: func() watch { return watchRange(severalRanges, 2) },
		},
		{
			Task: Task{
				ID: "range-edges", Topic: "tasks.topic.partial",
				Command: []string{
					"curl -v -H \"Range: bytes=-10\" http://{http}/range/alphabet",
					"curl -v -H \"Range: bytes=5000-\" http://{http}/range/alphabet",
				},
				Steps: []client.Step{site("one", get("/range/alphabet", "Range: bytes=-10\r\n"), 206),
					site("one", get("/range/alphabet", "Range: bytes=5000-\r\n"), 416)},
			},
			parts: []int{1, 1},
			watch: watchRangeEdges,
		},
	}
}

// rangeForm is what a request asks for with Range.
type rangeForm uint8

const (
	noRange rangeForm = iota
	oneRange
	suffixRange
	severalRanges
)

// formOf reads a Range field as far as a task needs it: whether the answer fits
// is for the record's own reading.
func formOf(h *trace.Head) rangeForm {
	value, _ := h.Lookup(httpdecode.FieldRange)
	unit, set, _ := strings.Cut(value, "=")
	set = strings.TrimSpace(set)
	switch {
	case !strings.EqualFold(strings.TrimSpace(unit), "bytes") || set == "":
		return noRange
	case strings.Contains(set, ","):
		return severalRanges
	case set[0] == '-':
		return suffixRange
	}
	return oneRange
}

// watchRange looks for a request of a form, and 206 with so many parts; one part
// is a response without multipart.
func watchRange(form rangeForm, parts int) watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if formOf(r.q) != form || r.q.Method != "GET" {
			return
		}
		found(mark{part: 0, key: r.sameExchange(), at: r.asked()})
		if !r.whole() || r.r.Status != 206 || r.Ranges == nil || !r.Ranges.Asked.Valid {
			return
		}
		if parts == 1 && asExpected(r) || parts > 1 && len(r.Ranges.Parts) >= parts {
			found(mark{part: 1, key: r.sameExchange(), at: r.answered()})
		}
	}}
}

// asExpected reports a single range that is the one asked for, and as long as it says.
func asExpected(r *reading) bool {
	a := r.Ranges.Answer
	return a.Valid && a.String() == r.Ranges.Expected.ContentRange && r.Response.Body == a.Last-a.First+1
}

func watchRangeEdges() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.whole() || r.Ranges == nil || !r.Ranges.Asked.Valid {
			return
		}
		switch a := r.Ranges.Answer; {
		case r.r.Status == 206 && formOf(r.q) == suffixRange && asExpected(r):
			found(mark{part: 0, at: r.answered()})
		case r.r.Status == 416 && a.Unsatisfied && a.Size >= 0:
			found(mark{part: 1, at: r.answered()})
		}
	}}
}
