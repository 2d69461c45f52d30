/** Holds plain JavaScript that takes the place of native modules which would need a compiler. */

/** Log files in the format of `@vscode/spdlog`: timestamps, levels, one file for each logger. */
export const LOGGER_SOURCE = `
const fs = require('fs');
const path = require('path');
const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

class Logger {
  constructor(name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  write(level, text) {
    if (level < this.level) return;
    const line = this.plain ? text : new Date().toISOString() + ' [' + LEVELS[level] + '] ' + text + '\\n';
    try { fs.appendFileSync(this.file, line); } catch { /* a log that cannot be written must not stop the editor */ }
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.plain = true; }
  setPattern() {}
  flush() {}
  drop() {}
}

const create = async (name, file) => new Logger(name, file);
// One assignment for each name: that is how an ES module finds the names of a CommonJS one.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** Ends the process when the one that started it has gone, as `native-watchdog` does. */
export const WATCHDOG_SOURCE = `
exports.start = (parent) => {
  setInterval(() => {
    try { process.kill(parent, 0); } catch (error) { if (error.code === 'ESRCH') process.exit(87); }
  }, 1000).unref();
};
`;
