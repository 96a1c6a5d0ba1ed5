// Package target is the servers a student sends requests to: the course lab's
// own servers, and a site with a page for every topic.
//
//	site, site-tls   the topic site of package site, over HTTP/1.1 and over TLS
//	hello            the lab's web_hello.py: HTTP/1.0, five sends, a missing line end
//	hello-fixed      the same page as it should be sent
//	directory        python3 -m http.server
//	form             the lab's flask demo: GET a form, POST it
//	echo             the lab's echo.py: one client at a time
//	echo-threads     the lab's echo_multithreading.py: a thread per client
//	raw              deliberately odd bytes, of package site
//
// The lab's servers do the socket calls that the lab's Python does: the same
// bytes in the same sends, the same close. They write to the socket themselves,
// because net/http orders fields, corrects heads and gathers writes. What is
// different from the Python on purpose:
//
//   - No request ends a server. hello's Python ends with IndexError when the
//     request line has no second word, with UnicodeDecodeError when it is no
//     UTF-8, and both echoes end when a client resets; here only that
//     connection ends.
//   - hello answers connections side by side. The Python waits in recv for a
//     connection on which a browser has not yet sent anything.
//   - Every read and write has a deadline, connections and heads have a limit.
//   - directory never leaves its folder, also not through a symbolic link, and
//     calls itself httpscope; form reads at most 1 MiB of a request.
//
// An [Ear] hears every byte on the servers' sockets in the order of the socket
// calls, for those who may not capture packets.
//
// What the package does not do: it decodes and explains nothing, it captures
// nothing, it prints nothing, and its servers are for a classroom: they check
// no password that is worth anything.
package target
