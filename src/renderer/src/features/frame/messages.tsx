import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { readMessages, useMessages } from '../../store/messages.ts'
import { useOpen } from '../../store/open.ts'
import { openYours } from '../../store/yours.ts'
import { Dialog } from '../../ui/dialog.tsx'
import classes from './messages.module.css'

/** In the foot: what this window said, to be read again after it went. */
export function MessagesChip() {
  const { t } = useTranslation()
  const format = useFormat()
  const { isOpen, open, close } = useOpen('messages')
  const { said, unread } = useMessages()
  const show = () => {
    readMessages()
    open()
  }
  return (
    <>
      <button type="button" className={classes.chip} data-unread={unread > 0 || undefined} onClick={show}>
        {unread > 0
          ? t('frame.messagesUnread', { count: unread, n: format.number(unread) })
          : t('frame.messages', { n: format.number(said.length) })}
      </button>
      {isOpen && <MessagesDialog onClose={close} />}
    </>
  )
}

function MessagesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { said } = useMessages()
  const yours = () => {
    onClose()
    openYours(true)
  }
  return (
    <Dialog title={t('frame.messagesTitle')} size="lg" onClose={onClose}>
      {said.length === 0 ? (
        <p className="quiet">{t('frame.messagesNone')}</p>
      ) : (
        <ul className={classes.list}>
          {said.map((message) => (
            <li key={message.id} data-weight={message.weight}>
              <bdi dir="ltr" className="quiet small">
                {format.clockSeconds(message.at)}
              </bdi>
              <span>
                {message.weight === 'failed' && <b>{t('frame.messageFailed')} </b>}
                {message.text}
                {message.times > 1 && <b> ×{format.number(message.times)}</b>}
              </span>
              {message.more === 'yours' && (
                <button type="button" className={classes.more} onClick={yours}>
                  {t('acts.showYours')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small">{t('frame.messagesKept')}</p>
    </Dialog>
  )
}
