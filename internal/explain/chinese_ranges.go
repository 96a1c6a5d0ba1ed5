package explain

// chineseRanges are the findings of package ranges.
var chineseRanges = []rendering{
	{
		"accept-ranges-none", "206 与 Accept-Ranges: none 同时出现", "",
		"服务器说自己不支持范围请求，却发送了一段范围。", "",
	},
	{
		"range-empty", "Range 字段是空的", "",
		"Range 字段必须写出单位和至少一个范围。服务器忽略空的字段，发送全部内容。", "",
	},
	{
		"range-empty-element", "范围列表中有空元素", "",
		"两个逗号前后相连。接收方必须忽略少量空元素，发送方不得产生它们。", "",
	},
	{
		"range-ignored", "Range 被忽略", "",
		"服务器随时可以忽略 Range，用 200 发送整个表示。客户端必须能够应付。", "",
	},
	{
		"range-limit", "范围多得读不完", "",
		"字段里的范围比本程序读取的多，其余的不显示；谨慎的服务器也会拒绝它。", "",
	},
	{
		"range-many", "范围非常多", "",
		"许多小的范围让服务器为每个都写一个部分的首部，这是已知的拒绝服务攻击。服务器可以忽略或拒绝这样的字段。", "",
	},
	{
		"range-method", "在 GET 以外的方法中使用 Range", "",
		"范围请求只为 GET 定义。对其他方法，服务器必须忽略这个字段。", "",
	},
	{
		"range-order", "范围不是按升序排列", "",
		"顺序是自由的，但除非先需要后面的部分，客户端应该按升序请求。许多小而无序的范围看上去像攻击。", "",
	},
	{
		"range-overflow", "范围的位置太大", "",
		"这个数超过 63 位。会溢出回绕的程序读到的是另一个范围，所以这里把它当作一个很大的值。", "",
	},
	{
		"range-overlap", "范围互相重叠", "",
		"重叠的范围多次请求相同的字节。服务器可以合并、忽略或拒绝它们，否则很小的请求就能引出巨大的响应。", "",
	},
	{
		"range-repeated", "有多个 Range 字段", "",
		"Range 不是列表字段，所以只能出现一次。取第一个的接收方和取最后一个的接收方，看到的是不同的请求。", "",
	},
	{
		"range-reversed", "Range 前后颠倒", "",
		"最后位置小于起始位置，所以范围无效，服务器可以忽略或拒绝整个字段。", "",
	},
	{
		"range-suffix-zero", "请求最后零个字节", "",
		"范围 -0 的格式正确，但永远无法满足。只有它一个时，结果是 416。", "",
	},
	{
		"range-syntax", "Range 字段的格式不正确", "",
		"Range 字段写作“单位=起始-最后”“起始-”或“-长度”，用逗号分隔。其他写法服务器可以忽略或拒绝。", "",
	},
	{
		"range-unit", "Range 的单位不是 bytes", "",
		"普遍使用的单位只有 bytes。服务器必须忽略自己不懂的单位，用整个表示来响应。", "",
	},
	{
		"range-whitespace", "范围里面有空格", "",
		"语法只允许在逗号两边有空格。在别的地方，有些服务器接受，有些忽略这个字段。", "",
	},
	{
		"content-range-empty", "Content-Range 字段是空的", "",
		"这个字段应该说明后面是哪些字节。没有它，客户端不知道把字节放在哪里。", "",
	},
	{
		"content-range-length", "Content-Range 和正文长度不一致", "",
		"位置所说的字节数和正文的不同。要么正文被截断，要么字段写错；入侵检测系统认为这是躲避检测（Zeek：HTTP_range_not_matching_len）。", "",
	},
	{
		"content-range-multipart", "Content-Range 与 multipart 同时出现", "",
		"发送几个范围时，每个部分都有自己的 Content-Range，响应本身不得有。", "",
	},
	{
		"content-range-no-size", "Content-Range 没有总长度", "",
		"位置之后是斜线和总长度，服务器不知道总长度时写 *。", "",
	},
	{
		"content-range-no-unit", "Content-Range 没有单位", "",
		"单位写在前面，几乎总是 bytes，后面跟一个空格。等号只用在 Range 里。", "",
	},
	{
		"content-range-not-asked", "得到没有请求的字节", "",
		"206 响应携带了请求范围以外的字节，而且相距太远，不能用合并相近的范围来解释。只相信自己请求的客户端会把它们存到错误的位置。", "",
	},
	{
		"content-range-overflow", "Content-Range 中的数太大", "",
		"这个数超过 63 位，会溢出回绕的客户端会把字节写到错误的位置。", "",
	},
	{
		"content-range-past-end", "Content-Range 超出总长度", "",
		"位置从 0 算起，所以最后位置必须小于总长度。常见的原因是服务器多算或少算了一。", "",
	},
	{
		"content-range-repeated", "有多个 Content-Range 字段", "",
		"只有一个位置可能是真的。取第一个的客户端和取最后一个的客户端，拼出来的文件不同。", "",
	},
	{
		"content-range-reversed", "Content-Range 前后颠倒", "",
		"最后位置小于起始位置，所以字段无效，客户端不得拼接这段内容。Zeek 会报告 HTTP_non_positive_content_range。", "",
	},
	{
		"content-range-size", "资源的总长度变了", "",
		"这个响应写的总长度和以前的响应不同。资源在两次之间变了，所以这些部分不得拼在一起。", "",
	},
	{
		"content-range-status", "Content-Range 没有意义", "",
		"Content-Range 只在 206 或 416 响应中有意义。状态码是别的时，客户端忽略它。", "",
	},
	{
		"content-range-syntax", "Content-Range 字段的格式不正确", "",
		"这个字段写作 bytes first-last/size（起始-最后/总长度），总长度未知时写 *；在 416 中写作 bytes */size。客户端不得拼接不知道位置的响应。Zeek 会报告 HTTP_content_range_cannot_parse。", "",
	},
	{
		"content-range-unit", "Content-Range 的单位不是 bytes", "",
		"客户端不得按自己不懂的单位拼接部分。Zeek 会报告 HTTP_content_range_unknown_byte_unit。", "",
	},
	{
		"content-range-unsatisfied", "206 带有无法满足的 Content-Range", "",
		"bytes */size 的形式表示一个字节也没有发送。它属于 416，和 206 矛盾。", "",
	},
	{
		"content-range-whitespace", "Content-Range 里面有空格", "",
		"语法中正好有一个空格，在单位和位置之间。严格的客户端拒绝其他任何空格。", "",
	},
	{
		"partial-incomplete", "得到的字节比请求的少", "",
		"服务器可以只发送一部分范围。客户端必须看 Content-Range，再请求其余的部分。", "",
	},
	{
		"partial-no-content-range", "206 没有说明是哪些字节", "",
		"206 响应需要 Content-Range，或者需要各部分都带有它的 multipart/byteranges 正文。", "",
	},
	{
		"partial-not-asked", "没有 Range 请求却得到 206", "",
		"206（Partial Content）回答的是 Range 字段。没有发送这个字段的客户端会把片段当作全部。", "",
	},
	{
		"if-range-alone", "有 If-Range 而没有 Range", "",
		"If-Range 只决定是否按 Range 办理。不得单独发送它，服务器会忽略它。", "",
	},
	{
		"if-range-changed", "资源变了，所以发送全部", "",
		"If-Range 中的验证器已经不匹配，所以服务器正确地忽略 Range，用 200 发送新的表示。", "",
	},
	{
		"if-range-match-full", "If-Range 匹配，却发送了全部", "",
		"发送请求的部分就够了。发送全部是允许的，但浪费带宽。", "",
	},
	{
		"if-range-mismatch", "If-Range 不匹配，却使用了 Range", "",
		"验证器和响应中的不同，所以服务器必须忽略 Range。现在客户端可能把两个版本的部分拼在一起。", "",
	},
	{
		"if-range-syntax", "If-Range 字段的格式不正确", "",
		"If-Range 的内容是一个带双引号的实体标签，或者一个 HTTP 日期。", "",
	},
	{
		"if-range-weak", "If-Range 中是弱实体标签", "",
		"弱标签相同的两个表示，字节可能不同，所以它们的部分不能拼在一起。这个条件总是不成立。", "",
	},
	{
		"unsatisfied-form", "416 的 Content-Range 写了位置", "",
		"响应里没有字节范围，所以位置必须写成星号。", "",
	},
	{
		"unsatisfied-no-size", "416 没有给出总长度", "",
		"416 响应应该带有 Content-Range: bytes */size，好让客户端知道有哪些范围。", "",
	},
	{
		"unsatisfied-not-asked", "没有 Range 请求却得到 416", "",
		"416（Range Not Satisfiable）只能回答 Range 字段。", "",
	},
	{
		"unsatisfied-wrong", "范围合适却得到 416", "",
		"至少有一个请求的范围在所说的总长度之内。不过服务器可以拒绝重叠的或非常多的范围。", "",
	},
	{
		"map-full", "区间太多", "",
		"这个资源的字节图已经到达上限，更多的小段不再记录。", "",
	},
	{
		"map-overlap", "字节再次发送", "",
		"有些字节在另一个响应中已经到达。如果验证器不同，就可能混合了两个版本。", "",
	},
	{
		"map-past-end", "字节超出资源的结尾", "",
		"区间超出了服务器所说的总长度。", "",
	},
	{
		"map-size", "资源的总长度变了", "",
		"两个响应写的总长度不同，所以这些部分来自不同的版本，不得拼在一起。", "",
	},
	{
		"map-span", "不是字节区间", "",
		"位置是负的、颠倒的或太大，所以不知道把字节放在哪里。", "",
	},
	{
		"multipart-bare-lf", "multipart 的行只以 LF 结束", "",
		"分隔行和首部行应该以 CR LF 结束。坚持这一点的解析程序会在别的地方切分正文。", "",
	},
	{
		"multipart-boundary", "multipart 的分界串不能用", "",
		"分界串有 1 到 70 个字符，取自一个小的字符集合，不以空格结尾。没有它，正文无法切分。", "",
	},
	{
		"multipart-epilogue", "最后一个部分之后有文字", "",
		"结束分隔行之后的字节不属于任何部分，会被忽略。它们可以用来隐藏数据。", "",
	},
	{
		"multipart-gap", "正文有一部分字节没有捕获到", "",
		"缺失的字节里可能有分隔行。缺口前后的部分不可靠；请在离主机更近的地方捕获，或者避免丢失。", "",
	},
	{
		"multipart-limit", "部分太多", "",
		"正文中的部分比本程序列出的多，其余的不显示。", "",
	},
	{
		"multipart-no-delimiter", "分界串从未出现", "",
		"正文中没有以两个连字符加分界串开头的行，所以没有部分。字段和正文不一致。", "",
	},
	{
		"multipart-no-final", "缺少结束分隔行", "",
		"最后一个分隔行以两个连字符结尾。没有它，谁也不知道正文是否完整。", "",
	},
	{
		"multipart-no-parts", "multipart 没有部分", "",
		"正文在第一个部分之前就结束了。multipart 正文至少有一个部分。", "",
	},
	{
		"multipart-preamble", "第一个部分之前有文字", "",
		"第一个分隔行之前的字节不属于任何部分，会被忽略。", "",
	},
	{
		"multipart-single", "用 multipart 回答单个范围", "",
		"请求只要一个范围时，服务器不得用 multipart 响应，因为从不请求多个范围的客户端可能读不了它。", "",
	},
	{
		"multipart-size", "各部分的总长度不一致", "",
		"所有部分都来自同一个表示，所以它们写的总长度必须相同。", "",
	},
	{
		"part-content-range-twice", "一个部分有两行 Content-Range", "",
		"只有一个位置可能是真的。这里使用第一个。", "",
	},
	{
		"part-cut", "部分没有结尾", "",
		"正文在下一个分隔行之前结束，所以这个部分不完整。", "",
	},
	{
		"part-field-syntax", "部分的首部中有一行不是字段", "",
		"首部的一行写作名字、冒号、值。这一行被忽略。", "",
	},
	{
		"part-head-cut", "部分的首部没有结尾", "",
		"部分的首部和正文之间缺少空行。", "",
	},
	{
		"part-head-limit", "部分的首部太长", "",
		"这个部分的首部比本程序读取的长，所以跳过这个部分。", "",
	},
	{
		"part-length", "部分的长度和它的 Content-Range 不一致", "",
		"分隔行之间的字节比位置所说的多或少。可能数据里出现了分界串，也可能服务器算错了。", "",
	},
	{
		"part-no-content-range", "部分没有 Content-Range", "",
		"multipart/byteranges 的每个部分都必须说明自己是哪些字节。", "",
	},
}
