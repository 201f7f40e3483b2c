package model

import (
	"time"

	"github.com/hsterm/hsterm/oauth"
)

// perform does one action and tells whether it fitted.
func (w *world) perform(a Action) bool {
	p := w.processes[a.Pick%len(w.processes)]
	switch a.Act {
	case Begin:
		return w.mayBegin(p, a.Arg)
	case Step:
		list := w.waiting(nil)
		if len(list) == 0 {
			return false
		}
		w.resume(list[a.Pick%len(list)], resumption{arg: a.Arg})
	case RunOn:
		w.mayBegin(p, a.Arg)
		w.runOn(p, 1+a.Arg%12, nil)
	case RunTo:
		w.mayBegin(p, a.Arg)
		targets := []op{opSend, opReceive, opSave, opAcquired, opAcquire, opRefuse, opFail, opRecord}
		target := targets[a.Arg%len(targets)]
		w.runOn(p, 16, func(s *stop) bool { return s.op == target })
	case AnswerWith:
		return w.answerWith(p, a.Arg)
	case BreakStep:
		return w.breakStep(a)
	case Crash:
		w.tell("%d.%d crashes", p.place+1, p.life)
		w.crash(p)
	case Quit:
		if p.ending {
			return false
		}
		w.tell("%d.%d is to end", p.place+1, p.life)
		w.quit(p)
	case GiveUp:
		if p.caller == nil {
			return false
		}
		w.tell("%s: gives up", p.caller)
		p.caller.cancel()
	default:
		return w.befall(a)
	}
	return true
}

// befall does what happens to the machine, the server and the settings.
func (w *world) befall(a Action) bool {
	minutes := func(list ...int) time.Duration { return time.Duration(list[a.Arg%len(list)]) * time.Minute }
	r := w.rows[w.portal]
	if a.Act == Nothing {
		return true
	}
	user := a.Act == Reconnect || a.Act == Remove || a.Act == EditApp
	if user && w.full {
		return false
	}
	w.tell("%s %d", a.Act, a.Arg)
	switch a.Act {
	case Pass:
		list := []int{1, 5, 12, 30, 61, 61, 300, 1860}
		w.clock.pass(time.Duration(list[a.Arg%len(list)]) * time.Second)
	case SetClock:
		w.clock.jump(minutes(60, -60, 24*60, -24*60, -5))
	case Suspend:
		w.clock.jump(minutes(1, 2, 120))
	case FillDisk:
		w.full = !w.full
	case Reconnect:
		w.connect(w.script.Lifetime)
	case Remove:
		if !r.exists() {
			return false
		}
		w.remove()
	case EditApp:
		w.edit(a.Arg%2 == 0)
	case Revoke:
		w.server.revoke(r.Refresh)
	default:
		return false
	}
	return true
}

// mayBegin lets a process ask for a token, unless it does. Where there is none to
// be had, the user usually sees to it first.
func (w *world) mayBegin(p *process, arg int) bool {
	if p.caller != nil || p.ending {
		return false
	}
	if w.rows[w.portal].Status != oauth.StatusActive && !w.full && arg%3 != 0 {
		w.tell("the user gives a new consent")
		w.connect(-time.Second)
	}
	options := []oauth.FreshOptions{
		{}, {Force: true}, {MinTTL: -1}, {MinTTL: 10 * time.Minute}, {Policy: oauth.PolicyWorker},
	}
	c := w.begin(p, options[arg%len(options)])
	w.wait()
	w.tell("%s: begins %+v", c, c.options)
	return true
}

// answerWith brings a process to its request, if it gets that far, and lets that
// meet trouble.
func (w *world) answerWith(p *process, arg int) bool {
	w.mayBegin(p, 1)
	var at *stop
	found := w.runOn(p, 16, func(s *stop) bool {
		at = s
		return s.op == opSend
	})
	if !found {
		return false
	}
	all := troubles()
	t := all[arg%len(all)]
	w.note("trouble: " + string(t))
	w.resume(at, resumption{trouble: t, arg: arg / len(all)})
	return true
}

// breakStep lets a call to the store fail; a save is broken by preference.
func (w *world) breakStep(a Action) bool {
	var calls []*stop
	for _, s := range w.waiting(nil) {
		switch s.op {
		case opSend, opReceive, opSleep, opAcquired:
		case opSave:
			calls = append([]*stop{s}, calls...)
		default:
			calls = append(calls, s)
		}
	}
	if len(calls) == 0 {
		return false
	}
	s := calls[0]
	if s.op != opSave {
		s = calls[a.Pick%len(calls)]
	}
	w.note("broken: " + string(s.op))
	w.resume(s, resumption{fault: failBefore + fault(a.Arg%2)})
	return true
}
