// Code generated from the folder of texts by go generate in internal/texts. DO NOT EDIT.

package explain

import "httpscope/internal/texts"

// wordsIn are the texts by their language.
var wordsIn = map[texts.Lang]*[len(codes)]words{
	"en": &words_en,
	"zh": &words_zh,
}
