package target

import (
	"embed"
	"io/fs"
	"os"

	"httpscope/internal/texts"
)

// samples is what the directory server shows when it is given no folder.
//
//go:embed all:sample
var samples embed.FS

// folder is what the directory server serves.
type folder struct {
	files fs.FS
	close func() error
}

// openFolder opens a folder of this machine, or the sample. No name in it
// leads out of it, also not a symbolic link.
func openFolder(name string) (folder, error) {
	if name == "" {
		files, err := fs.Sub(samples, "sample")
		return folder{files, func() error { return nil }}, err
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return folder{}, texts.Errorf("target.folder", name, err)
	}
	return folder{root.FS(), root.Close}, nil
}
