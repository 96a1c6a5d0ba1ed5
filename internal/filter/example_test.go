package filter_test

import (
	"errors"
	"fmt"
	"strings"

	"httpscope/internal/filter"
)

func ExampleCompile() {
	f, err := filter.Compile(`http.request.method in {GET, "HEAD"} and not tcp.port eq 80`)
	fmt.Println(f, err)
	// Output: http.request.method in {"GET", "HEAD"} && !(tcp.port == 80) <nil>
}

func ExampleError() {
	const expr = `http.requst.method == "GET"`
	_, err := filter.Compile(expr)
	var e *filter.Error
	if errors.As(err, &e) {
		fmt.Println(expr)
		fmt.Println(strings.Repeat(" ", e.Offset) + strings.Repeat("^", e.Length))
		fmt.Println(e.Message, e.Suggestion)
	}
	// Output:
	// http.requst.method == "GET"
	// ^^^^^^^^^^^^^^^^^^
	// There is no field "http.requst.method". Did you mean http.request.method?
}
