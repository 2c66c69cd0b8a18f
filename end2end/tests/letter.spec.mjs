// From a letter on the doormat to a vote that counts, without an account: the list of voters, the letters as a PDF, the
// QR scanned from the printed page, the code typed by hand, and a letter that got lost.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { startSite, watch, check, test, expect } from '../support/site.mjs';
import { moment, setUpRound } from '../support/rounds.mjs';

let site;
test.beforeAll(async ({ engine }) => {
  site = await startSite([['demo']], engine);
});
test.afterAll(async () => site?.stop());

async function signIn(page, name) {
  await page.goto(`${site.url}/inloggen/voorbeeld`);
  await page.getByRole('button', { name: new RegExp(`als ${name}`) }).click();
  await expect(page).toHaveURL(/\/(mijn)?(\?.*)?$/);
}

/** What a camera reads on each page of the PDF. */
function scan(pdf) {
  const folder = mkdtempSync(join(tmpdir(), 'letters-'));
  const drawn = spawnSync('pdftoppm', ['-r', '150', '-png', '-', join(folder, 'page')], { input: pdf });
  expect(drawn.status, String(drawn.stderr)).toBe(0);
  const links = readdirSync(folder).sort().map((file) => {
    const { data, width, height } = PNG.sync.read(readFileSync(join(folder, file)));
    return jsQR(new Uint8ClampedArray(data), width, height)?.data;
  });
  rmSync(folder, { recursive: true });
  // In the order of the letters; one may show its QR on more than one page.
  return [...new Set(links.filter(Boolean))];
}

const LIST = 'naam;adres;postcode;plaats;aantal\nBewoners van;Meeuwenlaan 1;1021 AA;Amsterdam;2\n;Meeuwenlaan 3;1021 AA;Amsterdam;\n';

