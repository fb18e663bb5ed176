import type { Frame, Page, Request as PageRequest, Route } from 'playwright-core'
import { toElectron } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { handlerOf } from './protocol.ts'
import { refusesRequest } from './session.ts'
import { tabOf, type WebContents } from './web-contents.ts'

/** Stands between every page and the network, asking in Electron's order: navigation, webRequest, protocol. */
export async function routeAll({ context }: Chromium, all: () => readonly WebContents[]): Promise<void> {
  let asked = 0
  await context.route('**/*', async (route) => {
    const request = route.request()
    if (isStray(request)) return route.abort('blockedbyclient')
    const url = toElectron(request.url())
    if (refusesNavigation(request, url, all())) return route.abort('aborted')
    const details = { id: ++asked, url, method: request.method(), resourceType: kind(request) }
    if (refusesRequest(details)) return route.abort('blockedbyclient')
    const handler = handlerOf(url.slice(0, url.indexOf(':')))
    if (handler === null) return route.continue()
    return answer(route, await handler(new Request(url, { method: request.method(), headers: request.headers() })))
  })
}

function refusesNavigation(request: PageRequest, url: string, all: readonly WebContents[]): boolean {
  if (!request.isNavigationRequest()) return false
  const frame = request.frame()
  const contents = holder(frame.page(), all)
  if (contents === undefined || (isMain(frame) && tabOf.get(contents)?.takeOwnLoad(request.url()))) return false
  let refused = false
  const event = { url, isMainFrame: isMain(frame), preventDefault: () => (refused = true) }
  contents.emit('will-frame-navigate', event)
  if (isMain(frame)) contents.emit('will-navigate', event, url)
  return refused
}

/** A request of a page that no window holds: one that `window.open` just made. */
function isStray(request: PageRequest): boolean {
  try {
    return request.frame() === null
  } catch {
    return true // its page is not even there yet
  }
}

const isMain = (frame: Frame) => frame.parentFrame() === null

function holder(page: Page, all: readonly WebContents[]): WebContents | undefined {
  return all.find((contents) => tabOf.get(contents)?.page === page)
}

function kind(request: PageRequest): string {
  if (!request.isNavigationRequest()) return request.resourceType()
  return isMain(request.frame()) ? 'mainFrame' : 'subFrame'
}

async function answer(route: Route, response: Response): Promise<void> {
  if (response.status >= 300 && response.status < 400) {
    throw new Error('A redirect from a handled scheme is not implemented in the stand-in')
  }
  const headers = Object.fromEntries(response.headers)
  await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) })
}
