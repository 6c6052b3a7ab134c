"use strict";
// Asks for the state, which the server answers after the next build, and shows the chosen example in three panes.

const at = (id) => document.getElementById(id);
let state = { version: -1, problems: [], entries: [] };

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/state?version=${state.version}&audience=${at("audience").value}`);
      const news = await answer.json();
      if (news.version !== state.version) show(news);
    } catch {
      at("status").textContent = "mathbook preview has ended";
      await new Promise((resume) => setTimeout(resume, 2000));
    }
  }
}

function show(news) {
  state = news;
  const bad = state.problems.length > 0;
  at("problems").hidden = !bad;
  at("problems").textContent = state.problems.join("\n");
  at("status").textContent = state.version === 0 ? "building…" : bad ? "not built: this is the edition before" : "in sync";
  const chosen = at("entry").selectedIndex;
  at("entry").replaceChildren(...state.entries.map((entry) => new Option(entry.title)));
  at("entry").selectedIndex = Math.min(Math.max(chosen, 0), state.entries.length - 1);
  showEntry();
}

function showEntry() {
  const entry = state.entries[at("entry").selectedIndex];
  if (!entry) return;
  drawPages(at("pdf"), entry.pdf);
  drawPages(at("deck"), entry.deck);
  for (const [id, name] of [["pdf-file", entry.pdf], ["deck-file", entry.deck], ["epub-file", entry.epub]]) {
    at(id).textContent = name;
    at(id).href = `/file/${name}`;
  }
  showBook(entry);
}

function showBook(entry) {
  const frame = at("epub");
  const url = entry.epub ? `/epub/${entry.epub}/${entry.page}` : "about:blank";
  const same = frame.dataset.url === url;
  const top = same && frame.contentWindow ? frame.contentWindow.scrollY : 0;
  frame.dataset.url = url;
  frame.onload = () => frame.contentWindow.scrollTo(0, top);
  frame.src = url === "about:blank" ? url : `${url}?version=${state.version}`;
}

async function drawPages(pane, name) {
  const version = state.version;
  if (!name) {
    pane.replaceChildren(note("There is none of this."));
    return;
  }
  const answer = await fetch(`/drawing/${name}`);
  const count = answer.ok ? await answer.json() : 0;
  if (version !== state.version) return;
  if (!answer.ok) {
    pane.replaceChildren(note(await answer.text()));
    return;
  }
  const top = pane.dataset.name === name ? pane.scrollTop : 0;
  const old = pane.dataset.name === name ? [...pane.querySelectorAll("img")] : [];
  const images = Array.from({ length: count }, (_, index) => picture(name, index + 1, old[index]));
  pane.dataset.name = name;
  pane.replaceChildren(...images);
  pane.scrollTop = top;
}

function picture(name, number, before) {
  const image = new Image();
  image.loading = "lazy";
  image.alt = `${name}, ${number}`;
  image.style.aspectRatio = before ? `${before.naturalWidth} / ${before.naturalHeight}` : name.endsWith(".pdf") ? "210 / 297" : "16 / 9";
  image.onload = () => { image.style.aspectRatio = ""; };
  image.src = `/drawing/${name}?page=${number}&version=${state.version}`;
  return image;
}

function note(words) {
  const paragraph = document.createElement("p");
  paragraph.className = "none";
  paragraph.textContent = words;
  return paragraph;
}

at("entry").addEventListener("change", showEntry);
at("audience").addEventListener("change", async () => {
  const answer = await fetch(`/state?audience=${at("audience").value}`);
  show(await answer.json());
});
at("width").addEventListener("change", () => {
  at("epub").style.width = at("width").value ? `${at("width").value}px` : "";
  at("epub").style.maxWidth = "100%";
});
follow();
