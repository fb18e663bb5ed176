import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { ar } from './ar.ts'
import { en } from './en.ts'

export type Language = 'en' | 'ar'
export const LANGUAGES: readonly Language[] = ['en', 'ar']
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')

/** A word book of its own for one page. React escapes what it draws, so i18next need not. */
export function createWords(language: Language): i18n {
  const words = i18next.createInstance()
  void words.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ar: { translation: ar } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  })
  return words
}
