/* The search page: finds every page that contains the words typed.
 *
 * The index (made by gongkai/search) holds every letter as a word of its own, so a run of letters is asked for as
 * one exact phrase: "低 保". Several words are several phrases, and a page must have them all. Pagefind only says
 * which pages contain a phrase and where; order, filters, counts, excerpts and marks are made here.
 * Nothing is loaded before the first key press, or a query in the address.
 */
(() => {
  "use strict";

  const page = document.querySelector("[data-gk-search]");
  if (!page) return;

  const PAGE_SIZE = 20;
  const LONGEST_QUERY = 100;
  const TYPING_PAUSE_MS = 300;
  const EXCERPT_LETTERS = 90;
  const FACETS_FORMAT = 1;
  const FIRST_CODE = 48; // facets.json: character code of "no value"
  const EVERY_PAGE = "gkall"; // a word that stands on every page
  const BY_DATE = "date";

  const form = page.querySelector("form");
  const input = form.elements.namedItem("q");
  const sortSelect = form.elements.namedItem("sort");
  const filters = page.querySelector(".gk-filters");
  const status = page.querySelector(".gk-status");
  const results = page.querySelector(".gk-results");
  const more = page.querySelector(".gk-more");
  const browse = page.querySelector(".gk-browse");
  const facetSelects = Array.from(filters.querySelectorAll("select[data-gk-facet]"));

  /* ---- Text: the same rules as gongkai/search/text.py ---- */

  const LETTER = /[\p{L}\p{N}\u{20000}-\u{3FFFF}]/u;
  const DROPPED = /[\p{M}\p{Z}\p{Cc}\p{Cf}]/u;
  const SPACE = /\s/u;
  const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu; // a character with the marks combined with it
  const COMMON = /^[\u4e00-\u9fff]$/;

  const fold = (text) => Array.from(text.normalize("NFKC"), (ch) => ch.toLowerCase()).join("");

  /** The unbroken runs of letters in a query, each of them once. */
  function runsOf(query) {
    const runs = new Set();
    let run = "";
    for (const ch of `${fold(query)} `) {
      if (LETTER.test(ch)) {
        run += ch;
      } else if (run && (SPACE.test(ch) || !DROPPED.test(ch))) {
        runs.add(run);
        run = "";
      }
    }
    return [...runs];
  }

  /** Every letter of a text with its place in it; a break (a line's end or punctuation) as null. */
  function lettersOf(text) {
    const letters = [];
    for (const match of text.matchAll(CLUSTER)) {
      const from = match.index;
      const to = from + match[0].length;
      const folded = COMMON.test(match[0]) ? match[0] : fold(match[0]);
      for (const ch of folded) {
        if (LETTER.test(ch)) letters.push({ ch, from, to });
        else if (ch === "\n" || !DROPPED.test(ch)) letters.push({ ch: null, from, to });
      }
    }
    return letters;
  }

  /** Where the runs occur in a text: [from, to] pairs in order, without overlap. */
  function findMarks(text, runs) {
    const letters = lettersOf(text);
    const marks = [];
    for (const run of runs.map((r) => Array.from(r))) {
      for (let i = 0; i + run.length <= letters.length; i += 1) {
        if (run.every((ch, k) => letters[i + k].ch === ch)) {
          marks.push([letters[i].from, letters[i + run.length - 1].to]);
        }
      }
    }
    marks.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const merged = [];
    for (const [from, to] of marks) {
      const last = merged[merged.length - 1];
      if (last && from < last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    return merged;
  }

  /** Put text[from..to] into an element, the marks as <mark>. Text only ever becomes text nodes. */
  function appendMarked(element, text, marks, from = 0, to = text.length) {
    let at = from;
    for (const [start, end] of marks) {
      if (end <= at || start >= to) continue;
      const begin = Math.max(start, at);
      const stop = Math.min(end, to);
      element.append(text.slice(at, begin));
      element.append(make("mark", "", text.slice(begin, stop)));
      at = stop;
    }
    element.append(text.slice(at, to));
  }

  /** Fill an element with the part of the text in which the first hit stands. */
  function appendExcerpt(element, text, runs) {
    const marks = findMarks(text, runs);
    const first = marks.length ? marks[0][0] : 0;
    const lineStart = text.lastIndexOf("\n", first) + 1;
    const from = wholeLetter(text, Math.max(0, lineStart, first - Math.floor(EXCERPT_LETTERS / 3)));
    const to = wholeLetter(text, Math.min(text.length, Math.max(from + EXCERPT_LETTERS, marks.length ? marks[0][1] : 0)));
    if (from > lineStart) element.append("…");
    appendMarked(element, text, marks, from, to);
    if (to < text.length) element.append("…");
  }

  /** A place in a text that does not cut a 4-byte character in two. */
  const wholeLetter = (text, at) => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at);

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* ---- Engine: facets.json and Pagefind, loaded once, on the first query ---- */

  const at = (attribute) => new URL(page.getAttribute(attribute) || "./", document.baseURI).href;
  let engine = null;
  let attempts = 0;

  function loadEngine() {
    if (!engine) {
      engine = startEngine().catch((error) => {
        engine = null; // the next query tries again
        attempts += 1;
        throw error;
      });
    }
    return engine;
  }

  async function startEngine() {
    const bundle = at("data-gk-bundle");
    const [data, pagefind] = await Promise.all([
      fetch(at("data-gk-facets"), { cache: "no-cache" }).then((answer) => {
        if (!answer.ok) throw new Error(`facets.json: ${answer.status}`);
        return answer.json();
      }),
      import(attempts ? `${bundle}?attempt=${attempts}` : bundle),
    ]);
    if (data.format !== FACETS_FORMAT) throw new Error("facets.json: unknown format");
    const ids = data.pages ? data.pages.split(" ").map((name) => data.prefix + name) : [];
    return {
      facets: data.facets,
      zone: data.zone,
      rank: new Map(ids.map((id, index) => [id, index])), // newest first
      pagefind: pagefind.createInstance({}),
      hits: new Map(), // query -> pages, for the filters and the order to work on
    };
  }

  /** The label of a page's facet, or "" if it has none. */
  function facetOf(facet, rank) {
    return facet.values[facet.of.charCodeAt(rank) - FIRST_CODE - 1] ?? "";
  }

  /** All pages that contain every run, newest first: [{rank, inTitle, result}]. No runs: all pages. */
  async function findPages(eng, runs) {
    const key = runs.join(" ");
    if (eng.hits.has(key)) return eng.hits.get(key);
    const phrases = runs.length ? runs.map((run) => Array.from(run).join(" ")) : [EVERY_PAGE];
    let found = null;
    for (const phrase of eng.rank.size ? phrases : []) {
      const answer = await eng.pagefind.search(`"${phrase}"`);
      const pages = new Map();
      for (const result of answer.results) {
        const rank = eng.rank.get(result.id);
        if (rank === undefined) throw new Error(`page unknown to facets.json: ${result.id}`);
        const first = result.words.reduce((least, place) => Math.min(least, place), Infinity);
        const before = found?.get(rank);
        if (found && !before) continue;
        pages.set(rank, { rank, result, inTitle: first < eng.zone && (before?.inTitle ?? true) });
      }
      found = pages;
      if (!found.size) break;
    }
    const hits = found ? [...found.values()].sort((a, b) => a.rank - b.rank) : [];
    if (eng.hits.size > 50) eng.hits.clear();
    eng.hits.set(key, hits);
    return hits;
  }

  /** What passes the filters, in order, and for every facet how many pages each of its values would give. */
  function narrow(eng, hits, state) {
    const counts = eng.facets.map(() => new Map());
    const passing = [];
    for (const hit of hits) {
      const labels = eng.facets.map((facet) => facetOf(facet, hit.rank));
      const failing = [];
      eng.facets.forEach((facet, i) => {
        const wanted = state.filters[facet.key];
        if (wanted && wanted !== labels[i]) failing.push(i);
      });
      if (!failing.length) passing.push(hit);
      labels.forEach((label, i) => {
        if (!label || failing.length > 1 || (failing.length === 1 && failing[0] !== i)) return;
        counts[i].set(label, (counts[i].get(label) ?? 0) + 1);
      });
    }
    if (state.sort !== BY_DATE) passing.sort((a, b) => b.inTitle - a.inTitle || a.rank - b.rank);
    return { passing, counts };
  }

  /* ---- Address bar ---- */

  function readAddress() {
    const params = new URLSearchParams(location.search);
    const chosen = {};
    for (const select of facetSelects) chosen[select.name] = params.get(select.name) ?? "";
    return { q: cut(params.get("q") ?? ""), filters: chosen, sort: params.get("sort") === BY_DATE ? BY_DATE : "" };
  }

  function readForm() {
    const chosen = {};
    for (const select of facetSelects) chosen[select.name] = select.value;
    return { q: cut(input.value.trim()), filters: chosen, sort: sortSelect.value };
  }

  function fillForm(state) {
    if (input.value.trim() !== state.q) input.value = state.q;
    for (const select of facetSelects) {
      const value = state.filters[select.name];
      if (value && !Array.from(select.options).some((option) => option.value === value)) {
        select.append(new Option(value, value));
      }
      select.value = value;
    }
    sortSelect.value = state.sort;
  }

  function addressOf(state) {
    const params = new URLSearchParams();
    if (state.q) params.set("q", state.q);
    for (const [key, value] of Object.entries(state.filters)) if (value) params.set(key, value);
    if (state.sort) params.set("sort", state.sort);
    const query = params.toString();
    return query ? `?${query}` : location.pathname;
  }

  const cut = (text) => Array.from(text).slice(0, LONGEST_QUERY).join("");
  const isEmpty = (state) => !state.q && !Object.values(state.filters).some(Boolean);

  /* ---- Page ---- */

  let latest = 0; // answers to older queries are thrown away
  let typedAddress = false; // whether the newest history entry came from typing
  let pending = []; // hits not shown yet
  let shownRuns = [];

  /** Show the answer to a state. The form and the address bar already say the same. */
  async function run(state) {
    latest += 1;
    const turn = latest;
    const runs = runsOf(state.q);
    if (isEmpty(state) || (state.q && !runs.length)) {
      clear(state.q ? "请输入汉字、字母或数字，只有标点符号无法检索。" : "");
      return;
    }
    page.setAttribute("aria-busy", "true");
    if (!engine) say("正在读取检索数据……");
    try {
      const eng = await loadEngine();
      const hits = await findPages(eng, runs);
      if (turn !== latest) return;
      const { passing, counts } = narrow(eng, hits, state);
      fillFacets(eng, counts, state);
      const first = await Promise.all(passing.slice(0, PAGE_SIZE).map((hit) => resultItem(eng, hit, runs)));
      if (turn !== latest) return;
      pending = passing.slice(PAGE_SIZE);
      shownRuns = runs;
      results.replaceChildren(...first);
      results.hidden = !first.length;
      more.hidden = !pending.length;
      browse.hidden = Boolean(first.length);
      if (first.length) say(`找到 ${passing.length} 条${state.q ? `含有“${state.q}”的` : ""}内容。`);
      else sayNothingFound(state, hits.length);
    } catch (error) {
      if (turn === latest) sayFailed();
    } finally {
      if (turn === latest) page.removeAttribute("aria-busy");
    }
  }

  function clear(message) {
    pending = [];
    results.replaceChildren();
    results.hidden = true;
    more.hidden = true;
    filters.hidden = true;
    browse.hidden = false;
    page.removeAttribute("aria-busy");
    say(message);
  }

  function say(...content) {
    status.replaceChildren(...content.filter((part) => part !== ""));
  }

  function sayNothingFound(state, unfiltered) {
    const what = state.q ? `没有找到含有“${state.q}”的内容。` : "没有符合所选条件的内容。";
    if (unfiltered) {
      say(`${what}去掉筛选条件后有 ${unfiltered} 条。`, actionButton("去掉筛选条件", dropFilters));
      return;
    }
    const link = make("a", "", "按栏目查找");
    link.href = "#gk-browse";
    say(`${what}可以减少字数或换一种说法再试，也可以`, link, "。");
  }

  function sayFailed() {
    clear("");
    say("检索数据没有读到，请检查网络后再试，或者按下面的栏目查找。", actionButton("再试一次", () => run(readForm())));
  }

  function actionButton(text, action) {
    const button = make("button", "gk-button", text);
    button.type = "button";
    button.addEventListener("click", () => {
      input.focus(); // the button goes away: keep the keyboard's place on the page
      action();
    });
    return button;
  }

  function dropFilters() {
    for (const select of facetSelects) select.value = "";
    go(readForm());
  }

  function fillFacets(eng, counts, state) {
    for (const select of facetSelects) {
      const i = eng.facets.findIndex((facet) => facet.key === select.name);
      const chosen = state.filters[select.name];
      const values = i < 0 ? [] : eng.facets[i].values.filter((value) => counts[i].has(value) || value === chosen);
      if (chosen && !values.includes(chosen)) values.push(chosen);
      const options = values.map((value) => new Option(`${value}（${counts[i]?.get(value) ?? 0}）`, value));
      select.replaceChildren(select.options[0], ...options);
      select.value = chosen;
    }
    filters.hidden = false;
  }

  async function resultItem(eng, hit, runs) {
    const data = await hit.result.data();
    const item = make("li", "gk-result");
    const link = make("a");
    link.href = at("data-gk-root") + data.raw_url.split("/").map(encodeURIComponent).join("/");
    appendMarked(link, data.meta.title, findMarks(data.meta.title, runs));
    const heading = make("h3", "gk-result-title");
    heading.append(link);
    const about = make("p", "gk-result-about");
    const facts = [data.meta.date];
    for (const key of ["unit", "field", "validity"]) {
      const facet = eng.facets.find((one) => one.key === key);
      const label = facet ? facetOf(facet, hit.rank) : "";
      if (label && !(key === "validity" && label === "有效")) facts.push(label);
    }
    for (const fact of facts) if (fact) about.append(make("span", "", fact), " ");
    const excerpt = make("p", "gk-excerpt");
    appendExcerpt(excerpt, data.content, runs);
    item.append(heading, about, excerpt);
    return item;
  }

  async function showMore() {
    const turn = latest;
    const batch = pending.slice(0, PAGE_SIZE);
    try {
      const eng = await loadEngine();
      const items = await Promise.all(batch.map((hit) => resultItem(eng, hit, shownRuns)));
      if (turn !== latest) return;
      pending = pending.slice(PAGE_SIZE);
      results.append(...items);
      items[0].querySelector("a").focus();
      more.hidden = !pending.length;
    } catch (error) {
      if (turn === latest) say("后面的内容没有读到，请检查网络后再点“更多”。");
    }
  }

  /** Go to a state: a new step in the history, or for further typing the same step. */
  function go(state, typing = false) {
    const address = addressOf(state);
    const changed = new URL(address, location.href).search !== location.search;
    if (changed) history[typing && typedAddress ? "replaceState" : "pushState"](null, "", address);
    typedAddress = typing && (changed || typedAddress);
    run(state);
  }

  /* ---- Start ---- */

  if (location.protocol === "file:") {
    say("这里是从文件夹直接打开的页面，检索只能在网站上使用。请按下面的栏目查找，或者用浏览器的“在页面上查找”（Ctrl+F）。");
    return;
  }

  let timer = 0;
  let composing = false;
  function typed() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(() => go(readForm(), true), TYPING_PAUSE_MS);
  }
  input.addEventListener("compositionstart", () => {
    composing = true;
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  input.addEventListener("input", typed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go(readForm());
  });
  for (const select of [...facetSelects, sortSelect]) {
    select.addEventListener("change", () => {
      clearTimeout(timer);
      go(readForm());
    });
  }
  more.addEventListener("click", showMore);
  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    typedAddress = false;
    const state = readAddress();
    fillForm(state);
    run(state);
  });

  form.hidden = false;
  const start = readAddress();
  fillForm(start);
  if (!isEmpty(start)) run(start);
})();
