// Follows a conversation's event stream and swaps what it brings, with htmx, by out-of-band fragments.
const $ = (id) => document.getElementById(id);
const htmx = window.htmx;
const scroller = $("scroll");
const text = $("text");
let cursor = 0;
let source = null;
let failures = 0;
let timer = 0;
let atEnd = true;
let sent = "";

function say(message) {
  $("status").hidden = !message;
  $("status").textContent = message;
}

function connect() {
  const url = $("messages").dataset.events;
  if (!url || source) return;
  source = new EventSource(`${url}?after=${cursor}`);
  source.onopen = () => {
    failures = 0;
    clearTimeout(timer);
    say("");
  };
  source.onmessage = (event) => {
    const id = Number(event.lastEventId);
    if (id <= cursor) return;
    cursor = id;
    htmx.swap(document.body, event.data, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
    follow();
  };
  source.onerror = () => {
    clearTimeout(timer);
    timer = setTimeout(() => say("Reconnecting…"), 2000);
    if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    release();
    const pause = Math.min(30000, 500 * 2 ** failures++) * (0.5 + Math.random());
    setTimeout(connect, pause);
  };
  on("paused", (data) => say(data === "true" ? "Saving is paused: the database is away. Nothing is lost; the text comes as soon as it is back." : ""));
  on("gone", () => end("This conversation was deleted."));
  on("login", () => end("You are logged out. Log in in another tab, then reload this page."));
  on("stale", () => location.reload());
}

const on = (name, then) => source.addEventListener(name, (event) => then(event.data));

function release() {
  source?.close();
  source = null;
}

function end(message) {
  release();
  clearTimeout(timer);
  delete $("messages").dataset.events;
  say(message);
}

async function refresh() {
  if (refresh.running) return;
  refresh.running = true;
  release();
  await htmx.ajax("GET", location.href, { target: "#messages", select: "#messages", swap: "outerHTML" });
  refresh.running = false;
  start();
}

function follow() {
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  else $("follow").hidden = false;
}

function start() {
  cursor = Number($("messages").dataset.revision);
  follow();
  connect();
}

const running = () => document.querySelector('.head[data-state="queued"],.head[data-state="connecting"],.head[data-state="thinking"],.head[data-state="writing"]');

// A fragment without its place: of another branch if later messages stand here, otherwise this page missed something.
document.body.addEventListener("htmx:oobErrorNoTarget", ({ detail }) => {
  if (detail.content.matches("i[id]")) return; // was to be deleted
  const number = Number(/\d+/.exec(detail.target));
  const last = Number($("messages").lastElementChild?.id.slice(1));
  if ($("m" + number) || !(number < last)) refresh();
});

scroller.addEventListener("scroll", () => {
  atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
  if (atEnd) $("follow").hidden = true;
}, { passive: true });

$("follow").addEventListener("click", () => {
  atEnd = true;
  follow();
});

const grow = () => {
  if (CSS.supports("field-sizing", "content")) return;
  text.style.height = "auto";
  text.style.height = text.scrollHeight + "px";
};

text.addEventListener("input", grow);
document.addEventListener("patter:grown", () => atEnd && follow());
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
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

document.body.addEventListener("htmx:sendError", () => {
  $("problem").textContent = "The server cannot be reached. Your text is kept here; send it again in a moment.";
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden && !running()) release();
  else connect();
});
addEventListener("pagehide", release);
addEventListener("pageshow", (event) => event.persisted && connect());

start();
