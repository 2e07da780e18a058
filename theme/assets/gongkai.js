/* Conveniences on top of pages that read without them: elder view, print, copy the address, read aloud. */
(function () {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => document.querySelectorAll(selector);
  const offer = (selector, act) => all(selector).forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  });
  const store = (value) => {
    try { localStorage.setItem("gk-elder", value); } catch (e) { return false; }
    return location.protocol !== "file:";
  };

  // Elder view. The head script has set the class; here it is switched in place. Where it cannot be kept,
  // data-carry holds the choice and every link and form to another page of the site takes it along.
  const withElder = (href, value) => {
    const [page, hash] = href.split("#");
    const bare = page.replace(/([?&])elder=[01]&?/, "$1").replace(/[?&]$/, "");
    return bare + (bare.includes("?") ? "&" : "?") + "elder=" + value + (hash ? "#" + hash : "");
  };
  all("[data-elder]").forEach((link) => link.addEventListener("click", (event) => {
    const value = link.dataset.elder;
    event.preventDefault();
    root.classList.toggle("elder", value === "1");
    if (!store(value)) root.dataset.carry = value;
    try { history.replaceState(null, "", withElder(location.href, value)); } catch (e) { /* the address stays */ }
    document.querySelector(`[data-elder="${1 - value}"]`).focus();
  }));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const value = root.dataset.carry;
    if (!link || !value || link.dataset.elder || link.hasAttribute("download")) return;
    const href = link.getAttribute("href");
    if (/^[^:]+\.html([?#]|$)/.test(href)) link.setAttribute("href", withElder(href, value));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!root.dataset.carry || form.elements.elder) return;
    form.insertAdjacentHTML("beforeend", `<input type="hidden" name="elder" value="${root.dataset.carry}">`);
  });

  // The main menu marks this page (generated pages share one header).
  all(".gk-nav a").forEach((link) => {
    if (link.href === location.href.replace(/[?#].*/, "")) link.setAttribute("aria-current", "page");
  });

  offer("[data-print]", () => window.print());

  offer("[data-copy]", () => {
    const address = location.href.replace(/[?&]elder=[01]|#.*/g, "");
    const say = (text) => all("[data-said]").forEach((place) => { place.textContent = text; });
    const byHand = () => window.prompt("请复制本页地址", address);
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(() => say("已复制"), byHand);
    else byHand();
  });

  // Village screen (触摸屏)
  if (root.classList.contains("kiosk")) {
    const script = document.createElement("script");
    script.src = document.currentScript.src.replace(/gongkai\.js/, "gongkai-kiosk.js");
    document.head.append(script);
  }

  // Readable without a network once it was read (sw.js); an offline copy and a page from a folder have no manifest.
  const installable = document.querySelector("link[rel=manifest]");
  if (installable && navigator.serviceWorker && location.protocol !== "file:") {
    addEventListener("load", () => {
      navigator.serviceWorker.register(new URL("sw.js", installable.href)).catch(() => { /* it reads on without */ });
    });
  }

  // Display period (公示期): where today stands in it.
  const now = new Date();
  const today = new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  all("[data-to]").forEach((badge) => {
    badge.textContent = today < badge.dataset.from ? "尚未开始" : today > badge.dataset.to ? "已结束" : "公示中";
    badge.hidden = false;
  });

  // On paper every fold is open.
  addEventListener("beforeprint", () => all("details").forEach((fold) => { fold.open = true; }));

  // Read aloud, only with a Chinese voice of this machine: nothing is sent anywhere.
  const speech = window.speechSynthesis;
  const body = document.querySelector("[data-body]");
  const offerReading = () => {
    const voice = speech.getVoices().find((v) => v.localService && /^(zh|cmn)/i.test(v.lang));
    if (!voice) return;
    offer("[data-read][hidden]", (button) => {
      const stopped = () => { button.textContent = "朗读"; };
      if (speech.speaking) return speech.cancel(), stopped();
      button.textContent = "停止朗读";
      [document.querySelector("h1").innerText, ...body.innerText.split(/\n+/)].forEach((text, i, parts) => {
        const words = new SpeechSynthesisUtterance(text);
        words.voice = voice;
        words.lang = voice.lang;
        if (i === parts.length - 1) words.onend = stopped;
        speech.speak(words);
      });
    });
  };
  if (speech && body) {
    offerReading();
    speech.onvoiceschanged = offerReading;
    addEventListener("pagehide", () => speech.cancel());
  }
})();
