// What scripts add for readers, in headless Chromium from file://, and that nothing is missing
// without them: search, light and dark, contents that follow the text, copying, keys, paper.
// The pages are those of a book of the golden tests and of a long one that is written here.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { benchbook, check, inaccessible, launch, listen, pagesOf, run, unless, work }
  from "./lib.mjs";

const output = join(work, "output");
const wide = { width: 1280, height: 800 }, phone = { width: 390, height: 844 };
const urlOf = (file, folder = output) => pathToFileURL(join(folder, file)).href;

// A test on a page of its own; whatever it asks for or complains of is a fault.
async function on(browser, about, settings, file, look) {
  const context = await browser.newContext({ viewport: wide, ...settings });
  const page = await context.newPage(); page.setDefaultTimeout(10000);
  const faults = listen(page);
  await page.goto(urlOf(file));
  try {
    faults.push(...(await look(page, context)));
  } catch (error) {
    faults.push(error);
  }
  check(about, faults);
  await context.close();
}

/* --- Search ----------------------------------------------------------------------------------- */

const results = (page) => page.locator(".search .found a");
const search = async (page, query) => {
  await page.keyboard.press("/");
  await page.locator(".search input").fill(query);
};

// In the book "ordinary": a word of the section "Values", whose anchor is "first".
async function finds(page) {
  await search(page, "households");
  const faults = unless((await results(page).count()) > 0, "nothing is found");
  const first = await results(page).first().textContent();
  faults.push(...unless(/household/i.test(first), `'${first}' has not the word`));
  faults.push(...unless(await page.locator(".search mark").count(), "no word is marked"));
  await search(page, "threads hardly pay");
  await page.keyboard.press("Enter");
  await page.waitForURL(/01-everything\.html#/);
  faults.push(...unless(!(await page.locator("dialog[open]").count()), "the box stays open"));
  return faults;
}

// Arrows walk through the results and back, typing goes on with the query, Escape closes.
async function byKeys(page) {
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("href") ??
    document.activeElement.localName);
  await page.keyboard.press("Control+k");
  await page.locator(".search input").fill("household");
  const count = await results(page).count();
  const faults = unless(count >= 1, `only ${count} results`);
  await page.keyboard.press("ArrowDown");
  const first = await focused();
  faults.push(...unless(first === await results(page).first().getAttribute("href"), first));
  await page.keyboard.press("ArrowUp");
  faults.push(...unless((await focused()) === "input", await focused()));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("s");
  const typed = await page.locator(".search input").inputValue();
  faults.push(...unless(typed === "households", `the query is '${typed}'`));
  await page.keyboard.press("Escape");
  return [...faults, ...unless(!(await page.locator("dialog[open]").count()), "it stays open")];
}

// Words that are unfinished, in another form, of nowhere; markup is no markup.
async function anyQuery(page) {
  const faults = [];
  for (const [query, found] of [["househo", true], ["HOUSEHOLD", true], ["householdi", true],
    ["xyzzyx", false], ["<img src=x onerror=alert(1)>", null], ["*~^+:", false], ["-", false],
    ["the", false], ["__proto__", null], ["", false]]) {
    await search(page, query);
    const count = await results(page).count();
    faults.push(...unless(found === null || count > 0 === found, `'${query}': ${count} results`));
    await page.keyboard.press("Escape");
    }
  return faults;
}

/* --- Colours ---------------------------------------------------------------------------------- */

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function switches(page) {
  const light = await ground(page);
  await page.locator(".colours").click();
  const dark = await ground(page), faults = unless(light !== dark, `${light} stays ${dark}`);
  await page.reload();
  faults.push(...unless((await ground(page)) === dark, "forgotten at the next visit"));
  await page.goto(urlOf("index.html"));
  faults.push(...unless((await ground(page)) === dark, "forgotten on another page"));
  faults.push(...unless((await page.locator(".colours").getAttribute("aria-label")) ===
    "Colours: dark", "the button does not say which"));
  faults.push(...(await inaccessible(page)));
  await page.emulateMedia({ media: "print" });
  faults.push(...unless((await ground(page)) === light, "paper is dark"));
  await page.emulateMedia({ media: "screen" });
  await page.locator(".colours").click(); // the system's own, held fast
  faults.push(...unless((await ground(page)) === light, "not light again"));
  await page.locator(".colours").click();
  await page.emulateMedia({ colorScheme: "dark" });
  return [...faults, ...unless((await ground(page)) === dark, "does not follow the system again")];
}

