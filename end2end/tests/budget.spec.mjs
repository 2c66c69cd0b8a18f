// A resident reads what the neighbourhood's money is.
import { startSite, watch, check, weight, test, expect } from '../support/site.mjs';

test('a resident finds what the money is', async ({ page, browser, javaScriptEnabled }, info) => {
  const site = await startSite([['budget', 'import']]);
  try {
    const seen = watch(page);
    await page.goto(`${site.url}/budget`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ons deel van het geld');
    for (const words of ['€ 4.913.000', 'Mag hoogstens', 'Staat klaar', 'Kan er nog bij']) await expect(page.getByText(words).first()).toBeVisible();
    if (javaScriptEnabled) await check(page, 'budget');
    await page.screenshot({ path: info.outputPath('budget.png'), fullPage: true });
    await page.getByRole('link', { name: 'Noord', exact: true }).click();
    await expect(page.getByText('€ 2.037.500').first()).toBeVisible();
    if (javaScriptEnabled) await check(page, 'budget of a wijk');
    await page.screenshot({ path: info.outputPath('wijk.png'), fullPage: true });
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Our share of the money');
    await page.goto(`${site.url}/xb/budget`);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    if (javaScriptEnabled) await check(page, 'budget from right to left');
    await page.screenshot({ path: info.outputPath('rtl.png'), fullPage: true });
    expect(seen).toEqual([]);
    const { bytes, module } = await weight(browser, `${site.url}/budget`);
    expect(module, 'the budget needs no module').toBe(false);
    expect(bytes, 'first visit without a module').toBeLessThan(30_000);
  } finally {
    await site.stop();
  }
});
