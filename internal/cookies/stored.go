package cookies

import (
	"cmp"
	"strings"
	"time"

	"httpscope/internal/texts"
)

// stored is a cookie in a jar, and where the jar keeps it. The cookie itself never
// changes: a new value is a new Cookie, so that records may share it with the jar.
type stored struct {
	*Cookie
	access time.Time    // when it was last used
	filed  time.Time    // the access by which it stands in the queue; never later than access
	home   *place       // of its domain
	setter *place       // of the request whose response set it
	text   string       // as ParseCookie reads it back from a line
	key    textKey      // of text
	absent texts.Phrase // what is said when it is not sent, once it was
	said   bool         // it was not sent, and a verdict said so
	at     [queues]int
}

// domain holds the cookies that share one, at most MaxPerDomain and one more.
type domain struct {
	list     sequence[*stored] // in the order of a Cookie line
	insecure int               // those without Secure
}

// oldest is the cookie that section 5.7 has evicted from a crowded domain first.
func (d *domain) oldest() *stored {
	var oldest *stored
	for _, s := range d.list {
		if (d.insecure == 0 || !s.Secure) && (oldest == nil || usedBefore(s, oldest)) {
			oldest = s
		}
	}
	return oldest
}

// bySite is the order in which a jar is listed: domain, path, name, creation.
func bySite(a, b *stored) int { return byPlace(a.Cookie, b.Cookie) }

func byPlace(a, b *Cookie) int {
	if c := strings.Compare(a.Domain, b.Domain); c != 0 {
		return c
	}
	if c := strings.Compare(a.Path, b.Path); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Name, b.Name), byCreation(a, b))
}

// put adds a cookie whose key is new to the jar.
func (j *Jar) put(s *stored) {
	if j.cookies == nil {
		j.cookies, j.domains = map[Key]*stored{}, map[string]*domain{}
		j.used = queue{slot: inUsed, less: filedBefore}
		j.expiring = queue{slot: inExpiring, less: endsBefore}
	}
	j.cookies[s.Key()] = s
	j.names.add(s)
	j.file(s)
}

// drop takes a cookie from the jar.
func (j *Jar) drop(s *stored) {
	delete(j.cookies, s.Key())
	j.names.remove(s)
	j.unfile(s)
	j.sorted.remove(s.Cookie)
}

// renew puts a new value into the place of an old one.
func (j *Jar) renew(now time.Time, s *stored, c *Cookie, setter *place) {
	if setter.host != s.setter.host {
		j.names.remove(s)
		defer j.names.add(s)
	}
	if c.Secure != s.Secure || c.Persistent || s.Persistent {
		j.unfile(s)
		s.Cookie, s.access, s.setter, s.absent = c, now, setter, texts.Phrase{}
		j.file(s)
		return
	}
	// What nearly all responses do changes no place but that of the text.
	j.untell(s)
	s.Cookie, s.setter, s.absent = c, setter, texts.Phrase{}
	s.spell()
	j.tell(s)
	j.touch(now, s)
	j.sorted.add(c)
}

// spell notes the text of the cookie.
func (s *stored) spell() {
	s.text = s.Cookie.text()
	s.key = keyOf(s.text)
}

// tell lists a cookie by its text, if that is long enough.
func (j *Jar) tell(s *stored) {
	if len(s.text) >= tellingValue {
		file(&j.telling, s.key, s, bySite)
	}
}

func (j *Jar) untell(s *stored) {
	if len(s.text) >= tellingValue {
		unfile(j.telling, s.key, s, bySite)
	}
}

// file enters a cookie where its value, its use and its attributes decide.
func (j *Jar) file(s *stored) {
	s.filed = s.access
	s.spell()
	j.tell(s)
	d := j.domains[s.Domain]
	if d == nil {
		d = &domain{}
		j.domains[s.Domain] = d
	}
	d.list = d.list.with(s, bySendOrder)
	j.used.add(s)
	if s.Secure {
		j.secure++
	} else {
		d.insecure++
	}
	if s.Persistent {
		j.expiring.add(s)
	}
	j.sorted.add(s.Cookie)
}

// unfile undoes file, but for the sorted cookies, where a new value replaces the old one.
func (j *Jar) unfile(s *stored) {
	j.untell(s)
	d := j.domains[s.Domain]
	d.list = d.list.without(s, bySendOrder)
	j.used.remove(s)
	if s.Secure {
		j.secure--
	} else {
		d.insecure--
	}
	if s.Persistent {
		j.expiring.remove(s)
	}
	if len(d.list) == 0 {
		delete(j.domains, s.Domain)
	}
}

// touch notes the use of a cookie (section 5.8.3, step 5). Its place in the queue
// may lag behind, for that is looked at only when one has to go; it may not run ahead.
func (j *Jar) touch(now time.Time, s *stored) {
	s.access = now
	if now.Before(s.filed) {
		j.refile(s)
	}
}

// refile moves a cookie to where its last use puts it in the queue.
func (j *Jar) refile(s *stored) {
	s.filed = s.access
	j.used.fix(s)
}

// tomb is what is remembered of a cookie that leaves the jar.
func (s *stored) tomb(why GoneKind, at time.Time) *tomb {
	return &tomb{Cookie: s.Cookie, why: why, at: at, home: s.home, setter: s.setter, text: s.text, key: s.key}
}
