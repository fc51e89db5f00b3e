import { checkedFlag, checkedFunction, checkedList, checkedOptions, checkedWholeNumber, refuse } from '../check.ts'
import { defaultRetryPolicy, type RetryOptions, type RetryPolicy, type RetryRule } from './retry-policy.ts'

/** Least values. Every number may be `Infinity`, which lifts the bound. */
const least = { maxRetries: 0, initialDelay: 0, factor: 1, maxDelay: 0, maxElapsed: 0, budget: 0 } as const

const names = [...(Object.keys(least) as (keyof typeof least)[]), 'jitter', 'rules'] as const

/**
 * Completes retry options with a policy; `false` stays `false`.
 *
 * @throws ConfigurationError that names the option.
 */
export function retryPolicy(options: RetryOptions | false | undefined, base: RetryPolicy | false): RetryPolicy | false {
  if (options === undefined) return base
  if (options === false) return false
  if (typeof options !== 'object' || options === null) {
    return refuse('retry', 'false or an object such as { maxRetries: 5 }', options)
  }
  const given = Object.entries(checkedOptions('retry', options, names)).filter(([, value]) => value !== undefined)
  const policy: RetryPolicy = { ...(base === false ? defaultRetryPolicy : base), ...Object.fromEntries(given) }
  for (const [name, minimum] of Object.entries(least) as [keyof typeof least, number][]) {
    const value: unknown = policy[name]
    const whole = name !== 'maxRetries' || Number.isInteger(value) || value === Number.POSITIVE_INFINITY
    if (typeof value === 'number' && value >= minimum && whole) continue
    const kind = name === 'maxRetries' ? 'a whole number' : 'a number'
    refuse(`retry.${name}`, minimum === 0 ? `${kind} that is not negative` : `${kind} of 1 or more`, value)
  }
  checkedFlag('retry.jitter', policy.jitter)
  checkedList<RetryRule>('retry.rules', policy.rules, 'rules, each { when, maxRetries? }').forEach(checkRule)
  return policy
}

/** A rule without `when` would repeat everything. */
function checkRule(rule: RetryRule, index: number): void {
  const option = `retry.rules[${index}]`
  if (rule === undefined) refuse(option, 'a rule { when, maxRetries? }', rule)
  const { when, maxRetries } = checkedOptions<RetryRule>(option, rule, ['when', 'maxRetries'])
  checkedFunction(`${option}.when`, when)
  if (maxRetries !== undefined) checkedWholeNumber(`${option}.maxRetries`, maxRetries, 0)
}
