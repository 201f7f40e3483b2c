package oauth

import (
	"context"
	"fmt"
	"sync"
)

// consentClientID is the client id of the tests' app.
const consentClientID = "0000aaaa-1111-2222-3333-444455556666"

// memoryConnections is a ConnectionStore that keeps the promises of one.
type memoryConnections struct {
	mu      sync.Mutex
	portals map[int64]Portal
	grants  map[int64]Connection
	events  []Event
	nextID  int64
	puts    int

	probeErr error
	putErr   error
	grantErr error
}

func newMemoryConnections(portals ...Portal) *memoryConnections {
	m := &memoryConnections{portals: map[int64]Portal{}, grants: map[int64]Connection{}, nextID: 100}
	for _, p := range portals {
		m.portals[p.ID] = p
	}
	return m
}

func (m *memoryConnections) Probe(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return m.probeErr
}

func (m *memoryConnections) FindPortal(ctx context.Context, clientID string, hubID, userID int64) (Portal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return Portal{}, err
	}
	for _, p := range m.portals {
		if p.ClientID == clientID && p.HubID == hubID && (userID == 0 || p.UserID == userID) {
			return p, nil
		}
	}
	return Portal{}, &Error{Class: ClassNotFound, Message: "There is no such portal."}
}

func (m *memoryConnections) PutConnection(ctx context.Context, c Connection) (Portal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.puts++
	if err := ctx.Err(); err != nil {
		return Portal{}, err
	}
	if m.putErr != nil {
		return Portal{}, m.putErr
	}
	p, known := m.portals[c.PortalID]
	if !known {
		for _, other := range m.portals {
			if other.Alias == c.Alias {
				return Portal{}, &Error{Class: ClassUsage, Message: fmt.Sprintf("The alias %s is taken.", c.Alias)}
			}
		}
		m.nextID++
		p = Portal{ID: m.nextID, Alias: c.Alias, Kind: c.Kind, AppID: c.AppID}
		if c.Kind == KindOAuth {
			p.ClientID = consentClientID
		}
	}
	next := Portal{ClientID: p.ClientID, HubID: c.Token.HubID, UserID: c.Token.UserID}
	if c.Token.Refresh.Empty() && known && p.RefreshTokenStands(next) {
		c.Token.Refresh = m.grants[p.ID].Token.Refresh
	}
	p.HubID, p.UserID, p.Scopes, p.Status = c.Token.HubID, c.Token.UserID, c.Token.Scopes, StatusActive
	p.HubDomain, p.User, p.AccountType = c.HubDomain, c.User, c.Account.AccountType
	p.Version++
	m.portals[p.ID], m.grants[p.ID] = p, c
	m.events = append(m.events, c.Event)
	return p, nil
}

func (m *memoryConnections) RemovePortal(ctx context.Context, portalID int64, event Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, known := m.portals[portalID]; !known {
		return &Error{Class: ClassNotFound, Message: "There is no such portal."}
	}
	delete(m.portals, portalID)
	m.events = append(m.events, event)
	return nil
}

func (m *memoryConnections) Grant(_ context.Context, portalID int64) (Grant, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, known := m.portals[portalID]
	switch {
	case m.grantErr != nil:
		return Grant{}, m.grantErr
	case !known:
		return Grant{}, &Error{Class: ClassNotFound, Message: "There is no such portal."}
	}
	token := m.grants[portalID].Token
	return Grant{Portal: p, Access: token.Access, Refresh: token.Refresh}, nil
}
