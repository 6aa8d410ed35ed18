// Draws the diagram that the page around this frame sends, and tells that page how high it is.
const dark = matchMedia("(prefers-color-scheme: dark)");
let source = null;
let turn = Promise.resolve();

// The colours of patter.css.
const light = { ink: "#22241f", soft: "#63665c", accent: "#2a6656", paper: "#f3f1ea", raised: "#ffffff", mine: "#e0ece4", note: "#fbeee4" };
const night = { ink: "#e7e6df", soft: "#a3a69a", accent: "#7fc4ae", paper: "#1f221e", raised: "#2b302a", mine: "#24332c", note: "#33231a" };

const colours = ({ ink, soft, accent, paper, raised, mine, note }) => ({
  darkMode: dark.matches,
  background: paper,
  primaryColor: raised,
  primaryTextColor: ink,
  primaryBorderColor: accent,
  secondaryColor: mine,
  tertiaryColor: paper,
  lineColor: soft,
  textColor: ink,
  titleColor: ink,
  edgeLabelBackground: paper,
  noteBkgColor: note,
  noteTextColor: ink,
  fontFamily: "system-ui, sans-serif",
  fontSize: "15px",
});

const tell = (message) => parent.postMessage(message, "*"); // only Patter's own pages can be around this one

async function draw() {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    logLevel: "fatal",
    theme: "base",
    themeVariables: colours(dark.matches ? night : light),
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
