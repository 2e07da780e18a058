/* Which pages contain a run of letters, and which answer a query, over the files that gongkai/search wrote.
 *
 * gkSearch.engine(load) promises what is asked of the index:
 *
 * engine.start                {count, facets: [{key, label, values, of}], extra}; a page's rank is its place among all
 *                             pages, newest first; of: one character per rank (48 = no value, 49 = values[0], ...);
 *                             extra: names of further files, by what they are for
 * engine.facet(facet, rank)   the label of a page's facet, or ""
 * engine.phrase(run, onPart)  Map of rank -> zone for the pages that contain the folded run ("" = every page);
 *                             zone: 0 title, 1 names of entry, field and unit, 2 text, 3 text of an attachment.
 *                             onPart gets the Map of each shard, the newest first, as they are answered
 * engine.text(rank, runs)     {url, title, date, blocks: [{text, file?}], meta}: what to show a hit from; file names the
 *                             attachment that a block comes from. Of long texts: the start, and where the runs are first
 *
 * All of them reject when a file cannot be read: an answer is whole, or there is none.
 *
 * gkSearch.answers(load) is the engine with what a page keeps while it is open:
 *
 * isLoaded()                  whether the engine has been asked for
 * engine(), words(), foldTable()  each loaded once, and again after it failed
 * findPages(eng, parsed, preview)  every page that answers a parsed query: Map of rank -> zone. preview(hits) is called
 *                             as shards answer; hits() gives what has been found so far
 * forget()                    the data on the server may be those of a newer build by now: all of them are read anew
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const { json, remembering, textsName } = gk.shards;
  const FORMAT = 2;
  const FIRST_CODE = 48;
  const [TITLE, NAMES, BODY, FILES] = [0, 1, 2, 3];
  const KEPT_PLACES = 12; // runs whose places are kept for engine.text
  const KEPT_ANSWERS = 60;

  /* ---- Shards together ---- */

  /** Which rank each record of each shard has (-1: replaced or gone), and the other way round. */
  function rankRecords(count, shards) {
    const shardOf = new Uint16Array(count);
    const recordOf = new Uint32Array(count);
    const taken = new Uint8Array(count);
    const place = (shard, number, rank) => {
      shard.ranks[number] = rank;
      shardOf[rank] = shards.indexOf(shard);
      recordOf[rank] = number;
      taken[rank] = 1;
    };
    for (const shard of shards) {
      shard.ranks = new Int32Array(shard.entry.records).fill(-1);
      shard.entry.at?.forEach((rank, number) => place(shard, number, rank));
    }
    let rank = 0;
    for (const shard of shards.filter(({ entry }) => !entry.at)) {
      const gone = new Set(shard.entry.gone);
      for (let number = 0; number < shard.entry.records; number += 1) {
        if (gone.has(number)) continue;
        while (taken[rank]) rank += 1;
        if (rank >= count) throw new Error("start data: more records than pages");
        place(shard, number, rank);
      }
    }
    if (taken.includes(0)) throw new Error("start data: a page without record");
    return (of) => ({ shard: shards[shardOf[of]], number: recordOf[of] });
  }

  gk.engine = async (load) => {
    const start = json(await load("start.bin"));
    if (start.format !== FORMAT) throw new Error("start data: unknown format");
    const programs = gk.shards.programs(load);
    const shards = start.shards.map((entry) => ({
      entry,
      filesFrom: new Map(entry.files),
      index: gk.shards.open(entry, load, programs),
    }));
    const recordAt = rankRecords(start.count, shards);
    const texts = remembering(load, json);
    const places = new Map(); // run -> Map of rank -> its first place in the record's row

    function zoneOf(shard, number, place) {
      const [titleEnds, namesEnd] = shard.entry.zones;
      if (place < titleEnds) return TITLE;
      if (place < namesEnd) return NAMES;
      return place < (shard.filesFrom.get(number) ?? Infinity) ? BODY : FILES;
    }

    async function phraseIn(shard, letters, at) {
      const part = new Map();
      await shard.index.phrase(letters, (number, place, zone) => {
        const rank = shard.ranks[number];
        if (rank === undefined) throw new Error("index: a record that the start data do not know");
        if (rank < 0) return;
        part.set(rank, zone ?? zoneOf(shard, number, place));
        if (place !== null) at.set(rank, place);
      });
      return part;
    }

    async function phrase(run, onPart) {
      const found = new Map();
      if (!run) {
        for (let rank = 0; rank < start.count; rank += 1) found.set(rank, BODY);
        onPart?.(found);
        return found;
      }
      const letters = Array.from(run);
      const at = new Map();
      const parts = shards.map((shard) => phraseIn(shard, letters, at));
      parts.forEach((part) => part.catch(() => {})); // the first that fails is reported below
      for (const part of parts) {
        const pages = await part;
        pages.forEach((zone, rank) => found.set(rank, zone));
        onPart?.(pages);
      }
      if (places.size >= KEPT_PLACES) places.delete(places.keys().next().value);
      places.set(run, at);
      return found;
    }

    const block = (one) => (typeof one === "string" ? { text: one } : { text: one[0], file: one[1] });

    async function text(rank, runs = []) {
      const { shard, number } = recordAt(rank);
      const { group: size } = shard.entry;
      const record = (await texts(textsName(shard.entry, Math.floor(number / size))))[number % size];
      const { url, title, date, meta, more = [] } = record;
      const wanted = new Set();
      for (const run of more.length ? runs : []) {
        const place = places.get(run)?.get(rank);
        const piece = more.filter(([from]) => from <= (place ?? Infinity)).length - 1;
        if (place !== undefined && piece >= 0) wanted.add(piece);
        else if (place === undefined) more.forEach((_, i) => wanted.add(i)); // a single letter: its place is not known
      }
      const pieces = await Promise.all([...wanted].sort((a, b) => a - b).map((i) => texts(more[i][1])));
      return { url, title, date, meta, blocks: [...record.blocks, ...pieces.flat()].map(block) };
    }

    return {
      start: { count: start.count, facets: start.facets, extra: start.extra },
      facet: (facet, rank) => facet.values[facet.of.charCodeAt(rank) - FIRST_CODE - 1] ?? "",
      phrase,
      text,
    };
  };

  /* ---- What a page keeps ---- */

  gk.answers = (load) => {
    const loaded = new Map();
    const answered = new Map(); // run -> answer of the engine, for filters and order to work on

    function once(name, read) {
      if (!loaded.has(name)) {
        const loading = read();
        loaded.set(name, loading);
        loading.catch(() => loaded.delete(name));
      }
      return loaded.get(name);
    }

    const engine = () => once("engine", () => gk.engine(load));
    const extra = async (name) => load((await engine()).start.extra[name]);
    const words = () => once("words", async () => gk.words(json(await extra("words"))));
    const foldTable = () => once("fold", async () => gk.fold.useTable(await extra("fold")));

    function forget() {
      loaded.clear();
      answered.clear();
    }

    /** The pages that contain a run. parts gets what has been answered so far whenever a shard has answered. */
    async function phrase(eng, run, parts) {
      if (!answered.has(run)) {
        const soFar = new Map();
        const whole = await eng.phrase(run, (part) => {
          part.forEach((zone, rank) => soFar.set(rank, zone));
          parts?.(run, soFar);
        });
        if (answered.size >= KEPT_ANSWERS) answered.clear();
        answered.set(run, whole);
      }
      return answered.get(run);
    }

    async function findPages(eng, parsed, preview) {
      const runs = parsed.runs.length ? parsed.runs : [""];
      const answers = new Map();
      const parts = (run, soFar) => {
        answers.set(run, soFar);
        preview?.(() => gk.query.hits(parsed, answers));
      };
      await Promise.all(runs.map(async (run) => answers.set(run, await phrase(eng, run, parts))));
      return gk.query.hits(parsed, answers);
    }

    return { isLoaded: () => loaded.has("engine"), engine, words, foldTable, findPages, forget };
  };
})();
