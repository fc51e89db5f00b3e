/** A rule for a value that differs between any two orgs, or between any two moments of one. */
interface MaskRule {
  readonly rule: string
  /** Names of the fields whose values the rule is for; whatever they are called when absent. */
  readonly fields?: RegExp
  readonly pattern: RegExp
  readonly mask: string
}

/** Every rule by which a recorded value may differ from the emulator's. */
const MASKS: readonly MaskRule[] = [
  { rule: 'the host of an org', pattern: /https?:\/\/[^/\s]+/g, mask: '<host>' },
  { rule: 'the host of an org, taken away by a recorder', pattern: /^<salesforce_instance_url>/, mask: '<host>' },
  { rule: 'an Id', pattern: /^(?=.*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/, mask: '<Id>' },
  {
    rule: 'an Id that the authors of a sample made up',
    fields: /^(?:|user_|organization_)id$/i,
    pattern: /^(?!<)\w+$/,
    mask: '<Id>',
  },
  { rule: 'the Id at the end of a record path', pattern: /(\/sobjects\/\w+\/)(?!<|describe$)\w+$/, mask: '$1<Id>' },
  { rule: 'the Id of a job in a path', pattern: /(\/jobs\/(?:ingest|query)\/)\w{18}/, mask: '$1<Id>' },
  { rule: 'an Id in the text of an error', pattern: /\b00[13][A-Za-z0-9]{15}\b/, mask: '<Id>' },
  { rule: 'an object of a package in the text of an error', pattern: /'01I\w+\./, mask: "'" },
  { rule: 'the Ids in an identity URL', pattern: /(\/id)\/\w+\/\w+$/, mask: '$1/<Id>/<Id>' },
  { rule: 'the Id of the org or the user at the end of a URL', pattern: /\/00[D5][\w.]+$/, mask: '/<Id>' },
  { rule: 'the version in a path', pattern: /\/data\/(?:v?(?:xx|\d+)\.0|<api_version>)(?=\/|$)/, mask: '/data/vNN.0' },
  { rule: 'the version as a number', fields: /^apiVersion$/, pattern: /^\d+$/, mask: 'NN' },
  { rule: 'an HTTP date', pattern: /^\w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} GMT$/, mask: '<date>' },
  { rule: 'an ETag, packed or not', pattern: /^"[\w+/=]+(?:--gzip)?"$/, mask: '<ETag>' },
  {
    rule: 'a moment that Salesforce notes; user information of old and new orgs spells it in two ways',
    fields:
      /^(?:created|closed|lastModified|lastViewed|lastReferenced)Date$|^systemModstamp$|^(?:updated_at|last_modified_date)$/i,
    pattern: /^\d{4}-\d\d-\d\dT[\d:]{8}(?:\.000\+0000|Z)$/,
    mask: '<time>',
  },
  {
    rule: 'a moment that Salesforce notes, as list views print it',
    fields: /^value$/,
    pattern: /^\w{3} \w{3} \d\d [\d:]{8} GMT \d{4}$/,
    mask: '<time>',
  },
  { rule: 'the moment of a login', fields: /^issued_at$/, pattern: /^\d{13}$/, mask: '<time>' },
  { rule: 'a secret', fields: /^(?:access_token|signature)$/, pattern: /^.+$/, mask: '<secret>' },
  { rule: 'a number that the org deals out', fields: /^CaseNumber$/, pattern: /^\d{8}$/, mask: '<number>' },
  { rule: 'calls made and allowed', pattern: /^api-usage=\d+\/\d+$/, mask: 'api-usage=<used>/<limit>' },
  { rule: 'what an org may use and has left', fields: /^(?:Max|Remaining)$/, pattern: /^\d+$/, mask: '<allowance>' },
  { rule: 'how long a job took', fields: /Time$/, pattern: /^\d+$/, mask: '<milliseconds>' },
  { rule: 'where a page begins', pattern: /([?&]locator=|\/query\/)[\w-]+$/, mask: '$1<locator>' },
  { rule: 'the name of a photo', pattern: /(\/profilephoto\/)\w+(?=\/[FT]$)/, mask: '$1<photo>' },
  { rule: 'what a user is called in the community', fields: /^nick_?name$/, pattern: /^.+$/, mask: '<nickname>' },
]

/** A JSON value in which everything that differs between any two orgs is masked; `field` is what it is the value of. */
export function masked(value: unknown, field = ''): unknown {
  if (typeof value === 'string' || typeof value === 'number') return maskedScalar(value, field)
  if (Array.isArray(value)) return value.map((entry) => masked(entry, field))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, masked(entry, name)]))
}

function maskedScalar(value: string | number, field: string): string | number {
  let text = String(value)
  for (const { fields, pattern, mask } of MASKS) {
    if (typeof value === 'number' && fields === undefined) continue
    if (fields === undefined || fields.test(field)) text = text.replace(pattern, mask)
  }
  return text === String(value) ? value : text
}
