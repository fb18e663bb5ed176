import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Kept } from '../store/drafts.ts'
import acts from './acts.module.css'
import { Submit } from './submit.tsx'
import { TypedBefore } from './typed-before.tsx'

type DialogFormProps = {
  /** What was typed in it; absent where that is not kept. */
  readonly kept?: Kept
  /** Why it could not be done, in words; null: it was not tried, or was done. */
  readonly failed?: string | null
  /** The word on the button that does it. */
  readonly give: string
  readonly busy?: boolean
  /** It takes something away. */
  readonly grave?: boolean
  /** Why it cannot be done now; null: it can. */
  readonly why?: string | null
  readonly onGive: () => void
  readonly onCancel: () => void
  /** Where giving up does something of its own. */
  readonly cancelWords?: string
  /** Another way, before the two buttons. */
  readonly other?: ReactNode
  readonly children: ReactNode
}

/** What a dialog asks: its fields, what went wrong, and at its foot the way back and the way on. */
export function DialogForm({ kept, failed = null, onGive, onCancel, children, ...foot }: DialogFormProps) {
  const { t } = useTranslation()
  const { give, busy = false, grave = false, why = null, cancelWords = t('common.cancel'), other } = foot
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy && why === null) onGive()
      }}
    >
      <Stack gap="sm">
        {kept && <TypedBefore kept={kept} />}
        {children}
        {failed !== null && (
          <p className={acts.fault} role="alert">
            {failed}
          </p>
        )}
        <Group justify="flex-end">
          {other}
          <Button variant="default" onClick={onCancel}>
            {cancelWords}
          </Button>
          <Submit why={why} busy={busy} grave={grave}>
            {give}
          </Submit>
        </Group>
      </Stack>
    </form>
  )
}
