package gradebook

import (
	"debug/elf"
	"errors"
	"fmt"
	"io"
)

// howToBuild ends every complaint about a program.
const howToBuild = "build it with: CGO_ENABLED=0 GOOS=linux GOARCH=amd64 go build ./cmd/httpscope"

// checkBinary reports why a program would not run in Gradescope's images, which
// are Linux on amd64 or arm64 and need not have the libraries of this machine.
func checkBinary(r io.ReaderAt) error {
	f, err := elf.NewFile(r)
	if err != nil {
		return errors.New("is no program for Linux (ELF); " + howToBuild)
	}
	defer f.Close()
	if f.Type != elf.ET_EXEC && f.Type != elf.ET_DYN {
		return fmt.Errorf("is an ELF file that cannot be run (%v); %s", f.Type, howToBuild)
	}
	if f.OSABI != elf.ELFOSABI_NONE && f.OSABI != elf.ELFOSABI_LINUX {
		return fmt.Errorf("is a program for %v, not for Linux; %s", f.OSABI, howToBuild)
	}
	if f.Class != elf.ELFCLASS64 || f.Machine != elf.EM_X86_64 && f.Machine != elf.EM_AARCH64 {
		return fmt.Errorf("is a program for %v, neither for amd64 nor for arm64; %s", f.Machine, howToBuild)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			return errors.New("needs libraries of this machine (it is linked dynamically); " + howToBuild)
		}
	}
	return nil
}