/* --- Lists beside the text -------------------------------------------------------------------- */

// The section whose heading was last scrolled to the top is the one that is marked.
async function follows(page) {
  const faults = [];
  for (const id of ["section-20", "section-3", "section-40"]) {
    await page.evaluate((at) => document.getElementById(at).scrollIntoView(), id);
    await page.waitForTimeout(100);
    const marked = await page.evaluate(() => {
      const links = [...document.querySelectorAll(".here [aria-current]")];
      const box = links[0]?.getBoundingClientRect();
      return [links.map((link) => link.hash).join(), box && box.top >= 0 && box.bottom <= innerHeight];
    });
    faults.push(...unless(marked[0] === `#${id}`, `at ${id} ${marked[0] || "none"} is marked`));
    faults.push(...unless(marked[1], `the mark of ${id} is out of sight`));
  }
  return faults;
}

// Of a long book each page lists the chapters around it; the index lists all.
async function around(page) {
  const links = () => page.locator(".side a")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  const faults = [], near = await links();
  faults.push(...unless(near.length < 70 && near.includes("chapter-050.html"), `${near.length} links`));
  const box = await page.locator(".side [aria-current]").boundingBox();
  faults.push(...unless(box.y > 0 && box.y < wide.height - 40, `the chapter itself is at ${box.y}`));
  await page.locator(".side .more a").first().click();
  faults.push(...unless((await page.locator(".chapters a").count()) === 101, "not all are listed"));
  return faults;
}

// Without a script the browser itself opens and closes them.
async function discloses(page) {
  const faults = [];
  for (const [button, list] of [[".to-contents", ".side"], [".to-sections", ".here"]]) {
    faults.push(...unless(!(await page.locator(list).isVisible()), `${list} is there`));
    await page.locator(button).click();
    faults.push(...unless(await page.locator(list).isVisible(), `${list} does not come`));
    const top = (await page.locator(list).boundingBox()).y;
    const bottom = await page.locator(".bar").evaluate((bar) => bar.getBoundingClientRect().bottom);
    faults.push(...unless(Math.abs(top - bottom) < 3, `${list} at ${top}, the bar ends at ${bottom}`));
    await page.keyboard.press("Escape");
    faults.push(...unless(!(await page.locator(list).isVisible()), `${list} stays`));
  }
  return faults;
}

/* --- Listings, values, what scrolls ----------------------------------------------------------- */

async function copies(page, context) {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const faults = [];
  for (const listing of await page.locator("pre.numbered, pre.plain").all()) {
    const text = await listing.evaluate((pre) => pre.textContent);
    const button = listing.locator("xpath=preceding-sibling::div[1]/button");
    if (!(await listing.isVisible())) continue;
    await listing.hover();
    await button.click();
    await page.waitForFunction(() => document.activeElement.textContent === "Copied");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    faults.push(...unless(copied === text, `copied '${copied.slice(0, 40)}'`));
  }
  return faults;
}

// By pointer, by keyboard and by finger; Escape takes it away.
async function explains(page) {
  const value = page.locator(".value[tabindex]").nth(1), detail = value.locator(".value-detail");
  const faults = unless(!(await detail.isVisible()), "it is there from the start");
  await value.hover();
  faults.push(...unless(await detail.isVisible(), "not at a pointer"));
  await page.keyboard.press("Escape");
  faults.push(...unless(!(await detail.isVisible()), "Escape leaves it there"));
  await page.mouse.move(0, 0);
  await value.focus();
  faults.push(...unless(await detail.isVisible(), "not at the keyboard"));
  await page.keyboard.press("Escape");
  faults.push(...unless(!(await detail.isVisible()), "Escape leaves it there"));
  await value.tap();
  faults.push(...unless(await detail.isVisible(), "not at a finger"));
  for (const words of [/95\s% interval/, /\d+ samples?/, /on \d+ threads?/, /verdict \w+/])
    faults.push(...unless(words.test(await detail.textContent()), `it lacks ${words}`));
  return faults;
}

// What scrolls sideways is a stop of the keyboard, what does not is none.
async function stops(page) {
  await page.waitForTimeout(100);
  return page.locator("pre, .scroll, .math-display").evaluateAll((all) =>
    all.filter((element) => element.checkVisibility({ contentVisibilityAuto: true }) &&
      (element.scrollWidth > element.clientWidth) !== (element.tabIndex === 0))
      .map((element) => `${element.className}: ${element.textContent.slice(0, 40)}`));
}

/* --- Without scripts, and on paper ------------------------------------------------------------ */

