import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { type ListName, type ListQuery, type ListRow, useList } from '../store/pages.ts'
import { usePreferences } from '../store/preferences.ts'
import { PrintList } from './print-list.tsx'
import { RowPlaces } from './row-places.ts'
import { ErrorState, Skeleton } from './state-notes.tsx'
import { useSize } from './use-size.ts'
import { useStill } from './use-still.ts'
import { VirtualRow } from './virtual-row.tsx'
import classes from './virtual-table.module.css'

export type Column<Row> = {
  readonly key: string
  readonly head: string
  /** The head is for those who listen: there is no room to draw it. */
  readonly bare?: boolean
  /** A CSS grid track: `120px`, `minmax(0, 2fr)`. */
  readonly track: string
  readonly end?: boolean
  /** Left out where the table is narrow. */
  readonly wide?: boolean
  readonly cell: (row: Row) => ReactNode
  /** As it is on paper, where that differs; null: not on paper. */
  readonly paper?: ((row: Row) => ReactNode) | null
}

type VirtualTableProps<S extends ListName> = {
  readonly name: S
  readonly query: ListQuery<S>
  readonly columns: readonly Column<ListRow<S>>[]
  readonly keyOf: (row: ListRow<S>) => string
  readonly label: string
  readonly empty: ReactNode
  /** On paper the head of a column left empty for a pen. */
  readonly blank?: string
  /** Nothing in a row's cells is of that row alone: one that comes may be drawn where another went. */
  readonly inPlace?: boolean
  /** A row was clicked, beside its controls. The keyboard needs a control of its own in the row. */
  readonly onOpen?: (row: ListRow<S>) => void
}

const ROW_PX = { comfortable: 40, compact: 32 } as const
/** Below this the columns marked `wide` make room for the others, px. */
const WIDE_PX = 960
/** Rows drawn beyond the edge, so that a quick scroll finds them there. */
const BEYOND = 10

/** A list of any length. It holds still under the pointer: what is new above waits behind "12 new ↑". */
export function VirtualTable<S extends ListName>({
  name,
  query,
  columns: all,
  keyOf,
  label,
  empty,
  blank,
  inPlace = false,
  onOpen,
}: VirtualTableProps<S>) {
  const { t } = useTranslation()
  const format = useFormat()
  const [box, { width }] = useSize<HTMLDivElement>()
  const wide = width === 0 || width >= WIDE_PX
  const columns = useMemo(() => all.filter((column) => !column.wide || wide), [all, wide])
  const open = useNewest(onOpen)
  const scroller = useRef<HTMLDivElement>(null)
  const [places] = useState(() => new RowPlaces())
  const rowPx = ROW_PX[usePreferences((preferences) => preferences.density)]
  const [range, setRange] = useState({ first: 0, last: 0 })
  const list = useList(name, query, range.first, range.last)
  const total = list.is === 'ready' ? list.total : 0
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: BEYOND,
    onChange: (instance) => {
      const first = instance.range?.startIndex ?? 0
      const last = (instance.range?.endIndex ?? 0) + BEYOND
      setRange((before) => (before.first === first && before.last === last ? before : { first, last }))
    },
  })
  const keyAt = (index: number) => {
    const row = list.is === 'ready' ? list.rowAt(index) : undefined
    return row === undefined ? null : keyOf(row)
  }
  const still = useStill({ scroller, rowPx, total, keyAt, subject: `${name} ${JSON.stringify(query)}` })
  if (list.is === 'refused') return <ErrorState text={t('common.error.refused')} code={list.error} />
  if (list.is === 'ready' && total === 0) return <div className={classes.empty}>{empty}</div>
  const template = columns.map((column) => column.track).join(' ')
  const items = list.is === 'ready' ? virtual.getVirtualItems() : []
  const keys = items.map(({ index }) => index).map(onceEach(keyAt))
  const drawn: readonly (string | number)[] = inPlace ? places.of(keys) : keys
  return (
    <div className={classes.table} ref={box}>
      {still.above > 0 && (
        <div className={classes.above}>
          <Button size="compact-xs" variant="filled" onClick={still.toTop}>
            {t('board.feedNew', { count: still.above, n: format.number(still.above) })}
          </Button>
        </div>
      )}
      {list.is === 'ready' && <PrintList {...{ name, query, keyOf, label }} columns={all} blank={blank ?? null} />}
      <p className={classes.inSight} aria-hidden>
        {t('paper.inSight', { total: format.number(total) })}
      </p>
      <div
        className={classes.inner}
        role="table"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-busy={list.is === 'loading'}
      >
        <div className={classes.head} role="row" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" data-end={column.end || undefined}>
              {column.bare ? <span className="visually-hidden">{column.head}</span> : column.head}
            </div>
          ))}
        </div>
        <div
          className={classes.scroller}
          ref={scroller}
          role="rowgroup"
          tabIndex={0}
          aria-label={label}
          {...still.handlers}
        >
          {list.is === 'loading' && <LoadingRows template={template} columns={columns.length} rowPx={rowPx} />}
          <div className={classes.sheet} role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
            {items.map((item, at) => (
              <VirtualRow
                key={drawn[at]}
                index={item.index}
                start={item.start}
                rowPx={rowPx}
                template={template}
                columns={columns}
                row={list.is === 'ready' ? list.rowAt(item.index) : undefined}
                onOpen={open}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

/** The same function for as long as the table stands; it calls the newest one given. */
function useNewest<Row>(call: ((row: Row) => void) | undefined): (row: Row) => void {
  const newest = useRef(call)
  useLayoutEffect(() => {
    newest.current = call
  })
  return useCallback((row) => newest.current?.(row), [])
}

/** A row's own key, so that it stays itself where rows come in above it; two pages of different moments may both hold it. */
function onceEach(keyAt: (index: number) => string | null): (index: number) => string {
  const given = new Set<string>()
  return (index) => {
    const key = keyAt(index)
    if (key === null || given.has(key)) return `at ${index}`
    given.add(key)
    return key
  }
}

type LoadingProps = { readonly template: string; readonly columns: number; readonly rowPx: number }

function LoadingRows({ template, columns, rowPx }: LoadingProps) {
  return Array.from({ length: 12 }, (_, row) => (
    <div key={row} className={classes.still} role="row" style={{ gridTemplateColumns: template, blockSize: rowPx }}>
      {Array.from({ length: columns }, (_, column) => (
        <div key={column} role="cell" className={classes.cell}>
          <Skeleton width="70%" />
        </div>
      ))}
    </div>
  ))
}
