#!/usr/bin/env node
// Many WebSockets of npm's ws in one program, for tests: many.mjs URL --count N [--resolve ADDRESS:PORT] [--insecure]
//
// Opens N sockets and prints "open N". For each line of its stdin it sends a message on every socket and prints
// "echoed K of N" when each has answered or closed. After the end of stdin it closes them all and exits 0.

import { once } from "node:events";
import readline from "node:readline";
import { parseArgs } from "node:util";
import { open, opened } from "./connect.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    resolve: { type: "string" },
    insecure: { type: "boolean", default: false },
    count: { type: "string" },
  },
});

const sockets = [];
for (let i = 0; i < Number(options.count); i++) {
  const socket = open(positionals[0], options);
  await opened(socket);
  socket.on("error", () => {}); // told by the close that follows it
  sockets.push(socket);
}
console.log(`open ${sockets.length}`);

async function echoes(socket, message) {
  if (socket.readyState !== socket.OPEN) return false;
  const over = new AbortController();
  try {
    socket.send(message);
    const closed = once(socket, "close", over).then(() => ["closed"]);
    closed.catch(() => {}); // aborted when the reply came first
    const [reply] = await Promise.race([once(socket, "message", over), closed]);
    return reply.toString() === message;
  } finally {
    over.abort();
  }
}

let round = 0;
for await (const _ of readline.createInterface({ input: process.stdin })) {
  round++;
  const answers = await Promise.all(sockets.map((socket, i) => echoes(socket, `round ${round}, socket ${i}`)));
  console.log(`echoed ${answers.filter(Boolean).length} of ${sockets.length}`);
}
sockets.forEach((socket) => socket.terminate());
process.exit(0);
