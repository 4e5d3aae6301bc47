// The design system's parts must be woken once on the page and again in what htmx swaps in.
document.addEventListener("DOMContentLoaded", () => window.DKFDS.init());
document.addEventListener("htmx:after:swap", (event) => {
  window.DKFDS.init({ scope: event.detail?.ctx?.target ?? document.body });
});
// One open menu at a time; Escape closes it and gives the focus back.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.menu[open]")) return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== event.target) menu.open = false;
  }
}, true);
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
