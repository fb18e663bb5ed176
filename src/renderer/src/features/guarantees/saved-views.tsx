import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { useOpen } from '../../store/open.ts'
import { filtersIn, go, useRoute } from '../../store/route.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Refused, refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { Submit } from '../../ui/submit.tsx'
import { TypedBefore } from '../../ui/typed-before.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import classes from './saved-views.module.css'

/** Lists by name, as somebody at this desk wants them again: filters, search and order. */
export function SavedViews() {
  const { t } = useTranslation()
  const format = useFormat()
  const views = useValue('views') ?? []
  const { isOpen, open, close } = useOpen('views')
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconBookmark size={16} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => open()}
      >
        {t('pledges.views.open', { n: format.number(views.length) })}
      </Button>
      {isOpen && <ViewsDialog onClose={close} />}
    </>
  )
}

function ViewsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const views = useValue('views') ?? []
  const query = useRoute((route) => route.query)
  const kept = useKept('views')
  const { name = '' } = kept.typed
  const [fault, setFault] = useState<string | null>(null)
  const filters = Object.fromEntries(filtersIn(query).map((name) => [name, query[name] ?? '']))
  const isPlain = Object.keys(filters).length === 0
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (past !== null) return
    if (isPlain) return setFault(t('pledges.views.nothing'))
    if (name.trim() === '') return setFault(t('pledges.views.needName'))
    const saved = await call('view.save', { name: name.trim(), query: filters })
    if (!saved.ok) return setFault(failure(saved.error))
    say(t('pledges.views.saved', { name: `\u2068${name.trim()}\u2069` }))
    kept.drop()
    onClose()
  }
  const past = useReplayRefusal()
  const remove = async (of: string) => {
    const removed = await call('view.remove', { name: of })
    if (!removed.ok) setFault(failure(removed.error))
  }
  return (
    <Dialog title={t('pledges.views.title')} onClose={onClose}>
      {views.length === 0 && <p className="quiet">{t('pledges.views.none')}</p>}
      <ul className={classes.views}>
        {views.map((view, index) => (
          <li key={view.name}>
            <button
              type="button"
              className={classes.view}
              data-autofocus={index === 0 || undefined}
              onClick={() => {
                go('guarantees', view.query)
                onClose()
              }}
            >
              <bdi>{view.name}</bdi>
            </button>
            <Refused why={past}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('pledges.views.remove', { name: `\u2068${view.name}\u2069` })}
                {...(past === null ? { onClick: () => void remove(view.name) } : refusing(past))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Refused>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void save(event)} noValidate>
        <TypedBefore kept={kept} stays />
        <Group align="end" gap="sm">
          <TextInput
            className={classes.name ?? ''}
            label={t('pledges.views.name')}
            description={t('pledges.views.text')}
            value={name}
            maxLength={60}
            error={fault}
            data-autofocus={views.length === 0 || undefined}
            onChange={(event) => kept.type({ name: event.currentTarget.value })}
          />
          <Submit why={past}>{t('common.save')}</Submit>
        </Group>
      </form>
    </Dialog>
  )
}
