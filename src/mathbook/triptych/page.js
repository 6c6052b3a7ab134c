// The e-book's pieces wear the e-book's own style sheet, and nothing of this page's.
const sheet = new CSSStyleSheet();
sheet.replaceSync(document.getElementById("e-book-style").textContent);
for (const leaf of document.querySelectorAll(".leaf")) {
  if (leaf.shadowRoot) leaf.shadowRoot.adoptedStyleSheets = [sheet];
}
