// A page that says what the build left.
const { createServer } = require('node:http');
const { motto } = require('./motto');

createServer((request, response) => response.end(`${motto}, ${process.env.NODE_ENV}\n`)).listen(process.env.PORT, '0.0.0.0');
