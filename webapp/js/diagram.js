// Draws the diagram that the page around this frame sends, and tells that page how high it is.
const dark = matchMedia("(prefers-color-scheme: dark)");
let source = null;
let turn = Promise.resolve();

const tell = (message) => parent.postMessage(message, "*"); // only Patter's own pages can be around this one

async function draw() {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    logLevel: "fatal",
    theme: dark.matches ? "dark" : "neutral",
    fontFamily: "system-ui, sans-serif",
  });
  try {
    const { svg } = await mermaid.render("diagram", source);
    document.body.innerHTML = svg;
    document.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes)); // nothing leads out of here
    sizes.disconnect();
    sizes.observe(document.body);
  } catch (error) {
    document.body.replaceChildren();
    tell({ error: String(error?.message ?? error) });
  }
}

const sizes = new ResizeObserver(() => document.body.firstChild && tell({ height: document.body.scrollHeight }));

const again = () => {
  if (source !== null) turn = turn.then(draw);
};

addEventListener("message", (event) => {
  if (event.source !== parent || typeof event.data !== "string") return;
  source = event.data;
  again();
});
dark.addEventListener("change", again);
