package explain

import "httpscope/httpdecode"

// exchangeLessons are about requests and responses together, and about the
// connection that carries them.
var exchangeLessons = []lesson{
	{
		httpdecode.AfterClose, "Response after the last one that was announced",
		"A response follows one after which the connection should have been closed.",
		"Connection: close in a response, or HTTP/1.0 without keep-alive, says that nothing more comes. A client stops reading there, so this response is lost for it.",
		"Look at the Connection field and the version of the response before, and at which request this one answers.",
		"RFC 9112 sections 9.3 and 9.6",
	},
	{
		httpdecode.RequestAfterClose, "Request after the last one that was announced",
		"A request follows one after which the client wanted the connection closed.",
		"A client that sends Connection: close, or HTTP/1.0 without keep-alive, must not send further requests on this connection. The server does not process them: it answers the earlier one and closes.",
		"Look at the Connection field and the version of the request before. The later request needs a new connection.",
		"RFC 9112 sections 9.3 and 9.6",
	},
	{
		httpdecode.ResponseLost, "Response was not captured",
		"Bytes of the server are missing in the capture, and the client goes on as if it had its answer.",
		"Responses carry no number that names their request: the order alone tells. So the response to this request must lie in the gap.",
		"Look at the gap on the server's side. The capture program lost packets; a larger buffer or a capture filter helps.",
		"RFC 9112 section 9.2",
	},
	{
		httpdecode.Unanswered, "Request without a response",
		"The server ended the connection before it answered.",
		"A server may close an idle connection at any time, and a request can be on its way just then. A browser sends a GET again on a new connection without telling anybody; it should not repeat a POST, because the first may have had an effect.",
		"Look at the end of the connection: FIN or RST of the server right after the request. A server program that crashed looks the same.",
		"RFC 9112 sections 9.3.1 and 9.5; RFC 9110 section 9.2.2",
	},
	{
		httpdecode.Unsolicited, "Response without a request",
		"The server sends a response, and no request waits for one.",
		"A client must not use it and should close the connection, because it can no longer tell which response belongs to which request. A server may say 408 to a client that was idle too long before it closes.",
		"Look at whether the capture began after the request. If not, the server has answered one request twice, or a body was longer than announced.",
		"RFC 9112 section 9.2; RFC 9110 section 15.5.9",
	},
	{
		httpdecode.EarlyResponse, "Response before the request was complete",
		"The server answers while the client is still sending its request.",
		"It may: a request that is refused, for its size or for lack of credentials, need not be read to its end. The client should look for a response while it sends, and stop when it is an error.",
		"Look at the status, and at whether the rest of the body was sent. When the server closes at once, the client may get a reset before it has read the response.",
		"RFC 9110 section 7.5; RFC 9112 sections 9.5 and 9.6",
	},
	{
		httpdecode.Pipelined, "Request sent before the last response came",
		"The client has sent a further request without waiting for the response to the one before.",
		"This is pipelining, and it is allowed: the server must answer in the order of the requests. Browsers do not do it, since one slow response holds up all others and many proxies had bugs. They open several connections instead, or use HTTP/2.",
		"Look at the times of the requests and the order of the responses. Are there two request lines in one packet?",
		"RFC 9112 section 9.3.2",
	},
	{
		httpdecode.SwitchUnasked, "101 without an Upgrade in the request",
		"The server says that it switches protocols, and the client has not asked for it.",
		"A server may switch only to a protocol that the client named in Upgrade. Otherwise the two speak different languages from here on.",
		"Look for the Upgrade field in the request. Perhaps a proxy removed it on the way.",
		"RFC 9110 sections 7.8 and 15.2.2",
	},
	{
		httpdecode.SwitchOld, "101 in answer to HTTP/1.0",
		"The server switches protocols, and the request said HTTP/1.0.",
		"A server must ignore Upgrade in a request of HTTP/1.0. Such a client need not know 101, and a proxy of that age passes the field on without understanding it.",
		"Look at the version in the request line: WebSocket, for example, needs HTTP/1.1.",
		"RFC 9110 section 7.8",
	},
	{
		httpdecode.ConnectionOption, "Connection names a field for the other end",
		"The Connection field lists a field that is meant for the last recipient, such as Content-Type or Authorization.",
		"Each field that Connection lists is removed by the next proxy. A sender must not list one that is meant for all. An attacker who can set Connection makes a proxy drop, for example, the credentials.",
		"Read the Connection field: besides close and keep-alive only fields of this connection belong there, such as Upgrade or TE.",
		"RFC 9110 section 7.6.1",
	},
	{
		httpdecode.ProxyConnection, "Proxy-Connection was never a standard",
		"The message has a Proxy-Connection field.",
		"It was an attempt to keep connections to old proxies open. It does not work with several proxies in a row, and clients are asked not to send it. Servers ignore it; curl and some browsers still send it to a proxy.",
		"It tells that the client believes it is talking to a proxy. Is the target a whole URL?",
		"RFC 9112 appendix C.2.2",
	},
	{
		httpdecode.InterimOld, "1xx response to an HTTP/1.0 request",
		"The server sends an interim response, and the request said HTTP/1.0.",
		"HTTP/1.0 has no 1xx responses. An old client takes this one for the final one and the real one for a body, so a server must not send it.",
		"Look at the version in the request line. 103 (Early Hints) surprises even some clients of HTTP/1.1.",
		"RFC 9110 section 15.2; RFC 8297 section 3",
	},
	{
		httpdecode.ExpectUnknown, "Expect asks for something unknown",
		"The Expect field holds something else than 100-continue.",
		"With 100-continue a client asks the server's leave before it sends a large body. No other expectation is defined, and a server may answer 417 (Expectation Failed).",
		"Look at the value, and at the status of the response.",
		"RFC 9110 sections 10.1.1 and 15.5.18",
	},
	{
		httpdecode.GapInMessage, "Bytes of the message were not captured",
		"The other side received the message whole, but the capture did not.",
		"What is shown is incomplete, and sums over the body are wrong. Where the length is known, the message's end can still be found.",
		"Look at the gap's offset and size, and at the number of packets that the capture program dropped.",
		"RFC 9112 section 8; RFC 9293 section 3.4",
	},
	{
		httpdecode.LateHTTP, "HTTP begins after another protocol",
		"The connection began with bytes that are not HTTP, and then carries HTTP messages.",
		"A client of a SOCKS proxy first tells the proxy where to connect; a load balancer may put a PROXY line in front, with the client's address. Both come once, before the first request.",
		"Look at the first bytes of the connection: 05 begins SOCKS version 5.",
		"RFC 1928 section 3; RFC 9112 section 9.1",
	},
	{
		httpdecode.TooManyPending, "Too many requests without a response",
		"More requests wait for their responses on this connection than this program keeps in mind.",
		"No client needs so many. It may be a load test or an attack, or the server's side was not captured. Further responses can no longer be matched with their requests.",
		"Look at whether the server answers at all, and in how many packets the requests came.",
		"RFC 9112 sections 9.2 and 9.3.2",
	},
}
