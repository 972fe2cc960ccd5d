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

// A panel that floats stands at the end of the document: Tab leads from its button into it, and from
// its last field on to what follows the button; Shift+Tab the same way back.
const PANEL = "[data-testid=stPopoverBody]", OPENER = "[data-testid=stPopoverButton][aria-expanded=true]";
const STOPS = "a[href], button:enabled, input:enabled, select, textarea:enabled, summary, [tabindex]";

// A panel that was left is taken out of the way of Tab, with a note of what its fields were before.
const isStop = (at) => at.tabIndex >= 0 || "tabindex" in at.dataset;

function stopsIn(place) {
  const all = [...place.querySelectorAll(STOPS)];
  return all.filter((at) => isStop(at) && at.checkVisibility({ visibilityProperty: true }));
}

function nextOf(panel, opener, isBack) {
  const inside = stopsIn(panel), here = document.activeElement;
  if (!inside.length) return null;
  if (isBack && here === inside[0]) return opener;
  if (!isBack && here === opener) return inside[0];
  if (panel.contains(here) && (isBack || here !== inside.at(-1))) return null;
  const outside = stopsIn(document).filter((at) => !panel.contains(at));
  const after = outside[outside.indexOf(opener) + 1];
  if (isBack) return here === after ? inside.at(-1) : null;
  return panel.contains(here) ? after : null;
}

function throughPanel(event) {
  const panel = document.querySelector(PANEL), opener = document.querySelector(OPENER);
  if (event.key !== "Tab" || event.ctrlKey || event.altKey || !panel || !opener) return;
  const next = nextOf(panel, opener, event.shiftKey);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// Where a link or a step leads to: a new one of these takes the keyboard, once, if nothing else has it.
const arrivals = document.getElementsByClassName("cb-arrive");
const place = () => arrivals[0]?.dataset.cbAt;
let arrived;

function arrive() {
  if (!arrivals.length || document.activeElement !== document.body || place() === arrived) return;
  arrived = place();
  arrivals[0].focus();
}

function isHere() {
  arrived = place() ?? arrived;
}

export default function () {
  if (window.cbKeys) return;
  window.cbKeys = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", throughPanel);
  for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, isHere, true);
  arrive();
  new MutationObserver(arrive).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", say);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-cb-slash]")) return;
    localStorage.setItem(OFF, isOff() ? "0" : "1");
    say();
  });
}
