import { z } from 'zod'
import { LinkView } from './model/link.ts'
import { ServerProfile, SessionView } from './view/session.ts'

/** Which server this desk is at, who is signed in there, and the link to it. */
export const CONNECTION_COMMANDS = {
  /** Signs in to the chosen server. The password is used once and never kept. */
  'session.sign-in': {
    input: z.object({ email: z.string().min(1).max(254), password: z.string().min(1).max(500) }),
    output: z.null(),
    errors: ['wrong-credentials', 'too-many-tries', 'no-answer', 'not-a-tally-server', 'no-server'],
  },
  /** Forgets the tokens: keychain, memory, disk. Typed actions stay in the outbox. */
  'session.sign-out': { input: z.null(), output: z.null(), errors: [] },
  /** Adds or changes a server and switches to it. */
  'server.connect': {
    input: ServerProfile.pick({
      name: true,
      url: true,
      origin: true,
      authority: true,
      mode: true,
      plainAccepted: true,
    }),
    output: z.object({ id: z.string() }),
    errors: ['bad-url', 'plain-not-accepted', 'not-saved'],
  },
  /** Switches to a server this desk knows. */
  'server.choose': { input: z.object({ id: z.string() }), output: z.null(), errors: ['unknown-server', 'not-saved'] },
  /** Forgets a server: its profile and its tokens. Its journals stay on the disk. */
  'server.forget': { input: z.object({ id: z.string() }), output: z.null(), errors: ['unknown-server', 'not-saved'] },
  /** Starts the built-in hub with a rehearsal election and signs in to it. */
  'server.rehearse': { input: z.null(), output: z.null(), errors: ['not-here', 'failed'] },
  /** Ends the wait for the next try. */
  'link.try-now': { input: z.null(), output: z.null(), errors: [] },
  /** Reads every topic again from the server. */
  'link.reread': { input: z.null(), output: z.null(), errors: ['not-live'] },
} as const

export const CONNECTION_STREAMS = {
  session: { input: z.null(), snapshot: SessionView, patch: SessionView },
  link: { input: z.null(), snapshot: LinkView, patch: LinkView },
} as const
