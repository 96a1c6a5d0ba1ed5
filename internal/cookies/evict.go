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
	if d := j.domains[domain]; d.used.Len() > MaxPerDomain {
		if d.insecure.Len() > 0 {
			evicted = append(evicted, j.evictOldest(now, &d.insecure))
		} else {
			evicted = append(evicted, j.evictOldest(now, &d.used))
		}
	}
	if len(j.cookies) > MaxCookies {
		evicted = append(evicted, j.evictOldest(now, &j.used))
	}
	return evicted
}

// evictOldest removes the least recently used cookie of a queue that is not empty.
func (j *Jar) evictOldest(now time.Time, q *queue) Cookie {
	oldest := q.list[0]
	for !oldest.filed.Equal(oldest.access) {
		j.refile(oldest)
		oldest = q.list[0]
	}
	j.drop(oldest)
	j.gone.bury(oldest.tomb(GoneEvicted, now))
	return *oldest.Cookie
}
