#!/usr/bin/env node
// Sends WebSocket messages of many shapes with npm's ws and prints one line for each event that comes back, for tests:
// frames.mjs URL [--host HOST]
//
// Text and binary messages of the sizes at which RFC 6455 changes its framing, fragmented ones with a ping between the
// fragments, pings with and without a payload; last a close with a code and a reason, on a socket of its own for each code.

import { createHash } from "node:crypto";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { open, opened } from "./connect.mjs";

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { host: { type: "string" } } });

const SIZES = [0, 1, 125, 126, 127, 65535, 65536, 200_000];
const CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 3000, 4999];

const bytes = (size) => Buffer.from(Array.from({ length: size }, (_, i) => 32 + (i % 90)));
const digest = (data) => createHash("sha256").update(data).digest("hex").slice(0, 16);

async function connected() {
  const socket = open(positionals[0], options);
  await opened(socket);
  return socket;
}

async function message(socket) {
  const [data, binary] = await once(socket, "message");
  console.log(`message ${binary ? "binary" : "text"} ${data.length} ${digest(data)}`);
}

const socket = await connected();
socket.on("pong", (data) => console.log(`pong ${data.length} ${digest(data)}`));
for (const size of SIZES) {
  for (const binary of [false, true]) {
    const reply = message(socket);
    socket.send(bytes(size), { binary });
    await reply;
  }
}
for (const size of [0, 1, 125]) {
  const pong = once(socket, "pong");
  socket.ping(bytes(size));
  await pong;
}
for (const parts of [[0, 0], [1, 1, 1], [126, 0, 65536], [65535, 3]]) {
  const reply = message(socket);
  for (const [i, size] of parts.entries()) {
    socket.send(bytes(size), { binary: true, fin: i === parts.length - 1 });
    if (i === 0) socket.ping("between");
  }
  await reply;
}
socket.terminate();
for (const code of CODES) {
  const closing = await connected();
  closing.close(code, `reason ${code}`);
  const [answer, reason] = await once(closing, "close");
  console.log(`close ${code} answered ${answer} ${reason}`);
}
process.exit(0);
