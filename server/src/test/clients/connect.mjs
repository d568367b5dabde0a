// Opens WebSockets with npm's ws, for the clients beside this file.

import { once } from "node:events";
import net from "node:net";
import tls from "node:tls";
import WebSocket from "ws";

export const PATIENCE = 10_000; // ms, for the handshake, for each echo and for the close

// host: whom the request is for, if not whom the URL names; resolve: ADDRESS:PORT to connect to; insecure: takes any certificate.
export function open(address, { host, resolve, insecure }) {
  const url = new URL(address);
  const secure = url.protocol === "wss:";
  const target = resolve === undefined ? url : new URL(`${url.protocol}//${resolve}`);
  const place = {
    host: target.hostname.replace(/^\[|\]$/g, ""),
    port: Number(target.port || (secure ? 443 : 80)),
  };
  const name = host === undefined ? url : new URL(`${url.protocol}//${host}`);
  const servername = net.isIP(name.hostname.replace(/^\[|\]$/g, "")) ? "" : name.hostname;
  return new WebSocket(url, {
    headers: { Host: name.host },
    handshakeTimeout: PATIENCE,
    perMessageDeflate: false,
    createConnection: () =>
      secure ? tls.connect({ ...place, servername, rejectUnauthorized: !insecure }) : net.connect(place),
  });
}

export async function opened(socket) {
  const refused = new Promise((_, reject) => {
    socket.once("unexpected-response", (request, response) => {
      request.destroy();
      reject(Object.assign(new Error("the handshake was refused"), { status: response.statusCode }));
    });
  });
  await Promise.race([once(socket, "open"), refused]);
}
