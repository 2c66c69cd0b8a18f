import { chromium } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
const url='http://127.0.0.1:3111';
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--headless=new','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync']});
const ctx=await b.newContext({viewport:{width:360,height:640}});
const p=await ctx.newPage();
const bad=[];
p.on('console',m=>['error','warning'].includes(m.type())&&bad.push(p.url()+' '+m.text()));
const shot=async(name,path,axe=true)=>{const r=await p.goto(url+path);const w=await p.evaluate(()=>document.documentElement.scrollWidth);
 if(axe){const {violations}=await new AxeBuilder({page:p}).withTags(['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']).analyze(); if(violations.length)console.log(name,violations.map(v=>v.id+': '+v.nodes.slice(0,3).map(n=>n.target.join(' ')+' '+n.html.slice(0,100)).join(' | ')).join('\n   '));}
 console.log(name,path,r.status(),w>360?'WIDE '+w:''); await p.screenshot({path:'/tmp/w/shots/'+name+'.png',fullPage:true});};
const list=[['home','/'],['buurten','/buurten'],['buurt','/buurten/vogelbuurt'],['plans','/initiatieven'],['new','/initiatieven/nieuw'],['plan','/initiatieven/1'],['rounds','/stemmen'],['round','/stemmen/buurtbudget-vogelbuurt'],['waves','/peiling'],['budget','/budget'],['signin','/inloggen'],['signup','/aanmelden'],['demo','/inloggen/voorbeeld'],['about','/over'],['data','/data'],['404','/niets'],['result','/stemmen/buurtbudget-indische-buurt-west/uitslag'],['check','/stemmen/buurtbudget-indische-buurt-west/controle'],['waveresult','/peiling/peiling-voorjaar/uitslag'],['wave','/peiling/peiling-najaar']];
for(const [n,u] of list) await shot(n,u).catch(e=>console.log(n,String(e).slice(0,200)));
const signin=async(who)=>{await p.goto(url+'/inloggen/voorbeeld');await p.locator('form',{hasText:who}).locator('button').first().click().catch(e=>console.log('signin',String(e).slice(0,300)));await p.waitForLoadState();console.log('signed in as',who,p.url())};
await ctx.clearCookies();await signin('Fatima');
for(const [n,u] of [['r-home','/'],['r-mine','/mijn'],['r-ballot','/stemmen/buurtbudget-vogelbuurt'],['r-wave','/peiling/peiling-najaar'],['r-new','/initiatieven/nieuw']]) await shot(n,u).catch(e=>console.log(n,String(e).slice(0,200)));
await ctx.clearCookies();await signin('Ineke');
for(const [n,u] of [['m-queue','/moderatie']]) await shot(n,u).catch(e=>console.log(n,String(e).slice(0,200)));
const first=p.locator('main a[href*="/moderatie/"]').first(); if(await first.count()){await shot('m-case',await first.getAttribute('href'));}
await ctx.clearCookies();await signin('Karin');
for(const [n,u] of [['s-desk','/stadsdeel'],['s-codes','/stadsdeel/adrescodes']]) await shot(n,u).catch(e=>console.log(n,String(e).slice(0,200)));
const f2=p.locator('main a[href*="/stadsdeel/"]').first(); if(await f2.count()){const h=await f2.getAttribute('href'); console.log(h); await shot('s-case',h);}
await ctx.clearCookies();await signin('Marlon');
for(const [n,u] of [['a-desk','/beheer'],['a-roles','/beheer/rollen'],['a-share','/beheer/aandeel'],['a-rounds','/beheer/stemrondes'],['a-new','/beheer/stemrondes/nieuw'],['a-round','/beheer/stemrondes/buurtbudget-vogelbuurt'],['a-waves','/beheer/peilingen']]) await shot(n,u).catch(e=>console.log(n,String(e).slice(0,200)));
console.log(bad.join('\n'));await b.close();
