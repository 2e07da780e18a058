/* What is shown of a hit and of a catalogue entry: gkSearch.show. Texts only ever become text nodes.
 *
 * make(name, className, text)                    an element
 * result(found, inForce, parsed, addressIn)      the list item of a hit: found is what engine.text gave, inForce its label of
 *                                                validity, addressIn(path) the address of a page of the site
 * entry({id, path, count}, addressIn)            the list item of an entry of the catalogue
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const { findMarks, excerpts } = gk.query;

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

  gk.show = { make, result, entry };
})();
