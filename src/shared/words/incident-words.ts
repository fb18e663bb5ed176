import type { IncidentRule } from '../view/incident.ts'

type Titles = Readonly<Record<IncidentRule, string>>

/** What an incident is called, in the window and in the operating system's notes. */
export const INCIDENT_TITLES = {
  en: {
    link: 'The link is not live',
    doubt: 'Figures in doubt',
    silent: 'Silent committee',
    over: 'More came than are entitled',
    count: 'Count sheet does not add up',
    outbox: 'Your entries wait for the server',
    refused: 'The server refused entries',
    disk: 'The disk is nearly full',
    clock: 'This desk’s clock is off',
    target: 'Turnout target at risk',
    quarantine: 'Messages cannot be understood',
    'lost-end': 'The end of this desk’s journal is gone',
  },
  ar: {
    link: 'الاتصال ليس مباشرًا',
    doubt: 'أرقام مشكوك فيها',
    silent: 'لجنة صامتة',
    over: 'حضر أكثر ممن يحق لهم',
    count: 'كشف الفرز لا يتطابق',
    outbox: 'ما أدخلتَه ينتظر الخادم',
    refused: 'رفض الخادم بعض الإدخالات',
    disk: 'القرص يكاد يمتلئ',
    clock: 'ساعة هذا الجهاز غير مضبوطة',
    target: 'هدف الإقبال في خطر',
    quarantine: 'رسائل لا يمكن فهمها',
    'lost-end': 'فُقدت نهاية سجل هذا الجهاز',
  },
} as const satisfies Readonly<Record<'en' | 'ar', Titles>>

export const SEVERITY_WORDS = {
  en: { alarm: 'Alarm', warning: 'Warning' },
  ar: { alarm: 'إنذار', warning: 'تنبيه' },
} as const
