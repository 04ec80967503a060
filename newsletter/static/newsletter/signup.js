// Comfort for the sign-up form: without this file a second step takes its place.
// When somebody touches the form, a signed moment is fetched; and while the team asks for it,
// the browser calculates (ALTCHA's protocol: find the number whose hash is the challenge).

const hex = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve({ algorithm, challenge, salt, signature, maxnumber, maxNumber }) {
  const encoder = new TextEncoder();
  const last = maxnumber ?? maxNumber;
  for (let number = 0; number <= last; number += 1) {
    if (hex(await crypto.subtle.digest(algorithm, encoder.encode(salt + number))) === challenge) {
      return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    }
  }
  return "";
}

async function prepare(form) {
  const answer = await fetch(form.dataset.token, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { token, challenge } = await answer.json();
  if (challenge && crypto.subtle) form.elements.altcha.value = await solve(challenge);
  form.elements.token.value = token;
}

for (const form of document.querySelectorAll("form[data-token]")) {
  let ready;
  const begin = () => (ready ??= prepare(form).catch(() => {}));
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", (event) => {
    if (!ready || form.elements.token.value) return;
    event.preventDefault();
    form.setAttribute("aria-busy", "true");
    ready.finally(() => {
      form.removeAttribute("aria-busy");
      form.submit();
    });
  });
}

// The link of the mail opens a page whose form confirms: send it, once, where somebody looks.
const confirmation = document.querySelector("form[data-confirm]");
if (confirmation) {
  const send = () => {
    if (document.visibilityState !== "visible" || confirmation.dataset.sent) return;
    confirmation.dataset.sent = "yes";
    confirmation.submit();
  };
  document.addEventListener("visibilitychange", send);
  send();
}
