import { useFormat } from '../i18n/format.ts'
import { useTranslation } from 'react-i18next'
import classes from './time-brush.module.css'

/** `href`: where the records behind a cell are. */
export type TableColumn<P> = {
  readonly head: string
  readonly cell: (point: P) => string
  readonly href?: (point: P) => string
}

type ChartTableProps<P> = {
  readonly label: string
  readonly points: readonly P[]
  readonly columns: readonly TableColumn<P>[]
  /** As high as it may be within a page of its own. */
  readonly short?: boolean
}

/** What a chart shows, as a table: the very same points, oldest first. */
export function ChartTable<P extends { readonly at: number }>({ label, points, columns, short }: ChartTableProps<P>) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.scroll} data-short={short || undefined} tabIndex={0} role="group" aria-label={label}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('charts.time')}</th>
            {columns.map(({ head }) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.at}>
              <td>
                <bdi dir="ltr">{format.clockSeconds(point.at)}</bdi>
              </td>
              {columns.map(({ head, cell, href }) => (
                <td key={head}>
                  {href ? <a href={href(point)}>{<bdi>{cell(point)}</bdi>}</a> : <bdi>{cell(point)}</bdi>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
