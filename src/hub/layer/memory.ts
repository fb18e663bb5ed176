import type { CommittedFrame } from '../store/store.ts'
import type { Layer } from './layer.ts'

/** The layer of a hub that is one process: a call, not a message. Nothing can be lost between commit and hearing. */
export function memoryLayer(): Layer {
  const listeners = new Set<(frames: readonly CommittedFrame[]) => void>()
  return {
    kind: 'memory',
    publish: (frames) => {
      for (const hear of listeners) hear(frames)
    },
    subscribe: (hear) => {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
  }
}
