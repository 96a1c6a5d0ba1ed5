package tui

import (
	"github.com/gdamore/tcell/v2"

	"httpscope/internal/doc"
)

// Theme is the style of each role. Backgrounds are the terminal's own, so that
// light and transparent terminals stay as they are. What a colour says is said
// in words or marks as well.
type Theme struct {
	roles    map[doc.Role]tcell.Style
	selected tcell.Style // the row under the cursor, in the pane in focus
	marked   tcell.Style // the row under the cursor of another pane
	border   tcell.Style
	focus    tcell.Style // border of the pane in focus
	bar      tcell.Style // header line
	good     tcell.Style
	bad      tcell.Style
}

// ThemeNames lists the themes that [NamedTheme] knows.
var ThemeNames = []string{"dark", "light", "mono"}

// NamedTheme is a theme by its name; false when there is none of that name.
func NamedTheme(name string) (Theme, bool) {
	switch name {
	case "dark":
		return colours(tcell.ColorTeal, tcell.ColorOlive, tcell.ColorGray), true
	case "light":
		return colours(tcell.ColorNavy, tcell.ColorMaroon, tcell.ColorGray), true
	case "mono":
		return mono(), true
	}
	return Theme{}, false
}

func style(c tcell.Color) tcell.Style {
	return tcell.StyleDefault.Foreground(c)
}

// colours is a theme of the sixteen ANSI colours. The directions are a pair
// that people who see red and green alike can tell apart.
func colours(request, response, dim tcell.Color) Theme {
	plain := tcell.StyleDefault
	return Theme{
		roles: map[doc.Role]tcell.Style{
			doc.Plain: plain, doc.Request: style(request), doc.Response: style(response),
			doc.Framing: style(tcell.ColorPurple).Bold(true),
			doc.Name:    plain.Bold(true), doc.Body: plain, doc.Note: style(request).Italic(true),
			doc.Warning: style(tcell.ColorOlive).Bold(true),
			doc.Error:   style(tcell.ColorMaroon).Bold(true).Underline(true), doc.Title: plain.Bold(true),
			doc.Key: plain.Bold(true), doc.Dim: style(dim),
		},
		selected: plain.Reverse(true), marked: plain.Underline(true), border: style(dim),
		focus: style(request).Bold(true),
		bar:   plain.Bold(true), good: style(tcell.ColorGreen), bad: style(tcell.ColorMaroon).Bold(true),
	}
}

// mono tells everything by bold, underlined and reverse text.
func mono() Theme {
	plain := tcell.StyleDefault
	return Theme{
		roles: map[doc.Role]tcell.Style{
			doc.Plain: plain, doc.Request: plain, doc.Response: plain, doc.Framing: plain.Bold(true),
			doc.Name: plain.Bold(true), doc.Body: plain,
			doc.Note: plain.Italic(true), doc.Warning: plain.Bold(true), doc.Error: plain.Bold(true).Underline(true),
			doc.Title: plain.Bold(true),
			doc.Key:   plain.Bold(true), doc.Dim: plain.Dim(true),
		},
		selected: plain.Reverse(true), marked: plain.Underline(true), border: plain.Dim(true),
		focus: plain.Bold(true), bar: plain.Bold(true),
		good: plain, bad: plain.Bold(true),
	}
}

func (t *Theme) role(r doc.Role) tcell.Style { return t.roles[r] }
