// Handouts in headless Chromium, from file://: nothing is asked for, nothing is complained of, every
// formula has the face that it has on the pages of the site, and nothing is wider than a phone.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { benchbook, check, launch, listen, run, work } from "./lib.mjs";

const output = join(work, "output");

// The faces of KaTeX that text on the page is set in, as the browser loads what it needs.
const facesInUse = async () => {
  await document.fonts.ready;
  return [...document.fonts].filter((face) => face.status === "loaded")
    .map((face) => `${face.family} ${face.weight} ${face.style}`).sort();
};

const failedFaces = () =>
  [...document.fonts].filter((face) => face.status === "error").map((face) => face.family);

const tooWide = () => {
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth + 1 ? [`the page is ${root.scrollWidth} wide`] : [];
};

const brokenLinks = () =>
  [...document.querySelectorAll('a[href^="#"]')]
    .filter((link) => link.hash.length > 1)
    .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
    .map((link) => link.outerHTML);

const darkOnPaper = () => {
  const bright = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  const body = getComputedStyle(document.body);
  return bright(body.backgroundColor) < 3 * 200 || bright(body.color) > 3 * 60
    ? [`${body.color} on ${body.backgroundColor}`] : [];
};

async function open(browser, file, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const url = pathToFileURL(file).href;
  const faults = listen(page);
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, faults };
}

async function checkHandout(browser, name) {
  const { page, faults } = await open(browser, join(output, "handouts", name));
  const faces = await page.evaluate(facesInUse);
  check(`${name} asks for nothing and complains of nothing`, faults);
  check(`${name}: its links lead somewhere, its faces are whole`,
    [...await page.evaluate(brokenLinks), ...await page.evaluate(failedFaces)]);
  await page.setViewportSize({ width: 360, height: 780 });
  check(`${name} fits a phone`, await page.evaluate(tooWide));
  await page.close();
  return faces;
}

async function checkFaces(browser, name, faces) {
  const site = await open(browser, join(output, name));
  const there = await site.page.evaluate(facesInUse);
  check(`${name}: formulas have the same faces as on the site`,
    there.filter((face) => !faces.includes(face)).map((face) => `${face} is missing`));
  await site.page.close();
  return there.length;
}

run(async () => {
  benchbook("build", "chapters", "--output", output, "--profile", "draft");
  for (const words of [[], ["--single"], ["--exercises"]])
    benchbook("handout", "chapters", "--output", output, "--no-pdf", ...words);
  const browser = await launch();
  let used = 0;
  for (const name of readdirSync(join(output, "handouts")).sort()) {
    const faces = await checkHandout(browser, name);
    if (existsSync(join(output, name))) used += await checkFaces(browser, name, faces);
  }
  check("formulas were looked at", used > 10 ? [] : [`${used} faces in all`]);
  const dark = await open(browser, join(output, "handouts", "book.html"), { colorScheme: "dark" });
  await dark.page.emulateMedia({ media: "print", colorScheme: "dark" });
  check("paper is white and ink black on a dark system", await dark.page.evaluate(darkOnPaper));
  await browser.close();
});
