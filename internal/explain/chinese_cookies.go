package explain

// chineseCookies are the findings of package cookies.
var chineseCookies = []rendering{
	{
		"cookie-against-rules", "违反规则发送的 Cookie", "",
		"这个 Cookie 的作用范围（域、路径、Secure）不允许用于这个请求，或者根本不该存储它。客户端不是浏览器，或者值是抄来的。",
		"看细节中的规则，再看发送者的地址和 User-Agent。",
	},
	{
		"cookie-attribute-too-long", "属性值超过 1024 个字节", "",
		"客户端忽略这个属性，保留 Cookie。丢了 Path 或 Domain，Cookie 发往的地方就会改变。",
		"看存储的 Cookie 的作用范围。",
	},
	{
		"cookie-bad-domain", "Domain 不是主机名", "",
		"端口、协议名、结尾的点或 ASCII 以外的字母，使 Domain 不匹配任何主机，所以 Cookie 被拒绝。",
		"只写主机名；ASCII 以外的名字写成 xn-- 的形式。",
	},
	{
		"cookie-bad-expires", "Expires 不是日期", "",
		"这个属性被忽略，于是 Cookie 成为会话 Cookie，或者想删除它却没有成功。",
		"和 “Wed, 09 Jun 2027 10:18:14 GMT” 这种格式比较。",
	},
	{
		"cookie-bad-host", "请求的主机没有规范的名字", "",
		"Cookie 属于主机。如果 Host 字段不是主机名，就不存储也不发送 Cookie。",
		"看请求的 Host 字段。",
	},
	{
		"cookie-bad-max-age", "Max-Age 不是秒数", "",
		"这个属性被忽略；以 Expires 为准，或者 Cookie 随会话结束。",
		"Max-Age 只接受数字：没有引号，没有单位，没有小数。",
	},
	{
		"cookie-bad-name", "Cookie 的名字不是记号", "",
		"名字里有空格、引号、括号或 ASCII 以外的字节时，各个服务器读法不同，尽管客户端会原样送回。",
		"把 Set-Cookie 中的名字和服务器在 Cookie 中得到的名字比较。",
	},
	{
		"cookie-bad-value", "Cookie 的值含有不允许的字节", "",
		"空白、逗号、双引号、反斜线和 ASCII 以外的字节都不是 cookie-octet。客户端保留它们；有些服务器会在那里把值截断。",
		"对这样的值进行编码，例如用 Base64，再看值是不是完整地送回来。",
	},
	{
		"cookie-changed-value", "Cookie 的值没有任何响应设置过", "",
		"页面上的脚本可以改变 Cookie，除非它是 HttpOnly；用户也可以，捕获之外的响应也可以。",
		"如果 Cookie 是 HttpOnly，就不是脚本做的。",
	},
	{
		"cookie-control-char", "Cookie 字段含有控制字符", "",
		"客户端忽略整个 Set-Cookie 字段。CR、LF 和 NUL 是首部注入的工具：用户的输入被抄进了字段。",
		"看原始的字节，想一想值的哪一部分来自用户。",
	},
	{
		"cookie-delete-missed", "删除没有命中存储的 Cookie", "",
		"删除 Cookie 的方法，是设置一个名字、域和路径都相同而且已经过期的 Cookie。作用范围不同，就什么也不会发生，用户仍然处于登录状态。",
		"比较两个 Set-Cookie 字段的 Domain 和 Path。",
	},
	{
		"cookie-domain-dot", "Domain 以点开头", "",
		"RFC 2109 要求有这个点；今天它被忽略。重要的是有没有 Domain：有，子域就得到 Cookie；没有，就得不到。",
		"和一个没有 Domain 的 Cookie 比较。",
	},
	{
		"cookie-duplicate-attribute", "属性出现了两次", "",
		"服务器不得重复属性。客户端使用最后一个，有些中间设备使用第一个。",
		"看客户端按哪一个办理：Domain 和 Path 决定 Cookie 发往哪里。",
	},
	{
		"cookie-empty", "Set-Cookie 没有名字也没有值", "",
		"没有什么可以送回，所以客户端忽略这个字段。",
		"找一找服务器写这个字段时是不是有一个空的变量。",
	},
	{
		"cookie-empty-attribute", "空的属性", "",
		"语法不允许分号后面什么也没有。客户端跳过它。",
		"通常是拼接属性的代码多加了一个分隔符。",
	},
	{
		"cookie-empty-domain", "Domain 没有值", "",
		"它等于没有 Domain，而且取消前面的 Domain：Cookie 只给这个主机。RFC 6265 没有规定这种情况。",
		"看 Cookie 罐中的 host-only 标志。",
	},
	{
		"cookie-empty-pair", "Cookie 行中有空的名值对", "",
		"两个分号之间什么也没有。大多数服务器跳过它，有些在这里停止。",
		"看服务器是不是认识后面的 Cookie。",
	},
	{
		"cookie-evicted", "Cookie 罐满了，有 Cookie 被移除", "",
		"客户端限制 Cookie 的数量。最久没有使用的先移除，没有 Secure 的先于有 Secure 的。",
		"设置了几百个 Cookie 的网站，可能会把会话 Cookie 挤出去。",
	},
	{
		"cookie-flag-value", "Secure 或 HttpOnly 带有值", "",
		"这两个属性只要出现就有效。“Secure=false” 也是有效的。",
		"要关掉它，就不要写这个属性。",
	},
	{
		"cookie-folded", "两个 Set-Cookie 字段用逗号合并", "",
		"同名的其他字段可以合并成一行，Set-Cookie 不可以：逗号属于日期和值，所以第二个 Cookie 丢失了。",
		"找一找是不是有中间设备或库合并了字段。",
	},
	{
		"cookie-foreign-domain", "Cookie 的域不包含这个主机", "",
		"主机可以为自己和上级的域设置 Cookie，不能为别人设置：否则任何网站都能在别的网站埋下 Cookie。",
		"把 Domain 和请求的 Host 字段比较。",
	},
	{
		"cookie-legacy-version", "名字以美元符号开头", "",
		"RFC 2965 在 Cookie 字段中发送 $Version、$Path 和 $Domain。今天它们只是名字古怪的普通 Cookie。",
		"看是不是有 Set-Cookie2 字段，或者用了旧的库。",
	},
	{
		"cookie-lifetime-capped", "有效期超过 400 天", "",
		"客户端把有效期缩短到 400 天。每个新的 Set-Cookie 都重新开始计时。",
		"把要求的有效期和 Cookie 罐中的到期时间比较。",
	},
	{
		"cookie-nameless", "Cookie 没有名字", "",
		"服务器不得发送这样的 Cookie。客户端用空的名字存储它，只发送值；RFC 6265 让客户端忽略它，所以各个客户端做法不同。",
		"看下一个请求的 Cookie 字段：值写在那里，没有“=”。",
	},
	{
		"cookie-negative-max-age", "负的 Max-Age", "",
		"给服务器的语法里没有负号，但客户端接受它，并立即删除 Cookie。",
		"要删除 Cookie，请用 Max-Age=0。",
	},
	{
		"cookie-old-date", "Expires 使用旧的日期格式", "",
		"服务器必须使用 RFC 9110 的格式。带连字符的格式来自 1994 年最早的 Cookie 规范；客户端能读它，也能读许多别的格式。",
		"把发送的格式和建议的格式比较。",
	},
	{
		"cookie-order", "Cookie 的顺序不寻常", "",
		"客户端应该先发送路径较长的，再发送较早的 Cookie。服务器不得依赖顺序。",
		"把顺序和预测的一行比较。",
	},
	{
		"cookie-pair-spacing", "Cookie 行中的空格不寻常", "",
		"客户端用分号和一个空格分隔名值对，“=” 两边没有空格。别的写法说明这是另一种客户端。",
		"和 User-Agent 字段比较：客户端是不是自称浏览器？",
	},
	{
		"cookie-pair-without-equals", "名值对没有等号", "",
		"没有名字的 Cookie 只发送值。也可能是某个含有分号的值被切下的一段。",
		"找没有名字的 Set-Cookie 字段。",
	},
	{
		"cookie-pair-without-name", "名值对有等号而没有名字", "",
		"守规则的客户端发送没有名字的 Cookie 时，不写“=”。",
		"客户端不是浏览器，或者这一行被人改过。",
	},
	{
		"cookie-partitioned-insecure", "有 Partitioned 而没有 Secure", "",
		"保存分区 Cookie（每个顶级网站一个 Cookie 罐）的客户端，拒绝没有 Secure 的分区 Cookie。其他客户端忽略这个属性。",
		"加上 Secure。",
	},
	{
		"cookie-prefix", "名字有前缀而缺少相应的属性", "",
		"服务器在请求中看不到属性，所以前缀 __Secure- 和 __Host- 把承诺写在名字里。客户端拒绝不守承诺的 Cookie。",
		"__Secure- 需要 Secure；__Host- 需要 Secure 和 Path=/，而且不允许 Domain；两者都需要 https。",
	},
	{
		"cookie-public-suffix", "为公共后缀设置的 Cookie", "",
		"在 “com” 或 “co.uk” 之下，任何人都能注册名字，所以这样的 Cookie 会送到毫不相关的网站。客户端按一份名单拒绝它。",
		"看 Domain 属性，名单见 publicsuffix.org。",
	},
	{
		"cookie-relative-path", "Path 不以斜线开头", "",
		"客户端改用默认路径：请求所在的目录。",
		"看存储的 Cookie 的路径。",
	},
	{
		"cookie-same-name-twice", "同一个名字，两个 Cookie", "",
		"Domain 或 Path 不同的 Cookie 可以同名。服务器分不清哪个是哪个，也不应该相信顺序。",
		"在 Cookie 罐里查两者的作用范围。其中一个可能是某个子域埋下的。",
	},
	{
		"cookie-samesite-none-insecure", "有 SameSite=None 而没有 Secure", "",
		"这样的 Cookie 会随着任何网站的任何请求发送，每个窃听者都能读到。客户端拒绝它。",
		"加上 Secure，并使用 https。",
	},
	{
		"cookie-secure-over-http", "通过 http 设置 Secure Cookie", "",
		"这个响应可以直接读出，所以值已经不是秘密；中间的攻击者也可能设置了它。客户端拒绝它，RFC 6265 没有拒绝。",
		"看协议名。这次捕获的窃听者已经得到了值。",
	},
	{
		"cookie-secure-overwrite", "http 试图覆盖 Secure Cookie", "",
		"否则，能改动 http 的攻击者就能替换 https 网站的会话（会话固定攻击）。客户端不让改动 Secure Cookie。",
		"找到前面带 Secure 的 Set-Cookie，再想一想这一个是谁发送的。",
	},
	{
		"cookie-sent-after-removal", "Cookie 在删除或过期之后仍然发送", "",
		"客户端保留了按规则已经取消的 Cookie：它的时钟不准，或者它不是浏览器，或者值是抄来的。",
		"看服务器是不是仍然接受这个会话。",
	},
	{
		"cookie-sent-twice", "同一个 Cookie 发送了两次", "",
		"Cookie 罐里只有一个，这一行却有两个相同的名值对。也许在捕获之前设置过另一个作用范围的 Cookie。",
		"看请求中是不是有两个 Cookie 字段。",
	},
	{
		"cookie-short-year", "Expires 使用两位数年份", "",
		"各个客户端对世纪看法不一。算法把 70 到 99 读作 19xx，把 00 到 69 读作 20xx。",
		"写四位数。",
	},
	{
		"cookie-stale-value", "Cookie 带着以前的值发送", "",
		"服务器已经换了值。可能是已经在途中的请求，也可能是有人抄了旧的值。",
		"比较时间和发送者的地址。",
	},
	{
		"cookie-too-large", "Cookie 超过 4096 个字节", "",
		"客户端不声不响地忽略整个字段。这个上限计算名字和值；在 RFC 6265bis 之前，各个客户端做法不同。",
		"把名字和值的长度与 4096 比较，再看下一个请求是不是缺少这个 Cookie。",
	},
	{
		"cookie-trailing-semicolon", "Cookie 行以分号结尾", "",
		"分号只用在名值对之间。服务器忽略这一个。",
		"通常是手工或脚本拼出来的一行。",
	},
	{
		"cookie-two-lifetimes", "同时有 Max-Age 和 Expires", "",
		"不管顺序如何，以 Max-Age 为准，因为它不要求双方的时钟一致。非常旧的客户端只认识 Expires。",
		"检查两者表示的是不是同一时刻。",
	},
	{
		"cookie-unknown-attribute", "未知的属性", "",
		"客户端忽略自己不认识的属性，也不告诉服务器。拼错的 Secure 什么也保护不了。",
		"检查拼写；Version、Comment 和 Port 是 RFC 2109 和 RFC 2965 留下来的。",
	},
	{
		"cookie-unknown-origin", "捕获中没有响应设置过的 Cookie", "",
		"如果捕获在客户端得到 Cookie 之后才开始，或者它是脚本设置的，或者是在无法读取的连接上设置的，这都正常。",
		"在捕获中搜索这个名字。凭空出现的会话可能是偷来的。",
	},
	{
		"cookie-unknown-samesite", "未知的 SameSite 值", "",
		"只有 Strict、Lax 和 None 有意义；其他的都是默认值，浏览器把它当作 Lax。",
		"检查拼写。",
	},
	{
		"cookie-withheld", "客户端没有发送本可以发送的 Cookie", "",
		"可能的原因：新的会话或隐私窗口，Cookie 被阻止或删除，来自别的网站的请求受到 SameSite 限制，同一地址后面有另一个客户端，或者丢了一个分组。",
		"把 User-Agent 和 Referer 与得到 Cookie 的请求比较。",
	},
	{
		"cookie-wrong-weekday", "星期和日期不符", "",
		"客户端忽略星期，所以以日期为准。这个错误说明日期是手工写的。",
		"检查想写的是哪一个。",
	},
}
