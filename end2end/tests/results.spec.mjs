// A wave from its form to what becomes of it: set up with questions of the buurt's own, answered by letter, account and poster,
// closed, read, named and released at the desk, published, and answered. With and without scripts, and with text twice as large.
import { startSite, twice, test, expect } from '../support/site.mjs';
import { Person, meetIn } from '../support/people.mjs';
import { answer, moment } from '../support/rounds.mjs';

let site;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  site = await startSite([['demo']]);
});
test.afterAll(async () => site?.stop());

const TITLE = 'Peiling van het plein';
const WAVE = '/peiling/peiling-van-het-plein';
const ADMIN = '/beheer/peilingen/peiling-van-het-plein';
const DESK = '/moderatie/peilingen/peiling-van-het-plein';

/** What a crowd says: enough alike to be found as themes, and enough that say something else to tell how many. */
const GOOD = ['De buren groeten elkaar.', 'Het groen in het park is mooi.', 'Het park is groen en rustig.'];
const BETTER = ["De auto's rijden te hard door de straat.", 'Meer bankjes om te zitten.', "Minder auto's, ze rijden te hard."];
const OWN = [{ own_1: '0' }, { own_1: '1', own_2: 'Het is er donker.' }, {}];

/** axe, and the page with text at twice its size. */
async function see(person, what, isMobile) {
  await person.look(what);
  if (person.scripted && isMobile) await twice(person.page, what);
}

/** Sends what one more neighbour answers, by the code of a letter. */
async function send(person, code, fields) {
  const page = await (await person.page.request.get(`${site.url}${WAVE}/code`)).text();
  const hidden = (name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))[1];
  const form = { csrf: hidden('csrf'), form_key: hidden('form_key'), code, send: '1', ...fields };
  const told = await person.page.request.post(`${site.url}${WAVE}`, { form, headers: { origin: site.url } });
  expect(await told.text()).toContain('Dank je wel!');
}

const tap = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();

