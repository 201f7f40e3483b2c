package db

import "testing"

func TestPassphraseCost(t *testing.T) {
	made, again := KeyOptions{}.newStretch(), KeyOptions{}.newStretch()
	if made.Time != 3 || made.Memory != 64<<10 || made.Threads != 4 || len(made.Salt) != 16 {
		t.Errorf("%+v", made)
	}
	if string(made.Salt) == string(again.Salt) {
		t.Error("two slots share their salt")
	}
	for _, params := range []string{``, `{}`, `{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","t":3,"m":4294967295,"p":4}`, `{"salt":"AA==","t":3,"m":65536,"p":4}`, `{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","t":0,"m":65536,"p":4}`} {
		if _, ok := parseStretch(params); ok {
			t.Errorf("accepted %s", params)
		}
	}
}
