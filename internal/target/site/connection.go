package site

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

func connectionEntries() []entry {
	return []entry{
		{Route: Route{ID: "images", Path: "/images", Topic: "images",
			Try: "curl -v --parallel --parallel-max 6 '{base}/images/[1-12].png' -o 'image-#1.png'"},
			handle: (*Site).images},
		{Route: Route{ID: "images-1-png", Path: "/images/1.png", Topic: "images",
			Try: "curl -v -o /dev/null {base}/images/1.png {base}/images/2.png -o /dev/null"},
			pattern: "/images/{name}", handle: (*Site).image},
		{Route: Route{ID: "images-close", Path: "/images/close", Topic: "images",
			Try: "curl -v '{base}/images/close/[1-12].png' -o 'image-#1.png'"},
			handle: (*Site).imagesClose},
		{Route: Route{ID: "images-close-1-png", Path: "/images/close/1.png", Topic: "images",
			Try: "curl -v -o /dev/null {base}/images/close/1.png"},
			pattern: "/images/close/{name}", handle: (*Site).imageClose},
		{Route: Route{ID: "keepalive", Path: "/keepalive", Topic: "connection",
			Try: "curl -v {base}/keepalive {base}/keepalive"},
			handle: (*Site).keepAlive},
		{Route: Route{ID: "close", Path: "/close", Topic: "connection",
			Try: "curl -v {base}/close {base}/close"},
			handle: (*Site).close},
	}
}

// gallery is the data of the pages with images.
type gallery struct {
	Images []string // addresses
}

// images is the page with the images.
func (s *Site) images(w http.ResponseWriter, r *http.Request) { s.gallery(w, r, "/images/") }

// imagesClose is the page whose images close their connections, and its own.
func (s *Site) imagesClose(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	s.gallery(w, r, "/images/close/")
}

// gallery hands the delay on to the images.
func (s *Site) gallery(w http.ResponseWriter, r *http.Request, folder string) {
	var g gallery
	for i := range s.pictures {
		address := folder + strconv.Itoa(i+1) + ".png"
		if d := delay(r, "delay", 0); d > 0 {
			address += "?delay=" + strconv.FormatInt(d.Milliseconds(), 10)
		}
		g.Images = append(g.Images, address)
	}
	s.page(w, r, http.StatusOK, "images", g)
}

// imageClose answers with an image and closes.
func (s *Site) imageClose(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	s.image(w, r)
}

// image answers with one of the images. It is not to be cached, so that every
// load of the page shows all requests.
func (s *Site) image(w http.ResponseWriter, r *http.Request) {
	number, isPNG := strings.CutSuffix(r.PathValue("name"), ".png")
	n, err := strconv.Atoi(number)
	if err != nil || !isPNG || n < 1 || n > len(s.pictures) {
		s.notFound(w, r)
		return
	}
	wait(r.Context(), delay(r, "delay", 0))
	picture := s.pictures[n-1]
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(picture)))
	_, _ = w.Write(picture)
}

// keepAlive leaves the connection open.
func (s *Site) keepAlive(w http.ResponseWriter, r *http.Request) { s.plain(w, r) }

// close announces that the connection ends.
func (s *Site) close(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	s.plain(w, r)
}

// delay reads a number of milliseconds from the query, at most maxDelay.
func delay(r *http.Request, name string, otherwise time.Duration) time.Duration {
	n, err := strconv.ParseUint(r.URL.Query().Get(name), 10, 31)
	if err != nil {
		return otherwise
	}
	return min(time.Duration(n)*time.Millisecond, maxDelay)
}

// wait waits, unless the visitor leaves before.
func wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