test('a wave is set up, answered, published and replied to', async ({ browser, javaScriptEnabled, isMobile }) => {
  const [marlon, ineke, gerrit] = await Promise.all(['Marlon', 'Ineke', 'Gerrit'].map((name) => meetIn(site, browser, name, javaScriptEnabled)));
  gerrit.email = 'gerrit@voorbeeld.test';
  const main = (person) => person.page.locator('main');

  // Set up: what an earlier wave asked is taken over, and what was typed stays.
  await marlon.go('/beheer/peilingen/nieuw');
  await marlon.fill({ title: TITLE, opens: moment(-1), closes: moment(100) });
  await marlon.choose('van', 'Peiling voorjaar');
  await marlon.press('Neem over');
  await expect(main(marlon).locator('[name=title]')).toHaveValue(TITLE);
  await marlon.choose('reach', 'Vogelbuurt');
  await answer(marlon.page, { open_link: '1', themes: '1' });
  const open = async (text) => marlon.page.locator('summary', { hasText: text }).click();
  for (const text of ['Eerste eigen vraag', 'Tweede eigen vraag', 'Derde eigen vraag']) await open(text);
  await answer(marlon.page, {
    q1_kind: 'choice', q1_nl: 'Kom je wel eens op het plein?', q1_en: 'Do you ever come to the square?', q1_options: 'Ja, zo vaak als ik kan | Yes, as often as I can\nNee | No',
    q2_kind: 'open', q2_nl: 'Waarom niet?', q2_en: 'Why not?', q2_if: '1:7',
    q3_kind: 'scale', q3_nl: 'Voel je je er veilig?', q3_en: 'Do you feel safe there?', q3_options: 'nooit | never\naltijd | always',
  });
  await marlon.main.click();
  await expect(main(marlon).locator('.ams-error-message')).toContainText('Dit antwoord is er niet');
  await marlon.choose('q2_if', 'Nee (bij de eerste eigen vraag)');
  await see(marlon, 'survey: the form of a wave', isMobile);
  await marlon.main.click();
  await expect(marlon.title).toHaveText(TITLE);
  await see(marlon, 'survey: a wave for an administrator', isMobile);
  await marlon.go(`${ADMIN}/wijzigen`);
  await expect(marlon.title).toHaveText('De vragen liggen vast');
  await see(marlon, 'survey: what is fixed', isMobile);

  // Letters leave once, as a file; the poster shows the way in.
  await marlon.go(ADMIN);
  await answer(marlon.page, { count: '36' });
  const [file] = await Promise.all([marlon.page.waitForEvent('download'), marlon.press('Maak codes en download ze')]);
  const lines = (await (await file.createReadStream()).toArray()).join('').trim().split('\r\n');
  expect([lines[0], lines.length]).toEqual(['buurt;code;link', 37]);
  const codes = lines.slice(1).map((line) => line.split(';')[1]);
  await marlon.go(`${ADMIN}/poster`);
  await expect(main(marlon).locator('svg[role=img]')).toHaveAttribute('aria-label', `${site.url}${WAVE}`);
  await see(marlon, 'survey: the poster', isMobile);

  // One neighbour by letter, screen after screen; what hangs on her answer is asked.
  const hennie = await Person.of(site, browser, 'Hennie', javaScriptEnabled);
  await hennie.go(`${WAVE}/code`);
  await hennie.fill({ code: codes[0] });
  await see(hennie, 'survey: the code of a letter', isMobile);
  await hennie.main.click();
  await tap(hennie.page, '8');
  for (const [field, words] of [['good', GOOD[2]], ['better', BETTER[2]], ['can_do', '']]) {
    await expect(hennie.page.locator(`[name=${field}]`)).toBeVisible();
    await hennie.page.locator(`[name=${field}]`).fill(words);
    await tap(hennie.page, 'Verder');
  }
  await hennie.page.getByText('Groen en parken').click();
  await see(hennie, 'survey: what it is about', isMobile);
  await tap(hennie.page, 'Verder');
  await hennie.page.getByText('Nee', { exact: true }).click();
  await see(hennie, 'survey: a question of the buurt', isMobile);
  await tap(hennie.page, 'Verder');
  await hennie.page.locator('[name=own_2]').fill('Te donker na zessen.');
  await tap(hennie.page, 'Verder');
  await hennie.page.getByText('5 – altijd').click();
  await see(hennie, 'survey: a scale', isMobile);
  await tap(hennie.page, 'Verstuur');
  await expect(hennie.title).toHaveText('Dank je wel!');

  // One by the poster, and a crowd by letter: some said no.
  const passer = await Person.of(site, browser, 'Passant', javaScriptEnabled);
  await send(passer, '', { mark: '10', good: 'De kiosk.' });
  await Promise.all(codes.slice(1).map((code, n) =>
    send(passer, code, { mark: String(6 + (n % 3)), good: GOOD[n % 3], better: BETTER[n % 3], own_3: '4', ...OWN[n % 3] })));

  // The week passes: it is closed, and read.
  await marlon.go('/beheer/klok');
  await marlon.page.locator('input[value=week]').setChecked(true);
  await marlon.main.click();
  await marlon.setUpSecondStep();
  await expect.poll(async () => (await marlon.page.request.get(`${site.url}${ADMIN}/publicatie`)).status(), { timeout: 20_000 }).toBe(200);
  await marlon.go(`${ADMIN}/publicatie`);
  const now = marlon.page.getByRole('button', { name: 'Lees de antwoorden nu' });
  if (await now.isVisible()) await now.click();
  await expect(main(marlon)).toContainText('Er staat nog niets online.');

  // At the desk themes get their names; a quote that was decided on leads to the next.
  await ineke.go(DESK);
  await see(ineke, 'survey: the desk', isMobile);
  for (const question of ['Dit is fijn', 'Dit kan beter']) {
    // Of what was found there, that of which most spoke.
    const card = ineke.page.locator('article').filter({ hasText: question }).first();
    await card.locator('[name=title_nl]').fill('Het plein');
    await card.locator('[name=title_en]').fill('The square');
    await card.getByRole('button', { name: 'Dit is een thema' }).click();
    await expect(ineke.page.locator('.fb-flash')).toHaveText(/Het thema is bijgewerkt/);
    await expect(ineke.page).toHaveURL(/#voorstel-\d+$/);
  }
  for (let n = 0; n < 3; n++) {
    const next = await ineke.page.locator('#citaten li[id]').nth(1).getAttribute('id');
    await ineke.page.locator('#citaten li[id]').first().getByRole('button', { name: 'Plaats dit', exact: true }).click();
    await expect(ineke.page).toHaveURL(new RegExp(`#${next}$`));
    await expect(ineke.page.locator(`#${next}`)).toBeInViewport();
  }

  // Published by who looked, and once.
  await marlon.go(`${ADMIN}/publicatie`);
  await see(marlon, 'survey: the look before publication', isMobile);
  await marlon.main.click();
  await expect(main(marlon).getByRole('alert')).toContainText('Bekijk eerst wat iedereen straks ziet');
  await marlon.page.getByText('Ik heb bekeken wat iedereen straks ziet').click();
  await marlon.main.click();
  await expect(marlon.page.locator('.fb-flash')).toHaveText(/De peiling staat online/);
  await expect(main(marlon)).toContainText('Sinds versie 1 is er niets veranderd');
  await see(marlon, 'survey: nothing to publish', isMobile);

  // What neighbours said; one of them wants to hear what comes of it.
  await gerrit.go(`${WAVE}/uitslag`);
  await expect(main(gerrit)).toContainText('36 buren antwoordden (Vogelbuurt).');
  await expect(main(gerrit)).toContainText('Ja, zo vaak als ik kan');
  await see(gerrit, 'survey: the result', isMobile);
  await gerrit.press('Houd me op de hoogte');
  await expect(gerrit.page.locator('.fb-flash')).toHaveText(/We mailen je/);
  await gerrit.go(`/xb${WAVE}/uitslag`);
  await see(gerrit, 'survey: the result, in the pseudo-language', isMobile);

  // Two themes of one name are told apart by their question.
  await ineke.go(`${DESK}/antwoord`);
  await expect(main(ineke).locator('[name=thema] option', { hasText: 'Het plein' })).toHaveText(['Het plein (Dit is fijn)', 'Het plein (Dit kan beter)']);
  await ineke.choose('thema', 'Het plein (Dit kan beter)');
  await ineke.page.getByText('Dit gaan we doen', { exact: true }).click();
  await ineke.fill({ reply: 'Dit voorjaar komt er een drempel.' });
  await see(ineke, 'survey: an answer to what people said', isMobile);
  await ineke.main.click();
  await expect(ineke.page.locator('.fb-flash')).toHaveText(/Je antwoord staat erbij/);
  await gerrit.openMail(/Een antwoord aan de buurt: Het plein/);
  await expect(main(gerrit)).toContainText('Dit voorjaar komt er een drempel.');
  await see(gerrit, 'survey: the result with an answer', isMobile);
  expect([marlon, ineke, gerrit, hennie, passer].flatMap((person) => person.seen)).toEqual([]);
});
