// Players of other sites: put into the page when somebody asks for one, never before.

for (const figure of document.querySelectorAll("[data-player]")) {
  const here = figure.querySelector("[data-player-here]");
  here.hidden = false;
  here.querySelector("button").addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.className = "foreign-player";
    frame.title = figure.dataset.title;
    frame.lang = figure.querySelector("figcaption").closest("[lang]").lang;
    frame.allow = "fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.src = figure.dataset.player;
    here.replaceWith(frame);
    frame.focus();
  });
}
