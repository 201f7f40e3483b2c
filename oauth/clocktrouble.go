package oauth

// clockAgrees is the event that ends clock trouble.
const clockAgrees = "This computer's clock agrees with the server's again."

// ClockTrouble returns the event that last said that this computer's clock and
// the server's are apart, and false when none did or a later one took it back.
// Events are newest first.
func ClockTrouble(events []Event) (Event, bool) {
	for _, e := range events {
		if e.Kind == EventClockSkew {
			return e, e.Detail != clockAgrees
		}
	}
	return Event{}, false
}
