/** The page's style, for light and dark screens and for print. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --dim: #667; --line: #d5d9de; --sent: #c8102e; --sensitive: #f0872f; --open: #3a6ea5; --returned: #a9c3de; --kept: #eceef1; --unknown: #c9b8e0; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --dim: #9aa3ad; --line: #3a4149; --kept: #2b3138; --returned: #40586f; --open: #6fa3d8; --unknown: #6b5a85; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h2 { margin: 2rem 0 .3rem; } small { color: var(--dim); font-weight: normal; font-size: .8rem; }
.scroll { overflow-x: auto; } svg { font: 11px ui-monospace, monospace; } svg text { fill: var(--text); } svg text.sensitive { fill: var(--sent); font-weight: bold; }
.sent { fill: var(--sent); background: var(--sent); } .returned-sensitive { fill: var(--sensitive); background: var(--sensitive); } .open { fill: var(--open); background: var(--open); }
.returned { fill: var(--returned); background: var(--returned); } .kept { fill: var(--kept); background: var(--kept); } .unknown { fill: var(--unknown); background: var(--unknown); }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .2em 0 1em; } .error { color: var(--sent); } .warning { color: var(--sensitive); }
table { border-collapse: collapse; width: 100%; font-size: .85rem; margin: .5rem 0; } th { text-align: left; color: var(--dim); font-weight: normal; }
td, th { border-bottom: 1px solid var(--line); padding: .2rem .6rem .2rem 0; vertical-align: top; overflow-wrap: anywhere; } summary { cursor: pointer; color: var(--dim); }
`;
