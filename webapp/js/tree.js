// Versions of messages are shown without loading the page, and forms about messages open where the message stands. Both
// with keys; what is typed is kept until it is sent.
const { forms } = document.getElementById("blocks").dataset;
document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: forms }));

const kept = (form) => "edit " + form.dataset.id;

// Closes a form and gives the focus back to where it was opened.
function close(slot) {
  slot.replaceChildren();
  slot.parentElement.querySelector(`[hx-get="${slot.dataset.from}"]`)?.focus();
}

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt } = detail.requestConfig;
  if (detail.target.matches(".slot")) detail.target.dataset.from = elt.getAttribute("hx-get");
});

document.body.addEventListener("htmx:load", ({ target }) => {
  if (!target.matches("form.edit")) return;
  const field = target.elements.text;
  field.value = sessionStorage.getItem(kept(target)) ?? field.value;
  field.setSelectionRange(field.value.length, field.value.length);
  field.focus();
});

document.body.addEventListener("input", ({ target }) => {
  if (target.matches(".edit textarea")) sessionStorage.setItem(kept(target.form), target.value);
});

document.body.addEventListener("keydown", (event) => {
  const slot = event.target.closest(".slot");
  if (!slot) return;
  const form = event.target.closest("form");
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key === "Escape" && !composing) {
    event.preventDefault();
    close(slot);
  } else if (event.target.matches(".edit textarea") && event.key === "Enter" && !event.shiftKey && !composing) {
    const saves = event.ctrlKey || event.metaKey;
    if (!saves && matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    form.querySelector(saves ? ".save" : ".send").click();
  }
});

document.body.addEventListener("click", (event) => {
  const slot = event.target.closest(".slot .cancel")?.closest(".slot");
  if (!slot) return;
  event.preventDefault();
  sessionStorage.removeItem(kept(event.target.closest("form")));
  close(slot);
});

// What is wrong is said in the form.
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt.closest(".slot form");
  if (form && detail.isError) detail.target = form.querySelector("[role=alert]");
});

const here = () => location.pathname + location.search;
let shown = here();

// Shows another branch of the conversation.
async function go(url) {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok || answer.redirected) return location.assign(url); // the page says why
  const html = await answer.text();
  if (url !== location.href) history.pushState(null, "", url);
  shown = here();
  document.dispatchEvent(new CustomEvent("patter:page", { detail: html }));
}

addEventListener("popstate", () => shown === here() || go(location.href));

// The message stays where the reader looks at it, and so does the focus.
async function turn(link) {
  const { rel, href } = link;
  const scroller = document.getElementById("scroll");
  const top = link.closest(".message").getBoundingClientRect().top;
  await go(href);
  const message = document.querySelector(`[data-id="${new URL(href).searchParams.get("m")}"]`);
  if (!message) return;
  scroller.scrollTop += message.getBoundingClientRect().top - top;
  const again = message.querySelector(`.versions [rel=${rel}][href]`) ?? message.querySelector(".versions [href]");
  again?.focus({ preventScroll: true });
  document.getElementById("announced").textContent = message.querySelector(".versions span").textContent;
}

document.body.addEventListener("click", (event) => {
  const link = event.target.closest(".versions a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  turn(link);
});

document.body.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const versions = rel && event.target.closest(".versions");
  if (!versions || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  versions.querySelector(`[rel=${rel}][href]`)?.click();
});

// What somebody did led to another branch of the conversation.
function redirect(event) {
  const there = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!there || new URL(there, location).pathname !== location.pathname) return;
  event.preventDefault();
  go(new URL(there, location).href);
}

// The button that was pressed goes with its message: the focus goes on from the conversation. What was sent is kept no more.
function finish({ detail }) {
  if (detail.requestConfig.verb !== "post" || !(detail.xhr.status < 300 && detail.xhr.status)) return;
  const branch = detail.xhr.getResponseHeader("Patter-Branch");
  if (branch) go(new URL(branch, location).href);
  const undo = document.querySelector("#undo button");
  if (detail.elt.closest("form")?.getAttribute("hx-target") === "#undo") {
    detail.elt.closest(".slot")?.replaceChildren();
    if (undo) return undo.focus();
  }
  const form = detail.elt.closest(".slot form");
  if (form) sessionStorage.removeItem(kept(form));
  const message = detail.elt.closest(".message");
  if (form || message?.contains(document.activeElement)) document.getElementById("scroll").focus({ preventScroll: true });
}

// At the element itself: the stream may take the message away before the answer comes, and then no event bubbles to here.
document.body.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  elt.addEventListener("htmx:beforeOnLoad", redirect, { once: true });
  elt.addEventListener("htmx:afterRequest", finish, { once: true });
});
