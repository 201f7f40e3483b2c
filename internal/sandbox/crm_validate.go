package sandbox

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
)

// accept checks the properties of a write and turns their values into text, as the CRM stores them.
func (t objectType) accept(raw map[string]any) (map[string]string, *apiFailure) {
	if len(raw) == 0 {
		f := invalid("No properties found to write.", map[string]any{"message": "properties is empty", "in": "properties"})
		return nil, &f
	}
	props := map[string]string{}
	var wrong []map[string]any
	for _, name := range sortedKeys(raw) {
		f, known := t.field(name)
		value, text := textOf(raw[name])
		switch reason, code := f.objection(value); {
		case !known:
			wrong = append(wrong, propertyError(name, "PROPERTY_DOESNT_EXIST", fmt.Sprintf("Property %q does not exist", name)))
		case name == "hs_object_id" || name == "createdate" || name == t.modified:
			wrong = append(wrong, propertyError(name, "READ_ONLY_VALUE", fmt.Sprintf("%q is a read only property", name)))
		case !text:
			wrong = append(wrong, propertyError(name, "INVALID_VALUE", fmt.Sprintf("%q takes one value, not a list or object", name)))
		case value != "" && reason != "":
			wrong = append(wrong, propertyError(name, code, reason))
		default:
			props[name] = value
		}
	}
	if len(wrong) > 0 {
		list, err := json.Marshal(wrong)
		if err != nil {
			list = []byte("[]")
		}
		f := invalid("Property values were not valid: "+string(list), wrong...)
		return nil, &f
	}
	return props, nil
}

func propertyError(name, code, message string) map[string]any {
	return map[string]any{"message": message, "code": code, "in": name, "context": map[string][]string{"propertyName": {name}}}
}

// objection says what is wrong with a value, and HubSpot's code for it.
func (f field) objection(value string) (reason, code string) {
	switch {
	case f.name == "email":
		if _, err := mail.ParseAddress(value); err != nil || strings.ContainsAny(value, " <>") {
			return fmt.Sprintf("Email address %s is invalid", value), "INVALID_EMAIL"
		}
	case f.kind == "number":
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			return fmt.Sprintf("%s was not a valid number.", value), "INVALID_INTEGER"
		}
	case f.kind == "enumeration":
		if !slices.Contains(f.options, value) {
			return fmt.Sprintf("%s was not one of the allowed options: %s", value, strings.Join(f.options, ", ")), "INVALID_OPTION"
		}
	case f.kind == "datetime":
		if _, ok := instant(value); !ok {
			return fmt.Sprintf("%s was not a valid date.", value), "INVALID_DATE"
		}
	}
	return "", ""
}

// textOf is the stored form of a JSON value; ok is false for lists and objects.
func textOf(v any) (text string, ok bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
