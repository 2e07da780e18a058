/* Where the search data comes from: gkSearch.load(name) gives the unpacked bytes of a file of the search data folder.
 *
 * Online the file is fetched. In an offline copy, where a browser lets no script read a file, the same bytes lie in
 * packs: scripts of base64, each of which registers a range of the file names. The page says which of the two it is:
 *
 *   data-gk-data="../search/data/"    the search data folder (online)
 *   data-gk-packs="../search/packs/"  the packs of an offline copy; there, data-gk-data is not read
 *
 * A folder of packs holds list.js, which calls gkSearch.packs([["first name", "file.js"], ...]), sorted by name: a
 * name lies in the last pack whose first name is not above it. A pack calls gkSearch.pack("name", "base64") for each
 * of its files. Nothing is asked for before the first call of load.
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const START = "start.bin"; // the only file that changes its content and keeps its name
  const GZIP = [0x1f, 0x8b];
  const MARK = Array.from("gks2", (ch) => ch.charCodeAt(0));

  /** An attribute of the search page as an absolute address, or "" if it has none. */
  function folderOf(attribute) {
    const value = document.querySelector(`[${attribute}]`)?.getAttribute(attribute);
    return value ? new URL(value, document.baseURI).href : "";
  }

  /** The content of a file (gongkai/search/packing.py). Some servers unpack by themselves what they deliver. */
  async function contentOf(name, bytes) {
    let content = bytes;
    if (GZIP.every((byte, i) => bytes[i] === byte)) {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      content = new Uint8Array(await new Response(stream).arrayBuffer());
    }
    if (!MARK.every((byte, i) => content[i] === byte)) throw new Error(`${name}: no search data`);
    return content.subarray(MARK.length);
  }

  /* ---- Online ---- */

  async function fetched(name) {
    const answer = await fetch(folderOf("data-gk-data") + name, { cache: name === START ? "no-cache" : "default" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  /* ---- Offline copy ---- */

  const scripts = new Map(); // address -> promise that it ran
  const packed = new Map(); // name -> base64
  let ranges = null; // [[first name, file], ...]

  gk.packs = (list) => {
    ranges = list;
  };
  gk.pack = (name, base64) => {
    packed.set(name, base64);
  };

  /** Run a script once. One that failed may be tried again. */
  function script(address) {
    if (!scripts.has(address)) {
      const ran = new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.onload = resolve;
        element.onerror = () => {
          scripts.delete(address);
          element.remove();
          reject(new Error(`${address}: not read`));
        };
        element.src = address;
        document.head.append(element);
      });
      scripts.set(address, ran);
    }
    return scripts.get(address);
  }

  async function fromPack(name) {
    const folder = folderOf("data-gk-packs");
    if (!ranges) await script(`${folder}list.js`);
    let file = null;
    for (const [first, candidate] of ranges ?? []) if (first <= name) file = candidate;
    if (file && !packed.has(name)) await script(folder + file);
    if (!packed.has(name)) throw new Error(`${name}: in no pack`);
    return Uint8Array.from(atob(packed.get(name)), (ch) => ch.charCodeAt(0));
  }

  const read = (name) => (folderOf("data-gk-packs") ? fromPack(name) : fetched(name));

  /** The unpacked bytes of a file of the search data folder. Rejects when it is missing or damaged. */
  gk.load = async (name) => contentOf(name, await read(name));
})();
