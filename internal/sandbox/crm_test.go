package sandbox

import (
	"net/http"
	"strings"
	"testing"
)

const contacts = "/crm/objects/2026-09/contacts"

// crmRig is a sandbox with a token that may do everything in one account.
func crmRig(t *testing.T) (*rig, string) {
	r := newRig(t, Config{RateLimit: -1})
	token, err := r.s.NewStaticToken(62515, append(defaultRequired(), scopesExcept(defaultRequired())...))
	if err != nil {
		t.Fatal(err)
	}
	return r, token
}

func rowsOf(got reply) []map[string]any {
	var out []map[string]any
	list, _ := got.json["results"].([]any)
	for _, one := range list {
		if r, ok := one.(map[string]any); ok {
			out = append(out, r)
		}
	}
	return out
}

func prop(row map[string]any, name string) any {
	props, _ := row["properties"].(map[string]any)
	return props[name]
}

func TestContactsPage(t *testing.T) {
	r, token := crmRig(t)
	seen := map[any]bool{}
	path, pages := contacts+"?limit=20&properties=email,jobtitle", 0
	for path != "" {
		got := r.api(token, "GET", path, nil)
		want(t, "status", got.status, http.StatusOK)
		for _, row := range rowsOf(got) {
			seen[row["id"]] = true
			if prop(row, "jobtitle") == nil || prop(row, "firstname") != nil {
				t.Errorf("properties: %v", row)
			}
		}
		pages++
		path = ""
		if paging, more := got.json["paging"].(map[string]any); more {
			next, _ := paging["next"].(map[string]any)
			link, _ := next["link"].(string)
			path = strings.TrimPrefix(link, r.web.URL)
		}
	}
	want(t, "pages", pages, 3)
	want(t, "contacts in all", len(seen), 48)
	want(t, "too many", r.api(token, "GET", contacts+"?limit=101", nil).json["category"], any("VALIDATION_ERROR"))
}

func TestAccountsHaveTheirOwnData(t *testing.T) {
	r, token := crmRig(t)
	other, err := r.s.NewStaticToken(771204, defaultRequired())
	if err != nil {
		t.Fatal(err)
	}
	mine := rowsOf(r.api(token, "GET", contacts, nil))[0]["id"].(string)
	if r.api(other, "GET", contacts, nil).text == r.api(token, "GET", contacts, nil).text {
		t.Error("two accounts hold the same contacts")
	}
	r.api(token, "DELETE", contacts+"/"+mine, nil)
	want(t, "others keep theirs", len(rowsOf(r.api(other, "GET", contacts+"?limit=100", nil))), 48)
	want(t, "gone here", len(rowsOf(r.api(token, "GET", contacts+"?limit=100", nil))), 47)
	want(t, "archived", len(rowsOf(r.api(token, "GET", contacts+"?archived=true", nil))), 1)
}

func TestContactLifecycle(t *testing.T) {
	r, token := crmRig(t)
	write := func(method, path string, props map[string]any) reply {
		return r.api(token, method, path, map[string]any{"properties": props})
	}
	made := write("POST", contacts, map[string]any{"email": "new.desk@acme.example", "firstname": "New", "num_notes": 3})
	want(t, "created", made.status, http.StatusCreated)
	id, _ := made.json["id"].(string)
	got := r.api(token, "GET", "/crm/v3/objects/contacts/NEW.desk@acme.example?idProperty=email&properties=num_notes", nil)
	want(t, "by e-mail", got.json["id"], any(id))
	want(t, "numbers are text", prop(got.json, "num_notes"), any("3"))

	again := write("POST", contacts, map[string]any{"email": "new.desk@acme.example"})
	want(t, "twice", again.status, http.StatusConflict)
	want(t, "twice", again.json["message"], any("Contact already exists. Existing ID: "+id))
	got = write("PATCH", contacts+"/"+id, map[string]any{"firstname": "Newer"})
	want(t, "changed", prop(got.json, "firstname"), any("Newer"))
	want(t, "kept", prop(got.json, "email"), any("new.desk@acme.example"))

	want(t, "archived", r.api(token, "DELETE", contacts+"/"+id, nil).status, http.StatusNoContent)
	want(t, "archived twice", r.api(token, "DELETE", contacts+"/"+id, nil).status, http.StatusNoContent)
	got = r.api(token, "GET", contacts+"/"+id, nil)
	want(t, "gone", got.status, http.StatusNotFound)
	want(t, "gone", got.json["category"], any("OBJECT_NOT_FOUND"))
	want(t, "change a ghost", write("PATCH", contacts+"/"+id, map[string]any{"firstname": "x"}).status, http.StatusNotFound)
	want(t, "the address is free again", write("POST", contacts, map[string]any{"email": "new.desk@acme.example"}).status, http.StatusCreated)
}

