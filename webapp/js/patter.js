// Follows a conversation's event stream and swaps what it brings, by htmx's out-of-band fragments.
const $ = (id) => document.getElementById(id);
const texts = $("texts").dataset;
const scroller = $("scroll");
const text = $("text");
let cursor = 0;
let torn = false; // a piece is missing: only a fresh copy helps
let fetching = false;
let failures = 0;
let source, parts, retry, warning;
let atEnd = true;
let lastTop = 0;
let sent = "";
let heard = 0;
let beats;
let beat = 15000;
const known = new Set();

function say(message) {
  $("status").hidden = !message;
  $("status").textContent = message;
}

// Other tabs need the connection: browsers open six to a host.
const idle = () => document.hidden && !running();

function connect() {
  clearTimeout(retry);
  const url = $("messages").dataset.events;
  if (!url || source || fetching || idle()) return;
  source = new EventSource(`${url}after=${cursor}`);
  heard = Date.now();
  parts = "";
  beats = 0;
  source.onopen = () => torn || well();
  on("message", (data, id) => {
    const html = parts + data;
    parts = "";
    if (id <= cursor) return;
    const after = /^<!--(\d+)/.exec(html)?.[1] ?? id - 1;
    if (torn || Number(after) !== cursor || html.includes('id="reload"')) return refresh();
    failures = 0;
    cursor = id;
    swap(document.body, html, "none");
    if (html.includes("data-state")) announce();
    if (html.includes('id="title"')) rename();
    follow();
    if (idle()) release();
  });
  source.onerror = again; // a browser would come every second
  on("part", (data) => parts += data);
  on("beat", (data) => {
    beat = Number(data);
    if (torn) refresh();
    else if (beats++) failures = 0; // it has lasted
  });
  on("paused", (data) => say(data === "true" ? texts.paused : ""));
  on("gone", () => end(texts.deleted));
  on("login", () => end(texts.loggedout));
  on("stale", refresh);
  on("full", (data) => {
    say(data);
    wait(30000);
  });
  on("running", (ids) => {
    for (const link of document.querySelectorAll(".list a")) {
      link.classList.toggle("running", ids.includes(link.dataset.id));
    }
  });
}

const on = (name, then) => source.addEventListener(name, ({ data, lastEventId }) => {
  heard = Date.now();
  then(data, Number(lastEventId));
});

// After a sleep a connection can be dead without anybody saying so.
setInterval(() => source && Date.now() - heard > 3 * beat && again(), 1000);

const pause = () => Math.min(30000, 500 * 2 ** failures);

// Later and later, and by chance: not all pages come at once.
function again() {
  warning ||= setTimeout(() => say(texts.reconnecting), 2000); // however often it fails
  wait(pause());
  failures++;
}

function wait(time) {
  release();
  retry = setTimeout(connect, time * (0.5 + Math.random()));
}

function release() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function well() {
  clearTimeout(warning);
  warning = 0;
  say("");
}

function end(message) {
  release();
  well();
  delete $("messages").dataset.events;
  say(message);
}

// Without an answer that has the messages all stays as it is; the stream tells why.
async function refresh() {
  if (fetching) return;
  torn = fetching = true;
  release();
  const { href } = location;
  let html = "";
  try {
    const answer = await fetch(href, { signal: AbortSignal.timeout(60 * pause()) });
    if (answer.ok && !answer.redirected) html = await answer.text();
  } catch {}
  fetching = false;
  if (!torn || href !== location.href) return connect(); // another one came meanwhile
  if (!html.includes('id="messages"')) return again();
  remember();
  show(html);
  comeBack();
}

function show(html) {
  release();
  swap($("messages"), html, "outerHTML", { select: "#messages", selectOOB: "#title,#view,#branch" });
  torn = false;
  well();
  rename();
  start();
}

document.addEventListener("patter:page", ({ detail }) => show(detail));

function swap(target, html, swapStyle, options) {
  window.htmx.swap(target, html, { swapStyle, swapDelay: 0, settleDelay: 0 }, options);
}

// Who selects or tabs through the text is reading it: the page stays where it is.
const reading = () => {
  const marked = getSelection();
  return (!marked.isCollapsed && $("messages").contains(marked.anchorNode)) || document.querySelector("#messages :focus-visible");
};

function follow() {
  if (atEnd && !reading()) {
    scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop; // less than before if the text became shorter: no step of the reader's
  } else $("follow").hidden = toEnd() < 2;
}

const toEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

const size = new ResizeObserver(() => atEnd && follow());

function start() {
  cursor = Number($("messages").dataset.revision);
  size.observe($("messages")); // what comes into view may be higher than it was taken for
  announce();
  follow();
  connect();
}

const heads = () => [...$("messages").getElementsByClassName("head")];
const ACTIVE = ["queued", "connecting", "thinking", "writing", "calling"];
const active = (head) => ACTIVE.includes(head.dataset.state);
const running = () => heads().some(active);

