import { Modal, type ModalProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type DialogProps = {
  readonly title: string
  readonly size?: ModalProps['size']
  /** The title is for those who listen only. */
  readonly bare?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Whoever opens the palette types at once: it must have the focus before the next key. */
const NOW = { duration: 0 } as const // a literal

/** A question over the page. Esc closes it and the focus returns to where it was. */
export function Dialog({ title, size = 'md', bare = false, onClose, children }: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      withCloseButton={!bare}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Mantine draws the head of a dialog as <header>; the page has one already.
      attributes={{ header: { role: 'presentation' } }}
      {...(bare
        ? {
            padding: 0,
            centered: false,
            transitionProps: NOW,
            yOffset: '12vh',
            classNames: { header: 'visually-hidden' },
          }
        : {})}
    >
      {children}
    </Modal>
  )
}
