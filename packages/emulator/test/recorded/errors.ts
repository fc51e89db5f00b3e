import type { Exchanges } from './asked-org.ts'
import { teacherFields, whizbang } from './recorded-schemas.ts'

/** Refusals of records and queries. */
export const errors: Exchanges = {
  'jsforce-400-required-field': {
    ask: (org) => org.ask({ path: '/services/data/v59.0/sobjects/Account', body: { Site: 'Nameless' } }),
  },
  'jsforce-400-two-validation-errors': {
    ask: (org) => {
      const path = '/services/data/v59.0/sobjects/Opportunity'
      const body = { Name: 'O', StageName: 'Prospecting', CloseDate: '2026-01-01', Amount: -1, Probability: 101 }
      return org.ask({ path, body })
    },
  },
  'pasted-400-bulk-invalidentity': {
    ask: (org) => org.ask({ body: { operation: 'query', query: 'SELECT Id FROM Tag' } }),
  },
  'pasted-html-long-uri': {
    ask: (org) => org.send('GET', `/services/data/v59.0/query?q=${'x'.repeat(16_384)}`),
  },
  'restforce-upsert-error': {
    org: () => ({ describes: [whizbang] }),
    ask: (org) => org.ask({ path: '/services/data/v31.0/sobjects/Whizbang/Namez/1234', body: { Text_Label: 'x' } }),
  },
  'restforce-write-error': {
    org: () => ({ describes: [{ ...whizbang, name: 'Bar' }] }),
    ask: (org) => org.ask({ path: '/services/data/v31.0/sobjects/Bar', body: { foo: 'bar' } }),
  },
  'vcr-400-invalid-query-filter': {
    org: () => ({ schema: { fields: { Contact: teacherFields } } }),
    ask: (org) => org.ask(),
  },
}
