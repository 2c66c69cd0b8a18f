// One neighbour and the four forms of ballot: choose, reload, look over, cast, choose anew; with the keyboard alone, without
// a line, and among many plans. Rounds come from the demo city: each is stopped, and its plans go onto the next.
import { startSite, test, expect } from '../support/site.mjs';
import { meetIn } from '../support/people.mjs';
import { moment, setUpRound } from '../support/rounds.mjs';

let site, marlon;
const meet = (...who) => meetIn(site, ...who);
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  site = await startSite([['demo']]);
});
test.afterAll(async () => site?.stop());

/** Stops the round that takes votes, and opens one with its plans under another form of ballot. Gives its slug. */
async function nextRound(browser, before, form) {
  marlon ??= await meet(browser, 'Marlon', false);
  await marlon.go(`/beheer/stemrondes/${before}`);
  await marlon.page.locator('summary', { hasText: 'Stop deze ronde' }).click();
  await marlon.fill({ reason: 'We proberen een ander stembiljet.' });
  await marlon.press('Stop deze ronde');
  const limits = { ranking: { max_picks: '3' }, points: { points: '6', points_each: '4' } };
  const round = await setUpRound(marlon.page, site, 'vogelbuurt', { title: `Stemmen met ${form}`, intro: 'Samen verdelen we het geld.', year: '2008', pot: '20.000', form, ...limits[form], preset: 'greedy/1', receipts: 'yes', source: 'accounts', opens: moment(-1), closes: moment(100), plan: 'all' });
  await marlon.press('Laat de plannen zien');
  await marlon.press('Open de stemming');
  return round;
}

/** What one tap on the card of a plan is, in each form; without a script the plain control takes the value instead. */
const give = {
  approval: (card) => card.locator('label').click(),
  knapsack: (card) => card.locator('label').click(),
  points: (card, n, scripted) => (scripted ? card.getByRole('button', { name: /^Punt erbij/ }).click() : card.getByRole('spinbutton').fill('1')),
  ranking: (card, n, scripted) => (scripted ? card.getByRole('button', { name: /^Zet op mijn lijst/ }).click() : card.getByRole('combobox').selectOption(String(n + 1))),
};

/** What the form would send of the choices, in the order of the paper. */
const chosen = (page) => page.locator('form#stembiljet').evaluate((form) => [...new FormData(form)].filter(([name, value]) => /^(plan$|points-|rank-)/.test(name) && value).map((pair) => pair.join('=')))
  .catch(() => null);

const line = { approval: '2 van 5 gekozen', knapsack: 'van € 20.000', points: 'Nog 4 van 6 punten', ranking: 'Mijn lijst: 2 van 3' };
const plain = (text) => text.replace(/\u00a0/g, ' ');

async function openBallot(person, round) {
  await person.go(`/stemmen/${round}`);
  if (person.scripted) await expect(person.page.locator('html')).toHaveAttribute('data-islands', 'ready');
}

async function castIt(person, look = false) {
  await person.main.click();
  await expect(person.title).toHaveText('Klopt dit?');
  if (look) await person.look('review');
  await person.main.click();
  await expect(person.title).toHaveText('Je stem is binnen');
}

