import { useEffect, useRef, useState } from 'react'
import type { CommandKey, CommitteeCode, ElectorNumber } from '../../../../shared/model/ids.ts'
import type { Result } from '../../../../shared/result.ts'
import type { OutboxItem } from '../../../../shared/view/outbox.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { usePreferences } from '../../store/preferences.ts'
import { play, type Sound } from '../../ui/sound.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Long enough to read, short enough for a queue of people, ms. */
const SAID_MS = 2_000

/** What is said of the last mark. A fault stays until the next number is typed. */
export type Said =
  | { readonly is: 'nothing' }
  | {
      readonly is: 'saved'
      readonly key: CommandKey
      readonly number: string
      readonly name: string | null
      readonly isPending: boolean
    }
  | { readonly is: 'refused'; readonly about: string; readonly reason: string | null }
  | { readonly is: 'conflict'; readonly about: string }
  | { readonly is: 'fault'; readonly text: string }
const NOTHING: Said = { is: 'nothing' }

export type Marks = {
  readonly said: Said
  readonly busy: boolean
  /** Answers whether it is saved at this desk. */
  readonly mark: (elector: ElectorNumber, name: string | null) => Promise<boolean>
  /** Records an arrival as pending. Answers the same. */
  readonly arrive: (elector: ElectorNumber) => Promise<boolean>
  readonly fault: (text: string) => void
  readonly hush: () => void
}

/** Marks at one committee, and says what became of each: in words for two seconds, and with a sound. */
export function useMarks(committee: CommitteeCode): Marks {
  const call = useCall()
  const failure = useFailureWords()
  const [said, say] = useState<Said>(NOTHING)
  const [busy, setBusy] = useState(false)
  const sound = useSound()
  useRefusals(({ about, reason, state }) => {
    say(state === 'conflict' ? { is: 'conflict', about } : { is: 'refused', about, reason })
    sound('bad')
  })
  useEffect(() => {
    if (said.is !== 'saved') return
    const timer = setTimeout(() => say((now) => (now === said ? NOTHING : now)), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const fault = (text: string) => {
    say({ is: 'fault', text })
    sound('bad')
  }
  const saved = (
    result: Result<{ readonly key: CommandKey }, string>,
    what: Pick<Extract<Said, { is: 'saved' }>, 'number' | 'name' | 'isPending'>,
  ): boolean => {
    setBusy(false)
    if (!result.ok) {
      fault(failure(result.error))
      return false
    }
    say({ is: 'saved', key: result.value.key, ...what })
    sound('done')
    return true
  }
  return {
    said,
    busy,
    fault,
    hush: () => say((now) => (now.is === 'saved' ? now : NOTHING)),
    async mark(elector, name) {
      setBusy(true)
      const result = await call('attendance.mark', { elector, committee, notes: '' })
      return saved(result, { number: elector, name, isPending: false })
    },
    async arrive(elector) {
      setBusy(true)
      const result = await call('attendance.pending', { elector, committee, name: '', notes: '' })
      return saved(result, { number: elector, name: null, isPending: true })
    },
  }
}

const isBad = ({ does, state }: OutboxItem) =>
  (does === 'attendance.mark' || does === 'attendance.pending') && (state === 'rejected' || state === 'conflict')

function useSound(): (sound: Sound) => void {
  const on = usePreferences((preferences) => preferences.sound)
  return (sound) => {
    if (on) play(sound)
  }
}

/** Tells of each mark that is refused or stands against another while this page is open. */
function useRefusals(tell: (item: OutboxItem) => void): void {
  const outbox = useValue('outbox')
  const latest = useRef(tell)
  latest.current = tell
  const known = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!outbox) return
    const refused = outbox.recent.filter(isBad)
    const before = known.current
    known.current = new Set(refused.map((item) => item.key))
    const news = before && refused.find((item) => !before.has(item.key))
    if (news) latest.current(news)
  }, [outbox])
}
