package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/internal/api"
	"github.com/hsterm/hsterm/oauth"
)

// apiPane is the API tab: the catalogue of sample calls, a request before it is
// sent, and its answer. The catalogue is the same for every portal; what was
// sent and came back is kept for each, so that a slow call is not lost by
// looking at another portal meanwhile.
type apiPane struct {
	catalogue catalogue
	sessions  map[int64]*apiSession
	current   *apiSession // of the selected portal, nil for none
}

// apiMode is what the tab shows of a portal.
type apiMode int

const (
	apiCatalogue  apiMode = iota
	apiComposing          // the request, to be edited
	apiConfirming         // the portal's alias has to be typed
	apiAnswer
	apiPast   // the calls that were sent
	apiRepeat // the answered call many times, to see how long it takes
)

// apiSession is the calls made to one portal.
type apiSession struct {
	portal   oauth.Portal
	mode     apiMode
	composer composer
	sent     call
	answer   *answer
	viewer   viewer
	known    map[string]string // values found in answers, for placeholders
	past     sentCalls
	repeat   repetition
}

// call is a request with the sample it was made from.
type call struct {
	sample  api.Sample
	request api.Request
}

func newAPIPane() *apiPane {
	return &apiPane{catalogue: newCatalogue(), sessions: map[int64]*apiSession{}}
}

// mostSessions is how many portals' answers are kept: each may be 8 MiB.
const mostSessions = 8

func (p *apiPane) show(s scene) tea.Cmd {
	p.current = nil
	if s.portal.ID == 0 {
		return nil
	}
	session := p.sessions[s.portal.ID]
	if session == nil {
		p.forget(s)
		session = &apiSession{known: map[string]string{}}
		p.sessions[s.portal.ID] = session
	}
	session.portal = s.portal
	p.current = session
	p.catalogue.lock(s.locked)
	return session.past.first(s)
}

// forget makes room for another portal's answers.
func (p *apiPane) forget(s scene) {
	for id := range p.sessions {
		if len(p.sessions) < mostSessions {
			return
		}
		if !s.tasks.running(taskKey{tabAPI.name(), id}) {
			delete(p.sessions, id)
		}
	}
}

// browse shows the whole catalogue, whatever was there.
func (p *apiPane) browse() {
	p.catalogue.clear()
	if p.current != nil {
		p.current.mode = apiCatalogue
	}
}

// update takes an answer. One for a portal that is not selected any more is kept
// for when it is, and announced.
func (p *apiPane) update(s scene, r result) tea.Cmd {
	session := p.sessions[r.key.portal]
	if session == nil {
		return nil
	}
	switch r.key.owner {
	case ownerPast:
		session.past.took(r)
		return nil
	case ownerSieve:
		session.viewer.sifted(r)
		return nil
	}
	if l, ok := r.value.(lap); ok {
		session.repeat.add(l)
		return nil
	}
	a, ok := r.value.(*answer)
	if !ok {
		return nil
	}
	session.take(a, s.now)
	return tea.Batch(keepSent(s, r.key.portal, a), announce(s, session, a))
}

// announce says what came back for a portal that is not looked at any more.
func announce(s scene, session *apiSession, a *answer) tea.Cmd {
	if session.portal.ID == s.portal.ID {
		return nil
	}
	said := session.portal.Alias + ": " + a.call.request.Method + " answered " + a.statusWords()
	if a.doubt != nil {
		said = session.portal.Alias + ": " + a.call.request.Method + " was not sent, it asks first"
	}
	if a.failure != nil {
		return say(said)
	}
	return succeed(said)
}

// take shows an answer, and learns from it. A write that was held back is asked
// about.
func (a *apiSession) take(got *answer, now time.Time) {
	if got.doubt != nil {
		a.doubt(got.call, got.doubt, now)
		return
	}
	got.at = now
	a.answer = got
	a.mode = apiAnswer
	a.viewer.show(got)
	for name, value := range got.known {
		a.known[name] = value
	}
}

func (p *apiPane) move(_ scene, f frame, by motion) tea.Cmd {
	switch {
	case p.current == nil:
	case p.current.mode == apiCatalogue:
		list, _ := split(f)
		p.catalogue.move(by, catalogueRows(list))
	case p.current.mode == apiAnswer:
		p.current.viewer.move(by, max(1, p.bodyRows(f)))
	case p.current.mode == apiPast:
		_, rest := split(f)
		p.current.past.move(by, pastRows(rest))
	}
	return nil
}

func (p *apiPane) typing() bool {
	if p.current == nil {
		return false
	}
	switch p.current.mode {
	case apiCatalogue:
		return p.catalogue.editing
	case apiAnswer:
		return p.current.viewer.writing()
	case apiPast:
		return false
	case apiRepeat:
		return p.current.repeat.asking
	default:
		return true
	}
}

func (p *apiPane) typed(s scene, key tea.KeyPressMsg) tea.Cmd {
	switch p.current.mode {
	case apiCatalogue:
		typeInto(&p.catalogue.input, key)
		p.catalogue.sift()
	case apiAnswer:
		if v := &p.current.viewer; v.sieve.editing {
			typeInto(&v.sieve.input, key)
			return p.sift(s)
		}
		typeInto(&p.current.viewer.input, key)
		p.current.viewer.seek()
	case apiRepeat:
		typeInto(&p.current.repeat.input, key)
	default:
		typeInto(p.current.composer.field(p.current.mode), key)
	}
	return nil
}

func (p *apiPane) pasted(s scene, text string) tea.Cmd {
	switch p.current.mode {
	case apiCatalogue:
		pasteInto(&p.catalogue.input, text)
		p.catalogue.sift()
	case apiAnswer:
		if v := &p.current.viewer; v.sieve.editing {
			pasteInto(&v.sieve.input, text)
			return p.sift(s)
		}
		pasteInto(&p.current.viewer.input, text)
		p.current.viewer.seek()
	case apiRepeat:
		pasteInto(&p.current.repeat.input, text)
	default:
		pasteInto(p.current.composer.field(p.current.mode), text)
	}
	return nil
}
