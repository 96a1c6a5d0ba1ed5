package explain

import (
	"httpscope/internal/cookies"
	"httpscope/internal/ranges"
)

// chineseCookieField and chineseCookieJar are where most findings about Cookie are made.
const (
	chineseCookieField = "请求的 Cookie 字段"
	chineseCookieJar   = "请求的 Cookie 字段（与 Cookie 罐对照）"
)

// chinesePlaces are the places in Chinese.
var chinesePlaces = []place{
	{"range-", "请求的 Range 字段", "把 Range 字段读作起始位置和最后位置的列表，从 0 算起。再和响应的状态码、Content-Range 字段比较。"},
	{"content-range-", "响应的 Content-Range 字段", "把 Content-Range 和请求的 Range 字段比较，再把位置和正文的字节数比较：最后位置减起始位置加一。"},
	{"partial-", "206 响应和它的请求", "把请求的 Range 字段和响应的状态码、Content-Range 字段放在一起看。"},
	{ranges.AcceptRangesNone, "206 响应", "把 Accept-Ranges 字段和同一个响应的状态码比较。"},
	{ranges.RangeIgnored, "对带有 Range 的请求的 200 响应", "把正文的长度和请求的范围比较。Accept-Ranges 可能说明服务器不提供范围请求。"},
	{"unsatisfied-", "416 响应和它的请求", "把请求的范围和 Content-Range 中的总长度比较，或者和以前的响应给出的总长度比较。"},
	{"if-range-", "请求的 If-Range 字段", "把 If-Range 和这个响应、前一个响应的 ETag 和 Last-Modified 比较。"},
	{"multipart-", "multipart/byteranges 类型的正文", "从 Content-Type 中取出分界串，在正文中找由两个连字符加分界串组成的行。最后一行末尾还有两个连字符。"},
	{"part-", "multipart/byteranges 正文的一个部分", "读分隔行和下一个空行之间的几行，再数到下一个分隔行为止的字节。"},
	{"map-", "资源的字节图（由它的所有响应填充）", "列出这个资源所有响应的 Content-Range 字段，以及它们的 ETag 和 Last-Modified。"},

	{"coding-", "报文的 Content-Encoding 字段", "把 Content-Encoding 和正文最前面的字节比较：gzip 以 1f 8b 开头，zstd 以 28 b5 2f fd 开头。请求的 Accept-Encoding 说明客户端能读什么。"},
	{"content-", "有内容编码的正文", "把线路上的字节数和解码后的字节数比较，看报文是不是完整。"},
	{"deflate-", "使用 deflate 编码的正文", "看第一个字节：有 zlib 包装时通常是 78。"},
	{"gzip-", "使用 gzip 编码的正文", "看最前面的十个字节：1f 8b，方法 08，然后是标志。"},
	{"zstd-", "使用 zstd 编码的正文", "看最前面的字节：28 b5 2f fd，然后是写有窗口大小的帧首部。"},
	{"media-type-", "报文的 Content-Type 字段", "读 Content-Type，和正文最前面的字节比较。"},
	{"param-", "Content-Type 字段的参数", "读 Content-Type 第一个分号后面的内容。"},
	{"charset-", "Content-Type 字段的 charset 参数", "把 charset 和文字的字节比较，再和 HTML 页面开头写的字符集比较。"},

	{"form-", "urlencoded 的表单数据", "读请求目标的查询，或者 POST 请求的正文：用 & 连接的 name=value。"},
	{"formdata-", "multipart/form-data 类型的正文", "从 Content-Type 中取出分界串，读每个部分的首部：Content-Disposition 写有表单字段的名字。"},
	{"auth-", "Authorization 或 Proxy-Authorization 字段", "读字段的第一个词，即认证方案，再读后面的内容。响应的 WWW-Authenticate 说明服务器要求什么。"},
	{"etag-", "实体标签", "把标签和客户端先前得到的响应的 ETag 字段逐字符比较。"},
	{"date-", "字段的日期", "把日期和 Sun, 06 Nov 1994 08:49:37 GMT 这种格式比较。"},
	{"conditional-", "有条件的请求和它的响应", "把请求中以 If- 开头的字段和响应的状态码、ETag、Last-Modified 放在一起看。"},

	{"cookie-", "响应的 Set-Cookie 字段", ""},
	{cookies.CodeTrailingSemicolon, chineseCookieField, ""},
	{cookies.CodeEmptyPair, chineseCookieField, ""},
	{"cookie-pair-", chineseCookieField, ""},
	{cookies.CodeSameNameTwice, chineseCookieField, ""},
	{cookies.CodeLegacyVersion, chineseCookieField, ""},
	{cookies.CodeBadHost, "请求的 Host 字段", ""},
	{cookies.CodeEvicted, "httpscope 为客户端保存的 Cookie 罐", ""},
	{cookies.CodeWithheld, chineseCookieJar, ""},
	{cookies.CodeAgainstRules, chineseCookieJar, ""},
	{cookies.CodeStaleValue, chineseCookieJar, ""},
	{cookies.CodeChangedValue, chineseCookieJar, ""},
	{cookies.CodeSentAfterRemoval, chineseCookieJar, ""},
	{cookies.CodeSentTwice, chineseCookieJar, ""},
	{cookies.CodeUnknownOrigin, chineseCookieJar, ""},
	{cookies.CodeOrder, chineseCookieJar, ""},
}
