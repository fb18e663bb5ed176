import { readAnswer } from '../backend/envelope.ts'
import { readMe } from '../link/probe.ts'
import { tokenLife } from '../session/jwt.ts'
import { readUser } from '../session/sign-in-answer.ts'
import { caused, type Chart, type Examination, faulted, good, type Outcome, skipped } from './chart.ts'
import { look } from './steps-http.ts'

const MINUTE = 60_000

/** What the token says of its life, and what the server says of the token. */
export const trySignIn: Examination = async (chart) => {
  const { session } = chart.patient
  const token = session === null ? null : await session.token(false)
  if (session === null || token === null) return skipped('not-signed-in', 'no credentials were given')
  if (!token.ok) {
    if (token.error.is === 'signed-out') return skipped('not-signed-in', 'no tokens are held')
    return caused(token.error.cause.code, token.error.cause.proof)
  }
  const first = await ask(chart, token.value)
  if (chart.probe.is !== 'token-bad') return first
  // As the link does: a token that was kept and is refused is replaced once.
  const fresh = await session.token(true)
  if (!fresh.ok)
    return fresh.error.is === 'signed-out' ? first : caused(fresh.error.cause.code, fresh.error.cause.proof)
  return fresh.value === token.value ? first : ask(chart, fresh.value)
}

async function ask(chart: Chart, token: string): Promise<Outcome> {
  chart.token = null
  const sent = await look(chart, '/api/users/me/', token)
  chart.probe = readMe(sent)
  if (!sent.ok) return faulted(sent.error)
  const life = lifeOf(token, chart.ports.clock.now())
  const proof = `${life}; users/me answered ${sent.value.status}`
  switch (chart.probe.is) {
    case 'good': {
      const reply = readAnswer(sent.value)
      const user = reply.ok ? readUser(reply.value.data) : null
      chart.user = user?.ok ? user.value : null
      chart.token = token
      return good('signed-in', `${proof}${chart.user ? `, role ${chart.user.role}` : ''}`)
    }
    case 'token-bad':
      return caused('token-refused', proof)
    case 'forbidden':
      return caused('forbidden', `${proof}; ${chart.probe.detail}`)
    default:
      return caused('unknown', proof)
  }
}

function lifeOf(token: string, now: number): string {
  const { expiresAt } = tokenLife(token)
  if (expiresAt === null) return 'a token that states no end'
  const left = Math.round((expiresAt - now) / MINUTE)
  return left >= 0 ? `token good for ${left} min by this clock` : `token ended ${-left} min ago by this clock`
}
