"""A WebSocket process for the tests: echoes, and at a path that ends in who says which process it is."""
import asyncio
import os
import socket

import websockets


async def echo(connection, path):
    async for message in connection:
        await connection.send(f"{socket.gethostname()} {path}" if path.endswith("who") else message)


async def main():
    async with websockets.serve(echo, "0.0.0.0", int(os.environ["PORT"])):
        print("ws listens on", os.environ["PORT"], flush=True)
        await asyncio.Future()


asyncio.run(main())
