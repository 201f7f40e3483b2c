package ui

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"github.com/hsterm/hsterm/theme"
)

// newInput makes a text field that shows the real cursor and reads no clipboard:
// what is pasted comes through the terminal.
func newInput() textinput.Model {
	input := textinput.New()
	input.SetVirtualCursor(false)
	input.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	input.Prompt = ""
	return input
}

// typeInto gives a key to a field.
func typeInto(input *textinput.Model, k tea.KeyPressMsg) {
	*input, _ = input.Update(k)
}

// pasteInto gives pasted text to a field, made one safe line first.
func pasteInto(input *textinput.Model, text string) {
	*input, _ = input.Update(tea.PasteMsg{Content: Safe(firstLine(text))})
}

// paintInput dresses a field in the theme and gives it its width.
func paintInput(input *textinput.Model, t theme.Theme, width int) {
	state := textinput.StyleState{
		Text:        t.Text.Style(),
		Placeholder: t.Muted.Style(),
		Suggestion:  t.Muted.Style(),
		Prompt:      t.Accent.Style(),
	}
	input.SetStyles(textinput.Styles{Focused: state, Blurred: state})
	input.SetWidth(max(1, width-1))
}

// firstLine is text up to its first line end, without the blanks around it.
func firstLine(text string) string {
	start := 0
	for start < len(text) && (text[start] == '\n' || text[start] == '\r' || text[start] == ' ' || text[start] == '\t') {
		start++
	}
	end := start
	for end < len(text) && text[end] != '\n' && text[end] != '\r' {
		end++
	}
	for end > start && (text[end-1] == ' ' || text[end-1] == '\t') {
		end--
	}
	return text[start:end]
}
