# make demo   the lab: target servers, live capture and the screen (where there
#             is no terminal: the sample session, every exchange explained)
# make test   all tests
# make bench  captures of several hundred MB, ratios against tshark and tcpdump
# make build  bin/httpscope
#
# Each target does its own set-up. With libpcap's header the program captures
# through libpcap; without it, and without a way to get it, on Linux by AF_PACKET.

GO     ?= go
PREFIX := $(CURDIR)/bin

# The tag is found when a recipe runs, after `deps` had its chance.
TAGS = $(shell sh internal/build/libpcap-tag)

.PHONY: demo test bench build deps profile clean

build: deps
	$(GO) build -trimpath -tags "$(TAGS)" -o $(PREFIX)/httpscope ./cmd/httpscope

demo: build
	@if [ -t 0 ] && [ -t 1 ]; then exec $(PREFIX)/httpscope lab; \
	else echo "There is no terminal for the screen: reading the sample session instead."; \
	exec $(PREFIX)/httpscope read --why pcaps/demo.pcapng; fi

# Tests are built without the profile: with it all packages, and Go's own, would
# be compiled twice more for the tests of the program.
test: deps
	$(GO) test -pgo=off -tags "$(TAGS)" ./...

bench: build
	@sh internal/build/need tshark tcpdump wrk
	$(GO) run ./internal/bench -bin $(PREFIX)/httpscope

deps:
	@sh internal/build/need-libpcap

# profile makes the profile anew that the compiler optimises by.
profile:
	$(GO) test ./internal/inspect -run '^$$' -bench . -benchtime 10s -cpuprofile cmd/httpscope/default.pgo -o /dev/null

clean:
	rm -rf bin bench
