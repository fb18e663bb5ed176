import { equal, notEqual, ok as check } from 'node:assert/strict'
import { openLine } from '../line.ts'
import { type Context, type Rule, rule } from '../rule.ts'

/** Refused by a status before the socket opened, or closed with 4001 or 4003 after it: both are a no. */
async function isKeptOut({ target }: Context, options: Parameters<typeof openLine>[1]): Promise<void> {
  const opening = await openLine(target, options)
  if (opening.is === 'open') {
    opening.line.close()
    throw new Error('let in')
  }
  if (opening.is === 'refused') check([401, 403].includes(opening.status), `status ${opening.status}`)
  else check([4001, 4003].includes(opening.code), `close ${opening.code}`)
}

export const socketRules: readonly Rule[] = [
  rule('W130', 'A token in the header opens the socket, and the hello comes first.', ['socket'], async ({ line }) => {
    const [first] = (await line()).heard
    equal(first?.is, 'hello')
  }),
  rule('W131', 'A token in the query opens it too.', ['socket'], async ({ target, client }) => {
    const opening = await openLine(target, { query: `?token=${client.tokens.access}` })
    check(opening.is === 'open', JSON.stringify(opening))
    opening.line.close()
  }),
  rule(
    'W132',
    'Without a good token nobody is let in: none, a wrong one, a refresh token.',
    ['socket'],
    async (context) => {
      await isKeptOut(context, {})
      await isKeptOut(context, { bearer: 'not.a.token' })
      await isKeptOut(context, { bearer: context.client.tokens.refresh })
      await isKeptOut(context, { query: '?token=' })
    },
  ),
  rule('W133', 'The path needs its final slash.', ['socket'], async ({ target, client }) => {
    const opening = await openLine(target, { bearer: client.tokens.access, path: '/ws/election-updates' })
    check(opening.is === 'refused' && opening.status >= 400, JSON.stringify(opening))
  }),
  rule('W134', 'A foreign Origin is kept out before the socket opens.', ['socket', 'origin check'], async (context) => {
    const { target, client } = context
    const opening = await openLine(target, { bearer: client.tokens.access, origin: 'http://foreign.invalid' })
    check(opening.is === 'refused' && opening.status === 403, JSON.stringify(opening))
  }),
  rule('W135', 'A ping is answered with the number it carried.', ['socket'], async ({ line }) => {
    const open = await line()
    for (const sentAt of [1, 1_772_865_672_104, 12.5]) {
      open.send(JSON.stringify({ type: 'ping', timestamp: sentAt }))
      await open.frame('the pong', (heard) => heard.is === 'pong' && heard.echo === sentAt)
    }
  }),
  rule('W136', 'A subscription is answered.', ['socket'], async ({ line }) => {
    const open = await line()
    open.send(JSON.stringify({ type: 'subscribe', channels: ['guarantees'] }))
    await open.frame('subscribed', (heard) => heard.is === 'noted' && heard.type === 'subscribed')
  }),
  rule(
    'W137',
    'Text that is not JSON, an empty object and unknown types leave the socket open.',
    ['socket'],
    async ({ line }) => {
      const open = await line()
      for (const text of ['', 'hello', '{"type":"pi', '{}', '{"type":"weather"}', '{"type":null}']) open.send(text)
      open.send(JSON.stringify({ type: 'ping', timestamp: 77 }))
      await open.frame('the pong', (heard) => heard.is === 'pong' && heard.echo === 77)
      check(open.open)
    },
  ),
  rule('W138', 'A binary frame ends the socket, and not with 1000.', ['socket'], async ({ line }) => {
    const open = await line()
    open.send(Buffer.from([1, 2, 3]))
    notEqual(await open.closed(), 1000)
  }),
]
