/* The box for words with a list of suggestions below it, after the combobox pattern: gkSearch.box(input, list, options).
 *
 * options.suggest(typed)   promise of [{text, kind}]
 * options.choose()         a suggestion was taken; it stands in the input
 * options.typed()          something was typed; during a composition (IME) only when it ends
 *
 * Returns {close}. Arrow keys go through the list, Enter takes what is marked, Escape closes it; the focus stays in
 * the input. Nothing is marked by itself, so that Enter looks for what was typed.
 */
(() => {
  "use strict";

  const gk = (window.gkSearch = window.gkSearch ?? {});

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
})();
