// Makes the pages nicer where scripts run; every page reads, and every form works, without it.
// Keys count only while the focus is in the text, the card or the queue.
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  document.documentElement.classList.add("scripted");
  const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select");

  // A line that is not on this part of a long document: ask for the part that has it.
  const hash = decodeURIComponent(location.hash.slice(1));
  if (/^l\d+$/.test(hash) && $("#sides") && !document.getElementById(hash) && !location.search.includes("line=")) {
    location.replace(`?line=${hash.slice(1)}#${hash}`);
  }

  // The card of one place.
  const sides = $("#sides"), card = $("#card");
  let opener = null;
  async function open(address, from) {
    if (!card) { location.href = address; return; }
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok) { location.href = address; return; }
    opener = from;
    fill(await answer.text());
    card.hidden = false;
    card.focus();
    if (address.includes("/at/")) light(address.split("/at/")[1]);
  }
  function fill(html) {
    const close = document.createElement("button");
    close.type = "button"; close.className = "close"; close.textContent = "Close";
    close.addEventListener("click", shut);
    card.replaceChildren(close);
    card.insertAdjacentHTML("beforeend", html);
    if (window.htmx) window.htmx.process(card);
  }
  function shut() {
    if (!card || card.hidden) return;
    card.hidden = true;
    if (opener) { const again = document.getElementById(opener.id) || markOf(opener); rove(again || marks()[0]); }
  }
  const markOf = (old) => old && $(`a.edit[href="${old.getAttribute("href")}"]`, sides);

  // One stop of the Tab key for all marks; arrows go from mark to mark.
  const marks = (doubts = false) => sides ? $$(doubts ? "a.doubtful, a.unreadable" : "a.edit", sides) : [];
  let at = null;
  function rove(mark, focus = true) {
    if (!mark) return;
    for (const one of marks()) one.tabIndex = -1;
    mark.tabIndex = 0;
    at = mark;
    if (focus) { mark.focus({ preventScroll: true }); mark.scrollIntoView({ block: "nearest" }); }
    here(mark.closest(".row"));
    light(mark.getAttribute("href").split("/at/")[1]);
  }
  function step(by, doubts = false) {
    const all = marks(doubts);
    if (!all.length) return;
    let place = all.indexOf(at);
    if (place < 0 && at) {
      place = all.findIndex((one) => at.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
      place = by > 0 ? (place < 0 ? all.length : place) - 1 : place < 0 ? all.length : place;
    }
    rove(all[Math.min(Math.max(place + by, 0), all.length - 1)]);
  }
  let row = null;
  function here(next) {
    if (!next) return;
    if (row) row.classList.remove("here");
    row = next;
    row.classList.add("here");
    showLine(row);
  }
  function stepLine(by) {
    if (!sides) return;
    const rows = $$(".row[data-start]", sides);
    const next = rows[Math.min(Math.max(rows.indexOf(row) + by, 0), rows.length - 1)];
    here(next);
    next.scrollIntoView({ block: "center" });
    const mark = $("a.doubtful, a.unreadable", next) || $("a.edit", next);
    if (mark) rove(mark); else { const no = $("a.no", next); no.focus({ preventScroll: true }); }
  }
  if (sides) {
    const doubts = marks(true);
    for (const one of marks()) one.tabIndex = -1;
    const target = /^e\d+$/.test(hash) && document.getElementById(hash);
    const first = target || doubts[0] || marks()[0];
    if (first) { first.tabIndex = 0; at = first; }
    sides.addEventListener("click", (event) => {
      const link = event.target.closest("a.edit, a.no");
      if (link && card && link.getAttribute("href").includes("/at/") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        if (link.matches(".edit")) rove(link, false);
        here(link.closest(".row"));
        open(link.href, link);
      } else if (!link && card && !String(getSelection())) {
        const place = wordAt(event);
        if (place) { here(event.target.closest(".row")); light(place.join("-")); open(`${sides.dataset.at}/at/${place.join("-")}`, $("a.no", event.target.closest(".row"))); }
      }
    });
    sides.addEventListener("mouseover", (event) => {
      const link = event.target.closest("a.edit");
      if (link) light(link.getAttribute("href").split("/at/")[1]);
    });
    sides.addEventListener("focusin", (event) => {
      if (event.target.matches("a.edit")) { at = event.target; here(at.closest(".row")); light(at.getAttribute("href").split("/at/")[1]); }
    });
    sides.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
      const does = { ArrowRight: () => step(1), ArrowLeft: () => step(-1), n: () => step(1, true), p: () => step(-1, true),
        ArrowDown: () => stepLine(1), ArrowUp: () => stepLine(-1) }[event.key];
      if (does) { event.preventDefault(); does(); return; }
      if (event.key === "z" && card) { event.preventDefault(); takeBackHere(); return; }
      if (/^[a1-9sueg]$/.test(event.key) && at && card) {
        event.preventDefault();
        open(at.href, at).then(() => press(event.key, card));
      }
    });
    const row0 = /^l\d+$/.test(hash) && document.getElementById(hash);
    if (row0) {
      // The Tab key goes to the first mark of the line that was asked for, or the next one after it.
      const near = $("a.doubtful, a.unreadable", row0) || marks().find((one) => row0.contains(one) || row0.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (near) { if (at) at.tabIndex = -1; near.tabIndex = 0; at = near; }
      requestAnimationFrame(() => here(row0));
    }
  }

  // The link that skips to the text, or to the queue, leads to where keys count.
  const skip = $("a.skip");
  if (skip) skip.addEventListener("click", (event) => {
    const first = sides ? at || $("a.no", sides) : $("#queue .queued[tabindex='0']");
    if (!first) return;
    event.preventDefault();
    if (!sides) go(first);
    else if (first === at) rove(at);
    else { here(first.closest(".row")); first.focus(); }
  });

  // Which stretch of the source a plain word stands for: its text runs on from the mark before it, or the line's start.
  function wordAt(event) {
    const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(event.clientX, event.clientY)
      : document.caretRangeFromPoint && document.caretRangeFromPoint(event.clientX, event.clientY);
    const node = caret && (caret.offsetNode || caret.startContainer);
    const cell = event.target.closest(".read");
    if (!node || node.nodeType !== Node.TEXT_NODE || !cell || node.parentElement !== cell) return null;
    const offset = caret.offset ?? caret.startOffset;
    const before = node.previousSibling;
    const start = before ? Number(before.getAttribute("href").split("-").pop()) : Number(cell.closest(".row").dataset.start);
    const left = node.data.slice(0, offset).search(/\S+$/), right = node.data.slice(offset).search(/\s|$/);
    const from = left < 0 ? offset : left, to = offset + right;
    return to > from ? [start + from, start + to] : null;
  }

  // Keys press the buttons of the card or of the queue; a field takes the focus.
  function press(key, scope) {
    const target = $(`[data-key="${key}"]`, scope);
    if (!target) return false;
    if (target.matches("input, textarea")) { target.focus(); target.select(); } else target.click();
    return true;
  }
  if (card) card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); shut(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "n" || event.key === "p") { event.preventDefault(); shut(); step(event.key === "n" ? 1 : -1, true); return; }
    if (event.key === "z" && sides) { event.preventDefault(); takeBackHere(); return; }
    if (/^[a1-9suegz]$/.test(event.key) && press(event.key, card)) event.preventDefault();
  });
  // What was decided on this page, the last one last: z takes one after the other back, wherever the focus is
  // in the text or the card. With none left it takes back what the person here decided about the place before.
  const decided = [];
  let waits = Promise.resolve(), answered = () => {};
  function takeBackHere() {
    waits = waits.then(takeBackOne).catch(() => {});
  }
  async function takeBackOne() {
    const answer = new Promise((done) => { answered = done; setTimeout(done, 5000); });
    while (decided.length) {
      const [place, entry] = decided.pop();
      const address = `${sides.dataset.at}/at/${place}`;
      const formOf = () => !card.hidden && document.getElementById(`undo-${entry}`);
      if (!formOf()) await open(address, $(`a.edit[href="${address}"]`, sides) || at);
      const form = formOf();
      if (form) { form.requestSubmit(); return answer; }
    }
    if (card.hidden && at) await open(at.href, at);
    return press("z", card) ? answer : null;
  }
  function cardSwapped(undoes) {
    if (!sides || !card || card.hidden) return;
    const told = $(".told [form^=undo-]", card);
    const entry = !undoes && told && told.getAttribute("form").slice(5);
    if (entry && !decided.some((one) => one[1] === entry)) decided.push([$(".place", card).dataset.place, entry]);
    answered();
    for (const one of marks()) if (one !== at) one.tabIndex = -1;
    const again = markOf(opener);
    if (again) { opener = again; at = again; again.tabIndex = 0; }
    card.focus();
  }

  // The queue.
  const queue = $("#queue"), items = () => queue ? $$(".queued", queue) : [];
  const go = (item) => { for (const one of items()) one.tabIndex = -1; item.tabIndex = 0; item.focus(); item.scrollIntoView({ block: "nearest" }); };
  if (queue) {
    queue.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
      const all = items(), now = all.indexOf(event.target.closest(".queued"));
      if ((event.key === "j" || event.key === "ArrowDown") && all[now + 1]) { event.preventDefault(); go(all[now + 1]); }
      else if ((event.key === "k" || event.key === "ArrowUp") && all[now - 1]) { event.preventDefault(); go(all[now - 1]); }
      else if (event.key === "z") { event.preventDefault(); takeBack(); }
      else if (/^[a1-9sueg]$/.test(event.key) && press(event.key, all[now])) event.preventDefault();
    });
  }
  // The same in the queue.
  const taken = [];
  function takeBack() {
    const [item, entry] = taken.pop() || [];
    const form = item && document.getElementById(`undo-${entry}`);
    if (form && item.contains(form)) form.requestSubmit();
  }
  function queueSwapped(item, undoes) {
    const all = items(), next = all[all.indexOf(item) + 1];
    const told = $(".told [form^=undo-]", item);
    if (!undoes && told) taken.push([item, told.getAttribute("form").slice(5)]);
    if (next && !undoes && !$(".warning", item)) go(next); else go(item);
  }
  function swapped(target, path) {
    const item = queue && target.closest && target.closest(".queued");
    if (item) queueSwapped(item, path.endsWith("/undo")); else cardSwapped(path.endsWith("/undo"));
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    // Keys may come before the library looks at what it put in.
    if (event.target.nodeType === Node.ELEMENT_NODE) window.htmx.process(event.target);
    swapped(event.target, event.detail.requestConfig.path);
  });

  // Where the library of the room is not there, decisions are put into the page all the same.
  async function send(form, button) {
    const scope = form.closest(".place") || form.closest(".queued"), data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(data), headers: { "HX-Request": "true", "HX-Current-URL": location.href },
    });
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html"), place = $(".place", parts);
    if (!answer.ok || !place) { told(scope, $("main", parts)?.textContent.trim() || `The room answers ${answer.status}.`); return; }
    for (const one of $$("[hx-swap-oob]", parts)) document.getElementById(one.id)?.replaceWith(one);
    if (scope.matches(".place")) scope.replaceWith(place); else scope.replaceChildren(place);
    swapped(place, new URL(form.action).pathname);
  }
  function told(scope, words) {
    $(".warning", scope)?.remove();
    const line = document.createElement("p");
    line.className = "warning"; line.setAttribute("role", "alert"); line.textContent = words;
    scope.prepend(line);
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (window.htmx || !form.action.match(/\/(decide|undo)$/) || !form.closest("#card, #queue")) return;
    event.preventDefault();
    send(form, event.submitter).catch(() => told(form.closest(".place, .queued"), "The room does not answer. Nothing was decided."));
  });

  // The facsimile.
  const box = $("#viewer");
  let viewer = null, page = 0;
  const known = new Map();
  const geometry = (number) => {
    if (!known.has(number)) known.set(number, fetch(`${box.dataset.at}/page/${number}.json`).then((a) => a.ok ? a.json() : null).catch(() => null));
    return known.get(number);
  };
  let opened = Promise.resolve();
  function show(number) {
    if (number === page) return opened;
    if (!viewer || number < 1 || number > Number(box.dataset.pages)) return Promise.resolve();
    page = number;
    $("#viewer-page").textContent = `Page ${number} of ${box.dataset.pages}`;
    for (const link of $$("#thumbs a")) {
      if (Number(link.dataset.page) === number) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    opened = new Promise((done) => {
      viewer.addOnceHandler("open", () => done());
      viewer.addOnceHandler("open-failed", () => done());
      viewer.open({ type: "image", url: `${box.dataset.at}/page/${number}.png` });
    });
    return opened;
  }
  const wanted = { "line-box": 0, "word-box": 0 };
  async function mark(number, find, kind, fit) {
    if (!viewer) return;
    const mine = ++wanted[kind];
    await show(number);
    const known = await geometry(number);
    if (!known || !known.size || mine !== wanted[kind]) return;
    const found = find(known);
    for (const one of $$(`.${kind}`, box)) viewer.removeOverlay(one);
    if (!found.length || page !== number) return;
    const left = Math.min(...found.map((b) => b[0])), top = Math.min(...found.map((b) => b[1]));
    const right = Math.max(...found.map((b) => b[2])), bottom = Math.max(...found.map((b) => b[3]));
    const scale = 1 / known.size[0], item = viewer.world.getItemAt(0);
    if (!item) return;
    const high = known.size[1] * scale * (item.getContentSize().y / item.getContentSize().x) / (known.size[1] / known.size[0]);
    const down = high / known.size[1];
    const rect = new OpenSeadragon.Rect(left * scale, top * down, (right - left) * scale, (bottom - top) * down);
    const element = document.createElement("div");
    element.className = kind;
    viewer.addOverlay({ element, location: rect });
    if (fit) {
      const bounds = viewer.viewport.getBounds();
      if (bounds.y > rect.y || bounds.y + bounds.height < rect.y + rect.height) {
        viewer.viewport.panTo(new OpenSeadragon.Point(bounds.x + bounds.width / 2, rect.y + rect.height / 2), still);
      }
    }
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  function showLine(next) {
    if (viewer) { const line = Number(next.id.slice(1)); mark(Number(next.dataset.page), (g) => g.lines.filter((l) => l[0] === line).map((l) => l.slice(1)), "line-box", true); }
  }
  function light(place) {
    if (!viewer || !place) return;
    const [start, end] = place.split("-").map(Number);
    const inRow = row || (at && at.closest(".row"));
    mark(inRow ? Number(inRow.dataset.page) : page, (g) => g.words.filter((w) => w[0] < end && w[1] > start).map((w) => w.slice(2)), "word-box", true);
  }
  window.addEventListener("DOMContentLoaded", () => {
    if (!box || !window.OpenSeadragon) return;
    box.hidden = false; $("#viewer-bar").hidden = false;
    $("section.facsimile").classList.add("viewing");
    viewer = OpenSeadragon({
      element: box, showNavigationControl: false, showNavigator: false, animationTime: still ? 0 : .35,
      immediateRender: true, gestureSettingsMouse: { clickToZoom: false }, visibilityRatio: .6, minZoomImageRatio: .8,
      maxZoomPixelRatio: 3, keyboardNavEnabled: true, drawer: "canvas",
    });
    // The image alone is a stop of the Tab key, with a name.
    const canvas = $(".openseadragon-canvas", box);
    if (canvas) { canvas.setAttribute("role", "application"); canvas.setAttribute("aria-label", "Page as scanned; arrows move, plus and minus zoom"); }
    const start = row || (at && at.closest(".row")) || $(".row[data-page]", sides);
    show(start ? Number(start.dataset.page) : 1).then(() => { if (row) showLine(row); });
    $("#viewer-bar").addEventListener("click", (event) => {
      const does = event.target.dataset.do;
      const turn = { "page-back": -1, "page-on": 1 }[does];
      if (turn) { show(page + turn); const first = $(`.row[data-page="${page}"]`, sides); if (first) { here(first); first.scrollIntoView({ block: "start" }); } }
      if (does === "line-on") stepLine(1);
      if (does === "line-back") stepLine(-1);
      if (does === "zoom-in") viewer.viewport.zoomBy(1.5);
      if (does === "zoom-out") viewer.viewport.zoomBy(1 / 1.5);
      if (does === "home") viewer.viewport.goHome(still);
    });
    $("#thumbs").addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      show(Number(link.dataset.page));
      const first = $(`#page${link.dataset.page}`);
      if (first) first.scrollIntoView({ block: "start" });
    });
  });

  // Clean text when words are copied: marks of doubt, numbers and hidden words stay behind.
  document.addEventListener("copy", (event) => {
    const chosen = getSelection();
    if (!sides || !chosen.rangeCount || !sides.contains(chosen.anchorNode) || typing(document.activeElement)) return;
    const part = chosen.getRangeAt(0).cloneContents();
    for (const one of $$(".sign, .hidden, .no, .label, .margin, .pagehead, .head", part)) one.remove();
    const inSource = chosen.anchorNode.parentElement.closest(".source");
    for (const one of $$(inSource ? ".read" : ".source", part)) one.remove();
    const lines = $$(".row", part);
    const text = lines.length ? lines.map((one) => one.textContent.trimEnd()).join("\n") : part.textContent;
    event.clipboardData.setData("text/plain", text.trim());
    event.preventDefault();
  });

  // A citation by one click; of the words that are selected, if any are.
  function selected() {
    const chosen = getSelection();
    if (!sides || !chosen.rangeCount || chosen.isCollapsed || !sides.contains(chosen.anchorNode)) return null;
    const range = chosen.getRangeAt(0);
    const rows = $$(".row[data-start]", sides).filter((one) => range.intersectsNode(one));
    if (!rows.length) return null;
    const start = Number(rows[0].dataset.start);
    const last = $("a.no", rows[rows.length - 1]).getAttribute("href").split("-").pop();
    return `${start}-${last}`;
  }
  let kept = null;
  document.addEventListener("selectionchange", () => { kept = selected() || kept; });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-copy]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const place = selected() || kept;
    const answer = await fetch(link.href + (place ? `?place=${place}` : ""));
    const text = await answer.text();
    const told = $("#citation");
    if (told) told.textContent = text.trim();
    try { await navigator.clipboard.writeText(text.trim()); $("#copied").textContent = "Copied."; }
    catch { $("#copied").textContent = "Select it above to copy it."; }
  });

  // Words that are selected become a statement: a button beside them opens the form.
  const adder = $("#add-selected");
  // Where a boundary of a selection stands in the source: within plain text by its place, at a mark by the mark's.
  function sourceAt(node, offset, end) {
    const cell = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".read");
    if (!cell || !sides.contains(cell)) return null;
    const link = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("a.edit");
    if (link) return Number(link.getAttribute("href").split("/at/")[1].split("-")[end ? 1 : 0]);
    const line = $("a.no", cell.closest(".row")).getAttribute("href").split("/at/")[1].split("-").map(Number);
    if (node.nodeType !== Node.TEXT_NODE) return end && offset ? line[1] : line[0];
    const before = node.previousSibling;
    return (before ? Number(before.getAttribute("href").split("-").pop()) : line[0]) + offset;
  }
  function chosenPlace() {
    const chosen = getSelection();
    if (!sides || !chosen.rangeCount || chosen.isCollapsed || !/\S/.test(String(chosen))) return null;
    const range = chosen.getRangeAt(0);
    const start = sourceAt(range.startContainer, range.startOffset, false);
    const end = sourceAt(range.endContainer, range.endOffset, true);
    return start === null || end === null || end <= start ? null : [`${start}-${end}`, range];
  }
  if (adder && sides && card) {
    document.addEventListener("selectionchange", () => {
      const found = card.hidden ? chosenPlace() : null;
      adder.hidden = !found;
      if (!found) return;
      const box = found[1].getBoundingClientRect();
      adder.style.left = `${Math.min(Math.max(8, box.left), innerWidth - 190)}px`;
      adder.style.top = `${Math.min(box.bottom + 8, innerHeight - 48)}px`;
      adder.dataset.place = found[0];
    });
    const add = () => { adder.hidden = true; open(`${sides.dataset.at}/add?place=${adder.dataset.place}`, at || marks()[0]); };
    adder.addEventListener("pointerdown", (event) => event.preventDefault());
    adder.addEventListener("click", add);
    document.addEventListener("keydown", (event) => {
      if (event.key === "+" && !adder.hidden && !typing(event.target)) { event.preventDefault(); add(); }
    });
  }

  // Files dropped on the form.
  const drop = $("#drop");
  if (drop) {
    for (const kind of ["dragover", "dragleave", "drop"]) drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) $("#files").files = event.dataTransfer.files;
    });
  }
})();
