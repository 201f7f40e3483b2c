package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// record is one CRM record. Its map is replaced, never changed, once others can see it.
type record struct {
	id       int64
	props    map[string]string
	created  time.Time
	updated  time.Time
	archived bool
}

// crmStore holds the records of one account.
type crmStore struct {
	mu     sync.Mutex
	nextID int64
	tables map[string][]*record // by type, in the order of their ids
}

// records returns the account's data, invented at its first use.
func (s *Server) records(a *account) *crmStore {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	if a.records == nil {
		a.records = invent(a, s.types, s.now())
	}
	return a.records
}

// all returns the records of a type, archived or not, oldest first.
func (c *crmStore) all(t objectType, archived bool) []*record {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []*record
	for _, r := range c.tables[t.name] {
		if r.archived == archived {
			out = append(out, r)
		}
	}
	return out
}

// find returns the live record with an id or, if property is given, with that value of it.
func (c *crmStore) find(t objectType, property, value string) *record {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := c.index(t, property, value); i >= 0 {
		return c.tables[t.name][i]
	}
	return nil
}

func (c *crmStore) index(t objectType, property, value string) int {
	return slices.IndexFunc(c.tables[t.name], func(r *record) bool {
		if r.archived {
			return false
		}
		if property == "" || property == "hs_object_id" {
			return strconv.FormatInt(r.id, 10) == value
		}
		return r.props[property] != "" && strings.EqualFold(r.props[property], value)
	})
}

// twin returns the id of another live record with the same unique property, or 0.
func (c *crmStore) twin(t objectType, props map[string]string, self int64) int64 {
	if t.unique == "" || props[t.unique] == "" {
		return 0
	}
	if i := c.index(t, t.unique, props[t.unique]); i >= 0 && c.tables[t.name][i].id != self {
		return c.tables[t.name][i].id
	}
	return 0
}

// create adds a record; twin is the id of the one that is in the way, if any.
func (c *crmStore) create(t objectType, props map[string]string, now time.Time) (r *record, twin int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if twin = c.twin(t, props, 0); twin != 0 {
		return nil, twin
	}
	c.nextID++
	r = &record{id: c.nextID, created: now, updated: now, props: t.stamp(props, c.nextID, now, now)}
	c.tables[t.name] = append(c.tables[t.name], r)
	return r, 0
}

// update changes properties; an empty value clears one. r is nil if there is no such record.
func (c *crmStore) update(t objectType, property, value string, change map[string]string, now time.Time) (r *record, twin int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := c.index(t, property, value)
	if i < 0 {
		return nil, 0
	}
	old := c.tables[t.name][i]
	if twin = c.twin(t, change, old.id); twin != 0 {
		return nil, twin
	}
	props := make(map[string]string, len(old.props)+len(change))
	for k, v := range old.props {
		props[k] = v
	}
	for k, v := range change {
		props[k] = v
	}
	r = &record{id: old.id, created: old.created, updated: now, props: t.stamp(props, old.id, old.created, now)}
	c.tables[t.name][i] = r
	return r, 0
}

// archive takes a record away; whether there was one makes no difference on HubSpot.
func (c *crmStore) archive(t objectType, id string, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := c.index(t, "", id); i >= 0 {
		gone := *c.tables[t.name][i]
		gone.archived, gone.updated = true, now
		c.tables[t.name][i] = &gone
	}
}

// stamp sets the properties the CRM keeps by itself.
func (t objectType) stamp(props map[string]string, id int64, created, updated time.Time) map[string]string {
	out := make(map[string]string, len(props)+3)
	for k, v := range props {
		out[k] = v
	}
	out["hs_object_id"] = strconv.FormatInt(id, 10)
	out["createdate"], out[t.modified] = isoTime(created), isoTime(updated)
	return out
}

func isoTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// view is the JSON form of a record: the asked properties, or the usual ones if none are.
func (t objectType) view(r *record, asked []string) map[string]any {
	props := map[string]any{}
	for _, f := range t.fields {
		always := f.name == "hs_object_id" || f.name == "createdate" || f.name == t.modified
		if !always && ((len(asked) == 0 && !f.shown) || (len(asked) > 0 && !slices.Contains(asked, f.name))) {
			continue
		}
		props[f.name] = nil
		if v := r.props[f.name]; v != "" {
			props[f.name] = v
		}
	}
	return map[string]any{
		"id": strconv.FormatInt(r.id, 10), "properties": props,
		"createdAt": isoTime(r.created), "updatedAt": isoTime(r.updated), "archived": r.archived,
	}
}
