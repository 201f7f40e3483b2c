package model

import (
	"time"

	"pgregory.net/rapid"
)

// Act is what may happen next.
type Act string

// The acts. Those about a process begin with who; where an act does not fit what
// is going on, nothing happens, so that every part of a script can be left out.
const (
	Nothing    Act = "nothing"
	Begin      Act = "begin"       // a process wants a token
	Step       Act = "step"        // one call that waits goes on
	RunOn      Act = "run on"      // a process does several steps
	RunTo      Act = "run to"      // a process goes on until it is about to do something
	AnswerWith Act = "answer with" // a process's request meets trouble
	BreakStep  Act = "break step"  // one call to the store fails, before or after its effect
	FillDisk   Act = "fill disk"   // nothing can be written, or can again
	Crash      Act = "crash"       // a process is killed where it stands
	Quit       Act = "quit"        // a process is asked to end
	GiveUp     Act = "give up"     // a caller stops waiting; its refresh goes on
	Pass       Act = "pass"        // time goes by
	SetClock   Act = "set clock"   // the wall clock jumps
	Suspend    Act = "suspend"     // the machine sleeps
	Reconnect  Act = "reconnect"   // the user gives a new consent
	Remove     Act = "remove"      // the user disconnects the portal
	EditApp    Act = "edit app"    // the user sets a wrong client secret, or the right one
	Revoke     Act = "revoke"      // the user uninstalls the app at the server
)

// Action is one act. Which process, which step, how long and which trouble come
// out of the two numbers.
type Action struct {
	Act  Act
	Pick int
	Arg  int
}

// Rotation is what a server does with refresh tokens.
type Rotation string

// The kinds of server.
const (
	Strict Rotation = "strict" // each works once; a second use revokes the grant
	Grace  Rotation = "grace"  // the last one works for half a minute longer
	Off    Rotation = "off"    // the same works for ever, as HubSpot has it
)

// Script is one life of a portal.
type Script struct {
	Rotation  Rotation
	Lifetime  time.Duration // of access tokens
	Left      time.Duration // of the first, when the script begins
	Processes int
	Actions   []Action
}

// bits make a number of which each value is as likely as any other; rapid's own
// prefer the small ones. Acts are chosen by it.
const bits = 6

// deck holds each act as often as it is wanted; the rest is Step, the first
// Nothing, to which acts shrink.
func deck() []Act {
	acts := make([]Act, 0, 1<<bits)
	for _, a := range []struct {
		act   Act
		times int
	}{
		{Nothing, 1},
		{Begin, 7},
		{RunOn, 7},
		{RunTo, 13},
		{AnswerWith, 6},
		{BreakStep, 3},
		{FillDisk, 1},
		{Crash, 2},
		{Quit, 1},
		{GiveUp, 1},
		{Pass, 6},
		{SetClock, 1},
		{Suspend, 2},
		{Reconnect, 2},
		{Remove, 1},
		{EditApp, 1},
		{Revoke, 1},
	} {
		for range a.times {
			acts = append(acts, a.act)
		}
	}
	for len(acts) < cap(acts) {
		acts = append(acts, Step)
	}
	return acts
}

// Scripts generates lives of portals.
func Scripts() *rapid.Generator[Script] {
	const most = 1 << 8
	acts := deck()
	coin := rapid.Bool()
	number := rapid.IntRange(0, most-1)
	actions := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Action {
		act := 0
		for range bits {
			act *= 2
			if coin.Draw(t, "act") {
				act++
			}
		}
		return Action{acts[act], number.Draw(t, "pick"), number.Draw(t, "arg")}
	}), 25, -1)
	return rapid.Custom(func(t *rapid.T) Script {
		return Script{
			Rotation:  rapid.SampledFrom([]Rotation{Strict, Strict, Grace, Off}).Draw(t, "rotation"),
			Lifetime:  rapid.SampledFrom([]time.Duration{30 * time.Minute, time.Minute}).Draw(t, "lifetime"),
			Left:      rapid.SampledFrom([]time.Duration{-time.Second, time.Minute, 20 * time.Minute}).Draw(t, "left"),
			Processes: rapid.IntRange(2, places).Draw(t, "processes"),
			Actions:   actions.Draw(t, "actions"),
		}
	})
}
