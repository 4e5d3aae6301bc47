// A page that follows what happens (see pages/live.py): parts whose text has changed are shown anew,
// but none that somebody is busy with. Without a stream the page asks now and then.
const live = document.querySelector("[data-live]");
const ASK_EVERY = 30_000, IN_ANY_CASE = 120_000;

document.addEventListener("input", (event) => {
  event.target.closest("[data-live-part]")?.setAttribute("data-touched", "");
});
const busy = (part) => part.matches("[data-touched]") || part.contains(document.activeElement);

// What somebody has folded out or in stays so.
function foldAlike(now, part) {
  const before = part.querySelectorAll("details"), after = now.querySelectorAll("details");
  if (before.length === after.length) after.forEach((fold, place) => { fold.open = before[place].open; });
}

async function lookAgain() {
  if (document.hidden || document.querySelector(".error-summary")) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  let waits = false;
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.textContent === part.textContent) continue;
    if (busy(part)) { waits = true; continue; }
    foldAlike(now, part);
    part.replaceWith(now);
    window.DKFDS.init({ scope: now });
    window.htmx.process(now);
  }
  const template = live.querySelector("template");
  live.replaceChildren(template, ...(waits ? [template.content.cloneNode(true)] : []));
}

const askNowAndThen = () => setInterval(lookAgain, ASK_EVERY);
const stream = new EventSource(live.dataset.live);
stream.addEventListener("changed", lookAgain);
stream.addEventListener("full", () => { stream.close(); askNowAndThen(); });
stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) askNowAndThen(); });
setInterval(lookAgain, IN_ANY_CASE);
document.addEventListener("visibilitychange", lookAgain);
addEventListener("pagehide", () => stream.close());
