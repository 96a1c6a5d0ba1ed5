"""A form posted with Python's http.client, which sends head and body in two
segments: post_split.py PORT"""
import http.client
import sys

conn = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
conn.request("POST", "/", "user=SUSTECH&password=654321",
             {"Content-Type": "application/x-www-form-urlencoded"})
print(conn.getresponse().read())
conn.close()
