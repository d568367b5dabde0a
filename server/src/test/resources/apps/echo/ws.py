"""A WebSocket process for the tests: echoes, at a path that ends in who says which process it is, and to rev which revision."""
import asyncio
import os
import socket

import websockets


async def echo(connection, path):
    async for message in connection:
        if message == "rev":
            await connection.send(os.environ["GIT_REV"])
        else:
            await connection.send(f"{socket.gethostname()} {path}" if path.endswith("who") else message)


async def main():
    # No pings of its own: what keeps a silent socket open, or closes it, is what stands before this process.
    async with websockets.serve(echo, "0.0.0.0", int(os.environ["PORT"]), ping_interval=None):
        print("ws listens on", os.environ["PORT"], flush=True)
        await asyncio.Future()


asyncio.run(main())
