package main

import (
	"image"
	"image/color"
	"image/draw"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"

	"github.com/hsterm/hsterm/test/terminal"
)

// Measures in pixels of the picture, which has two for one of the screen.
const (
	fontSize   = 28
	cellWidth  = 17
	cellHeight = 36
	baseline   = 27
	thin       = 2 // hairlines and underlines
	margin     = 24
	titleBar   = 64
	radius     = 20
)

// picture is a screen being drawn.
type picture struct {
	*image.RGBA
	palette Palette
	faces   faces
}

// Draw paints the screen in its window.
func (s Shot) Draw(screen terminal.Screen) (*image.RGBA, error) {
	faces, err := loadFaces()
	if err != nil {
		return nil, err
	}
	width := screen.Cols*cellWidth + 2*margin
	height := screen.Rows*cellHeight + titleBar + margin
	p := &picture{RGBA: image.NewRGBA(image.Rect(0, 0, width, height)), palette: s.Palette, faces: faces}
	title := s.Title
	if title == "" {
		title = screen.Title
	}
	p.window(title)
	for y, row := range screen.Cells {
		for x := range row {
			p.cell(x, y, row[x], s.cursorAt(screen, x, y))
		}
	}
	return p.RGBA, nil
}

// cursorAt tells whether the block cursor covers a cell: only on the main
// screen, where a shell would show it, or where the program shows it itself.
func (s Shot) cursorAt(screen terminal.Screen, x, y int) bool {
	return !screen.CursorOff && screen.Cursor.X == x && screen.Cursor.Y == y
}

// cell paints one cell.
func (p *picture) cell(x, y int, c uv.Cell, cursor bool) {
	if c.Width == 0 && c.Content == "" && !cursor {
		return // the second half of a wide one
	}
	fg := p.palette.resolve(c.Style.Fg, p.palette.Foreground)
	bg := p.palette.resolve(c.Style.Bg, p.palette.Background)
	attrs := c.Style.Attrs
	if attrs&uv.AttrFaint != 0 {
		fg = mix(fg, bg, 115)
	}
	if (attrs&uv.AttrReverse != 0) != cursor {
		fg, bg = bg, fg
	}
	box := image.Rect(0, 0, max(c.Width, 1)*cellWidth, cellHeight).Add(image.Pt(margin+x*cellWidth, titleBar+y*cellHeight))
	draw.Draw(p, box, image.NewUniform(bg), image.Point{}, draw.Src)
	if attrs&uv.AttrConceal != 0 {
		return
	}
	// Marks that combine with the first character are not drawn.
	if r, _ := utf8.DecodeRuneInString(c.Content); c.Content != "" && r != ' ' && !p.shape(box, r, fg) {
		p.glyph(box, r, fg, attrs)
	}
	if c.Style.Underline != uv.UnderlineNone {
		line := fg
		if c.Style.UnderlineColor != nil {
			line = p.palette.resolve(c.Style.UnderlineColor, fg)
		}
		p.fill(box.Min.X, box.Min.Y+baseline+4, box.Max.X, box.Min.Y+baseline+4+thin, line)
	}
	if attrs&uv.AttrStrikethrough != 0 {
		p.fill(box.Min.X, box.Min.Y+baseline-9, box.Max.X, box.Min.Y+baseline-9+thin, fg)
	}
}

// glyph paints a character of the font.
func (p *picture) glyph(box image.Rectangle, r rune, fg color.RGBA, attrs uint8) {
	face := p.faces.pick(r, attrs&uv.AttrBold != 0, attrs&uv.AttrItalic != 0)
	x := fixed.I(box.Min.X)
	if advance, ok := face.GlyphAdvance(r); ok { // centred, for what is not of the mono font
		x += (fixed.I(box.Dx()) - advance) / 2
	}
	d := font.Drawer{Dst: p, Src: image.NewUniform(fg), Face: face, Dot: fixed.Point26_6{X: x, Y: fixed.I(box.Min.Y + baseline)}}
	d.DrawString(string(r))
}

// fill paints the rectangle between two corners.
func (p *picture) fill(x0, y0, x1, y1 int, c color.RGBA) {
	draw.Draw(p, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
}
