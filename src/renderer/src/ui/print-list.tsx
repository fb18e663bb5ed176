import { Button, Group, Stack, Tooltip } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../shared/model/change.ts'
import { useFormat } from '../i18n/format.ts'
import { useOpen } from '../store/open.ts'
import type { ListName, ListQuery, ListRow } from '../store/pages.ts'
import { useWholeList } from '../store/whole-list.ts'
import { Dialog } from './dialog.tsx'
import { PaperList } from './paper-list.tsx'
import classes from './paper.module.css'
import { ErrorState } from './state-notes.tsx'
import type { Column } from './virtual-table.tsx'

/** More than this is a stack nobody carries; a file takes them all. */
export const MOST_ROWS = 5_000
/** Rows of two lines on a sheet of A4, as the styles have them: most names and places take two. */
const ROWS_A_SHEET = 26

/** Of whose trust the rows are. */
const TOPIC: Readonly<Record<ListName, Topic>> = {
  attendance: 'attendance',
  guarantees: 'guarantees',
  counts: 'counts',
  calls: 'guarantees',
}

export type PrintedList<S extends ListName> = {
  readonly name: S
  readonly query: ListQuery<S>
  readonly columns: readonly Column<ListRow<S>>[]
  readonly keyOf: (row: ListRow<S>) => string
  readonly label: string
  readonly blank?: string | null
}

/** In the head of a list: all of it on paper, not only the rows in sight. */
export function PrintList<S extends ListName>(list: PrintedList<S>) {
  const { t } = useTranslation()
  const { of, open, close } = useOpen('print')
  return (
    <>
      <Tooltip label={t('paper.open')}>
        <button type="button" className={classes.button} aria-label={t('paper.open')} onClick={() => open(list.name)}>
          <IconPrinter size={16} aria-hidden />
        </button>
      </Tooltip>
      {of === list.name && <PrintDialog {...list} onClose={close} />}
    </>
  )
}

type PrintDialogProps<S extends ListName> = PrintedList<S> & { readonly onClose: () => void }

/** Reads the whole list as it is filtered, and says how much paper it takes before it takes any. */
export function PrintDialog<S extends ListName>(props: PrintDialogProps<S>) {
  const { t } = useTranslation()
  const { name, query, columns, keyOf, label, blank = null, onClose } = props
  const whole = useWholeList(name, query, keyOf, MOST_ROWS)
  const [printing, setPrinting] = useState(false)
  return (
    <Dialog title={t('paper.title', { list: label })} onClose={onClose}>
      <Stack gap="sm">
        {whole.is === 'refused' && <ErrorState text={t('common.error.refused')} code={whole.error} />}
        {whole.is === 'reading' && <Reading read={whole.read} total={whole.total} />}
        {whole.is === 'ready' && <Sizes rows={whole.rows.length} total={whole.total} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          {whole.is === 'ready' && whole.rows.length > 0 && (
            <Button data-autofocus onClick={() => setPrinting(true)}>
              {t('paper.give')}
            </Button>
          )}
        </Group>
      </Stack>
      {printing && whole.is === 'ready' && (
        <PaperList
          title={label}
          topic={TOPIC[name]}
          rows={whole.rows}
          total={whole.total}
          columns={columns.filter((column) => column.paper !== null)}
          keyOf={keyOf}
          blank={blank}
          onDone={onClose}
        />
      )}
    </Dialog>
  )
}

function Reading({ read, total }: { readonly read: number; readonly total: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <p role="status">
      {total === null
        ? t('common.loading')
        : t('paper.reading', { n: format.number(read), total: format.number(Math.min(total, MOST_ROWS)) })}
    </p>
  )
}

function Sizes({ rows, total }: { readonly rows: number; readonly total: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (rows === 0) return <p role="status">{t('paper.none')}</p>
  const sheets = Math.ceil(rows / ROWS_A_SHEET)
  return (
    <>
      <p role="status" className={classes.facts}>
        {t('paper.sizes', { n: format.number(rows), sheets: format.number(sheets) })}
      </p>
      {total > rows && <p>{t('paper.most', { n: format.number(rows), left: format.number(total - rows) })}</p>}
      <p className="quiet small">{t('paper.text')}</p>
    </>
  )
}
