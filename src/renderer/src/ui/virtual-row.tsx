import { memo } from 'react'
import { Skeleton } from './state-notes.tsx'
import type { Column } from './virtual-table.tsx'
import classes from './virtual-table.module.css'

type RowProps<R> = {
  readonly index: number
  /** From the list's top, px. */
  readonly start: number
  readonly rowPx: number
  readonly template: string
  readonly columns: readonly Column<R>[]
  readonly row: R | undefined
  readonly onOpen: (row: R) => void
}

/** One row; while it is being read, a placeholder of its size. Where it stands changes often, what it says seldom. */
export function VirtualRow<R>({ index, start, rowPx, template, columns, row, onOpen }: RowProps<R>) {
  return (
    <div
      className={classes.row}
      role="row"
      aria-rowindex={index + 2}
      onClick={(event) => {
        if (row !== undefined && event.target instanceof Element && !event.target.closest('button, a, input'))
          onOpen(row)
      }}
      style={{ gridTemplateColumns: template, blockSize: rowPx, transform: `translateY(${start}px)` }}
    >
      <Cells columns={columns} row={row} />
    </div>
  )
}

type CellsProps<R> = { readonly columns: readonly Column<R>[]; readonly row: R | undefined }

// The compiler cannot carry a component's own type parameter through memo.
const Cells = memo(function Cells({ columns, row }: CellsProps<unknown>) {
  return columns.map((column) => (
    <div key={column.key} role="cell" className={classes.cell} data-end={column.end || undefined}>
      {row === undefined ? <Skeleton width="70%" /> : column.cell(row)}
    </div>
  ))
}) as <R>(props: CellsProps<R>) => React.JSX.Element // the same function, for rows of one kind
