package theme

// Glyphs are shapes, each one cell wide unless it says otherwise.
type Glyphs struct {
	Active, Due, Expired, Broken string // state of a portal
	Static                       string // a credential without an end

	Marker                       string // left of the selected row
	BarFull, BarHalf, BarEmpty   string // time to live
	Rule, Divider, Cross         string // hairlines: across, down, and where they meet
	CrossDown, CrossUp           string // a divider that begins below a rule, one that ends on it
	TabLine                      string // under the chosen tab
	Ellipsis                     string
	Check, Cancel, Dash          string // yes, no, neither
	Bullet                       string // between two facts on a line
	Arrow                        string
	More, Less                   string // there is more below, above
	Dots                         string // before the last four characters of a secret, four cells
	TopLeft, TopRight            string // corners of a dialog
	BottomLeft, BottomRight      string
	Spinner                      []string // frames
	Spark                        []string // rising heights
	GaugeFull, GaugeEmpty        string
	Up, Down, Left, Right, Enter string // keys
}

func unicodeGlyphs() Glyphs {
	return Glyphs{
		Active: "●", Due: "◐", Expired: "○", Broken: "✕", Static: "◆",
		Marker:  "▌",
		BarFull: "━", BarHalf: "╾", BarEmpty: "─",
		Rule: "─", Divider: "│", Cross: "┼", CrossDown: "┬", CrossUp: "┴",
		TabLine:  "▔",
		Ellipsis: "…",
		Check:    "✓", Cancel: "✕", Dash: "–",
		Bullet: "·", Arrow: "→", More: "↓", Less: "↑",
		Dots:    "····",
		TopLeft: "╭", TopRight: "╮", BottomLeft: "╰", BottomRight: "╯",
		Spinner:   []string{"◴", "◷", "◶", "◵"},
		Spark:     []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
		GaugeFull: "▰", GaugeEmpty: "▱",
		Up: "↑", Down: "↓", Left: "←", Right: "→", Enter: "enter",
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Active: "*", Due: "~", Expired: "o", Broken: "x", Static: "#",
		Marker:  ">",
		BarFull: "=", BarHalf: "=", BarEmpty: "-",
		Rule: "-", Divider: "|", Cross: "+", CrossDown: "+", CrossUp: "+",
		TabLine:  "-",
		Ellipsis: "~",
		Check:    "+", Cancel: "x", Dash: "-",
		Bullet: "-", Arrow: ">", More: "v", Less: "^",
		Dots:    "....",
		TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
		Spinner:   []string{"|", "/", "-", "\\"},
		Spark:     []string{"_", ".", ":", "|"},
		GaugeFull: "=", GaugeEmpty: ".",
		Up: "up", Down: "down", Left: "left", Right: "right", Enter: "enter",
	}
}
