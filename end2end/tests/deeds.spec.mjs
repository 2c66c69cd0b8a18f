// What becomes of an answer to the survey: a plan that is published, and help that is introduced to a plan and writes with its
// maker. Only the text comes along; nobody sees whose answer it was, or an address.
import { startSite, test, expect } from '../support/site.mjs';
import { meetIn } from '../support/people.mjs';

let site;
const meet = (...who) => meetIn(site, ...who);
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  site = await startSite([['demo']]);
});
test.afterAll(async () => site?.stop());

const tap = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true }).click();

/** Answers the survey with these texts alone. */
async function answer(person, texts) {
  const { page } = person;
  await person.go('/peiling/peiling-najaar');
  if (person.scripted) await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
  await tap(page, '7');
  for (const field of ['good', 'better', 'can_do']) {
    await expect(page.locator(`[name=${field}]`)).toBeVisible();
    await page.locator(`[name=${field}]`).fill(texts[field] ?? '');
    await tap(page, field === 'can_do' ? 'Verstuur' : 'Verder');
  }
  await expect(person.title).toHaveText('Dank je wel!');
}

/** Through the screens of a new plan, to its page; a moderator publishes it. Gives its path. */
async function handIn(person, ineke, title) {
  await person.fill({ title, why: 'Dat is fijn voor iedereen.' });
  await person.main.click();
  await person.choose('buurt', 'Vogelbuurt');
  await person.main.click();
  await person.main.click();
  await expect(person.page.locator('.fb-flash')).toHaveText(/Je idee is binnen/);
  const plan = new URL(person.page.url()).pathname;
  await ineke.go(plan.replace('/initiatieven', '/moderatie'));
  await ineke.press('Zet op de site');
  return plan;
}

test('an answer becomes a plan that is published, and help that is introduced', async ({ browser, javaScriptEnabled }) => {
  const [gerrit, fatima, ineke] = await Promise.all(['Gerrit', 'Fatima', 'Ineke'].map((name) => meet(browser, name, javaScriptEnabled)));
  const { page } = gerrit;

  await answer(gerrit, { better: 'Een bankje bij de pont.', can_do: 'Ik timmer graag op dinsdag.' });
  await expect(page.locator('main')).toContainText('Alleen deze tekst gaat mee.');
  await page.locator('[name=what]').fill('Een bankje bij de pont, met rugleuning.');
  await gerrit.press('Maak er een plan van');
  await expect(page.locator('main [name=what]')).toHaveValue('Een bankje bij de pont, met rugleuning.');
  const bench = await handIn(gerrit, ineke, 'Bankje bij de pont');
  await fatima.go(bench);
  await expect(fatima.page.locator('main')).toContainText('met rugleuning');
  await expect(fatima.page.locator('main')).not.toContainText('peiling');

  await answer(gerrit, { can_do: 'Ik timmer graag op dinsdag.' });
  await gerrit.press('Bied mijn hulp aan');
  await expect(page.locator('main [name=words]')).toHaveValue('Ik timmer graag op dinsdag.');
  await gerrit.look('help: carried over');
  await page.locator('main').getByText('Klussen', { exact: true }).click();
  await page.locator('main').getByText('In de hele wijk', { exact: true }).click();
  await gerrit.main.click();
  await expect(page.locator('.fb-flash')).toHaveText(/Je aanbod staat klaar/);
  await gerrit.look('help: mine');

  // Fatima's plan asks for a hand, and finds his by its words.
  await fatima.go('/initiatieven/nieuw');
  await fatima.fill({ what: 'Een moestuin achter de school.' });
  const garden = await handIn(fatima, ineke, 'Moestuin achter de school');
  await fatima.go(`${garden}/hulp`);
  await fatima.page.locator('main').getByText('Klussen', { exact: true }).click();
  await fatima.press('Zet dit erbij');
  await fatima.look('help: what fits a plan');
  const card = fatima.page.locator('main li').filter({ hasText: 'Ik timmer graag op dinsdag.' });
  await expect(card).not.toContainText('Gerrit');
  await card.getByRole('link', { name: /Stel ons aan elkaar voor/ }).click();
  await fatima.look('help: asking');
  await fatima.fill({ message: 'Wil je bakken timmeren?', call: 'Fatima' });
  await fatima.main.click();
  await expect(fatima.page.locator('.fb-flash')).toHaveText(/Je vraag is verstuurd/);

  await gerrit.go('/hulp/mijn');
  await page.getByRole('link', { name: /Bekijk het gesprek|Moestuin achter de school/ }).first().click();
  await expect(page.locator('main')).toContainText('Wil je bakken timmeren?');
  await expect(page.locator('main')).not.toContainText('Boukhari');
  await gerrit.fill({ call: 'Gerrit' });
  await gerrit.press('Ja, graag');
  await expect(page.locator('.fb-flash')).toHaveText(/Jullie kunnen elkaar nu schrijven/);
  await page.locator('main [name=body]').fill('Dinsdag om tien uur?');
  await gerrit.press('Verstuur');
  await expect(page.locator('.fb-flash')).toHaveText(/Je bericht staat erbij/);
  await gerrit.look('help: a conversation');

  await fatima.go(new URL(page.url()).pathname);
  await expect(fatima.title).toHaveText(/Gerrit/);
  await expect(fatima.page.locator('main')).toContainText('Dinsdag om tien uur?');
  for (const person of [gerrit, fatima]) await expect(person.page.locator('main')).not.toContainText(/@|Molenaar|Boukhari/);
  for (const mail of site.mails) expect(mail.text).not.toMatch(/Dinsdag om tien|Wil je bakken/);
  expect([...gerrit.seen, ...fatima.seen]).toEqual([]);
});
