import { parseJson } from '../backend/envelope.ts'
import type { Scrub } from './scrub.ts'

/** Fields that hold a technician's text; others are let through only as numbers, truths and single words. */
const TECHNICAL: ReadonlySet<string> = new Set([
  'cause',
  'detail',
  'error',
  'is',
  'level',
  'name',
  'path',
  'proof',
  'title',
  'url',
  'where',
  'why',
])
/** One word of ours, as codes and states are written. */
const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+){0,5}$/
/** Larger numbers may be somebody's telephone; sizes and times of ours are smaller, moments are much larger. */
const TELEPHONE = { least: 1_000_000, most: 1_000_000_000_000 }
/** Code words of ours only in these: a single given name in lower case would pass for one elsewhere. */
const CODED: ReadonlySet<string> = new Set(['from', 'to', 'fault', 'method', 'kind', 'state', 'cause', 'is', 'level'])

/** A log as it may leave the desk: line by line, and of each line only what is known to be harmless. */
export function scrubLog(text: string, scrub: Scrub): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => scrubLine(line, scrub))
    .join('\n')
}

function scrubLine(line: string, scrub: Scrub): string {
  const parsed = parseJson(line)
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null)
    return '{"event":"[a line that is not ours]"}'
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(parsed.value)) {
    if (!/^[a-zA-Z_]{1,40}$/.test(name)) continue
    kept[name] = fieldOf(name, value, scrub)
  }
  return JSON.stringify(kept)
}

function fieldOf(name: string, value: unknown, scrub: Scrub): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    const size = Math.abs(value)
    return size >= TELEPHONE.least && size < TELEPHONE.most ? '[number]' : value
  }
  if (typeof value !== 'string') return '[left out]'
  if (name === 'at' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return value
  if (name === 'event' && /^[\w .:-]{1,60}$/.test(value)) return scrub(value)
  if (CODED.has(name) && CODE.test(value)) return value
  return TECHNICAL.has(name) ? scrub(value) : `[left out: ${value.length} characters]`
}
