// A plan with money, on phones: agreed, committed by two, paid in two parts of which one takes two people, a step that is late
// and gets another day, a change, photos, a final account of which 312,40 euro goes back, and thanks. To the cent.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startSite, test, expect } from '../support/site.mjs';
import { meetIn } from '../support/people.mjs';

const PLAN = 'Een theetuin achter de flat';
const photo = (name) => fileURLToPath(new URL(`../../server/demo-data/photos/${name}.png`, import.meta.url));
let site;
test.beforeAll(async ({ engine }) => {
  site = await startSite([['demo']], engine);
});
test.afterAll(async () => site?.stop());

const day = (n) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
const flash = (person) => person.page.locator('.fb-flash');
const main = (person) => person.page.locator('main');

async function moveClock(marlon, step, times = 1) {
  for (let n = 0; n < times; n++) {
    await marlon.go('/beheer/klok');
    await marlon.page.locator(`input[value=${step}]`).setChecked(true);
    await marlon.main.click();
  }
}

/** Shows the second step once more: on the city's clock it was days ago. */
async function signInAgain(person) {
  await person.go('/inloggen/voorbeeld');
  await person.page.getByRole('button', { name: new RegExp(`als ${person.name}`) }).click();
  await expect(person.page).toHaveURL(/\/(mijn)?(\?.*)?$/);
}

