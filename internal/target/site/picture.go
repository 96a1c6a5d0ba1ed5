package site

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
)

// pictures are the twelve images: each larger than the one before, so that they
// can be told apart by their length.
func pictures() [][]byte {
	var list [][]byte
	for i := range 12 {
		list = append(list, picture(24+8*i, i))
	}
	return list
}

// picture draws a square of blocks. Every shade has some noise, else all would
// compress to the same few hundred bytes.
func picture(side, seed int) []byte {
	noise := rand.New(rand.NewPCG(uint64(seed), 305))
	m := image.NewPaletted(image.Rect(0, 0, side, side), palette(seed))
	for y := range side {
		for x := range side {
			m.SetColorIndex(x, y, uint8((x/8+y/8+noise.IntN(2))%8))
		}
	}
	return encode(m)
}

// palette is eight shades of one of twelve colours.
func palette(seed int) color.Palette {
	var p color.Palette
	for i := range 8 {
		shade := uint8(96 + 20*i)
		p = append(p, color.RGBA{R: shade * uint8(seed&1), G: shade / uint8(1+seed%3), B: shade * uint8(seed>>1&1),
			A: 255})
	}
	return p
}

// icon is a picture of 16 pixels in the container of an .ico file: a directory
// of one entry that points to a PNG.
func icon() []byte {
	data := picture(16, 3)
	b := binary.LittleEndian.AppendUint16(nil, 0) // reserved
	b = binary.LittleEndian.AppendUint16(b, 1)    // an icon
	b = binary.LittleEndian.AppendUint16(b, 1)    // one image
	b = append(b, 16, 16, 8, 0)                   // width, height, colours, reserved
	b = binary.LittleEndian.AppendUint16(b, 1)    // planes
	b = binary.LittleEndian.AppendUint16(b, 32)   // bits a pixel
	b = binary.LittleEndian.AppendUint32(b, uint32(len(data)))
	b = binary.LittleEndian.AppendUint32(b, 22) // where the image begins
	return append(b, data...)
}

func encode(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(fmt.Sprintf("site: encode a picture: %v", err)) // memory and a fixed size
	}
	return b.Bytes()
}
