// Loads a page of the tutorial's app in a real Chromium, types a message and waits for the echo.
//   node page.mjs URL MESSAGE [--screenshot FILE]
// Host names lead to 127.0.0.1; certificates that nobody signed are accepted. Prints one line of JSON; exit 0 if the echo was seen.
import { chromium } from 'playwright-core';

const [url, message, option, file] = process.argv.slice(2);
if (!url || !message || (option !== undefined && (option !== '--screenshot' || !file))) {
  console.error('usage: page.mjs URL MESSAGE [--screenshot FILE]');
  process.exit(2);
}

// Chromium gives up what it loads whenever an interface of the machine comes or goes, as they do when sandboxes start and end.
async function load(page) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await page.goto(url);
    } catch (error) {
      if (attempt === 10 || !String(error).includes('ERR_NETWORK_CHANGED')) throw error;
    }
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--host-resolver-rules=MAP * 127.0.0.1',
  ],
});
let failure;
let seen = [];
try {
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  const output = page.locator('#output');
  const saw = (text) => page.waitForFunction((line) => document.getElementById('output').textContent.includes(line), text);
  await load(page);
  await saw('Status: Connected');
  await page.fill('#input', message);
  await page.getByRole('button', { name: 'Send' }).click();
  await saw(`Server: ${message}`);
  seen = (await output.innerText()).split('\n').filter((line) => line !== '');
  if (option) await page.screenshot({ path: file });
} catch (error) {
  failure = String(error);
} finally {
  await browser.close();
}
console.log(JSON.stringify({ url, seen, failure }));
process.exit(failure === undefined ? 0 : 1);
