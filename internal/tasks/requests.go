package tasks

import "httpscope/internal/client"

// get is a request for a target as the built-in client sends it, with more
// fields, each with its line end.
func get(target, fields string) string { return request("GET", target, fields) }

func request(method, target, fields string) string {
	return method + " " + target + " HTTP/1.1\r\nHost: {host}\r\nUser-Agent: httpscope\r\n" + fields + "\r\n"
}

// post is a form as the built-in client sends it; its body goes into [client.Step].
func post(target, fields string) string {
	const form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
	return request("POST", target, fields+form)
}

// site is a step on a connection of the site's plain server.
func site(on, send string, status int) client.Step {
	return client.Step{Server: "http", On: on, Send: send, Status: status}
}

// login is the slide's login: philip and 123456.
const login = "user=philip&pw=123456"
