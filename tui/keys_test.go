package tui

import (
	"slices"
	"strings"
	"testing"

	"httpscope/internal/filter"
	"httpscope/internal/trace"
)

// TestEveryKey presses each key of the key map once, and sees what it does.
func TestEveryKey(t *testing.T) {
	steps := map[string]func(b *bench){
		"?": func(b *bench) { b.press("?").sees("Keys", "this page").press("Esc").misses("this page") },
		"/": func(b *bench) {
			b.press("/").write("http.response.code == 404").sees("valid").press("Enter").sees("2 of 18", "/not-exist")
		},
		"Enter": func(b *bench) { b.press("Enter"); b.in(detailPane) },
		"Tab": func(b *bench) {
			b.press("Tab")
			b.in(detailPane)
			b.press("Tab")
			b.in(sidePane)
			b.press("Tab")
			b.in(tablePane)
		},
		"Shift-Tab": func(b *bench) { b.press("Shift-Tab"); b.in(sidePane) },
		"1":         func(b *bench) { b.press("4", "1").sees("[1 Wire]", `GET / HTTP/1.1\r\n`) },
		"2":         func(b *bench) { b.press("2").sees("[2 Headers]", "User-Agent") },
		"3":         func(b *bench) { b.press("3").sees("[3 Body]") },
		"4":         func(b *bench) { b.press("4").sees("[4 Chunks]") },
		"5":         func(b *bench) { b.press("5").sees("[5 TCP]", "SYN") },
		"6":         func(b *bench) { b.press("6").sees("[6 Cookies]") },
		"7":         func(b *bench) { b.press("7").sees("[7 Ladder]", "handshake, 3 packets") },
		"8":         func(b *bench) { b.press("8").sees("[8 Waterfall]", "set-up") },
		"]":         func(b *bench) { b.press("]").sees("[2 Headers]") },
		"[":         func(b *bench) { b.press("[").sees("[8 Waterfall]") },
		"e":         func(b *bench) { b.press("e").sees(" Why ", "rule 8") },
		"t":         func(b *bench) { b.press("t").sees(" Servers ") },
		"T":         func(b *bench) { b.press("t", "T").sees(" Tasks ") },
		"v":         func(b *bench) { b.press("v").sees("Source IP", "Destination IP").press("v").sees("Method") },
		"F":         func(b *bench) { b.press("F").sees("FOLLOW", "18 of 18").press("Up").misses("FOLLOW") },
		"s":         func(b *bench) { b.press("s").sees("STOPPED").press("s").misses("STOPPED") },
		"Down":      func(b *bench) { b.press("Down").sees(" 2 of 18 ") },
		"j":         func(b *bench) { b.press("j").sees(" 2 of 18 ") },
		"Up":        func(b *bench) { b.press("Down", "Up").sees(" 1 of 18 ") },
		"k":         func(b *bench) { b.press("Down", "k").sees(" 1 of 18 ") },
		"PgDn":      func(b *bench) { b.press("PgDn").misses(" 1 of 18 ") },
		"Ctrl-F":    func(b *bench) { b.press("Ctrl-F").misses(" 1 of 18 ") },
		"PgUp":      func(b *bench) { b.press("PgDn", "PgUp").sees(" 1 of 18 ") },
		"Ctrl-B":    func(b *bench) { b.press("PgDn", "Ctrl-B").sees(" 1 of 18 ") },
		"g":         func(b *bench) { b.press("G", "g").sees(" 1 of 18 ") },
		"Home":      func(b *bench) { b.press("G", "Home").sees(" 1 of 18 ") },
		"G":         func(b *bench) { b.press("G").sees(" 18 of 18 ") },
		"End":       func(b *bench) { b.press("End").sees(" 18 of 18 ") },
		"Right":     func(b *bench) { b.press("Enter", "Right").sees("TTP/1.1\\r\\n").misses("C> GET / HTTP") },
		"l":         func(b *bench) { b.press("Enter", "l").misses("C> GET / HTTP") },
		"Left":      func(b *bench) { b.press("Enter", "Right", "Left").sees("C> GET / HTTP") },
		"h":         func(b *bench) { b.press("Enter", "Right", "h").sees("C> GET / HTTP") },
		"x":         func(b *bench) { b.press("x").sees("47 45 54 20 2f").press("x").misses("47 45 54 20 2f") },
		"d":         func(b *bench) { b.press("d").sees("[3 Body]", "Hello World!") },
		"b":         func(b *bench) { b.press("b").sees("[3 Body]") },
		"p":         func(b *bench) { b.on("/index.html").press("p").sees("favicon.ico  "); b.selects("/favicon.ico") },
		"P":         func(b *bench) { b.on("/favicon.ico").press("P"); b.selects("/index.html") },
		"f":         func(b *bench) { b.press("f").write("user-agent").press("Enter").sees("line 3 of") },
		"n":         func(b *bench) { b.press("f").write("host").press("Enter", "g", "n").sees("line 2 of") },
		"N":         func(b *bench) { b.press("f").write("http").press("Enter", "G", "N"); b.in(detailPane) },
		"o":         func(b *bench) { b.press("o").sees("sort: Method") },
		"O":         func(b *bench) { b.press("O").sees("reversed"); b.press("g"); b.selectsNumber(18) },
		"m":         func(b *bench) { b.press("m").sees("*     1") },
		"'":         func(b *bench) { b.press("j", "j", "m", "g", "'"); b.selectsNumber(3) },
		"r": func(b *bench) {
			b.press("r").sees("Sent again.")
			if len(b.resent) != 1 || !strings.HasPrefix(b.resent[0], "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n") ||
				!strings.HasSuffix(b.resent[0], "\r\n\r\n") {
				b.t.Errorf("sent %q", b.resent)
			}
		},
		"w": func(b *bench) {
			b.press("w").write("page out.txt").press("Enter").sees("Wrote it.")
			if len(b.saved) != 1 || !strings.HasPrefix(b.saved[0], "page out.txt C> GET / HTTP/1.1") {
				b.t.Errorf("saved %q", b.saved)
			}
		},
		"y": func(b *bench) {
			b.press("y")
			if !strings.Contains(b.copied, `GET / HTTP/1.1\r\n`) {
				b.t.Errorf("copied %q", b.copied)
			}
		},
		"Y": func(b *bench) {
			b.press("Y")
			if !strings.Contains(b.copied, "curl ") || !strings.Contains(b.copied, "127.0.0.1:8080") {
				b.t.Errorf("copied %q", b.copied)
			}
		},
		"a":      func(b *bench) { b.asked().press("a").sees("Assignment", "1-1  why?") },
		"c":      func(b *bench) { b.asked().press("c").sees("3 of 4 points.", "checked") },
		"Q":      func(b *bench) { b.asked().press("Q").sees("Quiz", "1-1  why?") },
		"z":      func(b *bench) { b.press("z").misses("[1 Wire]").press("z").sees("[1 Wire]") },
		":":      func(b *bench) { b.press(":").write("goto 5").press("Enter"); b.selects("/index.html") },
		"M":      func(b *bench) { b.press("M").sees("The mouse is on").press("M").sees("The mouse is off") },
		"Esc":    func(b *bench) { b.press("Enter", "Esc"); b.in(tablePane) },
		"q":      func(b *bench) { b.press("Enter", "q"); b.in(tablePane); b.gone(false); b.press("q"); b.gone(true) },
		"Ctrl-L": func(b *bench) { b.press("Ctrl-L").sees("httpscope") },
		"Ctrl-Z": func(b *bench) {
			suspended := false
			b.app.suspend = func() { suspended = true }
			if b.press("Ctrl-Z"); !suspended {
				b.t.Error("it goes on")
			}
		},
		"Ctrl-C": func(b *bench) { b.press("Ctrl-C"); b.gone(true) },
	}
	for _, k := range keyMap() {
		for _, name := range k.keys {
			step := steps[name]
			if step == nil {
				t.Errorf("no test presses %q", name)
				continue
			}
			t.Run(name, func(t *testing.T) { step(demo(t, 120, 40)) })
		}
	}
}

