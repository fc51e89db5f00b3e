import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ActionResult, ApiError, PartialFailureError, ProtocolError } from '@forcewire/core'
import { errors, instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const root = `${instanceUrl}/services/data/v67.0/actions`
const posted = { actionName: 'chatterPost', errors: null, isSuccess: true, outputValues: { feedItemId: '0D5' } }
const failed = {
  actionName: 'chatterPost',
  errors: [{ statusCode: 'INVALID_ID_FIELD', message: 'No such user.', fields: ['subjectNameOrId'] }],
  isSuccess: false,
  outputValues: null,
}

describe('an invocable action', () => {
  it('runs once for each input and answers in their order', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [posted, posted] }])
    const inputs = [{ text: 'first' }, { text: 'second' }]
    const results = await salesforce.actions.invoke<{ feedItemId: string }>('chatterPost', inputs)
    assert.deepEqual(
      results.map(({ isSuccess, outputValues }) => [isSuccess, outputValues?.feedItemId]),
      [
        [true, '0D5'],
        [true, '0D5'],
      ],
    )
    const [{ method, url, body } = assert.fail()] = requests
    assert.equal(`${method} ${url}`, `POST ${root}/standard/chatterPost`)
    assert.deepEqual(JSON.parse(String(body)), { inputs })
  })

  it('answers failures as values although Salesforce says 400 then', async () => {
    const { salesforce } = scriptedOrg([{ status: 400, json: [posted, failed] }])
    const [first, second] = await salesforce.actions.invoke('chatterPost', [{}, {}])
    assert.deepEqual([first?.isSuccess, first?.errors], [true, []])
    assert.deepEqual(second, {
      isSuccess: false,
      outputValues: null,
      errors: [{ errorCode: 'INVALID_ID_FIELD', message: 'No such user.', fields: ['subjectNameOrId'] }],
      actionName: 'chatterPost',
    })
  })

  it('fails as a whole when asked to, and tells all results', async () => {
    const { salesforce } = scriptedOrg([{ status: 400, json: [posted, failed] }])
    await assert.rejects(salesforce.actions.invoke('chatterPost', [{}, {}], { raise: true }), (error) => {
      assert.ok(error instanceof PartialFailureError && error.has('INVALID_ID_FIELD'))
      assert.deepEqual(
        error.results.map((result) => (result as ActionResult).isSuccess),
        [true, false],
      )
      return /^1 of 2 inputs of chatterPost failed; input 1 says INVALID_ID_FIELD: No such user.$/.test(error.message)
    })
    const good = scriptedOrg([{ json: [posted] }])
    assert.equal((await good.salesforce.actions.invoke('chatterPost', [{}], { raise: true })).length, 1)
  })

  it('that does not exist is an error', async () => {
    const { salesforce } = scriptedOrg([{ status: 404, json: errors('NOT_FOUND') }])
    await assert.rejects(salesforce.actions.invoke('nope', [{}]), { code: 'ERR_SF_NOT_FOUND' })
    const refused = scriptedOrg([{ status: 400, json: errors('JSON_PARSER_ERROR') }])
    await assert.rejects(refused.salesforce.actions.invoke('emailSimple', [{}]), ApiError)
  })

  it('that answers another number of results leaves nobody guessing', async () => {
    const { salesforce } = scriptedOrg([{ json: [posted] }])
    await assert.rejects(salesforce.actions.invoke('chatterPost', [{}, {}]), (error) => {
      assert.ok(error instanceof ProtocolError)
      return /took 2 inputs and answered 1 results/.test(error.message)
    })
  })

  it('is not invoked twice when the answer is lost', async () => {
    const { salesforce, requests } = scriptedOrg([networkFailure('ECONNRESET')])
    await assert.rejects(salesforce.actions.invoke('emailSimple', [{}]), { code: 'ERR_SF_TRANSPORT' })
    assert.equal(requests.length, 1)
  })

  it('runs once without inputs, and not at all for an empty list of them', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [posted] }])
    assert.deepEqual(await salesforce.actions.invoke('chatterPost', []), [])
    assert.equal(requests.length, 0)
    await salesforce.actions.invoke('chatterPost')
    assert.equal(requests[0]?.body, '{"inputs":[{}]}')
  })

  it('is listed and described, custom ones by their type', async () => {
    const summary = {
      label: 'Score',
      name: 'Score',
      type: 'APEX',
      url: '/services/data/v67.0/actions/custom/apex/Score',
    }
    const { salesforce, requests } = scriptedOrg((request) => {
      if (request.url.endsWith('/custom')) return { json: { apex: '/a', flow: '/b' } }
      return { json: request.url.endsWith('/Score') ? { name: 'Score', inputs: [] } : { actions: [summary] } }
    })
    assert.deepEqual(await salesforce.actions.types(), ['apex', 'flow'])
    assert.deepEqual(await salesforce.actions.list(), [summary])
    assert.deepEqual(await salesforce.actions.list('apex'), [summary])
    assert.equal((await salesforce.actions.describe('apex/Score')).name, 'Score')
    assert.deepEqual(
      requests.map(({ url }) => url.slice(root.length)),
      ['/custom', '/standard', '/custom/apex', '/custom/apex/Score'],
    )
  })

  it('is refused before any request when its name or its inputs are wrong', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: [] }])
    const { actions, flows } = salesforce
    const wrong: readonly [() => Promise<unknown>, RegExp][] = [
      [() => actions.invoke('', [{}]), /name must be a text that is not empty/],
      [() => actions.invoke(null as never), /name must be a text that is not empty, but is null/],
      [() => actions.describe('a/b/c'), /type and name of a custom one/],
      [() => actions.invoke('apex/', [{}]), /name must be an API name .+, but is an empty text/],
      [
        () => actions.invoke('x', {} as never),
        /inputs must be a list of objects of input values, but is an empty object/,
      ],
      [() => actions.invoke('x', [1] as never), /inputs\[0\] must be an object of input values, but is 1/],
      [() => actions.invoke('x', [null] as never), /inputs\[0\] must be an object of input values, but is null/],
      [() => actions.invoke('x', [{ amount: Number.NaN }]), /inputs\[0\]\.amount/],
      [() => actions.invoke('x', [], { rais: true } as never), /invoke has no option 'rais'/],
      [() => actions.invoke('x', [], { raise: 1 } as never), /raise must be true or false, but is 1/],
      [() => actions.list(7 as never), /type must be an API name/],
      [() => flows.describe(undefined as never), /name must be an API name/],
    ]
    for (const [call, message] of wrong) await assert.rejects(call, { code: 'ERR_SF_CONFIG', message })
    assert.equal(requests.length, 0)
  })
})

describe('a flow', () => {
  it('is an action of the type flow', async () => {
    const finished = { ...posted, actionName: 'Big', outputValues: { Flow__InterviewStatus: 'Finished', total: 3 } }
    const { salesforce, requests } = scriptedOrg((request) => ({
      json: request.method === 'POST' ? [finished] : { actions: [], name: 'Big', inputs: [] },
    }))
    await salesforce.flows.list()
    await salesforce.flows.describe('Big')
    const [result] = await salesforce.flows.invoke<{ total: number }>('Big', [{ orderId: '801' }])
    assert.equal(result?.outputValues?.total, 3)
    assert.deepEqual(
      requests.map(({ method, url }) => `${method} ${url.slice(root.length)}`),
      ['GET /custom/flow', 'GET /custom/flow/Big', 'POST /custom/flow/Big'],
    )
  })
})
