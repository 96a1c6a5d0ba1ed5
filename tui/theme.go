package tui

import (
	"github.com/gdamore/tcell/v2"

	"httpscope/internal/page"
)

// Theme is the style of each role. Backgrounds are the terminal's own, so that
// light and transparent terminals stay as they are. What a colour says is said
// in words or marks as well.
type Theme struct {
	roles    map[page.Role]tcell.Style
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
		roles: map[page.Role]tcell.Style{
			page.Plain: plain, page.Request: style(request), page.Response: style(response), page.Framing: style(tcell.ColorPurple).Bold(true),
			page.Name: plain.Bold(true), page.Body: plain, page.Note: style(request).Italic(true), page.Warning: style(tcell.ColorOlive).Bold(true),
			page.Error: style(tcell.ColorMaroon).Bold(true).Underline(true), page.Title: plain.Bold(true), page.Key: plain.Bold(true), page.Dim: style(dim),
		},
		selected: plain.Reverse(true), marked: plain.Underline(true), border: style(dim), focus: style(request).Bold(true),
		bar: plain.Bold(true), good: style(tcell.ColorGreen), bad: style(tcell.ColorMaroon).Bold(true),
	}
}

// mono tells everything by bold, underlined and reverse text.
func mono() Theme {
	plain := tcell.StyleDefault
	return Theme{
		roles: map[page.Role]tcell.Style{
			page.Plain: plain, page.Request: plain, page.Response: plain, page.Framing: plain.Bold(true), page.Name: plain.Bold(true), page.Body: plain,
			page.Note: plain.Italic(true), page.Warning: plain.Bold(true), page.Error: plain.Bold(true).Underline(true), page.Title: plain.Bold(true),
			page.Key: plain.Bold(true), page.Dim: plain.Dim(true),
		},
		selected: plain.Reverse(true), marked: plain.Underline(true), border: plain.Dim(true), focus: plain.Bold(true), bar: plain.Bold(true),
		good: plain, bad: plain.Bold(true),
	}
}

func (t *Theme) role(r page.Role) tcell.Style { return t.roles[r] }
