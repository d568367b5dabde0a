"""A web process for the tests: says which process and which version answers."""
import http.server
import os
import socket
import sys

VERSION = "1"


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"{VERSION} {socket.gethostname()} {self.path}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, text, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


print("web listens on", os.environ["PORT"], flush=True)
if "--crash" in sys.argv:
    sys.exit("this revision cannot start")
Server(("0.0.0.0", int(os.environ["PORT"])), Page).serve_forever()
