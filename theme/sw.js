/* The service worker: what was read on a phone can be read again without a network.
 *
 * Whatever the network answers is what is shown, so nobody ever sees an older page while there is a network; the copies
 * kept here answer only when it does not. They belong to one build of the site: with the next build the pages that
 * were read are asked for again, and everything else that was kept is thrown away.
 */
"use strict";

// The build sets these two lines: a digest of the whole site, and the files of its home page. Without a digest (in
// gongkai serve, or with "installable: false") the worker clears up after an earlier one and takes itself out of service.
const BUILD = "";
const HOME = [];

const SITE = self.registration.scope;
const MOST_KEPT = 500;
const MOST_CARRIED = 50;
const LARGEST_BYTES = 5_000_000;

const CACHE = `gongkai ${BUILD} ${SITE}`;
const ownCaches = async () =>
  (await caches.keys()).filter((name) => name.startsWith("gongkai ") && name.endsWith(` ${SITE}`));

/** The name under which an answer is kept: the address of the file, whatever is asked of it. */
function keyOf(address) {
  const bare = address.replace(/[?#].*/, "");
  return bare.endsWith("/") ? `${bare}index.html` : bare;
}

const isPage = (address) => keyOf(address).endsWith(".html");

/** Ask the network, past what the browser's own cache believes to be fresh. */
const ask = (request) => fetch(request, { cache: "no-cache" });

async function keep(address, answer) {
  if (!answer.ok || answer.type !== "basic" || answer.redirected) return;
  if (Number(answer.headers.get("content-length")) > LARGEST_BYTES) return;
  if (!(await caches.has(CACHE))) return; // a later build has cleared up
  const cache = await caches.open(CACHE);
  await cache.put(keyOf(address), answer);
  const kept = await cache.keys(); // in the order in which they were put
  const home = new Set(HOME.map((file) => SITE + file));
  const spare = kept.filter((request) => !home.has(request.url));
  await Promise.all(spare.slice(0, Math.max(0, kept.length - MOST_KEPT)).map((request) => cache.delete(request)));
}

/** The pages that earlier builds' caches hold, and those that are open: what a reader of this phone has read. */
async function pagesRead() {
  const read = new Set();
  for (const name of await ownCaches()) {
    for (const request of await (await caches.open(name)).keys()) if (isPage(request.url)) read.add(request.url);
  }
  for (const client of await self.clients.matchAll({ includeUncontrolled: true, type: "window" })) {
    if (client.url.startsWith(SITE) && isPage(client.url)) read.add(keyOf(client.url));
  }
  return [...read].slice(-MOST_CARRIED);
}

async function install() {
  await self.skipWaiting();
  if (!BUILD) return;
  const cache = await caches.open(CACHE);
  await cache.addAll(HOME.map((file) => new Request(SITE + file, { cache: "no-cache" })));
  if (navigator.connection?.saveData) return;
  const again = async (address) => keep(address, await ask(address));
  await Promise.allSettled((await pagesRead()).map(again));
}

async function activate() {
  for (const name of await ownCaches()) if (name !== CACHE || !BUILD) await caches.delete(name);
  if (BUILD) await self.clients.claim();
  else await self.registration.unregister();
}

async function answer(event) {
  const { request } = event;
  try {
    const fresh = await (request.mode === "navigate" ? ask(request) : fetch(request));
    event.waitUntil(keep(request.url, fresh.clone()).catch(() => {})); // no room: nothing is kept
    return fresh;
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(keyOf(request.url));
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    return new Response(NOT_HERE, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (BUILD && request.method === "GET" && request.url.startsWith(SITE) && !request.headers.has("range")) {
    event.respondWith(answer(event));
  }
});

const NOT_HERE = `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>现在没有网络</title>
<style>
  body{margin:0;font:1.125rem/1.75 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;color:#1b2530;background:#edf3fa}
  main{max-width:36em;margin:2rem auto;padding:1.5rem 1rem;background:#fff;border-top:.25rem solid #0b4a8b}
  h1{font-size:1.5rem;line-height:1.4;margin:0 0 1rem}
  a{display:inline-block;min-height:44px;line-height:44px;margin-right:1.5rem;color:#0b4a8b}
</style>
<main><h1>现在没有网络</h1>
<p>这一页还没有在这部手机上打开过，没有网络时看不到。看过的页面都可以再看。</p>
<p><a href="">再试一次</a><a href="${SITE}index.html">回到首页</a></p></main>`;
