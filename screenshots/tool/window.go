package main

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// window paints what surrounds the cells: rounded corners, a title bar with
// three quiet dots, and the ground.
func (p *picture) window(title string) {
	b := p.Bounds()
	ground := p.palette.resolve(p.palette.Background, nil)
	frame := p.palette.resolve(p.palette.Frame, nil)
	p.rounded(b, radius, frame)
	p.rounded(image.Rect(b.Min.X+thin, titleBar-12, b.Max.X-thin, b.Max.Y-thin), radius-thin, ground)
	p.fill(b.Min.X+thin, titleBar-12, b.Max.X-thin, titleBar+radius, ground)
	dot := mix(frame, p.palette.resolve(p.palette.Title, nil), 110)
	for i := range 3 {
		p.disc(margin+12+i*36, (titleBar-12)/2, 10, dot)
	}
	f := p.faces.regular
	width := font.MeasureString(f, title)
	d := font.Drawer{
		Dst: p, Src: image.NewUniform(p.palette.resolve(p.palette.Title, nil)), Face: f,
		Dot: fixed.Point26_6{X: (fixed.I(b.Dx()) - width) / 2, Y: fixed.I((titleBar-12)/2 + 10)},
	}
	d.DrawString(title)
}

// rounded fills a rectangle with round corners, smooth at their edge.
func (p *picture) rounded(r image.Rectangle, radius int, c color.RGBA) {
	mask := image.NewAlpha(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			mask.SetAlpha(x, y, color.Alpha{A: inCorner(x, y, r, radius)})
		}
	}
	draw.DrawMask(p, r, image.NewUniform(c), image.Point{}, mask, r.Min, draw.Over)
}

// inCorner is how much of a pixel lies inside a rounded rectangle, 0 to 255.
func inCorner(x, y int, r image.Rectangle, radius int) uint8 {
	cx := min(max(x, r.Min.X+radius), r.Max.X-1-radius)
	cy := min(max(y, r.Min.Y+radius), r.Max.Y-1-radius)
	return coverage(x-cx, y-cy, radius)
}

// coverage is how much of the pixel at dx, dy lies in a disc around 0, counted
// on a grid of 4×4 points: integers only, so that it is the same everywhere.
func coverage(dx, dy, radius int) uint8 {
	const grid = 4
	inside := 0
	limit := (2*radius + 1) * grid
	for sy := range grid {
		for sx := range grid {
			px := 2*grid*dx + 2*sx + 1 - grid
			py := 2*grid*dy + 2*sy + 1 - grid
			if px*px+py*py <= limit*limit {
				inside++
			}
		}
	}
	return uint8(inside * 255 / (grid * grid))
}

func (p *picture) disc(cx, cy, radius int, c color.RGBA) {
	r := image.Rect(cx-radius-1, cy-radius-1, cx+radius+2, cy+radius+2)
	mask := image.NewAlpha(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			mask.SetAlpha(x, y, color.Alpha{A: coverage(x-cx, y-cy, radius)})
		}
	}
	draw.DrawMask(p, r, image.NewUniform(c), image.Point{}, mask, r.Min, draw.Over)
}
