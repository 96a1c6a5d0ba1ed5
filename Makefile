# make demo   read the sample session: every connection and exchange, explained
# make test   all tests
# make bench  captures of several hundred MB, ratios against tshark and tcpdump
# make build  bin/httpscope
#
# Each target does its own set-up. With libpcap's header the program captures
# live through libpcap; without it, and without a way to get it, it reads files only.

GO     ?= go
PREFIX := $(CURDIR)/bin

# The tag is found when a recipe runs, after `deps` had its chance.
TAGS = $(shell sh internal/build/libpcap-tag)

.PHONY: demo test bench build deps profile clean

build: deps
	$(GO) build -trimpath -tags "$(TAGS)" -o $(PREFIX)/httpscope ./cmd/httpscope

demo: build
	$(PREFIX)/httpscope read --why pcaps/demo.pcapng

test: deps
	$(GO) test -tags "$(TAGS)" ./...

bench: build
	@sh internal/build/need tshark tcpdump
	$(GO) run ./internal/bench -bin $(PREFIX)/httpscope

deps:
	@sh internal/build/need-libpcap

# profile makes the profile anew that the compiler optimises by.
profile:
	$(GO) test ./internal/inspect -run '^$$' -bench . -benchtime 10s -cpuprofile cmd/httpscope/default.pgo -o /dev/null

clean:
	rm -rf bin bench
