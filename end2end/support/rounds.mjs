// Setting a round up, as an administrator walks the steps.
import { expect } from './site.mjs';

/** Local time in Amsterdam as a date field takes it, `hours` from now. */
export function moment(hours) {
  const at = new Date(Date.now() + hours * 3_600_000);
  return at.toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).slice(0, 16).replace(' ', 'T');
}

/** Answers what one step asks; a list ticks these boxes and no other. */
export async function answer(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const controls = page.locator(`main form [name="${name}"]:not([type=hidden])`);
    const kind = await controls.first().evaluate((c) => c.type ?? c.tagName);
    if (kind === 'radio') await controls.and(page.locator(`[value="${value}"]`)).setChecked(true);
    else if (kind === 'checkbox') for (const box of await controls.all()) await box.setChecked(value === 'all' || value.includes(await box.inputValue()));
    else if (kind.startsWith('select')) await controls.selectOption(value);
    else await controls.fill(value);
  }
}

export const step = (page) => page.locator('[aria-current=step]');
const onwards = (page) => page.locator('.fb-bar .ams-button--primary').click();

/**
 * All five steps, with the usual answers where none is given, from the slug of a buurt. Gives the slug of the round, and
 * leaves the administrator at its desk. `look(page, name)` is called at each step.
 */
export async function setUpRound(page, site, buurt, fields, look = async () => {}) {
  await page.goto(`${site.url}/beheer/stemrondes/nieuw?buurt=${buurt}`);
  const steps = [
    ['Waar en hoeveel?', ['theme', 'title', 'intro', 'year', 'pot']],
    ['Hoe stemmen mensen?', ['form', 'max_picks', 'points', 'points_each', 'preset', 'ties', 'receipts']],
    ['Wie stemt, en wanneer?', ['source', 'opens', 'closes']],
    ['Welke plannen?', ['plan']],
  ];
  for (const [name, asked] of steps) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await look(page, `new round: ${name}`);
    await answer(page, Object.fromEntries(asked.filter((field) => field in fields).map((field) => [field, fields[field]])));
    await onwards(page);
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Klopt alles?');
  await look(page, 'new round: preview');
  await onwards(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(fields.title);
  return new URL(page.url()).pathname.split('/').at(-1);
}
