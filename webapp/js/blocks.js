// Finds code, formulas and calls of tools, and only then fetches what improves them.
const { calls, code, formulas, style, tree } = document.getElementById("blocks").dataset;
const parts = [
  { wanted: ".tools:empty", from: code },
  { wanted: ".math:not([data-source])", from: formulas },
  { wanted: ".call:not(.seen)", from: calls },
];

function decorate(root) {
  for (const part of parts) {
    const found = [...root.querySelectorAll(part.wanted)];
    if (root.matches?.(part.wanted)) found.push(root);
    if (!found.length) continue;
    if (part.improve) part.improve(found);
    else bring(part);
  }
}

async function bring(part) {
  if (part.coming) return;
  part.coming = true;
  if (!document.querySelector(`link[href="${style}"]`)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
  }
  try {
    part.improve = (await import(part.from)).improve;
    decorate(document);
  } catch {
    part.coming = false; // the text can be read as it is; the next block tries again
  }
}

document.body.addEventListener("htmx:load", ({ target }) => decorate(target)); // of each new element
decorate(document);
import(tree).catch(() => {}); // everything works without it, by loading pages
