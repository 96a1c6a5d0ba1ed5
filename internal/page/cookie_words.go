package page

import (
	"strings"
	"time"

	"httpscope/internal/cookies"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
)

// attributeWords says what an attribute means for this cookie (RFC 6265bis, Section 5.6).
func attributeWords(a *cookies.Attribute, sc *cookies.SetCookie, at layer.Stamp) texts.Phrase {
	name := strings.ToLower(a.Name)
	switch {
	case !a.Known:
		return texts.Say("page.cookies.unknown")
	case !a.Used:
		return texts.Say("page.cookies.ignored")
	}
	switch name {
	case "expires":
		if sc.HasMaxAge {
			return texts.Say("page.cookies.expires-overridden")
		}
		return texts.Say("page.cookies.expires")
	case "max-age":
		return maxAgeWords(sc.MaxAge, at)
	case "domain":
		if sc.Domain == "" {
			return texts.Say("page.cookies.domain-empty")
		}
		return texts.Say("page.cookies.domain", sc.Domain)
	case "path":
		if sc.Path == "" {
			return texts.Say("page.cookies.path-empty")
		}
		return texts.Say("page.cookies.path", sc.Path)
	case "secure", "httponly", "partitioned":
		return texts.Say("page.cookies." + name)
	}
	return sameSiteWords(sc.SameSite)
}

// maxAgeWords says until when a cookie is kept.
func maxAgeWords(seconds int64, at layer.Stamp) texts.Phrase {
	const year = 366 * 24 * 3600
	if seconds <= 0 {
		return texts.Say("page.cookies.max-age-past")
	}
	kept := texts.Say("count.second", seconds)
	if at.Nano > 0 && seconds < 100*year {
		return texts.Say("page.cookies.max-age-until", kept, dateText(time.Unix(at.Nano/1e9+seconds, 0)))
	}
	return texts.Say("page.cookies.max-age", kept)
}

func dateText(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }

func sameSiteWords(s cookies.SameSite) texts.Phrase {
	switch s {
	case cookies.SameSiteNone:
		return texts.Say("page.cookies.same-site-none")
	case cookies.SameSiteLax:
		return texts.Say("page.cookies.same-site-lax")
	case cookies.SameSiteStrict:
		return texts.Say("page.cookies.same-site-strict")
	}
	return texts.Say("page.cookies.same-site-unknown")
}

// absent lists attributes that a cookie lacks, as keys of phrases end.
func absent(sc *cookies.SetCookie) []string {
	var out []string
	add := func(lacks bool, name string) {
		if lacks {
			out = append(out, name)
		}
	}
	add(!sc.HasMaxAge && !sc.HasExpires, "lifetime")
	add(!sc.HasDomain, "domain")
	add(!sc.HasPath, "path")
	add(!sc.Secure, "secure")
	add(!sc.HttpOnly, "httponly")
	return out
}

// maxJar bounds the cookies of a jar that are listed.
const maxJar = 500

func (p *cookiePage) jar() {
	jar := p.x.Cookies.Jar
	if jar.Len() == 0 {
		if len(p.x.Cookies.Set) > 0 {
			p.Title("page.cookies.jar-empty")
		}
		return
	}
	p.Title("page.cookies.jar", texts.Say("count.cookie", jar.Len()))
	listed := 0
	for k := range jar.All() {
		if listed == maxJar {
			p.About(doc.Ref{}, doc.Shown(indent, doc.Dim), p.Span(doc.Dim, "page.cookies.jar-more", jar.Len()-listed))
			return
		}
		listed++
		p.About(doc.Ref{}, doc.Shown(indent, doc.Plain), doc.Sent(doc.Name, k.Pair()), doc.Shown("  ", doc.Dim),
			p.Span(doc.Dim, "page.text", scopeOf(k)))
	}
}

// scopeOf is where a cookie in a jar is sent, and what limits it.
func scopeOf(k *cookies.Cookie) texts.List {
	l := texts.List{Items: []any{k.Domain + k.Path}}
	add := func(is bool, item any) {
		if is {
			l.Items = append(l.Items, item)
		}
	}
	add(k.HostOnly, texts.Say("page.cookies.host-only"))
	add(k.Secure, "Secure")
	add(k.HttpOnly, "HttpOnly")
	add(k.SameSite != cookies.SameSiteDefault, "SameSite="+k.SameSite.String())
	add(!k.Persistent, texts.Say("page.cookies.session"))
	add(k.Persistent && !k.Expires.IsZero(), texts.Say("page.cookies.until", dateText(k.Expires)))
	return l
}
