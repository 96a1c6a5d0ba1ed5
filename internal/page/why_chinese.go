package page

import "regexp"

// chineseWords are the sentences of the Why pane, and their formats. The values
// come in the order of the English ones.
var chineseWords = map[string]string{
	"request":  "请求",
	"response": "响应",

	"Here: %s":                "在这里：%s",
	"Here, %s: ":              "这里的%s：",
	"%s.":                     "%s。",
	"%s: %s":                  "%s：%s",
	"Proof: %s.":              "依据：%s。",
	"Not %s, by rule %d: %s.": "不是 %s，按规则 %d：%s。",
	"%s of chunk framing are not part of the body.": "分块定界的 %s不属于正文。",
	"The %s is not complete in this capture.":       "这个%s在这次捕获中不完整。",

	"A bare document": "光秃秃的文档",
	"The response has no status line and no fields, as in HTTP/0.9: all bytes up to the close are the document.": "响应没有状态行和字段，和 HTTP/0.9 一样：直到连接关闭的全部字节就是文档。",
	"Chunk %d of %d": "分块 %d，共 %d 个",
	"The line %x, hexadecimal, says that %s follow. Then CR LF ends the chunk.":                                                      "%x 这一行是十六进制，表示后面有 %s。然后 CR LF 结束这个分块。",
	"Behind the semicolon stands an extension, %q. Hardly any program uses them, and recipients ignore those that they do not know.": "分号后面是扩展 %q。几乎没有程序使用扩展，接收方忽略自己不认识的扩展。",
	"It came in packet %d, %s after the head.":                                                                                       "它在分组 %d 中到来，在首部之后 %s。",
	"Body of the %s": "%s的正文",

	"The request was not captured.": "没有捕获到请求。",
	"The response is a bare document without a status line, as in HTTP/0.9: its %s go up to the close.": "响应是没有状态行的光秃秃的文档，和 HTTP/0.9 一样：它的 %s一直到连接关闭。",
	"connection %d ": "连接 %d ",
	"After the response %sspeaks another protocol.":              "响应之后，%s改用另一种协议。",
	"By the request %s%s.":                                       "按请求的要求，%s%s。",
	"After the response %s%s.":                                   "响应之后，%s%s。",
	"What to look at":                                            "看什么",
	"Chunks shows when each chunk came.":                         "分块页（Chunks）显示每个分块什么时候到来。",
	"Body shows the bytes before and behind the content coding.": "正文页（Body）显示内容编码之前和之后的字节。",
	"Cookies shows what was sent, set and kept.":                 "Cookie 页（Cookies）显示发送、设置和保存了什么。",
	"Headers shows which part of the resource this is.":          "首部页（Headers）显示这是资源的哪一部分。",

	"Line that is no field": "不是字段的一行",
	"No program gives this line a meaning that all others share.": "对这一行，各个程序没有一致的理解。",
	"The head is cut":                                                      "首部被截断",
	"%s, the method of the request":                                        "%s，请求的方法",
	"This method is not one of the usual ones.":                            "这不是常用的方法。",
	"The target has the %s; the version is %s.":                            "请求目标的形式是 %s；版本是 %s。",
	"Status %d belongs to no class.":                                       "状态码 %d 不属于任何类别。",
	"The reason phrase, %q here, is for people: programs read the number.": "原因短语（这里是 %q）是给人看的：程序读的是数。",
	"This field is not one that httpscope knows. Recipients that do not know it either ignore it.": "httpscope 不认识这个字段。同样不认识它的接收方会忽略它。",

	"Connection %d":           "连接 %d",
	"%s, %s. %s":              "%s，%s。%s",
	"The %s closed it first.": "%s先关闭了连接。",
	"The server's socket was heard: there are no packets.": "这是从服务器的套接字听到的：没有分组。",
	"The capture has its handshake of three packets.":      "捕获到了它的三次握手。",
	"The capture does not have its whole handshake.":       "没有捕获到完整的三次握手。",
}

