/** The benchmark as a page of its own: bars, the table, and where it was measured. No script, nothing loaded, light and dark. */
import { gigabytes } from './csv'
import type { BenchReport, BenchRow } from './results'
import { milliseconds, NOTES, spreadText, subjectOf, whereOf } from './words'

export function benchHtml(report: BenchReport): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>KAN Studio benchmark</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="product">KAN Studio</p>
<h1>Benchmark</h1>
<p class="subject">${escaped(subjectOf(report))}</p>
</header>
<section aria-labelledby="times">
<h2 id="times">Time of a batch</h2>
<p class="key"><span class="forward"></span>forward <span class="backward"></span>backward <span class="step"></span>Adam step</p>
${bars(report.rows)}
</section>
<section aria-labelledby="figures">
<h2 id="figures">Figures</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="figures">
${figures(report.rows)}
</div>
<p class="hint">Times are medians in milliseconds, with lower and upper quartiles.</p>
</section>
<section aria-labelledby="how">
<h2 id="how">How it was measured</h2>
<ul>
${NOTES.map((note) => `<li>${escaped(note)}</li>`).join('\n')}
</ul>
<dl>
${whereOf(report)
  .map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  .join('\n')}
</dl>
<pre><code>${escaped(report.command)}</code></pre>
</section>
</main>
</body>
</html>
`
}

/** Forward and backward one after the other, the step as a mark; all on one scale. */
function bars(rows: readonly BenchRow[]): string {
  const longest = Math.max(
    ...rows.map(({ forward, backward, step }) => Math.max(forward.median + backward.median, step.median)),
  )
  const share = (time: number) => `${((100 * Math.max(0, time)) / longest).toFixed(2)}%`
  const items = rows.map(({ name, forward, backward, step }) => {
    const text = `${milliseconds(forward.median)} + ${milliseconds(backward.median)} ms, step ${milliseconds(step.median)} ms`
    return `<li><span class="name">${escaped(name)}</span><span class="track" aria-hidden="true"><i class="forward" style="width:${share(forward.median)}"></i><i class="backward" style="width:${share(backward.median)}"></i><b class="step" style="left:${share(step.median)}"></b></span><span class="value">${text}</span></li>`
  })
  return `<ol class="bars">\n${items.join('\n')}\n</ol>`
}

function figures(rows: readonly BenchRow[]): string {
  const headings = [
    'method',
    'forward ms',
    'backward ms',
    'step ms',
    'forward GB',
    'backward GB',
    'parameters',
    'trainable',
  ]
  const lines = rows.map(({ name, forward, backward, step, forwardBytes, backwardBytes, parameters, trainable }) => {
    const cells = [
      ...[forward, backward, step].map(spreadText),
      ...[forwardBytes, backwardBytes].map((bytes) => gigabytes(bytes)?.toFixed(3) ?? ''),
      ...[parameters, trainable].map((count) => count?.toLocaleString('en-US') ?? ''),
    ]
    return `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  return `<table>
<thead><tr>${headings.map((heading) => `<th scope="col">${heading}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody>
</table>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** The studio's tokens (src-renderer/app/theme.css), as far as a page needs them. */
const STYLE = `
:root { --canvas: #f6f7f9; --panel: #ffffff; --line: #e1e5ea; --ink: #14181f; --ink-2: #4a5362; --ink-3: #5f697a;
  --forward: #3457d5; --backward: #b8560f; --step: #14181f; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #12151a; --panel: #191d24; --line: #2a313c; --ink: #edf0f5; --ink-2: #b3bcca; --ink-3: #8a95a6;
    --forward: #7d9bff; --backward: #f0a060; --step: #edf0f5; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 40px 24px 64px; }
h1 { margin: 0; font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; }
h2 { margin: 0 0 12px; font-size: 15px; }
.product { margin: 0 0 4px; color: var(--forward); font-weight: 600; }
.subject { margin: 6px 0 0; color: var(--ink-2); }
section { margin-top: 24px; padding: 20px 24px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
.key { margin: -4px 0 12px; color: var(--ink-2); font-size: 13px; }
.key span { display: inline-block; width: 10px; height: 10px; margin: 0 6px 0 12px; border-radius: 2px; }
.key span:first-child { margin-left: 0; }
.key .step { width: 2px; height: 14px; vertical-align: -2px; }
.forward { background: var(--forward); }
.backward { background: var(--backward); }
.step { background: var(--step); }
.bars { margin: 0; padding: 0; list-style: none; display: grid; grid-template-columns: auto 1fr auto; gap: 8px 12px; }
.bars li { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: center; }
.name { font-weight: 600; }
.track { position: relative; display: flex; height: 18px; background: var(--canvas); border-radius: 3px; }
.track i { height: 100%; }
.track i:first-child { border-radius: 3px 0 0 3px; }
.track b { position: absolute; top: -3px; bottom: -3px; width: 2px; margin-left: -1px; }
.value { color: var(--ink-2); font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
th:first-child { padding-left: 0; text-align: left; }
td:last-child, th:last-child { padding-right: 0; }
thead th { color: var(--ink-3); font-weight: 500; font-size: 13px; }
tbody tr:last-child > * { border-bottom: 0; }
.hint { margin: 8px 0 0; color: var(--ink-3); font-size: 13px; }
ul { margin: 0 0 16px; padding-left: 18px; color: var(--ink-2); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 8px 24px; margin: 0 0 16px; }
dt { color: var(--ink-3); font-size: 13px; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 10px 12px; background: var(--canvas); border-radius: 6px; overflow-x: auto; }
code { font: 13px ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
@media (max-width: 760px) { .bars, .bars li { grid-template-columns: 1fr; } .bars li { gap: 2px; } .bars li + li { margin-top: 6px; } }
@media print { body { background: none; } section { break-inside: avoid; } }
`
