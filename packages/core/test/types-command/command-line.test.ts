import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCommandLine, UsageError } from '../../src/types-command/command-line.ts'

describe('the command line', () => {
  test('names objects, a file, an API version and an instance', () => {
    const words = 'types --out org.d.ts --api-version v66 --instance-url https://acme.my.salesforce.com Account Lead'
    assert.deepEqual(readCommandLine(words.split(' ')), {
      objects: ['Account', 'Lead'],
      out: 'org.d.ts',
      apiVersion: '66.0',
      instanceUrl: 'https://acme.my.salesforce.com',
    })
  })

  test('asks for help wherever --help stands', () => {
    assert.equal(readCommandLine(['--help']), undefined)
    assert.equal(readCommandLine(['types', 'Account', '-h']), undefined)
  })

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['', /^The command is types\.$/],
    ['type Account', /^The command is types, not type\.$/],
    ['types', /^Name the objects/],
    ['types Account,Contact', /"Account,Contact" is not the API name of an object/],
    ['types ../limits', /"\.\.\/limits" is not the API name/],
    ['types --password x Account', /--password/],
    ['types --out', /--out/],
    ['types --out= Account', /^--out needs the name of a file/],
    ['types --api-version latest Account', /apiVersion must look like/],
  ]
  for (const [line, message] of wrong) {
    test(`refuses "${line}" in one sentence`, () => {
      const words = line.split(' ').filter((word) => word !== '')
      assert.throws(
        () => readCommandLine(words),
        (error) => error instanceof UsageError && message.test(error.message),
      )
    })
  }
})