// TestKeysThatDoNothingHereSayWhy presses a key of the table in a page.
func TestKeysThatDoNothingHereSayWhy(t *testing.T) {
	b := demo(t, 120, 40)
	b.press("Enter", "o").sees("o does nothing here")
}

func TestTryingWhatALineSays(t *testing.T) {
	b := demo(t, 120, 40)
	b.press("Tab", "Tab", "Enter").sees("nothing that could be tried")
	b.press("j", "Enter").sees("It answered.")
	if !slices.Equal(b.tasks.tried, []int{7}) {
		t.Errorf("tried %v", b.tasks.tried)
	}
}

// TestProvenance goes from a line to its bytes and back.
func TestProvenance(t *testing.T) {
	b := demo(t, 120, 40)
	b.press("Enter", "j", "j").sees("client bytes 38 to 62  packet 4")
	b.press("Enter").sees("55 73  65 72", "client byte 38  packet 4", `C> User-Agent: curl`)
	b.press("Left").sees("client byte 37  packet 4", `C> Host: 127.0.0.1:8080`)
	b.press("Enter").sees("client bytes 16 to 37")
	b.press("G", "k", "k", "k", "Enter").sees("server byte")
}

// TestFilterIsCorrected: an invalid filter stays in its line, with the reason.
func TestFilterIsCorrected(t *testing.T) {
	b := demo(t, 120, 40)
	b.press("/").write("http.request.methud").press("Enter")
	if b.app.prompt == nil {
		t.Fatal("the invalid filter was taken")
	}
	b.press("Esc").sees("18")
	b.press("/").write("http.req").press("Tab").sees("http.request.method").press("Tab").sees("http.request.uri")
}