// chineseFacts are what package httpdecode and other pages say, as a whole or
// from the beginning. The first that matches counts.
var chineseFacts = []struct {
	english *regexp.Regexp
	chinese string
}{
	{regexp.MustCompile(`^1 byte$`), "1 字节"},
	{regexp.MustCompile(`^(\d+) bytes$`), "$1 字节"},
	{regexp.MustCompile(`^Exchange (\d+)   conn (\d+), (\d+)(?:st|nd|rd|th) exchange on it`), "交换 $1   连接 $2 上的第 $3 个交换"},
	{regexp.MustCompile(`^Exchange (\d+)`), "交换 $1"},

	{regexp.MustCompile(`^no body$`), "没有正文"},
	{regexp.MustCompile(`^body of (\d+) bytes by length$`), "正文 $1 字节，由长度给出"},
	{regexp.MustCompile(`^body of (\d+) bytes in (\d+) chunks$`), "正文 $1 字节，分为 $2 个分块"},
	{regexp.MustCompile(`^body of (\d+) bytes up to the close$`), "正文 $1 字节，直到连接关闭"},
	{regexp.MustCompile(`^the connection leaves HTTP$`), "连接不再使用 HTTP"},
	{regexp.MustCompile(`^the head is cut: how its body is framed is not known$`), "首部被截断：不知道正文怎样定界"},

	{regexp.MustCompile(`^the head is not complete$`), "首部不完整"},
	{regexp.MustCompile(`^the request's method is HEAD$`), "请求的方法是 HEAD"},
	{regexp.MustCompile(`^the status is (\d+)$`), "状态码是 $1"},
	{regexp.MustCompile(`^the request's method is CONNECT and the status (\d+)$`), "请求的方法是 CONNECT，状态码是 $1"},
	{regexp.MustCompile(`^Transfer-Encoding ends with chunked$`), "Transfer-Encoding 以 chunked 结尾"},
	{regexp.MustCompile(`(?s)^Transfer-Encoding ends with (.*), not with chunked$`), "Transfer-Encoding 以 $1 结尾，而不是 chunked"},
	{regexp.MustCompile(`(?s)^Content-Length (".*") is no number of bytes$`), "Content-Length $1 不是字节数"},
	{regexp.MustCompile(`(?s)^Content-Length says (\d+) and (.*)$`), "Content-Length 写了 $1 和 $2"},
	{regexp.MustCompile(`^Content-Length is (\d+)$`), "Content-Length 是 $1"},
	{regexp.MustCompile(`^a request with neither Transfer-Encoding nor Content-Length$`), "请求既没有 Transfer-Encoding，也没有 Content-Length"},
	{regexp.MustCompile(`^a response with neither Transfer-Encoding nor Content-Length$`), "响应既没有 Transfer-Encoding，也没有 Content-Length"},

	{regexp.MustCompile(`^Transfer-Encoding says chunked, but rule (\d) comes first$`), "Transfer-Encoding 写了 chunked，但规则 $1 在先"},
	{regexp.MustCompile(`^Content-Length says (\d+), but rule (\d) comes first$`), "Content-Length 写了 $1，但规则 $2 在先"},
	{regexp.MustCompile(`^Content-Length says (\d+), but Transfer-Encoding overrides it$`), "Content-Length 写了 $1，但以 Transfer-Encoding 为准"},
	{regexp.MustCompile(`(?s)^the other value is (.*)$`), "另一个值是 $1"},
	{regexp.MustCompile(`^Transfer-Encoding names chunked, but not as the last coding$`), "Transfer-Encoding 写了 chunked，但不是最后一种编码"},

	{regexp.MustCompile(`^Here it counts the body: rule (\d) of RFC 9112 section 6\.3\.$`), "在这里，它给出正文的字节数：RFC 9112 第 6.3 节的规则 $1。"},
	{regexp.MustCompile(`^Here it frames the body in chunks: rule (\d) of RFC 9112 section 6\.3\.$`), "在这里，它用分块给正文定界：RFC 9112 第 6.3 节的规则 $1。"},
	{regexp.MustCompile(`^Here it does not frame this body: rule (\d) of RFC 9112 section 6\.3 decides\.$`), "在这里，它不给正文定界：由 RFC 9112 第 6.3 节的规则 $1 决定。"},
	{regexp.MustCompile(`^Here it .*nothing, since the head is cut,.*$`), "在这里，它什么也没有决定，因为首部被截断。"},
	{regexp.MustCompile(`^Here the connection stays open \(default of (.*)\)\.$`), "在这里，连接保持（$1 的默认）。"},
	{regexp.MustCompile(`^Here the connection stays open \((.*) with (.*)\)\.$`), "在这里，连接保持（$1 带有 $2）。"},
	{regexp.MustCompile(`^Here the connection closes \(default of (.*)\)\.$`), "在这里，连接关闭（$1 的默认）。"},
	{regexp.MustCompile(`^Here the connection closes \((.*)\)\.$`), "在这里，连接关闭（$1）。"},
	{regexp.MustCompile(`^stays open \(default of (.*)\)$`), "保持（$1 的默认）"},
	{regexp.MustCompile(`^stays open \((.*) with (.*)\)$`), "保持（$1 带有 $2）"},
	{regexp.MustCompile(`^closes \(default of (.*)\)$`), "关闭（$1 的默认）"},
	{regexp.MustCompile(`^closes \((.*)\)$`), "关闭（$1）"},

	{regexp.MustCompile(`^origin-form$`), "origin-form（路径）"},
	{regexp.MustCompile(`^absolute-form$`), "absolute-form（完整的 URL）"},
	{regexp.MustCompile(`^authority-form$`), "authority-form（主机和端口）"},
	{regexp.MustCompile(`^asterisk-form$`), "asterisk-form（星号）"},
	{regexp.MustCompile(`^none$`), "未知的形式"},

	{regexp.MustCompile(`^open$`), "打开"},
	{regexp.MustCompile(`^half-closed$`), "半关闭"},
	{regexp.MustCompile(`^closed$`), "已经关闭"},
	{regexp.MustCompile(`^reset$`), "被复位"},
	{regexp.MustCompile(`^client$`), "客户端"},
	{regexp.MustCompile(`^server$`), "服务器"},
	{regexp.MustCompile(`^other$`), "其他协议"},
}
