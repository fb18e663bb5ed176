import { Checkbox, Group, Stack, Textarea } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeId } from '../../../../shared/model/ids.ts'
import { useCall } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { say } from '../../ui/say.ts'
import { Submit } from '../../ui/submit.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'

/** The longest note the contract takes, characters. */
const LONGEST = 2_000

/** Adds a note, link or no link. What was typed is cleared only once it is on this desk's disk. */
export function NoteForm({ id }: { readonly id: GuaranteeId }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const { typed, type, drop } = useKept(`note ${id}`)
  const { text = '' } = typed
  const important = typed.important === 'yes'
  const isEmpty = text.trim() === ''
  const not = useReplayRefusal() ?? (isEmpty ? t('lists.notes.needText') : null)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (not !== null) return
    const saved = await call('guarantee.note', { id, text: text.trim(), important })
    say(saved.ok ? t('lists.guarantees.saved') : failure(saved.error), saved.ok ? 'done' : 'failed')
    // What was typed on meanwhile is another note.
    if (saved.ok) drop(typed)
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack gap="xs" mb="md">
        <Textarea
          label={t('lists.notes.add')}
          value={text}
          maxLength={LONGEST}
          rows={3}
          dir="auto"
          onChange={(event) => type({ text: event.currentTarget.value })}
        />
        <Group justify="space-between">
          <Checkbox
            label={t('lists.notes.important')}
            checked={important}
            onChange={(event) => type({ important: event.currentTarget.checked ? 'yes' : '' })}
          />
          <Submit why={not}>{t('common.save')}</Submit>
        </Group>
      </Stack>
    </form>
  )
}
