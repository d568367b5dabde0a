// Sends back what it gets.
const { WebSocketServer } = require('ws');

new WebSocketServer({ port: process.env.PORT, host: '0.0.0.0' }).on('connection', (socket) =>
  socket.on('message', (data, binary) => socket.send(data, { binary })));
