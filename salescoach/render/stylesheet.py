"""The one style sheet of all pages: for a phone held in one hand, a desk, a dark car, and A4 paper."""

#: Text keeps 4.5:1 and lines of charts 3:1 against what is behind them, in light and in dark; a test measures it.
STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #555; --head: #0b4f6c; --line: #c9ced2;
  --mind: #fff3d1; --goal: #e6f2f7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #efefef; --paper: #121212; --soft: #b3b3b3; --head: #8fd3f4; --line: #444; --mind: #3b300f;
    --goal: #12303d; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { font: 1.0625rem/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0 auto;
  padding: 1rem 1rem 3rem; max-width: 44rem; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.0625rem; margin: 1.5rem 0 .35rem; color: var(--head); }
h3 { font-size: 1rem; margin: .9rem 0 .2rem; }
h1, h2, h3 { break-after: avoid; }
.under, .soft { color: var(--soft); font-weight: 400; }
.under { margin: -.25rem 0 0; }
ul { margin: 0; padding-left: 1.2rem; }
li { margin: .35rem 0; }
summary { color: var(--head); cursor: pointer; padding: .65rem 0; min-height: 2.75rem; }
.warnings ul, .advance ul { border-left: .3rem solid #b3801c; background: var(--mind); border-radius: .3rem;
  padding: .35rem .75rem; list-style: none; font-weight: 600; }
.advance ul { border-color: var(--head); background: var(--goal); }
.advance li + li { font-weight: 400; }
table { border-collapse: collapse; width: 100%; font-size: 1rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
tr { break-inside: avoid; }
.pairs td:first-child { font-weight: 600; overflow-wrap: normal; word-break: keep-all; }
.pairs td + td { width: 75%; }
code, .gaps li { font: .9em/1.4 ui-monospace, Menlo, Consolas, monospace; }
.gaps h3 { font-weight: 400; }
.gaps ul { list-style: none; padding: 0; }
.rows td:first-child { font-weight: 600; }
.rows th { white-space: nowrap; }
.rows td { min-width: 3.6em; }
body:has(.rows) { max-width: 58rem; }
@media screen and (max-width: 40rem) {
  .rows, .rows tbody, .rows tr, .rows td { display: block; }
  .rows tr:first-child { display: none; }
  .rows tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .rows td { border: 0; padding: .1rem 0; }
  .rows td[data-head]::before { content: attr(data-head) " "; color: var(--soft); }
  .rows .none { display: none; }
}
@page { size: A4; margin: 11mm 12mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --soft: #333; --head: #000; --line: #999; --mind: #fff;
    --goal: #fff; }
  body { font-size: 9.5pt; line-height: 1.3; max-width: none; padding: 0; }
  h1 { font-size: 13pt; }
  h2, h3, table { font-size: 9.5pt; }
  h2 { margin: 2.2mm 0 .5mm; border-bottom: .3pt solid var(--line); }
  h3 { margin: 1.2mm 0 0; }
  ul { padding-left: 4.5mm; }
  li { margin: .3mm 0; break-inside: avoid; }
  .warnings ul, .advance ul { padding: 0 0 0 2mm; border-width: 1mm; border-radius: 0; }
  th, td { padding: .6mm 2mm .6mm 0; }
  summary { padding: 0; min-height: 0; list-style: none; }
  .sides { columns: 2; column-gap: 8mm; font-size: 9pt; line-height: 1.25; }
  .sides h2, .sides h3 { font-size: 9pt; }
  .warnings ul, .advance ul { break-inside: avoid; }
  .sides section:first-child h2 { margin-top: 0; }
  .sides details:not([open]) { display: none; }
  .sides .promises details:not([open]), .sides .people .whole:not([open]) { display: block; }
  .gaps ul { display: none; }
  .gaps h3 { margin: 0; }
  .last li { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
}
"""