test('a letter becomes a vote', async ({ page: desk, browser, javaScriptEnabled }) => {
  test.setTimeout(180_000);
  const seen = watch(desk);
  const look = async (page, what) => javaScriptEnabled && check(page, what);
  await signIn(desk, 'Marlon');
  const round = await setUpRound(desk, site, 'ijplein', { title: 'Buurtbudget IJplein', intro: 'Samen kiezen we.', year: '2008', pot: '2.500', max_picks: '1', source: 'codes', opens: moment(-1), closes: moment(24 * 6), plan: 'all' });
  await desk.getByRole('button', { name: 'Laat de plannen zien', exact: true }).click();

  // A list with a wrong line is told by its number; the right one is shown before it counts.
  await desk.getByRole('link', { name: 'Kiezers en brieven' }).click();
  await look(desk, 'voters');
  const upload = async (text) => {
    await desk.locator('input[type=file]').setInputFiles({ name: 'kiezers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await desk.getByRole('button', { name: 'Kijk de lijst na' }).click();
  };
  await upload(`${LIST};Meeuwenlaan 5;geen;;\n`);
  await expect(desk.getByRole('alert')).toContainText('Regel 4: dit is geen postcode');
  await upload(LIST);
  await look(desk, 'the list is right');
  await desk.getByRole('button', { name: 'Zet 3 kiezers op de lijst' }).click();
  // How the letter looks is chosen and seen before any code is made.
  await desk.locator('input[name=sender]').fill('Buurthuis 😀');
  await desk.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(desk.getByRole('alert')).toContainText('dat niet gedrukt kan worden');
  await desk.locator('input[name=sender]').fill('Buurthuis IJplein, Postbus 1, 1000 AA Amsterdam');
  const trial = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Bekijk een proefbrief (PDF)' }).click();
  expect((await trial).suggestedFilename()).toBe(`proefbrief-${round}.pdf`);
  await desk.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(desk.locator('.fb-flash')).toHaveText('Het is bewaard.');
  const download = desk.waitForEvent('download');
  await desk.getByRole('button', { name: 'Maak de brieven (PDF)' }).click();
  const links = scan(readFileSync(await (await download).path()));
  expect(links.length).toBe(3);
  await desk.goto(`${site.url}/beheer/stemrondes/${round}`);
  await desk.getByRole('button', { name: 'Open de stemming', exact: true }).click();

  // Scanned: no account, no typing, and three taps for one plan.
  const voter = await (await browser.newContext()).newPage();
  const seenByVoter = watch(voter);
  let taps = 0;
  const tap = async (what) => {
    taps += 1;
    await what.click();
  };
  const enter = async (link) => {
    await voter.goto('about:blank');
    await voter.goto(link);
    if (!javaScriptEnabled) {
      // Without scripts the code is typed.
      await voter.locator('main [name=code]').fill(link.split('#')[1].toLowerCase());
      await voter.locator('.fb-bar .ams-button--primary').click();
    }
  };
  await enter(links[0]);
  await expect(voter).toHaveURL(`${site.url}/stemmen/${round}`);
  await expect(voter.locator('main')).toContainText('nog geen stem van jou');
  await look(voter, 'ballot by code');
  await tap(voter.locator('label:has(input[name=plan])').first());
  await tap(voter.locator('.fb-bar .ams-button--primary'));
  await expect(voter.getByRole('heading', { level: 1 })).toHaveText('Klopt dit?');
  await tap(voter.locator('.fb-bar .ams-button--primary'));
  await expect(voter.getByRole('heading', { level: 1 })).toHaveText('Je stem is binnen');
  expect(taps).toBeLessThanOrEqual(1 + 2);
  await look(voter, 'cast by code');
  await voter.goto(`${site.url}/stemmen/${round}`);
  await expect(voter.locator('main')).toContainText('Er ligt een geldige stem');
  await voter.getByRole('button', { name: /vergeet mijn code/ }).click();
  await expect(voter.locator('main')).toContainText('Vul je stemcode in om te stemmen');

  // A typing error is told as such, and what was typed stays.
  const code = links[1].split('#')[1];
  const wrong = `${code.slice(0, 5)}${code[5] === '7' ? '8' : '7'}${code.slice(6)}`;
  await voter.goto(`${site.url}/stemmen/${round}/code`);
  await look(voter, 'code');
  await voter.locator('main [name=code]').fill(wrong);
  await voter.locator('.fb-bar .ams-button--primary').click();
  await expect(voter.locator('main')).toContainText('Er zit een typfout in je code');
  await expect(voter.locator('main [name=code]')).toHaveValue(wrong);

  // A letter is gone: the neighbour says so, staff look the address up and hand a new code over; the old one is dead.
  await voter.getByRole('link', { name: 'Mijn brief is weg' }).click();
  await look(voter, 'lost letter');
  await voter.locator('main [name=name]').fill('Emine');
  await voter.locator('main [name=address]').fill('Meeuwenlaan 3');
  await voter.locator('.fb-bar .ams-button--primary').click();
  await expect(voter.getByRole('heading', { level: 1 })).toHaveText('We gaan ermee aan de slag');
  await desk.context().clearCookies();
  await signIn(desk, 'Karin');
  await desk.goto(`${site.url}/stadsdeel/stemmen`);
  await desk.getByRole('link', { name: 'Buurtbudget IJplein' }).click();
  await look(desk, 'desk');
  await desk.getByRole('link', { name: 'Zoek dit adres' }).click();
  await look(desk, 'desk with an address');
  await desk.locator('summary', { hasText: 'De brief is weg' }).click();
  await look(desk, 'desk with an address, opened');
  await desk.getByRole('button', { name: 'Geef nu een code' }).click();
  await look(desk, 'a new code');
  const fresh = (await desk.locator('.fb-receipt__code').innerText()).replace(/\s/g, '');
  await enter(links[2]);
  await expect(voter.locator('main')).toContainText('Deze code is vervangen door een nieuwe');
  await enter(`${site.url}/stemmen/${round}/code#${fresh}`);
  await expect(voter).toHaveURL(`${site.url}/stemmen/${round}`);
  await expect(voter.locator('label:has(input[name=plan])').first()).toBeVisible();
  expect([...seen, ...seenByVoter]).toEqual([]);
});
