// Counts the seconds of the calls of tools that run. The server says how many there were when it rendered the card.
const texts = document.getElementById("texts").dataset;
const began = new WeakMap();
let timer = 0;

function count() {
  const running = document.querySelectorAll(".call [data-running]");
  for (const time of running) {
    if (!began.has(time)) began.set(time, performance.now() - 1000 * time.dataset.running);
    time.textContent = texts.seconds.replace("{0}", Math.floor((performance.now() - began.get(time)) / 1000));
  }
  if (!running.length) {
    clearInterval(timer);
    timer = 0;
  }
}

export function improve(cards) {
  for (const card of cards) card.classList.add("seen");
  timer ||= setInterval(count, 1000);
  count();
}