func TestWritesAreValidated(t *testing.T) {
	r, token := crmRig(t)
	for code, props := range map[string]map[string]any{
		"PROPERTY_DOESNT_EXIST": {"shoe_size": "44"},
		"INVALID_EMAIL":         {"email": "not an address"},
		"INVALID_OPTION":        {"lifecyclestage": "legend"},
		"INVALID_INTEGER":       {"num_notes": "many"},
		"READ_ONLY_VALUE":       {"createdate": "2026-01-01"},
		"INVALID_VALUE":         {"firstname": []string{"a"}},
	} {
		got := r.api(token, "POST", contacts, map[string]any{"properties": props})
		want(t, code, got.status, http.StatusBadRequest)
		want(t, code, got.json["category"], any("VALIDATION_ERROR"))
		list, _ := got.json["errors"].([]any)
		if len(list) != 1 || list[0].(map[string]any)["code"] != code {
			t.Errorf("%s: %s", code, got.text)
		}
	}
	want(t, "nothing to write", r.api(token, "POST", contacts, map[string]any{}).status, http.StatusBadRequest)
	want(t, "not JSON", r.api(token, "POST", contacts, "text").status, http.StatusBadRequest)
	want(t, "no unique property", r.api(token, "GET", contacts+"/x?idProperty=firstname", nil).status, http.StatusBadRequest)
}

func TestBatches(t *testing.T) {
	r, token := crmRig(t)
	first := rowsOf(r.api(token, "GET", contacts+"?limit=2", nil))
	inputs := func(list ...any) map[string]any { return map[string]any{"inputs": list} }
	id := func(v any) map[string]any { return map[string]any{"id": v} }

	got := r.api(token, "POST", contacts+"/batch/read", inputs(id(first[0]["id"]), id(first[1]["id"])))
	want(t, "all there", got.status, http.StatusOK)
	want(t, "status", got.json["status"], any("COMPLETE"))
	got = r.api(token, "POST", contacts+"/batch/read", inputs(id(first[0]["id"]), id("1")))
	want(t, "one missing", got.status, http.StatusMultiStatus)
	want(t, "errors", got.json["numErrors"], any(1.0))
	want(t, "results", len(rowsOf(got)), 1)

	named := func(email string) map[string]any {
		return map[string]any{"properties": map[string]any{"email": email}}
	}
	want(t, "create", r.api(token, "POST", contacts+"/batch/create", inputs(named("a@b.example"), named("c@b.example"))).status, http.StatusCreated)
	want(t, "create again", r.api(token, "POST", contacts+"/batch/create", inputs(named("a@b.example"), named("d@b.example"))).status, http.StatusMultiStatus)
	change := map[string]any{"id": "a@b.example", "idProperty": "email", "properties": map[string]any{"city": "Porto"}}
	want(t, "update", prop(rowsOf(r.api(token, "POST", contacts+"/batch/update", inputs(change)))[0], "email"), any("a@b.example"))
	want(t, "archive", r.api(token, "POST", contacts+"/batch/archive", inputs(id(first[0]["id"]))).status, http.StatusNoContent)
	want(t, "empty", r.api(token, "POST", contacts+"/batch/read", inputs()).status, http.StatusBadRequest)
}

func TestAssociations(t *testing.T) {
	r, token := crmRig(t)
	contact := rowsOf(r.api(token, "GET", contacts+"?limit=1&properties=associatedcompanyid", nil))[0]
	got := r.api(token, "POST", "/crm/associations/2026-09/contacts/companies/batch/read", map[string]any{"inputs": []any{map[string]any{"id": contact["id"]}}})
	want(t, "status", got.status, http.StatusOK)
	if company, _ := prop(contact, "associatedcompanyid").(string); !strings.Contains(got.text, `"toObjectId":`+company) {
		t.Errorf("%s is not linked to %s", contact["id"], company)
	}
}
