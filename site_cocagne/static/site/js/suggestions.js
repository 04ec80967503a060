// Suggestions while one types in a search field, after the combobox of the ARIA practices with a list:
// the focus stays in the field, arrows walk the list, Enter follows, Escape closes and then empties.
// Nothing is chosen by itself: Enter without an arrow searches for what was typed.

const PAUSE = 180; // ms without a key before anything is asked
const SHORTEST = 2;

document.querySelectorAll("form.search input[type=search]").forEach(enhance);

function enhance(field, number) {
  const form = field.form;
  const id = `suggestions-${number}`;
  const list = Object.assign(document.createElement("ul"), { id, hidden: true, className: "suggest__list" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label")?.textContent.trim() ?? "");
  const status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  const frame = Object.assign(document.createElement("div"), { className: "suggest" });
  const focused = document.activeElement === field; // it moves: who types already goes on typing
  field.replaceWith(frame);
  frame.append(field, list, status);
  if (focused) field.focus();
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
  })) {
    field.setAttribute(name, value);
  }

  let waiting = 0;
  let running = null;
  let current = -1;

  const options = () => [...list.children];
  const close = () => {
    clearTimeout(waiting);
    running?.abort();
    list.hidden = true;
    current = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    status.textContent = "";
  };
  const select = (index) => {
    current = index;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options()[index].id);
    options()[index]?.scrollIntoView({ block: "nearest" });
  };

  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ title, url, group }, index) => {
        const option = Object.assign(document.createElement("li"), { id: `${id}-${index}` });
        option.className = "suggest__option";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = url;
        option.append(title, " ");
        option.append(Object.assign(document.createElement("span"), { className: "suggest__group", textContent: group }));
        return option;
      }),
    );
    current = -1;
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    const count = suggestions.length;
    status.textContent = count > 1 ? `${count} ${form.dataset.many}` : count ? form.dataset.one : "";
  };

  const ask = async () => {
    const words = field.value.trim();
    if (words.length < SHORTEST) return close();
    running?.abort();
    running = new AbortController();
    const url = new URL("suggestions/", new URL(form.action, location.href));
    url.search = new URLSearchParams({ q: field.value });
    try {
      const answer = await fetch(url, { signal: running.signal, headers: { Accept: "application/json" } });
      if (answer.ok && document.activeElement === field) show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // -1 is the field itself: one comes back to what was typed.
      select(((current + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && current >= 0 && count) {
      event.preventDefault();
      location.assign(options()[current].dataset.url);
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", close);
}
