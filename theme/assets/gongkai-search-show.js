/* What is shown of a hit and of a catalogue entry: gkSearch.show. Texts only ever become text nodes.
 *
 * make(name, className, text)   an element
 * entry({id, path, count}, addressIn)  the list item of an entry of the catalogue
 * list(section, addressIn, foldTable)  the list of hits in the section, with its button for more of them:
 *   begin(parsed)            for what query items are made from now on
 *   itemsOf(eng, hits)       promise of the list items of hits; each is made once for a query
 *   still()                  promise that nothing in the section is being pressed: to wait for before anything moves there
 *   show(items, hits)        makes the list show these items, and the button promise the hits
 *   append(items)            shows the first of those hits, too
 *   pending(), length()      the hits that are not shown yet; how many items are shown
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const { needsTable } = gk.fold;
  const { findMarks, excerpts } = gk.query;
  const CLICK_MS = 100; // after a finger is lifted, its click has come
  const LONGEST_PRESS_MS = 10000; // what lasts longer is no click

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /** Put a text into an element, the marks as <mark>. */
  function appendMarked(element, text, marks) {
    let at = 0;
    for (const { from, to } of marks) {
      element.append(text.slice(at, from), make("mark", "", text.slice(from, to)));
      at = to;
    }
    element.append(text.slice(at));
  }

  /** The list item of a hit: found is what engine.text gave, inForce its label of validity. */
  function result(found, inForce, parsed, addressIn) {
    const { url, title, meta, blocks } = found;
    const item = make("li", "gk-result");
    const link = make("a");
    link.href = addressIn(url);
    appendMarked(link, title, findMarks(title, parsed));
    const heading = make("h3", "gk-result-title");
    heading.append(link);
    item.append(heading, aboutLine(found, inForce, parsed));
    const names = new Set([meta.unit, meta.field, meta.entry]); // they stand in the line above
    for (const part of excerpts(blocks.filter((block) => block.file || !names.has(block.text)), parsed)) {
      const excerpt = make("p", "gk-excerpt");
      if (part.file) excerpt.append(make("b", "gk-excerpt-file", `附件《${part.file}》：`));
      if (part.cutBefore) excerpt.append("…");
      appendMarked(excerpt, part.text, part.marks);
      if (part.cutAfter) excerpt.append("…");
      item.append(excerpt);
    }
    return item;
  }

  /** Date, unit, field and entry, what is not in force; the numbers where the query hits them. */
  function aboutLine({ date, meta }, inForce, parsed) {
    const about = make("p", "gk-result-about");
    const place = [meta.field, meta.entry].filter(Boolean).join(" › ");
    const facts = [date, meta.unit, place, inForce === "有效" ? "" : inForce];
    for (const number of [meta.document_number, meta.index_number]) {
      if (number && findMarks(number, parsed).length) facts.push(number);
    }
    for (const fact of facts.filter(Boolean)) {
      const span = make("span");
      appendMarked(span, fact, findMarks(fact, parsed));
      about.append(span, " ");
    }
    return about;
  }

  function entry({ id, path, count }, addressIn) {
    const link = make("a", "", path.join(" › "));
    link.href = addressIn(`catalogue/${id}.html`);
    const item = make("li");
    item.append(link, make("span", "gk-nowrap", count ? `（${count} 条）` : "（暂无信息）"));
    return item;
  }

  /** Whoever changes what stands in the element waits for it: what a finger is on may not move away before it is lifted. */
  function stillness(element) {
    let press = Promise.resolve();
    element.addEventListener("pointerdown", () => {
      press = new Promise((resolve) => {
        const lifted = () => setTimeout(resolve, CLICK_MS);
        for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, lifted, { once: true });
        setTimeout(resolve, LONGEST_PRESS_MS);
      });
    });
    return () => press;
  }

  function list(section, addressIn, foldTable) {
    const results = section.querySelector(".gk-results");
    const more = section.querySelector(".gk-more");
    let asked = null;
    let items = new Map(); // rank -> promise of the list item, of the query that is shown
    let pending = []; // hits not shown yet

    async function itemOf(eng, { rank }) {
      const parsed = asked;
      const found = await eng.text(rank, parsed.runs);
      const said = [found.title, ...found.blocks.map((block) => block.text)];
      if (parsed.runs.length && said.some(needsTable)) await foldTable().catch(() => {});
      const validity = eng.start.facets.find((facet) => facet.key === "validity");
      return result(found, validity ? eng.facet(validity, rank) : "", parsed, addressIn);
    }

    function keptItem(eng, hit, kept) {
      if (!kept.has(hit.rank)) {
        const item = itemOf(eng, hit);
        kept.set(hit.rank, item);
        item.catch(() => kept.delete(hit.rank));
      }
      return kept.get(hit.rank);
    }

    /** Those that stay are not touched, so that the keyboard keeps its place. */
    function show(wanted, hits) {
      const keep = new Set(wanted);
      for (const item of Array.from(results.children)) if (!keep.has(item)) item.remove();
      wanted.forEach((item, i) => {
        if (results.children[i] !== item) results.insertBefore(item, results.children[i] ?? null);
      });
      results.hidden = !wanted.length;
      promiseMore(hits);
    }

    function promiseMore(hits) {
      pending = hits;
      more.hidden = !hits.length;
    }

    return {
      begin(parsed) {
        asked = parsed;
        items = new Map();
      },
      itemsOf: (eng, hits) => Promise.all(hits.map((hit) => keptItem(eng, hit, items))),
      still: stillness(section),
      show,
      append(added) {
        results.append(...added);
        promiseMore(pending.slice(added.length));
      },
      pending: () => pending,
      length: () => results.children.length,
    };
  }

  gk.show = { make, entry, list };
})();
