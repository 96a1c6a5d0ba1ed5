package cookies

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestChangeExplains(t *testing.T) {
	u := parseURL(t, "http://www.shop.example/cart/view")
	var jar Jar
	jar.Receive(noon, u, ParseSetCookie("sid=1; Path=/"))
	for _, tt := range []struct{ set, code, detail string }{
		{"lang=en", "", "host www.shop.example only, path /cart"},
		{"lang=de", "", `The value was "en" before`},
		{"lang=de", "", "stayed the same"},
		{"wide=1; Domain=shop.example", "", "shop.example and its subdomains"},
		{"sid=; Max-Age=0", CodeDeleteMissed, "the stored one is for host www.shop.example only, path /"},
		{"none=; Max-Age=0", "", "no such cookie"},
		{"long=1; Max-Age=99999999", CodeLifetimeCapped, "Sent back to"},
		{"s=1; Secure", CodeSecureOverHTTP, "cannot be set over http"},
		{"s=1; Domain=example", CodePublicSuffix, "shared by unrelated sites"},
	} {
		change := jar.Receive(noon, u, ParseSetCookie(tt.set))
		if change.Code != tt.code || !strings.Contains(change.Detail.String(), tt.detail) {
			t.Errorf("%s: got %q %q, want %q %q", tt.set, change.Code, change.Detail, tt.code, tt.detail)
		}
	}
}

func TestLifetime(t *testing.T) {
	limit := noon.Add(MaxAge)
	for _, tt := range []struct {
		set    string
		want   time.Time
		capped bool
	}{
		{"a=1; Max-Age=60", noon.Add(time.Minute), false},
		{"a=1; Max-Age=34560000", limit, false},
		{"a=1; Max-Age=34560001", limit, true},
		{"a=1; Max-Age=99999999999999999999999", limit, true},
		{"a=1; Expires=Sun, 01 Mar 2026 13:00:00 GMT", noon.Add(time.Hour), false},
		{"a=1; Expires=Fri, 31-Dec-9999 23:59:59 GMT", limit, true},
		{"a=1; Max-Age=tomorrow; Expires=Sun, 01 Mar 2026 13:00:00 GMT", noon.Add(time.Hour), false},
	} {
		change := new(Jar).Receive(noon, URL{Host: "shop.example"}, ParseSetCookie(tt.set))
		if !change.Cookie.Expires.Equal(tt.want) || change.Capped != tt.capped {
			t.Errorf("%s: expires %v capped %v, want %v %v", tt.set, change.Cookie.Expires, change.Capped, tt.want,
				tt.capped)
		}
	}
}

