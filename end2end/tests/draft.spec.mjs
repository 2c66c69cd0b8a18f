// A half typed idea outlives a closed tab, and is gone once it is sent.
import { startSite, watch, check, weight, test, expect } from '../support/site.mjs';

const TITLE = 'Een bank bij de speeltuin';
const WHAT = 'Een bank in de schaduw, zodat ouders kunnen zitten.';

async function openForm(page, site) {
  await page.goto(`${site.url}/initiatieven/nieuw`);
  await expect(page.locator('html')).toHaveAttribute('data-islands', 'ready');
}

test('a half typed idea survives a closed tab and is gone after sending', async ({ page, context, browser, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without scripting nothing is kept');
  const site = await startSite([['budget', 'import']]);
  try {
    const notice = (tab) => tab.getByText('Je was hier al mee bezig.');
    await openForm(page, site);
    await expect(notice(page)).toBeHidden();
    await page.locator('#title').fill(TITLE);
    await page.locator('#what').fill(WHAT);
    await page.close();

    const second = await context.newPage();
    const seen = watch(second);
    await openForm(second, site);
    await expect(notice(second)).toBeVisible();
    await expect(second.locator('#title')).toHaveValue(TITLE);
    await expect(second.locator('#what')).toHaveValue(WHAT);
    await check(second, 'the idea form with its draft put back');
    await second.locator('#why').fill('Er is nergens plek om te zitten.');
    await second.getByRole('button', { name: 'Volgende' }).click();
    await expect(second.locator('#buurt')).toBeVisible();
    expect(await second.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect(seen).toEqual([]);
    await second.close();

    const third = await context.newPage();
    await openForm(third, site);
    await expect(third.locator('#title')).toHaveValue('');
    await expect(notice(third)).toBeHidden();

    // Thrown away by hand: the fields and what was kept.
    await third.locator('#title').fill(TITLE);
    await third.reload();
    await expect(third.locator('#title')).toHaveValue(TITLE);
    await third.getByRole('button', { name: 'Begin opnieuw' }).click();
    await expect(third.locator('#title')).toHaveValue('');
    expect(await third.evaluate(() => Object.keys(localStorage))).toEqual([]);

    const { bytes, module } = await weight(browser, `${site.url}/initiatieven/nieuw`);
    expect(module, 'the form has an island').toBe(true);
    expect(bytes, 'first visit with the module').toBeLessThan(100_000);
  } finally {
    await site.stop();
  }
});
