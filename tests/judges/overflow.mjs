// What stands out of the page sideways: node overflow.mjs BROWSER PROFILE PUPPETEER PAGE… prints a line for each fault.
// Each page is looked at on a phone, a tablet and a desk, in the light and in the dark.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [browserPath, profile, puppeteerFolder, ...files] = process.argv.slice(2);
const puppeteer = createRequire(import.meta.url)(puppeteerFolder);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--allow-file-access-from-files"];

function standsOut() {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  const inFrame = (element) => {
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement)
      if (scrolls(around)) return true;
    return false;
  };
  const faults = [];
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width > 1 && (box.right > width + 1 || box.left < -1) && !inFrame(element))
      faults.push(`${element.localName}.${element.getAttribute("class")} ${Math.round(box.left)} to ${Math.round(box.right)}`);
  }
  const page = document.documentElement.scrollWidth;
  return page > width ? [...faults, `the page is ${page} wide`] : faults;
}

const browser = await puppeteer.launch({ executablePath: browserPath, headless: "new", args: quiet, userDataDir: profile });
const page = await browser.newPage();
let seen = 0;
for (const width of [320, 360, 768, 1200])
  for (const scheme of ["light", "dark"]) {
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    for (const file of files) {
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => document.fonts.ready);
      for (const fault of await page.evaluate(standsOut)) console.log(`${file} at ${width}, ${scheme}: ${fault}`);
      seen += 1;
    }
  }
await browser.close();
console.log(`${seen} pages seen`);
