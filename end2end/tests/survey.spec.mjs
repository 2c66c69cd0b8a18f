// The survey as residents meet it: one question on a screen, a line that is cut, a code to come back with; and what becomes of
// an answer: a plan that is published, and help that is introduced. Dutch and English, with and without scripts.
import { startSite, twice, test, expect } from '../support/site.mjs';
import { Person, meetIn } from '../support/people.mjs';

let site;
const meet = (...who) => meetIn(site, ...who);
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  site = await startSite([['demo']]);
});
test.afterAll(async () => site?.stop());

const WAVE = '/peiling/peiling-najaar';
const words = {
  nl: { next: 'Verder', send: 'Verstuur', thanks: 'Dank je wel!', skip: 'Sla over', code: 'Vul je code in' },
  en: { next: 'Next', send: 'Send', thanks: 'Thank you!', skip: 'Skip', code: 'Type your code' },
};

async function openWave(person, path = WAVE) {
  await person.go(path);
  if (person.scripted) await expect(person.page.locator('html')).toHaveAttribute('data-islands', 'ready');
}

/** The one button with this text on the screen that is shown. */
const tap = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();

/** The field that the screen asks for; a tap on a button may still be on its way. */
async function type(page, field, text) {
  await expect(page.locator(`[name=${field}]`)).toBeVisible();
  await page.locator(`[name=${field}]`).fill(text);
}

for (const [lang, prefix, who] of [['nl', '', 'Gerrit'], ['en', '/en', 'Fatima']]) {
  test(`four taps and what was typed make an answer, ${lang}`, async ({ browser, javaScriptEnabled, isMobile }) => {
    const w = words[lang];
    const person = await meet(browser, who, javaScriptEnabled);
    const { page } = person;
    await openWave(person, `${prefix}${WAVE}`);
    const screens = ['mark', 'good', 'better', 'can_do'];
    const look = async (what) => {
      await person.look(`survey: ${what}`);
      if (javaScriptEnabled && isMobile) await twice(page, what);
    };
    await look(screens[0]);
    await tap(page, '7');
    await type(page, 'good', 'De markt 🌳 <b>en</b> de buren.');
    await look(screens[1]);
    await tap(page, w.next);
    await type(page, 'better', 'Meer bankjes bij het water.');
    await look(screens[2]);
    await tap(page, w.next);
    await type(page, 'can_do', 'Twee uur in de week koken.');
    await look(screens[3]);
    await tap(page, w.send);
    await expect(person.title).toHaveText(w.thanks);
    await look('thanks');
    const code = (await page.locator('.fb-receipt__code').innerText()).trim();
    expect(code.replace(/-/g, '')).toHaveLength(13);
    if (javaScriptEnabled) {
      expect(await page.evaluate(() => Object.keys(localStorage)), 'nothing of it stays on the phone').toEqual([]);
    }
    // Anyone with the code changes it, on any device; everything stands there again.
    const other = await Person.of(site, browser, 'Iemand', javaScriptEnabled);
    await openWave(other, `${prefix}${WAVE}/code`);
    await other.page.locator('[name=code]').fill('7KQ2-M9XD-0A3F1');
    await other.main.click();
    await expect(other.page.locator('.ams-error-message').first()).toBeVisible();
    await other.look('survey: a wrong code');
    if (javaScriptEnabled && isMobile) await twice(other.page, 'a wrong code');
    await other.page.locator('[name=code]').fill(code.toLowerCase());
    await other.main.click();
    await expect(other.page.locator('.fb-mark[aria-pressed=true]')).toHaveText('7');
    await tap(other.page, '9');
    await expect(other.page.locator('[name=good]')).toHaveValue('De markt 🌳 <b>en</b> de buren.');
    for (let n = 0; n < 2; n++) await tap(other.page, w.next);
    await expect(other.page.locator('[name=can_do]')).toBeVisible();
    await tap(other.page, w.send);
    await expect(other.title).toHaveText(w.thanks);
    expect((await other.page.locator('.fb-receipt__code').innerText()).trim(), 'the code stays').toBe(code);
    expect([...person.seen, ...other.seen]).toEqual([]);
  });
}

