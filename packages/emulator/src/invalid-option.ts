/** An option of {@link createEmulator}, or what it holds, that makes no sense; the message is one sentence that names it. */
export class InvalidOption extends Error {
  override readonly name: string = 'InvalidOption'
  /** Name of the option. */
  readonly option: string

  constructor(option: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.option = option
  }
}