// A conversation that gets a title has it in the list too.
function rename() {
  for (const here of document.querySelectorAll(".list [aria-current]")) here.textContent = $("title").textContent;
}

// Says once that an answer begins and how it ends, to those who do not see it.
function announce() {
  for (const head of heads()) {
    const message = head.parentElement;
    const busy = active(head);
    if (busy === known.has(message.id)) continue;
    message.ariaBusy = busy ? "true" : null;
    if (busy) known.add(message.id);
    else known.delete(message.id);
    $("announced").textContent = texts[busy ? "active" : head.dataset.state].replace("{0}", () => message.ariaLabel);
  }
}

// Earlier messages come as the reader scrolls up; what is on the screen stays there.
async function earlier() {
  const link = $("earlier");
  if (!link || link.ariaBusy) return;
  link.ariaBusy = "true";
  try {
    const answer = await fetch(link.dataset.more, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return; // gone, or logged out
    const html = await answer.text();
    const first = link.nextElementSibling;
    const before = first.getBoundingClientRect().top;
    scroller.style.overflowAnchor = "none";
    swap(link, html, "outerHTML");
    scroller.scrollTop += first.getBoundingClientRect().top - before;
    requestAnimationFrame(() => scroller.style.overflowAnchor = "");
  } catch {
    setTimeout(() => link.ariaBusy = null, 2000);
  }
}

// Where the reader was, found again after a reload.
const place = () => "place " + location.href;

function remember() {
  const top = scroller.getBoundingClientRect().top;
  const first = [...$("messages").children].find((message) => message.getBoundingClientRect().bottom > top && message.id !== "earlier");
  if (atEnd || !first) sessionStorage.removeItem(place());
  else sessionStorage.setItem(place(), JSON.stringify([first.id, first.getBoundingClientRect().top - top]));
}

async function comeBack() {
  const [id, offset] = JSON.parse(sessionStorage.getItem(place()) ?? "[]");
  if (!id) return;
  atEnd = false;
  while (!$(id) && $("earlier") && !$("earlier").ariaBusy) await earlier();
  for (let frame = 0; frame < 5 && $(id); frame++) { // heights are known only of what has come into view
    scroller.scrollTop += $(id).getBoundingClientRect().top - scroller.getBoundingClientRect().top - offset;
    await new Promise(requestAnimationFrame);
  }
}

// A fragment without its place: of another branch if later messages stand here, otherwise this page missed something.
document.body.addEventListener("htmx:oobErrorNoTarget", ({ detail }) => {
  if (detail.content.matches("i[id]")) return; // was to be deleted
  const number = Number(/\d+/.exec(detail.target));
  const last = Number($("messages").lastElementChild?.id.slice(1));
  if ($("m" + number) || !(number < last)) refresh();
});

scroller.addEventListener("scroll", () => {
  const left = toEnd();
  const up = scroller.scrollTop < lastTop;
  lastTop = scroller.scrollTop;
  if (left < 2) atEnd = true;
  else if (up) atEnd = false;
  else if (left < 24) atEnd = true;
  if (atEnd) $("follow").hidden = true;
  if (up && lastTop < 2 * scroller.clientHeight) earlier();
}, { passive: true });

$("follow").addEventListener("click", () => {
  atEnd = true;
  getSelection().removeAllRanges();
  text.focus({ preventScroll: true });
  follow();
});

const grow = () => {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = text.scrollHeight + "px";
};

text.addEventListener("input", grow);
document.addEventListener("patter:grown", () => atEnd && follow());
size.observe(scroller); // the status line or a longer question took some of its height
text.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229; // Safari ends a composition before the key that ends it
  if (event.key !== "Enter" || event.shiftKey || composing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  $("composer").requestSubmit(document.querySelector("#composer .send"));
});

document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.id === "composer") sent = text.value;
});

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt.id !== "composer" || !detail.successful) return;
  $("problem").textContent = "";
  $("next").value = detail.xhr.getResponseHeader("Patter-Next-Message") ?? $("next").value;
  if (text.value === sent) text.value = "";
  atEnd = true;
  grow();
});

// What has no place for itself was not written by Patter, but by something between it and here.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.isError) return;
  detail.ignoreTitle = true;
  if (detail.xhr.getResponseHeader("HX-Retarget")) return;
  detail.shouldSwap = false;
  const { status } = detail.xhr;
  $("problem").textContent = (status === 413 ? texts.proxyLong : texts.proxy).replace("{0}", status);
});

document.body.addEventListener("htmx:sendError", () => {
  $("problem").textContent = texts.unreachable;
});

document.addEventListener("visibilitychange", () => {
  if (idle()) release();
  else connect();
});
addEventListener("online", connect);
addEventListener("pagehide", () => {
  remember();
  release();
});
addEventListener("pageshow", (event) => event.persisted && connect());

start();
comeBack();
