#!/usr/bin/python3
"""A WebSocket client on Debian's python3-websockets, for tests: the same words and answers as echo.mjs.

echo.py URL [--host HOST] [--resolve ADDRESS:PORT] [--insecure] [--count N] [--hold]

Connects to URL; with --host the request is for that host name (Host header, TLS server name), though the connection
goes where URL says; with --resolve the connection goes to that address instead. --insecure takes any certificate.

Sends N messages (1 unless said otherwise; text and bytes in turn), each when the one before has come back, and prints
one line of JSON: {"ok":true,"echoed":N,"ms":…,"close":1000}, exit 0. Otherwise {"ok":false,"error":…} and,
where a handshake was refused, "status" with the HTTP status; exit 1.

With --hold it sends each line of its stdin as text and prints each reply as a line. After the end of stdin it closes
with 1000 and exits 0. When the server closes first, it prints "closed CODE" and exits 1.
"""

import argparse
import asyncio
import json
import ssl
import sys
import threading
import time
from urllib.parse import urlsplit

import websockets

PATIENCE = 10  # seconds, for the handshake, for each echo and for the close


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--host")
    parser.add_argument("--resolve")
    parser.add_argument("--insecure", action="store_true")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--hold", action="store_true")
    return parser.parse_args()


def connect(options):
    url = urlsplit(options.url)
    secure = url.scheme == "wss"
    target = url if options.resolve is None else urlsplit("//" + options.resolve)
    named = url if options.host is None else url._replace(netloc=options.host)
    tls = {}
    if secure:
        context = ssl.create_default_context()
        if options.insecure:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        tls = {"ssl": context, "server_hostname": named.hostname}
    return websockets.connect(
        named.geturl(),
        host=target.hostname,
        port=target.port or (443 if secure else 80),
        open_timeout=PATIENCE,
        close_timeout=PATIENCE,
        compression=None,
        max_size=None,
        **tls,
    )


async def echo(socket, count):
    started = time.monotonic()
    for i in range(1, count + 1):
        text = f"message {i} ✓"
        sent = text.encode() if i % 2 == 0 else text
        await socket.send(sent)
        reply = await asyncio.wait_for(socket.recv(), PATIENCE)
        if reply != sent:
            raise ValueError(f"sent {sent!r}, but received {reply!r}")
    ms = round((time.monotonic() - started) * 1000)
    await socket.close(1000)
    return {"ok": True, "echoed": count, "ms": ms, "close": socket.close_code}


def stdin_lines():
    """The lines of stdin as a queue that ends with None, read by a thread that does not keep the program alive."""
    lines = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read():
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()
    return lines


async def send_lines(socket, ended):
    lines = stdin_lines()
    try:
        while (line := await lines.get()) is not None:
            await socket.send(line)
        ended.set()
        await socket.close(1000)
    except websockets.ConnectionClosed:
        return  # hold() hears of it too, and tells


async def hold(socket):
    ended = asyncio.Event()
    sending = asyncio.ensure_future(send_lines(socket, ended))
    try:
        while True:
            reply = await socket.recv()
            print(reply if isinstance(reply, str) else reply.decode(), flush=True)
    except websockets.ConnectionClosed:
        sending.cancel()
        if ended.is_set() and socket.close_code == 1000:
            return 0
        print(f"closed {socket.close_code}", flush=True)
        return 1


def say(answer):
    print(json.dumps(answer, separators=(",", ":"), ensure_ascii=False))


async def main():
    options = arguments()
    try:
        async with connect(options) as socket:
            if options.hold:
                return await hold(socket)
            say(await echo(socket, options.count))
            return 0
    except websockets.InvalidStatusCode as refused:
        say({"ok": False, "error": "the handshake was refused", "status": refused.status_code})
    except websockets.ConnectionClosed as closed:
        say({"ok": False, "error": f"closed {closed.code}"})
    except (OSError, ValueError, asyncio.TimeoutError, websockets.WebSocketException) as error:
        say({"ok": False, "error": str(error) or type(error).__name__})
    return 1


sys.exit(asyncio.run(main()))
