package cookies

import "time"

// sweep evicts expired cookies, as section 5.7 demands "at any time".
func (j *Jar) sweep(now time.Time) {
	for j.expiring.Len() > 0 && j.expiring.list[0].Expired(now) {
		s := j.expiring.list[0]
		j.drop(s)
		j.gone.bury(s.tomb(GoneExpired, s.Expires))
	}
}

// evict removes excess cookies after one was stored in domain. The order of
// section 5.7: expired ones (sweep did that), then of a crowded domain the
// insecure ones, then any of that domain, then any; each by last access.
func (j *Jar) evict(now time.Time, domain string) []Cookie {
	var evicted []Cookie
	if d := j.domains[domain]; len(d.list) > MaxPerDomain {
		evicted = append(evicted, j.evictOne(now, d.oldest()))
	}
	if len(j.cookies) > MaxCookies {
		evicted = append(evicted, j.evictOne(now, j.oldest()))
	}
	return evicted
}

// oldest is the least recently used cookie of a jar that is not empty.
func (j *Jar) oldest() *stored {
	for {
		s := j.used.list[0]
		if s.filed.Equal(s.access) {
			return s
		}
		j.refile(s)
	}
}

func (j *Jar) evictOne(now time.Time, s *stored) Cookie {
	j.drop(s)
	j.gone.bury(s.tomb(GoneEvicted, now))
	return *s.Cookie
}
