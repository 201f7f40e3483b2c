package sandbox

import "net/http"

// dated are the API versions that carry a date; older paths are listed beside them.
func dated() []string { return []string{"2026-09", "2026-03"} }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	s.oauthRoutes(mux)
	s.accountRoutes(mux)
	s.crmRoutes(mux)
	s.controlRoutes(mux)
	mux.Handle("GET /{$}", s.serve(s.landing))
	mux.Handle("/", s.serve(s.nothingHere))
	return trimSlash(mux)
}

func (s *Server) oauthRoutes(mux *http.ServeMux) {
	mux.Handle("GET /oauth/authorize", s.serve(s.authorize))
	mux.Handle("GET /oauth/{hub_id}/authorize", s.serve(s.authorize))
	mux.Handle("POST /oauth/authorize", s.serve(s.decide))
	for _, v := range append(dated(), "v3") {
		mux.Handle("POST /oauth/"+v+"/token", s.serve(s.token))
		mux.Handle("POST /oauth/"+v+"/token/introspect", s.serve(s.introspect))
		mux.Handle("POST /oauth/"+v+"/token/revoke", s.serve(s.revoke))
	}
	mux.Handle("POST /oauth/v1/token", s.serve(s.token))
	mux.Handle("GET /oauth/v1/access-tokens/{token}", s.serve(s.describeAccess))
	mux.Handle("GET /oauth/v1/refresh-tokens/{token}", s.serve(s.describeRefresh))
	mux.Handle("DELETE /oauth/v1/refresh-tokens/{token}", s.serve(s.deleteRefresh))
}

func (s *Server) accountRoutes(mux *http.ServeMux) {
	for _, v := range append(dated(), "v3") {
		mux.Handle("GET /account-info/"+v+"/details", s.guard(anyOf("oauth"), s.accountDetails))
		mux.Handle("GET /account-info/"+v+"/api-usage/daily/private-apps", s.staticOnly(s.dailyUsage))
		mux.Handle("DELETE /appinstalls/"+v+"/external-install", s.guard(anyOf("oauth"), s.uninstall))
	}
}
