import { z } from 'zod'

/** Imported before anything that makes a schema: the page's policy forbids making code at run time, so zod must not try. */
z.config({ jitless: true })
