/* The search page: finds every page that contains the words typed.
 *
 * The engine (gongkai-search-engine.js) says which pages contain a run of letters, gongkai-search-query.js what runs a query
 * asks for and where they stand in a text, gongkai-search-words.js what else could be meant; gongkai-search-show.js makes
 * what is shown of a hit. The form, the address bar and when to ask are here. Nothing is asked for before the first key press, or a query in the address.
 */
(() => {
  "use strict";

  const page = document.querySelector("[data-gk-search]");
  const gk = window.gkSearch;
  const tooOld = page?.querySelector("[data-gk-old]");
  if (!page || (tooOld && !tooOld.hidden)) return;
  if (["load", "engine", "fold", "query", "words", "box", "show"].some((part) => !gk?.[part])) {
    page.querySelector(".gk-status").textContent = "检索程序没有读全，请刷新页面再试，或者按下面的栏目查找。";
    return;
  }

  const { query } = gk;
  const { needsTable, useTable } = gk.fold;
  const { make } = gk.show;
  const PAGE_SIZE = 20;
  const MOST_SHOWN_AGAIN = 200; // results shown at once when one comes back to the page
  const TYPING_PAUSE_MS = 300;
  const PATIENCE_MS = 250; // after this long, what the first shards have answered is shown
  const MOST_OTHERS = 3;
  const KEPT_ANSWERS = 60;
  const BY_DATE = "date";

  const form = page.querySelector("form");
  const input = form.elements.namedItem("q");
  const sortSelect = form.elements.namedItem("sort");
  const filters = page.querySelector(".gk-filters");
  const status = page.querySelector(".gk-status");
  const othersLine = page.querySelector(".gk-others");
  const nearestBox = page.querySelector(".gk-nearest");
  const results = page.querySelector(".gk-results");
  const more = page.querySelector(".gk-more");
  const browse = page.querySelector(".gk-browse");
  const facetSelects = Array.from(filters.querySelectorAll("select[data-gk-facet]"));
  const pageTitle = document.title;
  const offlineCopy = page.hasAttribute("data-gk-packs");
  const root = new URL(page.getAttribute("data-gk-root") || "./", document.baseURI).href;

  const addressIn = (path) => root + path.split("/").map(encodeURIComponent).join("/");

  /* ---- What is loaded: each once, and again after it failed ---- */

  const loaded = new Map();
  function once(name, load) {
    if (!loaded.has(name)) {
      const loading = load();
      loaded.set(name, loading);
      loading.catch(() => loaded.delete(name));
    }
    return loaded.get(name);
  }

  const engine = () => once("engine", () => gk.engine(gk.load));
  const extra = async (name) => gk.load((await engine()).start.extra[name]);
  const words = () => once("words", async () => gk.words(JSON.parse(new TextDecoder().decode(await extra("words")))));
  const foldTable = () => once("fold", async () => useTable(await extra("fold")));

  /** The data on the server may be those of a newer build by now: read all of them anew. */
  function forget() {
    loaded.clear();
    answered.clear();
  }

  /* ---- Answers ---- */

  const answered = new Map(); // run -> answer of the engine, for filters and order to work on

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

  /** Every page that answers the query: Map of rank -> zone. preview(hits) is called as shards answer. */
  async function findPages(eng, parsed, preview) {
    const runs = parsed.runs.length ? parsed.runs : [""];
    const answers = new Map();
    const parts = (run, soFar) => {
      answers.set(run, soFar);
      preview?.(() => query.hits(parsed, answers));
    };
    await Promise.all(runs.map(async (run) => answers.set(run, await phrase(eng, run, parts))));
    return query.hits(parsed, answers);
  }

  /* ---- Address bar ---- */

  const ownKeys = ["q", "sort", ...facetSelects.map((select) => select.name)];

  function readAddress() {
    const params = new URLSearchParams(location.search);
    const chosen = {};
    for (const select of facetSelects) chosen[select.name] = params.get(select.name) ?? "";
    return { q: cut(params.get("q") ?? ""), filters: chosen, sort: params.get("sort") === BY_DATE ? BY_DATE : "" };
  }

  function readForm() {
    const chosen = {};
    for (const select of facetSelects) chosen[select.name] = select.value;
    return { q: cut(input.value), filters: chosen, sort: sortSelect.value };
  }

  function fillForm(state) {
    if (cut(input.value) !== state.q) input.value = state.q;
    for (const select of facetSelects) {
      const value = state.filters[select.name];
      if (value && !Array.from(select.options).some((option) => option.value === value)) {
        select.append(new Option(value, value));
      }
      select.value = value;
    }
    sortSelect.value = state.sort;
  }

  /** The address of a state: what others have put into it (elder view, village screen) stays. */
  function addressOf(state) {
    const params = new URLSearchParams(location.search);
    for (const key of ownKeys) params.delete(key);
    if (state.q) params.set("q", state.q);
    for (const [key, value] of Object.entries(state.filters)) if (value) params.set(key, value);
    if (state.sort) params.set("sort", state.sort);
    const text = params.toString();
    return text ? `?${text}` : location.pathname;
  }

  const cut = (text) => query.parse(text).text;
  const isEmpty = (state) => !state.q && !Object.values(state.filters).some(Boolean);

  /** Write into the history; a page from a folder may not be allowed to. */
  function write(method, data, address) {
    try {
      history[method](data, "", address);
    } catch (error) {
      // the address stays as it is
    }
  }

  /* ---- Page ---- */

  let latest = 0; // answers to older queries are thrown away
  let hasAnswered = false; // with the data that are loaded now
  let missed = 0; // how often in a row more results were asked for in vain
  let typedAddress = false; // whether the newest history entry came from typing
  let shownAddress = location.search;
  let pending = []; // hits not shown yet
  let asked = query.parse("");
  let items = new Map(); // rank -> promise of the list item, of the query that is shown

  /** Show the answer to a state. The form and the address bar already say the same. */
  async function run(state, shownBefore = PAGE_SIZE) {
    latest += 1;
    const turn = latest;
    document.title = state.q ? `${state.q} - ${pageTitle}` : pageTitle; // tells the steps of the history apart
    if (isEmpty(state)) {
      clear("");
      return;
    }
    page.setAttribute("aria-busy", "true");
    if (!loaded.has("engine")) say("正在读取检索数据……");
    try {
      if (needsTable(state.q)) await foldTable();
      const parsed = query.parse(state.q);
      if (state.q && !parsed.runs.length) {
        clear("请输入汉字、字母或数字，只有标点符号无法检索。");
        return;
      }
      const eng = await engine();
      asked = parsed;
      items = new Map();
      const preview = previewer(eng, state, turn);
      const hits = await findPages(eng, parsed, preview.part).finally(preview.stop);
      if (turn !== latest) return;
      const { passing, counts } = query.narrow(eng, hits, state.filters, state.sort === BY_DATE);
      const first = await Promise.all(passing.slice(0, shownBefore).map((hit) => itemOf(eng, hit)));
      if (turn !== latest) return;
      fillFacets(eng, counts, state);
      pending = passing.slice(shownBefore);
      show(first);
      more.hidden = !pending.length;
      browse.hidden = Boolean(first.length);
      if (first.length) say(`找到 ${passing.length} 条${state.q ? `含有“${state.q}”的` : ""}内容。`);
      else sayNothingFound(state, hits.size);
      hasAnswered = true;
      missed = 0;
      offerMore(eng, state, turn, hits.size === 0).catch(() => {}); // without it the answer still stands
    } catch (error) {
      if (turn !== latest) return;
      forget();
      if (hasAnswered) {
        hasAnswered = false;
        await run(state, shownBefore);
      } else {
        sayFailed();
      }
    } finally {
      if (turn === latest) page.removeAttribute("aria-busy");
    }
  }

  /** Shows what the first shards have answered, when the others take long. */
  function previewer(eng, state, turn) {
    let readHits = null;
    let waiting = 0;
    let stopped = false;
    async function showSoFar() {
      waiting = 0;
      const { passing } = query.narrow(eng, readHits(), state.filters, state.sort === BY_DATE);
      const first = await Promise.all(passing.slice(0, PAGE_SIZE).map((hit) => itemOf(eng, hit)));
      if (stopped || turn !== latest || !first.length) return;
      othersLine.hidden = nearestBox.hidden = more.hidden = browse.hidden = true;
      show(first);
      say(`已经找到 ${passing.length} 条，还在继续查找……`);
    }
    return {
      part(read) {
        readHits = read;
        if (!waiting && !stopped) waiting = setTimeout(() => showSoFar().catch(() => {}), PATIENCE_MS);
      },
      stop() {
        stopped = true;
        clearTimeout(waiting);
      },
    };
  }

  /** Make the list show these items; those that stay are not touched, so that the keyboard keeps its place. */
  function show(wanted) {
    const keep = new Set(wanted);
    for (const item of Array.from(results.children)) if (!keep.has(item)) item.remove();
    wanted.forEach((item, i) => {
      if (results.children[i] !== item) results.insertBefore(item, results.children[i] ?? null);
    });
    results.hidden = !wanted.length;
  }

  function clear(message) {
    pending = [];
    results.replaceChildren();
    results.hidden = othersLine.hidden = nearestBox.hidden = more.hidden = filters.hidden = true;
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
    const why = offlineCopy
      ? "检索数据缺失或不完整。请重新复制一份公开栏，或者按下面的栏目查找。"
      : "检索数据没有读到，请检查网络后再试，或者按下面的栏目查找。";
    say(why, actionButton("再试一次", () => run(readForm())));
  }

  function actionButton(text, action) {
    const button = make("button", "gk-button", text);
    button.type = "button";
    button.addEventListener("click", () => {
      input.focus(); // the button goes away: keep the keyboard's place on the page
      box.close();
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
      const i = eng.start.facets.findIndex((facet) => facet.key === select.name);
      const chosen = state.filters[select.name];
      const values = i < 0 ? [] : eng.start.facets[i].values.filter((value) => counts[i].has(value) || value === chosen);
      if (chosen && !values.includes(chosen)) values.push(chosen);
      const options = values.map((value) => new Option(`${value}（${counts[i]?.get(value) ?? 0}）`, value));
      select.replaceChildren(select.options[0], ...options);
      select.value = chosen;
    }
    filters.hidden = !counts.some((values) => values.size) && !Object.values(state.filters).some(Boolean);
  }

  /* ---- What else could be meant ---- */

  /** Other words that find something; without an answer, entries of the catalogue, too. */
  async function offerMore(eng, state, turn, nothing) {
    if (!state.q) {
      othersLine.hidden = nearestBox.hidden = true;
      return;
    }
    const known = await words();
    const found = [];
    for (const other of [...known.others(state.q), ...(nothing ? known.apart(state.q) : [])]) {
      const hits = await findPages(eng, query.parse(other));
      if (turn !== latest) return;
      if (hits.size) found.push({ other, count: hits.size });
      if (found.length === MOST_OTHERS) break;
    }
    if (turn !== latest) return;
    const links = found.flatMap(({ other, count }, i) => [
      i ? "、" : "",
      stateLink({ ...state, q: other, filters: {} }, other),
      `（${count} 条）`,
    ]);
    othersLine.replaceChildren("您是不是要找：", ...links);
    othersLine.hidden = !found.length;
    const entries = nothing ? known.nearest(state.q) : [];
    nearestBox.querySelector("ul").replaceChildren(...entries.map((entry) => gk.show.entry(entry, addressIn)));
    nearestBox.hidden = !entries.length;
  }

  /** A link to another query, which does not load the page again. */
  function stateLink(state, text) {
    const link = make("a", "", text);
    link.href = addressOf(state);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      fillForm({ ...state, filters: Object.fromEntries(facetSelects.map((select) => [select.name, ""])) });
      input.focus();
      box.close();
      go(readForm());
    });
    return link;
  }

  /* ---- Results ---- */

  /** The list item of a hit, made once for each query. */
  function itemOf(eng, hit) {
    if (!items.has(hit.rank)) items.set(hit.rank, resultItem(eng, hit, asked));
    return items.get(hit.rank);
  }

  async function resultItem(eng, hit, parsed) {
    const found = await eng.text(hit.rank, parsed.runs);
    const said = [found.title, ...found.blocks.map((block) => block.text)];
    if (parsed.runs.length && said.some(needsTable)) await foldTable().catch(() => {});
    const validity = eng.start.facets.find((facet) => facet.key === "validity");
    return gk.show.result(found, validity ? eng.facet(validity, hit.rank) : "", parsed, addressIn);
  }

  async function showMore() {
    const turn = latest;
    const batch = pending.slice(0, PAGE_SIZE);
    try {
      const eng = await engine();
      const added = await Promise.all(batch.map((hit) => itemOf(eng, hit)));
      if (turn !== latest) return;
      missed = 0;
      pending = pending.slice(PAGE_SIZE);
      results.append(...added);
      added[0].querySelector("a").focus();
      more.hidden = !pending.length;
    } catch (error) {
      batch.forEach((hit) => items.delete(hit.rank));
      if (turn !== latest) return;
      missed += 1;
      if (missed === 1) {
        say("后面的内容没有读到，请再点一次“更多”。");
      } else {
        forget();
        run(readForm(), results.children.length + PAGE_SIZE);
      }
    }
  }

  /** Go to a state: a new step in the history, or for further typing the same step. */
  function go(state, typing = false) {
    const address = addressOf(state);
    const changed = new URL(address, location.href).search !== location.search;
    if (changed) write(typing && typedAddress ? "replaceState" : "pushState", null, address);
    shownAddress = location.search;
    typedAddress = typing && (changed || typedAddress);
    run(state);
  }

  /* ---- Start ---- */

  if (location.protocol === "file:" && !offlineCopy) {
    say("这里是从文件夹直接打开的页面，检索只能在网站上使用。请按下面的栏目查找，或者用浏览器的“在页面上查找”（Ctrl+F）。");
    return;
  }

  let timer = 0;
  function submit() {
    clearTimeout(timer);
    go(readForm());
  }
  const box = gk.box(input, page.querySelector(".gk-suggest"), {
    suggest: async (typed) => (typed ? (await words()).suggestions(typed) : []),
    choose: submit,
    typed() {
      clearTimeout(timer);
      timer = setTimeout(() => go(readForm(), true), TYPING_PAUSE_MS);
    },
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
    submit();
  });
  for (const select of [...facetSelects, sortSelect]) select.addEventListener("change", submit);
  more.addEventListener("click", showMore);

  /** Show the state of the address, with as many results as when the page was left. */
  function showAddress() {
    clearTimeout(timer);
    typedAddress = false;
    box.close();
    shownAddress = location.search;
    const { shown = 0, y = 0 } = history.state ?? {};
    const state = readAddress();
    fillForm(state);
    const done = run(state, Math.min(Math.max(shown, PAGE_SIZE), MOST_SHOWN_AGAIN));
    if (y) done.then(() => window.scrollTo(0, y));
  }
  window.addEventListener("popstate", () => {
    if (location.search !== shownAddress) showAddress(); // else only the place on the page has changed
  });
  window.addEventListener("pagehide", () => {
    if (results.children.length) write("replaceState", { shown: results.children.length, y: window.scrollY });
  });

  form.hidden = false;
  showAddress();
})();
