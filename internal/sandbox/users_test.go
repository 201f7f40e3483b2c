package sandbox

import (
	"net/http"
	"testing"
)

// as connects as one user of the first account.
func (r *rig) as(userID string) held {
	r.t.Helper()
	want(r.t, "sign in", r.control("POST", "consent", `{"auto":true,"hub_id":62515,"user_id":`+userID+`}`).status, http.StatusOK)
	return r.connect()
}

func TestUsersOfAnAccountHaveTheirOwnGrants(t *testing.T) {
	r := newRig(t, Config{UserLevel: true})
	one, two := r.as("7"), r.as("8")
	want(t, "one's id", r.introspect(one.access).json["user_id"], any(7.0))
	want(t, "two's id", r.introspect(two.access).json["user_id"], any(8.0))
	want(t, "two's address", r.introspect(two.refresh).json["user"], any("user8@acme.com"))
	want(t, "revoking one", r.control("POST", "revoke", `{"hub_id":62515,"user_id":7}`).status, http.StatusOK)
	want(t, "one", r.refresh(one.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
	want(t, "two", r.refresh(two.refresh).status, http.StatusOK)

	three := r.as("9")
	want(t, "uninstalling", r.api(three.access, "DELETE", "/appinstalls/2026-09/external-install", nil).status, http.StatusNoContent)
	want(t, "two after that", r.refresh(two.refresh).json["status"], any("BAD_REFRESH_TOKEN"))
}

func TestOrdinaryGrantIsThatOfTheNewestUser(t *testing.T) {
	r := newRig(t, Config{})
	one, two := r.as("7"), r.as("8")
	want(t, "one", r.introspect(one.access).json["user_id"], any(8.0))
	want(t, "two", r.introspect(two.access).json["user_id"], any(8.0))
}

// The person chooses another account than the one that is gone.
func TestAnotherAccountThanTheDeletedOne(t *testing.T) {
	r := newRig(t, Config{})
	want(t, "delete", r.control("POST", "delete", `{"hub_id":62515}`).status, http.StatusOK)
	gone := r.authorizeURL("path", "/oauth/62515/authorize")
	want(t, "asked for", r.get(gone).status, http.StatusBadRequest)
	want(t, "chosen", r.control("POST", "consent", `{"auto":true,"hub_id":771204}`).status, http.StatusOK)
	want(t, "chosen", r.get(gone).status, http.StatusFound)
}
