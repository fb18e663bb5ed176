import type { Page } from 'playwright-core'
import { waitFor } from '../electron/shell.ts'
import { Downstream } from '../../src/shared/rpc/envelope.ts'

/** One message over the window's port, as text. */
export type Crossed = { readonly way: 'in' | 'out'; readonly text: string }

/** What of a browser's window these specs touch. */
type PageWorld = {
  crossed: Crossed[]
  addEventListener(type: 'message', hear: (event: { ports: readonly EventTarget[] }) => void): void
  WebSocket: { new (url: string): EventTarget }
  document: {
    cookie: string
    documentElement: { outerHTML: string; dir: string; lang: string }
    body: { innerText: string }
    activeElement: { outerHTML: string; id: string } | null
  }
  localStorage: object
  sessionStorage: object
  indexedDB: { databases(): Promise<{ name: string }[]> }
  caches?: { keys(): Promise<string[]> }
}

/** Runs in the page before its own scripts: keeps every message of every socket and port. */
export function recordCrossing(): void {
  const world = globalThis as unknown as PageWorld // a browser's window
  const crossed: Crossed[] = []
  world.crossed = crossed
  const keep = (way: Crossed['way'], data: unknown) =>
    void crossed.push({ way, text: typeof data === 'string' ? data : JSON.stringify(data) })
  const hear = (target: EventTarget) =>
    target.addEventListener('message', (event) => keep('in', (event as unknown as { data: unknown }).data)) // a MessageEvent
  const say = (target: Record<string, unknown>, name: string) => {
    const inner = (target[name] as (data: unknown) => void).bind(target) // `send` or `postMessage`
    target[name] = (data: unknown) => {
      keep('out', data)
      inner(data)
    }
  }
  world.WebSocket = class extends world.WebSocket {
    constructor(url: string) {
      super(url)
      hear(this)
      say(this as unknown as Record<string, unknown>, 'send') // a socket
    }
  }
  world.addEventListener('message', (event) => {
    for (const port of event.ports) {
      hear(port)
      say(port as unknown as Record<string, unknown>, 'postMessage') // a port
    }
  })
}

export const crossed = (page: Page): Promise<readonly Crossed[]> =>
  page.evaluate(() => (globalThis as unknown as PageWorld).crossed) // set by recordCrossing

/** Each value the stream of this name has had in this window, in order. */
export async function heardOn<T>(page: Page, stream: string): Promise<readonly T[]> {
  const all = await crossed(page)
  const ids = new Set(
    all
      .filter(({ way }) => way === 'out')
      .map(({ text }) => JSON.parse(text) as { t: string; id: number; name: string }) // an upstream message
      .filter((message) => message.t === 'watch' && message.name === stream)
      .map((message) => message.id),
  )
  return all
    .filter(({ way }) => way === 'in')
    .map(({ text }) => Downstream.parse(JSON.parse(text)))
    .flatMap((message) => {
      if (message.t === 'snapshot' && ids.has(message.id)) return [message.state as T] // the test names the stream's type
      if (message.t === 'patches' && ids.has(message.id)) return message.patches as T[] // the same
      return []
    })
}

/** Everything the page keeps anywhere a page can keep things, as text. */
export const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const world = globalThis as unknown as PageWorld // a browser's window
    const { localStorage, sessionStorage, document, indexedDB } = world
    return JSON.stringify({
      localStorage,
      sessionStorage,
      cookie: document.cookie,
      databases: await indexedDB.databases(),
      caches: world.caches ? await world.caches.keys() : [],
      html: document.documentElement.outerHTML,
    })
  })

/** The window's whole heap, as V8 writes it down: every string in it is in the text. */
export async function heap(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page)
  const parts: string[] = []
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void parts.push(chunk))
  await cdp.send('HeapProfiler.enable')
  await cdp.send('HeapProfiler.collectGarbage')
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await cdp.detach()
  return parts.join('')
}

export const plant = (page: Page, text: string): Promise<void> =>
  page.evaluate((value) => void Object.assign(globalThis, { planted: [value] }), text)

export const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => (globalThis as unknown as PageWorld).document.body.innerText) // a browser's window

export const rootOf = (page: Page): Promise<{ dir: string; lang: string; theme: string | null }> =>
  page.evaluate(() => {
    const { dir, lang, getAttribute } = (globalThis as unknown as PageWorld).document.documentElement as unknown as {
      dir: string
      lang: string
      getAttribute(name: string): string | null
    } // an element
    const element = (globalThis as unknown as PageWorld).document.documentElement as unknown as {
      getAttribute: typeof getAttribute
    } // the same
    return { dir, lang, theme: element.getAttribute('data-mantine-color-scheme') }
  })

/** The two numbers of a card on the board: how many, of how many. Null while they are not there. */
export async function card(page: Page, title: string): Promise<{ value: number; of: number } | null> {
  const text = await page
    .getByRole('group', { name: title, exact: true })
    .innerText({ timeout: 1_000 })
    .catch(() => '')
  const found = /(\d[\d,]*)\s+of\s+(\d[\d,]*)/.exec(text)
  const number = (index: number) => Number(found?.[index]?.replaceAll(',', ''))
  return found ? { value: number(1), of: number(2) } : null
}

/** Waits until the turnout card says so many came. */
export const shows = (page: Page, came: number) =>
  waitFor(`${came} on the board`, async () => ((await card(page, 'Turnout'))?.value === came ? true : null))

export const linkState = (page: Page): Promise<string | null> =>
  page
    .locator('header button[data-state]')
    .getAttribute('data-state', { timeout: 1_000 })
    .catch(() => null)

export const isLive = (page: Page) =>
  waitFor('a live link', async () => ((await linkState(page)) === 'live' ? true : null))

export type Account = { readonly url: string; readonly email: string; readonly password: string }

/** Connects to a server and signs in, in the window, as a person with a pointer would. */
export async function connectIn(page: Page, { url, email, password }: Account): Promise<void> {
  await page.getByRole('button', { name: 'Connect to your server…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Headquarters')
  await dialog.getByLabel('Address').fill(url)
  await dialog.getByLabel('Official: a real election').check()
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await isLive(page)
}

/** Signs out from the menu. */
export async function signOutIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}
