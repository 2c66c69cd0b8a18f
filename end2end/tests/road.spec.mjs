// The whole road of a plan, by five people and ten more neighbours: idea, question, answer, support, verdict, ballot,
// twelve votes of which one is changed, close, count, money, milestone. Mail is real, and the money is right to the cent.
import { createHash } from 'node:crypto';
import { startSite, test, expect } from '../support/site.mjs';
import { Person } from '../support/people.mjs';
import { moment, setUpRound } from '../support/rounds.mjs';

const BUURT = 'Vogelbuurt';
const PASSWORD = 'paard-wolk-lepel-fiets';
let site;
test.beforeAll(async ({ engine }) => {
  site = await startSite([['demo', '--empty'], ['admin', 'marlon@buren.test', 'Marlon', { typed: `${PASSWORD}\n` }]], engine);
});
test.afterAll(async () => site?.stop());

async function invite(marlon, person, role, place) {
  await marlon.go('/beheer/rollen');
  await marlon.fill({ email: person.email });
  await marlon.page.locator('fieldset').getByText(role, { exact: true }).click();
  await marlon.choose('place', place);
  await marlon.main.click();
  await expect(marlon.page.locator('.fb-flash')).toHaveText(/uitnodiging is verstuurd/);
}

async function accept(person) {
  await person.openMail(/gevraagd voor een rol/);
  await person.look('invitation');
  await person.fill({ name: person.name });
  await person.main.click();
  await person.setUpSecondStep();
}

/** The three screens of a new idea. */
async function tell(person, idea) {
  await person.go('/');
  await person.go('/initiatieven/nieuw');
  await person.look('new idea 1');
  await person.fill({ title: idea.title, what: idea.what, why: idea.why });
  await person.main.click();
  await person.look('new idea 2');
  await person.choose('buurt', BUURT);
  await person.fill({ place: idea.place, cost: idea.cost });
  await person.main.click();
  await person.look('new idea 3');
}

async function moveClock(marlon, step, times = 1) {
  for (let n = 0; n < times; n++) {
    await marlon.go('/beheer/klok');
    await marlon.page.getByText(step, { exact: true }).click();
    await marlon.main.click();
    await expect(marlon.title).toHaveText('Klok van de voorbeeldstad');
  }
}

async function vote(person, round, picks) {
  await person.go(`/stemmen/${round}`);
  await person.look('ballot');
  const boxes = person.page.locator('input[name=plan]');
  for (const box of await boxes.all()) await box.setChecked(false);
  for (const title of picks) await person.page.getByRole('checkbox', { name: title }).setChecked(true);
  await person.main.click();
  await expect(person.title).toHaveText('Klopt dit?');
  await person.look('review');
  await person.main.click();
  await expect(person.title).toHaveText('Je stem is binnen');
  await person.look('cast');
  return (await person.page.locator('.fb-receipt__code').innerText()).replace(/\s/g, '');
}

