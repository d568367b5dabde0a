// Calls once as a gRPC client does, over HTTP/2 from the first byte: node grpc.mjs URL HOST
// Prints the status, the type, what came back and the trailers, one line each.
import http2 from 'node:http2';

const [url, host] = process.argv.slice(2);
const session = http2.connect(url, { rejectUnauthorized: false, servername: host });
const message = Buffer.from('hello');
const frame = Buffer.alloc(5 + message.length);
frame.writeUInt32BE(message.length, 1);
message.copy(frame, 5);

session.on('error', (error) => {
  console.log(`error ${error.code}`);
  process.exit(1);
});
const call = session.request({
  ':method': 'POST',
  ':path': '/demo.Echo/Say',
  ':authority': host,
  'content-type': 'application/grpc',
  'x-forwarded-for': '6.6.6.6',
  te: 'trailers',
});
const parts = [];
call.on('response', (headers) => {
  console.log(`status ${headers[':status']}`);
  console.log(`type ${headers['content-type']}`);
  console.log(`seen ${headers['x-seen']}`);
});
call.on('trailers', (trailers) => console.log(`grpc-status ${trailers['grpc-status']}`));
call.on('data', (part) => parts.push(part));
call.on('end', () => {
  console.log(`body ${Buffer.concat(parts).subarray(5).toString()}`);
  session.close();
});
call.end(frame);
