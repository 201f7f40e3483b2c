package db

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hsterm/hsterm/oauth"
)

const (
	sqlPortalByAlias = `SELECT ` + portalColumns + fromPortals + `WHERE p.alias = ?`
	sqlPortalNames   = `SELECT p.id, p.alias, p.hub_id, coalesce(a.name, p.kind) ||
			CASE p.grant_user_id WHEN 0 THEN '' ELSE ', user ' || p.grant_user_id END` + fromPortals + `ORDER BY p.alias`
)

// portalName is what a portal can be called by.
type portalName struct {
	id, hubID int64
	alias     string
	via       string // its app, or its kind; the user too where each has a grant of their own
}

// Resolve finds the portal that ref names: an alias, a hub id, or the beginning
// of one alias only. Upper and lower case are alike. An unknown one is
// ClassNotFound with near names in the hint, one that fits several ClassUsage
// with all of them.
func (s *Store) Resolve(ctx context.Context, ref string) (oauth.Portal, error) {
	return s.resolve(ctx, ref, pick)
}

// ResolveExact finds the portal that ref names in full: an alias, or a hub id.
// It is for what changes or removes a portal, where a guess could cost the wrong
// one its grant. The beginning of an alias is ClassNotFound, with the aliases
// that begin so in the hint.
func (s *Store) ResolveExact(ctx context.Context, ref string) (oauth.Portal, error) {
	return s.resolve(ctx, ref, pickExact)
}

func (s *Store) resolve(ctx context.Context, ref string, pick func(string, []portalName) (int64, error)) (oauth.Portal, error) {
	if ref == "" {
		return oauth.Portal{}, usage("No portal was named.", "Name an alias, a hub id, or the beginning of an alias; hsterm list shows all portals.")
	}
	p, err := s.onePortal(ctx, notFound("no such alias", ""), sqlPortalByAlias, ref)
	if oauth.ClassOf(err) != oauth.ClassNotFound {
		return p, err
	}
	names, err := s.portalNames(ctx)
	if err != nil {
		return oauth.Portal{}, err
	}
	id, err := pick(ref, names)
	if err != nil {
		return oauth.Portal{}, err
	}
	return s.Portal(ctx, id)
}

func (s *Store) portalNames(ctx context.Context) ([]portalName, error) {
	var names []portalName
	err := s.read(ctx, func() error {
		names = nil
		rows, err := s.pool.QueryContext(ctx, sqlPortalNames)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n portalName
			if err := rows.Scan(&n.id, &n.alias, &n.hubID, &n.via); err != nil {
				return err
			}
			names = append(names, n)
		}
		return rows.Err()
	})
	return names, err
}

// pick chooses among all portals the one that ref means.
func pick(ref string, names []portalName) (int64, error) {
	byHub, byPrefix := candidates(ref, names)
	switch {
	case len(byHub) == 1:
		return byHub[0].id, nil
	case len(byHub) > 1:
		return 0, severalOn(ref, byHub)
	case len(byPrefix) == 1:
		return byPrefix[0].id, nil
	case len(byPrefix) > 1:
		return 0, usage(fmt.Sprintf("%d aliases begin with %s: %s.", len(byPrefix), ref, listed(byPrefix)), "Type more of the alias.")
	}
	return 0, unknownPortal(ref, names)
}

// pickExact chooses the one that ref names in full.
func pickExact(ref string, names []portalName) (int64, error) {
	byHub, byPrefix := candidates(ref, names)
	switch {
	case len(byHub) == 1:
		return byHub[0].id, nil
	case len(byHub) > 1:
		return 0, severalOn(ref, byHub)
	case len(byPrefix) > 0:
		return 0, notFound("There is no portal "+strconv.Quote(ref)+".", "Did you mean "+orList(aliases(byPrefix, mostMeant))+"?")
	}
	return 0, unknownPortal(ref, names)
}

// candidates are the portals on the account ref, and those whose alias goes on
// after it.
func candidates(ref string, names []portalName) (byHub, byPrefix []portalName) {
	hubID, notNumber := strconv.ParseInt(ref, 10, 64)
	for _, n := range names {
		if notNumber == nil && hubID != 0 && n.hubID == hubID {
			byHub = append(byHub, n)
		}
		if len(n.alias) > len(ref) && strings.EqualFold(n.alias[:len(ref)], ref) {
			byPrefix = append(byPrefix, n)
		}
	}
	return byHub, byPrefix
}

func severalOn(hub string, names []portalName) error {
	return usage(fmt.Sprintf("%d portals are on the account %s: %s.", len(names), hub, listed(names)), "Name the alias.")
}

// aliases are those of the first portals, at most so many.
func aliases(names []portalName, most int) []string {
	var all []string
	for _, n := range names[:min(most, len(names))] {
		all = append(all, n.alias)
	}
	return all
}

func unknownPortal(ref string, names []portalName) error {
	if len(names) == 0 {
		return notFound("There is no portal "+strconv.Quote(ref)+", nor any other yet.", "Connect one with hsterm connect.")
	}
	hint := didYouMean(ref, aliases(names, len(names)), "hsterm list shows all portals.")
	return notFound("There is no portal "+strconv.Quote(ref)+".", hint)
}

// listed names portals, not more than fit into a sentence.
func listed(names []portalName) string {
	const most = 6
	var parts []string
	for i, n := range names {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(names)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", n.alias, n.via))
	}
	return strings.Join(parts, ", ")
}
