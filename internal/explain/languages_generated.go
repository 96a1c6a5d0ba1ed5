// Code generated from the folder of texts by go generate in internal/explain. DO NOT EDIT.

package explain

// wordsIn are the texts by their language.
var wordsIn = map[Lang]*[len(codes)]words{
	"en": &words_en,
	"zh": &words_zh,
}
