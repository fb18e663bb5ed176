import { err, ok, type Result } from '../../../../shared/result.ts'
import type { ServerProfile } from '../../../../shared/view/session.ts'
import { toAscii } from '../../i18n/format.ts'

export type ConnectForm = {
  readonly name: string
  readonly url: string
  readonly mode: ServerProfile['mode']
  readonly origin: string
  readonly authority: string
  readonly plainAccepted: boolean
}
/** All but what has to be accepted anew each time. */
export type Written = Omit<ConnectForm, 'plainAccepted'>

/** As far as it was filled in. */
export const formOf = (typed: Readonly<Record<string, string>>): Written => {
  const { name = '', url = '', origin = '', authority = '', mode } = typed
  return { name, url, origin, authority, mode: mode === 'rehearsal' ? 'rehearsal' : 'official' }
}

/** Which fields need the operator. */
export type ConnectFaults = { readonly name?: true; readonly url?: true; readonly plain?: true }
type ConnectInput = Pick<ServerProfile, 'name' | 'url' | 'origin' | 'authority' | 'mode' | 'plainAccepted'>

const typed = (text: string) => toAscii(text).trim()
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
/** Spoken to without encryption beyond this machine, as the core sees it. */
export const isPlain = (url: string): boolean => {
  const parsed = URL.parse(typed(url))
  return parsed?.protocol === 'http:' && !LOOPBACK.test(parsed.hostname)
}

/** All faults at once: whoever mends one sees the others too. A path behind the address is left out. */
export function checkConnect(form: ConnectForm): Result<ConnectInput, ConnectFaults> {
  const url = URL.parse(typed(form.url))
  const web = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== ''
  const faults: ConnectFaults = {
    ...(form.name.trim() === '' ? { name: true as const } : {}), // the literal the type names
    ...(web ? {} : { url: true as const }), // the literal the type names
    ...(isPlain(form.url) && !form.plainAccepted ? { plain: true as const } : {}), // the literal the type names
  }
  if (faults.name || faults.plain || !web) return err(faults)
  return ok({
    name: form.name.trim(),
    url: url.origin,
    origin: typed(form.origin) || null,
    authority: form.authority.trim() || null,
    mode: form.mode,
    plainAccepted: form.plainAccepted,
  })
}
