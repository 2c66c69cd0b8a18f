// What one person should not decide alone: the lot, a new version of the paper, and a ballot on paper. Two administrators, a
// civil servant and a neighbour walk one round by letter from set-up to result.
import { readFileSync } from 'node:fs';
import { startSite, test, expect } from '../support/site.mjs';
import { Person } from '../support/people.mjs';
import { moment, setUpRound } from '../support/rounds.mjs';

let site;
test.beforeAll(async ({ engine }) => {
  site = await startSite([['demo']], engine);
});
test.afterAll(async () => site?.stop());

async function meet(browser, name, scripted) {
  const person = await Person.of(site, browser, name, scripted);
  await enter(person);
  return person;
}

async function enter(person) {
  await person.page.context().clearCookies();
  await person.go('/inloggen/voorbeeld');
  await person.page.getByRole('button', { name: new RegExp(`als ${person.name}`) }).click();
  await expect(person.page).toHaveURL(/\/(mijn)?(\?.*)?$/);
}

const LIST = 'adres;postcode;plaats;aantal\nMeeuwenlaan 1;1021 AA;Amsterdam;1\nMeeuwenlaan 3;1021 AA;Amsterdam;1\n';

test('two decide together, and a vote on paper counts', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.skip(!isMobile, 'the phone stands for the laptop');
  test.setTimeout(240_000);
  const [marlon, joke, karin] = [await meet(browser, 'Marlon', javaScriptEnabled), await meet(browser, 'Joke', javaScriptEnabled), await meet(browser, 'Karin', javaScriptEnabled)];
  const round = await setUpRound(marlon.page, site, 'ijplein', { title: 'Buurtbudget IJplein', intro: 'Samen kiezen we.', year: '2008', pot: '2.500', max_picks: '1', ties: 'lot', source: 'codes', opens: moment(-1), closes: moment(24 * 6), plan: 'all' });
  const desk = `/beheer/stemrondes/${round}`;
  await marlon.press('Laat de plannen zien');
  await marlon.page.getByRole('link', { name: 'Kiezers en brieven' }).click();
  await marlon.page.locator('input[type=file]').setInputFiles({ name: 'kiezers.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
  await marlon.press('Kijk de lijst na');
  await marlon.press('Zet 2 kiezers op de lijst');
  const download = marlon.page.waitForEvent('download');
  await marlon.press('Maak het bestand voor de drukker (CSV)');
  const codes = readFileSync(await (await download).path(), 'utf8').match(/#[0-9A-Z]{10,}/g).map((mark) => mark.slice(1));
  expect(codes.length).toBe(2);

  // The lot: two secrets before voting opens, each kept by its administrator alone.
  await marlon.go(desk);
  await marlon.press('Open de stemming');
  await expect(marlon.page.getByRole('alert')).toContainText('de geheimen van twee beheerders');
  const secrets = [];
  for (const person of [marlon, joke]) {
    await person.go(desk);
    await person.look('lot');
    secrets.push(await person.page.locator('main [name=secret]').inputValue());
    await person.press('Leg het controlegetal vast');
  }
  expect(secrets[0]).not.toBe(secrets[1]);
  await marlon.go(desk);
  await expect(marlon.page.locator('#loting')).toContainText('Twee beheerders hebben een geheim gekozen');
  expect(await marlon.page.content()).not.toContain(secrets[1]);
  await marlon.press('Open de stemming');

  // A new version: one proposes, the other agrees, everyone sees the difference.
  await marlon.page.getByRole('link', { name: 'Teksten of datums wijzigen' }).click();
  await marlon.look('change');
  await marlon.fill({ intro: 'Samen kiezen we wat er op het plein komt.' });
  await marlon.main.click();
  await expect(marlon.page.getByRole('alert')).toContainText('Waarom wijzig je dit?');
  await expect(marlon.page.locator('main [name=intro]')).toHaveValue('Samen kiezen we wat er op het plein komt.');
  await marlon.fill({ reason: 'Het plein stond er niet bij.' });
  await marlon.main.click();
  await expect(marlon.page.locator('#voorstel')).toContainText('Vraag een andere beheerder');
  await expect(marlon.page.getByRole('button', { name: 'Akkoord', exact: true })).toHaveCount(0);
  await joke.go(desk);
  await joke.look('proposal');
  await joke.press('Akkoord');
  await expect(joke.page.locator('#voorstel')).toHaveCount(0);

  const voter = await Person.of(site, browser, 'Buur', javaScriptEnabled);
  const showCode = async (code) => {
    await voter.go(`/stemmen/${round}/code`);
    await voter.fill({ code });
    await voter.main.click();
  };
  await showCode(codes[0]);
  await expect(voter.page.locator('main')).toContainText('Het plein stond er niet bij.');
  await expect(voter.page.locator('main del')).toHaveText('Samen kiezen we.');
  await expect(voter.page.locator('main')).toContainText('0 van de 2 mensen op de lijst hebben al gestemd');
  await voter.look('changed ballot');
  await voter.page.locator('label:has(input[name=plan])').first().click();
  await voter.main.click();
  await voter.main.click();
  await expect(voter.title).toHaveText('Je stem is binnen');

  // The other neighbour votes on paper: the code is closed at the desk.
  await karin.go(`/stadsdeel/stemmen/${round}?adres=meeuwenlaan+3`);
  await karin.page.locator('summary', { hasText: 'Neem een papieren stembiljet aan' }).click();
  await karin.look('accept paper');
  await karin.press('Sluit de code en geef een stembiljet');
  await showCode(codes[1]);
  await expect(voter.page.locator('main')).toContainText('een stem op papier ingeleverd');

  // A week later the box is shut. The sheet is read by two who differ, and by a third.
  await marlon.go('/beheer/klok');
  await marlon.page.locator('input[value=week]').setChecked(true);
  await marlon.main.click();
  await enter(marlon);
  await expect(async () => {
    await marlon.go(desk);
    await expect(marlon.page.locator('main')).toContainText('Tel de stemmen');
  }).toPass({ timeout: 20_000 });
  await marlon.press('Tel de stemmen');
  await expect(marlon.page.getByRole('alert')).toContainText('de geheimen van twee beheerders');
  await enter(joke);
  await enter(karin);
  const paper = `/stadsdeel/stemmen/${round}/papier`;
  await karin.go(paper);
  await karin.fill({ count: '2' });
  await karin.press('Begin een stapel');
  await expect(karin.page.getByRole('alert')).toBeVisible();
  await karin.fill({ count: '1' });
  await karin.press('Begin een stapel');
  await karin.look('paper box');
  const read = async (person, box) => {
    await person.go(paper);
    await person.page.getByRole('link', { name: 'Lees biljet 1' }).click();
    await person.look('sheet');
    await person.page.locator(`input[name=${box}]`).setChecked(true);
    await person.main.click();
  };
  await read(karin, 'plan');
  await expect(karin.page.getByRole('link', { name: 'Lees biljet 1' })).toHaveCount(0);
  await read(joke, 'ongeldig');
  await marlon.go(paper);
  await marlon.page.getByRole('link', { name: 'Lees biljet 1' }).click();
  await expect(marlon.page.locator('main')).toContainText('Twee mensen lazen dit biljet verschillend');
  await marlon.look('third look');
  await marlon.page.locator('input[name=plan]').setChecked(true);
  await marlon.main.click();

  // Both reveal, and the count can be made.
  for (const [at, person] of [marlon, joke].entries()) {
    await person.go(desk);
    await person.fill({ secret: secrets[1 - at] });
    await person.press('Onthul het geheim');
    await expect(person.page.getByRole('alert')).toBeVisible();
    await person.fill({ secret: secrets[at] });
    await person.press('Onthul het geheim');
    // Neither is shown before both are revealed.
    await expect(person.page.locator('#loting')).toContainText(at === 0 ? 'Onthuld. Iedereen ziet het' : `Onthuld: ${secrets[at]}`);
  }
  await marlon.go(desk);
  await marlon.press('Tel de stemmen');
  await joke.go(desk);
  await joke.press('Tel de stemmen');
  await joke.look('counted');
  await expect(joke.page.locator('#telling')).toContainText('met 2 stemmen');
  // One holds the result back, and the other settles that; then both publish the same bundle.
  await joke.page.locator('summary', { hasText: 'Houd de uitslag op' }).click();
  await joke.fill({ dispute: 'Klopt het papieren biljet?' });
  await joke.page.getByRole('button', { name: 'Houd de uitslag op' }).click();
  await voter.go(`/stemmen/${round}`);
  await expect(voter.page.locator('main')).toContainText('Klopt het papieren biljet?');
  await marlon.go(desk);
  await marlon.look('held back');
  await marlon.fill({ answer: 'Ja, drie mensen lazen het.' });
  await marlon.press('Het is opgelost');
  await marlon.press('Maak de uitslag bekend');
  await joke.go(desk);
  await joke.press('Maak de uitslag bekend');
  await voter.go(`/stemmen/${round}/uitslag`);
  await expect(voter.page.locator('main')).toContainText('2 van de 2');
  await expect(voter.page.locator('main')).toContainText('1 geteld, 1 ingeleverd');
  await voter.look('result with paper and a lot');
  const feed = await (await voter.page.request.get(`${site.url}/stemmen.atom`)).text();
  for (const told of ['Het stembiljet ligt vast', 'Het stembiljet is gewijzigd', 'De uitslag is er']) expect(feed).toContain(told);
  for (const person of [marlon, joke, karin, voter]) expect(person.seen).toEqual([]);
});
