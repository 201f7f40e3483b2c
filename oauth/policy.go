package oauth

import "time"

// Policy says how long before its expiry a token is refreshed.
type Policy int

// The policies: for a person at the screen or a shell, for a long-running
// worker, and for a fleet of portals.
const (
	PolicyInteractive Policy = iota
	PolicyWorker
	PolicyFleet
)

// Buffer is the time before expiry within which a token that lives for lifetime
// is refreshed. It is never more than half of the lifetime, so that a server
// that hands out short tokens is not asked for a new one at every use.
func (p Policy) Buffer(lifetime time.Duration) time.Duration {
	var buffer time.Duration
	switch p {
	case PolicyWorker:
		buffer = 5 * time.Minute
	case PolicyFleet:
		buffer = min(lifetime/10, 5*time.Minute)
	default:
		buffer = 2 * time.Minute
	}
	if lifetime > 0 {
		buffer = min(buffer, lifetime/2)
	}
	return buffer
}

// bufferSpread is by how much the buffers of processes differ at most, so that many
// that use one portal do not all find it due in the same second.
const bufferSpread = 0.05

// spreadBuffer is the policy's buffer for a process whose place in the spread is
// unit, 0 to 1.
func (p Policy) spreadBuffer(lifetime time.Duration, unit float64) time.Duration {
	buffer := p.Buffer(lifetime)
	buffer += time.Duration(unit * bufferSpread * float64(buffer))
	if lifetime > 0 {
		buffer = min(buffer, lifetime/2)
	}
	return buffer
}
