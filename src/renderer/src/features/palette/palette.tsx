import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog.tsx'
import { Keys } from '../../ui/kbd.tsx'
import classes from './palette.module.css'
import { type PaletteItem, searchItems } from './search-items.ts'
import { type PaletteActions, usePaletteItems } from './use-palette-items.ts'

type PaletteProps = { readonly actions: PaletteActions; readonly onClose: () => void }

/** Go anywhere, do anything: type, arrow, Enter. */
export function Palette({ actions, onClose }: PaletteProps) {
  const { t } = useTranslation()
  const items = usePaletteItems(actions)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useMemo(() => searchItems(items, text), [items, text])
  const chosen = Math.min(at, Math.max(0, found.length - 1))
  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    item.run()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((chosen + step + found.length) % Math.max(1, found.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(found[chosen])
    }
  }
  return (
    <Dialog bare title={t('session.paletteTitle')} size="lg" onClose={onClose}>
      <TextInput
        data-autofocus
        ref={focusNow}
        variant="unstyled"
        size="md"
        className={classes.field}
        leftSection={<IconSearch size={18} aria-hidden />}
        placeholder={t('session.palettePlaceholder')}
        aria-label={t('session.paletteTitle')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] ? `palette-${found[chosen].id}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <PaletteList items={found} chosen={chosen} onPoint={setAt} onRun={run} />
    </Dialog>
  )
}

/** The dialog's own focus comes a moment later, and the first letters of a quick hand would be lost. */
const focusNow = (field: HTMLInputElement | null) => field?.focus()

type ListProps = {
  readonly items: readonly PaletteItem[]
  readonly chosen: number
  readonly onPoint: (index: number) => void
  readonly onRun: (item: PaletteItem) => void
}

function PaletteList({ items, chosen, onPoint, onRun }: ListProps) {
  const { t } = useTranslation()
  if (items.length === 0) return <p className={classes.none}>{t('session.paletteEmpty')}</p>
  return (
    <div className={classes.list} id="palette-list" role="listbox" aria-label={t('session.paletteTitle')}>
      {items.map((item, index) => (
        // The field keeps the focus and names the chosen option; the pointer is a second way.
        <div
          key={item.id}
          id={`palette-${item.id}`}
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          className={classes.item}
          ref={index === chosen ? intoView : undefined}
          onPointerMove={() => onPoint(index)}
          onClick={() => onRun(item)}
          onKeyDown={() => undefined}
        >
          <bdi>{item.title}</bdi>
          {item.keys && <Keys keys={item.keys} />}
        </div>
      ))}
    </div>
  )
}

function intoView(element: HTMLElement | null) {
  element?.scrollIntoView?.({ block: 'nearest' })
}
