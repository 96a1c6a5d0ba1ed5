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
	return []site.Route{
		{ID: name, Path: "/", Topic: "hello", Try: "curl -v {base}/"},
		{ID: name + "-not-exist", Path: "/not-exist", Topic: "hello", Try: "curl -v {base}/not-exist"},
	}
}

func directoryRoutes() []site.Route {
	list := []site.Route{
		{ID: "directory", Path: "/", Try: "curl -v {base}/"},
		{ID: "directory-file", Path: "/alphabet.txt", Try: "curl -v {base}/alphabet.txt"},
		{ID: "directory-no-slash", Path: "/notes", Try: "curl -v {base}/notes"},
		{ID: "directory-page", Path: "/page/", Try: "curl -v {base}/page/"},
		{ID: "directory-favicon", Path: "/favicon.ico", Try: "curl -v {base}/favicon.ico"},
		{ID: "directory-outside", Path: "/../etc/passwd", Try: "curl -v --path-as-is {base}/../etc/passwd"},
		{ID: "directory-post", Path: "/", Method: "POST", Try: "curl -v -d x=1 {base}/"},
	}
	for i := range list {
		list[i].Topic = "directory"
	}
	return list
}

func formRoutes() []site.Route {
	return []site.Route{
		{ID: "form", Path: "/", Topic: "form", Try: "curl -v {base}/"},
		{ID: "form-post", Path: "/", Method: "POST", Topic: "form",
			Try: "curl -v {base}/ -d user=CS305 -d password=123456"},
		{ID: "form-put", Path: "/", Method: "PUT", Topic: "form", Try: "curl -v -X PUT {base}/"},
	}
}

func echoRoutes(of Info) []site.Route {
	at := reachable(of.Address)
	return []site.Route{{ID: of.Name, Topic: "echo", Try: fmt.Sprintf("telnet %s %d", at.Addr(), at.Port())}}
}
