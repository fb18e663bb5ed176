import { knowScheme } from './addresses.ts'
import { only } from './missing.ts'

type Handler = (request: Request) => Response | Promise<Response>
type CustomScheme = {
  readonly scheme: string
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean }
}

const handlers = new Map<string, Handler>()
let late = false

/** Schemes of the app's own. Only standard, secure ones can be shown faithfully through https. */
class Protocol {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (late) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error('A scheme that is not standard and secure is not implemented in the stand-in')
      }
      knowScheme(scheme)
    }
  }

  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} is handled already`)
    handlers.set(scheme, handler)
  }

  unhandle(scheme: string): void {
    handlers.delete(scheme)
  }

  isProtocolHandled(scheme: string): boolean {
    return handlers.has(scheme)
  }
}
export const protocol = only('protocol', new Protocol())

/** From now on the schemes are fixed. */
export function closeRegistration() {
  late = true
}
export const handlerOf = (scheme: string): Handler | null => handlers.get(scheme) ?? null
