package explain_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/rivo/uniseg"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// parts are the words of a text.
func parts(x explain.Text) map[string]string {
	return map[string]string{"title": x.Title, "what": x.What, "why": x.Why, "look": x.Look}
}

func TestChineseHasEveryCode(t *testing.T) {
	english, chinese := explain.In(texts.English).Group(), explain.In(texts.Chinese).Group()
	if len(english) != len(chinese) {
		t.Fatalf("%d English texts, %d Chinese", len(english), len(chinese))
	}
	for i, en := range english {
		zh := chinese[i]
		if zh.Code != en.Code || zh.Severity != en.Severity || zh.Cite != en.Cite {
			t.Errorf("%s: code, severity or cite differ: %+v", en.Code, zh)
		}
	}
}

// TestChineseIsChinese holds that each part is a Chinese sentence without
// English left over in it.
func TestChineseIsChinese(t *testing.T) {
	english := regexp.MustCompile(`[a-z]{2,}( [a-z]+){4,}`)
	half := regexp.MustCompile(`\p{Han}[,;:?!]|[,;?!]\p{Han}`)
	for _, x := range explain.In(texts.Chinese).Group() {
		for name, s := range parts(x) {
			if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: %s has no Chinese: %q", x.Code, name, s)
			}
			if found := english.FindString(s); found != "" {
				t.Errorf("%s: %s has English in it: %q", x.Code, name, found)
			}
			if found := half.FindString(s); found != "" {
				t.Errorf("%s: %s has a sign of half width: %q", x.Code, name, found)
			}
			if s != strings.TrimSpace(s) || strings.Contains(s, "  ") {
				t.Errorf("%s: %s has spaces too many: %q", x.Code, name, s)
			}
			ends := strings.HasSuffix(s, "。") || strings.HasSuffix(s, "？")
			if name == "title" && (ends || uniseg.StringWidth(s) > 70) || name != "title" && !ends {
				t.Errorf("%s: %s ends wrongly, or is long: %q", x.Code, name, s)
			}
		}
	}
}

// TestChineseKeepsLiterals: what stands on the wire is the same in both
// languages: field names, methods, status codes, versions, flags, bytes.
func TestChineseKeepsLiterals(t *testing.T) {
	literal := regexp.MustCompile(`\bRFC \w+|\bHTTP/\d\.\d|\b[1-5]\d\d\b|\b[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+\b|\b[A-Z]{3,}\b|\b\d[0-9a-f] [0-9a-f]{2}( [0-9a-f]{2})*\b|\b[a-z]+_[a-z_]+\b`)
	for _, en := range explain.In(texts.English).Group() {
		zh, _ := explain.In(texts.Chinese).Lookup(en.Code)
		all := zh.Title + zh.What + zh.Why + zh.Look
		for _, l := range literal.FindAllString(en.Title+" "+en.What+" "+en.Why+" "+en.Look, -1) {
			if !strings.Contains(all, l) {
				t.Errorf("%s: %q is not in the Chinese text", en.Code, l)
			}
		}
	}
}

// terms are the words of the course, and the words that also exist for them
// and would confuse. A word of the second list may occur inside one of the third.
var terms = []struct{ use, not, except string }{
	{"报文", "消息 讯息", ""},
	{"字段", "报头 标头 头域", ""},
	{"首部", "头部", ""},
	{"正文", "主体 报文体 实体体", ""},
	{"响应", "应答 回应 答复 返回码", ""},
	{"分组", "数据包 封包", ""},
	{"报文段", "数据段", ""},
	{"字节流", "数据流", ""},
	{"服务器", "服务端 伺服器", ""},
	{"客户端", "客户机 用户端", ""},
	{"序号", "序列号", ""},
	{"确认", "应答号", ""},
	{"重传", "重发", ""},
	{"乱序", "失序", ""},
	{"套接字", "套接口", ""},
	{"分块", "块编码 数据块", ""},
	{"分块传输编码", "分块编码", ""},
	{"捕获", "抓包 截获 捕捉", "没有人捕捉的异常"},
	{"缺口", "间隙", ""},
	{"复位", "重置", "连接被重置 重置内容"},
	{"口令", "密码", "密码套件"},
	{"字节", "八位组 位元组", ""},
	{"状态码", "状态代码", ""},
	{"请求目标", "请求对象", ""},
	{"代理", "代理服务器", ""},
	{"缓存", "高速缓存 快取", ""},
	{"实体标签", "实体标记", ""},
	{"尾部", "拖挂", ""},
	{"窗口", "视窗", ""},
	{"默认", "预设 缺省", ""},
	{"字符集", "字元集", ""},
	{"三次握手", "三路握手 三向握手", ""},
}

func TestChineseHasOneWordForATerm(t *testing.T) {
	var all strings.Builder
	for _, x := range explain.In(texts.Chinese).Group() {
		text := x.Title + "\n" + x.What + "\n" + x.Why + "\n" + x.Look
		all.WriteString(text)
		for _, term := range terms {
			rest := text
			for _, e := range strings.Fields(term.except) {
				rest = strings.ReplaceAll(rest, e, "")
			}
			for _, not := range strings.Fields(term.not) {
				if strings.Contains(rest, not) {
					t.Errorf("%s says %s, the word is %s", x.Code, not, term.use)
				}
			}
		}
	}
	for _, term := range terms {
		if !strings.Contains(all.String(), term.use) {
			t.Errorf("no text says %s", term.use)
		}
	}
}
