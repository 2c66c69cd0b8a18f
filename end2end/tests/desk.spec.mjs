// An evening of a moderator on a phone: plans answered in two taps, one decision undone, questions from the list, a plan for
// the stadsdeel, a look at the share with 'what if', and days away. The mail goes when the time to undo is over.
import { startSite, test, expect } from '../support/site.mjs';
import { Person } from '../support/people.mjs';

let site;
test.beforeAll(async () => {
  site = await startSite([['demo']], 'sqlite', { undo: 10 });
});
test.afterAll(async () => site?.stop());

async function signIn(person) {
  await person.go('/inloggen/voorbeeld');
  await person.page.getByRole('button', { name: new RegExp(`als ${person.name}`) }).click();
}

test('an evening at the desk', async ({ browser, javaScriptEnabled, isMobile }) => {
  test.setTimeout(240_000);
  const meet = (name) => Person.of(site, browser, name, javaScriptEnabled);
  const [ineke, karin, marlon] = await Promise.all(['Ineke', 'Karin', 'Marlon'].map(meet));
  for (const person of [ineke, karin, marlon]) await signIn(person);
  const main = () => ineke.page.locator('main');
  const open = async (name) => ineke.page.locator('summary', { hasText: name }).first().click();

  // Two taps: the plan, and 'put it on the site'. The share is in sight before either.
  await ineke.go('/moderatie');
  await ineke.look('queue');
  await expect(main().locator('.fb-queue__row').first()).toContainText(/nog \d+ uur|binnen een uur/);
  await expect(main().locator('.fb-meter').first()).toBeVisible();
  await ineke.page.getByRole('link', { name: 'Een bank voor de bakker' }).click();
  await expect(main()).toContainText('Wat neemt dit van ons deel?');
  await expect(main()).toContainText('zijn even ver en vragen samen');
  await ineke.look('case');
  await ineke.main.click();
  await expect(ineke.page.locator('.fb-flash')).toContainText('Je kunt het nog even terugdraaien');
  await expect(main()).toContainText('Je zet dit plan op de site. Om');
  await ineke.look('queue with a decision that waits');
  // Of the demo city's own mails only those of decisions count here.
  const decided = () => site.mails.map((m) => m.subject).filter((s) => /^(Een vraag over|Je idee (gaat niet door|staat online|hoort bij))/.test(s)).sort();

  // Undone: nothing was sent, the plan is back.
  await ineke.press('Draai terug');
  await expect(ineke.page.locator('.fb-flash')).toHaveText('Teruggedraaid. Er is niets verstuurd.');
  await open('Stel een vraag');
  await open('Bekijk de mail die de indiener krijgt');
  await expect(main()).toContainText('De moderator heeft je idee gelezen en wil nog iets weten');
  await ineke.page.locator('input[name=ask][value=upkeep]').setChecked(true);
  await ineke.look('a question with its mail');
  await ineke.page.locator('form', { has: ineke.page.locator('[name=question]') }).locator('[name=question]').fill('En wat vindt de bakker ervan?');
  await ineke.press('Verstuur de vraag');
  await expect(main()).toContainText('Je stelt een vraag. Om');

  // Turned down, with a reason; a mistake first, and nothing typed is lost.
  await ineke.page.getByRole('link', { name: 'Ratten? Niet bij ons!' }).click();
  await open('Plaats dit niet');
  await ineke.page.locator('[name=words]').fill('De GGD komt hier al voor langs.');
  await ineke.press('Wijs af');
  await expect(ineke.page.getByRole('alert')).toBeVisible();
  await expect(ineke.page.locator('[name=words]')).toHaveValue('De GGD komt hier al voor langs.');
  await ineke.look('rejection without a reason');
  await ineke.page.locator('input[name=reason][value=already_done]').setChecked(true);
  await ineke.press('Wijs af');
  await expect(main()).toContainText('Je wijst dit plan af. Om');

  // For the stadsdeel.
  await ineke.page.getByRole('link', { name: 'Zwemles voor moeders en tantes' }).click();
  await ineke.press('Ik pak dit op');
  await expect(main()).toContainText('Jij bent hiermee bezig, tot');
  await open('Draag over');
  await ineke.page.locator('input[name=desk][value=stadsdeel]').setChecked(true);
  await ineke.page.locator('[name=why]').fill('Het zwembad is van jullie.');
  await ineke.look('hand over');
  await ineke.page.locator('form', { has: ineke.page.locator('[name=why]') }).getByRole('button').click();
  await expect(ineke.page.locator('.fb-flash')).toHaveText('Overgedragen.');
  await karin.go('/stadsdeel');
  await karin.look('stadsdeel with a plan taken over');
  await karin.page.getByRole('link', { name: 'Zwemles voor moeders en tantes' }).click();
  await karin.main.click();
  await expect(karin.page.locator('main')).toContainText('Je zet dit plan op de site. Om');
  await karin.look('decided at the stadsdeel');

  // The verdict in three taps besides typing: the desk, the plan, the button.
  let taps = 0;
  const tap = async (target) => {
    taps += 1;
    await target.click();
  };
  await karin.go('/');
  const menu = karin.page.locator('summary', { hasText: 'Menu' });
  if (await menu.isVisible()) await menu.click();
  await tap(karin.page.getByRole('link', { name: 'Stadsdeel', exact: true }).locator('visible=true').first());
  await tap(karin.page.getByRole('link', { name: 'Honderd nestkastjes voor de Vogelbuurt' }));
  await expect(karin.page.locator('main')).toContainText('1 van 2 afdelingen');
  await karin.page.locator('form', { has: karin.page.locator('[name=minimum]') }).locator('[name=why]').fill('De bomen zijn sterk genoeg.');
  await karin.look('stadsdeel, a plan with advice');
  await tap(karin.main);
  await expect(karin.page.locator('.fb-flash')).toBeVisible();
  await expect(karin.page.locator('main')).toContainText('Haalbaar');
  expect(taps).toBe(3);

  // What if, and days away.
  await ineke.go('/moderatie');
  await ineke.page.getByRole('link', { name: 'Meer plannen tegelijk' }).click();
  for (const box of await ineke.page.locator('input[name=plan]').all()) await box.setChecked(true);
  await ineke.look('several plans, ticked');
  await ineke.press('Wat als deze doorgaan?');
  await expect(main()).toContainText('Met de hoogste bedragen: samen €');
  await ineke.look('what if');
  await ineke.go('/moderatie');
  await open('Ik ben er even niet');
  await ineke.fill({ from: '2031-05-10', until: '2031-05-01' });
  await ineke.press('Bewaar');
  await expect(ineke.page.getByRole('alert')).toBeVisible();
  await ineke.fill({ until: '2031-05-20' });
  await ineke.press('Bewaar');
  await open('Ik ben er even niet');
  await expect(main()).toContainText('Je bent er niet van 10 mei 2031 tot en met 20 mei 2031');
  await ineke.look('away');

  // The time to undo is over: what was decided shows and is mailed, and nothing of what was undone.
  expect(decided()).toEqual([]);
  await marlon.go('/beheer/klok');
  await marlon.page.locator('input[value=hour]').setChecked(true);
  await marlon.main.click();
  await expect.poll(decided, { timeout: 20_000 }).toEqual(
    ['Een vraag over je idee: Een bank voor de bakker', 'Je idee gaat niet door: Ratten? Niet bij ons!', 'Je idee staat online: Zwemles voor moeders en tantes']);
  const asked = site.mails.find((m) => m.subject.startsWith('Een vraag'));
  expect(asked.text).toContain('Wie zorgt ervoor als het er eenmaal is?');
  expect(asked.text).toContain('En wat vindt de bakker ervan?');
  await ineke.go('/initiatieven?q=zwemles');
  await expect(main()).toContainText('Zwemles voor moeders en tantes');

  // By keyboard alone: from the queue to the button.
  if (!isMobile && javaScriptEnabled) {
    await ineke.go('/moderatie');
    await ineke.page.getByRole('link', { name: 'Prullenbakken met een vogelkop' }).focus();
    await ineke.page.keyboard.press('Enter');
    await expect(ineke.title).toHaveText('Prullenbakken met een vogelkop');
    await ineke.page.locator('[name=note]').focus();
    await ineke.page.keyboard.press('Tab');
    await ineke.page.keyboard.press('Tab');
    await expect(ineke.main).toBeFocused();
    await ineke.page.keyboard.press('Enter');
    await expect(main()).toContainText('Je zet dit plan op de site. Om');
  }

  // What the city sets: a day that does not count.
  await marlon.go('/beheer/instellingen');
  await marlon.fill({ day: '2031-12-25', title: 'Kerst' });
  await marlon.press('Leg deze dag vast');
  await expect(marlon.page.locator('main')).toContainText('25 december 2031: Kerst');
  await marlon.look('settings');
  for (const person of [ineke, karin, marlon]) expect(person.seen).toEqual([]);
});
