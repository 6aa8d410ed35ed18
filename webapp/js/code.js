// Gives complete code its tools, its colours, and, where it is a diagram, a drawing.
const { colours, highlight, diagram } = document.getElementById("blocks").dataset;
const texts = document.getElementById("texts").dataset;

const KNOWN = new Set(("bash sh zsh c h cpp cc c++ h++ hpp hh hxx cxx csharp cs c# css diff patch go golang graphql gql ini toml java jsp"
    + " javascript js jsx mjs cjs json jsonc kotlin kt kts less lua makefile mk mak make markdown md objectivec mm objc obj-c"
    + " perl pl pm php php-template python py python-repl pycon r ruby rb gemspec rust rs scss shell console shellsession sql"
    + " swift typescript ts tsx mts cts vbnet vb wasm xml html xhtml rss atom xsd xsl plist svg yaml yml").split(" "));

// Each in a file of its own, with other names for it.
const FURTHER = new Map([
  "ada", "apache apacheconf", "applescript", "armasm arm", "asciidoc adoc", "awk", "basic", "clojure clj", "cmake",
  "coffeescript coffee", "crystal cr", "d", "dart", "delphi pas pascal", "django jinja", "dns zone", "dockerfile docker",
  "dos bat cmd", "ebnf", "elixir ex exs", "elm", "erb", "erlang erl", "excel xlsx", "fortran f90 f95", "fsharp fs f#",
  "gherkin feature", "glsl", "gradle", "groovy", "handlebars hbs", "haskell hs", "haxe hx", "http https", "julia jl",
  "latex tex", "lisp", "llvm", "matlab", "nginx nginxconf", "nim", "nix", "ocaml ml", "pgsql postgres postgresql",
  "powershell ps ps1 pwsh", "processing", "prolog", "properties", "protobuf proto", "puppet", "reasonml", "sas", "scala",
  "scheme scm", "smalltalk st", "stylus", "tcl", "twig", "verilog v sv", "vhdl", "vim", "x86asm asm",
].flatMap((line) => line.split(" ").map((name, _, [file]) => [name, file])));

const LONGEST = 50_000;

/** Fills the empty tools of complete code. */
export function improve(found) {
  for (const tools of found) {
    const figure = tools.parentElement;
    const code = figure.querySelector("code");
    const language = code.className.replace("language-", "").toLowerCase();
    const short = code.textContent.length <= LONGEST;
    if (language === "mermaid" && short) tools.append(button(texts.diagramShow, (b) => draw(b, figure, code)));
    const wrap = button(texts.codeWrap, () => wrap.setAttribute("aria-pressed", figure.classList.toggle("wrapped")));
    wrap.setAttribute("aria-pressed", "false");
    tools.append(wrap, button(texts.codeCopy, (b) => copy(b, code)));
    if (short && (KNOWN.has(language) || FURTHER.has(language))) near.observe(figure);
  }
}

function button(label, press) {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  made.addEventListener("click", () => press(made));
  return made;
}

// Copying

const news = Object.assign(document.createElement("span"), { className: "hidden" });
news.setAttribute("role", "status");
document.body.append(news);

/** Without the last line's end: in a terminal it would run what was pasted. */
async function copy(button, code) {
  try {
    await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ""));
    answer(button, texts.codeCopied, texts.codeCopied);
  } catch { // refused, or missing because the page came over plain http
    select(code);
    if (document.execCommand("copy")) {
      getSelection().removeAllRanges();
      answer(button, texts.codeCopied, texts.codeCopied);
    } else {
      answer(button, texts.codeSelected, texts.codeSelectedHint);
    }
  }
}

function select(code) {
  getSelection().selectAllChildren(code);
  let last = code;
  while (last.lastChild) last = last.lastChild;
  if (last.data?.endsWith("\n")) getSelection().extend(last, last.length - 1);
}

function answer(button, word, sentence) {
  clearTimeout(button.timer);
  button.textContent = word;
  news.textContent = sentence;
  button.timer = setTimeout(() => {
    button.textContent = texts.codeCopy;
    news.textContent = "";
  }, 2000);
}

// Colours

const due = new Set();
const held = new Set();
let worker = null;
let busy = false;
const later = window.requestIdleCallback ? (work) => requestIdleCallback(work, { timeout: 2000 }) : (work) => setTimeout(work, 100);

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    due.add(target);
  }
  next();
}, { root: document.getElementById("scroll"), rootMargin: "50% 0px" });

function next() {
  if (busy || !due.size) return;
  busy = true;
  later(async () => {
    const [figure] = due;
    due.delete(figure);
    await colour(figure).catch(() => {}); // plain is good enough
    busy = false;
    next();
  });
}

async function colour(figure) {
  const code = figure.querySelector("code");
  const source = code.textContent;
  const language = code.className.replace("language-", "").toLowerCase();
  const further = FURTHER.get(language);
  const files = [highlight, ...(further ? [highlight.replace("highlight.min.js", `languages/${further}.min.js`)] : [])];
  const coloured = document.createElement("template");
  coloured.innerHTML = await work({ files, language: further ?? language, source });
  if (!figure.isConnected || coloured.content.textContent !== source) return;
  if (touched(code)) held.add(figure);
  else code.replaceChildren(coloured.content);
}

function work(task) {
  worker ??= new Worker(colours);
  return new Promise((done, failed) => {
    const fail = (event) => {
      event?.preventDefault();
      clearTimeout(timer);
      worker.terminate();
      worker = null;
      failed(new Error("no colours"));
    };
    const timer = setTimeout(fail, 10_000);
    worker.onerror = fail;
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      done(data);
    };
    worker.postMessage(task);
  });
}

/** Whether the reader has selected some of it, which new elements would undo. */
function touched(element) {
  const selection = getSelection();
  return selection.rangeCount > 0 && !selection.isCollapsed && selection.containsNode(element, true);
}

document.addEventListener("selectionchange", () => {
  for (const figure of held) {
    if (touched(figure)) continue;
    held.delete(figure);
    due.add(figure);
  }
  next();
});

// Diagrams: drawn in a frame that can reach nothing, see docs/security.md.

function draw(button, figure, code) {
  const shown = figure.querySelector(".diagram");
  button.textContent = shown ? texts.diagramShow : texts.diagramHide;
  if (shown) {
    shown.remove();
    return;
  }
  const place = Object.assign(document.createElement("div"), { className: "diagram" });
  const words = Object.assign(document.createElement("p"), { textContent: texts.diagramDrawing });
  const frame = Object.assign(document.createElement("iframe"), { title: texts.diagramTitle, src: diagram });
  words.setAttribute("role", "status");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.addEventListener("load", () => frame.contentWindow.postMessage(code.textContent, "*")); // it has no origin to name
  place.append(words, frame);
  figure.append(place);
  setTimeout(() => words.textContent === texts.diagramDrawing && fail(place, texts.diagramSlow), 30_000);
}

function fail(place, reason) {
  place.classList.remove("drawn");
  place.querySelector("p").textContent = texts.diagramFailed.replace("{0}", () => reason);
}

addEventListener("message", ({ source, data }) => {
  const frame = [...document.querySelectorAll(".diagram iframe")].find((each) => each.contentWindow === source);
  if (!frame) return;
  if (typeof data?.error === "string") fail(frame.parentElement, data.error.slice(0, 300));
  if (!Number.isFinite(data?.height)) return;
  frame.style.height = `${Math.min(Math.max(Math.ceil(data.height), 20), 4000)}px`;
  frame.parentElement.classList.add("drawn");
  frame.previousElementSibling.textContent = "";
});
