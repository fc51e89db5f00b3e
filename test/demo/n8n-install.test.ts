import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingBuildTools } from '../support/n8n-install.ts'

test('asks for nothing when python3, a C++ compiler and make are there', () => {
  assert.equal(
    missingBuildTools((command) => ['python3', 'clang++', 'make'].includes(command)),
    undefined,
  )
})

test('says in one sentence which build tools are missing and how to get them', () => {
  const sentence = missingBuildTools((command) => command === 'make') ?? ''
  assert.match(sentence, /lacks python3 and a C\+\+ compiler: install with `\S.*` or the like, then start again\.$/)
})
