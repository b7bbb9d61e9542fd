/** The page's only style sheet: quiet, prints well, follows the reader's light or dark setting. */
const LIGHT = `
  --page: #ffffff; --soft: #f5f6f4; --rule: #dfe2de; --ink: #1c2126; --muted: #5d666e; --link: #265a8c;
  --failed: #ad2620; --failed-soft: #faebe9; --passed: #22704a; --passed-soft: #e8f3ec;
  --open: #7f5600; --open-soft: #faf1dc; --line: #265a8c; --line2: #a4572a; --line3: #4f6b3a;
  --b0: #3f74a8; --b1: #b98420; --b2: #3f8c7a; --b3: #8a62a0; --b4: #b5623f; --b5: #62707d; --b6: #7a8f2f; --b7: #b5658a;`;

const DARK = `
  --page: #15181b; --soft: #1d2125; --rule: #343a40; --ink: #e4e6e8; --muted: #9aa4ad; --link: #8bbce8;
  --failed: #f0857d; --failed-soft: #3a2220; --passed: #7cc79d; --passed-soft: #1c3026;
  --open: #e0b25a; --open-soft: #352b17; --line: #84b4e0; --line2: #e0a075; --line3: #a9c48d;
  --b0: #7fb0df; --b1: #dcb05a; --b2: #77c2b0; --b3: #bf9bd4; --b4: #e29a78; --b5: #9fadb9; --b6: #b4c66b; --b7: #e29bbd;`;

