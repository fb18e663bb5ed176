import { registerHooks } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { Plant } from './plants.ts'
import type { RangeReport } from './range.ts'

/** A part of the work for one thread. `most`: so many broken histories are enough. */
export type Share = {
  readonly from: number
  readonly count: number
  readonly stride: number
  readonly most: number
  readonly plant: Plant | null
}
export type Worked = { readonly report: RangeReport } | { readonly fault: string }

/** Puts a plant's text in place of the shipped one as the files are loaded. A text that is not there any more is a fault, not a pass. */
function sow({ name, edits }: Plant): () => readonly string[] {
  const missing = new Set(edits.map(({ file }) => file))
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      const here = edits.filter(({ file }) => url.endsWith(`/${file}`))
      if (here.length === 0) return loaded
      let source = String(loaded.source)
      for (const { file, from, to } of here) {
        if (source.split(from).length !== 2) throw new Error(`plant ${name}: not once in ${file}: ${from}`)
        source = source.replace(from, () => to)
        missing.delete(file)
      }
      return { ...loaded, source }
    },
  })
  return () => [...missing]
}

async function work({ from, count, stride, most, plant }: Share): Promise<Worked> {
  try {
    const unsown = plant ? sow(plant) : () => []
    // Loaded only now, so that what is planted is in place.
    const { runRange } = await import('./range.ts')
    const [left] = unsown()
    if (left !== undefined) return { fault: `plant ${plant?.name}: ${left} was never loaded` }
    return { report: await runRange(from, count, stride, most) }
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : String(fault) }
  }
}

parentPort?.postMessage(await work(workerData as Share)) // given by whoever started this thread
