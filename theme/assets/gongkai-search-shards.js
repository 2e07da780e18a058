/* The two kinds of index that a shard can be, each asked for a run of letters: gkSearch.shards.
 *
 * open(entry, load, programs)  the index of a shard of the start data: phrase(letters, found) calls
 *                              found(record, place, zone) for the first place of the run in each record, in letters
 *                              from the start of its row; of a single letter the zone is given and the place null
 * programs(load)               Pagefind's programs by the names of their files, for open
 * textsName(entry, group)      the file that holds a group of a shard's texts
 * remembering(load, read)      load, but each file is loaded and read once
 * json(bytes)                  what is written in a file
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const UNIT = 32; // positions: rows start at multiples of it
  const KEPT_FILES = 300; // files kept unpacked, so that a long session does not hold the whole index

  const json = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

  /** load, but each file once. One that failed may be tried again. */
  function remembering(load, read) {
    const files = new Map();
    return (name) => {
      if (!files.has(name)) {
        if (files.size >= KEPT_FILES) files.delete(files.keys().next().value);
        const file = load(name).then(read);
        files.set(name, file);
        file.catch(() => files.delete(name));
      }
      return files.get(name);
    };
  }

  /** The file of a part of a shard: "i" and the number of a chunk, "t" and that of a group of texts. */
  function fileOf(entry, kind, number, digits) {
    const part = kind + String(number).padStart(digits, "0");
    return entry.moved?.[part] ?? `${entry.name}-${part}.bin`;
  }
  const chunkName = (entry, number) => fileOf(entry, "i", number, 4);
  const textsName = (entry, group) => fileOf(entry, "t", group, 5);

  /* ---- Our own index (gongkai/search/bigram.py) ---- */

  /** Numbers of 7 bits a byte, low bits first: calls each with what it adds up to. */
  function eachRising(bytes, call) {
    let total = 0;
    let at = 0;
    while (at < bytes.length) {
      let shift = 1;
      let number = bytes[at] & 0x7f;
      while (bytes[at] & 0x80) {
        at += 1;
        shift *= 0x80;
        number += (bytes[at] & 0x7f) * shift;
      }
      at += 1;
      total += number;
      call(total);
    }
  }

  /** A chunk as a Map of key -> the bytes of its list. */
  function readChunk(bytes) {
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 1; ; shift *= 0x80) {
        if (at >= bytes.length) throw new Error("chunk: cut");
        const byte = bytes[at];
        at += 1;
        value += (byte & 0x7f) * shift;
        if (!(byte & 0x80)) return value;
      }
    };
    const count = number();
    const size = number();
    const keys = count ? new TextDecoder().decode(bytes.subarray(at, at + size)).split("\n") : [];
    at += size;
    const sizes = Array.from({ length: count }, number);
    const lists = new Map();
    keys.forEach((key, i) => {
      lists.set(key, bytes.subarray(at, at + sizes[i]));
      at += sizes[i];
    });
    if (keys.length !== count || at !== bytes.length) throw new Error("chunk: cut");
    return lists;
  }

  function bigramShard(entry, load) {
    const firstKeys = entry.keys ? entry.keys.split("\n") : [];
    const starts = new Float64Array(entry.units.length + 1);
    entry.units.forEach((units, i) => {
      starts[i + 1] = starts[i] + units * UNIT;
    });
    const chunk = remembering(load, readChunk);

    async function list(key) {
      let low = -1; // the last chunk whose first key is not above the key
      for (let high = firstKeys.length; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if (firstKeys[middle] <= key) low = middle;
        else high = middle;
      }
      return low < 0 ? new Uint8Array() : ((await chunk(chunkName(entry, low))).get(key) ?? new Uint8Array());
    }

    async function letter(run, found) {
      eachRising(await list(run), (code) => found(code >> 2, null, code & 3));
    }

    /** Calls found(record, place in its row) for the first place of the run in each record. */
    async function phrase(letters, found) {
      if (letters.length === 1) return letter(letters[0], found);
      const at = []; // where in the run its pairs stand: every second one, and the last
      for (let i = 0; i < letters.length - 2; i += 2) at.push(i);
      at.push(letters.length - 2);
      const lists = await Promise.all(at.map(async (i) => ({ i, bytes: await list(letters[i] + letters[i + 1]) })));
      lists.sort((a, b) => a.bytes.length - b.bytes.length);
      if (!lists[0].bytes.length) return undefined;
      let places = [];
      eachRising(lists[0].bytes, (place) => places.push(place - lists[0].i));
      for (const { i, bytes } of lists.slice(1)) {
        const both = [];
        let next = 0;
        eachRising(bytes, (place) => {
          while (next < places.length && places[next] < place - i) next += 1;
          if (next < places.length && places[next] === place - i) both.push(place - i);
        });
        places = both;
        if (!places.length) return undefined;
      }
      let record = 0;
      for (const place of places) {
        if (place < starts[record]) continue; // a further place in a record that is found already
        let low = record;
        for (let high = starts.length; high - low > 1; ) {
          const middle = (low + high) >> 1;
          if (starts[middle] <= place) low = middle;
          else high = middle;
        }
        found(low, place - starts[low]);
        record = low + 1;
      }
      return undefined;
    }

    return { phrase };
  }

  /* ---- Pagefind's index, asked without Pagefind's script (gongkai/search/pagefind.py) ---- */

  /** Pagefind's program: what wasm-bindgen's glue would do, for the four functions that are used. */
  async function pagefindProgram(bytes) {
    let wasm = null;
    const table = () => {
      const references = wasm.__wbindgen_externrefs;
      const offset = references.grow(4);
      references.set(0, undefined);
      [undefined, null, true, false].forEach((value, i) => references.set(offset + i, value));
    };
    const imports = { "./pagefind_web_bg.js": { __wbindgen_init_externref_table: table } };
    wasm = (await WebAssembly.instantiate(bytes, imports)).instance.exports;
    wasm.__wbindgen_start();
    const put = (data) => {
      const at = wasm.__wbindgen_malloc(data.length, 1) >>> 0;
      new Uint8Array(wasm.memory.buffer).set(data, at);
      return [at, data.length];
    };
    const putText = (text) => put(new TextEncoder().encode(text));
    const takeJson = ([at, length]) => {
      try {
        return json(new Uint8Array(wasm.memory.buffer, at >>> 0, length));
      } finally {
        wasm.__wbindgen_free(at, length, 1);
      }
    };
    return {
      open: (list) => wasm.init_pagefind(...put(list)) >>> 0,
      chunksFor: (index, phrase) => takeJson(wasm.request_indexes(index, ...putText(phrase))),
      addChunk: (index, chunk) => wasm.load_index_chunk(index, ...put(chunk)) >>> 0,
      search: (index, plain, phrase) =>
        takeJson(wasm.search(index, ...putText(plain), ...putText(phrase), ...putText("{}"), ...putText(""), true, true)),
    };
  }

  function pagefindShard(entry, load, programs) {
    const chunk = remembering(load, (bytes) => bytes);
    const added = new Map(); // chunk -> promise that the program has it
    let opened = null;
    let index = 0;

    async function open() {
      const [program, list] = await Promise.all([programs(entry.program), load(`${entry.name}-list.bin`)]);
      index = program.open(list);
      return program;
    }

    async function ask(letters, found) {
      if (!opened) {
        opened = open();
        opened.catch(() => {
          opened = null;
        });
      }
      const program = await opened;
      const phrase = letters.join(" ");
      const plain = phrase.normalize("NFD").replace(/\p{M}/gu, ""); // chunks are sorted by letters without accents
      await Promise.all(
        program.chunksFor(index, plain).map((number) => {
          if (!added.has(number)) {
            const adding = chunk(chunkName(entry, number)).then((bytes) => {
              index = program.addChunk(index, bytes);
            });
            added.set(number, adding);
            adding.catch(() => added.delete(number));
          }
          return added.get(number);
        }),
      );
      for (const result of program.search(index, plain, phrase).results) {
        const first = result.l.reduce((least, { l: place }) => Math.min(least, place), Infinity);
        found(Number(result.p), first);
      }
    }

    return { phrase: ask };
  }

  gk.shards = {
    open: (entry, load, programs) => (entry.engine === "bigram" ? bigramShard(entry, load) : pagefindShard(entry, load, programs)),
    programs: (load) => remembering(load, pagefindProgram),
    textsName,
    remembering,
    json,
  };
})();
