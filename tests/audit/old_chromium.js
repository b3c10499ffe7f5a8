// Opens pages in Chromium 86, the level of WeChat's browser, on a phone of 360 px, and tries what scripts do there.
// node old_chromium.js ADDRESS PATH…  writes the faults as a JSON list.
"use strict";
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { execFileSync } = require("child_process");
const puppeteer = require("puppeteer-core");

const PACKED = path.join(path.dirname(require.resolve("chrome-aws-lambda/package.json")), "bin");
const CACHE = path.join(__dirname, ".cache", "chromium-86");
const PHONE = { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

function unpacked() {
  const program = path.join(CACHE, "chromium");
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(CACHE, { recursive: true });
  const libraries = path.join(CACHE, "aws.tar");
  fs.writeFileSync(libraries, zlib.brotliDecompressSync(fs.readFileSync(path.join(PACKED, "aws.tar.br"))));
  execFileSync("tar", ["xf", libraries, "-C", CACHE]);
  const half = program + ".part";
  fs.writeFileSync(half, zlib.brotliDecompressSync(fs.readFileSync(path.join(PACKED, "chromium.br"))), { mode: 0o755 });
  fs.renameSync(half, program);
  return program;
}

function watch(page, faults) {
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (said) => {
    if (said.type() === "error") faults.push(`${page.url()}: ${said.text()}`);
  });
  page.on("response", (answer) => {
    if (answer.status() >= 400) faults.push(`${answer.status()} ${answer.url()}`);
  });
}

async function shown(page, selector) {
  return page.$$eval(selector, (all) => all.some((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(one).visibility !== "hidden";
  }));
}

const tries = {
  async "nothing is wider than the window"(page) {
    return page.evaluate(() => document.documentElement.scrollWidth <= 360);
  },
  async "charts are drawn"(page) {
    return page.$$eval(".kb-chart", (all) => all.every((one) => one.getBoundingClientRect().height > 80));
  },
};

// What is embedded has no header.
const headed = {
  async "the menu opens and closes"(page) {
    await page.tap(".kb-header__menu");
    const open = await shown(page, ".kb-nav a");
    await page.tap(".kb-header__menu");
    return open && !(await shown(page, ".kb-nav a"));
  },
  async "the appearance changes"(page) {
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const seen = new Set([await paper()]);
    for (let turn = 0; turn < 3; turn += 1) {
      await page.tap(".kb-theme");
      seen.add(await paper());
    }
    return seen.size === 2;
  },
};

async function inspector(page, address) {
  await page.goto(address, { waitUntil: "load" });
  const link = await page.$("article p a.fig");
  await link.evaluate((one) => one.scrollIntoView({ block: "center" }));
  await link.tap();
  await page.waitForSelector("#kb-inspector:not([hidden])", { timeout: 4000 });
  return shown(page, "#kb-inspector h3");
}

async function search(page, address, word) {
  await page.goto(`${address}search/?q=${encodeURIComponent(word)}`, { waitUntil: "load" });
  await page.waitForSelector("#kb-finder a[href]", { timeout: 8000 });
  return true;
}

async function embedded(page, address) {
  await page.goto(`${address}embed/yncg-090/#yncg-090.4.01`, { waitUntil: "load" });
  const cards = await page.$$eval("article", (all) => all.filter((one) => one.offsetHeight).map((one) => one.id));
  return cards.join() === "yncg-090.4.01" && !(await shown(page, ".kb-embedded__all"));
}

async function explorer(page, address) {
  if (!(await page.goto(`${address}explore/`, { waitUntil: "load" })).ok()) return true;
  await page.waitForSelector("[role=row] a[href]", { timeout: 8000 });
  return shown(page, "[role=row]");
}

async function attempt(faults, name, act) {
  try {
    if (!(await act())) faults.push(`not so: ${name}`);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
}

async function main(address, paths) {
  const options = ["--no-sandbox", "--no-zygote", "--disable-gpu", "--no-first-run", "--disable-background-networking"];
  const browser = await puppeteer.launch({ executablePath: unpacked(), args: options, headless: true });
  const faults = [];
  try {
    const page = await browser.newPage();
    await page.emulate({ viewport: PHONE, userAgent: await browser.userAgent() });
    watch(page, faults);
    for (const one of paths) {
      await page.goto(address + one, { waitUntil: "load" });
      const own = one.includes("embed/") ? tries : { ...tries, ...headed };
      for (const [name, act] of Object.entries(own)) await attempt(faults, `${one}: ${name}`, () => act(page));
    }
    for (const [prefix, word] of [["", "工人"], ["en/", "Longling"]]) {
      await attempt(faults, `${prefix} a figure's card opens`, () => inspector(page, address + prefix));
      await attempt(faults, `${prefix} search finds ${word}`, () => search(page, address + prefix, word));
      await attempt(faults, `${prefix} a frame shows one figure`, () => embedded(page, address + prefix));
      await attempt(faults, `${prefix} the explorer lists figures`, () => explorer(page, address + prefix));
    }
    process.stdout.write(JSON.stringify({ version: await browser.version(), faults }));
  } finally {
    await browser.close();
  }
}

main(process.argv[2], process.argv.slice(3)).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
