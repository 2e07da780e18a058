/* The form of the search page: its box for words, its filters, and the address that says what stands in it.
 *
 * gkSearch.box(input, list, options)  a list of suggestions below the box, after the combobox pattern
 *   options.suggest(typed)   promise of [{text, kind}]
 *   options.choose()         a suggestion was taken; it stands in the input
 *   options.typed()          something was typed; during a composition (IME) only when it ends
 *   Returns {close}. Arrow keys go through the list, Enter takes what is marked, Escape closes it; the focus stays in
 *   the input. Nothing is marked by itself, so that Enter looks for what was typed.
 *
 * gkSearch.form(form)  what is asked for is a state: {q, filters: {name: value}, sort: "" or "date"}
 *   selects                  the filters and the order
 *   read(), fill(state)      the state of the form; a filter that a state does not have is none
 *   readAddress()            the state of the address bar
 *   addressOf(state)         its address: what others have put there (elder view, village screen) stays
 *   showCounts(eng, counts, state)  offers the values of the filters, each with the number of pages that it would give
 *   hideFilters()
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});
  const BY_DATE = "date";

  /* ---- The box ---- */

  gk.box = (input, list, { suggest, choose, typed }) => {
    let marked = -1;
    let shown = [];
    let latest = 0;
    let composing = false;

    function mark(place) {
      marked = place;
      Array.from(list.children).forEach((option, i) => {
        option.setAttribute("aria-selected", String(i === marked));
        if (i === marked) option.scrollIntoView({ block: "nearest" });
      });
      if (marked < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[marked].id);
    }

    function close() {
      latest += 1;
      shown = [];
      mark(-1);
      list.hidden = true;
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
    }

    function take(place) {
      input.value = shown[place].text;
      close();
      choose();
    }

    function optionFor({ text, kind }, place) {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.className = "gk-suggest-kind";
      label.textContent = kind;
      option.append(text, " ", label);
      option.addEventListener("click", () => take(place));
      return option;
    }

    async function open() {
      latest += 1;
      const turn = latest;
      const found = await suggest(input.value.trim()).catch(() => []);
      if (turn !== latest || document.activeElement !== input) return;
      if (!found.length) {
        close();
        return;
      }
      shown = found;
      list.replaceChildren(...found.map(optionFor));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(-1);
    }

    function changed() {
      if (composing) return;
      open();
      typed();
    }

    function key(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const last = shown.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open();
        else if (event.key === "ArrowDown") mark(marked === last ? -1 : marked + 1);
        else mark(marked === -1 ? last : marked - 1);
      } else if (event.key === "Enter" && marked >= 0) {
        event.preventDefault();
        take(marked);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Tab") {
        close();
      }
    }

    input.addEventListener("compositionstart", () => {
      composing = true;
    });
    input.addEventListener("compositionend", () => {
      composing = false;
      changed();
    });
    input.addEventListener("input", changed);
    input.addEventListener("keydown", key);
    input.addEventListener("blur", close);
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the input
    list.addEventListener("mousedown", (event) => event.preventDefault());
    return { close };
  };

  /* ---- What stands in the form ---- */

  const cut = (text) => gk.query.parse(text).text;

  gk.form = (form) => {
    const input = form.elements.namedItem("q");
    const sortSelect = form.elements.namedItem("sort");
    const filters = form.querySelector(".gk-filters");
    const facetSelects = Array.from(filters.querySelectorAll("select[data-gk-facet]"));
    const ownKeys = ["q", "sort", ...facetSelects.map((select) => select.name)];

    function readAddress() {
      const params = new URLSearchParams(location.search);
      const chosen = {};
      for (const select of facetSelects) chosen[select.name] = params.get(select.name) ?? "";
      return { q: cut(params.get("q") ?? ""), filters: chosen, sort: params.get("sort") === BY_DATE ? BY_DATE : "" };
    }

    function read() {
      const chosen = {};
      for (const select of facetSelects) chosen[select.name] = select.value;
      return { q: cut(input.value), filters: chosen, sort: sortSelect.value };
    }

    function fill(state) {
      if (cut(input.value) !== state.q) input.value = state.q;
      for (const select of facetSelects) {
        const value = state.filters[select.name] ?? "";
        if (value && !Array.from(select.options).some((option) => option.value === value)) {
          select.append(new Option(value, value));
        }
        select.value = value;
      }
      sortSelect.value = state.sort;
    }

    function addressOf(state) {
      const params = new URLSearchParams(location.search);
      for (const key of ownKeys) params.delete(key);
      if (state.q) params.set("q", state.q);
      for (const [key, value] of Object.entries(state.filters)) if (value) params.set(key, value);
      if (state.sort) params.set("sort", state.sort);
      const text = params.toString();
      return text ? `?${text}` : location.pathname;
    }

    function showCounts(eng, counts, state) {
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

    const hideFilters = () => {
      filters.hidden = true;
    };

    return { selects: [...facetSelects, sortSelect], read, fill, readAddress, addressOf, showCounts, hideFilters };
  };
})();
