#!/usr/bin/env node
// A WebSocket client on npm's ws, for tests: echo.mjs URL [--host HOST] [--resolve ADDRESS:PORT] [--insecure]
//                                                         [--count N] [--hold]
//
// Connects to URL; with --host the request is for that host name (Host header, TLS server name), though the connection
// goes where URL says; with --resolve the connection goes to that address instead. --insecure takes any certificate.
//
// Sends N messages (1 unless said otherwise; text and bytes in turn), each when the one before has come back, and
// prints one line of JSON: {"ok":true,"echoed":N,"ms":…,"close":1000}, exit 0. Otherwise {"ok":false,"error":…} and,
// where a handshake was refused, "status" with the HTTP status; exit 1.
//
// With --hold it sends each line of its stdin as text and prints each reply as a line. After the end of stdin it closes
// with 1000 and exits 0. When the server closes first, it prints "closed CODE" and exits 1.

import { once } from "node:events";
import readline from "node:readline";
import { parseArgs } from "node:util";
import { open, opened, PATIENCE } from "./connect.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: "string" },
    resolve: { type: "string" },
    insecure: { type: "boolean", default: false },
    count: { type: "string", default: "1" },
    hold: { type: "boolean", default: false },
  },
});

// The next event of these names, or an error when the socket closes or nothing comes.
async function next(socket, name) {
  const over = new AbortController();
  const late = setTimeout(() => over.abort(new Error(`no ${name} within ${PATIENCE} ms`)), PATIENCE);
  const closed = name === "close" ? [] : [once(socket, "close", over).then(([code]) => {
    throw new Error(`closed ${code}`);
  })];
  try {
    return await Promise.race([once(socket, name, over), ...closed]);
  } catch (error) {
    throw over.signal.aborted ? over.signal.reason : error;
  } finally {
    clearTimeout(late);
    over.abort();
  }
}

async function echo(socket, count) {
  const started = performance.now();
  for (let i = 1; i <= count; i++) {
    const sent = `message ${i} ✓`;
    const binary = i % 2 === 0;
    socket.send(binary ? Buffer.from(sent) : sent);
    const [reply, isBinary] = await next(socket, "message");
    if (reply.toString() !== sent || isBinary !== binary) {
      throw new Error(`sent ${sent}, but received ${reply}`);
    }
  }
  const ms = Math.round(performance.now() - started);
  socket.close(1000);
  const [code] = await next(socket, "close");
  return { ok: true, echoed: count, ms, close: code };
}

async function hold(socket) {
  let ending = false;
  socket.on("message", (reply) => console.log(reply.toString()));
  const closed = once(socket, "close");
  const lines = readline.createInterface({ input: process.stdin });
  lines.on("line", (line) => socket.send(line));
  lines.on("close", () => {
    ending = true;
    socket.close(1000);
  });
  const [code] = await closed;
  if (ending && code === 1000) return 0;
  console.log(`closed ${code}`);
  return 1;
}

async function main() {
  try {
    const socket = open(positionals[0], options);
    await opened(socket);
    socket.on("error", () => {}); // told by the close that follows it
    if (options.hold) return await hold(socket);
    console.log(JSON.stringify(await echo(socket, Number(options.count))));
    return 0;
  } catch (error) {
    console.log(JSON.stringify({ ok: false, error: error.message || error.code, status: error.status }));
    return 1;
  }
}

process.exit(await main());
