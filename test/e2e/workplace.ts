import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { HubServer } from './hub-server.ts'
import { tabTo } from './keys.ts'
import { isLive } from './page-world.ts'
import { isBuilt, NOT_BUILT } from './program.ts'
import { BROWSER_SHELL, type Desk, NO_CHROMIUM, type ShellKind, shellKinds } from './shells.ts'
import { PASSWORD } from './small-election.ts'

/** What most specs begin with: a hub of the small election, a desk at it, one window, and somebody signed in. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT

/** `describe` for specs at a built console; skipped with the reason where there is none. */
export function describeBuilt(what: string, specs: () => void): void {
  if (missing) console.info(`skipped: ${what}, because ${missing}`)
  describe.skipIf(missing !== null)(what, specs)
}

/** The same specs in every shell that can run here. */
export function describeInShells(what: string, specs: (kind: ShellKind) => void): void {
  if (missing) console.info(`skipped: ${what}, because ${missing}`)
  describe.skipIf(missing !== null).each(missing ? [BROWSER_SHELL] : shellKinds())(`${what} in $name`, specs)
}

/** Signs in by the keyboard alone. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await tabTo(page, /autocomplete="username"/)
  await page.keyboard.type(email)
  await tabTo(page, /autocomplete="current-password"/)
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
}

type WorkplaceOptions = {
  readonly kind?: ShellKind
  /** Who signs in; nobody when left out. */
  readonly as?: string
  /** Further words on the command line. */
  readonly words?: readonly string[]
  /** The desk knows no server and begins with its own rehearsal. */
  readonly rehearsal?: boolean
  /** What is so before the desk starts. */
  readonly before?: (hub: HubServer) => Promise<void>
}
type Parts = { hub: HubServer | null; desk: Desk | null; page: Page | null }

/** Opens before the specs of the `describe` it is called in and ends after them; the desk has to end well. */
export class Workplace {
  readonly #parts: Parts = { hub: null, desk: null, page: null }

  constructor({ kind = BROWSER_SHELL, as, words = [], rehearsal = false, before }: WorkplaceOptions = {}) {
    const parts = this.#parts
    beforeAll(async () => {
      parts.hub = await HubServer.start()
      await before?.(parts.hub)
      parts.desk = await kind.start([...(rehearsal ? [] : ['--server', parts.hub.url]), ...words])
      parts.page = await parts.desk.openWindow()
      if (as === undefined) return
      await signIn(parts.page, as)
      await isLive(parts.page)
    })
    afterAll(async () => {
      const code = await parts.desk?.stop()
      await parts.hub?.stop()
      expect(code).toBe(0)
    })
  }

  get hub(): HubServer {
    return opened(this.#parts.hub)
  }

  get desk(): Desk {
    return opened(this.#parts.desk)
  }

  /** Its first window. */
  get page(): Page {
    return opened(this.#parts.page)
  }
}

function opened<T>(part: T | null): T {
  if (part === null) throw new Error('a workplace is there inside its tests only')
  return part
}
