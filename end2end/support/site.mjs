// A site of its own for each test: fresh database (SQLite or PostgreSQL), the real binary, real SMTP into this process.
import { test as base, expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = process.env.FIJNEBUURT ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/fijnebuurt');

async function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A database of its own on the server that builder/postgres.sh started. */
function newPostgresDatabase() {
  const server = process.env.TEST_POSTGRES_URL;
  if (!server) throw new Error('TEST_POSTGRES_URL is not set: run the journeys with `make test`, or under builder/postgres.sh');
  const name = `j${randomBytes(8).toString('hex')}`;
  const made = spawnSync('psql', [`${server}/postgres`, '-qc', `CREATE DATABASE ${name}`], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`CREATE DATABASE: ${made.stderr}`);
  return `${server}/${name}`;
}

/**
 * Starts a site. `setUp` lists command lines that run first, such as ['budget', 'import']; an object among them
 * ({ typed: 'text' }) is what the command reads. `engine` is 'sqlite' or 'postgres'. `undo`: minutes in which a moderator's
 * decision can be undone; it takes effect at once when left out.
 */
export async function startSite(setUp, engine = 'sqlite', { undo = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fijnebuurt-'));
  const [port, smtpPort] = [await freePort(), await freePort()];
  const mails = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        mails.push({ to: session.envelope.rcptTo.map((r) => r.address), subject: mail.subject, text: mail.text });
        done();
      }, done);
    },
  });
  await new Promise((done) => smtp.listen(smtpPort, '127.0.0.1', done));
  const url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, DATA_DIR: folder, LISTEN: `127.0.0.1:${port}`, BASE_URL: url, SMTP_URL: `smtp://127.0.0.1:${smtpPort}`, LOG: 'error', UNDO_MINUTES: String(undo) };
  if (engine === 'postgres') env.DATABASE_URL = newPostgresDatabase();
  for (const line of setUp) {
    const args = line.filter((part) => typeof part === 'string');
    const input = line.find((part) => typeof part === 'object')?.typed;
    const run = spawnSync(binary, args, { env, cwd: folder, input, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`fijnebuurt ${args.join(' ')}: ${run.stderr}`);
  }
  const server = spawn(binary, ['serve'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done, fail) => {
    server.stdout.on('data', (text) => String(text).includes('Fijne Buurt:') && done());
    server.once('exit', (code) => fail(new Error(`the server stopped with ${code}`)));
  });
  const mail = async (to, subject) => {
    await expect.poll(() => mails.some((m) => m.to.includes(to) && subject.test(m.subject)), { timeout: 20_000, message: `mail '${subject}' to ${to}` }).toBe(true);
    return mails.findLast((m) => m.to.includes(to) && subject.test(m.subject));
  };
  const stop = async () => {
    server.removeAllListeners('exit');
    server.kill('SIGTERM');
    await new Promise((done) => smtp.close(done));
    rmSync(folder, { recursive: true, force: true });
  };
  const doctor = (...what) => spawnSync(binary, ['doctor', ...what], { env, cwd: folder, encoding: 'utf8' });
  return { url, env, folder, mails, mail, stop, doctor, linkIn: (m) => m.text.match(/https?:\/\/\S+/)[0] };
}

/** Fails on any console error or warning, broken request or page error; a form that comes back with what is wrong is none. */
export function watch(page) {
  const seen = [];
  const isForm = (m) => m.text().includes('422 (Unprocessable Entity)');
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && !isForm(m) && seen.push(`${m.type()}: ${m.text()} (${page.url()})`));
  page.on('pageerror', (e) => seen.push(`page error: ${e.message}`));
  // A reader who goes on before everything was loaded breaks those loads off: no fault of the page.
  page.on('requestfailed', (r) => r.failure()?.errorText === 'net::ERR_ABORTED' || seen.push(`request failed: ${r.url()} (${r.failure()?.errorText})`));
  return seen;
}

/** axe to WCAG 2.2 AA and its best practices, and no sideways scrolling. */
export async function check(page, name) {
  // axe itself needs scripting in the page; without it the laptop and phone runs with scripting stand for the same HTML.
  if (await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth).catch(() => true) === false) {
    throw new Error(`${name} scrolls sideways`);
  }
  // At the foot of the page the bar that sticks to the screen's edge lies over nothing: what it half covers elsewhere, a reader
  // scrolls out from under it.
  const top = await page.evaluate(() => { const { scrollY } = window; window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }); return scrollY; }).catch(() => 0);
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  await page.evaluate((y) => window.scrollTo({ top: y, behavior: 'instant' }), top).catch(() => null);
  expect(violations.map((v) => `${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
}

/** Fails where something is cut off or scrolls sideways with text at twice its size, or the bar lies over what is asked. */
export async function twice(page, what) {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%', 'important'));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${what} scrolls sideways at 200 %`).toBeLessThanOrEqual(0);
  const cut = await page.evaluate(() => [...document.querySelectorAll('main :is(h1, h2, h3, p, button, label, a, span, dt, dd, summary), main .fb-code-input')]
    .filter((element) => element.getClientRects().length && !element.closest('.ams-visually-hidden') && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible')
    .map((element) => (element.value ?? element.textContent).trim().slice(0, 40)));
  expect(cut, `${what} is cut off at 200 %`).toEqual([]);
  const over = await page.evaluate(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    const room = document.documentElement.scrollHeight - window.innerHeight;
    return [...document.querySelectorAll('.fb-bar')].map((bar) => bar.getBoundingClientRect())
      .filter((bar) => bar.height && room > bar.height && Math.abs(bar.bottom - window.innerHeight) < 1 && bar.height > window.innerHeight / 4).length;
  });
  expect(over, `${what}: the bar takes a quarter of the screen at 200 %`).toBe(0);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

/** Bytes that a first visit transfers, without pictures, and whether it fetched the module; `cookies` make the visitor someone. */
export async function weight(browser, url, cookies = []) {
  const context = await browser.newContext();
  await context.addCookies(cookies);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map();
  let bytes = 0;
  const urls = [];
  session.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type));
  session.on('Network.requestWillBeSent', (e) => urls.push(e.request.url));
  session.on('Network.loadingFinished', (e) => {
    if (kinds.get(e.requestId) !== 'Image') bytes += e.encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await context.close();
  return { bytes, module: urls.some((u) => u.includes('.wasm')) };
}

/** `engine`: the database of this project's sites. */
export const test = base.extend({ engine: ['sqlite', { option: true }] });
export { expect };
