import { parse, type Spec, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { Result } from './bars.ts'

/** Legible on a white page and on a dark one. */
const ink = '#808891'
const colours: Readonly<Record<string, string>> = { forcewire: '#0b9dda', jsforce: '#e0843c', floor: ink }

/**
 * CPU time and peak memory of everybody beside ours, as an SVG: how many times as much as Forcewire, so that the
 * machine hardly matters. Cases without a rival are left out, and those with compression, which look the same.
 */
export async function chart(results: readonly Result[]): Promise<string> {
  const values = results.flatMap(({ benchCase, standings }) => {
    const [ours, ...others] = standings
    if (
      benchCase.name.endsWith('-gzip') ||
      ours === undefined ||
      !others.some(({ contestant }) => contestant === 'jsforce')
    )
      return []
    return standings.flatMap(({ contestant, cpuSeconds, peakMegabytes }) => [
      { case: benchCase.title, contestant, figure: 'CPU time', times: cpuSeconds / ours.cpuSeconds },
      { case: benchCase.title, contestant, figure: 'peak memory', times: peakMegabytes / ours.peakMegabytes },
    ])
  })
  const spec: TopLevelSpec = {
    data: { values },
    facet: {
      row: {
        field: 'case',
        sort: [...new Set(values.map((value) => value.case))],
        title: null,
        header: { labelOrient: 'top', labelAnchor: 'start', labelColor: ink, labelFontSize: 12 },
      },
      column: { field: 'figure', title: null, header: { labelColor: ink, labelFontWeight: 'bold' } },
    },
    spec: {
      width: 300,
      height: { step: 16 },
      encoding: {
        y: { field: 'contestant', sort: Object.keys(colours), title: null, axis: { domain: false, ticks: false } },
        x: { field: 'times', type: 'quantitative', title: null, axis: { labelExpr: "datum.value + 'x'" } },
      },
      layer: [
        {
          mark: { type: 'bar', cornerRadiusEnd: 2 },
          encoding: {
            color: {
              field: 'contestant',
              legend: null,
              scale: { domain: Object.keys(colours), range: Object.values(colours) },
            },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 4, color: ink },
          encoding: { text: { field: 'times', format: '.1f' } },
        },
      ],
    },
    background: 'transparent',
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: { labelColor: ink, gridColor: '#80889140', tickColor: ink, domainColor: ink },
    },
  }
  const view = new View(parse(compile(spec).spec as Spec), { renderer: 'none' })
  return `${await view.toSVG()}\n`
}
