// Sets formulas as MathML. The element keeps its TeX source in data-source; what cannot be set stays source.
const { katex: library, chemistry } = document.getElementById("blocks").dataset;
await import(library);

const LONGEST = 10_000;
const DEFINES = /\\(?:[gex]?def|global|let|futurelet|(?:re|provide)?(?:new)?command)(?![a-z])/i;
const waiting = [];
let timer = 0;
let chemical = false;

const touched = (element) => {
  const selection = getSelection();
  return selection.rangeCount > 0 && !selection.isCollapsed && selection.containsNode(element, true);
};

/** What has just come is set at once. A page that was just opened may have hundreds: its end, which is seen, comes first. */
export function improve(found) {
  waiting.push(...found);
  work();
}

function work() {
  clearTimeout(timer);
  const end = performance.now() + 10;
  const held = [];
  while (waiting.length && performance.now() < end) {
    const math = waiting.pop();
    if (!math.isConnected || math.dataset.source !== undefined) continue;
    if (touched(math)) held.push(math);
    else set(math);
  }
  if (waiting.length) timer = setTimeout(work);
  else if (held.length) timer = setTimeout(work, 500);
  waiting.unshift(...held);
  document.dispatchEvent(new Event("patter:grown"));
}

function set(math) {
  const source = math.textContent;
  if (!chemical && /\\(ce|pu)\s*\{/.test(source)) {
    chemical = true;
    import(chemistry).catch(() => {}).then(() => improve([math]));
    return;
  }
  math.dataset.source = source;
  try {
    math.innerHTML = mathml(source, math.classList.contains("display"));
  } catch {
    math.classList.add("unset");
  }
}

function mathml(source, displayMode) {
  if (source.length > LONGEST) throw new Error("too long");
  return window.katex.renderToString(source, {
    displayMode,
    output: "mathml",
    throwOnError: true,
    strict: "ignore",
    trust: () => { throw new Error("not allowed"); },
    maxSize: 20,
    maxExpand: DEFINES.test(source) ? Math.ceil(100_000 / (source.length + 100)) : 1_000,
  })
      .replace(/<annotation[^]*?<\/annotation>/g, "") // the source, which stands in data-source
      .replace(/ style="[^"]*"/g, ""); // in tags only: quotes in text are escaped
}

// Who copies a formula gets its source, and never half of it.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || event.target.closest?.("input, textarea")) return;
  const range = selection.getRangeAt(0).cloneRange();
  const from = around(range.startContainer);
  const to = around(range.endContainer);
  if (from) range.setStartBefore(from);
  if (to) range.setEndAfter(to);
  const copied = document.createElement("div");
  copied.append(range.cloneContents());
  const formulas = copied.querySelectorAll(".math[data-source]");
  if (!formulas.length) return;
  for (const math of formulas) {
    const mark = math.classList.contains("display") ? "$$" : "$";
    math.textContent = mark + math.dataset.source.trim() + mark;
  }
  copied.className = "copied";
  document.body.append(copied); // only what is laid out has lines
  event.clipboardData.setData("text/plain", copied.innerText);
  event.clipboardData.setData("text/html", copied.innerHTML);
  copied.remove();
  event.preventDefault();
});

const around = (node) => (node.closest ? node : node.parentElement)?.closest(".math[data-source]");
