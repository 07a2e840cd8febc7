/* The search over the whole book. Runs behind lunr, the function that cuts text into words, and
 * the chapters' parts: benchbookChapters, as the program writes them. The page that loads it calls
 * benchbookSearch.open(). */
window.benchbookSearch = (() => {
  "use strict";
  const SHOWN = 30; /* results at most */
  const BEFORE = 60, AFTER = 130; /* letters of a text that are shown around what was found */
  const english = benchbookChapters.some((chapter) => chapter.english);

  /* --- The index: lunr's, made whole again, one a chapter ------------------------------------- */

  /* lunr.Index.load() would make of all terms an automaton that finds inexact ones, which takes
   * seconds for a long book; what is asked here are the terms themselves. */
  function load({ terms, vectors }) {
    const invertedIndex = Object.create(null), fieldVectors = {};
    terms.forEach((term, i) => {
      invertedIndex[term] = { _index: i, heading: Object.create(null), text: Object.create(null) };
    });
    for (const [place, vector] of vectors) {
      const [field, section] = place.split("/");
      fieldVectors[place] = new lunr.Vector(vector);
      for (let i = 0; i < vector.length; i += 2)
        invertedIndex[terms[vector[i]]][field][section] = {};
    }
    const tokenSet = { intersect: (asked) => (
      { toArray: () => asked.toArray().filter((term) => invertedIndex[term]) }) };
    return new lunr.Index({ invertedIndex, fieldVectors, tokenSet, fields: ["heading", "text"],
      pipeline: new lunr.Pipeline() });
  }

  /* In which chapters a term stands; their indexes are made when they are first asked. */
  const holders = new Map();
  benchbookChapters.forEach((chapter, i) => chapter.index.terms.forEach((term) => {
    if (holders.has(term)) holders.get(term).push(i);
    else holders.set(term, [i]);
  }));
  const indexes = [];
  const indexOf = (i) => (indexes[i] ??= load(benchbookChapters[i].index));
  const sectionCount = benchbookChapters.reduce((n, chapter) => n + chapter.sections.length, 0);

  /* How much a word tells: the fewer sections of the book have it, the more. */
  function rarity(stem) {
    let n = 0;
    for (const i of holders.get(stem) ?? []) {
      const { heading, text } = indexOf(i).invertedIndex[stem];
      n += Object.keys({ ...heading, ...text }).length;
    }
    return Math.log(1 + (sectionCount - n + 0.5) / (n + 0.5));
  }

  /* --- Queries -------------------------------------------------------------------------------- */

  const answers = (word, term) => term === word.stem || word.more.includes(term);

  /* What was typed as words. The last may not be finished: terms that begin like it are looked for
   * as well, or, where there are none and terms are stems, like as much of it as some term does. */
  function read(query) {
    const words = searchWords.places(query, english).map(({ stem, at, size }) => ({
      stem, weight: rarity(stem), more: [],
      begun: at + size === query.length ? query.slice(at).toLowerCase() : "" }));
    const last = words.at(-1);
    for (let begun = last?.begun; begun; begun = begun.slice(0, -1)) {
      last.more = [...holders.keys()]
        .filter((term) => term !== last.stem && term.startsWith(begun));
      if (last.more.length || holders.has(last.stem) || begun.length <= 4) break;
    }
    return words.filter((word, i) => words.findIndex((other) => other.stem === word.stem) === i);
  }

  function find(words) {
    const asked = words.flatMap(({ stem, more, weight }) => [{ term: stem, boost: weight },
      ...more.map((term) => ({ term, boost: weight / 4 }))]);
    const chapters = new Set(asked.flatMap(({ term }) => holders.get(term) ?? []));
    const found = [...chapters].flatMap((i) => indexOf(i).query((clauses) => {
      for (const { term, boost } of asked) if (holders.has(term)) clauses.term(term, { boost });
    }).map(({ ref, score, matchData }) => {
      const terms = Object.keys(matchData.metadata);
      const met = words.filter((word) => terms.some((term) => answers(word, term))).length;
      const chapter = benchbookChapters[i];
      return { chapter, section: chapter.sections[ref], score, met };
    }));
    const best = Math.max(...found.map((result) => result.met));
    return found.filter((result) => result.met === best).sort((a, b) => b.score - a.score);
  }

  /* --- Results -------------------------------------------------------------------------------- */

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /* The text from `start` to `end`, with the words that were looked for marked. */
  function marked(text, places, start = 0, end = text.length) {
    const parts = [];
    let at = start;
    for (const place of places) {
      if (place.at < at || place.at + place.size > end) continue;
      parts.push(text.slice(at, place.at),
        element("mark", {}, text.substr(place.at, place.size)));
      at = place.at + place.size;
    }
    return [...parts, text.slice(at, end)];
  }

  const placesOf = (text, words) => searchWords.places(text, english)
    .filter((place) => words.some((word) => answers(word, place.stem)));

  /* The stretch of a section that has most of the words. */
  function excerpt(text, words) {
    const places = placesOf(text, words);
    const kinds = (first) => new Set(places
      .filter(({ at }) => at >= first.at && at < first.at + AFTER).map(({ stem }) => stem)).size;
    const first = places.reduce((best, place) =>
      (!best || kinds(place) > kinds(best) ? place : best), null);
    let start = Math.max(0, (first?.at ?? 0) - BEFORE);
    let end = Math.min(text.length, (first?.at ?? 0) + AFTER);
    if (start > 0) start = text.indexOf(" ", start) + 1;
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start);
    return [start > 0 ? "… " : "", ...marked(text, places, start, end),
      end < text.length ? " …" : ""];
  }

  function line({ chapter, section }, words) {
    const heading = section.heading || chapter.title;
    const of = chapter.number ? `${chapter.number} ${chapter.title}` : chapter.title;
    const place = section.anchor ? `#${encodeURIComponent(section.anchor)}` : "";
    const link = element("a", { href: chapter.page + place },
      element("span", { class: "found-heading" }, ...marked(heading, placesOf(heading, words))));
    if (of !== heading) link.append(element("span", { class: "found-page" }, of));
    if (section.text)
      link.append(element("span", { class: "found-text" }, ...excerpt(section.text, words)));
    return element("li", {}, link);
  }

  /* --- The box -------------------------------------------------------------------------------- */

  const field = element("input", { type: "search", "aria-label": "Search the book",
    placeholder: "Search the book", autocomplete: "off", spellcheck: "false" });
  const said = element("p", { role: "status" });
  const list = element("ol", { class: "found" });
  const shut = element("button", { type: "button" }, "Close");
  const box = element("dialog", { class: "search", "aria-label": "Search" },
    element("div", { class: "search-field" }, field, shut), said, list);

  function show() {
    const words = read(field.value);
    const found = words.length ? find(words) : [];
    list.replaceChildren(...found.slice(0, SHOWN).map((result) => line(result, words)));
    list.scrollTop = 0;
    said.textContent = !field.value.trim() ? "Type a word. Arrow keys choose, Enter opens."
      : found.length === 0 ? "Nothing was found."
      : `${found.length} section${found.length > 1 ? "s" : ""}` +
        (found.length > SHOWN ? `, the first ${SHOWN} shown` : "");
  }

  function close() {
    box.close();
    document.activeElement?.closest?.(".search *")?.blur(); /* or keys would still go there */
  }

  /* To the next or previous of the field and the results. */
  function step(by) {
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(Math.max(at + by, 0), stops.length - 1)].focus();
  }

  box.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (moves[event.key]) {
      event.preventDefault();
      step(moves[event.key]);
    } else if (event.key === "Escape") {
      event.preventDefault(); /* which would only empty the field */
      close();
    } else if (event.key === "Enter" && event.target === field) {
      list.querySelector("a")?.click();
    } else if (event.key.length === 1 && event.target.closest("a") && !event.ctrlKey &&
      !event.metaKey && !event.altKey) {
      field.focus(); /* who types on goes on with the query */
    }
  });
  field.addEventListener("input", show);
  shut.addEventListener("click", close);
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey) close();
  });
  box.addEventListener("click", (event) => {
    if (event.target === box) close(); /* beside it */
  });
  document.body.append(box);

  return {
    open() {
      if (!box.open) box.showModal();
      field.focus();
      field.select();
      show();
    },
  };
})();
