package cookies_test

import (
	"fmt"
	"time"

	"httpscope/internal/cookies"
)

// A server sets two cookies; a second client sends one of them over http.
func ExampleJar() {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	login := cookies.URL{Scheme: "https", Host: "shop.example", Path: "/login"}
	var jar cookies.Jar
	jar.Receive(now, login, cookies.ParseSetCookie("sid=31d4d96e407aad42; Path=/; Secure; HttpOnly"))
	jar.Receive(now, login, cookies.ParseSetCookie("lang=en; Path=/"))

	home := cookies.URL{Scheme: "http", Host: "shop.example", Path: "/"}
	fmt.Println("predicted:", jar.Predict(now, home).Line)
	for _, v := range jar.Compare(now, home, cookies.ParseCookie("sid=31d4d96e407aad42")) {
		fmt.Println(v.Kind, v.Rule, v.Code, v.Cookie.Name)
	}
	// Output:
	// predicted: lang=en
	// against-rules secure cookie-against-rules sid
	// withheld  cookie-withheld lang
}
