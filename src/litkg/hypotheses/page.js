"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("filter");
  const told = document.getElementById("told");
  const parts = [...document.querySelectorAll("article[id]")].map((article) => ({
    article,
    row: document.querySelector(`tr[data-for="${article.id}"]`),
    text: article.textContent.toLowerCase(),
  }));
  if (!box || !told || !parts.length) return;
  box.parentElement.hidden = false;
  box.addEventListener("input", () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { article, row, text } of parts) {
      const fits = words.every((word) => text.includes(word));
      article.hidden = row.hidden = !fits;
      shown += fits;
    }
    told.textContent = words.length ? `${shown} of ${parts.length} shown` : "";
  });
});