export const STYLES = `
:root { color-scheme: light dark; ${LIGHT}
}
@media (prefers-color-scheme: dark) { :root { ${DARK}
} }
@media print { :root { color-scheme: light; ${LIGHT}
} }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 ui-sans-serif, system-ui, -apple-system,
  "Segoe UI", "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
main, body > header, body > footer { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
body > header { padding-top: 2.5rem; }
h1, h2, h3, h4 { line-height: 1.25; font-weight: 600; margin: 0; text-wrap: balance; }
h1 { color: var(--muted); font-size: .875rem; font-weight: 400; letter-spacing: .02em; }
h2.title { font-size: 2rem; letter-spacing: -.015em; margin: .35rem 0 0; }
section { margin-top: 3.5rem; }
section > h3 { font-size: 1.25rem; padding-bottom: .5rem; border-bottom: 1px solid var(--rule); margin-bottom: 1.25rem; }
h4 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
p { margin: .5rem 0; max-width: 44rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.muted, figcaption, .note { color: var(--muted); }
.note { font-size: .9rem; }
code, pre, .mono { font: .875em/1.6 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
bdi { unicode-bidi: isolate; }
article { margin-top: 5rem; }
article.only { margin-top: 0; }
.outcome { display: flex; gap: .75rem; align-items: baseline; margin: 1.25rem 0 .75rem; font-size: 1.125rem; flex-wrap: wrap; }
.lead { font-size: 1.0625rem; color: var(--ink); }
.chip { white-space: nowrap; font-weight: 600; }
.chip.passed { color: var(--passed); } .chip.failed { color: var(--failed); }
.chip.inconclusive, .chip.interrupted { color: var(--open); }
.badge { padding: .1rem .6rem; border-radius: .25rem; }
.badge.passed { background: var(--passed-soft); } .badge.failed { background: var(--failed-soft); }
.badge.inconclusive, .badge.interrupted { background: var(--open-soft); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem 2rem; margin: 1.5rem 0 0;
  padding: 1rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
dl.facts dt { color: var(--muted); font-size: .8125rem; } dl.facts dd { margin: 0; font-size: .9375rem; }
nav.contents { margin-top: 1rem; font-size: .9rem; color: var(--muted); display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.banner { background: var(--open-soft); border-radius: .25rem; padding: .75rem 1rem; margin: 1.25rem 0; }
ol.verdicts { list-style: none; margin: 0; padding: 0; }
ol.verdicts > li { display: grid; grid-template-columns: 9rem 1fr; gap: 0 1.25rem; padding: .875rem 0; border-bottom: 1px solid var(--rule);
  break-inside: avoid; }
ol.verdicts > li:last-child { border-bottom: 0; }
.verdict h4 { margin: 0; } .verdict p { margin: .1rem 0; }
.verdict dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .4rem 1rem; margin: .5rem 0 0; }
.verdict dt { color: var(--muted); } .verdict dd { margin: 0; }
li.failed .verdict h4, li.inconclusive .verdict h4 { font-size: 1.125rem; }
ol.causes { list-style: none; margin: .1rem 0 0; padding: 0; }
ol.causes li { position: relative; padding: 0 0 .6rem 1.25rem; }
ol.causes li:last-child { padding-bottom: 0; }
ol.causes li::before { content: ""; position: absolute; left: .2rem; top: .58em; width: .5rem; height: .5rem; border-radius: 50%;
  border: 1.5px solid var(--failed); background: var(--page); }
ol.causes li::after { content: ""; position: absolute; left: calc(.45rem - .75px); top: 1.2em; bottom: -.45em; border-left: 1.5px solid var(--rule); }
ol.causes li:last-child::before { background: var(--failed); } ol.causes li:last-child::after { content: none; }
ol.causes .at { color: var(--muted); white-space: nowrap; margin-right: .5rem; }
ul.evidence { margin: 0; padding: 0; list-style: none; }
pre.command { background: var(--soft); border-radius: .25rem; padding: .75rem 1rem; margin: .5rem 0; white-space: pre-wrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; overflow-wrap: break-word; }
th, td { text-align: left; vertical-align: top; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th, tbody th { font-weight: 500; } thead th { color: var(--muted); font-size: .8125rem; border-bottom-color: var(--muted); vertical-align: bottom; }
td.number, th.number { text-align: right; white-space: nowrap; } td.nowrap { white-space: nowrap; }
tr.sum td, tr.sum th { font-weight: 600; } tr.part th { padding-left: 1.25rem; } td.bad { color: var(--failed); font-weight: 600; }
tr.rest th, tr.rest td { border-bottom: 0; }
figure { margin: 0 0 2rem; break-inside: avoid; }
figcaption { font-size: .9rem; margin-bottom: .35rem; } figcaption strong { color: var(--ink); font-weight: 600; font-size: 1rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1rem 2.5rem; }
figure .legend { margin: .25rem 0 0; padding-left: .25rem; } svg { display: block; width: 100%; height: auto; } svg text { font: 11px ui-sans-serif, system-ui, "Segoe UI", Arial, sans-serif; fill: var(--muted); }
.defs { position: absolute; } .wide { min-width: 44rem; }
svg .ink { fill: var(--ink); } svg .strong { fill: var(--ink); font-weight: 600; }
.grid { stroke: var(--rule); stroke-width: 1; } .axis { stroke: var(--muted); stroke-width: 1; }
.force { fill: var(--failed); fill-opacity: .09; } .force-edge { stroke: var(--failed); stroke-opacity: .45; stroke-dasharray: 3 3; }
.band { fill: var(--failed); fill-opacity: .2; stroke: var(--failed); stroke-width: 1; }
.band.operation { fill: var(--line); fill-opacity: .2; stroke: var(--line); }
.range { fill: var(--line); fill-opacity: .18; } .s0, .s1, .s2 { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
.s0 { stroke: var(--line); } .s1 { stroke: var(--line2); stroke-dasharray: 5 3; } .s2 { stroke: var(--line3); stroke-dasharray: 1.5 2.5; }
.dot0 { fill: var(--line); } .dot1 { fill: var(--line2); } .dot2 { fill: var(--line3); }
.mark { fill: var(--page); stroke: var(--muted); } .mark.warning { stroke: var(--failed); stroke-width: 1.5; } .mark.critical { fill: var(--failed); stroke: var(--failed); }
svg text.on-critical { fill: var(--page); font-weight: 600; } .stem { stroke: var(--rule); }
.b0 { fill: var(--b0); } .b1 { fill: var(--b1); } .b2 { fill: var(--b2); } .b3 { fill: var(--b3); }
.b4 { fill: var(--b4); } .b5 { fill: var(--b5); } .b6 { fill: var(--b6); } .b7 { fill: var(--b7); }
.paper { fill: var(--page); } .tint { fill-opacity: .26; } .stroke { stroke: var(--page); stroke-width: 1.6; stroke-opacity: .55; fill: none; }
.leaderless { fill: var(--failed-soft); stroke: var(--failed); stroke-width: 1; } .hatch { stroke: var(--failed); stroke-width: 1.2; }
svg text.none { fill: var(--failed); font-weight: 600; } .out { fill: none; stroke: var(--failed); stroke-dasharray: 2 2; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .85rem; color: var(--muted); margin: .25rem 0 .75rem; padding: 0; list-style: none; }
.legend svg { display: inline-block; width: 1.75rem; height: .8rem; vertical-align: -.05rem; margin-right: .35rem; }
details { margin: .5rem 0; } details > summary { cursor: pointer; color: var(--muted); font-size: .9rem; } details[open] > summary { margin-bottom: .5rem; }
ol.source { list-style: none; margin: 0; padding: .75rem 0; background: var(--soft); border-radius: .25rem; overflow-x: auto; }
ol.source li { display: flex; white-space: pre; padding: 0 1rem 0 0; min-width: max-content; }
ol.source .no { font: .875em/1.6 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; width: 3.5rem; padding-right: 1rem; text-align: right; color: var(--muted); user-select: none; flex: none; }
ol.source li.hit { background: var(--failed-soft); } ol.source li.hit .no { color: var(--failed); font-weight: 600; } ol.source li:target { background: var(--open-soft); }
body > footer { margin-top: 5rem; padding-top: 1.25rem; padding-bottom: 3rem; color: var(--muted); font-size: .875rem; }
body > footer ul { list-style: none; margin: 0; padding: 1rem 0 0; border-top: 1px solid var(--rule); }
@media (max-width: 40rem) { ol.verdicts > li { grid-template-columns: 1fr; } .verdict dl { grid-template-columns: 1fr; gap: 0; } .verdict dd { margin-bottom: .4rem; }
  .charts { grid-template-columns: 1fr; } h2.title { font-size: 1.6rem; } }
@media print { body { font-size: 10.5pt; } main, body > header, body > footer { max-width: none; padding: 0; } nav.contents, details:not([open]) { display: none; }
  a { color: inherit; text-decoration: none; } section { margin-top: 2rem; } article { break-before: page; } article.only { break-before: auto; } h2, h3, h4 { break-after: avoid; }
  tr, li { break-inside: avoid; } * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } ol.source li { white-space: pre-wrap; min-width: 0; } .scroll { overflow: visible; } .wide { min-width: 0; } }
`;
