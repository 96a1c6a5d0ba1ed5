// Code generated from the folder of texts by go generate in internal/texts. DO NOT EDIT.

package texts

// phrasesIn are the phrases by language and key.
var phrasesIn = map[Lang]map[string]string{
	"en": phrases_en,
	"zh": phrases_zh,
}
