// Package client is a small HTTP/1.1 client over raw sockets, for those who have
// no other at hand: it sends exactly the bytes that it is given, and reads the
// answer far enough to know that it is over.
//
// Package httpdecode tells where an answer ends; cookies of earlier answers go
// into later requests by the rules of package cookies. It follows no redirect,
// decodes no content coding, mends no request and keeps no connection between
// two runs. It sends to the addresses that its caller names and to no other.
package client
