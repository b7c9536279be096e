/**
 * Is loaded by a client of Node before anything else, and gives V8 what it had compiled of each module of the client when an
 * earlier command ended. Node loads, wraps and runs the module as it always does. What the client starts in turn knows nothing of it.
 */
export const keptCodeProgram = `'use strict';
const { POSTERN_CODE_KEPT_IN: file, POSTERN_CODE_OF: folder } = process.env;
delete process.env.NODE_OPTIONS;
delete process.env.POSTERN_CODE_KEPT_IN;
delete process.env.POSTERN_CODE_OF;
delete require.cache[__filename];

if (file !== undefined && folder !== undefined) {
  const fs = require('fs');
  const Module = require('module');
  const vm = require('vm');

  const kept = read();
  const compiled = new Map();
  const compileOfNode = Module.prototype._compile;
  const columnOffset = -Module.wrapper[0].length;
  // V8 forgets with which loader a kept script imports.
  const importing = /\\bimport\\s*\\(/;
  const running = [];
  Object.defineProperty(process, Symbol.for('postern.running'), { value: () => running.pop() });
  const runs = "process[Symbol.for('postern.running')]().call(this, exports, require, module, __filename, __dirname)";

  Module.prototype._compile = function (content, filename, format) {
    const isUsual = format === 'module' || !filename.startsWith(folder) || importing.test(content);
    const script = isUsual ? undefined : compile(content, filename);
    if (script === undefined) return compileOfNode.apply(this, arguments);
    running.push(script.runInThisContext());
    return compileOfNode.call(this, runs, filename, 'commonjs');
  };

  function compile(content, filename) {
    const cachedData = kept.get(filename);
    const source = Module.wrap(content.startsWith('#!') ? '//' + content : content);
    let script;
    try {
      script = new vm.Script(source, { filename, cachedData, columnOffset });
    } catch {
      // What is no script, Node knows what to do with, or what to say of.
      return undefined;
    }
    if (cachedData === undefined || script.cachedDataRejected) compiled.set(filename, script);
    return script;
  }

  process.on('exit', () => {
    if (compiled.size === 0) return;
    try {
      write();
    } catch {
      // The next command compiles it again.
    }
  });

  /** A file of the sizes of all, then each at a multiple of eight bytes, as V8 wants it; where it is no such file, nothing is kept. */
  function read() {
    const found = new Map();
    try {
      const bytes = fs.readFileSync(file);
      const start = 8 + bytes.readUInt32LE(0);
      let at = aligned(start);
      for (const [name, size] of JSON.parse(bytes.toString('utf8', 8, start))) {
        found.set(name, bytes.subarray(at, at + size));
        at = aligned(at + size);
      }
    } catch {
      found.clear();
    }
    return found;
  }

  function write() {
    const all = new Map(kept);
    for (const [name, script] of compiled) all.set(name, script.createCachedData());
    const head = Buffer.from(JSON.stringify([...all].map(([name, bytes]) => [name, bytes.length])));
    const start = Buffer.alloc(8);
    start.writeUInt32LE(head.length);
    const parts = [start, head];
    let at = 8 + head.length;
    for (const bytes of all.values()) {
      parts.push(Buffer.alloc(aligned(at) - at), bytes);
      at = aligned(at) + bytes.length;
    }
    fs.writeFileSync(file + '.' + process.pid, Buffer.concat(parts));
    fs.renameSync(file + '.' + process.pid, file);
  }

  function aligned(at) {
    return Math.ceil(at / 8) * 8;
  }
}
`;
