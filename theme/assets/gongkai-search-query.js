/* What a query asks for, and where a text answers it: gkSearch.query. Pure: no page, no network.
 *
 * runsOf(folded)             the unbroken runs of letters in a folded text, each of them once
 * parse(text)                {text, clauses, runs}: a page must answer every clause; a clause is a list of
 *                            alternatives, an alternative a list of runs that must all be there; runs: all of them
 * hits(parsed, answers)      which pages answer: Map of rank -> zone, out of a Map of run -> (Map of rank -> zone)
 * narrow(eng, hits, filters, byDate)  {passing, counts}: the hits that pass the filters, [{rank, zone}] in order, and for each
 *                            facet of the engine a Map of how many pages each of its values would give
 * findMarks(text, parsed)    where in the text the runs stand: [{from, to, run}] in order, without overlap
 * excerpts(blocks, parsed)   what to show of a page: [{text, file?, marks, cutBefore, cutAfter}], at least one if it has text
 *
 * The runs go by the same rules as gongkai/search/text.py.
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const { fold, foldLetter, spellings, isSpelled, mayBeSpelled } = gk.fold;
  const LONGEST = 100; // letters of a query that are looked at
  const EXCERPT_LETTERS = 90;
  const MOST_EXCERPTS = 2;
  const BREAK = "、";

  const LETTER = /[\p{L}\p{N}\u{20000}-\u{3FFFF}]/u;
  const DROPPED = /[\p{M}\p{Z}\p{Cc}\p{Cf}]/u;
  const SPACE = /\s/u;
  const NO_LETTERS = /[^\p{L}\p{N}\u{20000}-\u{3FFFF}]+/gu;
  const CLUSTER = /\P{M}\p{M}*|\p{M}+/suy; // a character with the marks combined with it

  /* ---- Queries ---- */

  /** The unbroken runs of letters in a folded text, each of them once. */
  function runsOf(folded) {
    const runs = new Set();
    let run = "";
    for (const ch of `${folded} `) {
      if (LETTER.test(ch)) {
        run += ch;
      } else if (run && (SPACE.test(ch) || !DROPPED.test(ch))) {
        runs.add(run);
        run = "";
      }
    }
    return [...runs];
  }

  const cut = (text) => Array.from(text).slice(0, LONGEST).join("");
  const isLetterAt = (text, at) => at >= 0 && at < text.length && LETTER.test(String.fromCodePoint(text.codePointAt(at)));

  /** A spelling as it was typed: what stands before a space is a word of its own. */
  function typedSpelling(found) {
    const before = found.before.slice(found.before.search(/\S*$/));
    const from = before ? found.at - (found.at - found.from - (found.before.length - before.length)) : found.at;
    return { ...found, from, run: before + found.run.slice(found.before.replace(/\s+/g, "").length) };
  }

  function parse(typed) {
    const text = cut(typed.trim());
    const folded = fold(text);
    const clauses = [];
    let rest = ""; // the text without what has become a clause
    let at = 0;
    for (const found of spellings(folded).map(typedSpelling)) {
      if (found.from < at || found.run.length < 2) continue;
      const literal = folded.slice(found.from, found.to);
      if (runsOf(literal)[0] === literal) {
        // 2026年9月, as letters without a break: part of a longer word, it is looked for as it stands
        if (isLetterAt(folded, found.from - 1) || isLetterAt(folded, found.to)) continue;
        clauses.push([[found.run], [literal]]);
      } else {
        clauses.push([[found.run]]);
      }
      rest += `${folded.slice(at, found.from)} `;
      at = found.to;
    }
    for (const run of runsOf(rest + folded.slice(at))) clauses.push([[run]]);
    return { text, clauses, runs: [...new Set(clauses.flat(2))] };
  }

  /** Both of two answers, with the worse zone of the two. */
  function both(one, other) {
    if (!one) return other;
    const found = new Map();
    for (const [rank, zone] of one) if (other.has(rank)) found.set(rank, Math.max(zone, other.get(rank)));
    return found;
  }

  function hits(parsed, answers) {
    const answer = (run) => answers.get(run) ?? new Map();
    if (!parsed.clauses.length) return answer("");
    let found = null;
    for (const alternatives of parsed.clauses) {
      const any = new Map();
      for (const runs of alternatives) {
        for (const [rank, zone] of runs.map(answer).reduce(both, null)) any.set(rank, Math.min(zone, any.get(rank) ?? zone));
      }
      found = both(found, any);
    }
    return found;
  }

  /* ---- Filters and order ---- */

  function narrow(eng, found, filters, byDate) {
    const { facets } = eng.start;
    const counts = facets.map(() => new Map());
    const passing = [];
    for (const [rank, zone] of found) {
      const labels = facets.map((facet) => eng.facet(facet, rank));
      const failing = facets.map((_, i) => i).filter((i) => filters[facets[i].key] && filters[facets[i].key] !== labels[i]);
      if (!failing.length) passing.push({ rank, zone });
      labels.forEach((label, i) => {
        if (!label || failing.length > 1 || (failing.length === 1 && failing[0] !== i)) return;
        counts[i].set(label, (counts[i].get(label) ?? 0) + 1);
      });
    }
    passing.sort((a, b) => (byDate ? 0 : a.zone - b.zone) || a.rank - b.rank);
    return { passing, counts };
  }

  /* ---- Marks and excerpts ---- */

  /** Whether a run may stand in a text, by a quick look that forgets breaks. Of most texts nothing more is needed. */
  function glance(text) {
    const folded = sameSigma(fold(text).replace(NO_LETTERS, ""));
    return (run) => folded.includes(sameSigma(run));
  }
  const sameSigma = (text) => text.replace(/ς/g, "σ");

  const isPlain = (code) => (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x20 && code < 0x7f) || Number.isNaN(code);

  /** The letters of a text as one string with breaks, and for each of its code units the place in the text. */
  function rowOf(text, keepAll = false) {
    const row = [];
    const from = [];
    const to = [];
    const put = (folded, start, end) => {
      for (const ch of folded) {
        const letter = keepAll || LETTER.test(ch) ? ch : ch === "\n" || !DROPPED.test(ch) ? BREAK : "";
        row.push(letter);
        for (let i = 0; i < letter.length; i += 1) {
          from.push(start);
          to.push(end);
        }
      }
    };
    let at = 0;
    while (at < text.length) {
      if (isPlain(text.charCodeAt(at)) && isPlain(text.charCodeAt(at + 1))) {
        put(foldLetter(text[at]), at, at + 1);
        at += 1;
      } else {
        CLUSTER.lastIndex = at;
        const [cluster] = CLUSTER.exec(text);
        put(fold(cluster), at, at + cluster.length);
        at += cluster.length;
      }
    }
    return { row: row.join(""), from, to };
  }

  function findMarks(text, parsed) {
    const marks = [];
    const holds = glance(text);
    const typed = parsed.runs.filter((run) => !isSpelled(run) && holds(run));
    const letters = typed.length ? rowOf(text) : null;
    for (const run of typed) {
      for (let at = letters.row.indexOf(run); at >= 0; at = letters.row.indexOf(run, at + 1)) {
        marks.push({ from: letters.from[at], to: letters.to[at + run.length - 1], run });
      }
    }
    if (parsed.runs.some(isSpelled) && mayBeSpelled(text.normalize("NFKC"))) {
      const all = rowOf(text, true);
      for (const spelled of spellings(all.row)) {
        for (const run of parsed.runs) {
          const skipped = isSpelled(run) ? spelled.run.indexOf(run) : -1;
          if (skipped < 0) continue;
          let start = spelled.from;
          for (let left = skipped; start < spelled.at && (left > 0 || SPACE.test(all.row[start])); start += 1) {
            if (!SPACE.test(all.row[start])) left -= 1;
          }
          marks.push({ from: all.from[start], to: all.to[spelled.to - 1], run });
        }
      }
    }
    marks.sort((a, b) => a.from - b.from || b.to - a.to);
    const merged = [];
    for (const mark of marks) {
      const last = merged[merged.length - 1];
      if (last && mark.from < last.to) last.to = Math.max(last.to, mark.to);
      else merged.push({ ...mark });
    }
    return merged;
  }

  /** A place in a text that does not cut a 4-byte character in two. */
  const wholeLetter = (text, at) => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at);

  /** The part of a block in which its first mark stands. */
  function excerpt({ text, file }, marks) {
    const first = marks.length ? marks[0].from : 0;
    const from = wholeLetter(text, Math.max(0, first - Math.floor(EXCERPT_LETTERS / 3)));
    const end = Math.max(from + EXCERPT_LETTERS, marks.length ? marks[0].to : 0);
    const to = wholeLetter(text, Math.min(text.length, end));
    const within = marks
      .filter((mark) => mark.from < to && mark.to > from)
      .map((mark) => ({ from: Math.max(mark.from, from) - from, to: Math.min(mark.to, to) - from }));
    return { text: text.slice(from, to), file, marks: within, cutBefore: from > 0, cutAfter: to < text.length };
  }

  function excerpts(blocks, parsed) {
    const wanted = new Set(parsed.runs);
    const chosen = [];
    const found = blocks.map((block) => ({ block, marks: findMarks(block.text, parsed) })).filter((one) => one.marks.length);
    while (chosen.length < MOST_EXCERPTS && wanted.size) {
      let best = null;
      let most = 0;
      for (const one of found) {
        const count = new Set(one.marks.map((mark) => mark.run).filter((run) => wanted.has(run))).size;
        if (count > most) [best, most] = [one, count];
      }
      if (!best) break;
      for (const mark of best.marks) wanted.delete(mark.run);
      chosen.push(excerpt(best.block, best.marks));
    }
    const readable = blocks.find((block) => block.text.trim());
    if (!chosen.length && readable) chosen.push(excerpt(readable, []));
    return chosen;
  }

  gk.query = { runsOf, parse, hits, narrow, findMarks, excerpts };
})();
