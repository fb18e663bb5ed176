import { protocol } from 'electron'
import type { Unsubscribe } from '../../shared/port.ts'
import { SCHEME } from './origin.ts'
import { answer } from './page-files.ts'

/** Makes `app:` a scheme with an origin of its own. Has to be said before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the files of `root`, and the evidence packs of the folder `packs`, until stopped. */
export function serveFiles(root: string, packs: string): Unsubscribe {
  protocol.handle(SCHEME, (request) => answer(root, request, packs))
  return () => protocol.unhandle(SCHEME)
}
