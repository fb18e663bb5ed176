/** Two notes people tell apart without looking: one high and short, one low and twice. Hz and s. */
const NOTES = {
  done: [{ at: 0, pitch: 880, length: 0.09 }],
  bad: [
    { at: 0, pitch: 220, length: 0.14 },
    { at: 0.2, pitch: 196, length: 0.2 },
  ],
  /** Three rising, as nothing else here: somebody is needed. */
  alarm: [
    { at: 0, pitch: 660, length: 0.16 },
    { at: 0.18, pitch: 830, length: 0.16 },
    { at: 0.36, pitch: 990, length: 0.3 },
  ],
  warning: [{ at: 0, pitch: 587, length: 0.22 }],
} as const
export type Sound = keyof typeof NOTES

/** Quiet enough for a room where people vote. */
const LOUDNESS = 0.12

let context: AudioContext | null = null

/** Plays at once; a page without sound, or one nobody has touched yet, stays silent. */
export function play(sound: Sound): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const { currentTime, destination } = context
  void context.resume().catch(() => undefined)
  for (const { at, pitch, length } of NOTES[sound]) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(LOUDNESS, currentTime + at)
    volume.gain.exponentialRampToValueAtTime(0.001, currentTime + at + length)
    tone.connect(volume).connect(destination)
    tone.start(currentTime + at)
    tone.stop(currentTime + at + length)
  }
}
