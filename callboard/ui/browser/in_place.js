// A link to another page of ours, followed in place: Streamlit's page hears of the new address as it
// does of the browser's back button. That costs a run of the page instead of a whole new start.
// A new tab, a file, a section of a page and whatever is not ours are left to the browser.
let pages = [];

const isPlain = (event) =>
  event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

const isOurs = (link) =>
  link.origin === location.origin && !link.target && !link.hasAttribute("download") && !link.hash
  && pages.includes(link.pathname.split("/").pop());

function follow(event) {
  const link = event.target.closest?.(".stHtml a[href]");
  if (!link || !isPlain(event) || !isOurs(link)) return;
  event.preventDefault();
  link.blur();
  history.pushState({}, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
}

export default function (known) {
  if (!pages.length) document.addEventListener("click", follow);
  pages = known;
}
