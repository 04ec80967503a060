// Comfort only: every task can be done without this file.

// Carousels: a list that scrolls. Two buttons move it by what is seen of it; nothing moves by itself.
for (const buttons of document.querySelectorAll(".carousel__buttons")) {
  const list = document.getElementById(buttons.querySelector("button").getAttribute("aria-controls"));
  if (!list) continue;
  const [previous, next] = buttons.querySelectorAll("button");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const move = (way) =>
    list.scrollBy({ left: way * list.clientWidth * 0.9, behavior: calm.matches ? "auto" : "smooth" });
  const settle = () => {
    const room = list.scrollWidth - list.clientWidth;
    buttons.hidden = room < 8;
    // aria-disabled, not disabled: a button that loses the focus under one's finger is a trap
    previous.setAttribute("aria-disabled", String(list.scrollLeft < 8));
    next.setAttribute("aria-disabled", String(list.scrollLeft > room - 8));
  };
  previous.addEventListener("click", () => move(-1));
  next.addEventListener("click", () => move(1));
  list.addEventListener("scroll", settle, { passive: true });
  new ResizeObserver(settle).observe(list);
  settle();
}

// Menu of small screens: Escape closes it and gives the focus back.
const toggle = document.querySelector(".menu-toggle");
if (toggle) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && toggle.open && event.target.closest(".site-header")) {
      toggle.open = false;
      toggle.querySelector("summary").focus();
    }
  });
}

// A picture whose file is gone costs the picture, not the page.
const drop = (image) => {
  image.closest("picture, img").hidden = true;
};
for (const image of document.images) {
  // In a frame without room, as a preview is before it is shown, every picture is 0 pixels wide.
  if (innerWidth > 0 && image.complete && image.naturalWidth === 0 && image.currentSrc) drop(image);
  else image.addEventListener("error", () => drop(image), { once: true });
}
