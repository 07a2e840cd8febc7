// Every page of the lecture in headless Chromium, from file://: no console error, no request to
// anywhere, nothing wider than a phone, light, dark and on paper, with and without scripts.
// The lecture is built at draft sizes into a folder of its own.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { benchbook, check, inaccessible, launch, listen, pagesOf, run, work } from "./lib.mjs";

const output = join(work, "output");
const shots = process.env.SCREENSHOTS; // a folder: keep screenshots there

const overflow = () => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width + 1) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .filter((element) => !element.closest("pre, .scroll, .table-scroll, .math-display, svg"))
    .slice(0, 5)
    .map((element) => `${element.tagName}.${element.className} is too wide`)
    .concat(`the page is ${document.documentElement.scrollWidth} wide`);
};

const brokenLinks = () =>
  [...document.querySelectorAll('a[href^="#"]')]
    .filter((link) => link.hash.length > 1)
    .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
    .map((link) => link.outerHTML);

// Links to places, pages and files of the lecture lead to what is there.
function strayLinks(folder) {
  const pages = pagesOf(folder);
  const read = (file) => readFileSync(join(folder, file), "utf8");
  const text = Object.fromEntries(pages.map((file) => [file, read(file)]));
  return pages.flatMap((file) =>
    [...text[file].matchAll(/<a [^>]*href="([^"#:]*)(?:#([^"]+))?"/g)]
      .filter(([, to, id]) => !existsSync(join(folder, to || file)) ||
        (id && !text[to || file]?.includes(`id="${decodeURIComponent(id)}"`)))
      .map(([, to, id]) => `${file}: ${to}#${id ?? ""}`));
}

// What lies beside the pages for download: each link of a chart leads to a file, a drawing is XML
// that asks for nothing, and values have a header and rows.
async function chartFaults(page) {
  const links = await page.evaluate(() =>
    [...document.querySelectorAll("a[download]")].map((link) => link.getAttribute("href")));
  const faults = links.filter((link) => !existsSync(join(output, link))).map((link) => `no ${link}`);
  if (faults.length) return faults;
  const charts = await page.locator("svg.chart").count();
  if (links.length !== 2 * charts) faults.push(`${charts} charts have ${links.length} files`);
  for (const link of links.filter((one) => one.endsWith(".csv")))
    if (readFileSync(join(output, link), "utf8").split("\r\n").length < 3) faults.push(`${link} is empty`);
  const drawings = links.filter((link) => link.endsWith(".svg"))
    .map((link) => [link, readFileSync(join(output, link), "utf8")]);
  return faults.concat(await page.evaluate((files) => files.flatMap(([name, text]) => {
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml");
    const all = [...drawing.querySelectorAll("*")];
    const attributes = all.flatMap((element) => [...element.attributes]);
    return [
      drawing.querySelector("parsererror") && "no XML",
      drawing.documentElement.namespaceURI !== "http://www.w3.org/2000/svg" && "no SVG",
      drawing.querySelector("script, image, foreignObject") && "it has more than a drawing",
      attributes.some(({ name: at, value }) => at.startsWith("on") ||
        (/href$/.test(at) && !value.startsWith("#")) || /url\(/.test(value)) && "it leads elsewhere",
      !drawing.querySelector("title")?.textContent && "it has no title",
      !drawing.querySelector("desc")?.textContent && "it has no description",
    ].filter(Boolean).map((fault) => `${name}: ${fault}`);
  }), drawings));
}

// Tables of charts can be reached and named by keyboard, and stay low.
const dataFaults = () => {
  const faults = [];
  for (const details of document.querySelectorAll("details.data")) details.open = true;
  for (const region of document.querySelectorAll("details.data .scroll")) {
    if (!region.checkVisibility()) continue;
    const about = region.getAttribute("aria-label");
    if (!about || region.getAttribute("role") !== "group" || region.tabIndex !== 0)
      faults.push(`${about} is no named group`);
    if (region.clientHeight > 500) faults.push(`${about} is ${region.clientHeight} high`);
    if (!region.querySelector("caption")?.textContent || region.querySelector("th:not([scope])"))
      faults.push(`${about} does not name its parts`);
  }
  return faults;
};

// The lecture once more from its record, with its solutions elsewhere: a folder of its pages.
function renderSolutions(mode) {
  const folder = join(work, mode);
  benchbook("render", "chapters", "--solutions", mode, "--record", join(output, "record.json"),
    "--output", folder);
  return folder;
}

// Each exercise that has a solution links to it, and that one back to the exercise.
const unsolved = (page) => page.evaluate(() =>
  [...document.querySelectorAll(".solution")].filter((solution) => {
    const back = solution.querySelector(".solution-title a")?.hash.slice(1);
    const exercise = back && document.getElementById(back);
    return !exercise?.querySelector(`.exercise-solution a[href="#${solution.id}"]`);
  }).map((solution) => `${solution.id} is not linked both ways`));

const doubledIds = () => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
};

// Text whose colour is too near to its background's, by the WCAG formula.
const faint = () => {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((c) => {
      const s = c / 255;
      return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const c = channels(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const faults = [];
  for (const element of document.querySelectorAll("p, li, td, th, h1, h2, h3, a, code span, text")) {
    if (!element.textContent.trim() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const colour = channels(element.tagName === "text" ? style.fill : style.color);
    if (colour.length < 3) continue;
    const a = luminance(colour), b = luminance(ground(element));
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5)
      faults.push(`${contrast.toFixed(2)}: ${element.tagName}.${element.getAttribute("class")} ` +
        element.textContent.trim().slice(0, 40));
  }
  return faults;
};

// What should be readable at a desk without moving anything sideways.
const scrolled = () => {
  for (const solution of document.querySelectorAll("details.solution")) solution.open = true;
  return [...document.querySelectorAll("pre, .scroll")]
    .filter((element) => element.clientWidth && element.scrollWidth > element.clientWidth + 1)
    .map((element) => `${element.className} is ${element.scrollWidth} wide, shown are ` +
      `${element.clientWidth}: ${element.textContent.trim().slice(0, 60)}`);
};

// What a pointer or the keyboard brings up stays within the window.
async function explained(page) {
  const faults = [];
  for (const value of await page.locator(".value[tabindex]").all()) {
    if (!(await value.isVisible())) continue;
    await value.focus();
    const box = await value.locator(".value-detail").boundingBox();
    const width = await page.evaluate(() => document.documentElement.clientWidth);
    if (!box || box.x < 0 || box.x + box.width > width)
      faults.push(`${await value.textContent()} at ${box?.x}, ${box?.width} wide`);
  }
  return faults;
}

async function visit(browser, page, how, file) {
  const url = pathToFileURL(join(output, file)).href;
  await page.goto(url, { waitUntil: "load" });
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${file}.${how}.png`), fullPage: true });
  }
}

// Two pages at a time.
async function eachPage(browser, pages, how, settings, look) {
  const context = await browser.newContext(settings);
  const queue = [...pages];
  const visitor = async () => {
    for (let file; (file = queue.shift());) {
      const page = await context.newPage();
      const faults = listen(page);
      await visit(browser, page, how, file);
      faults.push(...(await look(page)));
      check(`${file}, ${how}`, faults);
      await page.close();
    }
  };
  await Promise.all([visitor(), visitor()]);
  await context.close();
}

async function inAll(page, looks) {
  const faults = [];
  for (const look of looks) faults.push(...(await page.evaluate(look)));
  return faults;
}

// By the HTML standard, as html-validate reads it.
function invalid(folder, file) {
  const validator = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y"] });
  const report = validator.validateStringSync(readFileSync(join(folder, file), "utf8"), file);
  return report.results.flatMap(({ messages }) => messages)
    .map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`);
}

async function main() {
  benchbook("build", "chapters", "--output", output, "--profile", "draft");
  const pages = pagesOf(output);
  const browser = await launch();
  check("there are pages", pages.length >= 7 ? [] : pages);
  check("links lead somewhere", strayLinks(output));
  for (const mode of ["shown", "end", "none"])
    check(`links lead somewhere, solutions ${mode}`, strayLinks(renderSolutions(mode)));
  for (const file of pages) check(`${file} is valid HTML`, invalid(output, file));
  const wide = { width: 1280, height: 900 }, phone = { width: 390, height: 844 };
  const looks = [overflow, brokenLinks, doubledIds, faint];
  await eachPage(browser, pages, "light", { viewport: wide, colorScheme: "light" },
    async (page) => [...(await inAll(page, [...looks, scrolled])), ...(await explained(page)),
      ...(await chartFaults(page)), ...(await inAll(page, [dataFaults, faint])),
      ...(await inaccessible(page))]);
  await eachPage(browser, pages, "dark", { viewport: wide, colorScheme: "dark" },
    async (page) => [...(await inAll(page, [faint])), ...(await inaccessible(page))]);
  await eachPage(browser, pages, "phone", { viewport: phone, colorScheme: "light" },
    async (page) => [...(await inAll(page, [overflow])), ...(await explained(page))]);
  await eachPage(browser, pages, "tablet", { viewport: { width: 900, height: 1100 } },
    async (page) => [...(await inAll(page, [overflow])), ...(await explained(page))]);
  await eachPage(browser, pages, "without scripts", { viewport: wide, javaScriptEnabled: false },
    async (page) => {
      const text = await page.locator("main").innerText();
      return text.length > 400 ? [] : ["there is next to nothing to read"];
    });
  await eachPage(browser, pages, "on paper", { viewport: wide }, async (page) => {
    const pdf = await page.pdf({ format: "A4",
      path: shots ? join(shots, "print-" + page.url().split("/").pop() + ".pdf") : undefined });
    return pdf.length > 10000 ? [] : ["an empty PDF"];
  });
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(work, "end", "06-exercises.html")).href);
  const count = await page.locator(".solutions > .solution").count();
  check("solutions at the end are linked with their exercises",
    count ? await unsolved(page) : ["there are none"]);
  await browser.close();
}

await run(main);
