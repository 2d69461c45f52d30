// Prepares Mocha in Node: source maps in stack traces, and a stand-in for the `vscode` module.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

process.setSourceMapsEnabled(true);

const standIn = path.join(__dirname, '../out/test/support/vscode.js');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return request === 'vscode' && fs.existsSync(standIn) ? standIn : resolve.call(this, request, ...rest);
};