test('nothing at all is no answer, and every question may be skipped', async ({ browser, javaScriptEnabled }) => {
  const person = await meet(browser, 'Gerrit', javaScriptEnabled);
  const { page } = person;
  await openWave(person);
  // The phone's own way back is a question back too.
  if (javaScriptEnabled) {
    for (let n = 0; n < 2; n++) await tap(page, 'Sla over');
    await expect(page.locator('[name=better]')).toBeVisible();
    await page.goBack();
    await expect(page.locator('[name=good]')).toBeVisible();
    await page.goForward();
    await expect(page.locator('[name=better]')).toBeVisible();
    for (let n = 0; n < 2; n++) await page.goBack();
    await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  }
  for (let n = 0; n < 3; n++) await tap(page, 'Sla over');
  await expect(page.locator('[name=can_do]')).toBeVisible();
  await tap(page, 'Verstuur');
  await expect(page.locator('.ams-error-message').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await person.look('survey: nothing said');
  for (let n = 0; n < 2; n++) await tap(page, 'Sla over');
  await type(page, 'better', 'x'.repeat(5000));
  await tap(page, 'Verder');
  await expect(page.locator('[name=can_do]')).toBeVisible();
  await tap(page, 'Verstuur');
  await expect(page.locator('[name=better]')).toHaveValue('x'.repeat(5000));
  await page.locator('[name=better]').fill('  ✨  ');
  await tap(page, 'Verder');
  await expect(page.locator('[name=can_do]')).toBeVisible();
  await tap(page, 'Vorige vraag');
  await expect(page.locator('[name=better]')).toBeVisible();
  await tap(page, 'Sla over');
  await expect(page.locator('[name=can_do]')).toBeVisible();
  await tap(page, 'Verstuur');
  await expect(person.title).toHaveText('Dank je wel!');
  expect(person.seen).toEqual([]);
});

test('the line is cut in the middle: nothing is lost, and it is one answer', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.skip(!isMobile, 'a phone loses its line');
  const person = await meet(browser, 'Fatima', javaScriptEnabled);
  const { page } = person;
  await openWave(person);
  await tap(page, '8');
  await type(page, 'good', 'De pont.');
  const line = page.context();
  if (javaScriptEnabled) {
    await line.setOffline(true);
    await tap(page, 'Verder');
    await type(page, 'better', 'Een toilet in het park.');
    // The tab closes without a line; another visit brings everything back, at the same question.
    await line.setOffline(false);
    await page.close();
    person.page = await line.newPage();
    await openWave(person);
    await expect(person.page.locator('[name=better]')).toHaveValue('Een toilet in het park.');
    await expect(person.page.locator('[name=better]')).toBeVisible();
    await expect(person.page.locator('.fb-draft .fb-flash')).toBeVisible();
    await tap(person.page, 'Verder');
    const sent = [];
    person.page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await line.setOffline(true);
    await tap(person.page, 'Verstuur');
    await expect(person.page.locator('.fb-offline').filter({ visible: true })).toContainText('geen verbinding');
    await line.setOffline(false);
    await expect(person.title).toHaveText('Dank je wel!');
    expect(sent).toHaveLength(1);
  } else {
    await line.setOffline(true);
    await tap(page, 'Verder').catch(() => null);
    await line.setOffline(false);
    // The browser's own 'try again' sends the same form once more.
    await page.reload();
    await type(page, 'better', 'Een toilet in het park.');
    await tap(page, 'Verder');
    await expect(page.locator('[name=can_do]')).toBeVisible();
    await tap(page, 'Verstuur');
    await expect(person.title).toHaveText('Dank je wel!');
    await page.reload();
    await expect(person.title).toHaveText('Dank je wel!');
  }
});

test('the keyboard alone is enough', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.skip(isMobile || !javaScriptEnabled, 'a laptop has a keyboard');
  const person = await meet(browser, 'Gerrit', javaScriptEnabled);
  const { page } = person;
  await openWave(person);
  const focused = () => page.evaluate(() => (document.activeElement.getAttribute('name') === 'tap' ? document.activeElement.value : document.activeElement.name || document.activeElement.innerText));
  const tabTo = async (what) => {
    for (let n = 0; n < 60 && (await focused()) !== what; n++) await page.keyboard.press('Tab');
    expect(await focused()).toBe(what);
  };
  await tabTo('6');
  await page.keyboard.press('Enter');
  for (const [field, text] of [['good', 'Rust.'], ['better', 'Groen.'], ['can_do', 'Snoeien.']]) {
    await expect(page.locator(`[name=${field}]`)).toBeVisible();
    await tabTo(field);
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
    if (field !== 'can_do') await tabTo('to');
    while ((await page.evaluate(() => document.activeElement.innerText)) !== (field === 'can_do' ? 'Verstuur' : 'Verder')) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }
  await expect(person.title).toHaveText('Dank je wel!');
  expect(person.seen).toEqual([]);
});
