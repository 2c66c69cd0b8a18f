// Real-browser journeys: every test starts a server of its own on a fresh database (see support/site.mjs).
import { defineConfig } from '@playwright/test';

const browser = {
  channel: undefined,
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  },
};

export default defineConfig({
  testDir: './tests',
  workers: 1,
  timeout: 120_000,
  use: { actionTimeout: 15_000, navigationTimeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['line']],
  outputDir: './test-results',
  projects: [
    { name: 'phone', use: { ...browser, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } },
    { name: 'phone without JavaScript', use: { ...browser, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, javaScriptEnabled: false } },
    { name: 'phone on PostgreSQL', testMatch: ['execution.spec.mjs', 'road.spec.mjs'], use: { ...browser, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, engine: 'postgres' } },
    // What a phone walks with and without scripts is walked on a laptop too by `make long`.
    { name: 'laptop', testIgnore: ['road.spec.mjs', 'setup.spec.mjs', ...(process.env.LONG ? [] : ['deeds.spec.mjs', 'dialogue.spec.mjs', 'execution.spec.mjs', 'letter.spec.mjs', 'results.spec.mjs', 'together.spec.mjs'])], use: { ...browser, viewport: { width: 1280, height: 800 } } },
    { name: 'laptop without JavaScript', testMatch: ['ballot.spec.mjs', 'tour.spec.mjs'], use: { ...browser, viewport: { width: 1280, height: 800 }, javaScriptEnabled: false } },
  ],
});
