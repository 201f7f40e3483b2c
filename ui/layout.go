package ui

// arrangement is how list and detail share the screen.
type arrangement int

const (
	sentence   arrangement = iota // too small for anything
	bare                          // the list and nothing else
	oneAtATime                    // list or detail
	stacked                       // list above detail
	sideBySide                    // list left of detail
)

// Limits of the arrangements, in cells.
const (
	leastWidth  = 20
	leastHeight = 4
	oneWidth    = 40
	stackWidth  = 72
	sideWidth   = 110
	stackHeight = 18 // below it two halves are too little for either
	ruledHeight = 12 // below it hairlines are not worth their rows
	headHeight  = 6  // below it not even the header is
	bareFooter  = 8  // below it a bare list has no row to spare for keys
	leastList   = 46 // of a list beside the tabs
	mostList    = 58 // or two fifths of a wide screen: answers need the room more
)

// area is a rectangle of cells.
type area struct{ x, y, width, height int }

// layout says where everything is. It is a pure function of the size, of how
// many portals are listed, and of which half has the focus.
type layout struct {
	arrangement
	width, height  int
	header, footer bool
	ruled          bool // hairlines under the header and above the footer
	list, detail   area
	divider        int // column of the hairline between list and detail, -1 for none
}

// shape is what a layout depends on.
type shape struct {
	width, height int
	rows          int  // portals listed
	need          int  // cells in which a row of the list has all it can use
	inDetail      bool // the tabs have the focus
	zoomed        bool
}

func layoutFor(s shape) layout {
	l := layout{width: s.width, height: s.height, divider: -1}
	if s.width < leastWidth || s.height < leastHeight {
		return l
	}
	l.header = s.height >= headHeight
	l.footer = s.height >= headHeight && (s.width >= oneWidth || s.height >= bareFooter)
	l.ruled = s.height >= ruledHeight
	body := l.body()
	switch {
	case s.width < oneWidth:
		l.arrangement = bare
		l.list = body
	case s.zoomed || s.width < stackWidth || s.width < sideWidth && s.height < stackHeight:
		l.arrangement = oneAtATime
		l.list, l.detail = body, body
	case s.width < sideWidth:
		l.arrangement = stacked
		l.stack(body, s)
	default:
		l.arrangement = sideBySide
		width := max(leastList, min(s.need, max(mostList, s.width*2/5)))
		l.divider = width
		l.list = area{0, body.y, width, body.height}
		l.detail = area{width + 1, body.y, s.width - width - 1, body.height}
	}
	return l
}

func (l layout) body() area {
	body := area{0, 0, l.width, l.height}
	if l.header {
		body.y++
		body.height--
	}
	if l.footer {
		body.height--
	}
	if l.ruled {
		body.y++
		body.height--
		if l.footer {
			body.height--
		}
	}
	return body
}

// stack gives the half that has the focus the room: the list as many rows as it
// has portals, up to just under half; three when the eyes are on the tabs.
func (l *layout) stack(body area, s shape) {
	rows := min(max(s.rows, 3), (body.height-2)*45/100)
	if s.inDetail {
		rows = min(rows, 3)
	}
	rows++ // column heads
	l.list = area{0, body.y, l.width, rows}
	l.detail = area{0, body.y + rows + 1, l.width, body.height - rows - 1}
}
