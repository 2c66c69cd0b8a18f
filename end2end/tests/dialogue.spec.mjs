// People talk about a plan: a comment is written, reported and hidden; a public text changes by a moderator's leave; somebody is
// asked by mail to work on it; two plans become one when both say yes; and one becomes two.
import { startSite, test, expect } from '../support/site.mjs';
import { Person } from '../support/people.mjs';

let site;
test.beforeAll(async () => {
  site = await startSite([['demo']]);
});
test.afterAll(async () => site?.stop());

async function signIn(person) {
  await person.go('/inloggen/voorbeeld');
  await person.page.getByRole('button', { name: new RegExp(`als ${person.name}`) }).click();
}

async function handIn(person, title, what) {
  await person.go('/initiatieven/nieuw');
  await person.fill({ title, what, why: 'Dan kennen we elkaar beter.' });
  await person.main.click();
  await person.choose('buurt', 'Vogelbuurt');
  await person.main.click();
  await person.main.click();
  await expect(person.title).toHaveText(title);
  return new URL(person.page.url()).pathname;
}

test('neighbours talk about a plan', async ({ browser, javaScriptEnabled }) => {
  test.setTimeout(240_000);
  const meet = (name) => Person.of(site, browser, name, javaScriptEnabled);
  const [ineke, fatima, gerrit] = await Promise.all(['Ineke', 'Fatima', 'Gerrit'].map(meet));
  for (const person of [ineke, fatima, gerrit]) await signIn(person);
  const open = async (person, name) => person.page.locator('summary', { hasText: name }).first().click();
  const flash = (person) => person.page.locator('.fb-flash');
  const main = (person) => person.page.locator('main');

  // A comment: nobody's name, and a mistake loses nothing.
  await fatima.go('/initiatieven?q=nestkastjes');
  await fatima.page.getByRole('link', { name: 'Honderd nestkastjes' }).click();
  const plan = new URL(fatima.page.url()).pathname;
  await fatima.look('plan with comments');
  await open(fatima, 'Schrijf een reactie');
  await fatima.fill({ comment: 'x'.repeat(1001) });
  await fatima.press('Plaats mijn reactie');
  await expect(fatima.page.locator('[name=comment]')).toHaveValue('x'.repeat(1001));
  await fatima.look('comment too long');
  await fatima.fill({ comment: 'Wij hebben nog hout over!' });
  await fatima.press('Plaats mijn reactie');
  await expect(flash(fatima)).toHaveText('Je reactie staat erbij.');
  await expect(main(fatima)).not.toContainText('Fatima');

  // What was reported is hidden with its reason, and its writer hears why.
  await ineke.go('/moderatie');
  await ineke.page.getByRole('link', { name: 'Goedkope telefoons' }).click();
  await ineke.look('a reported comment');
  await ineke.page.locator('input[name=why][value=advert]').setChecked(true);
  await ineke.press('Verberg deze reactie');
  await expect(flash(ineke)).toHaveText('De reactie is verborgen. De schrijver krijgt een mail.');
  await fatima.go(plan);
  await expect(main(fatima)).toContainText('Verborgen door Bewonersplatform Noord. Het is reclame.');
  await expect(main(fatima)).not.toContainText('Goedkope telefoons');

  // A public text changes when a moderator has read it; everybody sees what changed.
  await gerrit.go(`${plan}/wijzigen`);
  await expect(main(gerrit)).toContainText('Een moderator leest je nieuwe tekst eerst.');
  await gerrit.fill({ what: 'Met vier schoolklassen timmeren we honderd nestkastjes.' });
  await gerrit.look('changing a public text');
  await gerrit.main.click();
  await expect(flash(gerrit)).toContainText('Je nieuwe tekst is verstuurd.');
  await expect(main(gerrit)).toContainText('Met drie schoolklassen');
  await ineke.go('/moderatie');
  await ineke.look('queue with a text to read');
  await ineke.page.locator('section', { hasText: 'Teksten en reacties' }).getByRole('link', { name: 'Honderd nestkastjes' }).click();
  await ineke.look('a text to read');
  await ineke.main.click();
  await fatima.go(plan);
  await expect(main(fatima)).toContainText('Met vier schoolklassen');
  await fatima.page.getByRole('link', { name: 'Zie hoe de tekst veranderde' }).click();
  await expect(fatima.page.locator('del').first()).toContainText('drie');
  await fatima.look('how the text changed');

  // Together: asked by mail, signed in by that mail's address, yes.
  await gerrit.go(`${plan}/samen`);
  await gerrit.fill({ email: 'fatima@voorbeeld.test' });
  await gerrit.press('Vraag om mee te doen');
  await expect(flash(gerrit)).toHaveText('We hebben een mail gestuurd.');
  await gerrit.look('who works on a plan');
  await fatima.go(site.linkIn(await site.mail('fatima@voorbeeld.test', /Werk je mee/)));
  await fatima.look('asked to work on a plan');
  await fatima.press('Ja, ik doe mee');
  await expect(flash(fatima)).toHaveText('Fijn, je werkt nu mee aan dit plan.');

  // Two plans that are much the same become one when both say yes.
  const one = await handIn(fatima, 'Soep op dinsdag', 'Elke dinsdag koken we soep voor de hele straat in het buurthuis.');
  const other = await handIn(gerrit, 'Samen soep eten', 'We koken soep in het buurthuis voor de hele straat, elke dinsdag.');
  await ineke.go(other.replace('initiatieven', 'moderatie'));
  await open(ineke, 'Voeg samen met een ander plan');
  await ineke.page.locator(`input[name=into][value="${one.split('/').pop()}"]`).setChecked(true);
  await ineke.page.locator('[name=merge_words]').fill('Jullie willen hetzelfde.');
  await ineke.look('asking to merge');
  await ineke.press('Vraag het aan beide indieners');
  for (const person of [fatima, gerrit]) {
    await person.go('/mijn');
    await person.look('mine with a question');
    await person.page.getByRole('link', { name: /samen verder met een ander plan/ }).click();
    await person.look('one plan together?');
    await person.press('Ja, samen verder');
  }
  await expect(flash(gerrit)).toHaveText('De plannen zijn nu één plan.');
  expect(new URL(gerrit.page.url()).pathname).toBe(one);

  // One plan becomes two.
  await fatima.go(`${one}/splitsen`);
  await fatima.fill({ second_title: 'Brood bij de soep', second_what: 'Bakken', second_why: '' });
  await fatima.main.click();
  await expect(fatima.page.getByRole('alert')).toBeVisible();
  await expect(fatima.page.locator('[name=second_title]')).toHaveValue('Brood bij de soep');
  await fatima.look('splitting, with a mistake');
  await fatima.fill({ second_why: 'Soep zonder brood is niks.' });
  await fatima.main.click();
  await expect(flash(fatima)).toContainText('Het zijn nu twee plannen.');
  await expect(main(fatima)).toContainText('Brood bij de soep');
  for (const person of [ineke, fatima, gerrit]) expect(person.seen).toEqual([]);
});
