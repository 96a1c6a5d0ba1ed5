package target

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// flaskPages are the title and the text of Werkzeug's error pages.
var flaskPages = map[int][2]string{
	400: {"Bad Request", "The browser (or proxy) sent a request that this server could not understand."},
	404: {"Not Found", "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again."},
	405: {"Method Not Allowed", "The method is not allowed for the requested URL."},
	413: {"Request Entity Too Large", "The data value transmitted exceeds the capacity limit."},
	500: {"Internal Server Error", "The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application."},
}

// flask sends a response as Werkzeug's development server does: the fields of
// http.server, those of the application, and last Connection; a head, and a
// body behind it. fields are names and values in turn.
func flask(h *pythonHandler, code int, body string, fields ...string) {
	title := http.StatusText(code)
	if page, isError := flaskPages[code]; isError {
		title = page[0]
	}
	h.status(code, strings.ToUpper(title))
	h.set("Content-Type", "text/html; charset=utf-8")
	for i := 0; i+1 < len(fields); i += 2 {
		h.set(fields[i], fields[i+1])
	}
	h.set("Content-Length", fmt.Sprint(len(body)))
	h.set("Connection", "close")
	if err := h.sendHead(); err != nil || body == "" || h.method == "HEAD" {
		return
	}
	// The connection closes behind it in any case.
	_, _ = io.WriteString(h.w, body)
}

func flaskError(h *pythonHandler, code int, fields ...string) {
	page := flaskPages[code]
	flask(h, code, fmt.Sprintf("<!doctype html>\n<html lang=en>\n<title>%d %s</title>\n<h1>%s</h1>\n<p>%s</p>\n",
		code, page[0], page[0], page[1]), fields...)
}
