import { z } from 'zod'
import type { RestCall } from '../../core/backend/backend.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { administratorIn, AT_HUB, atHub } from './at-hub.ts'
import { readOptions, type Values, wholeNumber } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'

const SPEC = { ...AT_HUB, name: { type: 'string' }, id: { type: 'string' } } as const
const DEFAULT_NAME = 'Wall'

const Made = z.object({ code: z.string(), name: z.string(), expiresIn: z.number() })
const Walls = z.array(z.object({ id: z.number(), name: z.string(), isActive: z.boolean() }))

const TASKS = ['pair-wall', 'walls', 'unpair-wall'] as const
type Task = (typeof TASKS)[number]
export const isWallTask = (word: string): word is Task => TASKS.some((task) => task === word)

type Call = Pick<RestCall, 'method' | 'path' | 'body'>

/** `tallydesk hub pair-wall | walls | unpair-wall`: what an administrator does about walls, at a running hub. */
export async function wallTask(task: Task, args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, SPEC)
  const who = options.ok ? administratorIn(options.value) : options
  const call = options.ok ? callOf(task, options.value) : options
  if (!who.ok || !call.ok) {
    say(`hub ${task}: ${who.ok ? (call.ok ? '' : call.error) : who.error}`)
    return EXIT.usage
  }
  return atHub(task, who.value, async (ask) => {
    const answer = await ask(call.value)
    if (!answer.ok) return answer.error
    tell(task, answer.value.data)
    return EXIT.ok
  })
}

function tell(task: Task, data: unknown): void {
  if (task === 'pair-wall') {
    const made = Made.parse(data)
    emit({ t: 'pairing', code: made.code, name: made.name, expiresIn: made.expiresIn })
    say(`Type ${made.code} at the wall within ${Math.round(made.expiresIn / 60)} minutes. It works once.`)
  } else if (task === 'walls') {
    for (const { id, name, isActive } of Walls.parse(data)) emit({ t: 'wall', id, name, sees: isActive })
  } else say('This wall sees nothing from now on.')
}

function callOf(task: Task, { id, name }: Pick<Values<typeof SPEC>, 'id' | 'name'>): Result<Call, string> {
  if (task === 'walls') return ok({ method: 'GET', path: '/api/walls/', body: null })
  if (task === 'pair-wall')
    return ok({ method: 'POST', path: '/api/walls/codes/', body: { name: name ?? DEFAULT_NAME } })
  const number = wholeNumber('id', id, { least: 1, most: Number.MAX_SAFE_INTEGER, fallback: 0 })
  if (!number.ok) return number
  return number.value === 0
    ? err('--id N is needed: the number `hub walls` tells')
    : ok({ method: 'DELETE', path: `/api/walls/${number.value}/`, body: null })
}
