import { loadavg } from 'node:os'
import type { Seen } from './in-page.ts'
import type { Task } from './tasks.ts'

export type Measured = Seen & { readonly name: string; readonly keys: readonly number[] }

/** A frame that comes this much late was dropped: one and a half of a sixtieth of a second, ms. */
const DROPPED_MS = 25
/** A task of the page that takes longer leaves a frame no time to be drawn, ms of processor time. */
const HEAVY_MS = 12
/** So many of the heavy tasks are told. */
const TOLD = 5
export const GATE = { p95: 16.7, most: 50 }

export const say = (line: string) => console.log(line)
const at = (values: readonly number[], share: number) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
const ms = (value: number) => value.toFixed(1)

function line({ name, drawn, keys }: Measured, floor: Measured | undefined): string {
  const { frames, longTasks, taskMs, scriptMs, layoutMs } = drawn
  const p95 = at(frames, 0.95)
  const dropped = frames.filter((each) => each > DROPPED_MS).length
  const beside =
    floor && floor.name !== name ? ` (${(p95 / at(floor.drawn.frames, 0.95)).toFixed(2)} of the empty page)` : ''
  const typed =
    keys.length > 0 ? `; key to frame p50 ${ms(at(keys, 0.5))}, p95 ${ms(at(keys, 0.95))}, most ${ms(at(keys, 1))}` : ''
  return (
    `${name}: p50 ${ms(at(frames, 0.5))}, p95 ${ms(p95)}${beside}, p99 ${ms(at(frames, 0.99))}, most ${ms(at(frames, 1))} ms; ` +
    `${frames.length} frames, ${dropped} late; long tasks ${longTasks.length}${longTasks.length > 0 ? ` (most ${ms(Math.max(...longTasks))} ms)` : ''}; ` +
    `per second ${ms(taskMs)} ms of work, script ${ms(scriptMs)}, layout and style ${ms(layoutMs)}${typed}`
  )
}

/** One line, beside the empty page. */
export function tell(measured: readonly Measured[], each: Measured): void {
  say(
    line(
      each,
      measured.find(({ name }) => name === 'an empty page'),
    ),
  )
  tellTasks(each.tasks)
}

/** The longest tasks by processor time: what the page itself costs, whoever else the machine works for. */
function tellTasks(tasks: readonly Task[]): void {
  const heavy = tasks.filter(({ cpuMs }) => cpuMs > HEAVY_MS)
  say(`  tasks by processor time: most ${ms(tasks[0]?.cpuMs ?? 0)} ms, ${heavy.length} over ${HEAVY_MS} ms`)
  for (const { cpuMs, wallMs, atMs, parts } of heavy.slice(0, TOLD))
    say(`    ${ms(cpuMs)} ms (in ${ms(wallMs)}) at ${(atMs / 1_000).toFixed(1)} s: ${parts.slice(0, 6).join(', ')}`)
}

export function end(): void {
  const load = loadavg().map((each) => each.toFixed(1))
  say(`load now ${load.join(' ')}; gate: p95 ${GATE.p95} ms, none over ${GATE.most} ms`)
}
