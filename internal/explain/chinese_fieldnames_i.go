package explain

// chineseFieldNamesI are the fields If-Match to Retry-After.
var chineseFieldNamesI = []rendering{
	{
		"field-if-match", "If-Match：只有版本仍是这个才执行",
		"只有资源的标签仍是其中之一，才执行请求。",
		"它防止更新丢失：两个人加载同一个页面，都作了修改，第二个会覆盖第一个。有了 If-Match，第二个得到 412。它使用强比较，所以带 W/ 的标签永远不匹配。",
		"把标签和客户端先前得到的响应的 ETag 比较。",
	},
	{
		"field-if-modified-since", "If-Modified-Since：只有此后改变过才发送",
		"只有资源在这个日期之后改变过，才发送它。",
		"客户端有这个日期的副本。如果没有变化，得到的是没有正文的 304。日期只精确到秒，所以 If-None-Match 更准确，以它为准。",
		"和前一个响应的 Last-Modified 比较，看有没有 304。",
	},
	{
		"field-if-none-match", "If-None-Match：只有不是这些版本才发送",
		"只有资源的标签不是其中任何一个，才发送它；客户端存有那些版本。",
		"客户端列出自己那些副本的标签。如果其中一个仍然有效，GET 得到的是没有正文的 304。在 PUT 中写 *，意思是：只有那里还什么都没有时才执行。",
		"把标签和响应的 ETag 比较。",
	},
	{
		"field-if-range", "If-Range：没有变就发送部分，否则发送全部",
		"只有资源没有变才发送部分，否则发送全部。",
		"继续下载时，它省去一次往返：如果文件这期间变了，两个版本的部分不得拼在一起，所以服务器用 200 发送全部。",
		"和 ETag 或 Last-Modified 比较，再看状态码：206 是部分，200 是全部。",
	},
	{
		"field-if-unmodified-since", "If-Unmodified-Since：只有此后没有改变才执行",
		"只有资源在这个日期之后没有改变，才执行请求。",
		"它和 If-Match 一样，防止覆盖别人写入的内容，用于没有标签的资源。一秒之内的两次改变察觉不到。",
		"和 Last-Modified 比较。资源改变过时得到 412。",
	},
	{
		"field-keep-alive", "Keep-Alive：连接保持多久",
		"连接保持多长时间，可以用于多少个请求。",
		"timeout 说明空闲多少秒后服务器关闭连接，max 说明还接受多少个请求。它只是提示，和 TCP 的 keep-alive 分组没有关系。",
		"把 timeout 和从最后一个响应到服务器 FIN 的时间比较。",
	},
	{
		"field-last-modified", "Last-Modified：资源最后一次改变的时间",
		"资源最后一次改变的时间。",
		"客户端在 If-Modified-Since 中送回这个日期，如果没有变化就得到 304。没有 Cache-Control 时，缓存根据它猜测：旧的内容很可能继续不变。",
		"和 Date 比较，再和下一个请求的 If-Modified-Since 比较。",
	},
	{
		"field-link", "Link：属于这个资源的其他资源",
		"属于这个资源的其他资源，例如要提前加载的样式表。",
		"它就是 HTML 的 link 元素，可以用于任何类型的内容。rel=preload 让浏览器在读完页面之前就去取文件；程序用 rel=next 翻阅很长的列表。",
		"找对它所写资源的请求，看是不是在正文完整之前就发送了。",
	},
	{
		"field-location", "Location：转到哪里",
		"转到哪里，或者新的资源在哪里。",
		"在 3xx 中它是下一个地址，在 201 中它是新资源的地址。它可以是相对于请求目标的。把用户的输入写进去的程序，会把人送到攻击者想去的任何地方。",
		"看下一个请求：方法、主机和路径。",
	},
	{
		"field-max-forwards", "Max-Forwards：还可以由多少个代理转发",
		"还可以由多少个代理转发这个请求。",
		"每个代理把它减一，看到 0 的那个自己响应。配合 TRACE，可以一步一步地查看一串代理，或者找出循环。",
		"看是谁响应的：Via 和 Server。",
	},
	{
		"field-origin", "Origin：引起请求的页面属于哪个网站",
		"引起请求的页面属于哪个网站。",
		"浏览器把它加进脚本发给别的网站的请求，也加进 POST。脚本不能改变它，所以服务器可以拒绝外来页面以用户名义发送的请求。和 Referer 不同，它没有路径。",
		"和 Host 比较：是不是同一个网站？",
	},
	{
		"field-pragma", "Pragma：Cache-Control: no-cache 的旧写法",
		"Cache-Control: no-cache 的旧写法。",
		"HTTP/1.0 没有 Cache-Control。用户强制重新加载时，浏览器仍然两个都发送。它在响应中从来没有意义。",
		"看旁边的 Cache-Control，以它为准。",
	},
	{
		"field-proxy-authenticate", "Proxy-Authenticate：代理要求的凭据",
		"代理要求哪一种凭据。",
		"它随 407 到来。它只和下一个代理有关，而那个代理可能不属于服务器所在的公司；所以在 WWW-Authenticate 之外另有这个字段。",
		"看认证方案，再看下一个请求的 Proxy-Authorization。",
	},
	{
		"field-proxy-authorization", "Proxy-Authorization：给代理的凭据",
		"用户给代理的凭据。",
		"代理用完它，不再往下传。用 Basic 时，即使后面的隧道里是 TLS，代理的口令在到达代理的途中也可以直接读出。",
		"看认证方案。在 CONNECT 请求中，它在 TLS 之外。",
	},
	{
		"field-proxy-connection", "Proxy-Connection：关于代理的一个错误",
		"给代理用的、过时而且没有用处的 Connection 字段。",
		"旧的代理不加理解地传递 Connection: keep-alive，于是两端都在等待。这个字段本来想避免这种情况，但只要有两个代理就不起作用。",
		"请求目标是不是完整的 URL？如果是，客户端认为自己在和代理通信。",
	},
	{
		"field-purpose", "Purpose：浏览器为什么去取",
		"浏览器在需要之前就去取这个资源。",
		"prefetch 表示还没有人点击。服务器可以拒绝，或者不把这样的请求计入统计。Sec-Purpose 是新的名字。",
		"看用户后来是不是打开了页面：这时可能不再有请求。",
	},
	{
		"field-range", "Range：请求的字节范围",
		"请求资源的哪些字节，从 0 算起。",
		"位置从 0 算起，两端都包括在内：bytes=0-99 请求一百个字节，bytes=500- 请求从那里开始的全部，bytes=-100 请求最后一百个。服务器可以忽略它，用 200 发送全部。",
		"和 Content-Range 以及状态码比较：206 是部分，200 是全部，416 是什么也没有。",
	},
	{
		"field-referer", "Referer：请求来自哪个页面",
		"请求来自哪个页面；这个名字从 1996 年起就拼错了。",
		"它告诉服务器谁链接到自己，对图片则说明它们在哪个页面上。它也透露用户之前读了什么，所以浏览器对别的网站只写出网站名。页面可以用 Referrer-Policy 关掉它。",
		"用它看哪个页面引起了请求：由此可以画出页面和它各部分的树。",
	},
	{
		"field-referrer-policy", "Referrer-Policy：Referer 可以透露多少",
		"以后的请求可以在 Referer 中透露这个页面地址的多少。",
		"页面的地址可能是秘密的：里面有搜索词或密钥。no-referrer 什么也不发送；strict-origin-when-cross-origin 是默认值，只发送网站名。",
		"和这个页面引起的请求的 Referer 比较。",
	},
	{
		"field-retry-after", "Retry-After：什么时候再试",
		"客户端什么时候可以再试。",
		"它是秒数或者日期。它随 503 和 429 到来，使客户端不会全都立即再来请求。",
		"和这个客户端下一个请求的时间比较。",
	},
}
