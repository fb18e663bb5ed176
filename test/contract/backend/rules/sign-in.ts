import { deepEqual, equal, match, notEqual, ok as check } from 'node:assert/strict'
import { createReader } from '../../../../src/core/backend/election/reader.ts'
import { dataOf, fieldsOf } from '../client.ts'
import { type Rule, rule } from '../rule.ts'

export const signInRules: readonly Rule[] = [
  rule('W101', 'Who is signed in is told with role and committees.', [], async ({ client, target }) => {
    const me = await createReader(client.rest, { election: null }).me()
    check(me.ok, JSON.stringify(me))
    equal(me.value.email.toLowerCase(), target.email.toLowerCase())
  }),
  rule('W102', 'A wrong password is a 400 with words, not a 401.', [], async ({ client, target }) => {
    const answer = await client.auth('login', { email: target.email, password: `${target.password}-not` })
    equal(answer.status, 400)
    const { status, data, message } = fieldsOf(answer.json)
    deepEqual([status, data], ['error', null])
    equal(typeof message, 'string')
  }),
  rule('W103', 'A call without a token, or with a bad one, is a 401 in JSON.', [], async ({ client }) => {
    for (const token of [null, 'not.a.token', client.tokens.refresh]) {
      const answer = await client.call('GET', '/api/users/me/', { token })
      equal(answer.status, 401)
      equal(fieldsOf(answer.json).status, 'error')
    }
  }),
  rule('W104', 'A refresh rotates both tokens and spends the old one.', [], async ({ client }) => {
    const before = client.tokens
    equal((await client.refresh()).status, 200)
    notEqual(client.tokens.access, before.access)
    notEqual(client.tokens.refresh, before.refresh)
    equal((await client.call('GET', '/api/users/me/')).status, 200)
    const again = await client.auth('refresh', { refresh: before.refresh })
    equal(again.status, 401)
    match(String(fieldsOf(again.json).message), /blacklisted|invalid or expired/)
  }),
  rule('W105', 'A success carries its data, a time and a request id.', [], async ({ client }) => {
    const answer = await client.call('GET', '/api/users/me/')
    const { status, meta } = fieldsOf(answer.json)
    const { timestamp, requestId } = fieldsOf(meta)
    equal(status, 'success')
    match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(\+00:00|Z)$/)
    match(String(requestId), /^[0-9a-f-]{36}$/)
    check(typeof dataOf(answer).id === 'number')
  }),
]
