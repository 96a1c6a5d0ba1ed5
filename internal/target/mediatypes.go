package target

import (
	"path"
	"strings"
)

// mediaType is the Content-type of a file by its name, as SimpleHTTPRequestHandler
// gives it on a system without mime.types: never with a charset.
func mediaType(name string) string {
	ext := path.Ext(name)
	if base := path.Base(name); ext == base {
		ext = "" // Python's splitext: .profile is a name, not an ending
	}
	if t, known := mediaTypes[ext]; known {
		return t
	}
	if t, known := mediaTypes[strings.ToLower(ext)]; known {
		return t
	}
	return "application/octet-stream"
}

// mediaTypes is extensions_map of http.server, and of Python's mimetypes what
// lies about in folders.
var mediaTypes = map[string]string{
	".gz":    "application/gzip",
	".Z":     "application/octet-stream",
	".bz2":   "application/x-bzip2",
	".xz":    "application/x-xz",
	".avi":   "video/x-msvideo",
	".bmp":   "image/bmp",
	".c":     "text/plain",
	".css":   "text/css",
	".csv":   "text/csv",
	".doc":   "application/msword",
	".gif":   "image/gif",
	".h":     "text/plain",
	".htm":   "text/html",
	".html":  "text/html",
	".ico":   "image/vnd.microsoft.icon",
	".jpeg":  "image/jpeg",
	".jpg":   "image/jpeg",
	".js":    "text/javascript",
	".json":  "application/json",
	".mjs":   "text/javascript",
	".mov":   "video/quicktime",
	".mp3":   "audio/mpeg",
	".mp4":   "video/mp4",
	".mpeg":  "video/mpeg",
	".pdf":   "application/pdf",
	".png":   "image/png",
	".ppt":   "application/vnd.ms-powerpoint",
	".py":    "text/x-python",
	".sh":    "application/x-sh",
	".svg":   "image/svg+xml",
	".svgz":  "image/svg+xml",
	".tar":   "application/x-tar",
	".tgz":   "application/x-tar",
	".tif":   "image/tiff",
	".tiff":  "image/tiff",
	".tsv":   "text/tab-separated-values",
	".txt":   "text/plain",
	".wasm":  "application/wasm",
	".wav":   "audio/x-wav",
	".webm":  "video/webm",
	".xls":   "application/vnd.ms-excel",
	".xml":   "text/xml",
	".zip":   "application/zip",
	".xhtml": "application/xhtml+xml",
}
