/* The village screen (触摸屏): the site with ?kiosk=1, for a browser that fills the screen and has no buttons of its own.
 *
 * Only pages of the site open: no other site, no download, no print dialog, no menu, no folder. Links and forms carry
 * kiosk=1 on. Whoever walks away leaves nothing behind: after the idle seconds of the site's settings
 * (data-kiosk-idle) the screen is at the home page again, in the standard view, with nothing typed.
 */
(() => {
  "use strict";

  const IDLE_SECONDS = Number(document.querySelector("[data-kiosk-idle]")?.dataset.kioskIdle) || 90;
  const NOTICE_SECONDS = Math.min(10, IDLE_SECONDS / 3);
  const MESSAGE_MS = 6000;
  const FRESH_MS = 30 * 60 * 1000; // a home page that nobody touches is loaded anew this often, for what has been published

  const brand = document.querySelector(".gk-brand");
  if (!brand) return;
  const home = brand.href.replace(/[?#].*/, "");
  const site = home.slice(0, home.lastIndexOf("/") + 1);
  const atHome = location.href.replace(/[?#].*/, "") === home;
  const fromFolder = location.protocol === "file:";

  /* ---- The bar at the foot: back, home, and what there is to say ---- */

  const bar = document.createElement("nav");
  bar.className = "gk-kiosk";
  bar.setAttribute("aria-label", "触摸屏操作");
  const message = document.createElement("p");
  message.setAttribute("role", "status");
  bar.append(message);
  if (!atHome) {
    if (history.length > 1) bar.append(button("返回", () => history.back()));
    bar.append(button("首页", goHome));
  }
  document.body.append(bar);

  function button(text, act) {
    const element = document.createElement("button");
    element.type = "button";
    element.textContent = text;
    element.addEventListener("click", act);
    return element;
  }

  let hiding = 0;
  function say(text, ms = MESSAGE_MS) {
    clearTimeout(hiding);
    message.textContent = text;
    if (ms) hiding = setTimeout(() => say("", 0), ms);
  }

  /* ---- Where links may lead ---- */

  const ATTACHMENT = /^items\/[^/]+\/./; // even one that is a page of its own: it has no bar, and no way back
  const isPage = (url) =>
    url.href.startsWith(site) && !ATTACHMENT.test(url.href.slice(site.length)) &&
    (url.pathname.endsWith(".html") || (url.pathname.endsWith("/") && !fromFolder));

  function refusal(url) {
    if (/^(tel|mailto|sms):$/.test(url.protocol)) return "触摸屏不能打电话、发邮件，请用手机联系。";
    if (url.href.startsWith(site)) return "触摸屏不能下载文件，需要时请用手机打开本站下载，或者向工作人员索取。";
    return "触摸屏不能打开别的网站。";
  }

  /** An address as written, with kiosk=1 in its query. */
  function carrying(href) {
    const [page, hash] = href.split("#");
    if (/[?&]kiosk=1/.test(page)) return href;
    return `${page}${page.includes("?") ? "&" : "?"}kiosk=1${hash === undefined ? "" : `#${hash}`}`;
  }

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  function followed(event) {
    const link = event.target.closest?.("a, area");
    const href = link?.getAttribute("href");
    if (!href) return;
    link.removeAttribute("target");
    if (event.button === 2) return stop(event);
    const url = new URL(link.href, document.baseURI);
    if (link.hasAttribute("download") || !isPage(url)) {
      stop(event);
      say(refusal(url));
    } else if (!href.startsWith("#")) {
      link.setAttribute("href", carrying(href));
      if (event.button || event.ctrlKey || event.shiftKey || event.metaKey || event.altKey) {
        stop(event); // no second window
        location.assign(link.href);
      }
    }
  }
  addEventListener("click", followed, true);
  addEventListener("auxclick", followed, true);

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!isPage(new URL(form.action, document.baseURI)) || form.method !== "get") return stop(event);
    form.removeAttribute("target");
    if (!form.querySelector('[name="kiosk"]')) {
      form.insertAdjacentHTML("beforeend", '<input type="hidden" name="kiosk" value="1">');
    }
  }, true);

  for (const name of ["pushState", "replaceState"]) {
    const plain = history[name].bind(history);
    history[name] = (state, unused, address) => plain(state, unused, address && carrying(String(address)));
  }

  /* ---- Ways out that a browser offers ---- */

  for (const name of ["contextmenu", "dragstart", "dragover", "drop"]) addEventListener(name, stop, true);
  addEventListener("keydown", (event) => {
    const key = event.key?.toLowerCase() ?? ""; // a browser that fills in a form says no key
    const plain = !event.shiftKey && !event.altKey && ["a", "c", "v", "x"].includes(key);
    if (/^(f\d+|browser.*|launch.*)$/.test(key) || event.altKey || ((event.ctrlKey || event.metaKey) && !plain)) stop(event);
  }, true);
  window.print = () => {};
  window.open = () => null;

  /* ---- Back to the home page when nobody is there ---- */

  const loadedAt = Date.now();
  let touchedAt = loadedAt;
  let asking = false;
  let leaving = false;

  for (const name of ["pointerdown", "pointermove", "wheel", "touchmove", "keydown", "input"]) {
    addEventListener(name, () => {
      touchedAt = Date.now();
      if (asking) say("", 0);
      asking = false;
    }, { capture: true, passive: true });
  }

  const untouched = () =>
    atHome && !scrollY && (window.visualViewport?.scale ?? 1) === 1 && !document.documentElement.classList.contains("elder") &&
    [...document.querySelectorAll("input[type=search]")].every((input) => !input.value) &&
    !document.querySelector("details[open]");

  setInterval(() => {
    const idle = (Date.now() - touchedAt) / 1000;
    if (idle < IDLE_SECONDS - NOTICE_SECONDS || leaving) return;
    if (untouched()) {
      if (!fromFolder && Date.now() - loadedAt > FRESH_MS) goHome();
    } else if (idle >= IDLE_SECONDS) {
      goHome();
    } else if (!asking) {
      asking = true;
      say("很久没有人操作，马上回到首页。想继续看，请点一下屏幕。", 0);
    }
  }, 1000);

  /** Open the home page as it was at first. Over a network that is down the screen stays where it is. */
  async function goHome() {
    leaving = true;
    try {
      if (!fromFolder) {
        const answer = await fetch(home, { cache: "no-cache" });
        if (!answer.ok) throw new Error(`${home}: ${answer.status}`);
      }
      location.replace(`${home}?kiosk=1&elder=0`);
    } catch {
      leaving = false;
      touchedAt = Date.now();
      say("网络不通，请稍后再试。");
    }
  }
})();
