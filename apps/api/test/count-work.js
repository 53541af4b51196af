// Preloaded into the service: counts promises, timers, socket writes and more, and writes the
// counts as a line of JSON to standard error on SIGUSR2.
import { createHook } from 'node:async_hooks';
import { OutgoingMessage } from 'node:http';
import { Socket } from 'node:net';
import express from 'express';

const counts = {
  promises: 0,
  immediates: 0,
  timers: 0,
  headersSet: 0,
  prototypesChanged: 0,
  jsonCalls: 0,
  socketWrites: 0,
  routed: 0,
};

createHook({
  init(_id, type) {
    if (type === 'PROMISE') {
      counts.promises += 1;
    }
    if (type === 'Timeout') {
      counts.timers += 1;
    }
  },
}).enable();

count(globalThis, 'setImmediate', 'immediates');
count(OutgoingMessage.prototype, 'setHeader', 'headersSet');
count(JSON, 'parse', 'jsonCalls');
count(JSON, 'stringify', 'jsonCalls');
count(Socket.prototype, '_write', 'socketWrites');
count(Socket.prototype, '_writev', 'socketWrites');
count(express.Router.prototype, 'handle', 'routed');
countPrototypeChanges();

const { stringify } = JSON;
process.on('SIGUSR2', () => {
  process.stderr.write(`${stringify({ counts })}\n`);
});

function count(owner, name, counter) {
  const original = owner[name];
  // Keep symbol properties, such as the promisified form of a timer.
  owner[name] = Object.assign(function (...args) {
    counts[counter] += 1;
    return original.apply(this, args);
  }, original);
}

function countPrototypeChanges() {
  const { setPrototypeOf, getPrototypeOf } = Object;
  Object.setPrototypeOf = (object, prototype) => {
    if (getPrototypeOf(object) !== prototype) {
      counts.prototypesChanged += 1;
    }
    return setPrototypeOf(object, prototype);
  };
}
