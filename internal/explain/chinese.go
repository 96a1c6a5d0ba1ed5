package explain

import "slices"

// rendering is a text in Chinese. Of the texts of other packages what is the
// same sentence for all findings at a place, and where they have none what to
// look at, comes from [chinesePlaces].
//
// One Chinese word for each term: 报文 message, 请求 request, 响应 response,
// 字段 field, 首部 head, 正文 body, 尾部 trailer, 起始行 start line, 状态码
// status code, 请求目标 target, 定界 framing, 分块 chunk, 分块传输编码 chunked,
// 连接 connection, 持久连接 persistent connection, 分组 packet, 报文段 segment,
// 字节流 stream, 缺口 gap, 捕获 capture, 重传 retransmission, 乱序 out of order,
// 零窗口 zero window, 三次握手 three-way handshake, 序号 sequence number, 确认
// acknowledgment, 复位 reset, 套接字 socket, 服务器 server, 客户端 client, 代理
// proxy, 缓存 cache, 接收方 recipient, 发送方 sender, 实体标签 entity tag,
// 凭据 credentials, 口令 password, 请求走私 request smuggling. A test holds
// that other words for them do not occur.
type rendering struct {
	code, title, what, why, look string
}

// of puts the rendering in the place of a text's words.
func (r rendering) of(t Text) Text {
	p := chinesePlaceOf(t.Code)
	t.Title, t.What, t.Why, t.Look = r.title, r.what, r.why, r.look
	if t.What == "" {
		t.What = "这是在" + p.where + "中发现的：" + r.title + "。"
	}
	if t.Look == "" {
		t.Look = p.look
	}
	return t
}

// renderings are all texts in Chinese, by their codes.
func renderings() map[string]rendering {
	all := slices.Concat(chineseStartLine, chineseHead, chineseBody, chineseRanges, chineseContent, chineseForms, chineseCookies,
		chineseTCP, chineseTLS, chineseMethods, chineseStatuses, chineseErrors, chineseFieldNames, chineseFieldNamesI, chineseFieldNamesS)
	m := make(map[string]rendering, len(all))
	for _, r := range all {
		m[r.code] = r
	}
	return m
}

// chinesePlaceOf finds the Chinese words for the place of a code.
func chinesePlaceOf(code string) place {
	en := placeOf(code)
	for _, p := range chinesePlaces {
		if p.prefix == en.prefix {
			return p
		}
	}
	return place{}
}
