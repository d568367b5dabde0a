// Answers every call with what it was sent, in gRPC's way: HTTP/2 without TLS, the status in the trailers.
import http2 from 'node:http2';

const server = http2.createServer();
server.on('stream', (stream, headers) => {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'x-seen': headers['x-forwarded-for'] },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.pipe(stream);
});
server.listen(Number(process.env.PORT));
