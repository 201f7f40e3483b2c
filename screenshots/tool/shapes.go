package main

import (
	"image"
	"image/color"
)

// shape paints characters that must meet their neighbours or that the font
// lacks: lines, blocks, bars and braille. It returns false for all others.
func (p *picture) shape(box image.Rectangle, r rune, fg color.RGBA) bool {
	switch {
	case r >= 0x2500 && r <= 0x257f:
		return p.line(box, r, fg)
	case r >= 0x2580 && r <= 0x259f:
		return p.block(box, r, fg)
	case r >= 0x2800 && r <= 0x28ff:
		p.braille(box, byte(r-0x2800), fg)
		return true
	case r == '‾':
		p.fill(box.Min.X, box.Min.Y+2, box.Max.X, box.Min.Y+2+thin, fg)
		return true
	case r == '●', r == '○', r == '◐':
		p.bullet(box, r, fg)
		return true
	}
	return false
}

// block paints the eighths, halves, quadrants and shades.
func (p *picture) block(box image.Rectangle, r rune, fg color.RGBA) bool {
	w, h := box.Dx(), box.Dy()
	part := func(x0, y0, x1, y1 int) bool {
		p.fill(box.Min.X+x0, box.Min.Y+y0, box.Min.X+x1, box.Min.Y+y1, fg)
		return true
	}
	switch {
	case r == 0x2580:
		return part(0, 0, w, h/2)
	case r <= 0x2588: // lower eighths
		return part(0, h-h*int(r-0x2580)/8, w, h)
	case r <= 0x258f: // left eighths
		return part(0, 0, w*int(0x2590-r)/8, h)
	case r == 0x2590:
		return part(w/2, 0, w, h)
	case r <= 0x2593: // shades
		bg := p.RGBAAt(box.Min.X, box.Min.Y)
		p.fill(box.Min.X, box.Min.Y, box.Max.X, box.Max.Y, mix(bg, fg, 64*int(r-0x2590)))
		return true
	case r == 0x2594:
		return part(0, 0, w, h/8)
	case r == 0x2595:
		return part(w-w/8, 0, w, h)
	}
	quadrants := [...]byte{4, 8, 1, 13, 9, 7, 11, 2, 6, 14} // 1 upper left, 2 upper right, 4 and 8 below
	q := quadrants[r-0x2596]
	for i := range 4 {
		if q&(1<<i) != 0 {
			x, y := (i&1)*(w/2), (i>>1)*(h/2)
			part(x, y, x+w/2+(i&1)*(w&1), y+h/2)
		}
	}
	return true
}

// braille paints the eight dots; their bits are in Unicode's order.
func (p *picture) braille(box image.Rectangle, bits byte, fg color.RGBA) {
	places := [8][2]int{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}
	for i, place := range places {
		if bits&(1<<i) != 0 {
			p.disc(box.Min.X+4+place[0]*8, box.Min.Y+6+place[1]*8, 2, fg)
		}
	}
}

// bullet paints the discs of the state glyphs, all of one size.
func (p *picture) bullet(box image.Rectangle, r rune, fg color.RGBA) {
	const radius = 6
	cx, cy := (box.Min.X+box.Max.X)/2, box.Min.Y+baseline-10
	bg := p.RGBAAt(box.Min.X, box.Min.Y)
	p.disc(cx, cy, radius, fg)
	if r == '●' {
		return
	}
	p.disc(cx, cy, radius-thin, bg)
	if r == '◐' {
		for y := -radius; y <= radius; y++ {
			for x := -radius; x <= 0; x++ {
				if coverage(x, y, radius) == 255 {
					p.SetRGBA(cx+x, cy+y, fg)
				}
			}
		}
	}
}
