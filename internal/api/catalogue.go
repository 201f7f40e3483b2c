package api

import "slices"

// Samples returns the catalogue in the order it is shown, grouped by area. Paths
// and scopes are those of HubSpot's API descriptions of September 2026; the
// slices are the caller's own.
func Samples() []Sample {
	return slices.Concat(
		accountSamples(),
		contactSamples(),
		companySamples(),
		pipelineSamples(),
		activitySamples(),
		schemaSamples(),
		segmentSamples(),
		marketingSamples(),
		contentSamples(),
		settingsSamples(),
		automationSamples(),
	)
}

// SampleByID finds a sample; ok is false when the catalogue has none of that id.
func SampleByID(id string) (sample Sample, ok bool) {
	samples := Samples()
	i := slices.IndexFunc(samples, func(s Sample) bool { return s.ID == id })
	if i < 0 {
		return Sample{}, false
	}
	return samples[i], true
}

// get is a read that has no body.
func get(id, area, name, path string, scopes ScopeRule, query ...Param) Sample {
	return Sample{
		ID: id, Area: area, Name: name, Method: "GET", Path: path,
		Query: query, Scopes: scopes, Effect: EffectRead,
	}
}

// ask is a read that has to be posted, because its question does not fit a URL.
func ask(id, area, name, path string, scopes ScopeRule, body string) Sample {
	return Sample{
		ID: id, Area: area, Name: name, Method: "POST", Path: path,
		Body: body, Scopes: scopes, Effect: EffectRead,
	}
}

// with returns the sample with values for the placeholders of its path.
func (s Sample) with(params ...Param) Sample {
	s.Params = params
	return s
}

func all(scopes ...string) ScopeRule   { return ScopeRule{All: scopes} }
func anyOf(scopes ...string) ScopeRule { return ScopeRule{Any: scopes} }

// limit keeps a list short: enough to see that it works.
func limit(n string) Param { return Param{Name: "limit", Value: n} }