/** What the finance system answers to an order: every line of it paid. */
function paid(csv, at, name) {
  const lines = csv.replace(/^\uFEFF/, '').trim().split(/\r?\n/);
  // Cells with a comma in them stand in quotes.
  const [columns, ...cells] = lines.map((line) => [...line.matchAll(/("[^"]*"|[^,;]*)(?:[,;]|$)/g)].map((cell) => cell[1].replace(/^"|"$/g, '')));
  const [reference, amount] = ['kenmerk', 'bedrag'].map((column) => columns.indexOf(column));
  const rows = cells.map((row, n) => [row[reference], row[amount], at, `${name}-${n + 1}`, 'betaald'].join(';'));
  return ['kenmerk;bedrag;datum;kenmerk_betaling;uitkomst', ...rows].join('\n') + '\n';
}

async function sendFile(person, text) {
  await person.page.locator('#file').setInputFiles({ name: 'bevestigingen.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await person.press('Lees in');
}

/** Orders what may be ordered; gives the file as the finance system gets it. */
async function order(karin) {
  await karin.go('/stadsdeel/betalingen');
  await karin.look('payments');
  await karin.page.getByRole('button', { name: /^Maak de opdracht/ }).click();
  await expect(flash(karin)).toContainText('De opdracht is klaar');
  const link = await karin.page.getByRole('link', { name: /^Opdracht \d+/ }).first().getAttribute('href');
  const [first, second] = [await karin.page.request.get(site.url + link), await karin.page.request.get(site.url + link)];
  expect(first.headers()['content-type']).toContain('text/csv');
  const csv = await first.text();
  expect(await second.text(), 'the same file each time').toBe(csv);
  return csv;
}

const cents = (text) => {
  const [euros, rest = '00'] = text.replace(/[^\d,-]/g, '').split(',');
  return Number(euros) * 100 + Number(rest);
};

/** The wijk's figures on the dashboard, in cents; the budget's page, the open data and the spreadsheet tell the same. */
async function figures(gerrit) {
  await gerrit.go('/overzicht?jaar=2008&wijk=noord');
  const row = gerrit.page.locator('#share tbody tr').first();
  const shown = {};
  for (const name of ['Staat klaar', 'Verdeeld', 'Over', 'Afgesproken', 'Betaald', 'Teruggegeven']) {
    shown[name] = cents(await row.locator(`td[data-label="${name}"]`).textContent());
  }
  expect(shown['Verdeeld'] + shown['Over']).toBe(shown['Staat klaar']);
  const ask = async (path) => (await gerrit.page.request.get(site.url + path)).text();
  const data = JSON.parse(await ask('/data/aandeel.json')).shares.find((s) => s.wijk === 'noord' && s.year === 2008).cents;
  expect([data.funded, data.allotted, data.left]).toEqual([shown['Staat klaar'], shown['Verdeeld'], shown['Over']]);
  const csv = await ask('/overzicht/bestanden/share.csv?jaar=2008&wijk=noord');
  const [heads, line] = csv.replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((l) => l.split(','));
  for (const [name, value] of Object.entries(shown)) expect(Math.round(Number(line[heads.indexOf(name)]) * 100), name).toBe(value);
  const budget = await gerrit.share('noord', 2008);
  expect([budget.funded, budget.allotted, budget.left]).toEqual([shown['Staat klaar'], shown['Verdeeld'], shown['Over']]);
  return shown;
}

test('from money to thanks', async ({ browser, javaScriptEnabled, engine }) => {
  test.setTimeout(420_000);
  // The pages are the same on both engines: axe looks at them once.
  const meet = (name) => meetIn(site, browser, name, javaScriptEnabled && engine === 'sqlite');
  const [fatima, gerrit, karin, sjoerd, marlon] = [await meet('Fatima'), await meet('Gerrit'), await meet('Karin'), await meet('Sjoerd'), await meet('Marlon')];
  const before = await figures(gerrit);
  /** What changed since the beginning, and nothing else: cents agreed, paid, given back. */
  const moved = async (agreed, paidOut, back) => {
    const now = await figures(gerrit);
    const change = (name) => now[name] - before[name];
    expect([change('Afgesproken'), change('Betaald'), change('Teruggegeven'), change('Over')]).toEqual([agreed, paidOut, back, back]);
  };

  // The agreement: a bank number is refused, and nothing typed is lost.
  await karin.go('/stadsdeel/uitvoering');
  await karin.look('running plans');
  await karin.page.getByRole('link', { name: PLAN }).click();
  const file = karin.page.url();
  const id = new URL(file).pathname.match(/\d+/)[0];
  const [plan, makers] = [`/initiatieven/${id}`, `/initiatieven/${id}/uitvoering`];
  await karin.look('file of a funded plan');
  await karin.main.click();
  await karin.fill({ amount: '2.400', conditions: 'Betaal op NL91 ABNA 0417 1643 00.', contact: 'Bel 14 020.', responsible: 'Buurtdirigent Noord', ends: day(200) });
  await karin.page.locator('[name=partner]').first().fill('De Alliantie');
  await karin.main.click();
  await expect(karin.page.getByRole('alert')).toContainText('rekeningnummer');
  await karin.look('agreement with a bank number');
  await expect(karin.page.locator('[name=contact]')).toHaveValue('Bel 14 020.');
  await expect(karin.page.locator('[name=partner]').first()).toHaveValue('De Alliantie');
  await karin.fill({ conditions: 'De tegels gaan naar het stadsdeel.' });
  await karin.main.click();
  await expect(flash(karin)).toHaveText('De makers kunnen de afspraken lezen.');

  // The makers say yes; two of the stadsdeel sign.
  await fatima.go(plan);
  await fatima.page.getByRole('link', { name: 'Ga aan de slag met jullie plan' }).click();
  await expect(main(fatima)).toContainText('De Alliantie');
  await fatima.look('agreement to say yes to');
  await fatima.main.click();
  await expect(flash(fatima)).toContainText('Afgesproken!');
  await karin.go(file);
  await karin.main.click();
  await expect(main(karin)).toContainText('Nu nog een collega');
  await expect(karin.main).toHaveCount(0);
  await sjoerd.go(file);
  await expect(main(sjoerd)).toContainText('Een collega tekende al');
  await sjoerd.main.click();
  await expect(flash(sjoerd)).toContainText('Het geld is toegezegd');
  await moved(240_000, 0, 0);

  // Two steps; a day that is past is refused.
  for (const [title, date] of [['Tegels eruit', day(3)], ['Planten erin', day(10)]]) {
    await fatima.go(`${makers}/stap`);
    await fatima.look('plan a step');
    await fatima.fill({ title, date: '2001-01-01' });
    await fatima.main.click();
    await expect(fatima.page.getByRole('alert')).toBeVisible();
    await expect(fatima.page.locator('[name=title]')).toHaveValue(title);
    await fatima.fill({ date });
    await fatima.main.click();
    await expect(flash(fatima)).toHaveText('De stap is gepland.');
  }

  // Two instalments: a small one, and a large one that waits for a step and for a second person. Never more than there is.
  await karin.go(`${file}/betaling`);
  await karin.fill({ amount: '2.400,01', payee: 'Tuincentrum', purpose: 'Alles' });
  await karin.main.click();
  await expect(karin.page.getByRole('alert')).toContainText('Zoveel is er niet meer');
  await karin.look('instalment above what is left');
  await karin.fill({ amount: '600', payee: 'Container Noord', purpose: 'Tegels afvoeren' });
  await karin.main.click();
  await expect(flash(karin)).toHaveText('De betaling staat klaar.');
  await karin.page.getByRole('link', { name: 'Zet een betaling klaar' }).first().click();
  await karin.fill({ amount: '1.487,60', payee: 'Kwekerij Waterland', purpose: 'Planten en tafels' });
  await karin.choose('milestone', 'Planten erin');
  await karin.main.click();
  await expect(flash(karin)).toHaveText('De betaling staat klaar.');
  await expect(main(karin)).toContainText('Jij zette dit klaar. Een collega moet het goedkeuren.');
  await karin.look('file with instalments');
  await sjoerd.go('/stadsdeel/uitvoering');
  let taps = 0;
  const tap = async (target) => {
    taps += 1;
    await target.click();
  };
  await tap(sjoerd.page.getByRole('link', { name: PLAN }));
  await expect(main(sjoerd)).toContainText('Kwekerij Waterland');
  await tap(sjoerd.main);
  await expect(flash(sjoerd)).toHaveText('Goedgekeurd.');
  expect(taps).toBeLessThanOrEqual(3);

  // Out to the finance system and back: only the small one, for the other waits for its step. A wrong file books nothing.
  const first = await order(karin);
  expect(first).toContain('600,00');
  expect(first).not.toContain('1487,60');
  await sendFile(karin, `${paid(first, day(0), 'AFS-1')}FB-999999-1;5;${day(0)};AFS-2;betaald\n`);
  await expect(main(karin)).toContainText('Er is niets geboekt');
  await expect(main(karin)).toContainText('Dit kenmerk kennen we niet.');
  await karin.look('wrong lines');
  await sendFile(karin, paid(first, day(0), 'AFS-1'));
  await expect(flash(karin)).toContainText('Alle regels zijn verwerkt.');
  await moved(180_000, 60_000, 0);

  // A step with a photo in three taps besides typing; the stadsdeel sees it in one.
  await fatima.go(makers);
  await fatima.look('makers with steps');
  await fatima.main.click();
  await fatima.page.locator('#photo').setInputFiles(photo('tuin-nu'));
  await fatima.fill({ note: 'Alle tegels zijn eruit!' });
  await fatima.look('tell that a step is done');
  await fatima.main.click();
  await expect(flash(fatima)).toContainText('Daarna kan iedereen het zien');
  await karin.go(file);
  await expect(main(karin)).toContainText('Gedaan, zeggen de makers: Tegels eruit');
  await karin.main.click();
  await expect(flash(karin)).toHaveText('Bevestigd.');

  // The second step is late: told in plain words, by mail too; another day is asked for and agreed to.
  await moveClock(marlon, 'week');
  await moveClock(marlon, 'day', 5);
  for (const person of [karin, sjoerd]) await signInAgain(person);
  await gerrit.go(plan);
  await expect(main(gerrit)).toContainText('1 stap is te laat.');
  await expect(main(gerrit)).toContainText(/\d+ dag(en)? te laat/);
  await gerrit.look('plan with a late step');
  await site.mail('fatima@voorbeeld.test', /Hoe staat het ermee/);
  await fatima.go(makers);
  await fatima.page.getByRole('link', { name: /^Vraag om meer tijd/ }).click();
  await fatima.fill({ date: day(40), why: 'De kweker heeft nog geen munt.' });
  await fatima.look('ask a later day');
  await fatima.main.click();
  await expect(flash(fatima)).toHaveText('Je vraag is verstuurd.');
  await karin.go(file);
  await karin.main.click();
  await karin.look('decide on a change');
  await karin.page.locator('input[name=agree][value=no]').setChecked(true);
  await karin.main.click();
  await expect(karin.page.getByRole('alert'), 'a no has a reason').toBeVisible();
  await karin.page.locator('input[name=agree][value=yes]').setChecked(true);
  await karin.main.click();
  await expect(flash(karin)).toHaveText('De verandering is afgesproken.');
  await gerrit.go(plan);
  await expect(main(gerrit)).not.toContainText('te laat');

  // The plan changes: other furniture, for the same money.
  await fatima.go(`${makers}/wijziging`);
  await fatima.fill({ what: 'Drie ronde tafels in plaats van twee lange.', why: 'Dan kan iedereen elkaar zien.' });
  await fatima.look('propose a change');
  await fatima.main.click();
  await expect(flash(fatima)).toHaveText('Je voorstel is verstuurd.');
  await karin.go(file);
  await karin.main.click();
  await karin.page.locator('input[name=agree][value=yes]').setChecked(true);
  await karin.main.click();
  await expect(flash(karin)).toHaveText('De verandering is afgesproken.');
  await moved(180_000, 60_000, 0);

  // The second step, with how it was before; then its money.
  await fatima.go(makers);
  await fatima.main.click();
  await fatima.page.locator('#photo').setInputFiles(photo('tuin-nu'));
  await fatima.page.locator('summary', { hasText: 'ook van eerst' }).click();
  await fatima.page.locator('#before').setInputFiles(photo('tuin-eerst'));
  await fatima.main.click();
  await expect(flash(fatima)).toContainText('Daarna kan iedereen het zien');
  await karin.go(file);
  await karin.main.click();
  const second = await order(karin);
  expect(second).toContain('1487,60');
  await sendFile(karin, paid(second, day(1), 'AFS-9'));
  await expect(flash(karin)).toContainText('Alle regels zijn verwerkt.');
  await sendFile(karin, paid(second, day(1), 'AFS-9'));
  await expect(flash(karin), 'the same file once more').toHaveText('Dit bestand was al ingelezen. Er is niets veranderd.');
  await moved(31_240, 208_760, 0);

  // What was spent, and what goes back: 312,40 euro, to the cent.
  await fatima.go(makers);
  await fatima.main.click();
  const [what, amount] = [fatima.page.locator('[name=line_what]'), fatima.page.locator('[name=line_amount]')];
  await what.nth(0).fill('Planten en tafels');
  await amount.nth(0).fill('tweeduizend');
  await fatima.main.click();
  await expect(fatima.page.getByRole('alert')).toBeVisible();
  await expect(what.nth(0)).toHaveValue('Planten en tafels');
  await amount.nth(0).fill('1.487,60');
  await what.nth(1).fill('Tegels afvoeren');
  await amount.nth(1).fill('600');
  await fatima.page.locator('#receipt').setInputFiles([photo('soep'), photo('fietsen')]);
  await fatima.fill({ words: 'Elke vrijdag zitten er nu twintig vrouwen.' });
  await fatima.look('final account');
  await fatima.main.click();
  await expect(flash(fatima)).toHaveText('De afrekening is verstuurd.');
  await sjoerd.go(file);
  await sjoerd.main.click();
  await expect(main(sjoerd)).toContainText(/312,40/);
  await sjoerd.look('check the account');
  await sjoerd.page.locator('input[name=check][value=agree]').setChecked(true);
  await sjoerd.main.click();
  await expect(flash(sjoerd)).toContainText('Klaar!');
  await sjoerd.look('file that is over');

  // Everyone sees it; a neighbour says thanks, once. A step after the end is refused.
  await gerrit.go(plan);
  await expect(main(gerrit)).toContainText(/312,40/);
  await expect(main(gerrit).locator('img[src*="/uitvoering/foto/"]')).toHaveCount(3);
  await gerrit.look('completed plan');
  await gerrit.press('Bedankt, makers!');
  await expect(main(gerrit)).toContainText('1 buur zegt bedankt.');
  await expect(gerrit.page.getByRole('button', { name: 'Bedankt, makers!' })).toHaveCount(0);
  await fatima.go(makers);
  await fatima.look('makers of a completed plan');
  await moved(0, 208_760, 31_240);
  const doctor = site.doctor('ledger');
  expect(doctor.status, doctor.stdout + doctor.stderr).toBe(0);
  for (const person of [fatima, gerrit, karin, sjoerd, marlon]) expect(person.seen).toEqual([]);
});
