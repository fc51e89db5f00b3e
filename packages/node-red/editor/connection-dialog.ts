import { text } from './bundled-catalogue.ts'

const credentials = ['clientId', 'clientSecret', 'username', 'password', 'securityToken', 'privateKey', 'accessToken']

/** What a successful test answers. */
interface ConnectionTest {
  readonly user?: string
  readonly organizationId?: string
  readonly apiRequests?: { readonly used: number; readonly limit: number }
}

/** Node-RED calls this when the dialog is in the page. */
export function prepare(node: { readonly id: string }): void {
  const authentication = $('#node-config-input-authentication')
  const showLogin = (): void => {
    const chosen = authentication.val() ?? ''
    $('.forcewire-login').toggle(false)
    $(`.forcewire-login[data-login~="${chosen}"]`).toggle(true)
  }
  authentication.on('change', showLogin)
  showLogin()
  $('#forcewire-test').on('click', () => test(node.id))
}

/** Signs in with the values as they stand in the dialog; secrets travel in the body only. */
function test(id: string): void {
  const button = $('#forcewire-test')
  const result = $('#forcewire-test-result')
  button.prop('disabled', true)
  show('', text('test.running'))
  const body = {
    id,
    url: $('#node-config-input-url').val(),
    authentication: $('#node-config-input-authentication').val(),
    apiVersion: $('#node-config-input-apiVersion').val(),
    credentials: Object.fromEntries(credentials.map((name) => [name, $(`#node-config-input-${name}`).val()])),
  }
  $.ajax({
    url: 'forcewire/connections/test',
    method: 'POST',
    contentType: 'application/json',
    data: JSON.stringify(body),
  }).then(
    (answer) => {
      const { user, organizationId, apiRequests } = answer as ConnectionTest
      const usage = apiRequests === undefined ? '' : ` ${text('test.usage', { ...apiRequests })}`
      const who = user === undefined ? text('test.signed-in') : text('test.success', { user, id: organizationId ?? '' })
      show('forcewire-success', `${who}${usage}`)
    },
    ({ status, responseJSON }) => {
      const { message, description = '' } = (responseJSON ?? {}) as { message?: string; description?: string }
      show(
        'forcewire-problem',
        message === undefined ? text('test.failed', { count: status }) : `${message} ${description}`,
      )
    },
  )

  function show(className: string, content: string): void {
    const element = result.get(0)
    if (element !== undefined) element.className = className
    result.text(content)
    button.prop('disabled', className === '')
  }
}

/** The URL must be an address; https except for this machine. `${NAME}` is looked up when the node is deployed. */
export function validateUrl(value: string): true | string {
  if (/^\$\{[^}]+\}$/.test(value)) return true
  if (!URL.canParse(value)) return text('connection.url-invalid')
  const { protocol, hostname } = new URL(value)
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return protocol === 'https:' || (protocol === 'http:' && loopback) || text('connection.url-http')
}
