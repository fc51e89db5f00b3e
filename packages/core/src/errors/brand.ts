/**
 * Makes `instanceof` recognise errors of another copy of this library. Core is bundled into the n8n package and into
 * the Node-RED package, so one process may hold several copies of each class. The class keeps its name, also where a
 * bundler or a minifier has given it another.
 */
export function brand(errorClass: abstract new (...input: never[]) => Error, name: string): void {
  const mark = Symbol.for(`forcewire.error.${name}`)
  Object.defineProperty(errorClass, 'name', { value: name, configurable: true })
  Object.defineProperty(errorClass.prototype, mark, { value: true })
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, candidate: unknown): boolean {
      // A caller's own subclass inherits this method; the brand of its parent must not speak for it.
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this as () => void, candidate)
      return typeof candidate === 'object' && candidate !== null && mark in candidate
    },
  })
}
