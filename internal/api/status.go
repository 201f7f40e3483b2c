package api

import "net/http"

// StatusText is the name of the answer's status, "" for one without a name. It
// knows the statuses that only HubSpot uses.
func (r Response) StatusText() string {
	switch r.Status {
	case 207:
		return "Multi-Status"
	case 477:
		return "Migration in Progress"
	}
	return http.StatusText(r.Status)
}
