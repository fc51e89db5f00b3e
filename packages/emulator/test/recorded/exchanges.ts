import type { Exchanges } from './asked-org.ts'
import { describes } from './describes.ts'
import { errors } from './errors.ts'
import { jobs } from './jobs.ts'
import { logins } from './logins.ts'
import { misfortunes } from './misfortunes.ts'
import { orgAnswers } from './org-answers.ts'
import { queries } from './queries.ts'
import { records } from './records.ts'

/** All recorded exchanges that are asked of the emulator one by one, by their family. */
export const EXCHANGES: Readonly<Record<string, Exchanges>> = {
  queries,
  records,
  errors,
  jobs,
  logins,
  'answers of the org': orgAnswers,
  describes,
  misfortunes,
}
