package target

import (
	"fmt"

	"httpscope/internal/target/site"
)

// routes are the addresses of a server that is not the site, with the source
// of what answers them.
func routes(of Info) []site.Route {
	var list []site.Route
	switch of.Name {
	case "raw":
		return site.RawRoutes()
	case "hello", "hello-fixed":
		list = helloRoutes(of.Name)
	case "directory":
		list = directoryRoutes()
	case "form":
		list = formRoutes()
	case "echo", "echo-threads":
		list = echoRoutes(of)
	}
	source := Source(of.Name)
	for i := range list {
		list[i].Source = source
	}
	return list
}

func helloRoutes(name string) []site.Route {
	look := "The field Connection has swallowed the field after it: a line end is missing. The body has no length and ends with the connection."
	if name == "hello-fixed" {
		look = "Compare with hello: each field has its line, Content-Length says where the body ends, and one send carries it all."
	}
	return []site.Route{
		{Path: "/", Topic: "hello", Title: "Hello World", Look: look, Try: "curl -v {base}/"},
		{Path: "/not-exist", Topic: "hello", Title: "404 Not Found", Look: "Any other path is answered by 404. " + look, Try: "curl -v {base}/not-exist"},
	}
}

func directoryRoutes() []site.Route {
	return []site.Route{
		{Path: "/", Topic: "directory", Title: "Listing of a folder", Look: "HTTP/1.0: the head is a segment of its own, the body follows, and the server closes.", Try: "curl -v {base}/"},
		{Path: "/alphabet.txt", Topic: "directory", Title: "A file", Look: "Last-Modified is the file's time. Send it back as If-Modified-Since and the answer is 304, without a body.", Try: "curl -v {base}/alphabet.txt"},
		{Path: "/notes", Topic: "directory", Title: "A folder without its slash", Look: "301 leads to the same path with a slash, so that relative links work.", Try: "curl -v {base}/notes"},
		{Path: "/page/", Topic: "directory", Title: "index.html", Look: "A folder that holds index.html is not listed.", Try: "curl -v {base}/page/"},
		{Path: "/favicon.ico", Topic: "directory", Title: "What browsers ask for by themselves", Look: "A browser asks for an icon that nobody linked to; here it is 404.", Try: "curl -v {base}/favicon.ico"},
		{Path: "/../etc/passwd", Topic: "directory", Title: "A way out of the folder", Look: "Dot segments do not lead out of the folder: 404. curl removes them itself unless it is told not to.", Try: "curl -v --path-as-is {base}/../etc/passwd"},
		{Path: "/", Method: "POST", Topic: "directory", Title: "A method that it lacks", Look: "501 and not 405: the server knows only GET and HEAD.", Try: "curl -v -d x=1 {base}/"},
	}
}

func formRoutes() []site.Route {
	return []site.Route{
		{Path: "/", Topic: "form", Title: "The form", Look: "The browser gets an HTML form; nothing is sent yet.", Try: "curl -v {base}/"},
		{Path: "/", Method: "POST", Topic: "form", Title: "The form, filled in", Look: "User name and password are in the body of the request, readable by anybody on the way. HTTP/1.1, but the server closes.",
			Try: "curl -v {base}/ -d user=CS305 -d password=123456"},
		{Path: "/", Method: "PUT", Topic: "form", Title: "A method that is not allowed", Look: "405, and the field Allow says which methods are.", Try: "curl -v -X PUT {base}/"},
	}
}

func echoRoutes(of Info) []site.Route {
	at := reachable(of.Address)
	telnet := fmt.Sprintf("telnet %s %d", at.Addr(), at.Port())
	if of.Name == "echo" {
		return []site.Route{{Topic: "echo", Title: "Echo, one client at a time", Try: telnet,
			Look: "Open a second client: it is connected, and gets no answer until the first one ends. Type exit: telnet sends a line end with it, so the server goes on."}}
	}
	return []site.Route{{Topic: "echo", Title: "Echo, a thread per client", Try: telnet,
		Look: "The second message gets no answer: the thread has ended, and nobody closed the connection. It closes when the next client comes."}}
}