test('a plan goes the whole road', async ({ browser, javaScriptEnabled, engine }) => {
  test.setTimeout(600_000);
  // The pages are the same on both engines: axe looks at them once.
  const meet = (name) => Person.of(site, browser, name, javaScriptEnabled && engine === 'sqlite');
  const [fatima, gerrit, ineke, joke, karin, marlon] = await Promise.all(['Fatima', 'Gerrit', 'Ineke', 'Joke', 'Karin', 'Marlon'].map(meet));

  // The administrator comes in with a password, takes the second step, and asks two people to help.
  await marlon.go('/inloggen');
  await marlon.fill({ email: marlon.email, password: PASSWORD });
  await marlon.main.click();
  await expect(marlon.title).toHaveText('Dag Marlon');
  await marlon.setUpSecondStep();
  await invite(marlon, ineke, 'Moderator', 'Vogelbuurt');
  await invite(marlon, karin, 'Medewerker stadsdeel', 'Stadsdeel Noord');
  await invite(marlon, joke, 'Beheerder', 'Heel Amsterdam');
  await accept(ineke);
  await accept(karin);
  await accept(joke);

  // Money: from the programme line to the share, never above what the plan of 2007 allows.
  const before = await marlon.share('noord', 2008);
  expect(before).toEqual({ ceiling: 203_750_000, funded: 0, allotted: 0, left: 0, room: 203_750_000 });
  await marlon.go('/beheer/aandeel?jaar=2008');
  await marlon.choose('wijk', 'Noord');
  await marlon.press('Toon');
  await marlon.look('share');
  await marlon.fill({ amount: '4.000' });
  await marlon.main.click();
  expect(await marlon.share('noord', 2008)).toEqual({ ...before, funded: 400_000, left: 400_000, room: 203_350_000 });

  // A resident hands an idea in on the phone, with nothing but a mail address.
  await tell(fatima, { title: 'Een lange tafel op het Vogelplein', what: 'Een tafel van twaalf meter waar je samen kunt eten.', why: 'Nu eet iedereen alleen.', place: 'Vogelplein', cost: '2.500' });
  await fatima.fill({ name: fatima.name, email: fatima.email });
  await fatima.main.click();
  await expect(fatima.title).toHaveText('Kijk in je mail');
  await fatima.openMail(/Nog een tik/);
  await fatima.look('confirm the idea');
  await fatima.main.click();
  await expect(fatima.page.locator('.fb-flash')).toHaveText(/Je idee is binnen/);
  const table = new URL(fatima.page.url()).pathname;
  await fatima.look('own plan');

  // The moderator asks something; the resident answers; the plan comes on the site.
  await ineke.go('/moderatie');
  await ineke.look('queue');
  await ineke.page.getByRole('link', { name: 'Een lange tafel op het Vogelplein' }).click();
  await ineke.look('case');
  const atModeration = ineke.page.url();
  await ineke.page.locator('summary', { hasText: 'Stel een vraag' }).click();
  await ineke.fill({ question: 'Wie zet de tafel in de winter binnen?' });
  await ineke.press('Verstuur de vraag');
  await expect(ineke.page.locator('.fb-flash')).toHaveText(/vraag is verstuurd/);
  await fatima.openMail(/Een vraag over je idee/);
  await fatima.page.getByRole('link', { name: 'Geef antwoord' }).click();
  await expect(fatima.page.locator('blockquote')).toHaveText(/in de winter/);
  await fatima.look('answer');
  await fatima.fill({ answer: 'De buurman van de kringloop, die heeft een schuur.' });
  await fatima.main.click();
  await expect(fatima.page.locator('.fb-flash')).toHaveText(/Je antwoord is verstuurd/);
  await ineke.go(atModeration);
  await expect(ineke.page.locator('main')).toContainText('die heeft een schuur');
  await ineke.press('Zet op de site');
  await expect(ineke.page.locator('.fb-flash')).toHaveText(/staat op de site/);
  await fatima.openMail(/Je idee staat online/);

  // A neighbour makes an account, supports it, and has an idea too.
  await gerrit.signUp(BUURT);
  await gerrit.confirm();
  await gerrit.go(table);
  await gerrit.press('Ik steun dit');
  await expect(gerrit.page.locator('.fb-flash')).toHaveText(/steun is geteld/);
  await expect(gerrit.page.locator('main')).toContainText('1 buur');
  await tell(gerrit, { title: 'Bomen in de Adelaarsweg', what: 'Vijf bomen.', why: 'Dan is er schaduw.', place: '', cost: '' });
  await gerrit.main.click();
  await expect(gerrit.page.locator('.fb-flash')).toHaveText(/Je idee is binnen/);
  const trees = new URL(gerrit.page.url()).pathname;
  await ineke.go(trees.replace('/initiatieven', '/moderatie'));
  await ineke.press('Zet op de site');
  await expect(ineke.page.locator('.fb-flash')).toHaveText(/staat op de site/);

  // The stadsdeel says that both can be done, and for how much; and hands out codes at the desk.
  for (const [plan, minimum, desired] of [[table, '2.400', '2.750,50'], [trees, '1.200,25', '1.200,25']]) {
    await karin.go(plan.replace('/initiatieven', '/stadsdeel'));
    await karin.look('verdict');
    await karin.fill({ minimum, desired, why: 'Het past op het plein.', conditions: 'Houd de stoep vrij.' });
    await karin.main.click();
    await expect(karin.page.locator('.fb-flash')).toHaveText(/het kan/);
  }
  await fatima.openMail(/Je plan kan/);
  await karin.go('/stadsdeel');
  await karin.look('district');
  await karin.go('/stadsdeel/adrescodes');
  await karin.choose('buurt', BUURT);
  await karin.fill({ count: '12' });
  await karin.main.click();
  const codes = await karin.page.locator('.fb-receipt__code').allInnerTexts();
  expect(new Set(codes).size).toBe(12);
  await karin.look('codes');

  // Twelve voters: both who had an idea, and ten neighbours.
  const others = await Promise.all(['Aicha', 'Bram', 'Cemal', 'Dewi', 'Els', 'Faisal', 'Giel', 'Hanna', 'Iris', 'Joop'].map(meet));
  for (const person of others) await person.signUp(BUURT);
  for (const person of others) await person.confirm();
  const voters = [fatima, gerrit, ...others];
  for (const [n, person] of voters.entries()) {
    await person.go('/mijn/adrescode');
    await person.fill({ code: codes[n] });
    await person.main.click();
    await expect(person.page.locator('.fb-flash')).toHaveText(/buurt is bevestigd/);
  }

  // The administrator sets the round up: the pot comes from the share at once.
  const answers = { title: 'Buurtbudget Vogelbuurt', intro: 'Samen verdelen we € 3.000.', year: '2008', pot: '3.000', max_picks: '1', source: 'accounts', opens: moment(-1), closes: moment(24 * 6), plan: 'all' };
  const round = await setUpRound(marlon.page, site, 'vogelbuurt', answers, (page, what) => marlon.look(what));
  const desk = marlon.page.url();
  await marlon.press('Laat de plannen zien');
  await marlon.press('Open de stemming');
  await marlon.look('round at the desk');
  expect(await marlon.share('noord', 2008)).toEqual({ ...before, funded: 400_000, allotted: 300_000, left: 100_000, room: 203_350_000 });

  // Twelve votes; Joop changes his mind. Seven for the table, five for the trees.
  const receipts = [];
  for (const [n, person] of voters.entries()) receipts.push(await vote(person, round, [n < 6 ? 'Een lange tafel' : 'Bomen']));
  const joop = voters.at(-1);
  const changed = await vote(joop, round, ['Een lange tafel']);

  // The term passes; the box closes by itself; the count, and the result.
  await moveClock(marlon, 'Een week');
  await expect(async () => {
    await fatima.go(`/stemmen/${round}`);
    await expect(fatima.page.locator('main')).toContainText('De stembus is dicht');
  }).toPass({ timeout: 20_000 });
  await marlon.secondStep();
  await expect(async () => {
    await marlon.go(desk);
    await expect(marlon.page.getByRole('button', { name: 'Tel de stemmen', exact: true })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  // Two people count, and two publish, each for themselves.
  await joke.secondStep();
  for (const press of ['Tel de stemmen', 'Maak de uitslag bekend']) {
    await marlon.go(desk);
    await marlon.press(press);
    await expect(marlon.page.locator('main')).toContainText('Nu moet een collega nog op de knop drukken');
    await joke.go(desk);
    await joke.look(press);
    await joke.press(press);
  }
  await gerrit.go(`/stemmen/${round}/uitslag`);
  await gerrit.look('result');
  await expect(gerrit.title).toHaveText(/^1 plan krijgt €\s*2\.750,50$/);
  const text = (await gerrit.page.locator('main').innerText()).replace(/\s+/g, ' ');
  expect(text).toContain('12 van de 12 bewoners op de lijst stemden');
  expect(text).toContain('7 stemmen');
  expect(text).toContain('5 stemmen');
  expect(text).toMatch(/Kost € 1\.200,25\. Er was nog maar € 600/);

  // Every voter finds the vote again with the receipt; the one that Joop replaced is not there.
  await joop.go(`/stemmen/${round}/controle`);
  const main = joop.page.locator('main');
  if (javaScriptEnabled) {
    // The line is cut once the page is there: the phone looks by itself.
    await expect(joop.page.getByRole('button', { name: 'Zoek' })).toBeVisible();
    await joop.page.context().setOffline(true);
    await joop.fill({ receipt: changed });
    await joop.page.getByRole('button', { name: 'Zoek' }).click();
    await expect(main).toContainText('Je stem is geteld bij:');
    await expect(main.locator('[data-plan]:visible')).toHaveText(/Een lange tafel.*geteld/);
    await joop.fill({ receipt: receipts.at(-1) });
    await joop.page.getByRole('button', { name: 'Zoek' }).click();
    await expect(main).toContainText('We vonden dit stembewijs niet');
    await expect(main.locator('[data-plan]:visible')).toHaveCount(0);
    await joop.fill({ receipt: 'ABC' });
    await joop.page.getByRole('button', { name: 'Zoek' }).click();
    await expect(main).toContainText('Er mist er een');
    await joop.page.context().setOffline(false);
  } else {
    await expect(main).toContainText('Download dan de lijst');
    const list = await (await joop.page.request.get(`${site.url}/data/stemronde-${round}.txt`)).text();
    expect(list.split('\n').filter((line) => line.length === 64)).toHaveLength(12);
  }
  await joop.look('check');

  // Anyone checks the bundle with the digest of the page, by both verifiers.
  await gerrit.go(`/stemmen/${round}/uitslag`);
  const digest = await gerrit.page.locator('#controlegetal').innerText();
  const bundle = await (await gerrit.page.request.get(`${site.url}/data/stemronde-${round}.zip`)).body();
  expect(createHash('sha256').update(bundle).digest('hex')).toBe(digest);

  // The plan has its money, what was left of the pot is back in the share, and the stadsdeel tells how it goes on.
  expect(await marlon.share('noord', 2008)).toEqual({ ...before, funded: 400_000, allotted: 275_050, left: 124_950, room: 203_350_000 });
  await fatima.openMail(/Er is geld voor je plan/);
  await karin.secondStep();
  const atDesk = `${table.replace('/initiatieven', '/stadsdeel')}/uitvoering`;
  await karin.go(`${atDesk}/stap`);
  await karin.fill({ title: 'De tafel is besteld', date: '2027-03-21' });
  await karin.main.click();
  await expect(karin.page.locator('.fb-flash')).toHaveText('De stap is gepland.');
  await karin.main.click();
  await karin.fill({ amount: '2.750,50', contact: 'Bel 14 020.', responsible: 'Buurtdirigent Noord', ends: '2027-06-01' });
  await karin.main.click();
  await expect(karin.page.locator('.fb-flash')).toHaveText('De makers kunnen de afspraken lezen.');
  await karin.look('file');
  await fatima.openMail(/Lees de afspraken voor je plan/);
  await fatima.main.click();
  await expect(fatima.page.locator('.fb-flash')).toContainText('Afgesproken!');
  await fatima.go(table);
  await expect(fatima.page.locator('main')).toContainText('De tafel is besteld');
  await fatima.look('plan at the end');

  const sums = site.doctor('ledger');
  expect(sums.stdout).toContain('The ledger adds up');
  for (const person of [...voters, ineke, karin, marlon]) expect(person.seen, person.name).toEqual([]);
});
