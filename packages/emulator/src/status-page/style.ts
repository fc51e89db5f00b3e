import { PALETTE } from '../server/palette.ts'

/** The style sheet of the status page: two columns where there is room, one where there is not. */
export const STYLE: string = `${PALETTE}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0 auto; max-width: 88rem; padding: 1rem 1.5rem 2rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground) }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; margin-bottom: 1rem }
h1 { margin: 0; font-size: 1.375rem; font-weight: 600 }
h2 { margin: 0; font-size: 1.0625rem; font-weight: 600 }
h3 { margin: 1rem 0 .25rem; font-size: .9375rem; font-weight: 600 }
p { margin: .25rem 0 }
a { color: var(--blue) }
code, pre, textarea, .mono { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
pre { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
.quiet { color: var(--quiet); font-size: .875rem }
.bad { color: var(--red) }
.good { color: var(--green) }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem }
.columns > div { display: grid; gap: 1rem; align-content: start; min-width: 0 }
section { padding: 1rem 1.25rem; border-radius: .5rem; background: var(--card); box-shadow: 0 1px 4px rgb(0 0 0 / 25%); min-width: 0 }
.title { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; margin-bottom: .5rem }
.scroll { max-height: 24rem; overflow: auto }
.scroll:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px }
table { width: 100%; border-collapse: collapse; font-size: .875rem }
th { position: sticky; top: 0; background: var(--card); text-align: left; font-weight: 600; color: var(--quiet); white-space: nowrap }
th, td { padding: .3125rem .75rem .3125rem 0; border-bottom: 1px solid var(--rule); vertical-align: top }
th:last-child, td:last-child { padding-right: .25rem }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--quiet) }
.path { overflow-wrap: anywhere; width: 100% }
.result td { max-width: 28rem; overflow-wrap: break-word; min-width: 5rem }
progress { width: 6rem; height: .5rem; accent-color: var(--blue) }
textarea { display: block; width: 100%; padding: .5rem .75rem; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .25rem; resize: vertical }
button { padding: .3125rem .875rem; font: inherit; font-size: .875rem; color: var(--blue); background: transparent; border: 1px solid var(--line); border-radius: .25rem; cursor: pointer }
button.primary { color: var(--on-blue); background: var(--blue); border-color: var(--blue) }
button:focus-visible, textarea:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px }
[hidden] { display: none !important }
.run { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: .5rem 0 }
.error { padding: .5rem .75rem; border-left: 4px solid var(--red) }
.error pre { overflow-x: auto; white-space: pre; overflow-wrap: normal }
dl { margin: .5rem 0; display: grid; gap: .5rem }
dt { font-size: .875rem; color: var(--quiet) }
dd { margin: 0; display: flex; align-items: center; gap: .75rem }
dd > code, dd > pre { flex: 1; min-width: 0; max-height: 6rem; overflow: auto; overflow-wrap: anywhere }
details { margin-top: .5rem; border-top: 1px solid var(--rule); padding-top: .5rem }
summary { cursor: pointer; font-size: .9375rem }
ul { margin: .25rem 0; padding-left: 1.25rem }
.status { margin-left: auto; display: flex; align-items: center; gap: 1rem }
@media (min-width: 64rem) { .columns { grid-template-columns: minmax(0, 1fr) 24rem } }
@media (max-width: 40rem) { body { padding: .75rem } section { padding: .875rem } .status { margin-left: 0 } .time { display: none } }
`
