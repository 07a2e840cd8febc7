/* Comfort for readers: each part of this file may be taken out, and without any of it all can be
 * read. Nothing is fetched but the search, when it is first opened. */
(() => {
  "use strict";
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const root = document.documentElement;

  /* --- Light and dark: the system's, the other one, the system's own held fast ---------------- */

  const colours = document.querySelector(".colours");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const kept = "benchbook-colours";
  const steps = () => (systemDark.matches ? ["", "light", "dark"] : ["", "dark", "light"]);

  function nameColours() {
    const chosen = root.dataset.colours;
    colours.title = `Colours: ${chosen || "as the system"}`;
    colours.setAttribute("aria-label", colours.title);
  }
  colours.addEventListener("click", () => {
    const order = steps();
    root.dataset.colours = order[(order.indexOf(root.dataset.colours || "") + 1) % 3];
    try {
      localStorage.setItem(kept, root.dataset.colours);
    } catch { /* storage is refused: the choice lasts for this page */ }
    nameColours();
  });
  addEventListener("pageshow", () => { /* gone back to, after a choice on another page */
    try {
      root.dataset.colours = localStorage.getItem(kept) || "";
    } catch { /* as before */ }
    nameColours();
  });
  colours.hidden = false;

  /* --- Lists beside the text: what is marked in them is in sight ------------------------------ */

  function reveal(list) {
    const link = list?.querySelector("[aria-current]");
    if (!link) return;
    const box = link.getBoundingClientRect(), frame = list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > Math.min(frame.bottom, innerHeight))
      list.scrollTop += box.top - frame.top - frame.height / 2;
  }
  each(".side, .here", (list) => {
    reveal(list);
    list.addEventListener("toggle", () => reveal(list));
    list.addEventListener("click", (event) => {
      if (event.target.closest("a") && list.matches(":popover-open")) list.hidePopover();
    });
  });

  /* --- The section that is read, marked in the contents --------------------------------------- */

  const links = [...document.querySelectorAll(".here .sections a")];
  const places = links
    .map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let current = null, waiting = false;

  function mark() {
    waiting = false;
    const line = Math.max(120, innerHeight * 0.25);
    const atEnd = scrollY > 0 && scrollY + innerHeight >= root.scrollHeight - 2;
    const shown = (place) => place?.getClientRects().length;
    const begun = places.map((place, i) => i)
      .filter((i) => shown(places[i]) && (atEnd || places[i].getBoundingClientRect().top <= line));
    const link = links[begun.at(-1)] ?? null;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    reveal(document.querySelector(".here"));
  }
  function markSoon() {
    if (!waiting) requestAnimationFrame(mark);
    waiting = true;
  }
  if (links.length) {
    addEventListener("scroll", markSoon, { passive: true });
    addEventListener("resize", markSoon, { passive: true });
    mark();
  }

  /* --- Listings can be copied ----------------------------------------------------------------- */

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* no permission from a file: the older way */
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }
  each("pre", (listing) => {
    const frame = document.createElement("div"), button = document.createElement("button");
    frame.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      button.textContent = (await copy(listing.textContent)) ? "Copied" : "Not copied";
      button.focus();
      setTimeout(() => { button.textContent = "Copy"; }, 2000);
    });
    frame.append(button);
    frame.setAttribute("aria-live", "polite");
    listing.before(frame);
  });

  /* --- What scrolls by itself is reached by the keyboard; what does not is no stop on its way - */

  const scrolling = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const formula = target.matches(".math-display");
      if (target.scrollWidth > target.clientWidth ||
        target.scrollHeight > target.clientHeight + 8) {
        target.tabIndex = 0;
        if (formula) target.setAttribute("role", "group");
        if (formula) target.setAttribute("aria-label", "Formula");
      } else {
        for (const name of ["tabindex", ...(formula ? ["role", "aria-label"] : [])])
          target.removeAttribute(name);
      }
    }
  });
  each("pre, .scroll, .math-display", (element) => scrolling.observe(element));

  /* --- Folded parts open for a link into them, and for paper ---------------------------------- */

  function unfold() {
    let at = null;
    try {
      at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { /* no anchor of ours */ }
    const folded = [];
    for (let part = at; part; part = part.parentElement)
      if (part.localName === "details" && !part.open) folded.push(part);
    for (const part of folded) part.open = true;
    if (folded.length) at.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();
  const opened = [];
  addEventListener("beforeprint", () => each("details:not([open], .data)", (part) => {
    part.open = true;
    opened.push(part);
  }));
  addEventListener("afterprint", () => opened.splice(0).forEach((part) => { part.open = false; }));

  /* --- Keys ----------------------------------------------------------------------------------- */

  const search = document.querySelector(".to-search");

  function openSearch() {
    if (window.benchbookSearch) return window.benchbookSearch.open();
    const script = document.createElement("script");
    script.src = search.dataset.script;
    script.addEventListener("load", () => window.benchbookSearch.open());
    script.addEventListener("error", () => { search.title = `${script.src} is missing`; });
    document.head.append(script);
  }
  search.addEventListener("click", openSearch);
  search.hidden = false;

  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const key = event.key.toLowerCase();
    const held = event.ctrlKey || event.metaKey;
    if (event.altKey || typing) return;
    if ((key === "k" && held) || (key === "/" && !held)) {
      event.preventDefault();
      openSearch();
    } else if (key === "escape") {
      document.activeElement?.closest(".value")?.blur();
      each(".value:hover", (value) => value.classList.add("dismissed"));
    }
  });
  each(".value[tabindex]", (value) => {
    for (const end of ["pointerleave", "blur"])
      value.addEventListener(end, () => value.classList.remove("dismissed"));
  });
})();
