"""Counts its requests in a file, so that somebody can see whether the file stays."""
import http.server
import os


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = os.environ.get("COUNTER", "/app/storage/count")
        try:
            with open(path) as file:
                count = int(file.read())
        except FileNotFoundError:
            count = 0
        try:
            with open(path, "w") as file:
                file.write(str(count + 1))
            text = f"request {count + 1}"
        except OSError as error:
            text = f"{type(error).__name__} {error.errno}"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())


http.server.HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
