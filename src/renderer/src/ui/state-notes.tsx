import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './state-notes.module.css'

/** Nothing to show, and that is all right: says what will appear and when. */
export function EmptyState({
  title,
  text,
  action,
}: {
  readonly title?: string
  readonly text: string
  readonly action?: ReactNode
}) {
  return (
    <div className={classes.note}>
      {title && <strong>{title}</strong>}
      <p>{text}</p>
      {action}
    </div>
  )
}

/** Something could not be shown: what, and what to do. The code is for the technician. */
export function ErrorState({
  text,
  code,
  onRetry,
}: {
  readonly text: string
  readonly code?: string
  readonly onRetry?: () => void
}) {
  const { t } = useTranslation()
  return (
    <div className={classes.note} role="alert">
      <IconAlertTriangle size={22} className={classes.alert} aria-hidden />
      <strong>{t('common.error.title')}</strong>
      <p>{text}</p>
      {code && <code className="ltr">{code}</code>}
      {onRetry && (
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  )
}

/** A place held for what is being read; it has the size of what will come. */
export function Skeleton({ width, height = 14 }: { readonly width: number | string; readonly height?: number }) {
  return <span className={classes.skeleton} style={{ inlineSize: width, blockSize: height }} aria-hidden />
}

/** Keeps a fault of one view from taking the rest of the page with it. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, { readonly fault: string | null }> {
  override state: { readonly fault: string | null } = { fault: null }

  static getDerivedStateFromError(cause: unknown) {
    return { fault: cause instanceof Error ? cause.message : String(cause) }
  }

  override render() {
    if (this.state.fault === null) return this.props.children
    return <CrashNote code={this.state.fault} onRetry={() => this.setState({ fault: null })} />
  }
}

function CrashNote({ code, onRetry }: { readonly code: string; readonly onRetry: () => void }) {
  const { t } = useTranslation()
  return <ErrorState text={t('common.error.crashed')} code={code} onRetry={onRetry} />
}