let round = 'buurtbudget-vogelbuurt-2008';
for (const form of ['approval', 'knapsack', 'points', 'ranking']) {
  test(`a ballot by ${form} takes a tap for each plan and two more`, async ({ browser, javaScriptEnabled, isMobile }) => {
    if (form !== 'approval') round = await nextRound(browser, round, form);
    const gerrit = await meet(browser, 'Gerrit', javaScriptEnabled);
    const { page } = gerrit;
    await openBallot(gerrit, round);
    await gerrit.look(`${form}: empty`);
    const cards = page.locator('.fb-plan:not(.fb-plan--off)');
    const titles = await cards.locator('.fb-plan__title').allInnerTexts();
    for (const card of await cards.all()) await expect(card.locator('.fb-money').first()).toBeVisible();

    // Two plans of little money, so that they fit in the pot: k taps.
    const costs = (await cards.locator('.fb-plan__body > .fb-money').allInnerTexts()).map((text, n) => [Number(text.replace(/\D/g, '')), n]);
    const picks = costs.sort((one, other) => one[0] - other[0]).slice(0, 2).map(([, n]) => n).reverse();
    for (const [n, pick] of picks.entries()) await give[form](cards.nth(pick), n, javaScriptEnabled);
    if (javaScriptEnabled) {
      await expect.poll(async () => plain(await page.locator('[data-some]').innerText())).toContain(line[form]);
      if (isMobile) await gerrit.look(`${form}: chosen`);
      // Kept through a reload, another visit and a closed tab; the plan opens in place.
      const before = await chosen(page);
      expect(before).toHaveLength(2);
      await page.reload();
      await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
      expect(await chosen(page)).toEqual(before);
      if (isMobile) {
        const tab = await page.context().newPage();
        await tab.goto(`${site.url}/stemmen/${round}`);
        await expect(tab.locator('.fb-draft .fb-flash')).toBeVisible();
        expect(await chosen(tab)).toEqual(before);
        await tab.close();
      }
    } else {
      await expect(page.locator('[data-do], [data-sift], .fb-gauge').filter({ visible: true })).toHaveCount(0);
    }
    const more = cards.nth(picks[0]).locator('details');
    await more.locator('summary').click();
    await expect(more.getByRole('link', { name: /^Lees het hele plan/ })).toBeVisible();
    await more.locator('summary').click();
    await expect(more.getByRole('link', { name: /^Lees het hele plan/ })).toBeHidden();

    // The last two taps.
    await castIt(gerrit, true);
    const rows = page.locator('.fb-picks__row');
    await expect(rows).toHaveCount(2);
    if (form === 'ranking') await expect(rows.first()).toContainText(titles[picks[0]]);
    await expect(page.locator('.fb-receipt__qr')).toBeVisible();
    expect((await page.locator('.fb-receipt__code').innerText()).replace(/\s/g, '')).toHaveLength(26);
    if (javaScriptEnabled) {
      await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
      expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
      const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Bewaar als plaatje' }).click()]);
      expect(picture.suggestedFilename()).toBe(`stembewijs-${round}.png`);
      if (isMobile) await gerrit.look(`${form}: cast`);
    } else {
      await expect(page.getByRole('button', { name: 'Bewaar als plaatje' })).toBeHidden();
    }

    expect(gerrit.seen).toEqual([]);
    if (!isMobile) return;

    // Another choice replaces it; on the way 'Pas aan' brings back what was chosen.
    await openBallot(gerrit, round);
    if (javaScriptEnabled) expect(await chosen(page)).toEqual([]);
    await give[form](cards.nth(picks[1]), 0, javaScriptEnabled);
    await gerrit.main.click();
    await gerrit.press('Pas aan');
    await expect(page.locator('form#stembiljet')).toBeVisible();
    if (javaScriptEnabled) expect(await chosen(page)).toHaveLength(1);
    await castIt(gerrit);
    await expect(rows).toHaveCount(1);
    expect(gerrit.seen).toEqual([]);
  });
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page, name, back = false) {
  const target = page.getByRole('button', { name }).or(page.locator('summary', { hasText: name })).filter({ visible: true }).first();
  for (let n = 0; n < 150; n++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

const focused = (page) => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText);

test('an order is made, changed and cast with the keyboard alone', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.skip(!javaScriptEnabled || isMobile, 'plain selects have the keyboard of the browser');
  const gerrit = await meet(browser, 'Gerrit', true);
  const { page } = gerrit;
  await openBallot(gerrit, round);
  const said = page.locator('[data-spoken]');
  const [one, two] = (await page.locator('.fb-plan__title').allInnerTexts()).map((title) => title.trim());
  for (const [n, title] of [one, two].entries()) {
    await tabTo(page, `Zet op mijn lijst: ${title}`);
    await page.keyboard.press('Enter');
    await expect(said).toHaveText(`${title} staat nu op plek ${n + 1}`);
    expect(await focused(page)).toBe(`Eraf: ${title}`);
  }
  // On the card: up, and the focus stays on the button, which is off now.
  await tabTo(page, `Omhoog: ${two}`, true);
  await page.keyboard.press('Space');
  await expect(said).toHaveText(`${two} staat nu op plek 1`);
  expect(await focused(page)).toBe(`Omhoog: ${two}`);
  expect((await chosen(page)).map((field) => field.split('=')[1])).toEqual(['2', '1']);
  // In the list at the bottom: down, and off.
  await tabTo(page, 'Mijn lijst: 2 van 3');
  await page.keyboard.press('Enter');
  const rows = page.locator('.fb-mine__row:not([hidden])');
  await expect(rows.first()).toContainText(two);
  await gerrit.look('the list, opened');
  const down = rows.first().getByRole('button', { name: `Omlaag: ${two}` });
  for (let n = 0; n < 10 && !(await down.evaluate((element) => element === document.activeElement)); n++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(rows.nth(1)).toContainText(two);
  expect(await focused(page)).toBe(`Omlaag: ${two}`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(said).toHaveText(`${two} staat niet meer op je lijst`);
  expect(await focused(page)).toBe(`Eraf: ${one}`);
  await tabTo(page, 'Verder');
  await page.keyboard.press('Enter');
  await expect(gerrit.title).toHaveText('Klopt dit?');
  await tabTo(page, 'Breng mijn stem uit');
  await page.keyboard.press('Enter');
  await expect(gerrit.title).toHaveText('Je stem is binnen');
  await expect(page.locator('.fb-picks__row')).toHaveText(new RegExp(one));
  expect(gerrit.seen).toEqual([]);
});

test('a ballot waits for the line and is cast once', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.skip(!javaScriptEnabled || !isMobile, 'without scripting the browser itself sends the form again');
  const gerrit = await meet(browser, 'Gerrit', true);
  const { page } = gerrit;
  const casts = [];
  page.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/uitbrengen') && casts.push(request.url()));
  await openBallot(gerrit, round);
  await give.ranking(page.locator('.fb-plan').nth(2), 0, true);
  const before = await chosen(page);
  await page.context().setOffline(true);
  await gerrit.main.click();
  await expect(page.locator('.fb-offline')).toContainText('Je hebt even geen internet');
  await gerrit.look('waiting for the line');
  expect(await chosen(page)).toEqual(before);
  await page.context().setOffline(false);
  await expect(gerrit.title).toHaveText('Klopt dit?');
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
  await page.context().setOffline(true);
  await gerrit.main.click();
  await expect(page.locator('.fb-offline')).toContainText('brengen we je stem vanzelf uit');
  await page.context().setOffline(false);
  await expect(gerrit.title).toHaveText('Je stem is binnen');
  expect(casts).toHaveLength(1);
  expect(gerrit.seen).toEqual([]);
});

test('plans are found among many', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.skip(!javaScriptEnabled || !isMobile, 'once is enough');
  const [gerrit, ineke, karin] = await Promise.all(['Gerrit', 'Ineke', 'Karin'].map((name) => meet(browser, name, name === 'Gerrit')));
  for (const title of ['Lampionnen in de kapel', 'Een rek voor bakfietsen', 'Soep op donderdag', 'Een schaaktafel']) {
    await gerrit.go('/initiatieven/nieuw');
    await gerrit.fill({ title, what: 'Voor de hele buurt.', why: 'Dat is fijn.' });
    await gerrit.main.click();
    await gerrit.choose('buurt', 'Vogelbuurt');
    await gerrit.main.click();
    await gerrit.main.click();
    await expect(gerrit.page.locator('.fb-flash')).toHaveText(/Je idee is binnen/);
    const plan = new URL(gerrit.page.url()).pathname;
    await ineke.go(plan.replace('/initiatieven', '/moderatie'));
    await ineke.press('Zet op de site');
    await karin.go(plan.replace('/initiatieven', '/stadsdeel'));
    await karin.fill({ minimum: '900', desired: '900', why: 'Er is plek.', conditions: 'Geen.' });
    await karin.main.click();
    await expect(karin.page.locator('.fb-flash')).toHaveText(/het kan/);
  }
  round = await nextRound(browser, round, 'points');
  const { page } = gerrit;
  await openBallot(gerrit, round);
  const cards = page.locator('.fb-plan').filter({ visible: true });
  const all = await cards.count();
  expect(all).toBeGreaterThan(12);
  await gerrit.look('many plans');
  await page.getByRole('searchbox', { name: 'Zoek in de plannen' }).fill('SCHAAK');
  await expect(cards).toHaveCount(1);
  await expect(page.locator('[data-count]')).toHaveText(`1 van ${all} plannen`);
  await give.points(cards.first(), 0, true);
  await page.getByRole('searchbox').fill('');
  await expect(cards).toHaveCount(all);
  const only = page.getByRole('button', { name: 'Alleen wat ik koos' });
  await only.click();
  await expect(only).toHaveAttribute('aria-pressed', 'true');
  await expect(cards).toHaveCount(1);
  await castIt(gerrit);
  expect(gerrit.seen).toEqual([]);
});
