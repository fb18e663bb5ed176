import type { Sql } from './sql.ts'
import type { Answers, Tokens } from '../tables.ts'

/** Tokens and sessions that must not be honoured again, until they would have expired anyway. */
export function tokensIn(sql: Sql): Tokens {
  return {
    revoke: (token, expiresAt) =>
      sql.run('INSERT INTO revoked (token, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING', token, expiresAt)
        .changes === 1,
    isRevoked: (token) => sql.one('SELECT 1 AS there FROM revoked WHERE token = ?', token) !== undefined,
  }
}

/** Answers by idempotency key: what was said to a request once is said again, and nothing is done twice. */
export function answersIn(sql: Sql): Answers {
  return {
    find: (user, key) =>
      sql.one('SELECT request, status, answer FROM answers WHERE user = ? AND key = ?', user, key) ?? null,
    keep: (user, key, answer, at) =>
      void sql.run(
        'INSERT INTO answers (user, key, request, status, answer, at) VALUES (?, ?, ?, ?, ?, ?)',
        ...[user, key, answer.request, answer.status, answer.answer, at],
      ),
  }
}
