import { useTranslation } from 'react-i18next'
import icon from '../../../../../resources/icon.svg'
import classes from './session.module.css'

export function Brand() {
  const { t } = useTranslation()
  return (
    <div className={classes.brand}>
      <img src={icon} alt="" width={28} height={28} />
      {t('frame.product')}
    </div>
  )
}
