package gradebook

import (
	"debug/elf"
	"io"

	"httpscope/internal/texts"
)

// checkBinary reports why a program would not run in Gradescope's images, which
// are Linux on amd64 or arm64 and need not have the libraries of this machine,
// and how to build one that does.
func checkBinary(r io.ReaderAt) error {
	if err := fitsGradescope(r); err != nil {
		return texts.Errorf("gradebook.elf", err, texts.Say("gradebook.build"))
	}
	return nil
}

func fitsGradescope(r io.ReaderAt) error {
	f, err := elf.NewFile(r)
	if err != nil {
		return texts.Errorf("gradebook.no-elf")
	}
	defer f.Close()
	if f.Type != elf.ET_EXEC && f.Type != elf.ET_DYN {
		return texts.Errorf("gradebook.elf-type", f.Type)
	}
	if f.OSABI != elf.ELFOSABI_NONE && f.OSABI != elf.ELFOSABI_LINUX {
		return texts.Errorf("gradebook.elf-system", f.OSABI)
	}
	if f.Class != elf.ELFCLASS64 || f.Machine != elf.EM_X86_64 && f.Machine != elf.EM_AARCH64 {
		return texts.Errorf("gradebook.elf-machine", f.Machine)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return texts.Errorf("gradebook.elf-dynamic")
		}
	}
	return nil
}
