package main

import (
	"image"
	"image/color"
	"strings"
)

// arms holds for each of U+2500 to U+257F how heavy its arms are, in the order
// up, right, down, left: 0 none, 1 light, 2 heavy. What is not of that kind
// (dashes, double lines, diagonals) is "....".
const arms = "" +
	"0101 0202 1010 2020 .... .... .... .... .... .... .... .... 0110 0210 0120 0220 " +
	"0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120 " +
	"2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212 " +
	"0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212 " +
	"2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 .... .... .... .... " +
	".... .... .... .... .... .... .... .... .... .... .... .... .... .... .... .... " +
	".... .... .... .... .... .... .... .... .... .... .... .... .... 0110 0011 1001 " +
	"1100 .... .... .... 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010"

// line paints a box-drawing character edge to edge; false leaves it to the font.
func (p *picture) line(box image.Rectangle, r rune, fg color.RGBA) bool {
	arm := strings.Fields(arms)[r-0x2500]
	if arm == "...." {
		return false
	}
	if r >= 0x256d && r <= 0x2570 {
		p.arc(box, arm, fg)
		return true
	}
	cx, cy := (box.Min.X+box.Max.X)/2, (box.Min.Y+box.Max.Y)/2
	up, right, down, left := half(arm[0]), half(arm[1]), half(arm[2]), half(arm[3])
	across, along := max(up, down), max(left, right) // arms meet under the heavier of the other two
	if up > 0 {
		p.fill(cx-up, box.Min.Y, cx+up, cy+along, fg)
	}
	if down > 0 {
		p.fill(cx-down, cy-along, cx+down, box.Max.Y, fg)
	}
	if left > 0 {
		p.fill(box.Min.X, cy-left, cx+across, cy+left, fg)
	}
	if right > 0 {
		p.fill(cx-across, cy-right, box.Max.X, cy+right, fg)
	}
	return true
}

// half is half of an arm's thickness in pixels.
func half(weight byte) int {
	switch weight {
	case '1':
		return 1
	case '2':
		return 3
	}
	return 0
}

// arc paints a round corner: two straight ends and a quarter of a ring.
func (p *picture) arc(box image.Rectangle, arm string, fg color.RGBA) {
	const r = 7
	cx, cy := (box.Min.X+box.Max.X)/2, (box.Min.Y+box.Max.Y)/2
	sx, sy := 1, 1 // to which side the corner opens
	if arm[3] != '0' {
		sx = -1
	}
	if arm[0] != '0' {
		sy = -1
	}
	if sx > 0 {
		p.fill(cx+r, cy-1, box.Max.X, cy+1, fg)
	} else {
		p.fill(box.Min.X, cy-1, cx-r, cy+1, fg)
	}
	if sy > 0 {
		p.fill(cx-1, cy+r, cx+1, box.Max.Y, fg)
	} else {
		p.fill(cx-1, box.Min.Y, cx+1, cy-r, fg)
	}
	for y := -1; y <= r; y++ {
		for x := -1; x <= r; x++ {
			ring := int(coverage(r-x, r-y, r)) - int(coverage(r-x, r-y, r-2))
			if ring > 0 {
				px, py := cx+sx*x-(1-sx)/2, cy+sy*y-(1-sy)/2
				p.SetRGBA(px, py, mix(p.RGBAAt(px, py), fg, ring))
			}
		}
	}
}
