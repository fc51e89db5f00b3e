import type { Completion, Search, TypedInputWidget } from './editor-api.ts'
import type { NamedItem, NamedItems } from './metadata.ts'

const mostShown = 100

/** The items that fit what was typed, by name or label; names that begin with it come first. */
export function matching(items: readonly NamedItem[], typed: string): NamedItem[] {
  const wanted = typed.trim().toLowerCase()
  const rank = ({ name, label }: NamedItem): number => {
    if (name.toLowerCase().startsWith(wanted)) return 0
    if (name.toLowerCase().includes(wanted)) return 1
    return label.toLowerCase().includes(wanted) ? 2 : 3
  }
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((candidate) => candidate.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostShown)
    .map(({ item }) => item)
}

/** A searchable list over names that are loaded when first needed. A problem is shown in the list; typing stays free. */
export function searchNames(
  load: () => Promise<NamedItems>,
  keepIf: (item: NamedItem) => boolean = () => true,
): Search {
  return (typed, done) => {
    void load().then((answer) => {
      if ('problem' in answer) done([{ value: typed, label: $(line('forcewire-problem', answer.problem)) }])
      else done(matching(answer.items.filter(keepIf), typed).map((item) => completion(item.name, item)))
    })
  }
}

/** The same for a list of names with commas: only the last one is completed. */
export function searchLastName(load: () => Promise<NamedItems>): Search {
  return (typed, done) => {
    const before = /^(.*,\s*)?/.exec(typed)?.[0] ?? ''
    searchNames(load)(typed.slice(before.length), (found) => {
      done(found.map(({ value, label }) => ({ value: before + value, label })))
    })
  }
}

/** Opens the whole list, for the button at the end of a field. */
export function listButton(): ((this: TypedInputWidget) => void) & { icon?: string } {
  function open(this: TypedInputWidget): void {
    this.input.get(0)?.focus()
    // The widget has no public way to open its list; it does so on the arrow key.
    this.input.trigger({ type: 'keyup', keyCode: 40 })
  }
  return Object.assign(open, { icon: 'fa-search' })
}

function completion(value: string, { name, label }: NamedItem): Completion {
  const element = line('forcewire-completion', name)
  const caption = document.createElement('small')
  caption.textContent = label
  element.append(caption)
  return { value, label: $(element) }
}

function line(className: string, content: string): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.append(content)
  return element
}
