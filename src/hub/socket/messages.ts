import { z } from 'zod'
import type { HubContext } from '../context.ts'
import type { Desk } from './desk.ts'
import { Resume, resume } from './resume.ts'
import { CLOSE } from './wire.ts'

const Authenticate = z.object({ token: z.string().max(4000) })

/** One text a desk sent. Unknown or broken ones are answered, never a reason to end the socket. */
export async function heard(context: HubContext, desk: Desk, text: string): Promise<void> {
  const message = objectOf(text)
  if (message === null) {
    desk.say({ type: 'error', message: 'A JSON object is expected.' })
    return
  }
  switch (message['type']) {
    case 'ping':
      desk.say({ type: 'pong', timestamp: message['timestamp'] ?? null })
      return
    case 'subscribe':
      desk.say({ type: 'subscribed', channels: message['channels'] ?? [] })
      return
    case 'resume': {
      const wish = Resume.safeParse(message)
      if (wish.success) resume(context, desk, wish.data)
      else desk.say({ type: 'error', message: 'resume needs epoch (text) and since (whole number).' })
      return
    }
    case 'authenticate':
      return authenticate(context, desk, message)
    default:
      desk.say({ type: 'error', message: 'Unknown type.' })
  }
}

/** A newer token of the same account extends the socket's life; anything else ends it. */
async function authenticate(context: HubContext, desk: Desk, message: Record<string, unknown>): Promise<void> {
  const given = Authenticate.safeParse(message)
  const caller = await context.gate.byToken(given.success ? given.data.token : null)
  if (!caller.ok) return desk.close(caller.error.is === 'expired' ? CLOSE.tokenExpired : CLOSE.notSignedIn)
  if (caller.value.user.id !== desk.viewer.userId) return desk.close(CLOSE.notSignedIn)
  desk.admission = caller.value.admission
  desk.viewer = caller.value.viewer
  desk.say({ type: 'authenticated', expires_at: caller.value.admission.exp })
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text)
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found)
    // checked on the line above; fields stay unknown
    return isObject ? (found as Record<string, unknown>) : null
  } catch {
    return null
  }
}
