// Finds the lines that hold all words, as read or as they came. Built with text nodes only: no line is taken for HTML.
"use strict";
(() => {
  const most = 200;
  const words = document.getElementById("words");
  const found = document.getElementById("found");
  const show = () => {
    const asked = words.value.toUpperCase().split(/\s+/).filter(Boolean);
    found.replaceChildren();
    if (!asked.length) return;
    let count = 0;
    for (const [holding, title, line, read, came] of window.SEPTEL_LINES) {
      // Marks of doubt stand in what is shown, not in what is looked for.
      const plain = read.replaceAll("[?]", "").toUpperCase();
      const inRead = asked.every((word) => plain.includes(word));
      if (!inRead && !(came && asked.every((word) => came.toUpperCase().includes(word)))) continue;
      if (++count > most) break;
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${holding}/index.html#l${line}`;
      link.textContent = `${title}, line ${line}`;
      item.append(link, `: ${inRead ? read : came}${inRead ? "" : " (as it came)"}`);
      found.append(item);
    }
    const item = document.createElement("li");
    item.textContent = count > most ? `More than ${most} lines; add a word.` : count ? "" : "Nothing found.";
    if (item.textContent) found.append(item);
  };
  document.getElementById("search").addEventListener("submit", (event) => { event.preventDefault(); show(); });
  words.addEventListener("input", () => {
    // So that a search has an address, to be sent to someone.
    history.replaceState(null, "", words.value ? `#find=${encodeURIComponent(words.value)}` : "#");
    show();
  });
  words.value = new URLSearchParams(location.hash.slice(1)).get("find") || "";
  show();
})();
