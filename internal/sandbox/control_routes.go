package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// controlBody is every field a control request may have.
type controlBody struct {
	HubID            int64    `json:"hub_id"`
	UserID           int64    `json:"user_id"`
	ClientID         string   `json:"client_id"`
	Scopes           []string `json:"scopes"`
	OptionalScopes   []string `json:"optional_scopes"`
	Mode             string   `json:"mode"`
	OffsetSeconds    float64  `json:"offset_seconds"`
	Seconds          int      `json:"seconds"`
	ToldSeconds      int      `json:"told_seconds"`
	KeepAccessTokens bool     `json:"keep_access_tokens"`
	Auto             bool     `json:"auto"`
	Deny             bool     `json:"deny"`
}

type controlHandler func(in controlBody) (any, error)

func (s *Server) controlRoutes(mux *http.ServeMux) {
	post := func(name string, h controlHandler) { mux.Handle("POST /_sandbox/"+name, s.control(h)) }
	perAccount := func(name string, change func(int64) error) {
		post(name, func(in controlBody) (any, error) { return done(), change(in.HubID) })
	}
	perAccount("expire", s.Expire)
	perAccount("uninstall", s.Uninstall)
	perAccount("delete", s.Delete)
	post("revoke", func(in controlBody) (any, error) {
		if in.KeepAccessTokens {
			return done(), s.RevokeRefreshTokens(in.HubID)
		}
		return done(), s.RevokeGrants(in.HubID, Which{in.ClientID, in.UserID})
	})
	post("static-token", func(in controlBody) (any, error) {
		token, err := s.NewStaticToken(in.HubID, in.Scopes)
		return map[string]string{"token": token}, err
	})
	post("scopes", func(in controlBody) (any, error) { return done(), s.SetScopes(in.HubID, in.Scopes) })
	post("app-scopes", func(in controlBody) (any, error) { return done(), s.SetAppScopes(in.Scopes, in.OptionalScopes) })
	post("rotation", func(in controlBody) (any, error) { return done(), s.SetRotation(in.Mode) })
	post("ttl", func(in controlBody) (any, error) {
		if err := s.SetTTL(time.Duration(in.Seconds) * time.Second); err != nil {
			return nil, err
		}
		return done(), s.SetToldTTL(time.Duration(in.ToldSeconds) * time.Second)
	})
	post("down", func(in controlBody) (any, error) { return done(), s.GoDown(time.Duration(in.Seconds) * time.Second) })
	post("clock", func(in controlBody) (any, error) {
		s.SetClockOffset(time.Duration(in.OffsetSeconds * float64(time.Second)))
		return done(), nil
	})
	post("consent", func(in controlBody) (any, error) {
		if err := s.SetConsent(in.Auto, in.HubID, in.Deny); err != nil {
			return nil, err
		}
		s.SignIn(in.UserID)
		return done(), nil
	})
	mux.Handle("POST /_sandbox/apps", sameOrigin(http.HandlerFunc(s.postApp)))
	mux.Handle("POST /_sandbox/faults", sameOrigin(http.HandlerFunc(s.postFault)))
	mux.Handle("GET /_sandbox/faults", sameOrigin(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeControl(w, map[string]int{"faults": s.FaultsLeft()}, nil)
	})))
	mux.Handle("DELETE /_sandbox/faults", sameOrigin(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.ClearFaults()
		writeControl(w, done(), nil)
	})))
	mux.Handle("GET /_sandbox/requests", sameOrigin(http.HandlerFunc(s.getRequests)))
	mux.Handle("GET /_sandbox/portals", sameOrigin(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeControl(w, s.Accounts(), nil)
	})))
}

func done() any { return map[string]bool{"ok": true} }

func (s *Server) control(h controlHandler) http.Handler {
	return sameOrigin(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in controlBody
		if err := readControl(w, r, &in); err != nil {
			writeControl(w, nil, err)
			return
		}
		out, err := h(in)
		writeControl(w, out, err)
	}))
}

func (s *Server) postApp(w http.ResponseWriter, r *http.Request) {
	var in NewApp
	if err := readControl(w, r, &in); err != nil {
		writeControl(w, nil, err)
		return
	}
	out, err := s.AddApp(in)
	writeControl(w, out, err)
}

func (s *Server) postFault(w http.ResponseWriter, r *http.Request) {
	var in faultJSON
	err := readControl(w, r, &in)
	if err == nil {
		err = s.AddFault(in.fault())
	}
	writeControl(w, done(), err)
}

func (s *Server) getRequests(w http.ResponseWriter, r *http.Request) {
	since := int64(0)
	if raw := r.URL.Query().Get("since"); raw != "" {
		n, err := strconv.ParseInt(raw, 10, 64)
		if err != nil {
			writeControl(w, nil, fmt.Errorf("sandbox: since=%q is not a number", raw))
			return
		}
		since = n
	}
	rows, next := s.Requests(since)
	writeControl(w, map[string]any{"requests": rows, "next": next}, nil)
}

// readControl refuses unknown fields: a misspelt one would silently do nothing.
func readControl(w http.ResponseWriter, r *http.Request, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("sandbox: the body is not what %s takes: %w", r.URL.Path, err)
	}
	return nil
}

func writeControl(w http.ResponseWriter, v any, err error) {
	status := http.StatusOK
	if err != nil {
		status, v = http.StatusBadRequest, map[string]string{"error": err.Error()}
	}
	var out bytes.Buffer
	if err := json.NewEncoder(&out).Encode(v); err != nil {
		status = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = out.WriteTo(w)
}

// sameOrigin keeps web pages from working the controls; programs send no Origin.
func sameOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if origin := r.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
				writeControl(w, nil, fmt.Errorf("sandbox: control requests from web pages are refused"))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
