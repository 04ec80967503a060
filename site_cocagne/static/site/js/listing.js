// Lists with a filter, made smooth: what is ticked is fetched and the parts of the page are replaced
// in place. The form works the same without this file; nothing here knows an address of its own.
//
// In the page: [data-listing] holds a form [data-filter], parts with an id and [data-part], and one
// [data-announce] that tells screen readers the number of results.

const PAUSE = 350; // ms between the last tick and the request: several ticks are one request

for (const listing of document.querySelectorAll("[data-listing]")) {
  const form = listing.querySelector("[data-filter]");
  if (form) enhance(listing, form);
}

function enhance(listing, form) {
  const announce = listing.querySelector("[data-announce]");
  const hint = listing.querySelector("[data-live-hint]");
  if (hint) hint.hidden = false;
  let waiting = 0;
  let running = null;

  // The address that the form would lead to, without empty fields.
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
    const url = new URL(form.action, location.href);
    url.search = query;
    return url;
  };

  // Shows the list at an address; where anything goes wrong the browser follows it as usual.
  const show = async (url, { push, focus }) => {
    running?.abort();
    running = new AbortController();
    listing.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const parts = [...listing.querySelectorAll("[data-part]")];
      const fresh = parts.map((part) => next.getElementById(part.id));
      if (fresh.includes(null)) throw new Error("not a list");
      replace(parts, fresh);
      syncFields(form, next);
      document.title = next.title;
      if (push) history.pushState({ listing: true }, "", url);
      const heading = listing.querySelector(".count");
      if (focus === "heading") heading?.focus();
      announce.textContent = heading?.textContent.trim() ?? "";
    } catch (error) {
      if (error.name === "AbortError") return;
      location.assign(url);
    } finally {
      listing.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("change", (event) => {
    // Only boxes act at once: a list of sorts walked with the arrow keys must not.
    if (event.target.type !== "checkbox") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => show(address(), { push: true }), PAUSE);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show(address(), { push: true, focus: "heading" });
  });

  // Chips, reset and pages: links to the same list with another query string.
  listing.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.getAttribute("target")) return;
    // By attribute: a link inside a drawing has no plain text in its properties.
    const url = new URL(link.getAttribute("href"), location.href);
    if (url.origin !== location.origin || url.pathname !== new URL(form.action).pathname) return;
    event.preventDefault();
    clearTimeout(waiting);
    show(url, { push: true, focus: "heading" });
  });

  // Only entries of this list: a step back to where one came from is the browser's own business.
  history.replaceState({ ...history.state, listing: true }, "");
  addEventListener("popstate", (event) => {
    if (event.state?.listing) show(new URL(location.href), { push: false });
  });
}

// Puts new parts in the place of the old ones; focus and open folds stay where they were.
function replace(parts, fresh) {
  const before = document.activeElement;
  const name = before?.name;
  const value = before?.value;
  const inside = parts.some((part) => part.contains(before));
  const open = new Map();
  for (const fold of document.querySelectorAll("[data-part] details[id]")) open.set(fold.id, fold.open);
  parts.forEach((part, index) => part.replaceChildren(...fresh[index].childNodes));
  for (const [id, wasOpen] of open) {
    const fold = document.getElementById(id);
    if (fold && wasOpen) fold.open = true;
  }
  if (!inside || !name) return;
  const same = [...document.querySelectorAll("[data-part] input")];
  same.find((field) => field.name === name && field.value === value)?.focus({ preventScroll: true });
}

// Fields outside the parts follow the address: after a reset or a step back in history.
function syncFields(form, next) {
  const other = next.querySelector("[data-filter]");
  for (const field of form.querySelectorAll("select, input[type=search], input[type=hidden]")) {
    if (field.closest("[data-part]")) continue;
    const there = other?.querySelector(`[name="${field.name}"]`);
    if (there && document.activeElement !== field) field.value = there.value;
  }
}
