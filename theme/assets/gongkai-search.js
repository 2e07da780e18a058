/* The search page: finds every page that contains the words typed.
 *
 * The engine (gongkai-search-engine.js) says which pages contain a run of letters, gongkai-search-query.js what runs a query
 * asks for and where they stand in a text, gongkai-search-words.js what else could be meant; gongkai-search-form.js knows what
 * is asked for, gongkai-search-show.js makes what is shown of a hit. What is shown when is here. Nothing is asked for before
 * the first key press, or a query in the address.
 */
(() => {
  "use strict";

  const page = document.querySelector("[data-gk-search]");
  const gk = window.gkSearch;
  const tooOld = page?.querySelector("[data-gk-old]");
  if (!page || (tooOld && !tooOld.hidden)) return;
  if (["load", "shards", "engine", "fold", "query", "words", "form", "show"].some((part) => !gk?.[part])) {
    page.querySelector(".gk-status").textContent = "检索程序没有读全，请刷新页面再试，或者按下面的栏目查找。";
    return;
  }

  const { query } = gk;
  const { needsTable } = gk.fold;
  const { make } = gk.show;
  const { engine, words, foldTable, findPages, forget, isLoaded } = gk.answers(gk.load);
  const PAGE_SIZE = 20;
  const MOST_SHOWN_AGAIN = 200; // results shown at once when one comes back to the page
  const TYPING_PAUSE_MS = 300;
  const PATIENCE_MS = 250; // after this long, what the first shards have answered is shown
  const MOST_OTHERS = 3;

  const formElement = page.querySelector("form");
  const input = formElement.elements.namedItem("q");
  const form = gk.form(formElement);
  const status = page.querySelector(".gk-status");
  const othersLine = page.querySelector(".gk-others");
  const nearestBox = page.querySelector(".gk-nearest");
  const more = page.querySelector(".gk-more");
  const browse = page.querySelector(".gk-browse");
  const pageTitle = document.title;
  const offlineCopy = page.hasAttribute("data-gk-packs");
  const root = new URL(page.getAttribute("data-gk-root") || "./", document.baseURI).href;

  const addressIn = (path) => root + path.split("/").map(encodeURIComponent).join("/");
  const list = gk.show.list(page.querySelector(".gk-results").parentElement, addressIn, foldTable);

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
    if (!isLoaded()) say("正在读取检索数据……");
    try {
      if (needsTable(state.q)) await foldTable();
      const parsed = query.parse(state.q);
      if (state.q && !parsed.runs.length) {
        clear("请输入汉字、字母或数字，只有标点符号无法检索。");
        return;
      }
      const eng = await engine();
      list.begin(parsed);
      const preview = previewer(eng, state, turn);
      const hits = await findPages(eng, parsed, preview.part).finally(preview.stop);
      if (turn !== latest) return;
      const { passing, counts } = query.narrow(eng, hits, state.filters, state.sort === "date");
      const first = await list.itemsOf(eng, passing.slice(0, shownBefore));
      await list.still();
      if (turn !== latest) return;
      form.showCounts(eng, counts, state);
      list.show(first, passing.slice(shownBefore));
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
      const { passing } = query.narrow(eng, readHits(), state.filters, state.sort === "date");
      const first = await list.itemsOf(eng, passing.slice(0, PAGE_SIZE));
      await list.still();
      if (stopped || turn !== latest || !first.length) return;
      othersLine.hidden = nearestBox.hidden = browse.hidden = true;
      list.show(first, []);
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

  function clear(message) {
    list.show([], []);
    othersLine.hidden = nearestBox.hidden = true;
    form.hideFilters();
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
    say(why, actionButton("再试一次", () => run(form.read())));
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
    form.fill({ ...form.read(), filters: {} });
    go(form.read());
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
    await list.still();
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
    link.href = form.addressOf(state);
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      form.fill(state);
      input.focus();
      box.close();
      go(form.read());
    });
    return link;
  }

  /* ---- Results ---- */

  async function showMore() {
    const turn = latest;
    try {
      const eng = await engine();
      const added = await list.itemsOf(eng, list.pending().slice(0, PAGE_SIZE));
      if (turn !== latest) return;
      missed = 0;
      list.append(added);
      added[0].querySelector("a").focus();
    } catch (error) {
      if (turn !== latest) return;
      missed += 1;
      if (missed === 1) {
        say("后面的内容没有读到，请再点一次“更多”。");
      } else {
        forget();
        run(form.read(), list.length() + PAGE_SIZE);
      }
    }
  }

  /** Go to a state: a new step in the history, or for further typing the same step. */
  function go(state, typing = false) {
    const address = form.addressOf(state);
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
    go(form.read());
  }
  const box = gk.box(input, page.querySelector(".gk-suggest"), {
    suggest: async (typed) => (typed ? (await words()).suggestions(typed) : []),
    choose: submit,
    typed() {
      clearTimeout(timer);
      timer = setTimeout(() => go(form.read(), true), TYPING_PAUSE_MS);
    },
  });
  formElement.addEventListener("submit", (event) => {
    event.preventDefault();
    box.close();
    submit();
  });
  for (const select of form.selects) select.addEventListener("change", submit);
  more.addEventListener("click", showMore);

  /** Show the state of the address, with as many results as when the page was left. */
  function showAddress() {
    clearTimeout(timer);
    typedAddress = false;
    box.close();
    shownAddress = location.search;
    const { shown = 0, y = 0 } = history.state ?? {};
    const state = form.readAddress();
    form.fill(state);
    const done = run(state, Math.min(Math.max(shown, PAGE_SIZE), MOST_SHOWN_AGAIN));
    if (y) done.then(() => window.scrollTo(0, y));
  }
  window.addEventListener("popstate", () => {
    if (location.search !== shownAddress) showAddress(); // else only the place on the page has changed
  });
  window.addEventListener("pagehide", () => {
    if (list.length()) write("replaceState", { shown: list.length(), y: window.scrollY });
  });

  formElement.hidden = false;
  showAddress();
})();
