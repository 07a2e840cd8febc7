// What the browser's tests share: TAP, the browser, the program, and what a page may not do.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const build = process.env.BUILD ?? "build";
export const work = mkdtempSync(join(tmpdir(), "benchbook-browser-"));
let tests = 0;

export function check(about, faults) {
  tests += 1;
  console.log(`${faults.length ? "not ok" : "ok"} ${tests} - ${about}`);
  for (const fault of faults.slice(0, 10)) console.log(`# ${String(fault).replace(/\n/g, "\n# ")}`);
}

// A list of faults: the words, or nothing.
export const unless = (good, ...words) => (good ? [] : [words.join(" ")]);

export function benchbook(...words) {
  execFileSync(join(build, "benchbook"), [...words, "--quiet"], { stdio: "inherit" });
}

function findBrowser() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(":");
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

export const launch = () => chromium.launch({
  executablePath: findBrowser(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

export const pagesOf = (folder) =>
  readdirSync(folder).filter((name) => name.endsWith(".html")).sort();

// What a page asks for or complains of while it is open.
export function listen(page) {
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`script: ${error}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) faults.push(`request: ${request.url()}`);
  });
  return faults;
}

// What axe-core finds wrong for readers with other senses or other hands, with all unfolded.
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export async function inaccessible(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
    const settings = { resultTypes: ["violations"], preload: false };
    const { violations } = await window.axe.run(document, settings);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

// Runs the tests and says how many there were.
export async function run(main) {
  try {
    await main();
  } catch (error) {
    check("the browser test runs to its end", [error.stack ?? error]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  console.log(`1..${tests}`);
}
