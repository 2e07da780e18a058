/* Names to suggest, other words for what was typed, and the nearest entries of the catalogue: gkSearch.words(data).
 *
 * data is what gongkai/search/suggest.py wrote. All functions are pure; typed is what stands in the search box.
 *
 * suggestions(typed)   [{text, kind}] that begin with what was typed, then those that contain it, then its formal words
 * others(typed)        queries in which a word is replaced by another that means the same, the formal one first
 * apart(typed)         queries of the words in a sentence that nothing contains as a whole: 低保怎么申请 -> 低保 申请
 * nearest(typed)       [{id, path, count}]: entries whose names share most letters with what was typed
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const MOST_SUGGESTIONS = 5; // more would hide the answer on a phone
  const MOST_OTHERS = 6;
  const MOST_NEAREST = 6;
  const ASKING = /请问|为什么|什么时候|怎么样?|怎样|如何|多少钱?|哪里|哪儿|哪些|什么|需要|可以|能不能|有没有|是不是|[吗呢的了我想]/g;
  const WEIGHTS = { entry: 3, group: 2, field: 1 };

  /** A text as its folded letters, without breaks. */
  const bare = (text) => gk.query.runsOf(gk.fold.fold(text)).join("");

  function pairsOf(letters) {
    const all = Array.from(letters);
    return new Set(all.length < 2 ? all : all.slice(1).map((ch, i) => all[i] + ch));
  }

  /** Everything that can be suggested and leads to at least one page, each text once. */
  function namesOf(data) {
    const names = new Map();
    const add = (text, kind) => {
      const key = bare(text);
      if (key && !names.has(key)) names.set(key, { text, kind, key });
    };
    const filled = data.entries.filter(([, , count]) => count);
    const groupIds = new Set(filled.map(([id]) => id.slice(0, id.lastIndexOf("-"))));
    const fieldIds = new Set(filled.map(([id]) => id.slice(0, id.indexOf("-"))));
    const times = new Map();
    for (const [, name] of data.entries) times.set(name, (times.get(name) ?? 0) + 1);
    const groupNames = new Map(data.groups);
    for (const [id, name] of data.fields) if (fieldIds.has(id)) add(name, "领域");
    for (const [id, name] of data.groups) if (groupIds.has(id)) add(name, "目录");
    for (const [id, name] of filled) {
      const group = groupNames.get(id.slice(0, id.lastIndexOf("-")));
      add(times.get(name) > 1 && group ? `${group} ${name}` : name, "目录");
    }
    for (const [name, count] of data.units) if (count) add(name, "单位");
    return [...names.values()];
  }

  gk.words = (data) => {
    const names = namesOf(data);
    const synonyms = data.synonyms.map((group) => group.map((text) => ({ text, key: bare(text) })));
    const fieldNames = new Map(data.fields);
    const groupNames = new Map(data.groups);
    const entries = data.entries.map(([id, name, count]) => {
      const field = fieldNames.get(id.slice(0, id.indexOf("-"))) ?? "";
      const group = groupNames.get(id.slice(0, id.lastIndexOf("-"))) ?? "";
      const path = [field, group, name].filter((part, i, all) => part && part !== all[i - 1]);
      return { id, count, path, pairs: { entry: pairsOf(bare(name)), group: pairsOf(bare(group)), field: pairsOf(bare(field)) } };
    });

    function suggestions(typed) {
      const key = bare(typed);
      if (!key) return [];
      const found = names.filter((one) => one.key.includes(key) && one.key !== key);
      const formal = synonyms
        .filter((group) => key.length > 1 && group.some((word) => word.key.startsWith(key)))
        .flatMap((group) => names.filter((one) => group.some((word) => word.key.length > 1 && one.key.includes(word.key))));
      const order = (one) => (one.key.startsWith(key) ? 0 : 1);
      found.sort((a, b) => order(a) - order(b) || a.key.length - b.key.length);
      const all = [...new Set([...found, ...formal])].filter((one) => one.key !== key);
      return all.slice(0, MOST_SUGGESTIONS).map(({ text, kind }) => ({ text, kind }));
    }

    /** The groups of the longest words in a typed word: [{word, group}]. */
    function meantBy(key) {
      const found = [];
      for (const group of synonyms) {
        for (const word of group) if (word.key.length > 1 && key.includes(word.key)) found.push({ word, group });
      }
      return found.filter(({ word }) => !found.some((other) => other.word.key !== word.key && other.word.key.includes(word.key)));
    }

    function others(typed) {
      const offered = new Map();
      for (const part of typed.split(/\s+/)) {
        for (const { word, group } of meantBy(bare(part))) {
          for (const other of group) {
            // what contains the typed word finds no page more
            if (other.key.includes(word.key)) continue;
            const key = bare(part).replace(word.key, () => other.key);
            const text = bare(part) === word.key ? other.text : key;
            const query = typed.replace(part, () => text);
            if (!offered.has(bare(query))) offered.set(bare(query), query);
          }
        }
      }
      return [...offered.values()].slice(0, MOST_OTHERS);
    }

    function apart(typed) {
      const found = new Set();
      const known = new Set();
      for (const part of typed.split(/\s+/)) {
        for (const piece of bare(part).replace(ASKING, " ").split(" ")) {
          const meant = meantBy(piece).sort((a, b) => piece.indexOf(a.word.key) - piece.indexOf(b.word.key));
          let rest = piece;
          for (const { word } of meant) {
            const at = rest.indexOf(word.key);
            if (at < 0) continue;
            found.add(rest.slice(0, at)).add(word.key);
            known.add(word.key);
            rest = rest.slice(at + word.key.length);
          }
          found.add(rest);
        }
      }
      const all = [...found].filter((one) => Array.from(one).length > 1);
      const queries = [all.join(" "), [...known].join(" ")].flatMap((query) => (query ? [query, ...others(query)] : []));
      const same = new Set([typed, ...others(typed)]);
      return [...new Set(queries)].filter((query) => !same.has(query));
    }

    function nearest(typed) {
      const key = bare(typed);
      const asked = new Set(pairsOf(key));
      for (const { group } of meantBy(key)) for (const word of group) for (const pair of pairsOf(word.key)) asked.add(pair);
      const scored = [];
      for (const entry of entries) {
        let score = 0;
        for (const pair of asked) {
          if (entry.pairs.entry.has(pair)) score += WEIGHTS.entry;
          if (entry.pairs.group.has(pair)) score += WEIGHTS.group;
          if (entry.pairs.field.has(pair)) score += WEIGHTS.field;
        }
        if (score) scored.push({ entry, score });
      }
      scored.sort((a, b) => b.score - a.score || Math.min(b.entry.count, 1) - Math.min(a.entry.count, 1));
      const near = scored.filter(({ score }) => score * 3 >= scored[0].score);
      return near.slice(0, MOST_NEAREST).map(({ entry: { id, path, count } }) => ({ id, path, count }));
    }

    return { suggestions, others, apart, nearest };
  };
})();
