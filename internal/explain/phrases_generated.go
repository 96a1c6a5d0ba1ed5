// Code generated from the folder of texts by go generate in internal/explain. DO NOT EDIT.

package explain

// phrasesIn are what the program says around texts, by language and key.
var phrasesIn = map[Lang]map[string]string{
	"en": {
		"explain.heading":  "%s (%s)",
		"explain.look":     "Look at",
		"explain.source":   "Source",
		"explain.what":     "What",
		"explain.why":      "Why",
		"kind.field":       "field",
		"kind.method":      "method",
		"kind.rule":        "rule",
		"kind.status":      "status",
		"kind.tcp":         "tcp",
		"kind.tls":         "tls",
		"severity.error":   "error",
		"severity.note":    "note",
		"severity.warning": "warning",
	},
	"zh": {
		"explain.heading":  "%s（%s）",
		"explain.look":     "看什么",
		"explain.source":   "出处",
		"explain.what":     "是什么",
		"explain.why":      "为什么",
		"kind.field":       "字段",
		"kind.method":      "方法",
		"kind.rule":        "规则",
		"kind.status":      "状态码",
		"kind.tcp":         "TCP",
		"kind.tls":         "TLS",
		"severity.error":   "错误",
		"severity.note":    "提示",
		"severity.warning": "警告",
	},
}
