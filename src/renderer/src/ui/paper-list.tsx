import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../shared/model/change.ts'
import { useFormat } from '../i18n/format.ts'
import { useTrust } from '../store/trust.ts'
import { useDoubtWords } from './doubt-mark.tsx'
import { PaperHead } from './paper-head.tsx'
import classes from './paper.module.css'
import type { Column } from './virtual-table.tsx'

type PaperListProps<Row> = {
  readonly title: string
  readonly topic: Topic
  readonly rows: readonly Row[]
  readonly total: number
  readonly columns: readonly Column<Row>[]
  readonly keyOf: (row: Row) => string
  /** The head of a column left empty for a pen; null: none. */
  readonly blank: string | null
  /** The printer has it, or nobody wants it. */
  readonly onDone: () => void
}

/** A list from its first row to its last, drawn for the printer alone. It goes when that has it. */
export function PaperList<Row>({ title, topic, rows, total, columns, keyOf, blank, onDone }: PaperListProps<Row>) {
  const { t } = useTranslation()
  const format = useFormat()
  const doubt = useDoubtWords(useTrust(topic))
  useEffect(() => {
    document.documentElement.dataset.print = 'list'
    window.addEventListener('afterprint', onDone, { once: true })
    const frame = requestAnimationFrame(() => window.print())
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('afterprint', onDone)
      delete document.documentElement.dataset.print
    }
  }, [onDone])
  return createPortal(
    <section className={classes.paper} data-paper aria-hidden>
      <div className={classes.head}>
        <PaperHead title={title} />
        <p>{t('paper.rows', { n: format.number(rows.length), total: format.number(total) })}</p>
        {doubt && (
          <p>
            {doubt.why} {doubt.last}
          </p>
        )}
      </div>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} data-end={column.end || undefined}>
                {column.head}
              </th>
            ))}
            {blank !== null && <th className={classes.blank}>{blank}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.key} data-end={column.end || undefined}>
                  {(column.paper || column.cell)(row)}
                </td>
              ))}
              {blank !== null && <td />}
            </tr>
          ))}
        </tbody>
      </table>
    </section>,
    document.body,
  )
}
