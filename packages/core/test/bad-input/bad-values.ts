/** What a bad value is. */
export type BadValue =
  | 'undefined'
  | 'null'
  | 'empty text'
  | 'blank text'
  | 'text'
  | '0'
  | '-1'
  | 'NaN'
  | 'Infinity'
  | '1.5'
  | 'true'
  | 'symbol'
  | 'bigint'
  | 'empty list'
  | 'list'
  | 'empty object'
  | 'object'
  | 'function'
  | 'promise'
  | 'date'
  | 'invalid date'
  | 'map'
  | 'object that throws'
  | 'proxy that throws'

/** Values that hardly any option takes, by what they are, and the words by which an error tells that. */
export const badValues: Readonly<Record<BadValue, { readonly make: () => unknown; readonly said: RegExp }>> = {
  undefined: { make: () => undefined, said: /undefined|is missing/ },
  null: { make: () => null, said: /null|is missing/ },
  'empty text': { make: () => '', said: /empty text|is missing/ },
  'blank text': { make: () => '  ', said: /empty text|is missing/ },
  text: { make: () => 'hunter2 is secret', said: /a text/ },
  '0': { make: () => 0, said: /\b0\b/ },
  '-1': { make: () => -1, said: /-1/ },
  NaN: { make: () => Number.NaN, said: /NaN/ },
  Infinity: { make: () => Number.POSITIVE_INFINITY, said: /Infinity/ },
  '1.5': { make: () => 1.5, said: /1\.5/ },
  true: { make: () => true, said: /true/ },
  symbol: { make: () => Symbol('hunter2'), said: /a symbol/ },
  bigint: { make: () => 7n, said: /bigint 7/ },
  'empty list': { make: () => [], said: /an empty list/ },
  list: { make: () => [Symbol('hunter2')], said: /a list|a symbol/ },
  'empty object': { make: () => ({}), said: /an empty object|undefined|is missing/ },
  object: { make: () => ({ hunter2: Symbol('hunter2') }), said: /an object|a symbol|has no option|has no placeholder/ },
  function: { make: () => () => 'hunter2', said: /a function/ },
  promise: { make: () => Promise.resolve('hunter2'), said: /a promise/ },
  date: { make: () => new Date(0), said: /a date/ },
  'invalid date': { make: () => new Date(Number.NaN), said: /an invalid date/ },
  map: { make: () => new Map([['hunter2', 1]]), said: /the type Map|a list/ },
  'object that throws': { make: throwingGetter, said: /a getter or a proxy|an object|has no option/ },
  'proxy that throws': { make: throwingProxy, said: /cannot be read|a getter or a proxy|an object/ },
}

function throwingGetter(): object {
  return Object.defineProperty({}, 'hunter2', {
    enumerable: true,
    get: () => {
      throw new TypeError('said by the getter')
    },
  })
}

function throwingProxy(): object {
  const fail = (): never => {
    throw new TypeError('said by the proxy')
  }
  return new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail })
}
