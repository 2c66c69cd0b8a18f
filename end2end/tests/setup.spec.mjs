// An administrator sets a round up on a phone: in steps, with a mistake on the way and a look at the ballot; then one more
// like it in two taps; and a round about one theme.
import { startSite, test, expect } from '../support/site.mjs';
import { Person } from '../support/people.mjs';
import { answer, moment, step } from '../support/rounds.mjs';

let site;
test.beforeEach(async () => {
  site = await startSite([['demo']]);
});
test.afterEach(async () => site?.stop());

async function atTheDesk(browser, scripted) {
  const marlon = await Person.of(site, browser, 'Marlon', scripted);
  await marlon.go('/inloggen/voorbeeld');
  await marlon.page.getByRole('button', { name: /als Marlon/ }).click();
  await expect(marlon.page).toHaveURL(/\/(mijn)?(\?.*)?$/);
  return marlon;
}

/** Gives the plans of the running round back to the buurt. */
async function stop(marlon, round) {
  await marlon.go(`/beheer/stemrondes/${round}`);
  await marlon.page.locator('summary', { hasText: 'Stop deze ronde' }).click();
  await marlon.fill({ reason: 'We beginnen opnieuw.' });
  await marlon.press('Stop deze ronde');
}

/** What the form would send, without its tokens. */
const kept = (page) => page.locator('main form').last().evaluate((form) =>
  [...form.elements].filter((e) => e.name && !['csrf', 'form_key', 'stap', 'naar', 'nagekeken'].includes(e.name) && !e.matches(':disabled') && (!/radio|checkbox/.test(e.type) || e.checked)).map((e) => `${e.name}=${e.value}`).sort());

const plain = async (locator) => (await locator.innerText()).replace(/\u00a0/g, ' ');