// TestWithheldReasons: one cookie for each rule, and one request.
func TestWithheldReasons(t *testing.T) {
	var jar Jar
	secure := parseURL(t, "https://www.shop.example/")
	other := parseURL(t, "https://mail.shop.example/")
	jar.Receive(noon, secure, ParseSetCookie("ok=1; Domain=shop.example"))
	jar.Receive(noon, other, ParseSetCookie("hostonly=1"))
	jar.Receive(noon, other, ParseSetCookie("domain=1; Domain=mail.shop.example"))
	jar.Receive(noon, secure, ParseSetCookie("path=1; Path=/admin"))
	jar.Receive(noon, secure, ParseSetCookie("secure=1; Secure"))
	jar.Receive(noon, secure, ParseSetCookie("expired=1; Max-Age=5"))
	jar.Receive(noon, other, ParseSetCookie("elsewhere=1; Max-Age=5"))

	want := []string{"domain domain", "expired expired", "hostonly host-only", "path path", "secure secure"}
	later := noon.Add(time.Minute)
	for _, swept := range []bool{false, true} {
		p := jar.Predict(later, parseURL(t, "http://www.shop.example/"))
		var got []string
		for _, w := range p.Withheld {
			got = append(got, w.Cookie.Name+" "+string(w.Reason))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || p.Line != "ok=1" {
			t.Errorf("swept %v: line %q, withheld %q, want %q", swept, p.Line, got, want)
		}
		// The answer must not depend on when expired cookies are thrown out.
		jar.sweep(later)
	}
}

func TestPredictDoesNotChangeTheJar(t *testing.T) {
	var jar Jar
	u := URL{Host: "shop.example"}
	jar.Receive(noon, u, ParseSetCookie("a=1; Max-Age=5"))
	before := fmt.Sprint(jar.Snapshot(), jar.Gone())
	jar.Predict(noon.Add(time.Hour), u)
	if after := fmt.Sprint(jar.Snapshot(), jar.Gone()); after != before {
		t.Errorf("before %s\nafter  %s", before, after)
	}
}

func TestEvictionPerDomain(t *testing.T) {
	var jar Jar
	u := parseURL(t, "https://shop.example/")
	jar.Receive(noon, u, ParseSetCookie("secure=1; Secure"))
	for i := range MaxPerDomain - 1 {
		jar.Receive(noon.Add(time.Duration(i+1)*time.Second), u, ParseSetCookie(fmt.Sprintf("c%d=1", i)))
	}
	later := noon.Add(time.Hour)
	change := jar.Receive(later, u, ParseSetCookie("last=1"))
	if len(change.Evicted) != 1 || change.Evicted[0].Name != "c0" || change.Code != CodeEvicted {
		t.Fatalf("evicted %v, want c0: the oldest without Secure", change.Evicted)
	}
	verdicts := jar.Compare(later, u, ParseCookie("c0=1"))
	if verdicts[0].Kind != VerdictRemoved || !strings.Contains(verdicts[0].Detail.String(), "evicted") {
		t.Errorf("c0: got %s %q", verdicts[0].Kind, verdicts[0].Detail)
	}
	if got := len(jar.Snapshot()); got != MaxPerDomain {
		t.Errorf("%d cookies, want %d", got, MaxPerDomain)
	}
}

func TestEvictionKeepsWhatIsUsed(t *testing.T) {
	var jar Jar
	u := URL{Scheme: "https", Host: "shop.example", Path: "/"}
	jar.Receive(noon, u, ParseSetCookie("old=1; Path=/used"))
	for i := range MaxPerDomain - 1 {
		jar.Receive(noon.Add(time.Second), u, ParseSetCookie(fmt.Sprintf("c%d=1; Path=/c", i)))
	}
	jar.Compare(noon.Add(time.Minute), URL{Scheme: "https", Host: "shop.example", Path: "/used"}, nil)
	change := jar.Receive(noon.Add(time.Hour), u, ParseSetCookie("last=1"))
	if len(change.Evicted) != 1 || change.Evicted[0].Name == "old" {
		t.Errorf("evicted %v, want one that was not used", change.Evicted)
	}
}

// TestEvictionOfTheNewCookie: a domain full of Secure cookies gives up the new
// one, as the order of section 5.7 says.
func TestEvictionOfTheNewCookie(t *testing.T) {
	var jar Jar
	u := parseURL(t, "https://shop.example/")
	for i := range MaxPerDomain {
		jar.Receive(noon, u, ParseSetCookie(fmt.Sprintf("c%d=1; Secure", i)))
	}
	change := jar.Receive(noon, u, ParseSetCookie("plain=1"))
	if change.Kind != ChangeRefused || change.Reason != ReasonFull {
		t.Errorf("got %s %s, want refused: jar-full", change.Kind, change.Reason)
	}
}

func TestEvictionOfTheJar(t *testing.T) {
	if testing.Short() {
		t.Skip("fills a jar")
	}
	var jar Jar
	for i := range MaxCookies + 10 {
		u := URL{Host: fmt.Sprintf("h%d.example", i)}
		jar.Receive(noon.Add(time.Duration(i)*time.Second), u, ParseSetCookie("a=1"))
	}
	if got := len(jar.Snapshot()); got != MaxCookies {
		t.Errorf("%d cookies, want %d", got, MaxCookies)
	}
	if gone := jar.Gone(); len(gone) != 10 || gone[0].Cookie.Domain != "h0.example" {
		t.Errorf("%d gone, want the 10 oldest", len(gone))
	}
}

func TestGoneIsBoundedAndWithoutRepeats(t *testing.T) {
	var jar Jar
	u := URL{Host: "shop.example"}
	for range 50 {
		jar.Receive(noon, u, ParseSetCookie("same=1; Secure"))
	}
	if got := len(jar.Gone()); got != 1 {
		t.Errorf("%d gone, want 1", got)
	}
	for i := range MaxGone + 50 {
		jar.Receive(noon, u, ParseSetCookie(fmt.Sprintf("a=%d", i)))
	}
	jar.Receive(noon, u, ParseSetCookie("huge="+strings.Repeat("x", 1<<20)))
	gone := jar.Gone()
	if len(gone) != MaxGone || gone[MaxGone-1].Cookie.Name != "a" {
		t.Errorf("%d gone, want %d and none above the size limit", len(gone), MaxGone)
	}
}

// TestTimeGoesBackwards: packet times may be out of order; the order of arrival
// decides among equal times.
func TestTimeGoesBackwards(t *testing.T) {
	var jar Jar
	u := URL{Host: "shop.example"}
	jar.Receive(noon, u, ParseSetCookie("a=1"))
	jar.Receive(noon, u, ParseSetCookie("b=1"))
	jar.Receive(noon.Add(-time.Second), u, ParseSetCookie("c=1"))
	jar.Receive(noon.Add(time.Second), u, ParseSetCookie("a=2"))
	if got := jar.Predict(noon, u).Line; got != "c=1; a=2; b=1" {
		t.Errorf("got %q", got)
	}
}

// TestZeroTime: some captures begin at time zero.
func TestZeroTime(t *testing.T) {
	var jar Jar
	u := URL{Host: "shop.example"}
	jar.Receive(time.Time{}, u, ParseSetCookie("a=1; Max-Age=1"))
	if got := jar.Receive(time.Time{}, u, ParseSetCookie("a=; Max-Age=0")).Kind; got != ChangeDeleted {
		t.Errorf("got %s, want deleted", got)
	}
}