async function reads(page) {
  const faults = [];
  for (const part of [".colours", ".to-search", ".copy"])
    if (await page.locator(part).isVisible()) faults.push(`${part} is there, of no use`);
  const text = await page.locator("main").innerText();
  for (const words of ["Values", "Threads pay", "A claim that holds"])
    faults.push(...unless(text.includes(words), `'${words}' cannot be read`));
  const folded = page.locator("details.data").first();
  await folded.locator("summary").click();
  return [...faults, ...unless(await folded.locator(":scope > :not(summary)").first().isVisible(),
    "what is folded does not open")];
}

async function prints(page) {
  await page.emulateMedia({ media: "print" });
  const faults = [];
  for (const part of [".bar", ".side", ".here", ".copy", ".neighbours", ".skip"])
    if (await page.locator(part).first().isVisible()) faults.push(`${part} is on paper`);
  const notes = await page.locator(".value-notes li").count();
  faults.push(...unless(notes > 0 && await page.locator(".value-notes").isVisible(), "no notes"));
  faults.push(...unless(await page.locator(".value-note").first().isVisible(), "no mark of a note"));
  await page.emulateMedia({ media: "screen" });
  return [...faults, ...unless(!(await page.locator(".value-notes, .value-note").first().isVisible()),
    "notes on the screen")];
}

/* --- Books ------------------------------------------------------------------------------------ */

function renderOrdinary(into, ...words) {
  benchbook("render", "tests/golden/ordinary", "--record", "tests/golden/ordinary/record.json",
    "--output", into, ...words);
}

// A hundred short chapters, and one of forty sections.
function writeLong(folder) {
  mkdirSync(folder);
  const lorem = "The loop waits for memory. ".repeat(60);
  writeFileSync(join(folder, "index.md"), "# Long\n\nA long book.\n");
  for (let i = 1; i <= 100; i++)
    writeFileSync(join(folder, `chapter-${String(i).padStart(3, "0")}.md`),
      `# Chapter ${i}\n\nShort.\n`);
  writeFileSync(join(folder, "sections.md"), "# Sections\n\n" +
    Array.from({ length: 40 }, (_, i) => `(section-${i + 1})=\n## Number ${i + 1}\n\n${lorem}\n`)
      .join("\n"));
}

async function main() {
  const long = join(work, "long"), notes = join(work, "notes");
  renderOrdinary(output);
  renderOrdinary(notes, "--values", "footnotes");
  const file = "01-everything.html";
  const browser = await launch();
  for (const page of pagesOf(output))
    check(`${page} does not carry the index`,
      unless(!readFileSync(join(output, page), "utf8").includes("lunr.Index"), "it does"));
  await on(browser, "search finds a word and leads there", {}, "index.html", finds);
  await on(browser, "search by keys", {}, file, byKeys);
  await on(browser, "search takes any query", {}, file, anyQuery);
  await on(browser, "search on a phone", { viewport: phone, hasTouch: true }, file, async (page) => {
    await page.locator(".to-search").tap();
    await page.locator(".search input").fill("household");
    const box = await page.locator(".search").boundingBox();
    return [...unless(box.x >= 0 && box.x + box.width <= phone.width, `${box.x}, ${box.width} wide`),
      ...unless(await results(page).count(), "nothing is found"), ...(await inaccessible(page))];
  });
  await on(browser, "the colours' switch persists", { colorScheme: "light" }, file, switches);
  await on(browser, "listings are copied as they stand", {}, file, copies);
  await on(browser, "values explain themselves", { hasTouch: true }, file, explains);
  for (const [name, viewport] of [["a desk", wide], ["a phone", phone]])
    await on(browser, `stops of the keyboard at ${name}`, { viewport }, file, stops);
  for (const javaScriptEnabled of [true, false])
    await on(browser, `lists are disclosed, scripts ${javaScriptEnabled ? "on" : "off"}`,
      { viewport: phone, javaScriptEnabled }, file, discloses);
  await on(browser, "all can be read without scripts", { javaScriptEnabled: false }, file, reads);
  await on(browser, "values have notes on paper", {}, join("..", "notes", file), prints);
  writeLong(long);
  benchbook("render", long, "--record", "tests/golden/ordinary/record.json",
    "--output", join(work, "long-output"));
  const inLong = (page) => join("..", "long-output", page);
  await on(browser, "the contents follow the text", {}, inLong("sections.html"), follows);
  await on(browser, "a long book lists what is near", {}, inLong("chapter-050.html"), around);
  await browser.close();
}

await run(main);
