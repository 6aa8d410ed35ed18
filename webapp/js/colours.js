// Colours code off the page's thread: some of highlight.js's patterns take seconds on text that nobody would write.
const loaded = new Set();

onmessage = ({ data: { files, language, source } }) => {
  for (const file of files) {
    if (!loaded.has(file)) importScripts(file);
    loaded.add(file);
  }
  postMessage(self.hljs.highlight(source, { language, ignoreIllegals: true }).value);
};