test('a round is set up in steps, and one more in two taps', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.setTimeout(120_000);
  const marlon = await atTheDesk(browser, javaScriptEnabled);
  const { page } = marlon;
  await stop(marlon, 'buurtbudget-vogelbuurt-2008');

  // Step 1: the buurt first, then what it is about. The pot is more than there is, and the title is missing.
  await marlon.go('/beheer/stemrondes');
  await marlon.look('rounds');
  await page.getByRole('link', { name: 'Nieuwe stemronde' }).click();
  await expect(page.locator('.fb-step')).toContainText('Stap 1 van 5');
  await marlon.look('buurt');
  await marlon.main.click();
  await expect(page.getByRole('alert')).toContainText('In welke buurt? Vul dit nog in.');
  await marlon.choose('buurt', 'Vogelbuurt');
  await marlon.main.click();
  await expect(page.locator('main')).toContainText(/2008: nog €/);
  await answer(page, { intro: 'Samen kiezen we.\nIedereen doet mee.', pot: '9.000.000', year: '2008' });
  await marlon.main.click();
  const wrong = page.getByRole('alert');
  await expect(wrong).toContainText('Titel: Vul dit nog in.');
  await expect(wrong).toContainText('Hoeveel zit er in de pot? Zoveel is er niet meer.');
  await expect(page.locator('main [name=intro]')).toHaveValue('Samen kiezen we.\nIedereen doet mee.');
  await marlon.look('money, with mistakes');
  await wrong.getByRole('link', { name: /^Titel/ }).click();
  await answer(page, { title: 'Buurtbudget voor iedereen', pot: '20.000' });
  await marlon.main.click();

  // Step 2: only the limits that the form has a use for are asked.
  await expect(step(page)).toHaveText('Hoe stemmen mensen?');
  await expect(page.locator('[name=max_picks]')).toBeVisible();
  await expect(page.locator('[name=points]')).toBeHidden();
  await answer(page, { form: 'knapsack' });
  await expect(page.locator('[name=max_picks]')).toBeHidden();
  await answer(page, { form: 'points' });
  await expect(page.locator('[name=points]')).toBeVisible();
  await answer(page, { points: '6', points_each: '4', preset: 'equal-shares/1', receipts: 'yes' });
  await marlon.look('form of ballot');
  await marlon.main.click();

  // Step 3, and back to the first and forth again: nothing that was typed is lost.
  await expect(step(page)).toHaveText('Wie stemt, en wanneer?');
  await answer(page, { source: 'accounts', opens: moment(24), closes: moment(24 * 4) });
  await marlon.look('voters');
  const before = await kept(page);
  await marlon.press('Vorige');
  await marlon.press('Vorige');
  await expect(page.locator('main [name=title]')).toHaveValue('Buurtbudget voor iedereen');
  await marlon.main.click();
  await marlon.main.click();
  expect(await kept(page)).toEqual(before);
  await marlon.main.click();

  // Step 4: a pot that nothing fits is told here.
  await expect(step(page)).toHaveText('Welke plannen?');
  const boxes = page.locator('input[name=plan][type=checkbox]');
  const all = await boxes.count();
  expect(all).toBe(9);
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await marlon.look('plans');
  await boxes.first().setChecked(false);
  await marlon.main.click();

  // Step 5: the facts, what to think over, and the ballot, which sends nothing.
  await expect(step(page)).toHaveText('Klopt alles?');
  await marlon.look('preview');
  const main = await plain(page.locator('main'));
  for (const text of ['€ 20.000', 'Punten verdelen', 'Iedereen een gelijk deel', 'De stemming duurt maar 3 dagen', `${all - 1} plannen`, 'Zo ziet het stembiljet eruit']) expect(main).toContain(text);
  const paper = page.locator('.fb-preview');
  await expect(paper.locator('.fb-plan')).toHaveCount(all - 1);
  await expect(paper.getByRole('spinbutton').first()).toBeDisabled();
  await paper.locator('summary', { hasText: 'Zo werkt het' }).click();
  await expect(paper).toContainText('Elke stemmer krijgt een even groot deel van de pot');
  const ids = await page.locator('[id]').evaluateAll((all) => all.map((e) => e.id));
  expect(new Set(ids).size).toBe(ids.length);

  // A change leads to its step and straight back; a pot that is too small is told where plans are chosen.
  await page.getByRole('button', { name: /^Wijzig ?: In de pot$/ }).click();
  await answer(page, { pot: '500' });
  await marlon.press('Bekijk het stembiljet');
  await expect(page.getByRole('alert')).toContainText('Geen van deze plannen past in de pot.');
  await expect(step(page)).toHaveText('Welke plannen?');
  await marlon.look('nothing fits');
  await marlon.press('Wijzig de pot');
  await answer(page, { pot: '20.000' });
  await marlon.press('Bekijk het stembiljet');
  await page.getByRole('button', { name: /^Wijzig ?: Wanneer$/ }).click();
  await answer(page, { closes: moment(24 * 15) });
  await marlon.press('Bekijk het stembiljet');
  await expect(page.locator('main')).not.toContainText('De stemming duurt maar');
  await marlon.press('Zet de stemronde klaar');
  await expect(marlon.title).toHaveText('Buurtbudget voor iedereen');
  await marlon.look('round at the desk');

  // One more: the plan that was left out is what there is, and what is left of the money is more than it takes. Two taps.
  await page.getByRole('link', { name: "Nog zo'n ronde" }).click();
  await expect(marlon.title).toHaveText('Klopt alles?');
  await marlon.look('one more');
  const more = await plain(page.locator('main'));
  for (const text of ['Buurtbudget voor iedereen', '€ 20.000', 'Punten verdelen', '1 plan', 'Van maandag']) expect(more).toContain(text);
  await marlon.press('Zet de stemronde klaar');
  await expect(marlon.title).toHaveText('Buurtbudget voor iedereen');
  await expect(page).toHaveURL(/buurtbudget-voor-iedereen-2008-2$/);
  // And no more: no plan is left, which is told at its step.
  await marlon.go('/beheer/stemrondes');
  await page.getByRole('link', { name: "Nog zo'n ronde" }).first().click();
  await expect(step(page)).toHaveText('Welke plannen?');
  await expect(page.getByRole('alert')).toContainText('Kies minstens één plan.');
  if (isMobile) await marlon.look('no plan left');
  expect(marlon.seen).toEqual([]);
});

test('a round is about one theme', async ({ browser, javaScriptEnabled }) => {
  const marlon = await atTheDesk(browser, javaScriptEnabled);
  const { page } = marlon;
  await stop(marlon, 'buurtbudget-vogelbuurt-2008');
  await marlon.go('/beheer/stemrondes/nieuw?buurt=vogelbuurt');
  await marlon.choose('theme', 'Leren en opgroeien');
  await answer(page, { title: 'Leren in de Vogelbuurt', intro: 'Alles voor kinderen.', year: '2008', pot: '20.000' });
  await marlon.main.click();
  await marlon.main.click();
  await answer(page, { source: 'accounts', opens: moment(-1), closes: moment(24 * 15) });
  await marlon.main.click();
  const titles = await page.locator('.fb-plan__title').allInnerTexts();
  expect(titles).toHaveLength(4);
  expect(titles).not.toContain('Licht op het donkere pad langs het park');
  await marlon.main.click();
  await expect(page.locator('.fb-preview')).toContainText('Thema: Leren en opgroeien');
  await marlon.main.click();
  await expect(page.locator('main')).toContainText('Thema: Leren en opgroeien');
  const round = new URL(page.url()).pathname.split('/').at(-1);
  await marlon.press('Laat de plannen zien');
  await marlon.press('Open de stemming');
  await marlon.go('/stemmen');
  await marlon.look('rounds for everyone');
  await marlon.go(`/stemmen/${round}`);
  await expect(page.locator('.fb-head')).toContainText('Thema: Leren en opgroeien');
  await marlon.look('ballot of a theme');
  expect(marlon.seen).toEqual([]);
});
