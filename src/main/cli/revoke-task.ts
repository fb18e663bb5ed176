import { z } from 'zod'
import { administratorIn, AT_HUB, atHub } from './at-hub.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

const SPEC = { ...AT_HUB, account: { type: 'string' }, wipe: { type: 'boolean' } } as const

const Users = z.array(z.object({ id: z.number(), email: z.string() }))
const Done = z.object({ id: z.string(), email: z.string(), by: z.string(), at: z.number(), wipe: z.boolean() })

/** `tallydesk hub revoke`: an administrator takes an account away, and with `--wipe` what its desks keep. */
export async function revokeTask(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, SPEC)
  const who = options.ok ? administratorIn(options.value) : options
  const account = options.ok ? options.value.account : undefined
  if (!options.ok || !who.ok || account === undefined) {
    say(`hub revoke: ${who.ok ? '--account A is needed: the e-mail of the account to take away' : who.error}`)
    return EXIT.usage
  }
  return atHub('revoke', who.value, async (ask) => {
    const found = await ask({ method: 'GET', path: `/api/users/?search=${encodeURIComponent(account)}`, body: null })
    if (!found.ok) return found.error
    const user = Users.parse(found.value.data).find(({ email }) => email.toLowerCase() === account.toLowerCase())
    if (!user) {
      say(`hub revoke: no account ${account} at this hub`)
      return EXIT.failed
    }
    const body = { wipe: options.value.wipe ?? false }
    const done = await ask({ method: 'POST', path: `/api/users/${user.id}/revoke/`, body })
    if (!done.ok) return done.error
    const { id: order, ...said } = Done.parse(done.value.data)
    emit({ t: 'revoked', order, ...said })
    for (const line of wordsOf(said.email, said.wipe)) say(line)
    return EXIT.ok
  })
}

const wordsOf = (email: string, wipe: boolean): readonly string[] => [
  `${email} is signed out everywhere; its desks show nothing of this hub as soon as they hear of it.`,
  wipe
    ? 'They remove what they keep of this hub, unless something typed there was never sent: that stays, and they say so.'
    : 'What they keep stays on their disks; --wipe has them remove it.',
]
