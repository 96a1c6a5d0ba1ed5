// Code generated from the folder of texts by go generate in internal/texts. DO NOT EDIT.

package texts

// phrasesIn are the phrases by language.
var phrasesIn = map[Lang]*phrases{
	"en": {phrases_en, plurals_en, languageTag("en")},
	"zh": {phrases_zh, plurals_zh, languageTag("zh")},
}