// TestFilterRefersToTheSelection: ${field} is what the selected exchange has.
func TestFilterRefersToTheSelection(t *testing.T) {
	b := demo(t, 120, 40)
	b.app.CompileBeside = func(expr string, selected *trace.Exchange) (Matcher, error) {
		f, err := filter.CompileBeside(expr, false, &filter.Subject{X: selected})
		if err != nil {
			return nil, err
		}
		return matcher{f}, nil
	}
	b.give("goto 7").give("filter scope.exchange == ${scope.exchange}").sees("1 of 18")
	b.selectsNumber(7)
}

// TestUnsavedCaptureAsks: q asks before what was captured is lost.
func TestUnsavedCaptureAsks(t *testing.T) {
	b := demo(t, 120, 40)
	b.app.Unsaved = func() string { return "The capture is not saved." }
	b.press("q").sees("The capture is not saved. Leave? (y or q leaves, n stays)").press("n")
	b.gone(false)
	b.press("q", "y")
	b.gone(true)
}

// TestCommands gives each command of the command line once.
func TestCommands(t *testing.T) {
	steps := map[string]func(b *bench){
		"w": func(b *bench) { b.give("w page a.txt").sees("Wrote it.") },
		"filter": func(b *bench) {
			b.give("filter http.response.code == 404").sees("2 of 18")
			b.give("filter").misses("Filter: ")
		},
		"goto":   func(b *bench) { b.give("goto 7"); b.selectsNumber(7); b.give("goto x").sees("needs the number") },
		"why":    func(b *bench) { b.give("why 1 http.request").sees("Exchange 1 is selected.") },
		"lesson": func(b *bench) { b.give("lesson").sees("There are no lessons here.") },
		"packet": func(b *bench) {
			b.give("packet 8").sees("[5 TCP]", "packet 8")
			b.selectsNumber(1)
			b.give("packet 999999").sees("not kept")
		},
		"connection": func(b *bench) {
			b.give("connection 5").sees("tcp.stream == 5", "/video.mp4").misses(
				"/login.php")
		},
		"status": func(b *bench) { b.give("status").sees("goroutines", "Packets: 170") },
		"log":    func(b *bench) { b.give("log").sees("Nothing went wrong.") },
		"mouse":  func(b *bench) { b.give("mouse").sees("The mouse is on") },
		"help":   func(b *bench) { b.give("help").sees("this page") },
		"quit":   func(b *bench) { b.give("quit"); b.gone(true) },
	}
	for _, c := range commandList() {
		step := steps[c.name]
		if step == nil {
			t.Errorf("no test gives %q", c.name)
			continue
		}
		t.Run(c.name, func(t *testing.T) { step(demo(t, 120, 40)) })
	}
	demo(t, 120, 40).give("nonsense").sees("There is no command")
}

// give types a command.
func (b *bench) give(line string) *bench {
	b.t.Helper()
	b.press(":")
	b.write(line).press("Enter")
	return b
}

func TestFailedWriteSaysWhy(t *testing.T) {
	b := demo(t, 120, 40)
	b.press(":").write("w page bad").press("Enter").sees("the disk is full")
	b.press("j").misses("the disk is full")
}
