// The people of a journey: each with a browser of their own, mail that really arrives, and an authenticator app.
import { createHmac } from 'node:crypto';
import { watch, check, expect } from './site.mjs';

/** RFC 6238 with SHA-1, six digits and steps of 30 seconds, as authenticator apps do; `secret` in base32. */
export function codeOf(secret, at = Date.now()) {
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = hash.at(-1) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export class Person {
  static async of(site, browser, name, scripted) {
    const page = await (await browser.newContext()).newPage();
    return Object.assign(new Person(), { site, page, name, scripted, email: `${name.toLowerCase()}@buren.test`, seen: watch(page) });
  }

  /** The page's main button: the one in the bar at the bottom. */
  get main() {
    return this.page.locator('.fb-bar .ams-button--primary');
  }

  get title() {
    return this.page.getByRole('heading', { level: 1 });
  }

  async go(path) {
    const answer = await this.page.goto(path.startsWith('http') ? path : `${this.site.url}${path}`);
    expect(answer.status(), path).toBeLessThan(400);
  }

  async press(name) {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.page.locator(`main [name="${name}"]`).fill(value);
  }

  /** Chooses the option that begins with this text. */
  async choose(name, text) {
    const select = this.page.locator(`main select[name="${name}"]`).first();
    await select.selectOption(await select.locator('option', { hasText: text }).first().getAttribute('value'));
  }

  /** axe and no sideways scrolling, where the page may run scripts. */
  async look(what) {
    if (this.scripted) await check(this.page, what);
  }

  /** Opens the link of the latest mail with this subject. */
  async openMail(subject) {
    await this.go(this.site.linkIn(await this.site.mail(this.email, subject)));
  }

  async signUp(buurt) {
    await this.go('/aanmelden');
    await this.fill({ name: this.name, email: this.email });
    await this.choose('buurt', buurt);
    await this.main.click();
    await expect(this.title).toHaveText('Kijk in je mail');
  }

  async confirm() {
    await this.openMail(/Klopt je mailadres/);
    await this.main.click();
    await expect(this.page.locator('.fb-flash')).toHaveText(/Welkom/);
  }

  /** Sets the second step up; keeps the recovery codes. */
  async setUpSecondStep() {
    await this.go('/inloggen/tweede-stap/instellen');
    await this.look('second step');
    this.secret = await this.page.locator('code.fb-isolate').innerText();
    await this.fill({ code: codeOf(this.secret) });
    await this.main.click();
    await expect(this.title).toHaveText('Bewaar deze codes');
    this.recovery = await this.page.locator('code.fb-isolate').allInnerTexts();
    expect(this.recovery.length).toBeGreaterThan(5);
    await this.main.click();
  }

  /** Shows the second step again, with one of the recovery codes. */
  async secondStep() {
    await this.go('/inloggen/tweede-stap');
    await this.fill({ code: this.recovery.shift() });
    await this.main.click();
  }

  /** The five figures of a wijk's share, in cents. */
  async share(wijk, year) {
    await this.go(`/budget/${wijk}?jaar=${year}`);
    const figure = async (name) => {
      const text = await this.page.locator('.fb-stats > *', { hasText: name }).locator('dd').first().innerText();
      const [euros, cents = '00'] = text.replace(/[^\d,-]/g, '').split(',');
      return Number(euros) * 100 + Number(cents);
    };
    return { ceiling: await figure('Mag hoogstens'), funded: await figure('Staat klaar'), allotted: await figure('Al verdeeld'), left: await figure('Nog te verdelen'), room: await figure('Kan er nog bij') };
  }
}

/** Someone of the demo city, signed in. */
export async function meetIn(site, browser, name, scripted) {
  const person = await Person.of(site, browser, name, scripted);
  await person.go('/inloggen/voorbeeld');
  await person.page.getByRole('button', { name: new RegExp(`als ${name}`) }).click();
  await expect(person.page).toHaveURL(/\/(mijn)?(\?.*)?$/);
  return person;
}
