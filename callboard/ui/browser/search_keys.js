// The search box by key: "/" or Ctrl+K goes there, Enter opens the first hit, arrows walk the hits,
// Escape clears. "/" can be turned off, as WCAG 2.1.4 asks of a key without Ctrl.
const BOX = ".st-key-cb-search input", HITS = ".st-key-cb-search .cb-hits", OFF = "cb-slash-off";
const FIELD = "input, textarea, select, [contenteditable=true], [role=combobox], [role=dialog]";

const isOff = () => localStorage.getItem(OFF) === "1";
const found = () => [...document.querySelectorAll(`${HITS} a`)];

function say() {
  for (const button of document.querySelectorAll("[data-cb-slash]"))
    button.textContent = isOff() ? "Let “/” lead here" : "Turn “/” off";
}

function clear(box) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, "");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

/** Hits trail what is typed by a moment: wait for those of the words in the box. */
function openFirst(box, tries) {
  const told = document.querySelector(HITS)?.dataset.cbFor;
  if (told === box.value.trim()) found()[0]?.click();
  else if (tries) setTimeout(openFirst, 100, box, tries - 1);
}

function walk(box, step) {
  const stops = [box, ...found()];
  const here = stops.indexOf(document.activeElement);
  stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
}

function inside(event, box) {
  if (event.key === "Enter" && event.target === box && box.value.trim()) openFirst(box, 30);
  else if (event.key === "ArrowDown") walk(box, 1);
  else if (event.key === "ArrowUp") walk(box, -1);
  else if (event.key === "Escape") clear(box);
  else return;
  event.preventDefault();
}

function onKey(event) {
  const box = document.querySelector(BOX);
  if (!box || event.isComposing) return;
  const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isCtrlK = event.key === "k" && (event.ctrlKey || event.metaKey);
  if (isCtrlK || (isSlash && !isOff() && !event.target.closest?.(FIELD))) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.target.closest?.(".st-key-cb-search")) inside(event, box);
}

export default function () {
  if (window.cbSearchKeys) return;
  window.cbSearchKeys = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", say);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-cb-slash]")) return;
    localStorage.setItem(OFF, isOff() ? "0" : "1");
    say();
  });
}
